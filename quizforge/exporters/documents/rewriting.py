"""From the blocks of a printable page to those of a document: real numbering, lists and room for answers.

What differs between Word and LaTeX is a :class:`Hand`; the walk over the page is the same.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from quizforge.exporters.documents.pandoc import Node

_PLAIN = frozenset({"Para", "Plain"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the page.

    Attributes:
        number: As on the page.
        points: What it is worth.
        worth: The same in words, as inlines.
        body: Its blocks, rewritten.
    """

    number: int
    points: Decimal
    worth: list[Node]
    body: list[Node]


@dataclass(frozen=True, slots=True)
class Ticked:
    """An option.

    Attributes:
        blocks: Its text, and what is said about it.
        right: Whether the key marks it.
    """

    blocks: list[Node]
    right: bool


class Hand(ABC):
    """Writes what a document has of its own."""

    @abstractmethod
    def questions(self, asked: Sequence[Asked]) -> list[Node]:
        """Questions that follow each other."""

    @abstractmethod
    def between(self, blocks: list[Node]) -> list[Node]:
        """What stands between questions."""

    @abstractmethod
    def options(self, options: Sequence[Ticked], *, many: bool, lettered: bool) -> list[Node]:
        """Options to choose from."""

    @abstractmethod
    def lines(self, count: int) -> list[Node]:
        """Ruled lines to write on."""

    @abstractmethod
    def room(self, width: int) -> Node:
        """Room within a line, as wide as a number of characters."""


class Rewriter:
    """Walks over a page.

    Args:
        hand: Of the document.
        points: By the number of the question.
    """

    def __init__(self, hand: Hand, points: dict[int, Decimal]) -> None:
        self._hand = hand
        self._points = points

    def page(self, blocks: list[Node]) -> list[Node]:
        """All blocks of a page."""
        rewritten: list[Node] = []
        runs = groupby(_flattened(blocks), key=lambda block: _class_of(block) == "q")
        for is_question, run in runs:
            if is_question:
                rewritten += self._hand.questions([self._asked(block) for block in run])
            else:
                rewritten += self._hand.between(self._blocks([block for block in run if not _is_title(block)]))
        return rewritten

    def _asked(self, block: Node) -> Asked:
        (name, _, _), inner = block["c"]
        number = int(name.removeprefix("q"))
        worth: list[Node] = []
        body: list[Node] = []
        for part in inner:
            if part["t"] == "Header" and not body and not worth:
                continue
            if _class_of(part) == "pts":
                worth = self._inlines(part["c"][1][0]["c"])
            else:
                body += self._block(part)
        return Asked(number, self._points[number], worth, body)

    def _blocks(self, blocks: Sequence[Node]) -> list[Node]:
        return [found for block in blocks for found in self._block(block)]

    def _block(self, block: Node) -> list[Node]:  # noqa: PLR0911  # one case for each kind
        kind = block["t"]
        if kind == "Div":
            return self._div(block)
        if kind in _PLAIN:
            return [{"t": kind, "c": self._inlines(block["c"])}]
        if kind == "Header":
            level, attributes, inlines = block["c"]
            return [
                {"t": "Header", "c": [max(1, level - 1), ["", ["unnumbered"], attributes[2]], self._inlines(inlines)]}
            ]
        if kind == "BulletList":
            return [{"t": kind, "c": [self._blocks(item) for item in block["c"]]}]
        if kind == "OrderedList":
            return [{"t": kind, "c": [block["c"][0], [self._blocks(item) for item in block["c"][1]]]}]
        if kind == "BlockQuote":
            return [{"t": kind, "c": self._blocks(block["c"])}]
        if kind == "DefinitionList":
            return [_facts(term, [self._blocks(one) for one in given]) for term, given in block["c"]]
        return [_walked(block, self._inlines)]

    def _div(self, block: Node) -> list[Node]:
        inner = block["c"][1]
        first = _class_of(block)
        if first == "opts" and inner and inner[0]["t"] == "BulletList":
            return self._options(inner[0]["c"], many="many" in block["c"][0][1])
        if first == "fill" and inner and inner[0]["t"] == "BulletList":
            return [found for item in inner[0]["c"] for found in self._blocks(item)]
        if first == "lines":
            return self._hand.lines(int(_text(inner)))
        blocks = self._blocks(inner)
        if first in {"task", "refer"}:
            return [_styled("Emph", found) for found in blocks]
        return [_styled("Strong", found) for found in blocks] if first in {"label", "warn"} else blocks

    def _options(self, items: Sequence[list[Node]], *, many: bool) -> list[Node]:
        lettered = False
        ticked = []
        for item in items:
            inlines = list(item[0]["c"]) if item and item[0]["t"] in _PLAIN else []
            right = bool(inlines) and _is_span(inlines[0], "hit")
            inlines = inlines[right:]
            if inlines and inlines[0]["t"] == "Strong":
                lettered = lettered or bool(inlines[0]["c"])
                inlines = inlines[1:]
            rest = item[1:] if item and item[0]["t"] in _PLAIN else item
            ticked.append(Ticked([para(self._inlines(inlines)), *self._blocks(rest)], right))
        return self._hand.options(tuple(ticked), many=many, lettered=lettered)

    def _inlines(self, inlines: Sequence[Node]) -> list[Node]:
        return [found for inline in inlines for found in self._inline(inline)]

    def _inline(self, inline: Node) -> list[Node]:
        kind = inline["t"]
        if kind == "Span":
            (_, classes, pairs), inner = inline["c"]
            return self._span(classes, pairs, inner)
        if kind in {"Emph", "Strong", "Strikeout", "Superscript", "Subscript", "SmallCaps", "Underline"}:
            return [{"t": kind, "c": self._inlines(inline["c"])}]
        return [inline]

    def _span(self, classes: list[str], pairs: list[list[str]], inner: list[Node]) -> list[Node]:
        first = classes[0] if classes else ""
        if first == "line":
            return [self._hand.room(12 if "number" in classes else 30)]
        if first == "box":
            return [self._hand.room(4), SPACE]
        if first == "gap" and not any(found["t"] == "Strong" for found in inner):
            return [self._hand.room(10), *self._inlines(inner)]
        kept = self._inlines(inner)
        return [{"t": "Span", "c": [["", [], pairs], kept]}] if pairs else kept


