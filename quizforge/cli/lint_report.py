"""Writing the report of ``quizforge lint --report``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from quizforge.cli.files import write_all
from quizforge.cli.written import now

if TYPE_CHECKING:
    from quizforge.lint.engine import Review
    from quizforge.lint.rule import Collection
    from quizforge.loading.bank import Loaded
    from quizforge.model.quiz import Selection

_MOST_TITLES = 3


def write_report(
    path: str,
    parts: Sequence[tuple[str, Collection]],
    places: Sequence[Loaded],
    *,
    review: Review,
    about: Sequence[str],
    note: str,
) -> None:
    """Write the page about a review.

    Args:
        path: Of the page.
        parts: The banks and forms of exams, each with its title.
        places: The banks in which findings stand.
        review: What was found.
        about: Titles of the banks and exams.
        note: What was chosen; may be empty.

    Raises:
        EnvironmentFault: The file cannot be written.
        UsageError: SOURCE_DATE_EPOCH is no number.
    """
    from datetime import datetime, timezone

    from quizforge.lint.registry import all_rules
    from quizforge.lint.report import render_report

    day = datetime.fromtimestamp(now(), timezone.utc).date().isoformat()  # in UTC, so that it is the same everywhere
    title = f"Review of {', '.join(about)}" if len(about) <= _MOST_TITLES else f"Review of {len(about)} banks and exams"
    page = render_report(
        parts,
        places,
        diagnostics=review.diagnostics,
        plans=review.plans.values(),
        rules=all_rules(),
        title=title,
        note=f"{day} · {note}" if note else day,
    )
    write_all({Path(path): page})


def chosen_of(selection: Selection) -> str:
    """What was chosen, in words; empty for everything."""
    parts = []
    if selection.pools:
        parts.append(f"only the pool {' and '.join(sorted(selection.pools))}")
    if selection.ids or selection.concepts or selection.tags or selection.types:
        parts.append("only some of the questions")
    return " · ".join(parts)
