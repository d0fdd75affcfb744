"""A reader and player of QTI items, written from the specification for the tests alone.

It knows nothing of the exporter: it reads the XML of either version and carries out response processing as
"QTI 2.1 Assessment Test, Section and Item Information Model", chapters 8 to 10 and 15, says, with NULL and all. Only
where engines in the field differ has it two ways: ``anchored`` regular expressions as in XML Schema, or those that
JavaScript finds anywhere.
"""

from __future__ import annotations

import io
import operator
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath
from typing import Any

from lxml import etree

from tests.tools.offline_schema import parser

Value = Any
"""A text, a float, a boolean, a list of texts, or None for NULL."""

_TEMPLATES = ("match_correct", "map_response")
_ANCHORS = re.compile(r"\\.|\[[^\]]*\]|[\^$]")
_FLOAT = re.compile(r"\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*\Z", re.ASCII)


_COMPARISONS = {"gt": operator.gt, "gte": operator.ge, "lt": operator.lt, "lte": operator.le}


class UnreadableError(Exception):
    """The item or package breaks a rule of the specification."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A declaration."""

    identifier: str
    cardinality: str
    base_type: str
    correct: tuple[str, ...] = ()
    default: Value = None
    mapping: tuple[tuple[str, float, bool], ...] | None = None
    mapping_default: float = 0.0
    lower: float | None = None
    upper: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, slots=True)
class QtiItem:
    """One item.

    Attributes:
        identifier, title, label, language: As in the file.
        responses, outcomes: Declarations by identifier.
        body: The XML of the item body.
        interactions: Name in QTI 2.1 and response identifier of each interaction, in order.
        options: Of each response, from the inner XML of an option to its identifier, in the order shown.
        attributes: Of each response, those of its interaction, by their names in 2.1.
        feedback: Outcome and identifier of each modal feedback, with its inner XML.
        rules: The elements of response processing.
        images: Values of every ``src``.
        source: The file.
    """

    identifier: str
    title: str
    label: str | None
    language: str | None
    responses: Mapping[str, Variable]
    outcomes: Mapping[str, Variable]
    body: str
    interactions: tuple[tuple[str, str], ...]
    options: Mapping[str, Mapping[str, str]]
    attributes: Mapping[str, Mapping[str, str]]
    feedback: Mapping[tuple[str, str], str]
    rules: Any = field(repr=False)
    template: str | None = None
    images: tuple[str, ...] = ()
    source: bytes = field(default=b"", repr=False)


def name(element: Any) -> str:
    """The name of an element of either version, as 2.1 has it; elements of HTML and MathML keep theirs."""
    return camel(etree.QName(element).localname.removeprefix("qti-"))


def camel(text: str) -> str:
    """``map-entry`` as ``mapEntry``."""
    head, *rest = text.split("-")
    return head + "".join(part.capitalize() for part in rest)


def inner(element: Any) -> str:
    """The XML inside an element, without namespaces of its own."""
    copy = etree.fromstring(etree.tostring(element, with_tail=False), parser())
    etree.cleanup_namespaces(copy)
    text = etree.tostring(copy, encoding="unicode", with_tail=False)
    text = re.sub(r' xmlns(:\w+)?="[^"]*"', "", text)
    return text[text.index(">") + 1 : text.rindex("<")] if "</" in text else ""


def read_item(data: bytes) -> QtiItem:  # noqa: C901  # one case for each part of an item
    """An item from its XML.

    Raises:
        UnreadableError: It uses what it does not declare, or an identifier twice.
    """
    root = etree.fromstring(data, parser())
    if name(root) != "assessmentItem":
        raise UnreadableError(f"an item, not {root.tag}")
    responses: dict[str, Variable] = {}
    outcomes: dict[str, Variable] = {}
    feedback: dict[tuple[str, str], str] = {}
    body = rules = None
    for child in root:
        kind = name(child)
        if kind == "responseDeclaration":
            _declare(responses, child)
        elif kind == "outcomeDeclaration":
            _declare(outcomes, child)
        elif kind == "itemBody":
            body = child
        elif kind == "responseProcessing":
            rules = child
        elif kind == "modalFeedback":
            key = (_get(child, "outcomeIdentifier") or "", child.get("identifier"))
            if key in feedback or key[0] not in outcomes or _get(child, "showHide") != "show":
                raise UnreadableError(f"modal feedback {key}")
            feedback[key] = inner(child)
    if body is None:
        raise UnreadableError("an item without a body")
    interactions = [
        element for element in body.iter() if isinstance(element.tag, str) and name(element).endswith("Interaction")
    ]
    asked = tuple((name(element), _get(element, "responseIdentifier") or "") for element in interactions)
    if sorted(identifier for _, identifier in asked) != sorted(responses):
        raise UnreadableError(f"interactions {asked} for responses {sorted(responses)}")
    template = None if rules is None else rules.get("template")
    images = tuple(
        element.get("src") for element in root.iter() if isinstance(element.tag, str) and name(element) == "img"
    )
    return QtiItem(
        identifier=root.get("identifier"),
        title=root.get("title"),
        label=root.get("label"),
        language=root.get("{http://www.w3.org/XML/1998/namespace}lang"),
        responses=responses,
        outcomes=outcomes,
        body=inner(body),
        interactions=asked,
        options={(_get(element, "responseIdentifier") or ""): _options(element) for element in interactions},
        attributes={
            (_get(element, "responseIdentifier") or ""): {camel(key): value for key, value in element.attrib.items()}
            for element in interactions
        },
        feedback=feedback,
        rules=rules,
        template=None if template is None else template.rsplit("/", 1)[1].removesuffix(".xml"),
        images=images,
        source=data,
    )