def title_of(blocks: Sequence[Node]) -> list[Node]:
    """The inlines of a page's title; empty where it has none."""
    found = next((block for block in _flattened(blocks) if _is_title(block)), None)
    return [] if found is None else _plain(found["c"][2])


SPACE: Node = {"t": "Space"}


def para(inlines: list[Node]) -> Node:
    """A paragraph."""
    return {"t": "Para", "c": inlines}


def text(content: str) -> Node:
    """A word."""
    return {"t": "Str", "c": content}


def led(lead: list[Node], blocks: list[Node]) -> list[Node]:
    """Blocks with inlines before the first one, in it where it is a paragraph."""
    if not lead:
        return blocks
    if blocks and blocks[0]["t"] in _PLAIN:
        return [{"t": blocks[0]["t"], "c": [*lead, SPACE, *blocks[0]["c"]]}, *blocks[1:]]
    return [para(lead), *blocks]


def _flattened(blocks: Sequence[Node]) -> Iterator[Node]:
    """The blocks of a page without what only holds others."""
    for block in blocks:
        if block["t"] == "Div" and _class_of(block) in {"section", "part", "flow", "group", "case", "", "top", "head"}:
            yield from _flattened(block["c"][1])
        else:
            yield block


def _is_title(block: Node) -> bool:
    return bool(block["t"] == "Header" and block["c"][0] == 1)


def _plain(inlines: Sequence[Node]) -> list[Node]:
    """Inlines without the spans that only carry a class."""
    return [found for one in inlines for found in (_plain(one["c"][1]) if one["t"] == "Span" else [one])]


def _class_of(block: Node) -> str:
    if block["t"] != "Div":
        return ""
    classes = [name for name in block["c"][0][1] if name != "section"]
    return classes[0] if classes else ""


def _is_span(inline: Node, name: str) -> bool:
    return inline["t"] == "Span" and name in inline["c"][0][1]


def _styled(kind: str, block: Node) -> Node:
    if block["t"] not in _PLAIN:
        return block
    return {"t": block["t"], "c": [{"t": kind, "c": block["c"]}]}


def _facts(term: list[Node], given: list[list[Node]]) -> Node:
    """A term and what is said of it, on one line."""
    said = [inline for blocks in given for block in blocks if block["t"] in _PLAIN for inline in [SPACE, *block["c"]]]
    return para([{"t": "Strong", "c": [*term, text(":")]}, *said])


def _text(node: Any) -> str:  # noqa: ANN401  # any part of a document
    if isinstance(node, list):
        return "".join(_text(part) for part in node)
    if isinstance(node, dict):
        return node["c"] if node["t"] == "Str" else _text(node.get("c", []))
    return ""


def _walked(node: Any, inlines: Any) -> Any:  # noqa: ANN401  # any part of a document
    """A node with the inlines of its paragraphs rewritten, however deep they lie in a table."""
    if isinstance(node, list):
        return [_walked(part, inlines) for part in node]
    if isinstance(node, dict) and "t" in node:
        if node["t"] in _PLAIN:
            return {"t": node["t"], "c": inlines(node["c"])}
        if node["t"] == "Div":
            return {"t": "Div", "c": [["", [], []], _walked(node["c"][1], inlines)]}
        if "c" in node:
            return {"t": node["t"], "c": _walked(node["c"], inlines)}
    return node
