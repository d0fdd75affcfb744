"""The values that each variable of an item model may take."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from pydantic_core import PydanticCustomError

from quizforge.generation.numbers import FUNCTIONS, exact
from quizforge.generation.values import Given, Row, Value
from quizforge.model.codes.generation import BAD_VARIABLE
from quizforge.model.diagnostic import Path, Problem
from quizforge.model.fields import parse_number
from quizforge.model.near import did_you_mean
from quizforge.model.table import Table

MAX_VALUES = 10_000
"""Values of one variable."""

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
WORDS = frozenset({"and", "or", "not", "if", "else", "elif", "endif", "true", "false", "none", "in", "is"})
"""Words that no column can have as its name."""

RESERVED = WORDS | FUNCTIONS.keys()
"""Words that no variable can have as its name."""

_FORMS = "write a list, {range: [2, 9]} or {table: file.csv}"


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable that could be read.

    Attributes:
        name: As expressions have it.
        values: In order; empty where they could not be had.
        columns: Of a table or a list of rows; None for single values.
        known: Whether the columns are known: not where the table could not be read.
    """

    name: str
    values: tuple[Value, ...]
    columns: frozenset[str] | None = None
    known: bool = True


def name_problem(name: str, at: Path, *, reserved: frozenset[str] = RESERVED) -> Problem | None:
    """What is wrong with the name of a variable, a column or a computed value."""
    if _NAME.fullmatch(name) is None:
        hint = "use lower-case letters, digits and '_', a letter first"
        return Problem(BAD_VARIABLE, f"'{name[:60]}' is not a name", at, hint=hint, on_key=True)
    if name in reserved:
        message = f"'{name}' is a word of the expressions and cannot be a name"
        return Problem(BAD_VARIABLE, message, at, hint=f"name it {name}_value, for example", on_key=True)
    return None


def given(text: str) -> Given:
    """A value as written, with its number where it is one."""
    try:
        return Given(text, Fraction(parse_number(text)))
    except PydanticCustomError:
        return Given(text)


def read_variables(
    raw: Mapping[str, Any], tables: Mapping[str, Table | None]
) -> tuple[dict[str, Variable], list[Problem]]:
    """The variables of a model.

    Args:
        raw: The value of ``vars``, a plain tree.
        tables: Tables by name; None for one that could not be read, which was reported.

    Returns:
        The variables by name, also those whose values could not be had, and what is wrong.
    """
    variables: dict[str, Variable] = {}
    problems: list[Problem] = []
    for name, source in raw.items():
        at: Path = ("vars", name)
        wrong = name_problem(name, at)
        if wrong is not None:
            problems.append(wrong)
        values, found = _values(source, at, tables)
        problems += found
        variables[name] = _variable(name, source, values, tables)
    return variables, problems


