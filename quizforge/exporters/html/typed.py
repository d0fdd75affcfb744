"""Questions whose answer is typed or written on a line."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from quizforge.exporters.html.desk import Answered, Desk
from quizforge.exporters.html.tables import table
from quizforge.exporters.html.voice import escape
from quizforge.model.questions.cloze import Blank
from quizforge.model.questions.numerical import Numerical, NumericalAnswer
from quizforge.model.questions.short_answer import Answer, ShortAnswer, has_wildcard

_OR = " / "


def short_answer(desk: Desk, question: ShortAnswer) -> Answered:
    """A line."""
    line = _reply(desk, '<span class="line"></span>')
    return Answered(line, accepted(desk, question.answers), expected(desk, question.answers))


def numerical(desk: Desk, question: Numerical) -> Answered:
    """A box, and the unit behind it."""
    unit = question.unit
    after = "" if unit is None else f" {escape(unit)}"
    line = _reply(desk, f'<span class="line number"></span>{after}')
    answers = question.accepted
    return Answered(line, accepted(desk, answers, unit=unit), expected(desk, answers, unit=unit))


def accepted(desk: Desk, answers: Sequence[Answer | NumericalAnswer], *, unit: str | None = None) -> str:
    """A table of accepted and expected answers with their credit."""
    rows = [
        _Row(_shown(desk, answer, unit), answer.credit, desk.comment(answer.feedback, answer.misconception))
        for answer in answers
    ]
    comments = any(row.comment for row in rows)
    head = ["key.answer", "key.credit_head", *(["key.comment"] if comments else [])]
    body = "".join([_row(desk, row, comments=comments) for row in rows])
    shown = table(desk.voice, "key.accepted", head, body)
    if any(isinstance(answer, Answer) and has_wildcard(answer.text) for answer in answers):
        shown += f'<p class="task"{desk.voice.mark}>{desk.voice["key.wildcard"]}</p>\n'
    return shown


def expected(desk: Desk, answers: Sequence[Answer | NumericalAnswer], *, unit: str | None = None) -> str:
    """All answers that earn everything, for the table at the top."""
    return _OR.join([_shown(desk, answer, unit) for answer in answers if answer.credit == 100])


def answers_of(blank: Blank) -> Sequence[Answer | NumericalAnswer]:
    """What a blank accepts that is not a choice."""
    return (blank.number,) if blank.kind == "number" else blank.answers


class _Row(NamedTuple):
    shown: str
    credit: Decimal
    comment: str


def _row(desk: Desk, row: _Row, *, comments: bool) -> str:
    hit = ' class="hit"' if row.credit == 100 else ""
    comment = f'<td class="remark">{row.comment}</td>' if comments else ""
    return f"<tr{hit}><td>{row.shown}</td><td>{escape(desk.voice.percent(row.credit / 100))}</td>{comment}</tr>\n"


def _shown(desk: Desk, answer: Answer | NumericalAnswer, unit: str | None) -> str:
    if isinstance(answer, Answer):
        return f"<code>{escape(answer.text)}</code>"
    words, tolerance = desk.voice.words, answer.tolerance
    shown = words.number(answer.value)
    if tolerance.amount:
        amount = words.number(tolerance.amount)
        if tolerance.percent:
            amount = words.say("common.percent", n=amount)
        shown = words.say("key.tolerance", value=shown, tolerance=amount)
    return escape(shown if unit is None else f"{shown} {unit}")


def _reply(desk: Desk, line: str) -> str:
    voice = desk.voice
    return f'<p class="reply"><span class="label"{voice.mark}>{voice["exam.answer"]}</span> {line}</p>\n'
