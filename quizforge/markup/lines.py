"""A text as lines, for the checks that look for what Markdown takes blocks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_QUOTE = re.compile(r"(?:[ ]{0,3}>[ ]?)*")
_ITEM = re.compile(r"(?:[-+*]|([0-9]{1,9})\.)[ ]+(?=\S)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank.

    Attributes:
        start: Offset of its first character that is neither quote mark nor indentation.
        end: Offset of its end.
        text: From ``start`` to ``end``.
        indent: Blanks before ``start``, behind quote marks; a tab counts to the next multiple of four.
        quoted: Whether quote marks precede.
        first: Whether a blank line, or nothing, precedes.
        in_list: Whether it could belong to a list that an earlier line opened.
    """

    start: int
    end: int
    text: str
    indent: int
    quoted: bool
    first: bool
    in_list: bool

    @property
    def item(self) -> re.Match[str] | None:
        """The list marker at its beginning; group 1 is the number of an ordered list."""
        return _ITEM.match(self.text)


def lines_of(text: str) -> Iterator[Line]:
    """The lines of a text that are not blank, in order.

    Args:
        text: Block Markdown whose fences are blank lines.
    """
    at = 0
    first = True
    in_list = False
    for raw in text.split("\n"):
        quote = _QUOTE.match(raw)
        width = quote.end() if quote is not None else 0
        body = raw[width:]
        content = body.lstrip(" \t")
        if not content.strip():
            first = True
        else:
            lead = body[: len(body) - len(content)].expandtabs(4)
            indent = len(lead)
            if first and indent == 0 and not _ITEM.match(content):
                in_list = False
            start = at + len(raw) - len(content)
            yield Line(start, at + len(raw), content, indent, width > 0, first, in_list)
            in_list = in_list or (indent < 4 and _ITEM.match(content) is not None)
            first = False
        at += len(raw) + 1


def paragraphs_of(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Lines in runs without a blank line between them."""
    run: list[Line] = []
    for line in lines:
        if line.first and run:
            yield run
            run = []
        run.append(line)
    if run:
        yield run
