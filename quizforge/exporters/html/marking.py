"""How answers that are typed, matched or written by hand are marked: the tables of the key."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from quizforge.exporters.html.writer import Writer, escape
from quizforge.model.questions.cloze import Blank
from quizforge.model.questions.essay import Essay
from quizforge.model.questions.numerical import Numerical, NumericalAnswer
from quizforge.model.questions.short_answer import Answer, ShortAnswer, has_wildcard

_OR = " / "


class Accepted(NamedTuple):
    """One row of a table of answers.

    Attributes:
        shown: The answer, as HTML.
        credit: In per cent.
        comment: Feedback and misconception, as HTML.
    """

    shown: str
    credit: Decimal
    comment: str


def number(writer: Writer, answer: NumericalAnswer, unit: str | None) -> str:
    """``0.73 ± 0.01 nats``."""
    words, tolerance = writer.voice.words, answer.tolerance
    shown = words.number(answer.value)
    if tolerance.amount:
        amount = words.number(tolerance.amount)
        shown += f" ± {words.say('common.percent', n=amount) if tolerance.percent else amount}"
    return escape(f"{shown} {unit}" if unit else shown)


def pattern(answer: Answer) -> str:
    """An accepted text as the author wrote it."""
    return f"<code>{escape(answer.text)}</code>"


def accepted(writer: Writer, rows: Sequence[Accepted], *, wildcard: bool = False) -> str:
    """A table of accepted and expected answers with their credit."""
    voice, words = writer.voice, writer.voice.words
    comments = any(row.comment for row in rows)
    head = ["key.answer", "key.credit_head", *(["key.comment"] if comments else [])]
    body = "".join(
        [_row(words.say("common.percent", n=words.number(row.credit)), row, comments=comments) for row in rows]
    )
    note = f'<p class="task"{voice.mark}>{voice["key.wildcard"]}</p>\n' if wildcard else ""
    return f"{table(writer, 'key.accepted', head, body)}{note}"


def _row(credit: str, row: Accepted, *, comments: bool) -> str:
    hit = ' class="hit"' if row.credit == 100 else ""
    comment = f'<td class="remark">{row.comment}</td>' if comments else ""
    return f"<tr{hit}><td>{row.shown}</td><td>{escape(credit)}</td>{comment}</tr>\n"


def table(writer: Writer, caption: str, head: Sequence[str], *groups: str) -> str:
    """A table with a caption and a head in own words, and a body for each group of rows."""
    voice = writer.voice
    cells = "".join(f'<th scope="col">{voice[key]}</th>' for key in head)
    bodies = "".join(f"<tbody>\n{rows}</tbody>\n" for rows in groups)
    return (
        f'<table class="grid">\n<caption{voice.mark}>{voice[caption]}</caption>\n'
        f"<thead{voice.mark}><tr>{cells}</tr></thead>\n{bodies}</table>\n"
    )


def answers_of(question: ShortAnswer | Numerical | Blank) -> tuple[Answer | NumericalAnswer, ...]:
    """What is accepted or expected, of whatever kind."""
    if isinstance(question, Numerical):
        return question.accepted
    if isinstance(question, Blank) and question.kind == "number":
        return (question.number,)
    return question.answers


def typed(writer: Writer, question: ShortAnswer | Numerical | Blank, comments: Sequence[str]) -> str:
    """The table of a question, or of a blank, whose answer is typed.

    Args:
        writer: Of the key.
        question: The question or the blank.
        comments: For each answer, as HTML.
    """
    answers = answers_of(question)
    rows = [
        Accepted(_shown(writer, question, answer), answer.credit, comment)
        for answer, comment in zip(answers, comments, strict=True)
    ]
    return accepted(writer, rows, wildcard=any(isinstance(a, Answer) and has_wildcard(a.text) for a in answers))


def expected(writer: Writer, question: ShortAnswer | Numerical | Blank) -> str:
    """All answers that earn everything, for the table at the top."""
    full = [answer for answer in answers_of(question) if answer.credit == 100]
    return _OR.join(_shown(writer, question, answer) for answer in full)


def _shown(writer: Writer, question: ShortAnswer | Numerical | Blank, answer: Answer | NumericalAnswer) -> str:
    if isinstance(answer, Answer):
        return pattern(answer)
    return number(writer, answer, None if isinstance(question, ShortAnswer) else question.unit)


def essay(writer: Writer, question: Essay) -> str:
    """Rubric, model answer and marked sample answers."""
    parts = [_rubric(writer, question)] if question.rubric else []
    if question.model_answer is not None:
        parts.append(writer.note("common.model_answer", writer.block(question.model_answer)))
    for place, sample in enumerate(question.sample_answers, 1):
        points = writer.voice.words.count("common.points", sample.points)
        text = writer.block(sample.text)
        if sample.reason is not None:
            text += writer.note("key.reason", writer.block(sample.reason))
        parts.append(writer.note("key.sample", text, n=place, points=points))
    return "".join(parts)


def _rubric(writer: Writer, question: Essay) -> str:
    groups = []
    for row in question.rubric:
        levels = (
            f"<td>{writer.voice.words.number(level.points)}</td><td>{writer.block(level.text)}</td></tr>\n"
            for level in row.levels
        )
        name = f'<th scope="rowgroup" rowspan="{len(row.levels)}">{escape(row.criterion)}</th>'
        groups.append(f"<tr>{name}{'<tr>'.join(levels)}")
    shown = table(writer, "common.rubric", ["key.criterion", "key.points", "key.level"], *groups)
    if question.max_points == question.rubric_points or not question.rubric_points:
        return shown
    factor = Fraction(question.max_points) / Fraction(question.rubric_points)
    rubric = writer.voice.words.count("common.points", question.rubric_points)
    note = writer.voice.say("key.rescaled", rubric=rubric, factor=factor)
    return f'{shown}<p class="task"{writer.voice.mark}>{note}</p>\n'
