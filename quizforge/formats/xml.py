"""Texts as XML 1.0 holds them, for every format that is XML."""

from __future__ import annotations

import re

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no document can hold (section 2.2). Rendered texts are free of it, names and typed answers may not be."""


def xml_text(text: str) -> str:
    """A text as character data; HTML becomes the content of a text element by it."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


def xml_attribute(text: str) -> str:
    """A text as the value of an attribute in double quotes, its blanks squeezed as a parser would."""
    return xml_text(without_illegal(" ".join(text.split()))).replace('"', "&quot;")


def illegal_character(text: str) -> str | None:
    """The first character that no XML document can hold, or None."""
    found = None if text.isprintable() else _ILLEGAL.search(text)
    return None if found is None else found[0]


def without_illegal(text: str) -> str:
    """The text with U+FFFD in place of what XML cannot hold."""
    return text if text.isprintable() else _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)
