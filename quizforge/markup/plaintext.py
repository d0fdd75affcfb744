"""Plain text of Markdown, for titles, names, and targets that take nothing else."""

from __future__ import annotations

import re
from functools import cache
from html import unescape

from quizforge.markup.fragment import Fragment, Renderer
from quizforge.markup.simple import PLAIN
from quizforge.markup.spans import Blank, Code, Fence, Image, Kind, Maths, Span, Verbatim, clean

_TAG = re.compile(r"</?([a-z][a-z0-9]*)[^>]*>")
_BETWEEN_CELLS = re.compile(r"</t[dh]>\s*(?=<t[dh])")
_BLOCKS = frozenset(
    {
        "p",
        "li",
        "ul",
        "ol",
        "blockquote",
        "pre",
        "table",
        "thead",
        "tbody",
        "tr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "br",
    }
)
_BLANKS = re.compile(r"[ \t]+")
_AROUND_BREAK = re.compile(r"[ \t]*\n[ \t\n]*")
_CODE_BREAK = "\ufdd4"
"""A line break of a code block, which squeezing must leave alone; _CODE_BLANK is a blank of any code."""
_CODE_BLANK = "\ufdd5"


def plain(text: str, kind: Kind = "block") -> str:
    r"""The text without its markup.

    Args:
        text: As the author wrote it.
        kind: How it is to be read; ``plain`` gives it back with its blanks squeezed.

    Returns:
        Code as it is, formulas as ``\(…\)``, images as their text alternative, blanks as ``[[name]]``. In block
        Markdown each paragraph, item and row is a line of its own; inline Markdown is one line.
    """
    if PLAIN.match(text) is not None and "  " not in text:
        return text
    if kind == "plain":
        return " ".join(clean(text).split())
    return flatten(_renderer().render(text, blocks=kind == "block"), lines=kind == "block")


@cache
def _renderer() -> Renderer:
    return Renderer()


def flatten(fragment: Fragment, *, lines: bool) -> str:
    """Plain text of a fragment; one line unless ``lines``."""
    text = "".join(_text(piece) if isinstance(piece, str) else _piece(piece) for piece in fragment)
    if not lines:
        return " ".join(text.replace(_CODE_BREAK, " ").split()).replace(_CODE_BLANK, " ").strip()
    text = _AROUND_BREAK.sub("\n", _BLANKS.sub(" ", text)).strip()
    return text.replace(_CODE_BREAK, "\n").replace(_CODE_BLANK, " ").strip("\n")


def _text(html: str) -> str:
    return unescape(_TAG.sub(_tag, _BETWEEN_CELLS.sub(" | ", html).replace("\n", " ")))


def _tag(match: re.Match[str]) -> str:
    return "\n" if match[1] in _BLOCKS else ""


def _piece(piece: Span) -> str:
    if isinstance(piece, Maths):
        return rf"\[{piece.tex}\]" if piece.display else rf"\({piece.tex}\)"
    if isinstance(piece, Verbatim):
        return piece.text
    if isinstance(piece, Code):
        return piece.text.replace(" ", _CODE_BLANK)
    if isinstance(piece, Fence):
        code = piece.text.rstrip("\n").replace("\n", _CODE_BREAK).replace(" ", _CODE_BLANK)
        return f"\n{code}\n"
    if isinstance(piece, Blank):
        return f"[[{piece.name}]]"
    return _alt(piece)


def _alt(image: Image) -> str:
    return flatten(_renderer().render(image.alt, blocks=False), lines=False)
