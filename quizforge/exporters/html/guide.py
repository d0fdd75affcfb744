"""The marker's guide: what those who mark by hand have to know, and where they write the marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from quizforge.exporters.html.desk import Desk
from quizforge.exporters.html.voice import Voice, escape
from quizforge.exporters.numbering import Seat
from quizforge.model.question import Question
from quizforge.model.questions.cloze import Cloze
from quizforge.model.questions.essay import Essay
from quizforge.model.questions.numerical import Numerical
from quizforge.model.questions.short_answer import ShortAnswer

STUDENTS = 24
"""Lines of a table of marks: as many as fit a page."""
COLUMNS = 9
"""Columns of marks beside each other on a page of A4."""
ROOM = 3
"""Lines for further answers to a question."""

_LINK = re.compile(r'<a href="#m[0-9]+">(.*?)</a>')


class Column(NamedTuple):
    """A column of the table of marks.

    Attributes:
        label: Number of the question, with the number of a criterion.
        points: At most.
    """

    label: str
    points: Decimal


def is_open(question: Question) -> bool:
    """Whether students answer in their own words or numbers, so that a marker has to decide."""
    if isinstance(question, Cloze):
        return any(blank.kind != "choice" for blank in question.blanks.values())
    return isinstance(question, ShortAnswer | Numerical | Essay)


def is_written(question: Question) -> bool:
    """Whether something of the answer is on the exam paper even where there is a bubble sheet."""
    if isinstance(question, Cloze):
        return any(blank.kind == "text" for blank in question.blanks.values())
    return isinstance(question, ShortAnswer | Essay)


def entry(desk: Desk, question: Question, article: str) -> str:
    """A question of the guide.

    Args:
        desk: Of its bank.
        question: An open one.
        article: The question with its solution, as HTML.

    Returns:
        The question, the notes for staff, and lines for answers that nobody foresaw.
    """
    notes = "" if question.notes is None else desk.voice.note("key.notes", desk.block(question.notes))
    label = f'<p class="label"{desk.voice.mark}>{desk.voice["guide.further"]}</p>\n'
    lines = f'<div class="lines" aria-hidden="true">{"<i></i>" * ROOM}</div>\n'
    # The misconceptions are told in full in the key only, so that there is nothing to link to.
    told = _LINK.sub(lambda link: link[1], article)
    return f"{told}{notes}{label}{lines}</article>\n"


def marks(voice: Voice, seats: Sequence[Seat]) -> str:
    """Tables to write marks in, for a page of students each; empty where nothing is marked by hand."""
    columns = [column for seat in seats for column in _columns(seat)]
    return "".join(
        _table(voice, columns[start : start + COLUMNS], last=start + COLUMNS >= len(columns))
        for start in range(0, len(columns), COLUMNS)
    )


def _columns(seat: Seat) -> Iterator[Column]:
    question = seat.item.question
    if isinstance(question, Essay) and len(question.rubric) > 1:
        for number, row in enumerate(question.rubric, 1):
            yield Column(f"{seat.number}.{number}", max(level.points for level in row.levels))
    yield Column(str(seat.number), seat.points)


def _table(voice: Voice, columns: Sequence[Column], *, last: bool) -> str:
    heads = [f'<th scope="col"{voice.mark}>{voice["exam.student_id"]}</th>']
    for column in columns:
        points = f'<span class="of"{voice.mark}>{voice.say("guide.of", n=voice.words.number(column.points))}</span>'
        heads.append(f'<th scope="col">{escape(column.label)} {points}</th>')
    if last:
        heads.append(f'<th scope="col"{voice.mark}>{voice["key.total"]}</th>')
    line = f"<tr>{'<td></td>' * len(heads)}</tr>\n"
    return (
        f'<table class="grid marks">\n<caption{voice.mark}>{voice["guide.marks"]}</caption>\n'
        f"<thead><tr>{''.join(heads)}</tr></thead>\n<tbody>\n{line * STUDENTS}</tbody>\n</table>\n"
    )
