"""The order of things on paper: numbers, letters, and cases with their questions; the same on every paper of a quiz."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from typing import NamedTuple

from quizforge.model.bank import Bank, Scenario
from quizforge.model.quiz import Item, Quiz, Section

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Seat(NamedTuple):
    """A question in its place.

    Attributes:
        number: As printed, from 1; 0 for a text that asks for nothing.
        item: The question and its bank.
        points: For a fully right answer.
    """

    number: int
    item: Item
    points: Decimal


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


def lay_out(quiz: Quiz) -> Sheet:
    """Number the questions through all sections, and keep a case together with its questions."""
    numbers, cases = count(1), count(1)
    parts = tuple(Part(section, tuple(_groups(section, numbers, cases))) for section in quiz.sections)
    points = [seat.points for part in parts for group in part.groups for seat in group.seats]
    return Sheet(parts, next(numbers) - 1, sum(points, Decimal(0)))


def letter(index: int) -> str:
    """The letter of an option: A to Z, then AA, AB ..."""
    return _ALPHABET[index] if index < 26 else letter(index // 26 - 1) + _ALPHABET[index % 26]


def _groups(section: Section, numbers: Iterator[int], cases: Iterator[int]) -> Iterator[Group]:
    run: list[Item] = []
    for item in section.items:
        if run and not (item.bank is run[0].bank and item.question.scenario == run[0].question.scenario):
            yield _group(run, numbers, cases)
            run = []
        run.append(item)
    if run:
        yield _group(run, numbers, cases)


def _group(run: list[Item], numbers: Iterator[int], cases: Iterator[int]) -> Group:
    first = run[0]
    return Group(
        number=0 if first.question.scenario is None else next(cases),
        scenario=first.scenario,
        bank=first.bank,
        seats=tuple([_seat(item, numbers) for item in run]),
    )


def _seat(item: Item, numbers: Iterator[int]) -> Seat:
    question = item.question
    return Seat(next(numbers) if question.graded else 0, item, question.max_points)
