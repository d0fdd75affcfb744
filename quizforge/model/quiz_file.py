"""A quiz file: what an exam is to be made of, before questions are chosen for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from quizforge.model.bank import Language
from quizforge.model.fields import BlockExam, Bool, Entry, Id, Number, PlainExam, Whole, parse_number, parse_whole
from quizforge.model.questions.base import Bloom, Difficulty, Pool, Status

MAX_FORMS = 26
MAX_COUNT = 10_000
MAX_NAMES = 1_000
MAX_CELLS = 500
MAX_SECTIONS = 100
MAX_BANKS = 50
MAX_TRIES = 1_000_000
"""More is a mistake, or meant to keep a machine busy: a quiz file may come from anybody."""

_NAME = re.compile(r"(?:([a-z0-9][a-z0-9._-]{0,99})/)?([a-z0-9][a-z0-9._-]{0,99})", re.ASCII)
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of numbers with both its ends.

    Attributes:
        low: Smallest.
        high: Largest.
    """

    low: Decimal
    high: Decimal

    def __contains__(self, value: object) -> bool:
        return isinstance(value, (int, float, Decimal)) and self.low <= value <= self.high

    def __str__(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low}..{self.high}"


@dataclass(frozen=True, slots=True)
class Named:
    """What an author names in a quiz, of one bank or of any.

    Attributes:
        bank: Id of the bank; None where the author names none.
        id: Of the question, concept or scenario.
    """

    bank: str | None
    id: str

    def __str__(self) -> str:
        return self.id if self.bank is None else f"{self.bank}/{self.id}"


def parse_span(value: object) -> Span:
    """``0.3..0.7`` or one number.

    Raises:
        PydanticCustomError: QF106 or QF107.
    """
    return _span(value, parse_number)


def parse_count(value: object) -> Span:
    """``3`` or ``2..4``: whole numbers from 0 to 10,000.

    Raises:
        PydanticCustomError: QF106 or QF107.
    """
    found = _span(value, lambda text: Decimal(parse_whole(text)))
    if not 0 <= found.low <= found.high <= MAX_COUNT:
        raise PydanticCustomError(
            "QF107", "'{value}' is not within 0 to {limit}", {"value": str(found), "limit": MAX_COUNT}
        )
    return found


def _span(value: object, read: Any) -> Span:  # noqa: ANN401  # a reader of one number
    if isinstance(value, Span):
        return value
    first, dots, last = value.partition("..") if isinstance(value, str) else (value, "", "")
    low = read(first.strip() if isinstance(first, str) else first)
    high = read(str(last).strip()) if dots else low
    if low > high:
        raise PydanticCustomError("QF107", "'{low}' lies above '{high}'", {"low": str(low), "high": str(high)})
    return Span(low, high)


def parse_name(value: object) -> Named:
    """``id`` or ``bank/id``.

    Raises:
        PydanticCustomError: QF103 for what is no text, QF108 for what is no id.
    """
    if isinstance(value, Named):
        return value
    if not isinstance(value, str):
        raise PydanticCustomError("QF103", "an id or bank/id is expected here", {})
    match = _NAME.fullmatch(value)
    if match is None:
        raise PydanticCustomError("QF108", "'{value}' is neither an id nor bank/id", {"value": value[:60]})
    return Named(match[1], match[2])


def _one_or_more(value: object) -> object:
    return [value] if isinstance(value, (str, int, float, dict)) else value


def _forms(value: object) -> object:
    """A number of forms stands for the codes A, B, C and so on."""
    if isinstance(value, dict):
        return value
    count = len(value) if isinstance(value, (list, tuple)) else parse_whole(value)
    if not 1 <= count <= MAX_FORMS:
        context = {"count": count, "limit": MAX_FORMS}
        raise PydanticCustomError("QF107", "{count} forms; 1 to {limit} are possible", context)
    return value if isinstance(value, (list, tuple)) else list(_LETTERS[:count])


