"""Aiken: one-line questions with lettered choices, as Moodle's reader takes them.

Source: ``question/format/aiken/format.php`` of Moodle 4.5.6. A line is a choice when it begins with a capital
letter and a full stop or bracket; it is the answer when it begins with ``ANSWER:``; any other line of two bytes
or more begins a question and discards what stands before it without an answer.
"""

from __future__ import annotations

import re
from string import ascii_uppercase
from typing import Final

LETTERS: Final = ascii_uppercase
"""Labels of choices. Moodle counts positions and ignores the letters, so they are written in this order."""

MAX_CHOICES: Final = len(LETTERS)

ANSWER: Final = "ANSWER:"

CHOICE_LINE: Final = re.compile(r"[A-Z][).]", re.ASCII)
ANSWER_LINE: Final = re.compile(ANSWER)


def is_question_line(line: str) -> bool:
    """Whether Moodle takes a line for the text of a question: it has two bytes and looks like nothing else."""
    return len(line.encode()) > 1 and CHOICE_LINE.match(line) is None and ANSWER_LINE.match(line) is None


def choice_line(place: int, text: str) -> str:
    """One choice.

    Args:
        place: From 0.
        text: One line, not blank.
    """
    return f"{LETTERS[place]}) {text}"


def answer_line(place: int) -> str:
    """The line that names the key and ends the question."""
    return f"{ANSWER} {LETTERS[place]}"
