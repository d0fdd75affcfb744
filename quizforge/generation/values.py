"""What names stand for: numbers, texts and switches, single or as the cells of a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from quizforge.generation.numbers import brief

_TRUTHS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Given:
    """A value that the author wrote: shown as written, computed with as the number or truth value that it is.

    Attributes:
        text: As written, ``0.50``.
        number: Its value, exact; None for a text.
    """

    text: str
    number: Fraction | None = None


Scalar: TypeAlias = "Given | Fraction | bool"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Attributes:
        cells: By column.
        place: ``data/x.csv:12`` for messages; empty for a row that stands in the model.
    """

    cells: Mapping[str, Given]
    place: str = field(default="", compare=False)


Value: TypeAlias = "Scalar | Row"

Names: TypeAlias = "Mapping[str, Value]"


def plain(value: Scalar) -> Fraction | bool | str:
    """What is computed with: a number, a truth value or a text."""
    if not isinstance(value, Given):
        return value
    if value.text in _TRUTHS:
        return _TRUTHS[value.text]
    return value.text if value.number is None else value.number


def describe(value: Fraction | bool | str) -> str:  # noqa: FBT001  # any value that an expression can have
    """A value in a message: ``the number 3``."""
    if isinstance(value, bool):
        return f"the truth value {str(value).lower()}"
    if isinstance(value, str):
        short = value if len(value) <= 40 else value[:39] + "…"
        return f"the text '{' '.join(short.split())}'"
    return f"the number {brief(value)}"


def columns(values: Names) -> Mapping[str, frozenset[str] | None]:
    """The columns that each name has; None for a single value."""
    return {name: frozenset(value.cells) if isinstance(value, Row) else None for name, value in values.items()}
