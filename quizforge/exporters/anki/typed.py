"""Cards to type an answer for: short_answer and numerical."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from html import escape

from quizforge.exporters.anki.texts import Texts, typed_number
from quizforge.model.questions.numerical import Numerical, NumericalAnswer
from quizforge.model.questions.short_answer import Answer, ShortAnswer, has_wildcard

_FULL = Decimal(100)
_STAR = re.compile(r"\\\*|\*")


def text_to_type(answers: Sequence[Answer]) -> str:
    """The answer that a learner's is compared with: the first that earns everything, plain before patterns."""
    full = [answer.text for answer in answers if answer.credit == _FULL] or [answers[0].text]
    best = next((text for text in full if not has_wildcard(text)), full[0])
    return _STAR.sub(lambda match: "*" if match[0] == "\\*" else "…", best).strip()


def number_to_type(answers: Sequence[NumericalAnswer], texts: Texts) -> str:
    """The same for a number, without its unit."""
    best = next((answer for answer in answers if answer.credit == _FULL), answers[0])
    return typed_number(best.value, texts.words)


def prompt(question: ShortAnswer | Numerical, texts: Texts) -> str:
    """What the answer should look like, beside the field to type in."""
    parts = [texts.words["anki.your_answer"]]
    if isinstance(question, ShortAnswer):
        if question.case_sensitive:
            parts.append(texts.words["exam.task.case_sensitive"])
    elif question.unit is not None:
        parts.append(texts.words.say("anki.unit", unit=question.unit))
    return f"<span{texts.attributes}>{escape(' · '.join(parts), quote=False)}</span>"


def answers_to_text(answers: Sequence[Answer], texts: Texts) -> str:
    """All accepted and expected answers as a list, or nothing where the typed one says it all."""
    first = answers[0]
    alone = len(answers) == 1 and not has_wildcard(first.text) and first.feedback is None
    if alone:
        return ""
    rows = [(escape(answer.text, quote=False), answer.credit, answer.feedback) for answer in answers]
    note = f'<p class="qf-small">{escape(texts.words["key.wildcard"], quote=False)}</p>'
    return _rows(rows, texts) + (note if any(has_wildcard(answer.text) for answer in answers) else "")


def answers_to_number(answers: Sequence[NumericalAnswer], unit: str | None, texts: Texts) -> str:
    """All accepted and expected numbers with their tolerances, or nothing where the typed one says it all."""
    first = answers[0]
    if len(answers) == 1 and not first.tolerance.amount and first.feedback is None:
        return ""
    return _rows([(_range(answer, unit, texts), answer.credit, answer.feedback) for answer in answers], texts)


def behind_answers(answers: Iterable[Answer | NumericalAnswer], texts: Texts) -> Iterator[str]:
    """The misconceptions behind expected wrong answers."""
    return (texts.misconception(answer.misconception) for answer in answers if answer.misconception is not None)


def _range(answer: NumericalAnswer, unit: str | None, texts: Texts) -> str:
    tolerance = answer.tolerance
    text = texts.number(answer.value)
    if tolerance.amount:
        width = texts.percent(tolerance.amount) if tolerance.percent else texts.number(tolerance.amount)
        text = texts.words.say("key.tolerance", value=text, tolerance=width)
    return escape(text if unit is None else f"{text} {unit}", quote=False)


def _rows(rows: Iterable[tuple[str, Decimal, str | None]], texts: Texts) -> str:
    items = (
        f"<li>{answer}{texts.remark(feedback, credit=None if credit == _FULL else credit)}</li>"
        for answer, credit, feedback in rows
    )
    return f"<ul>{''.join(items)}</ul>"
