"""Reviewing quiz files: each is assembled in memory, and its forms are reviewed as exams."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quizforge.lint.engine import Review
    from quizforge.lint.rule import Collection
    from quizforge.loading.bank import Loaded


@dataclass(frozen=True)
class Exams:
    """Some quizzes.

    Attributes:
        review: What was found in their forms, and in reading and assembling them.
        loaded: Their banks.
        parts: Title and questions of each form.
        titles: Of the quizzes.
    """

    review: Review
    loaded: Loaded
    parts: tuple[tuple[str, Collection], ...]
    titles: tuple[str, ...]


def parted(paths: Sequence[str]) -> tuple[list[str], list[str]]:
    """Quiz files, and all other paths."""
    from quizforge.loading.quizzes import is_quiz

    quizzes = [path for path in paths if is_quiz(Path(path))]
    return quizzes, [path for path in paths if path not in quizzes]


def review_exams(paths: Sequence[str], settings: Mapping[str, Any]) -> Exams:
    """Assemble quizzes as ``quizforge assemble`` would, and review their forms.

    Args:
        paths: Quiz files.
        settings: Of :func:`quizforge.lint.run.lint_forms`.

    Raises:
        UsageError: A path does not exist, or there is no such rule or limit.
    """
    from quizforge.lint.engine import Review
    from quizforge.loading.bank import Loaded

    if not paths:
        return Exams(Review((), {}, {}), Loaded((), ()), (), ())
    from quizforge.api import assemble
    from quizforge.cli.assemble import ledger_path, read_ledger
    from quizforge.lint.run import lint_forms
    from quizforge.loading.quizzes import load_quizzes

    loaded = load_quizzes(paths)
    found = set(loaded.diagnostics)
    parts: list[tuple[str, Collection]] = []
    plans = {}
    for source in loaded.quizzes if loaded.ok else ():
        made = assemble(source, ledger=read_ledger(ledger_path(source, None)))
        exam = lint_forms(source, made.forms, loaded=loaded, **settings)
        found.update(exam.diagnostics)
        if not made.ok:
            found.update(map(source.locate, made.problems))
        parts += exam.forms
        plans[source.file.id] = exam.plan
    ordered = tuple(sorted(found, key=lambda each: each.sort_key))
    return Exams(
        Review(ordered, plans, loaded.sources),
        loaded.banks,
        tuple(parts),
        tuple(source.file.title for source in loaded.quizzes),
    )


def together(one: Review, other: Review) -> Review:
    """Two reviews as one."""
    from quizforge.lint.engine import Review

    found = sorted({*one.diagnostics, *other.diagnostics}, key=lambda each: each.sort_key)
    return Review(tuple(found), {**one.plans, **other.plans}, {**one.sources, **other.sources})
