"""essay: a free text, marked by a person with a rubric."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from quizforge.model.codes.structure import RUBRIC_ORDER, SAMPLE_POINTS, TOO_FEW, WORD_LIMITS
from quizforge.model.diagnostic import Problem
from quizforge.model.fields import BlockExam, BlockPractice, Entry, Number, PlainPractice, Whole
from quizforge.model.questions.base import BaseQuestion, Invariant, Sample

Points = Annotated[Number, Field(ge=0, le=1000)]
WordCount = Annotated[Whole, Field(ge=1, le=100_000)]


class Level(Entry):
    """One level of a criterion, with an observable description."""

    points: Points
    text: BlockPractice


class Criterion(Entry):
    """One criterion, its levels in ascending points."""

    criterion: PlainPractice
    levels: tuple[Level, ...]


class SampleAnswer(Entry):
    """A marked answer, for markers to compare with; points are in the rubric's units."""

    text: BlockPractice
    points: Points
    reason: BlockPractice | None = None


def _levels_ascend(question: Essay) -> Iterator[Problem]:
    for index, criterion in enumerate(question.rubric):
        points = [level.points for level in criterion.levels]
        for place in range(1, len(points)):
            low, high = points[place - 1], points[place]
            if high <= low:
                yield Problem(
                    RUBRIC_ORDER,
                    f"level {place + 1} of '{criterion.criterion}' has {high} points after {low}",
                    ("rubric", index, "levels", place, "points"),
                    hint="write the levels from the fewest points to the most",
                )


def _levels_enough(question: Essay) -> Iterator[Problem]:
    for index, criterion in enumerate(question.rubric):
        if len(criterion.levels) < 2:
            yield Problem(
                TOO_FEW,
                f"'{criterion.criterion}' has {len(criterion.levels)} level; at least two are needed",
                ("rubric", index, "levels"),
                on_key=True,
            )


def _word_limits(question: Essay) -> Iterator[Problem]:
    low, high = question.min_words, question.max_words
    if low is not None and high is not None and low > high:
        yield Problem(WORD_LIMITS, f"min_words {low} is larger than max_words {high}", ("min_words",))


def _sample_points(question: Essay) -> Iterator[Problem]:
    maximum = question.rubric_points
    for index, sample in enumerate(question.sample_answers):
        if question.rubric and sample.points > maximum:
            yield Problem(
                SAMPLE_POINTS,
                f"{sample.points} points, but the rubric gives at most {maximum}",
                ("sample_answers", index, "points"),
                hint="sample points are in the units of the rubric",
            )


class Essay(BaseQuestion):
    """A case study is an essay with its scenario. A response is the level reached on each criterion."""

    type: Literal["essay"]
    model_answer: BlockPractice | None = None
    response_template: BlockExam | None = None
    rubric: tuple[Criterion, ...] = ()
    sample_answers: tuple[SampleAnswer, ...] = ()
    lines: Annotated[Whole, Field(ge=1, le=200)] | None = None
    min_words: WordCount | None = None
    max_words: WordCount | None = None

    invariants: ClassVar[tuple[Invariant, ...]] = (
        Invariant(("rubric.levels.points",), _levels_ascend),
        Invariant(("rubric.levels",), _levels_enough),
        Invariant(("min_words", "max_words"), _word_limits),
        Invariant(("rubric.levels.points", "sample_answers.points"), _sample_points),
    )

    @property
    def rubric_points(self) -> Decimal:
        """The most that the rubric gives, in its own units."""
        return sum((max(level.points for level in row.levels) for row in self.rubric if row.levels), Decimal(0))

    @property
    def max_points(self) -> Decimal:
        """The author's points, else the rubric's maximum, else 1."""
        if self.points is not None:
            return self.points
        return self.rubric_points or Decimal(1)

    def score(self, response: tuple[int, ...] | None) -> Fraction:
        """Sum of the levels reached, as a share of the rubric's maximum.

        Raises:
            ValueError: There is no rubric, so that only a person can say.
        """
        if response is None:
            return Fraction(0)
        if not self.rubric_points:
            message = "an essay without a rubric has no computed score"
            raise ValueError(message)
        reached = (row.levels[level].points for row, level in zip(self.rubric, response, strict=True))
        return Fraction(sum(reached, Decimal(0))) / Fraction(self.rubric_points)

    def expected_guess(self) -> Fraction:
        """Nothing: a text has to be written."""
        return Fraction(0)

    def samples(self) -> tuple[Sample[tuple[int, ...] | None], ...]:
        """The highest level everywhere, the lowest, each criterion alone at its highest, and none."""
        blank: Sample[tuple[int, ...] | None] = Sample("blank", None, Fraction(0))
        if not self.rubric_points:
            return (blank,)
        best = tuple(len(row.levels) - 1 for row in self.rubric)
        worst = tuple(0 for _ in self.rubric)
        answers: list[tuple[str, tuple[int, ...] | None]] = [("right", best), ("lowest", worst)]
        for index, row in enumerate(self.rubric):
            answers.append((f"only '{row.criterion}'", (*worst[:index], best[index], *worst[index + 1 :])))
        return (*[Sample(label, response, self.score(response)) for label, response in answers], blank)

    def meaning(self) -> tuple[object, ...]:
        """Rubric, template and word limits."""
        rubric = [(row.criterion, [(str(level.points), level.text) for level in row.levels]) for row in self.rubric]
        return ("essay", self.response_template, self.min_words, self.max_words, rubric)
