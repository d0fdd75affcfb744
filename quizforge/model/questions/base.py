"""What all question types share: their common fields, their invariants' form, and sample answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from hashlib import blake2b
from typing import Annotated, Any, ClassVar, Generic, Literal, TypeVar

from pydantic import Field

from quizforge.model.diagnostic import Problem
from quizforge.model.fields import (
    BlockExam,
    BlockPractice,
    BlockStaff,
    Bool,
    ConceptId,
    Entry,
    Id,
    Number,
    ObjectiveId,
    PlainPractice,
    PlainStaff,
    QuestionId,
    ReferenceId,
    ScenarioId,
)

Difficulty = Literal["easy", "medium", "hard"]
Bloom = Literal["remember", "understand", "apply", "analyze", "evaluate", "create"]
Pool = Literal["practice", "exam"]
Status = Literal["draft", "ready", "retired"]
AiUse = Literal["none", "assisted", "generated"]

EXPECTED_FACILITY: dict[Difficulty, Fraction] = {
    "easy": Fraction(4, 5),
    "medium": Fraction(3, 5),
    "hard": Fraction(2, 5),
}
"""Share of the points that a class is expected to earn, until it has been measured."""

R = TypeVar("R")

_as_json = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Sample(Generic[R]):
    """An answer and what it must earn.

    Attributes:
        label: What kind of answer this is: ``right``, ``wrong``, ``partly right``, ``blank`` ...
        response: The answer, in the form that the type's ``score`` takes.
        fraction: Share of the points, 0 to 1, exact.
    """

    label: str
    response: R
    fraction: Fraction


@dataclass(frozen=True, slots=True)
class Invariant:
    """A rule between the fields of one entry.

    Attributes:
        reads: The fields that the rule looks at, dotted and without list indices
            (``choices.correct``). The rule is skipped while one of them could not be read.
        check: Yields the problems; called with the entry.
    """

    reads: tuple[str, ...]
    check: Callable[[Any], Iterable[Problem]]


class BasedOn(Entry):
    """Where an item was adapted from."""

    text: PlainPractice
    url: PlainPractice | None = None
    license: PlainPractice | None = None


class CommonFields(Entry):
    """The fields that every question may have, and that ``defaults`` may set."""

    scenario: ScenarioId | None = None
    points: Annotated[Number, Field(ge=0, le=1000)] | None = None
    minutes: Annotated[Number, Field(ge=0, le=1000)] | None = None
    difficulty: Difficulty | None = None
    bloom: Bloom | None = None
    concepts: tuple[ConceptId, ...] = ()
    objectives: tuple[ObjectiveId, ...] = ()
    tags: tuple[PlainPractice, ...] = ()
    hints: tuple[BlockPractice, ...] = ()
    feedback: BlockPractice | None = None
    feedback_correct: BlockPractice | None = None
    feedback_partial: BlockPractice | None = None
    feedback_incorrect: BlockPractice | None = None
    penalty: Annotated[Number, Field(ge=0, le=1)] | None = None
    references: tuple[ReferenceId, ...] = ()
    source: tuple[PlainStaff, ...] = ()
    family: Id | None = None
    enemies: tuple[QuestionId, ...] = ()
    pool: Pool = "practice"
    shuffle: Bool = True
    status: Status = "ready"
    formerly: tuple[Id, ...] = ()
    notes: BlockStaff | None = None
    license: PlainPractice | None = None
    authors: tuple[PlainPractice, ...] = ()
    based_on: BasedOn | None = None
    ai: AiUse | None = None


class BaseQuestion(CommonFields):
    """Base of the question types.

    A type adds its fields, ``invariants``, ``score``, ``expected_guess``, ``samples`` and ``meaning``.
    """

    invariants: ClassVar[tuple[Invariant, ...]] = ()
    graded: ClassVar[bool] = True
    """Whether the type earns points."""

    id: Id
    title: PlainPractice | None = None
    stem: BlockExam

    @property
    def max_points(self) -> Decimal:
        """Points for a fully right answer; 1 where the author names none."""
        return Decimal(1) if self.points is None else self.points

    def meaning(self) -> tuple[object, ...]:
        """What the type adds to the meaning or the score of the question, as JSON values."""
        raise NotImplementedError

    def expected_guess(self) -> Fraction:
        """Share of the points that a blind guesser earns on average, exact.

        A blind guesser has not read the question, answers everything and takes each answer that the form offers
        with equal chance: one option, each tick set or not, one right side for each left, a random order. What is
        typed or written earns nothing, unless any text is accepted.
        """
        raise NotImplementedError

    def revision(self, *context: str) -> str:
        """Hash of all that affects meaning or score; feedback, labels and notes do not.

        Args:
            context: Further texts that belong to the question: its scenario, digests of its images.

        Returns:
            16 hexadecimal digits.
        """
        parts = (self.id, self.stem, str(self.max_points), self.meaning(), context)
        return blake2b(_as_json(parts).encode(), digest_size=8).hexdigest()


def clip(value: Fraction) -> Fraction:
    """A share of the points, brought into 0 to 1."""
    return min(max(value, Fraction(0)), Fraction(1))
