"""A player of QTI items, written from the specification for the tests alone.

It carries out response processing as "QTI 2.1 Assessment Test, Section and Item Information Model", chapters 8 to 10
and 15, says, with NULL and all. Only where engines in the field differ has it two ways: ``anchored`` regular
expressions as in XML Schema, or those that JavaScript finds anywhere.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Mapping
from typing import Any

from tests.tools.qti_item import QtiItem, UnreadableError, Value, Variable, get, name, typed

_TEMPLATES = ("match_correct", "map_response")
_ANCHORS = re.compile(r"\\.|\[[^\]]*\]|[\^$]")
_COMPARISONS = {"gt": operator.gt, "gte": operator.ge, "lt": operator.lt, "lte": operator.le}


class Player:
    """Carries out the response processing of an item.

    Args:
        item: As read.
        anchored: Whether regular expressions match the whole text, as XML Schema has it.
    """

    def __init__(self, item: QtiItem, *, anchored: bool = True) -> None:
        self._item = item
        self._anchored = anchored
        self._values: dict[str, Value] = {}

    def play(self, answers: Mapping[str, Value]) -> Mapping[str, Value]:
        """The outcomes of an attempt.

        Args:
            answers: Identifier of a response to what was chosen or typed; a text that is no number is NULL for a
                response that asks for one, and so are empty texts and containers.
        """
        item = self._item
        self._values = {identifier: outcome.default for identifier, outcome in item.outcomes.items()}
        for identifier, declared in item.responses.items():
            answer = answers.get(identifier)
            self._values[identifier] = typed(answer, declared.base_type) if isinstance(answer, str) else answer
            if self._values[identifier] in ("", [], ()):
                self._values[identifier] = None
        if item.template is not None:
            self._template(item.template)
        elif item.rules is not None:
            self._run(item.rules)
        return {identifier: self._values[identifier] for identifier in item.outcomes}

    def shown(self, outcomes: Mapping[str, Value]) -> list[str]:
        """The modal feedback that is shown for outcomes, as identifiers."""
        return [
            identifier
            for outcome, identifier in self._item.feedback
            if identifier == outcomes[outcome]
            or (isinstance(outcomes[outcome], list) and identifier in outcomes[outcome])
        ]

    def _template(self, template: str) -> None:
        """The standard templates, which are about RESPONSE and SCORE."""
        if template not in _TEMPLATES:
            raise UnreadableError(f"template {template}")
        declared = self._item.responses["RESPONSE"]
        if template == "map_response":
            self._values["SCORE"] = 0.0 if self._values["RESPONSE"] is None else self._mapped(declared)
        else:
            self._values["SCORE"] = 1.0 if self._matches(self._values["RESPONSE"], self._correct(declared)) else 0.0

    def _run(self, rules: Any) -> None:
        for rule in rules:
            if name(rule) == "setOutcomeValue":
                identifier = rule.get("identifier")
                if identifier not in self._item.outcomes:
                    raise UnreadableError(f"{identifier} is not declared")
                self._values[identifier] = self._value(rule[0])
            elif name(rule) == "responseCondition":
                self._branch(rule)
            else:
                raise UnreadableError(f"rule {name(rule)}")

    def _branch(self, condition: Any) -> None:
        for branch in condition:
            if name(branch) == "responseElse":
                self._run(branch)
                return
            if self._value(branch[0]) is True:
                self._run(branch[1:])
                return

    def _value(self, element: Any) -> Value:  # noqa: PLR0911  # one case for each operator
        kind = name(element)
        if kind == "variable":
            if element.get("identifier") not in self._values:
                raise UnreadableError(f"variable {element.get('identifier')}")
            return self._values[element.get("identifier")]
        if kind == "baseValue":
            return typed(element.text or "", get(element, "baseType") or "")
        if kind == "correct":
            return self._correct(self._item.responses[element.get("identifier")])
        if kind == "mapResponse":
            return self._mapped(self._item.responses[element.get("identifier")])
        values = [self._value(child) for child in element]
        if kind in {"isNull", "not", "and", "or"}:
            return _logic(kind, values)
        if any(value is None for value in values):
            return None
        if kind == "patternMatch":
            return self._fits(element.get("pattern"), values[0])
        if kind == "index":
            place = int(element.get("n"))
            return values[0][place - 1] if place <= len(values[0]) else None
        return _operate(kind, values)

    def _fits(self, pattern: str, text: str) -> bool:
        if self._anchored:
            return re.fullmatch(_schema_pattern(pattern), text, re.ASCII) is not None
        return re.search(pattern, text) is not None

    def _correct(self, declared: Variable) -> Value:
        values = [typed(value, declared.base_type) for value in declared.correct]
        return values[0] if declared.cardinality == "single" else values

    def _mapped(self, declared: Variable) -> float:
        value = self._values[declared.identifier]
        if declared.mapping is None:
            raise UnreadableError(f"{declared.identifier} has no mapping")
        chosen = [] if value is None else list(dict.fromkeys(value)) if isinstance(value, list) else [value]
        total = 0.0
        for one in chosen:
            total += next(
                (mark for key, mark, case in declared.mapping if _same(key, one, case)), declared.mapping_default
            )
        if declared.lower is not None:
            total = max(total, declared.lower)
        return total if declared.upper is None else min(total, declared.upper)

    def _matches(self, one: Value, other: Value) -> bool:
        return _operate("match", [one, other]) if one is not None else False


def _same(key: str, value: str, case: bool) -> bool:  # noqa: FBT001  # one of three parts of a row
    return key == value if case else key.lower() == value.lower()


def _schema_pattern(pattern: str) -> str:
    r"""A pattern of XML Schema for Python's ``re``: ``^`` and ``$`` are characters, unless they begin a class."""
    return re.sub(
        r"\\.|\[\^|\[[^\]]*\]|[\^$]", lambda found: "\\" + found[0] if found[0] in "^$" else found[0], pattern
    )


def _logic(kind: str, values: list[Value]) -> bool | None:
    if kind == "isNull":
        return values[0] is None
    if kind == "not":
        return None if values[0] is None else not values[0]
    decisive = kind == "or"
    if any(value is decisive for value in values):
        return decisive
    return None if any(value is None for value in values) else not decisive


def _operate(kind: str, values: list[Value]) -> Value:
    if kind == "match":
        one, other = values
        if isinstance(one, list) != isinstance(other, list):
            raise UnreadableError("match of a single value with a container")
        return one == other if not isinstance(one, list) else _same_container(one, other)
    if kind == "sum":
        return sum(values)
    if kind == "product":
        return values[0] * values[1]
    if kind == "divide":
        return values[0] / values[1] if values[1] else None
    compare = {
        "gt": values[0] > values[1],
        "gte": values[0] >= values[1],
        "lt": values[0] < values[1],
        "lte": values[0] <= values[1],
    }
    if kind in compare:
        return compare[kind]
    raise UnreadableError(f"operator {kind}")


def _same_container(one: list[str], other: list[str]) -> bool:
    return (one if isinstance(one, Ordered) else sorted(one)) == (other if isinstance(one, Ordered) else sorted(other))


class Ordered(list[str]):
    """A response of ordered cardinality."""