def _elements(root: Any) -> list[Any]:
    """An element and all below it, without comments."""
    return [element for element in root.iter() if isinstance(element.tag, str)]


def _get(element: Any, attribute: str) -> str | None:
    found = next((value for key, value in element.attrib.items() if camel(key) == attribute), None)
    return None if found is None else str(found)


def _options(interaction: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in interaction.iter():
        if isinstance(element.tag, str) and name(element) in {"simpleChoice", "simpleAssociableChoice", "inlineChoice"}:
            side = name(element.getparent()) == "simpleMatchSet" and element.getparent().getparent().index(
                element.getparent()
            )
            text = f"{side}:{inner(element)}" if side is not False else inner(element)
            if text in found or element.get("identifier") in found.values():
                raise UnreadableError(f"two options '{text}'")
            found[text] = element.get("identifier")
    return found


def _declare(into: dict[str, Variable], element: Any) -> None:
    identifier = element.get("identifier")
    base_type = _get(element, "baseType") or ""
    values: tuple[str, ...] = ()
    default: Value = None
    mapping = None
    bounds: dict[str, float | None] = {}
    for child in element:
        if name(child) == "correctResponse":
            values = tuple(value.text or "" for value in child)
        elif name(child) == "defaultValue":
            default = _typed(child[0].text or "", base_type)
        elif name(child) == "mapping":
            mapping = tuple(
                (
                    _get(row, "mapKey") or "",
                    float(_get(row, "mappedValue") or "nan"),
                    _get(row, "caseSensitive") in {"true", "1"},
                )
                for row in child
            )
            for bound in ("lowerBound", "upperBound", "defaultValue"):
                given = _get(child, bound)
                bounds[bound] = None if given is None else float(given)
    if identifier in into:
        raise UnreadableError(f"{identifier} is declared twice")
    if default is None and base_type in {"float", "integer"} and name(element) == "outcomeDeclaration":
        default = 0.0
    maximum = _get(element, "normalMaximum")
    into[identifier] = Variable(
        identifier,
        _get(element, "cardinality") or "",
        base_type,
        values,
        default,
        mapping,
        bounds.get("defaultValue") or 0.0,
        bounds.get("lowerBound"),
        bounds.get("upperBound"),
        None if maximum is None else float(maximum),
    )


def _typed(text: str, base_type: str) -> Value:
    """A value of a base type; None where the text is none."""
    if base_type in {"float", "integer"}:
        return float(text) if _FLOAT.match(text) else None
    return text


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
            self._values[identifier] = _typed(answer, declared.base_type) if isinstance(answer, str) else answer
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
            return _typed(element.text or "", _get(element, "baseType") or "")
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
        values = [_typed(value, declared.base_type) for value in declared.correct]
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


@dataclass(frozen=True, slots=True)
class QtiPackage:
    """What a package holds.

    Attributes:
        items: In the order of the test.
        weights: Of the items in the test.
        control: Attributes of the item session control, by their names in 2.1.
        sections: Title, visibility and instructions of each section.
        title: Of the test.
    """

    items: tuple[QtiItem, ...]
    weights: tuple[float, ...]
    control: Mapping[str, str]
    sections: tuple[tuple[str, str, str | None], ...]
    title: str


def read_package(data: bytes) -> QtiPackage:
    """A package with everything in it.

    Raises:
        UnreadableError: A file is missing, listed twice or not listed, an item is not in the test, or an image that an
            item shows does not belong to its resource.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        files = {each: archive.read(each) for each in names}
    if names[0] != "imsmanifest.xml" or names[1:] != sorted(names[1:]):
        raise UnreadableError(f"members {names}")
    resources = [
        element
        for element in _elements(etree.fromstring(files["imsmanifest.xml"], parser()))
        if name(element) == "resource"
    ]
    listed: set[str] = set()
    items: dict[str, QtiItem] = {}
    test = None
    for resource in resources:
        owned = [child.get("href") for child in resource if name(child) == "file"]
        listed |= set(owned)
        if resource.get("href") not in owned or any(each not in files for each in owned):
            raise UnreadableError(f"files {owned}")
        if "_test_" in resource.get("type"):
            test = resource
            continue
        found = read_item(files[resource.get("href")])
        shown = {normpath(join(dirname(resource.get("href")), image)) for image in found.images}
        if found.identifier != resource.get("identifier") or shown != set(owned) - {resource.get("href")}:
            raise UnreadableError(f"{resource.get('href')}: {shown} in {owned}")
        items[resource.get("href")] = found
    if test is None or set(names) - {"imsmanifest.xml"} != listed:
        raise UnreadableError(f"not listed: {set(names) - listed}")
    needed = [child.get("identifierref") for child in test if name(child) == "dependency"]
    if sorted(needed) != sorted(item.identifier for item in items.values()):
        raise UnreadableError(f"dependencies {needed}")
    return _with_test(etree.fromstring(files[test.get("href")], parser()), items)


def _with_test(root: Any, items: Mapping[str, QtiItem]) -> QtiPackage:
    every = _elements(root)
    refs = [element for element in every if name(element) == "assessmentItemRef"]
    (control,) = (element for element in every if name(element) == "itemSessionControl")
    for ref in refs:
        if items[ref.get("href")].identifier != ref.get("identifier"):
            raise UnreadableError(f"reference {ref.get('identifier')}")
    sections = tuple(
        (
            element.get("title"),
            element.get("visible"),
            next((inner(child) for child in element if name(child) == "rubricBlock"), None),
        )
        for element in every
        if name(element) == "assessmentSection"
    )
    return QtiPackage(
        items=tuple(items[ref.get("href")] for ref in refs),
        weights=tuple(float(ref[0].get("value")) for ref in refs),
        control={camel(key): value for key, value in control.attrib.items()},
        sections=sections,
        title=root.get("title"),
    )
