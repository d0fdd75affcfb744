"""The case that several questions share, above the stem of each."""

from __future__ import annotations

from quizforge.exporters.remarks import Remarks
from quizforge.model.bank import Scenario

_CASE_STYLE = "border-left:.25em solid #8c959f;padding-left:1em;margin-bottom:1em"
"""Sets a case apart from the stem; Moodle has no style sheet of ours."""


def scenario_html(scenario: Scenario, remarks: Remarks) -> str:
    """A case as one block, its title in bold."""
    title = "" if scenario.title is None else f"<p><strong>{remarks.dialect.escape(scenario.title)}</strong></p>\n"
    return f'<div class="qf-scenario" style="{_CASE_STYLE}">\n{title}{remarks.block(scenario.text)}\n</div>'
