"""What can be counted in a collection of questions, for the report: coverage, guessing, key positions, strategies."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import get_args

from quizforge.lint.rule import Collection
from quizforge.lint.rules.guessing_mark import expected_mark
from quizforge.lint.rules.key_position_imbalance import Positions, positions, unshuffled
from quizforge.lint.rules.ticking_everything_mark import ticking_everything
from quizforge.lint.strategies import Outcome, outcomes
from quizforge.model.questions.base import EXPECTED_FACILITY, Bloom

LEVELS: tuple[str, ...] = get_args(Bloom)


@dataclass(frozen=True, slots=True)
class Row:
    """Questions on one concept, by cognitive level.

    Attributes:
        title: Of the concept; of the questions without one.
        counts: For each of ``LEVELS``, then those without a level.
    """

    title: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """Number of questions."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a collection.

    Attributes:
        title: Of the bank, or of the form of an exam.
        graded: Number of questions that earn points.
        points: Sum of their points.
        coverage: A row for each concept by its first-named questions, in the order of the bank; then those without a
            concept, where there are any.
        difficulties: Number of questions of each difficulty, and of those without one.
        guess: Share of the points that blind guessing earns on average; None without points.
        ticks: Number of questions that ask for ticks.
        tick_all: Share of their points that ticking everything earns; None without points.
        positions: Where the keys stand in questions that are shown as written, by number of options.
        strategies: How far each way to pick options by their form gets.
    """

    title: str
    graded: int
    points: Fraction
    coverage: tuple[Row, ...]
    difficulties: tuple[tuple[str, int], ...]
    guess: Fraction | None
    ticks: int
    tick_all: Fraction | None
    positions: tuple[Positions, ...]
    strategies: tuple[Outcome, ...]


def figures(title: str, collection: Collection) -> Figures:
    """Count what can be counted."""
    graded = collection.graded
    difficulties: Counter[str] = Counter(item.question.difficulty or "not labelled" for item in graded)
    ticks, tick_all = ticking_everything(graded)
    return Figures(
        title=title,
        graded=len(graded),
        points=sum((Fraction(item.question.max_points) for item in graded), Fraction(0)),
        coverage=_coverage(collection),
        difficulties=tuple((name, difficulties[name]) for name in (*EXPECTED_FACILITY, "not labelled")),
        guess=expected_mark(graded),
        ticks=ticks,
        tick_all=tick_all,
        positions=positions(unshuffled(graded)),
        strategies=outcomes(graded),
    )


def _coverage(collection: Collection) -> tuple[Row, ...]:
    counts: dict[str, Counter[str]] = {}
    for item in collection.graded:
        question = item.question
        concept = question.concepts[0] if question.concepts else ""
        counts.setdefault(concept, Counter())[question.bloom or ""] += 1
    banks = (collection.bank, *collection.others)
    titles = {concept.id: concept.title for bank in banks for concept in bank.concepts}
    if collection.exam:  # what an exam leaves out is for its blueprint to say
        titles = {concept: title for concept, title in titles.items() if concept in counts}
    if any(concept not in titles for concept in counts):
        titles[""] = "without a concept"
    return tuple(
        Row(title, tuple(counts.get(concept, Counter())[level] for level in (*LEVELS, "")))
        for concept, title in titles.items()
    )
