"""Types of single values: how the text of a YAML scalar becomes a value, and what marks a field.

Every scalar reaches the model as the text that the author wrote. The types here read that text
strictly (``true`` and ``false`` only, decimal numbers only) and answer a bad one with a
``PydanticCustomError`` whose type is one of our own codes.

:class:`Text` and :class:`Ref` mark fields; :func:`marked` finds the marked values of an entry.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetJsonSchemaHandler, StringConstraints
from pydantic_core import CoreSchema, PydanticCustomError

from quizforge.model.diagnostic import Path

Kind = Literal["plain", "inline", "block"]
Audience = Literal["student-exam", "student-practice", "staff"]

MAX_NUMBER_LENGTH = 40
MAX_EXPONENT = 300
_NUMBER = re.compile(r"[+-]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE]([+-]?[0-9]+))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Text:
    """Marks a field as a text.

    Attributes:
        kind: plain, inline Markdown or block Markdown.
        audience: The most open kind of file that may hold it.
        blanks: Whether ``[[name]]`` in it is a blank.
    """

    kind: Kind
    audience: Audience
    blanks: bool = False

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """An unquoted 42 or true is a text to us, so an editor must not underline it."""
        return {**handler(schema), "type": ["string", "number", "boolean"]}


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks a field as the id of an entry.

    Attributes:
        section: The section of the bank that must hold it: ``concepts``, ``misconceptions`` ...
        locator: Whether ``#`` and a place inside the source may follow.
    """

    section: str
    locator: bool = False


class Entry(BaseModel):
    """Base of everything that stands in a bank: frozen, and unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, arbitrary_types_allowed=True)


def parse_bool(value: object) -> bool:
    """``true`` or ``false``, nothing else.

    Raises:
        PydanticCustomError: QF105.
    """
    if value == "true" or value is True:
        return True
    if value == "false" or value is False:
        return False
    raise PydanticCustomError("QF105", "'{value}' is neither true nor false", {"value": _short(value)})


def parse_number(value: object) -> Decimal:
    """An exact decimal from the text of a JSON number; ``+`` in front is allowed.

    Raises:
        PydanticCustomError: QF106 for what is no number, QF107 for one that is too long or too large.
    """
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, float):
        return Decimal(repr(value))
    if not isinstance(value, str):
        raise PydanticCustomError("QF103", "a number is expected here", {})
    if len(value) > MAX_NUMBER_LENGTH:
        raise PydanticCustomError(
            "QF107", "a number of {length} characters; at most {limit} are allowed",
            {"length": len(value), "limit": MAX_NUMBER_LENGTH},
        )  # fmt: skip
    match = _NUMBER.fullmatch(value)
    if match is None:
        raise PydanticCustomError("QF106", "'{value}' is not a decimal number", {"value": value})
    if abs(int(match[1] or 0)) > MAX_EXPONENT:
        raise PydanticCustomError(
            "QF107",
            "the exponent of '{value}' lies outside -{limit} to {limit}",
            {"value": value, "limit": MAX_EXPONENT},
        )
    return Decimal(value)


def parse_whole(value: object) -> int:
    """A whole number.

    Raises:
        PydanticCustomError: QF106 or QF107.
    """
    number = parse_number(value)
    if number.adjusted() > MAX_NUMBER_LENGTH or number != number.to_integral_value():
        raise PydanticCustomError("QF106", "'{value}' is not a whole number", {"value": _short(value)})
    return int(number)


def _short(value: object) -> str:
    if isinstance(value, str):
        return value if len(value) <= MAX_NUMBER_LENGTH else value[: MAX_NUMBER_LENGTH - 1] + "…"
    return "a list" if isinstance(value, list) else "a mapping"


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far a number may lie from the answer.

    Attributes:
        amount: Absolute, or per cent of the answer's absolute value.
        percent: Which of the two.
    """

    amount: Decimal
    percent: bool = False

    def around(self, value: Decimal) -> Fraction:
        """The largest distance from ``value`` that still counts as right."""
        amount = Fraction(self.amount)
        return abs(Fraction(value)) * amount / 100 if self.percent else amount

    def __str__(self) -> str:
        return f"{self.amount}%" if self.percent else str(self.amount)


def parse_tolerance(value: object) -> Tolerance:
    """``0.01`` or ``2%``.

    Raises:
        PydanticCustomError: QF106, QF107, or QF134 for a negative one.
    """
    if isinstance(value, Tolerance):
        return value
    percent = isinstance(value, str) and value.endswith("%")
    amount = parse_number(value[:-1].rstrip() if isinstance(value, str) and percent else value)
    if amount < 0:
        raise PydanticCustomError("QF134", "the tolerance '{value}' is negative", {"value": _short(value)})
    return Tolerance(amount, percent)


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]*$", max_length=100)]
Bool = Annotated[bool, BeforeValidator(parse_bool, json_schema_input_type=bool)]
Number = Annotated[Decimal, BeforeValidator(parse_number, json_schema_input_type=float)]
Whole = Annotated[int, BeforeValidator(parse_whole, json_schema_input_type=int)]
ToleranceField = Annotated[
    Tolerance, BeforeValidator(parse_tolerance, json_schema_input_type=float | Annotated[str, Field(pattern="%$")])
]

