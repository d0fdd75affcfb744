"""Numbered deletions in the text of a cloze flashcard: ``{{c1::text}}`` and ``{{c1::text::hint}}``.

The text is read the way Anki 26.9 reads a cloze field, so that what we find is what a learner sees:
``{{c``, numbers parted by commas, ``::`` open a deletion, the next ``}}`` closes the innermost open
one, and nothing else counts, be it in code or in maths. An opening that is never closed swallows the
rest of the text there; number 0 makes no card.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from quizforge.model.codes.structure import BAD_CLOZE_CARD
from quizforge.model.diagnostic import Problem

MAX_NUMBER = 500
"""Anki makes no card for a higher number."""

_TOKEN = re.compile(r"\{\{c([0-9,]+)::|\}\}", re.ASCII)
_NEARLY = re.compile(r"\{\{\s*(?:c\s*)?[0-9,][0-9,\s]*:{1,2}", re.ASCII | re.IGNORECASE)
_FORM = "write {{c1::text}} or {{c1::text::hint}}"


@dataclass(frozen=True, slots=True)
class Deletion:
    """One deletion.

    Attributes:
        numbers: Of the cards that hide it, from 1.
        text: What is hidden, with the inner deletions as they are written.
        hint: What stands in its place, or None.
        start: Offset of the first brace.
        end: Offset behind the last brace; -1 where it is never closed.
    """

    numbers: tuple[int, ...]
    text: str
    hint: str | None
    start: int
    end: int


def deletions(text: str) -> tuple[Deletion, ...]:
    """All deletions of a text in the order of their openings, unclosed ones too."""
    found: list[Deletion] = []
    bodies: list[int] = []
    stack: list[int] = []
    tails: dict[int, int] = {}
    for token in _TOKEN.finditer(text):
        if token[1] is not None:
            numbers = _numbers(token[1])
            if numbers:
                stack.append(len(found))
                bodies.append(token.end())
                found.append(Deletion(numbers, "", None, token.start(), -1))
        elif stack:
            index = stack.pop()
            inside, hint = _split_hint(text, bodies[index], tails.get(index, bodies[index]), token.start())
            found[index] = replace(found[index], text=inside, hint=hint, end=token.end())
            if stack:
                tails[stack[-1]] = token.end()
    return tuple(found)


def card_numbers(text: str) -> tuple[int, ...]:
    """Numbers of the cards that Anki makes of a text, ascending.

    A deletion inside one that is never closed is lost with it.
    """
    numbers: set[int] = set()
    lost_from = min((found.start for found in deletions(text) if found.end < 0), default=len(text))
    for found in deletions(text):
        if found.start < lost_from:
            numbers.update(found.numbers)
    return tuple(sorted(number for number in numbers if 1 <= number <= MAX_NUMBER))


def cloze_problems(text: str) -> Iterator[Problem]:
    """What keeps the text of a cloze flashcard from being asked: no deletion, or a broken one."""
    found = deletions(text)
    for deletion in found:
        fault = _fault(deletion)
        if fault is not None:
            message, hint = fault
            yield _problem(text, deletion, message, hint)
    opened = {deletion.start for deletion in found}
    nearly = [match for match in _NEARLY.finditer(text) if match.start() not in opened]
    for match in nearly:
        message = f"'{match[0]}' does not open a deletion"
        yield Problem(BAD_CLOZE_CARD, message, ("cloze",), hint=_FORM, span=match.span())
    if not found and not nearly:
        yield Problem(BAD_CLOZE_CARD, "the text has no numbered deletion", ("cloze",), hint=_FORM)


def _numbers(listed: str) -> tuple[int, ...]:
    """The numbers of an opening; none where Anki takes it for text, since they do not fit into 16 bits."""
    parts = [part.lstrip("0") or "0" for part in listed.split(",") if part]
    return tuple(number for part in parts if len(part) <= 5 and (number := int(part)) <= 0xFFFF)


def _split_hint(text: str, start: int, tail: int, end: int) -> tuple[str, str | None]:
    """Text and hint of a deletion; only what follows the last inner deletion may hold the hint."""
    mark = text.find("::", tail, end)
    return (text[start:end], None) if mark < 0 else (text[start:mark], text[mark + 2 : end])


def _fault(deletion: Deletion) -> tuple[str, str] | None:
    """Message and hint for the first thing that is wrong with a deletion."""
    if deletion.end < 0:
        return "the deletion is never closed", "add '}}' behind its text"
    if not deletion.numbers or not all(1 <= number <= MAX_NUMBER for number in deletion.numbers):
        return f"deletions are numbered from 1 to {MAX_NUMBER}", _FORM
    inside = _TOKEN.sub("", deletion.text + (deletion.hint or ""))
    if inside.count("{") > inside.count("}"):
        return (
            "the deletion ends at the first '}}', inside another brace",
            "part the braces: '} }', in maths too, where the blank does not show",
        )
    if not deletion.text.strip():
        return "the deletion hides nothing", _FORM
    return None


def _problem(text: str, deletion: Deletion, message: str, hint: str) -> Problem:
    end = deletion.end if deletion.end >= 0 else text.find("::", deletion.start) + 2
    return Problem(BAD_CLOZE_CARD, message, ("cloze",), hint=hint, span=(deletion.start, end))
