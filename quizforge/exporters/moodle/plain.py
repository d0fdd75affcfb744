"""Moodle's own plain text of a piece of HTML, as it stands in a download of responses.

Moodle makes it with Html2Text, without width and links (``question_utils::to_plain_text``, 4.5):
bold becomes upper case, emphasis gets underscores, an image its alt text in brackets. Written for the
HTML that our own renderer makes, in which no attribute holds a ``>``.
"""

from __future__ import annotations

import re
from html import escape, unescape

_LEVEL = re.compile(r"</?(?:code|a|span|small)(?: [^>]*)?>")
_QUOTE = re.compile("<blockquote>((?:(?!<blockquote>).)*?)</blockquote>")
_STRONG = re.compile("<strong>([^<&]*)</strong>")
_EMPHASIS = re.compile("<em>([^<]*)</em>")
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)([^>]*)>")
_ALT = re.compile(r'\balt="([^"]+)"')
_RUNS = re.compile(r" {2,}")
_LINES = re.compile(r"\n\s+\n")
_EMPTY_LINES = re.compile(r"\n{3,}")
_BEFORE_BREAK = re.compile(r" +([\n\t])")

_UPPER = frozenset({"strong", "b", "th", "h1", "h2", "h3", "h4", "h5", "h6"})
_UNDERSCORED = frozenset({"em", "i", "ins"})
_BEFORE = {"p": "\n", "ul": "\n\n", "ol": "\n\n", "dl": "\n\n", "li": "\t* ", "table": "\n\n", "tr": "\n", "td": "\t\t"}
_AFTER = {"p": "\n", "ul": "\n\n", "ol": "\n\n", "dl": "\n\n", "li": "\n", "table": "\n\n", "tr": "\n", "td": "\n"}
_BLOCKS = frozenset({*_BEFORE, "br", "hr", "th", "pre", "div", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"})
_VOID = {"br": "\n", "hr": "\n-------------------------\n"}


def plain_of(html: str) -> str:
    """What Moodle shows of a text in a download of responses."""
    flat = _one_line(html)
    if "<" in flat:
        flat = _LEVEL.sub("", flat)
        if "<strong" in flat:
            flat = _STRONG.sub(_upper, flat)
        if "<em" in flat:
            flat = _EMPHASIS.sub(r"_\1_", flat)
        if "<" in flat:
            flat = _with_breaks(flat)
    return (unescape(flat) if "&" in flat else flat).strip()


def _one_line(html: str) -> str:
    """HTML without line breaks, and without the paragraph that is all of it."""
    if html.startswith("<p>") and html.endswith("</p>") and html.find("<p>", 3) < 0:
        html = html[3:-4]
    return " ".join(html.split()) if "\n" in html or "  " in html else html


def _with_breaks(flat: str) -> str:
    found = int("<blockquote>" in flat)
    while found:  # from the innermost outwards
        flat, found = _QUOTE.subn(_quoted, flat)
    text = _BEFORE_BREAK.sub(r"\1", _RUNS.sub(" ", _without_tags(flat)))
    return _EMPTY_LINES.sub("\n\n", _LINES.sub("\n\n", text))


def _quoted(match: re.Match[str]) -> str:
    lines = escape(plain_of(match[1]), quote=False).split("\n")
    return f"<br>{'<br>'.join(f'&gt; {line}' for line in lines)}<br>"


def _upper(match: re.Match[str]) -> str:
    return match[1].upper()


def bare(html: str) -> str:
    """HTML as one line of text without any sign of its markup; an image is its text alternative."""
    text = _one_line(html)
    if "<" in text:
        text = " ".join(_TAG.sub(_undecorated, text).split())
    return unescape(text) if "&" in text else text


def _undecorated(tag: re.Match[str]) -> str:
    if tag[2] == "img":
        alt = _ALT.search(tag[3])
        return "" if alt is None else alt[1]
    return " " if tag[2] in _BLOCKS else ""


def _without_tags(html: str) -> str:
    parts = []
    upper = position = 0
    for tag in _TAG.finditer(html):
        data = html[position : tag.start()]
        position = tag.end()
        parts.append(unescape(data).upper().replace("&", "&amp;") if upper else data)
        closing, name, attributes = tag.groups()
        if name in _UPPER:
            upper += -1 if closing else 1
        if name in _UNDERSCORED:
            parts.append("_")
        elif name == "img":
            alt = _ALT.search(attributes)
            parts.append("" if alt is None else f"[{alt[1]}]")
        else:
            parts.append(_AFTER.get(name, "") if closing else _VOID.get(name) or _BEFORE.get(name, ""))
    parts.append(html[position:])
    return "".join(parts)
