"""A reader of QTI items, written from the specification for the tests alone.

It knows nothing of the exporter: it reads the XML of either version as "QTI 2.1 Assessment Test, Section and Item
Information Model" says.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from tests.tools.offline_schema import parser

Value = Any
"""A text, a float, a boolean, a list of texts, or None for NULL."""

_FLOAT = re.compile(r"\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*\Z", re.ASCII)


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
            key = (get(child, "outcomeIdentifier") or "", child.get("identifier"))
            if key in feedback or key[0] not in outcomes or get(child, "showHide") != "show":
                raise UnreadableError(f"modal feedback {key}")
            feedback[key] = inner(child)
    if body is None:
        raise UnreadableError("an item without a body")
    interactions = [
        element for element in body.iter() if isinstance(element.tag, str) and name(element).endswith("Interaction")
    ]
    asked = tuple((name(element), get(element, "responseIdentifier") or "") for element in interactions)
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
        options={(get(element, "responseIdentifier") or ""): _options(element) for element in interactions},
        attributes={
            (get(element, "responseIdentifier") or ""): {camel(key): value for key, value in element.attrib.items()}
            for element in interactions
        },
        feedback=feedback,
        rules=rules,
        template=None if template is None else template.rsplit("/", 1)[1].removesuffix(".xml"),
        images=images,
        source=data,
    )


def elements(root: Any) -> list[Any]:
    """An element and all below it, without comments."""
    return [element for element in root.iter() if isinstance(element.tag, str)]


def get(element: Any, attribute: str) -> str | None:
    """An attribute by its name in QTI 2.1."""
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
    base_type = get(element, "baseType") or ""
    values: tuple[str, ...] = ()
    default: Value = None
    mapping = None
    bounds: dict[str, float | None] = {}
    for child in element:
        if name(child) == "correctResponse":
            values = tuple(value.text or "" for value in child)
        elif name(child) == "defaultValue":
            default = typed(child[0].text or "", base_type)
        elif name(child) == "mapping":
            mapping = tuple(
                (
                    get(row, "mapKey") or "",
                    float(get(row, "mappedValue") or "nan"),
                    get(row, "caseSensitive") in {"true", "1"},
                )
                for row in child
            )
            for bound in ("lowerBound", "upperBound", "defaultValue"):
                given = get(child, bound)
                bounds[bound] = None if given is None else float(given)
    if identifier in into:
        raise UnreadableError(f"{identifier} is declared twice")
    if default is None and base_type in {"float", "integer"} and name(element) == "outcomeDeclaration":
        default = 0.0
    maximum = get(element, "normalMaximum")
    into[identifier] = Variable(
        identifier,
        get(element, "cardinality") or "",
        base_type,
        values,
        default,
        mapping,
        bounds.get("defaultValue") or 0.0,
        bounds.get("lowerBound"),
        bounds.get("upperBound"),
        None if maximum is None else float(maximum),
    )


def typed(text: str, base_type: str) -> Value:
    """A value of a base type; None where the text is none."""
    if base_type in {"float", "integer"}:
        return float(text) if _FLOAT.match(text) else None
    return text
