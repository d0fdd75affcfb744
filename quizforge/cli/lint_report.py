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
    """Write the page about a review; its date is the day in UTC, so that it is the same everywhere.

    Raises:
        EnvironmentFault: The file cannot be written.
        UsageError: SOURCE_DATE_EPOCH is no number.
    """
    from datetime import datetime, timezone

    from quizforge.lint.report import render_report

    titles = [bank.header.title for bank in loaded.banks]
    title = f"Review of {', '.join(titles)}" if len(titles) <= _MOST_TITLES else f"Review of {len(titles)} banks"
    date = datetime.fromtimestamp(now(), timezone.utc).date().isoformat()
    page = render_report(loaded, review, rules, title=title, date=date, selection=selection)
    write_all({Path(path): page})