def table_names(raw: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    """The tables that a model names, with the paths of their names."""
    for name, source in raw.items():
        if isinstance(source, dict) and isinstance(source.get("table"), str):
            yield ("vars", name, "table"), source["table"]


def _variable(name: str, source: object, values: Sequence[Value], tables: Mapping[str, Table | None]) -> Variable:
    if isinstance(source, dict) and "table" in source:
        table = tables.get(str(source["table"]))
        return Variable(
            name, tuple(values), frozenset(table.columns if table else ()), known=bool(table and table.columns)
        )
    rows = [value for value in values if isinstance(value, Row)]
    return Variable(name, tuple(values), frozenset(rows[0].cells) if rows else None, known=bool(values))


def _values(source: object, at: Path, tables: Mapping[str, Table | None]) -> tuple[Sequence[Value], list[Problem]]:
    if isinstance(source, list):
        return _listed(source, at)
    if not isinstance(source, dict):
        return (), [Problem(BAD_VARIABLE, "a variable needs its values", at, hint=_FORMS)]
    problems = list(_wrong_keys(source, at))
    if problems:
        return (), problems
    return _range(source, at) if "range" in source else _table(source["table"], at, tables)


def _wrong_keys(source: Mapping[str, Any], at: Path) -> Iterator[Problem]:
    known = ("range", "step", "table")
    unknown = [key for key in source if key not in known]
    for key in unknown:
        hint = did_you_mean(key, known) or _FORMS
        yield Problem(BAD_VARIABLE, f"unknown key '{key}' in a variable", (*at, key), hint=hint, on_key=True)
    if unknown:
        return
    if ("range" in source) == ("table" in source):
        yield Problem(BAD_VARIABLE, "a variable has either a range or a table", at, hint=_FORMS)
    elif "table" in source and "step" in source:
        yield Problem(BAD_VARIABLE, "'step' belongs to a range", (*at, "step"), hint="remove it", on_key=True)


def _listed(source: list[Any], at: Path) -> tuple[Sequence[Value], list[Problem]]:
    if len(source) > MAX_VALUES:
        return (), [Problem(BAD_VARIABLE, f"{len(source):,} values; at most {MAX_VALUES:,} are allowed", at)]
    if not source:
        return (), [Problem(BAD_VARIABLE, "the list is empty", at, hint=_FORMS)]
    if all(isinstance(item, str) for item in source):
        return _distinct([given(item) for item in source], at)
    return _rows(source, at)


def _distinct(values: list[Given], at: Path) -> tuple[Sequence[Value], list[Problem]]:
    seen: set[str] = set()
    problems = []
    for index, value in enumerate(values):
        if value.text in seen:
            problems.append(Problem(BAD_VARIABLE, f"'{value.text[:60]}' stands twice", (*at, index), hint="remove one"))
        seen.add(value.text)
    return tuple(values), problems


def _rows(source: list[Any], at: Path) -> tuple[Sequence[Value], list[Problem]]:
    columns = tuple(source[0]) if isinstance(source[0], dict) else ()
    problems = [
        problem for column in columns if (problem := name_problem(column, (*at, 0, column), reserved=WORDS)) is not None
    ]
    rows = []
    for index, item in enumerate(source):
        if not isinstance(item, dict):
            hint = "every entry is a mapping of columns to values, or none is"
            problems.append(Problem(BAD_VARIABLE, "a row is expected here", (*at, index), hint=hint))
        elif set(item) != set(columns):
            odd = ", ".join(sorted(set(item) ^ set(columns)))
            problems.append(Problem(BAD_VARIABLE, f"the row has other columns than the first: {odd}", (*at, index)))
        elif not all(isinstance(cell, str) for cell in item.values()):
            problems.append(Problem(BAD_VARIABLE, "a cell is a text or a number", (*at, index)))
        else:
            rows.append(Row({column: given(item[column]) for column in columns}))
    return tuple(rows), problems


def _range(source: Mapping[str, Any], at: Path) -> tuple[Sequence[Value], list[Problem]]:
    ends = source["range"]
    if not isinstance(ends, list) or len(ends) != 2:
        hint = "write the first and the last number: [2, 9]"
        return (), [Problem(BAD_VARIABLE, "a range is two numbers", (*at, "range"), hint=hint)]
    written = (((*at, "range", 0), ends[0]), ((*at, "range", 1), ends[1]), ((*at, "step"), source.get("step", "1")))
    numbers = [_parsed(text, path) for path, text in written]
    problems = [number for number in numbers if isinstance(number, Problem)]
    if problems:
        return (), problems
    first, last, step = (number for number in numbers if isinstance(number, Fraction))
    if step <= 0:
        return (), [Problem(BAD_VARIABLE, "a step must be above 0", (*at, "step"))]
    if last < first:
        hint = "write the smaller number first"
        return (), [Problem(BAD_VARIABLE, "the range ends before it begins", (*at, "range"), hint=hint)]
    count = (last - first) // step + 1
    if count > MAX_VALUES:
        message = f"the range has {count:,} values; at most {MAX_VALUES:,} are allowed"
        if count.bit_length() > 60:
            message = f"the range has too many values; at most {MAX_VALUES:,} are allowed"
        return (), [Problem(BAD_VARIABLE, message, (*at, "range"), hint="use a larger step")]
    return tuple(_number(first + step * index) for index in range(count)), []


def _parsed(text: object, at: Path) -> Fraction | Problem:
    try:
        return Fraction(parse_number(text))
    except PydanticCustomError as error:
        return Problem(BAD_VARIABLE, error.message(), at, hint="write digits with a decimal point")


def _number(number: Fraction) -> Given:
    return Given(exact(number) or str(number), number)


def _table(name: object, at: Path, tables: Mapping[str, Table | None]) -> tuple[Sequence[Value], list[Problem]]:
    if not isinstance(name, str):
        hint = "name a file in the bank's folder data/, such as tasks.csv"
        return (), [Problem(BAD_VARIABLE, "a table is the name of a file", (*at, "table"), hint=hint)]
    table = tables.get(name)
    if table is None:
        return (), []
    if len(table.rows) > MAX_VALUES:
        message = f"the table has {len(table.rows):,} rows; at most {MAX_VALUES:,} are allowed"
        return (), [Problem(BAD_VARIABLE, message, (*at, "table"))]
    return (
        tuple(
            Row(
                {column: given(cell) for column, cell in zip(table.columns, row.cells, strict=True)},
                f"data/{table.name}:{row.line}",
            )
            for row in table.rows
        ),
        [],
    )
