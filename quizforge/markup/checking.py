"""Checks of texts: everything that would be lost, or shown in another way than it was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizforge.markup.access import access_problems, may_shut_out
from quizforge.markup.formulas import check_formula
from quizforge.markup.limits import MAX_TEXT, too_much, too_nested
from quizforge.markup.links import definition_problems, image_problems, link_problems, undefined_image
from quizforge.markup.problem import Subject, TextProblem
from quizforge.markup.scan import scan
from quizforge.markup.simple import PLAIN
from quizforge.markup.spans import ILLEGAL, Excess, Fault, Kind, Maths
from quizforge.markup.traps import block_traps, inline_blocks, inline_traps
from quizforge.model.codes.text import (
    LISTS_TOO_DEEP,
    MALFORMED_BLANK,
    RESERVED_CHARACTER,
    STRAY_BACKTICK,
    TEXT_TOO_LONG,
    TOO_MUCH_MARKUP,
    UNCLOSED_FENCE,
    UNCLOSED_MATHS,
)
from quizforge.model.diagnostic import Code

_ENTITY = re.compile(r"&#(?:[xX]([0-9A-Fa-f]{1,8})|([0-9]{1,9}));")


def check(text: str, kind: Kind, *, blanks: bool = False, language: str = "en") -> Iterator[TextProblem]:
    """Everything that is wrong in one text, in ascending order of place.

    Args:
        text: As the author wrote it.
        kind: How it is read.
        blanks: Whether ``[[name]]`` is a blank.
        language: Of the bank, BCP 47.

    Yields:
        Problems QF3xx with offsets into ``text``. Whether images exist is not looked at here.
    """
    if PLAIN.match(text) is None:
        found = list(_check(text, kind, blanks=blanks, language=language))
    elif kind != "plain" and may_shut_out(text):
        found = list(access_problems(text, text, language))
    else:
        return
    found.sort(key=lambda problem: (problem.start, problem.end, problem.code.code))
    yield from found


def _check(text: str, kind: Kind, *, blanks: bool, language: str) -> Iterator[TextProblem]:
    for match in ILLEGAL.finditer(text):
        yield _illegal(match.start(), match.end(), ord(match[0]))
        break
    if kind == "plain":
        return
    if len(text) > MAX_TEXT:
        message = f"the text has {len(text):,} characters"
        yield TextProblem(TEXT_TOO_LONG, MAX_TEXT, len(text), message, f"a text may have {MAX_TEXT:,}; split it")
        return
    blocks = kind == "block"
    subject = Subject(kind, scan(text, blocks=blocks, blanks=blanks))
    excess = subject.scan.excess or too_much(subject.masked)
    if excess is not None:
        yield _excess(TOO_MUCH_MARKUP, excess)
        return
    nested = too_nested(subject.masked) if blocks else None
    if nested is not None:
        yield _excess(LISTS_TOO_DEEP, nested)
        return
    yield from _markup(subject)
    yield from access_problems(subject.scan.text, subject.masked, language)


def _markup(subject: Subject) -> Iterator[TextProblem]:
    for fault in subject.scan.faults:
        yield from _fault(subject, fault)
    for span in subject.scan.spans:
        if isinstance(span, Maths):
            yield from check_formula(span)
    yield from image_problems(subject)
    yield from link_problems(subject)
    yield from inline_traps(subject)
    if subject.kind == "block":
        yield from definition_problems(subject)
        yield from block_traps(subject)
    else:
        yield from inline_blocks(subject)
    if "&#" in subject.masked:
        yield from _entities(subject.masked)


def _illegal(start: int, end: int, value: int) -> TextProblem:
    message = f"the character U+{value:04X} cannot stand in a text"
    return TextProblem(RESERVED_CHARACTER, start, end, message, "remove it")


def _entities(masked: str) -> Iterator[TextProblem]:
    for match in _ENTITY.finditer(masked):
        value = int(match[1], 16) if match[1] else int(match[2])
        if not 0 < value <= 0x10FFFF or ILLEGAL.match(chr(value)):
            yield _illegal(match.start(), match.end(), value)


def _excess(code: Code, excess: Excess) -> TextProblem:
    message = f"more than {excess.limit:,} {excess.what}"
    return TextProblem(code, excess.start, excess.start + 1, message, "put code between backticks, or split the text")


def _fault(subject: Subject, fault: Fault) -> Iterator[TextProblem]:
    what, start, end = fault
    if what == "fence":
        hint = "close it with the same characters on a line of their own"
        yield TextProblem(UNCLOSED_FENCE, start, end, "this code block is never closed", hint)
    elif what == "code":
        hint = r"write \` for the character itself"
        yield TextProblem(STRAY_BACKTICK, start, end, "this code span is never closed", hint)
    elif what == "maths":
        opener = subject.scan.text[start:end]
        closer = {"\\(": r"\)", "\\[": r"\]"}.get(opener, opener)
        hint = rf"close it with {closer}, without a blank line in between" + (
            r"; for a dollar sign write \$" if opener == "$" else ""
        )
        yield TextProblem(UNCLOSED_MATHS, start, end, f"the formula that {opener} opens is never closed", hint)
    elif what == "image":
        yield from undefined_image(subject, start, end)
    else:
        shown = subject.scan.text[start:end]
        hint = (
            rf"names begin with a to z and go on with a to z, 0 to 9 and _; for the brackets themselves write \{shown}"
        )
        yield TextProblem(MALFORMED_BLANK, start, end, f"'{shown}' is no blank", hint)