Count = Annotated[Span, BeforeValidator(parse_count, json_schema_input_type=int | str)]
Band = Annotated[Span, BeforeValidator(parse_span, json_schema_input_type=float | str)]
Name = Annotated[Named, BeforeValidator(parse_name, json_schema_input_type=str)]
FORM_CODE = r"^[A-Za-z0-9]{1,8}$"
FormCode = Annotated[str, StringConstraints(pattern=FORM_CODE)]
Forms = Annotated[tuple[FormCode, ...], BeforeValidator(_forms, json_schema_input_type=int | list[str])]
DAY = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
Day = Annotated[str, StringConstraints(pattern=DAY)]
Percent = Annotated[Number, Field(ge=0, le=100)]
Names = Annotated[
    tuple[Name, ...],
    Field(max_length=MAX_NAMES),
    BeforeValidator(_one_or_more, json_schema_input_type=str | list[str]),
]
Words = Annotated[tuple[str, ...], BeforeValidator(_one_or_more, json_schema_input_type=str | list[str])]
Ids = Annotated[tuple[Id, ...], BeforeValidator(_one_or_more, json_schema_input_type=str | list[str])]
Blooms = Annotated[tuple[Bloom, ...], BeforeValidator(_one_or_more, json_schema_input_type=Bloom | list[Bloom])]
Difficulties = Annotated[
    tuple[Difficulty, ...], BeforeValidator(_one_or_more, json_schema_input_type=Difficulty | list[Difficulty])
]
Pools = Annotated[tuple[Pool, ...], BeforeValidator(_one_or_more, json_schema_input_type=Pool | list[Pool])]
Statuses = Annotated[tuple[Status, ...], BeforeValidator(_one_or_more, json_schema_input_type=Status | list[Status])]


class Filter(Entry):
    """Which questions fit. Keys add up; the values of one key are alternatives."""

    bank: Ids = ()
    concept: Names = ()
    prerequisites: Bool = False
    objective: Names = ()
    tag: Words = ()
    type: Words = ()
    bloom: Blooms = ()
    difficulty: Difficulties = ()
    facility: Band | None = None
    pool: Pools = ()
    status: Statuses = ()
    scenario: Names = ()


class Cell(Filter):
    """One cell of a blueprint: how many questions of a kind each form holds."""

    title: PlainExam | None = None
    count: Count
    points: Annotated[Number, Field(ge=0, le=1000)] | None = None

    @property
    def label(self) -> str:
        """What the cell is called in messages and reports: its title, else what it asks for."""
        if self.title is not None:
            return self.title
        keys = ("bank", "concept", "objective", "tag", "type", "bloom", "difficulty", "facility", "pool", "scenario")
        found = [_said(getattr(self, key)) for key in keys if getattr(self, key)]
        return ", ".join(found) or "any question"


def _said(value: object) -> str:
    return " or ".join(map(str, value)) if isinstance(value, tuple) else str(value)


class SectionFile(Entry):
    """A part of a quiz: questions by name, and cells to pick questions for."""

    id: Id | None = None
    title: PlainExam | None = None
    instructions: BlockExam | None = None
    shuffle: Bool = True
    points: Annotated[Number, Field(ge=0, le=1000)] | None = None
    questions: Names = ()
    filter: Filter = Filter()
    count: Count | None = None
    cells: Annotated[tuple[Cell, ...], Field(max_length=MAX_CELLS)] = ()


class Overlap(Entry):
    """How many picked questions a form may share with others."""

    forms: Annotated[Whole, Field(ge=0, le=MAX_COUNT)] = 0
    earlier: Annotated[Whole, Field(ge=0, le=MAX_COUNT)] | None = None
    since: Day | None = None


class GradingFile(Entry):
    """What the points are worth."""

    passing: Percent | None = None
    grades: dict[str, Percent] = Field(default_factory=dict)


class QuizFile(Entry):
    """A whole quiz file."""

    quiz: Literal["1"]
    id: Id
    title: PlainExam
    language: Language | None = None
    banks: Annotated[Words, Field(max_length=MAX_BANKS)] = ()
    instructions: BlockExam | None = None
    date: Day | None = None
    minutes: Annotated[Number, Field(ge=0, le=10_000)] | None = None
    grading: GradingFile = GradingFile()
    forms: Forms = ("A",)
    seed: Annotated[Whole, Field(ge=0, le=2**63)] = 0
    iterations: Annotated[Whole, Field(ge=0, le=MAX_TRIES)] | None = None
    overlap: Overlap = Overlap()
    ledger: str | None = None
    filter: Filter = Filter()
    include: Names = ()
    exclude: Names = ()
    sections: Annotated[tuple[SectionFile, ...], Field(max_length=MAX_SECTIONS)]

    @property
    def named(self) -> Iterator[tuple[tuple[str | int, ...], Named]]:
        """Every question that the quiz names, with its path."""
        for key in ("include", "exclude"):
            yield from (((key, index), name) for index, name in enumerate(getattr(self, key)))
        for number, section in enumerate(self.sections):
            for index, name in enumerate(section.questions):
                yield ("sections", number, "questions", index), name
