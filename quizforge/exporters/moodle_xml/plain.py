"""Moodle's own plain text of a piece of HTML, as it stands in a download of responses.

Moodle makes it with Html2Text, without width and links (``question_utils::to_plain_text``, 4.5):
bold becomes upper case, emphasis gets underscores, an image its alt text in brackets. Written for the
HTML that our own renderer makes of inline Markdown, and for paragraphs of it.
"""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

_BLANKS = re.compile(r"[\n\t]+")
_RUNS = re.compile(r" {2,}")
_LINES = re.compile(r"\n\s+\n")
_EMPTY_LINES = re.compile(r"\n{3,}")
_BEFORE_BREAK = re.compile(r" +([\n\t])")

_UPPER = frozenset({"strong", "b", "th", "h1", "h2", "h3", "h4", "h5", "h6"})
_UNDERSCORED = frozenset({"em", "i", "ins"})
_BEFORE = {"p": "\n", "ul": "\n\n", "ol": "\n\n", "dl": "\n\n", "li": "\t* ", "table": "\n\n", "tr": "\n", "td": "\t\t"}
_AFTER = {"p": "\n", "ul": "\n\n", "ol": "\n\n", "dl": "\n\n", "li": "\n", "table": "\n\n", "tr": "\n", "td": "\n"}
_VOID = {"br": "\n", "hr": "\n-------------------------\n"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._upper = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UPPER:
            self._upper += 1
        elif tag in _UNDERSCORED:
            self.parts.append("_")
        elif tag == "img":
            alt = dict(attrs).get("alt")
            self.parts.append(f"[{alt}]" if alt else "")
        self.parts.append(_VOID.get(tag, _BEFORE.get(tag, "")))

    def handle_endtag(self, tag: str) -> None:
        if tag in _UPPER:
            self._upper = max(self._upper - 1, 0)
        elif tag in _UNDERSCORED:
            self.parts.append("_")
        self.parts.append(_AFTER.get(tag, ""))

    def handle_data(self, data: str) -> None:
        text = _BLANKS.sub(" ", data)
        self.parts.append(text.upper() if self._upper else text)


def plain_of(html: str) -> str:
    """What Moodle shows of a text in a download of responses."""
    if "<" not in html:
        text = html if "&" not in html else unescape(html)
        return _RUNS.sub(" ", _BLANKS.sub(" ", text)).strip()
    reader = _Reader()
    reader.feed(html)
    reader.close()
    text = _RUNS.sub(" ", "".join(reader.parts))
    text = _BEFORE_BREAK.sub(r"\1", text)
    return _EMPTY_LINES.sub("\n\n", _LINES.sub("\n\n", text)).strip()
