"""A reader of Aiken that takes what Moodle 4.5.6 takes; what Moodle would report, drop or change is a fault.

Written from how ``question/format/aiken/format.php`` reads a file.
"""

from __future__ import annotations

import re

from quizforge.model.question import Question
from tests.tools.question_strategies import make
from tests.tools.transfer import ReadError


def read(data: bytes) -> list[Question]:
    """The questions of a file.

    Raises:
        ReadError: Moodle would not take all of it as it was meant.
    """
    found: list[Question] = []
    stem: str | None = None
    choices: list[str] = []
    for number, raw in enumerate(re.split("[\r\n]", data.decode("utf-8")), 1):
        line = raw.strip(" \t\n\r\0\x0b")
        if len(line.encode()) < 2:
            if line:
                raise ReadError(f"line {number} is passed over: {line!r}")
            continue
        if re.match("[A-Z][).]", line, re.ASCII):
            if stem is None:
                raise ReadError(f"line {number}: a choice without a question: {line!r}")
            choices.append(line[2:].strip(" \t"))
        elif line.startswith("ANSWER:"):
            if stem is None:
                raise ReadError(f"line {number}: an answer without a question")
            found.append(_question(stem, choices, line[7:].strip(), number))
            stem, choices = None, []
        elif stem is not None:
            raise ReadError(f"line {number}: the question before is discarded: {stem!r}")
        else:
            stem = line
    if stem is not None:
        raise ReadError(f"the last question has no answer and is dropped: {stem!r}")
    return found


def _question(stem: str, choices: list[str], answer: str, number: int) -> Question:
    place = ord(answer[:1]) - ord("A") if answer else -1
    if len(answer) != 1 or not 0 <= place < len(choices):
        raise ReadError(f"line {number}: no choice is right: {answer!r}")
    if len(choices) < 2 or not all(choices):
        raise ReadError(f"line {number}: fewer than two choices, or a blank one")
    options = [{"text": text, "correct": index == place} for index, text in enumerate(choices)]
    return make("single_choice", {"id": f"q{number}", "stem": stem}, choices=options)
