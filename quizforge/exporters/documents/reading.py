"""From a printable page to HTML of which pandoc keeps what matters.

pandoc's reader keeps classes of ``div`` and ``span`` only, knows no ``article`` and leaves ``header`` out; what the
page says by other elements is said by these two here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from html.parser import HTMLParser

_AS_DIV = frozenset({"article", "section", "header", "footer", "main", "aside"})
_WRAPPED = frozenset({"p", "ul", "ol", "dl", "table"})
_VOID = frozenset({"br", "hr", "img", "wbr", "col", "input", "meta", "link"})
_KEPT = frozenset({"href", "src", "alt", "title", "lang", "dir", "colspan", "rowspan", "start", "width", "height"})

_QUESTION = re.compile(r"q[0-9]+")

Attributes = list[tuple[str, str | None]]


def simplified(page: str, images: Mapping[str, str]) -> str:
    """The body of a printable page, for pandoc.

    Args:
        page: As the printable exporter writes it.
        images: What to write in place of the ``src`` of an image; others stay.
    """
    reader = _Simplifier(images)
    reader.feed(page)
    reader.close()
    return "".join(reader.written)


class _Simplifier(HTMLParser):
    """Writes the elements of a well-formed page anew, one by one."""

    def __init__(self, images: Mapping[str, str]) -> None:
        super().__init__(convert_charrefs=True)
        self.written: list[str] = []
        self._images = images
        self._open: list[str] = []
        self._body = False
        self._hidden = 0
        self._lines = 0

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if tag == "body":
            self._body = True
            return
        if not self._body:
            return
        given = {name: value or "" for name, value in attrs}
        classes = given.get("class", "").split()
        if tag in _VOID:
            self._put(self._tag(tag, given), "")
            return
        if self._hidden or "vh" in classes:
            self._hidden += 1
            self._open.append("")
        elif tag == "i" and self._lines:
            self._lines += 1
            self._open.append("")
        elif tag == "div" and "lines" in classes:
            self._lines = 1
            self._put('<div class="lines"><p>', "</p></div>")
        else:
            self._put(*self._element(tag, given))

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or not self._body or not self._open:
            return
        if self._hidden:
            self._hidden -= 1
        closing = self._open.pop()
        if self._lines and closing == "</p></div>":
            self.written.append(str(self._lines - 1))
            self._lines = 0
        self.written.append(closing)

    def handle_data(self, data: str) -> None:
        if self._body and not self._hidden:
            self.written.append(escape(data, quote=False))

    def _put(self, opening: str, closing: str) -> None:
        if not self._hidden:
            self.written.append(opening)
        if closing:
            self._open.append(closing)

    def _element(self, tag: str, given: Mapping[str, str]) -> tuple[str, str]:
        classes = escape(given.get("class", ""))
        if tag in _AS_DIV or tag == "div":
            return self._division(classes, given)
        if tag in _WRAPPED and classes:
            return f'<div class="{classes}">{self._tag(tag, given)}', f"</{tag}></div>"
        if tag == "span":
            dash = "\N{EN DASH} " if classes == "kind" else ""  # after the title, where the page has a line of its own
            return f'<span class="{classes}"{_language(given)}>{dash}', "</span>"
        if tag == "a" and given.get("href", "#").startswith("#"):
            return "<span>", "</span>"
        hit = '<span class="hit"></span>' if tag == "li" and classes == "hit" else ""
        return self._tag(tag, given) + hit, f"</{tag}>"

    def _division(self, classes: str, given: Mapping[str, str]) -> tuple[str, str]:
        if classes != "q":
            return f'<div class="{classes}">', "</div>"
        number = _QUESTION.fullmatch(given.get("id", ""))
        # Without a number it is a misconception in the key's appendix.
        return (f'<div class="q" id="{number[0]}">' if number else "<div>"), "</div>"

    def _tag(self, tag: str, given: Mapping[str, str]) -> str:
        kept = {name: value for name, value in given.items() if name in _KEPT}
        if tag == "img":
            kept["src"] = self._images.get(kept.get("src", ""), kept.get("src", ""))
        return "".join([f"<{tag}", *(f' {name}="{escape(value)}"' for name, value in kept.items()), ">"])


def _language(given: Mapping[str, str]) -> str:
    return "".join(f' {name}="{escape(given[name])}"' for name in ("lang", "dir") if name in given)