_FILLED = StringConstraints(pattern=r"\S")
PlainExam = Annotated[str, _FILLED, Text("plain", "student-exam")]
PlainPractice = Annotated[str, _FILLED, Text("plain", "student-practice")]
PlainStaff = Annotated[str, _FILLED, Text("plain", "staff")]
InlineExam = Annotated[str, _FILLED, Text("inline", "student-exam")]
BlockExam = Annotated[str, _FILLED, Text("block", "student-exam")]
BlockPractice = Annotated[str, _FILLED, Text("block", "student-practice")]
BlockStaff = Annotated[str, _FILLED, Text("block", "staff")]
BlockWithBlanks = Annotated[str, _FILLED, Text("block", "student-exam", blanks=True)]

_LOCATED = StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]*(#\S(.*\S)?)?$", max_length=200)
ReferenceId = Annotated[str, _LOCATED, Ref("references", locator=True)]
ConceptId = Annotated[Id, Ref("concepts")]
ObjectiveId = Annotated[Id, Ref("objectives")]
MisconceptionId = Annotated[Id, Ref("misconceptions")]
ScenarioId = Annotated[Id, Ref("scenarios")]
QuestionId = Annotated[Id, Ref("questions")]


def wrap_text(value: object) -> object:
    """A plain string stands for a mapping that has only its text."""
    return {"text": value} if isinstance(value, str) else value


M = TypeVar("M", Text, Ref)
_Plan = tuple[tuple[str, str, Any], ...]


def marked(entry: BaseModel, mark: type[M]) -> list[tuple[Path, str, M]]:
    """The values of an entry whose fields carry a mark, in the order of the fields.

    Args:
        entry: Any entry of a bank.
        mark: :class:`Text` or :class:`Ref`.

    Returns:
        Path from the entry down, value, and the mark itself.
    """
    found: list[tuple[Path, str, M]] = []
    _collect(entry, _plan(type(entry), mark.__name__), mark.__name__, (), found)
    return found


def _collect(entry: Any, plan: _Plan, mark: str, prefix: Path, found: list[tuple[Path, str, M]]) -> None:  # noqa: ANN401  # any entry
    for name, mode, detail in plan:
        value = getattr(entry, name)
        if not value:
            continue
        if mode == "value":
            found.append(((*prefix, name), value, detail))
        elif mode == "values":
            found.extend(((*prefix, name, index), item, detail) for index, item in enumerate(value))
        elif mode == "entry":
            _collect(value, _plan(detail, mark), mark, (*prefix, name), found)
        else:
            plan_below = _plan(detail, mark)
            pairs = value.items() if mode == "named" else enumerate(value)
            # Most choices name no misconception: look before a path is built for nothing.
            only = plan_below[0][0] if len(plan_below) == 1 else None
            for key, item in pairs:
                if only is None or getattr(item, only):
                    _collect(item, plan_below, mark, (*prefix, name, key), found)


@cache
def _plan(cls: type[BaseModel], mark: str) -> _Plan:
    hints = get_type_hints(cls, include_extras=True)
    steps = (_step(name, hints[name], mark) for name in cls.model_fields)
    return tuple(step for step in steps if step is not None)


def _step(name: str, hint: Any, mark: str) -> tuple[str, str, Any] | None:  # noqa: ANN401  # a type hint is any object
    inner, marks = unwrap_hint(hint)
    found = next((item for item in marks if type(item).__name__ == mark), None)
    if found is not None:
        return (name, "value", found)
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        return (name, "entry", inner) if _plan(inner, mark) else None
    origin = get_origin(inner)
    if origin not in {tuple, dict}:
        return None
    below = _step(name, get_args(inner)[0 if origin is tuple else 1], mark)
    if below is None:
        return None
    if below[1] == "value":
        return (name, "values", below[2])
    return (name, "named" if origin is dict else "entries", below[2])


def unwrap_hint(hint: Any) -> tuple[Any, list[Any]]:  # noqa: ANN401  # a type hint is any object
    """The type inside ``Annotated`` and optional unions, and the marks found on the way."""
    marks: list[Any] = []
    while True:
        origin = get_origin(hint)
        if origin is Annotated:
            hint, *extras = get_args(hint)
            marks = [*extras, *marks]
        elif origin in {Union, UnionType}:
            hint = next(arg for arg in get_args(hint) if arg is not type(None))
        else:
            return hint, marks
