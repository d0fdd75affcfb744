"""Blackboard's text file for questions: tab-separated fields, one question a line, keywords in English.

Source: Blackboard Help, "Upload questions", for courses in the Original and in the Ultra view.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

Keyword = Literal["MC", "MA", "TF", "ESS", "MAT", "FIB", "FIB_PLUS", "NUM", "ORD"]

TAB: Final = "\t"
CORRECT: Final = "correct"
INCORRECT: Final = "incorrect"
TRUE: Final = "true"
FALSE: Final = "false"

View = Literal["ultra", "original"]
"""The view of a course, which decides what a file may hold."""

MAX_ROWS: Final[Mapping[View, int]] = MappingProxyType({"ultra": 250, "original": 500})
"""Records that Blackboard recommends at most for one file."""

MAX_ANSWERS: Final = 100
"""Answers of one question; 20 in old versions."""

MAX_VARIABLES: Final = 10
"""Blanks of one ``FIB_PLUS`` question."""

READ_AS_HTML: Final = re.compile(r"<[A-Za-z/!?]|&#?[A-Za-z0-9]+;")
"""What an HTML page takes for a tag or a character reference. The help does not say whether the fields are HTML."""


def row(*fields: str) -> str:
    """One question as a line.

    Raises:
        ValueError: A field holds a separator, which is a fault of the exporter.
    """
    if any(TAB in field or "\n" in field or "\r" in field for field in fields):
        message = f"a field holds a separator: {fields!r}"
        raise ValueError(message)
    return TAB.join(fields)


def variable(name: str) -> str:
    """How the stem of a ``FIB_PLUS`` question marks a blank."""
    return f"[{name}]"
