"""Emphasis, found by the rules of CommonMark 0.31 (section 6.2), over the tree that Python-Markdown has made.

Python-Markdown 3.11 loses characters where marks are left over: ``w*_a**b_c(d*e`` loses its last letter, and
``a* *b**c*[d](e)`` its link. Earlier versions nest by other rules. So the marks are paired here, in one walk per
paragraph; what is no mark stays where it is.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field

from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

_MARKS = re.compile(r"\*+|_+")
_WORD = re.compile(r"\w")
_VERBATIM = frozenset({"code", "pre"})
_ELEMENT = "\ufdd6"
"""What a mark beside an element sees: neither a blank nor part of a word."""


@dataclass(slots=True)
class _Run:
    """A run of one mark.

    Attributes:
        mark: ``*`` or ``_``.
        length: As written; the rule of three counts it.
        left: Marks not yet used.
        opens: Whether something may begin here.
        closes: Whether something may end here.
        begun: Elements that begin here, innermost first.
        ended: Elements that end here, innermost first.
    """

    mark: str
    length: int
    left: int
    opens: bool
    closes: bool
    begun: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)


_Node = str | ET.Element | _Run


class Emphasis(Treeprocessor):
    """Turns the marks in all texts but code into ``em`` and ``strong``."""

    def run(self, root: ET.Element) -> None:
        """Replace the content of each element that holds marks."""
        for element in list(root.iter()):
            if element.tag not in _VERBATIM and _has_marks(element):
                nodes = _nodes(element)
                _pair([node for node in nodes if isinstance(node, _Run)])
                _rebuild(element, nodes)


def _has_marks(element: ET.Element) -> bool:
    texts = [*(child.tail for child in element), None if isinstance(element.text, AtomicString) else element.text]
    return any(text and ("*" in text or "_" in text) for text in texts)


def _nodes(element: ET.Element) -> list[_Node]:
    """The content of an element in order: text, runs of marks, elements (whose tails are now texts)."""
    parts: list[str | ET.Element] = []
    if element.text:
        parts.append(element.text)
    for child in element:
        tail, child.tail = child.tail, None
        parts.append(child)
        if tail:
            parts.append(tail)
    nodes: list[_Node] = []
    for index, part in enumerate(parts):
        if isinstance(part, ET.Element | AtomicString):
            nodes.append(part)
            continue
        before = _ELEMENT if index else ""
        after = _ELEMENT if index + 1 < len(parts) else ""
        nodes += _split(part, before, after)
    return nodes


def _split(text: str, before: str, after: str) -> list[_Node]:
    """A text at its marks; ``before`` and ``after`` are what its first and last character stand beside."""
    nodes: list[_Node] = []
    at = 0
    for match in _MARKS.finditer(text):
        start, end = match.span()
        if start > at:
            nodes.append(text[at:start])
        nodes.append(_run(match[0], text[start - 1] if start else before, text[end] if end < len(text) else after))
        at = end
    if at < len(text):
        nodes.append(text[at:])
    return nodes


def _run(piece: str, left: str, right: str) -> _Run:
    """A run between two characters; ``_`` inside a word is none, and nothing begins before or ends after a blank."""
    opens, closes = bool(right.strip()), bool(left.strip())
    if piece[0] == "_":
        inside_left, inside_right = _WORD.match(left) is not None, _WORD.match(right) is not None
        opens, closes = opens and not inside_left, closes and not inside_right
    return _Run(piece[0], len(piece), len(piece), opens, closes)


def _pair(runs: list[_Run]) -> None:
    """Pair the runs of one paragraph, in place: the algorithm "process emphasis" of CommonMark."""
    openers: list[_Run] = []
    for run in runs:
        while run.closes and run.left:
            at = _opener_of(run, openers)
            if at is None:
                break
            opener = openers[at]
            del openers[at + 1 :]
            size = 2 if run.left >= 2 and opener.left >= 2 else 1
            tag = "strong" if size == 2 else "em"
            opener.begun.append(tag)
            run.ended.append(tag)
            opener.left -= size
            run.left -= size
            if not opener.left:
                openers.pop()
        if run.opens and run.left:
            openers.append(run)


def _opener_of(run: _Run, openers: list[_Run]) -> int | None:
    for at in range(len(openers) - 1, -1, -1):
        opener = openers[at]
        if opener.mark != run.mark:
            continue
        ambiguous = run.opens or opener.closes
        if ambiguous and (run.length + opener.length) % 3 == 0 and (run.length % 3 or opener.length % 3):
            continue
        return at
    return None


def _rebuild(element: ET.Element, nodes: list[_Node]) -> None:
    for child in list(element):
        element.remove(child)
    element.text = None
    stack = [element]
    for node in nodes:
        if isinstance(node, str):
            _append_text(stack[-1], node)
        elif isinstance(node, ET.Element):
            stack[-1].append(node)
        else:
            for _ in node.ended:
                stack.pop()
            if node.left:
                _append_text(stack[-1], node.mark * node.left)
            for tag in reversed(node.begun):
                inner = ET.SubElement(stack[-1], tag)
                stack.append(inner)


def _append_text(element: ET.Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
