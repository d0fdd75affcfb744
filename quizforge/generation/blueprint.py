"""An item model with its expressions and texts read: what can be checked without a single value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from quizforge.generation import expression, template
from quizforge.generation.expression import Name, Node
from quizforge.generation.template import Template
from quizforge.generation.tokens import BadExpressionError
from quizforge.generation.variables import Variable, name_problem, read_variables
from quizforge.model.codes.generation import (
    BAD_EXPRESSION,
    BAD_TEMPLATE,
    BAD_VARIABLE,
    UNKNOWN_NAME,
    UNUSED_NAME,
)
from quizforge.model.diagnostic import Path, Problem
from quizforge.model.item_model import ItemModel
from quizforge.model.near import did_you_mean
from quizforge.model.table import Table

_PLAIN_KEYS = frozenset({"id", "type"})
"""Keys of a question that are the same in all variants."""


@dataclass(frozen=True, slots=True)
class Blueprint:
    """A model whose parts could be read.

    Attributes:
        model: As it stands in the bank.
        variables: By name.
        computed: Expressions by name, in order; each uses names above it only.
        conditions: The expressions of ``where``.
        note: Names each variant.
        texts: The templates of the question by their paths.
    """

    model: ItemModel
    variables: Mapping[str, Variable]
    computed: Mapping[str, Node]
    conditions: tuple[Node, ...]
    note: Template
    texts: Mapping[Path, Template]


def read(model: ItemModel, tables: Mapping[str, Table | None]) -> tuple[Blueprint | None, list[Problem]]:
    """Read all parts of a model.

    Returns:
        None where one of them is faulty or a table is missing; and every fault.
    """
    reader = _Reader(model, tables)
    blueprint = reader.read()
    complete = all(variable.values for variable in blueprint.variables.values()) and blueprint.variables
    faulty = any(problem.code.severity == "error" for problem in reader.problems)
    return (blueprint if complete and not faulty else None), reader.problems


class _Reader:
    def __init__(self, model: ItemModel, tables: Mapping[str, Table | None]) -> None:
        self._model = model
        self._variables, self.problems = read_variables(model.vars, tables)
        self._used: set[str] = set()
        self._known: dict[str, frozenset[str] | None] = {}

    def read(self) -> Blueprint:
        self._known = {name: variable.columns for name, variable in self._variables.items()}
        computed = dict(self._computed())
        conditions = [
            node
            for index, text in enumerate(self._model.where)
            if (node := self._expression(text, ("where", index))) is not None
        ]
        note = self._template(self._model.note, ("note",))
        texts = {path: self._template(text, path) for path, text in _texts(self._model.question)}
        self._unused()
        return Blueprint(self._model, self._variables, computed, tuple(conditions), note, texts)

    def _computed(self) -> Iterator[tuple[str, Node]]:
        """Each computed value may use those above it; a use of one below is told from an unknown name."""
        below = dict.fromkeys(self._model.compute)
        for name, text in self._model.compute.items():
            at: Path = ("compute", name)
            wrong = name_problem(name, at)
            if wrong is not None:
                self.problems.append(wrong)
            if name in self._variables:
                message = f"'{name}' is a variable already"
                self.problems.append(Problem(BAD_VARIABLE, message, at, hint="choose another name", on_key=True))
            node = self._expression(text, at, below=frozenset(below))
            del below[name]
            self._known[name] = None
            if node is not None:
                yield name, node

    def _expression(self, text: str, at: Path, *, below: frozenset[str] = frozenset()) -> Node | None:
        try:
            node = expression.parse(text)
        except BadExpressionError as fault:
            self.problems.append(Problem(BAD_EXPRESSION, fault.message, at, hint=fault.hint, span=fault.span))
            return None
        for name in expression.names(node):
            self._check(name, at, below=below)
        return node

    def _template(self, text: str, at: Path) -> Template:
        found, faults = template.read(text)
        for fault in faults:
            self.problems.append(Problem(BAD_TEMPLATE, fault.message, at, hint=fault.hint, span=fault.span))
        for name in template.names(found):
            self._check(name, at)
        return found

    def _check(self, name: Name, at: Path, *, below: frozenset[str] = frozenset()) -> None:
        self._used.add(name.name)
        if name.name not in self._known:
            if name.name in below:
                message, hint = f"'{name.name}' is computed below", "a value may use those above it; move it up"
            else:
                message = f"there is no variable '{name.name}'"
                hint = did_you_mean(name.name, self._known) or f"there are: {', '.join(self._known) or 'none'}"
            self.problems.append(Problem(UNKNOWN_NAME, message, at, hint=hint, span=name.span))
            return
        columns = self._known[name.name]
        variable = self._variables.get(name.name)
        if variable is not None and not variable.known:
            return
        if name.column is not None and columns is None:
            message = f"'{name.name}' is a single value and has no columns"
            self.problems.append(Problem(UNKNOWN_NAME, message, at, hint=f"write {name.name}", span=name.span))
        elif name.column is not None and columns is not None and name.column not in columns:
            message = f"'{name.name}' has no column '{name.column}'"
            listed = sorted(columns)
            hint = did_you_mean(name.column, listed) or f"there are: {', '.join(listed)}"
            self.problems.append(Problem(UNKNOWN_NAME, message, at, hint=hint, span=name.span))
        elif name.column is None and columns:
            first = next(iter(getattr(next(iter(variable.values), None), "cells", columns))) if variable else "column"
            message = f"'{name.name}' is a row of a table, not a single value"
            hint = f"write {name.name}.{first}"
            self.problems.append(Problem(UNKNOWN_NAME, message, at, hint=hint, span=name.span))

    def _unused(self) -> None:
        if any(problem.code in {BAD_EXPRESSION, BAD_TEMPLATE} for problem in self.problems):
            return  # what could not be read may use them
        groups = (("vars", self._variables), ("compute", self._model.compute))
        for key, group in groups:
            for name in group:
                if name not in self._used:
                    message = f"nothing uses '{name}'"
                    self.problems.append(Problem(UNUSED_NAME, message, (key, name), hint="remove it", on_key=True))


def _texts(tree: Any, at: Path = ()) -> Iterator[tuple[Path, str]]:  # noqa: ANN401  # a plain tree
    """Every text of the question with its path."""
    if isinstance(tree, str):
        yield at, tree
    elif isinstance(tree, dict):
        for key, value in tree.items():
            if at or key not in _PLAIN_KEYS:
                yield from _texts(value, (*at, key))
    elif isinstance(tree, list):
        for index, value in enumerate(tree):
            yield from _texts(value, (*at, index))
