"""What is lifted out of a text before Python-Markdown sees it, and the characters that stand in for it.

Code, maths, blanks and images are found by our own scanner, so that every tier and every check sees
the same ones, and code always comes first. Markdown then sees a placeholder in their stead.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, NamedTuple

Kind = Literal["plain", "inline", "block"]
"""How a text is read: not at all, as Markdown within one line, or as Markdown with blocks."""

OPEN = "\ufdd0"
CLOSE = "\ufdd1"
FILL = "\ufdd2"
"""U+FDD0 to U+FDEF are noncharacters: no author can mean them, and :func:`clean` removes them from texts,
so nobody can forge a placeholder (OPEN, index in decimal, CLOSE). FILL masks what a check must not see."""

PLACEHOLDER = re.compile(f"{OPEN}([0-9]+){CLOSE}")

_ILLEGAL = r"\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
"""Not a Char of XML 1.0 (section 2.2), or a noncharacter that marks a placeholder."""

ILLEGAL = re.compile(f"[{_ILLEGAL}]")
_UNCLEAN = re.compile(f"[\r{_ILLEGAL}]")
SPECIAL_CLASS = rf"\\`*_{{}}\[\]<>&$~^|\n\t\r{_ILLEGAL}"
"""For a character class: all that Markdown, maths or HTML could take for more than itself."""


@dataclass(frozen=True, slots=True)
class Code:
    """A code span."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced code block.

    Attributes:
        start: Begin of the opening line.
        end: End of the closing line, without its line break.
        text: The code, free of the indentation and quote marks of what holds it; ends in a line break unless empty.
        language: The first word behind the opening fence, lower case; may be empty.
        before: What stands in Markdown before the placeholder, on its line.
        quote: Quote marks of the lines around, ``"> "`` for each level.
    """

    start: int
    end: int
    text: str
    language: str
    before: str
    quote: str


@dataclass(frozen=True, slots=True)
class Maths:
    """A formula: ``tex`` without its delimiters begins at ``tex_start``."""

    start: int
    end: int
    tex: str
    tex_start: int
    display: bool


@dataclass(frozen=True, slots=True)
class Blank:
    """``[[name]]`` in the stem of a cloze question."""

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Verbatim:
    r"""Characters that mean themselves: ``\$``, and ``\[[name]]`` in the stem of a cloze question."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Image:
    """An image.

    Attributes:
        start: Of ``![``.
        end: Behind the last bracket.
        alt: The text alternative as written, still Markdown.
        href: As written, free of ``<>``.
        href_start: Where ``href`` stands, for rewriting; in its definition if the image has one.
        title: As written; may be empty.
    """

    start: int
    end: int
    alt: str
    href: str
    href_start: int
    title: str


Span = Code | Fence | Maths | Blank | Verbatim | Image


class Excess(NamedTuple):
    """A limit that a text breaks: what there is too much of, where the first too many stands, and the limit."""

    what: str
    start: int
    limit: int


class Fault(NamedTuple):
    """Something that opens and does not close, by the name of what it is."""

    what: Literal["fence", "code", "maths", "image", "blank"]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Definition:
    """A line ``[label]: href "title"``, which Markdown does not show; ``label`` is lower case."""

    start: int
    end: int
    label: str
    href: str
    href_start: int
    title: str


@dataclass(frozen=True, slots=True)
class Scan:
    """A text and what was found in it, in order and without overlap.

    Attributes:
        text: Clean, of the same length as the author's.
        spans: What is lifted out.
        definitions: Lines that define the target of links and images.
        faults: What opens and does not close.
        excess: Set where the text has so many brackets that nothing was looked for.
    """

    text: str
    spans: tuple[Span, ...] = ()
    definitions: tuple[Definition, ...] = ()
    faults: tuple[Fault, ...] = ()
    excess: Excess | None = None


def clean(text: str) -> str:
    """The text with the same length, illegal characters as U+FFFD and carriage returns as line breaks."""
    if _UNCLEAN.search(text) is None:
        return text
    return ILLEGAL.sub("\ufffd", text.replace("\r\n", " \n").replace("\r", "\n"))


def mask(text: str, span: Span) -> str:
    """A stand-in of the same length: a fence keeps its line breaks, all else is one word."""
    piece = text[span.start : span.end]
    if not isinstance(span, Fence) or "\n" not in piece:
        return FILL * len(piece)
    return "\n".join(FILL * len(line) for line in piece.split("\n"))


def placeholder(index: int) -> str:
    """What Markdown sees instead of the span of that number."""
    return f"{OPEN}{index}{CLOSE}"
