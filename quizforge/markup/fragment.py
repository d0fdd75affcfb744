"""Rendering: a text becomes one fragment that all dialects share, with gaps where they differ."""

from __future__ import annotations

import re
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING

from quizforge.markup import simple
from quizforge.markup.limits import MAX_TEXT, MAX_UNMEASURED, too_much, too_nested
from quizforge.markup.scan import scan
from quizforge.markup.spans import (
    CLOSE,
    OPEN,
    PLACEHOLDER,
    Code,
    Fence,
    Scan,
    Span,
    Verbatim,
    clean,
    placeholder,
)

if TYPE_CHECKING:
    from quizforge.markup.engine import Engine

Piece = str | Span
Fragment = tuple[Piece, ...]
"""HTML as strings, and between them what each dialect writes in its own way.

A string is well-formed only together with its neighbours. A :class:`Fence` stands where a block may stand; one
that does not is a :class:`Code`.
"""

_LONE_FENCE = re.compile(f"<p>{OPEN}([0-9]+){CLOSE}</p>")
_FENCE_IN_ITEM = re.compile(f"<li>{OPEN}([0-9]+){CLOSE}(?=\n?<)")
_BLOCK = "\ufdd3"
"""Marks a placeholder that stands where a block may stand."""
_SPLIT = re.compile(f"({_BLOCK}?{OPEN}[0-9]+{CLOSE})")


class Renderer:
    """Texts to fragments: plain texts by one look, simple ones by our own hand, the rest by Python-Markdown."""

    @cached_property
    def _engine(self) -> Engine:
        from quizforge.markup.engine import Engine

        return Engine()

    def render(self, text: str, *, blocks: bool = True, blanks: bool = False, fast: bool = True) -> Fragment:
        """Render a text.

        Args:
            text: Markdown; what no XML can hold is replaced by U+FFFD.
            blocks: Whether it is block Markdown; otherwise the outer paragraph is left away.
            blanks: Whether ``[[name]]`` is a blank.
            fast: Whether simple texts may go past Python-Markdown; the result is the same.
        """
        if len(text) > MAX_TEXT:
            return (_as_written(clean(text), blocks=blocks),)
        found = scan(text, blocks=blocks, blanks=blanks)
        if found.excess is not None:
            return (_as_written(found.text, blocks=blocks),)
        stashed = lift(found)
        measured = len(stashed) > MAX_UNMEASURED
        if measured and _excessive(stashed, blocks=blocks):
            return (_as_written(found.text, blocks=blocks),)
        html: str | None = None
        if fast:
            html = simple.render_blocks(stashed) if blocks else simple.render_inline(stashed)
        if html is None and (measured or not _excessive(stashed, blocks=blocks)):
            html = self._slow(stashed, found, blocks=blocks)
        if html is None:
            return (_as_written(found.text, blocks=blocks),)
        if "<" in html or "&" in html:
            html = self._engine.sanitise(html)
        return _split(html, found.spans)

    def _slow(self, stashed: str, found: Scan, *, blocks: bool) -> str | None:
        html = self._engine.convert(stashed, blocks=blocks, hidden=lambda index: _source(found, index))
        return html if blocks or html is None else _without_paragraph(html)


def _excessive(stashed: str, *, blocks: bool) -> bool:
    """Whether Python-Markdown should not be given the text."""
    return too_much(stashed) is not None or (blocks and too_nested(stashed) is not None)


def lift(found: Scan) -> str:
    """The text with a placeholder for each span; fences stand alone between blank lines."""
    if not found.spans:
        return found.text
    text = found.text
    pieces: list[str] = []
    at = 0
    for index, span in enumerate(found.spans):
        pieces.append(text[at : span.start])
        if isinstance(span, Fence):
            edge = span.quote.rstrip()
            before = f"{edge}\n" if span.start and text[span.start - 2 : span.start] != "\n\n" else ""
            after = f"\n{edge}" if text[span.end : span.end + 2] not in {"", "\n", "\n\n"} else ""
            pieces.append(f"{before}{span.before}{placeholder(index)}{after}")
        else:
            pieces.append(placeholder(index))
        at = span.end
    pieces.append(text[at:])
    return "".join(pieces)


def _source(found: Scan, index: int) -> str:
    """A span as it was written, for places that can hold text only."""
    span = found.spans[index]
    if isinstance(span, Verbatim):
        return escape(span.text)
    return escape(found.text[span.start : span.end])


def _split(html: str, spans: tuple[Span, ...]) -> Fragment:
    if not spans:
        return (html,)
    if any(isinstance(span, Fence) for span in spans):

        def alone(match: re.Match[str]) -> str:
            """A fence without the paragraph around it; an image or a formula keeps its own."""
            return f"{_BLOCK}{OPEN}{match[1]}{CLOSE}" if isinstance(spans[int(match[1])], Fence) else match[0]

        html = _LONE_FENCE.sub(alone, html)
        html = _FENCE_IN_ITEM.sub(f"<li>{_BLOCK}{OPEN}\\1{CLOSE}", html)
    pieces: list[Piece] = []
    for part in _SPLIT.split(html):
        match = PLACEHOLDER.search(part)
        if match is None:
            piece: Piece = part
        else:
            piece = spans[int(match[1])]
            if isinstance(piece, Verbatim):
                piece = piece.text
            elif isinstance(piece, Fence) and part[0] != _BLOCK:
                piece = Code(piece.start, piece.end, piece.text.strip())
        if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return tuple(piece for piece in pieces if piece)


def _without_paragraph(html: str) -> str:
    """Phrasing content only; several paragraphs, which the check refuses, become lines."""
    return html.removeprefix("<p>").removesuffix("</p>").replace("</p>\n<p>", "<br />\n")


def _as_written(text: str, *, blocks: bool) -> str:
    """A text that cannot be read as Markdown."""
    html = escape(text.strip(), quote=False)
    return f"<p>{html}</p>" if blocks and html else html
