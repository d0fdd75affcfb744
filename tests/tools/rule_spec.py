"""Specifications of rules: Markdown with YAML whose lines say what is found on them."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import indent

from quizforge.lint.engine import Review, review
from quizforge.lint.registry import built_in
from quizforge.lint.rule import Rule
from quizforge.lint.settings import Choice
from quizforge.loading.bank import load_banks

HEADER = "schema: 1\nid: spec\ntitle: Specification\n"
_MARKER = re.compile(r" *# (error|warning|info|missed): \[(QF\d{3}(?:, QF\d{3})*)\].*$", re.MULTILINE)

Found = set[tuple[int, str, str]]
"""Line in the block, severity and code of each finding."""


def whole_bank(text: str) -> tuple[str, int]:
    """A block as a bank, and how many lines were put above it.

    Args:
        text: A bank; or the body of one, without its header; or a list of questions.
    """
    if re.search(r"^schema:", text, re.MULTILINE):
        return text, 0
    if text.lstrip().startswith("- "):
        return f"{HEADER}questions:\n{indent(text, '  ')}", HEADER.count("\n") + 1
    return HEADER + text, HEADER.count("\n")


def expected(text: str) -> Found:
    """What the comments of a block say is found; ``missed`` marks a flaw that is known not to be found."""
    found: Found = set()
    for number, line in enumerate(text.splitlines(), 1):
        for marker in _MARKER.finditer(line):
            if marker[1] != "missed":
                found |= {(number, marker[1], code) for code in marker[2].split(", ")}
    return found


def reviewed(text: str, folder: Path, *rules: Rule) -> Review:
    """The review of a block by some rules, off by default or not; by all default rules where none is named."""
    bank, _ = whole_bank(_MARKER.sub("", text))
    (folder / "bank.yaml").write_text(bank, encoding="utf-8")
    only = Choice(only=tuple(rule.code.code for rule in rules))
    return review(load_banks([folder]), built_in(), command=only)


def found(text: str, folder: Path, *rules: Rule) -> Found:
    """What some rules find in a block, by its own lines."""
    above = whole_bank(text)[1]
    codes = {rule.code.code for rule in rules}
    diagnostics = reviewed(text, folder, *rules).diagnostics
    return {
        (each.place.line - above, each.severity, each.code.code)
        for each in diagnostics
        if not codes or each.code.code in codes
    }
