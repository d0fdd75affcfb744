r"""GIFT: how Moodle's own reader finds the parts of a question, and what has to be escaped for it.

Source: ``question/format/gift/format.php`` of Moodle 4.5.6. The reader turns ``\:`` and its like into
placeholders such as ``&&058;``, takes the text apart at the characters that are left, and turns the placeholders
into the characters. So a text that holds a placeholder by itself is changed, whatever is done about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

HTML: Final = "[html]"
PLAIN: Final = "[plain]"
"""In front of a text: its format. Without one it is Moodle's auto-format."""

KEY: Final = "="
OTHER: Final = "~"
FEEDBACK: Final = "#"
GENERAL: Final = "####"
NUMBERS: Final = "#"
"""Behind the opening brace: the answers are numbers."""
PAIR: Final = " -> "
TRUE: Final = "TRUE"
FALSE: Final = "FALSE"

PLACEHOLDER: Final = re.compile("&&(?:010|035|058|061|092|123|125|126);")
"""What the reader puts in place of an escaped character. No escape protects it."""

SPLITS_PAIRS: Final = "->"
"""Anywhere in short answers, it makes Moodle read them as a matching question."""

UNSAFE_TAG: Final = re.compile(r"[<>`\\\x00-\x1f\x7f]")
"""What a tag in a comment cannot hold."""

_ESCAPES: Final = str.maketrans({**{character: f"\\{character}" for character in "\\#=~{}:"}, "\n": "\\n"})
_ESCAPED: Final = re.compile(r"\\([\\#=~{}:n])")


def escape(text: str) -> str:
    """A text for any place in a question, on one line; it must not hold a :data:`PLACEHOLDER`."""
    return text.translate(_ESCAPES)


def unescape(text: str) -> str:
    """The text that was escaped."""
    return _ESCAPED.sub(lambda match: "\n" if match[1] == "n" else match[1], text)


def weight(percent: str) -> str:
    """The share of the points that an answer earns, in front of its text."""
    return f"%{percent}%"


def comment(idnumber: str, tags: Iterable[str]) -> str:
    """The line in front of a question that holds its id and tags, which Moodle reads since 3.6."""
    return "// " + " ".join([f"[id:{_bracketed(idnumber)}]", *(f"[tag:{_bracketed(tag)}]" for tag in tags)])


def _bracketed(text: str) -> str:
    return text.replace("]", "\\]")


def category(path: str) -> str:
    """The block that files what follows. Placeholders are not turned back in it, so that only backslashes count."""
    return "$CATEGORY: " + path.replace("\\", "\\\\")
