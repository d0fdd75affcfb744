"""Writing the report of ``quizforge lint --report``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from quizforge.cli.files import write_all
from quizforge.cli.written import now

if TYPE_CHECKING:
    from quizforge.lint.engine import Review
    from quizforge.lint.rule import Rule
    from quizforge.loading.bank import Loaded
    from quizforge.model.quiz import Selection

_MOST_TITLES = 3


def write_report(path: str, loaded: Loaded, review: Review, rules: Sequence[Rule], *, selection: Selection) -> None:
    """Write the page about a review.

    Raises:
        EnvironmentFault: The file cannot be written.
        UsageError: SOURCE_DATE_EPOCH is no number.
    """
    from quizforge.lint.engine import collected
    from quizforge.lint.report import render_report

    titles = [bank.header.title for bank in loaded.banks]
    title = f"Review of {', '.join(titles)}" if len(titles) <= _MOST_TITLES else f"Review of {len(titles)} banks"
    page = render_report(
        [(bank.header.title, collected(bank, selection)) for bank in loaded.banks],
        [loaded],
        diagnostics=review.diagnostics,
        plans=review.plans.values(),
        rules=rules,
        title=title,
        note=_note(selection),
    )
    write_all({Path(path): page})


def _note(selection: Selection) -> str:
    """The day in UTC, so that it is the same everywhere, and what was chosen."""
    from datetime import datetime, timezone

    parts = [datetime.fromtimestamp(now(), timezone.utc).date().isoformat()]
    if selection.pools:
        parts.append(f"only the pool {' and '.join(sorted(selection.pools))}")
    if selection.ids or selection.concepts or selection.tags or selection.types:
        parts.append("only some of the questions")
    return " · ".join(parts)
