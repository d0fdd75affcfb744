"""What a text's source says without rendering it: its images and its blanks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from posixpath import normpath
from urllib.parse import quote

from quizforge.markup.limits import MAX_TEXT
from quizforge.markup.scan import scan
from quizforge.markup.spans import Blank, Image, Kind

_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()>#+.!|-])")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|/|#")


@dataclass(frozen=True, slots=True)
class ImageRef:
    """An image in a text.

    Attributes:
        href: Where it lies, free of escapes and entities; still percent-encoded if the author did so.
        alt: The text alternative as written.
        start: Offset of ``![``.
        end: Offset behind it.
    """

    href: str
    alt: str
    start: int
    end: int


def read_href(href: str) -> str:
    """A link target free of backslash escapes and entities."""
    return unescape(_ESCAPED.sub(r"\1", href)).strip()


def images(text: str, kind: Kind = "block") -> tuple[ImageRef, ...]:
    """The images of a text in order, also those with a definition; none in code and maths."""
    return tuple(ImageRef(read_href(image.href), image.alt, image.start, image.end) for image in _images(text, kind))


def _images(text: str, kind: Kind) -> list[Image]:
    if "![" not in text or kind == "plain" or len(text) > MAX_TEXT:
        return []
    return [span for span in scan(text, blocks=kind == "block").spans if isinstance(span, Image)]


def rebase_images(text: str, folder: str) -> str:
    """The text with its images' paths counted from the bank's folder.

    Args:
        text: Block or inline Markdown.
        folder: Of the text's file inside the bank, with ``/``; empty for the bank's own folder.

    Returns:
        The same text but for relative hrefs of images; a definition that a link uses too changes with it.
    """
    if not folder or "![" not in text:
        return text
    base = quote(folder.strip("/"))
    edits = {image.href_start: image.href for image in _images(text, "block")}
    for start, href in sorted(edits.items(), reverse=True):
        if href and not _ABSOLUTE.match(href):
            text = f"{text[:start]}{normpath(f'{base}/{href}')}{text[start + len(href) :]}"
    return text


def blank_names(text: str) -> tuple[tuple[str, int, int], ...]:
    """Name, start and end of each ``[[name]]`` of a cloze stem in order; none in code and maths."""
    if "[[" not in text or len(text) > MAX_TEXT:
        return ()
    spans = scan(text, blanks=True).spans
    return tuple((span.name, span.start, span.end) for span in spans if isinstance(span, Blank))
