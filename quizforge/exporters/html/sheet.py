"""The order of things on paper: numbers, cases with their questions, and options by letter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import count, groupby
from typing import NamedTuple

from quizforge.exporters.arrange import choice_order
from quizforge.model.bank import Bank, Scenario
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.questions.single_choice import SingleChoice
from quizforge.model.quiz import Item, Quiz, Section

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Seat(NamedTuple):
    """A question in its place.

    Attributes:
        number: As printed, from 1; 0 for a text that asks for nothing.
        item: The question and its bank.
        order: Indices of its choices as printed; empty for types without choices.
    """

    number: int
    item: Item
    order: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Questions in a row that share a case, or have none.

    Attributes:
        number: Of the case, from 1; 0 without a case.
        scenario: The case.
        bank: Of the case and of all the questions.
        seats: The questions.
    """

    number: int
    scenario: Scenario | None
    bank: Bank
    seats: tuple[Seat, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        """The printed numbers of the questions."""
        return tuple(seat.number for seat in self.seats if seat.number)


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the quiz."""

    section: Section
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole quiz as it is printed.

    Attributes:
        parts: Its sections.
        count: How many questions are numbered.
        points: What they are worth together.
    """

    parts: tuple[Part, ...]
    count: int
    points: Decimal

    @property
    def seats(self) -> Iterator[Seat]:
        """All questions in order."""
        return (seat for part in self.parts for group in part.groups for seat in group.seats)


def lay_out(quiz: Quiz) -> Sheet:
    """Number the questions through all sections, and keep a case together with its questions."""
    numbers, cases = count(1), count(1)
    parts = tuple(Part(section, tuple(_groups(section, numbers, cases))) for section in quiz.sections)
    points = sum((item.question.max_points for item in quiz.items), Decimal(0))
    return Sheet(parts, next(numbers) - 1, points)


def letter(index: int) -> str:
    """The letter of an option: A to Z, then AA, AB ..."""
    return _ALPHABET[index] if index < 26 else letter(index // 26 - 1) + _ALPHABET[index % 26]


def _groups(section: Section, numbers: Iterator[int], cases: Iterator[int]) -> Iterator[Group]:
    for (_, name), run in groupby(section.items, key=lambda item: (id(item.bank), item.question.scenario)):
        seats = tuple(_seat(item, numbers) for item in run)
        first = seats[0].item
        yield Group(next(cases) if name else 0, first.scenario, first.bank, seats)


def _seat(item: Item, numbers: Iterator[int]) -> Seat:
    question = item.question
    order: tuple[int, ...] = ()
    if isinstance(question, (SingleChoice, MultipleAnswer)):
        order = choice_order(question.choices, (item.bank.id, question.id), shuffle=question.shuffle)
    return Seat(next(numbers) if question.graded else 0, item, order)
