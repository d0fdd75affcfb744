"""Essays: lines to write on; rubric, model answer and marked answers for those who mark."""

from __future__ import annotations

from fractions import Fraction

from quizforge.exporters.html.desk import Answered, Desk
from quizforge.exporters.html.tables import table
from quizforge.exporters.html.voice import escape
from quizforge.model.questions.essay import Essay

DEFAULT_LINES = 10
WORDS_PER_LINE = 9
"""Handwriting on a line of 17 cm: 8 to 10 words."""


def essay(desk: Desk, question: Essay) -> Answered:
    """Ruled lines, below the outline where there is one."""
    voice = desk.voice
    outline = ""
    if question.response_template is not None:
        label = f'<p class="label"{voice.mark}>{voice["exam.outline"]}</p>\n'
        outline = f'<div class="outline">\n{label}{desk.block(question.response_template)}\n</div>\n'
    exam = f'{outline}<div class="lines" aria-hidden="true">{"<i></i>" * lines(question)}</div>\n'
    return Answered(exam, outline + _marking(desk, question), voice.own("key.by_hand"))


def lines(question: Essay) -> int:
    """How many lines to rule: the author's number, else enough for the words, else ten."""
    if question.lines is not None:
        return question.lines
    words = question.max_words
    return DEFAULT_LINES if words is None else min(max(3, words // WORDS_PER_LINE + 2), 200)


def _marking(desk: Desk, question: Essay) -> str:
    voice = desk.voice
    parts = [_rubric(desk, question)] if question.rubric else []
    if question.model_answer is not None:
        parts.append(voice.note("common.model_answer", desk.block(question.model_answer)))
    for number, sample in enumerate(question.sample_answers, 1):
        text = desk.block(sample.text)
        if sample.reason is not None:
            text += voice.note("key.reason", desk.block(sample.reason))
        points = voice.words.count("common.points", sample.points)
        parts.append(voice.note("key.sample", text, n=number, points=points))
    return "".join(parts)


def _rubric(desk: Desk, question: Essay) -> str:
    voice = desk.voice
    groups = []
    for row in question.rubric:
        levels = [
            f"<td>{voice.number[level.points]}</td><td>{desk.block(level.text)}</td></tr>\n" for level in row.levels
        ]
        name = f'<th scope="rowgroup" rowspan="{len(levels)}">{escape(row.criterion)}</th>'
        groups.append(f"<tr>{name}{'<tr>'.join(levels)}")
    shown = table(voice, "common.rubric", ["key.criterion", "key.points", "key.level"], *groups)
    if question.max_points == question.rubric_points or not question.rubric_points:
        return shown
    factor = Fraction(question.max_points) / Fraction(question.rubric_points)
    note = voice.say("key.rescaled", rubric=voice.words.count("common.points", question.rubric_points), factor=factor)
    return f'{shown}<p class="task"{voice.mark}>{note}</p>\n'
