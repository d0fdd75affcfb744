"""Cloze texts: numbered blanks, with the options of a blank below the text."""

from __future__ import annotations

from typing import NamedTuple

from quizforge.exporters.arrange import choice_order
from quizforge.exporters.html.choices import lettered
from quizforge.exporters.html.desk import Answered, Desk
from quizforge.exporters.html.typed import accepted, answers_of, expected
from quizforge.exporters.html.voice import escape
from quizforge.markup import blank_names
from quizforge.model.questions.cloze import Blank, Cloze


class Filled(NamedTuple):
    """A cloze text.

    Attributes:
        exam: The text with empty blanks.
        key: The text with filled blanks.
        names: Of the blanks, in the order of the text.
        answered: What stands below.
    """

    exam: str
    key: str
    names: tuple[str, ...]
    answered: Answered


def cloze(desk: Desk, question: Cloze) -> Filled:
    """Blanks are numbered in the order of the text where there are several."""
    names = [name for name, *_ in blank_names(question.stem)]
    numbers = dict(zip(names, range(1, len(names) + 1), strict=True)) if len(names) > 1 else dict.fromkeys(names, 0)
    blanks = {name: _blank(desk, question, name, numbers[name]) for name in names}
    exam_text = desk.texts.cloze(question.stem, lambda name: _gap(desk, question.blanks[name], numbers[name]))
    key_text = desk.texts.cloze(
        question.stem,
        lambda name: _gap(desk, question.blanks[name], numbers[name], f"<strong>{blanks[name].answer}</strong>"),
    )
    answers = [f"{numbers[name]}: {blank.answer}" if numbers[name] else blank.answer for name, blank in blanks.items()]
    below = Answered(
        "".join([blank.exam for blank in blanks.values()]),
        "".join([blank.key for blank in blanks.values()]),
        "; ".join(answers),
    )
    return Filled(exam_text, key_text, tuple(names), below)


def _gap(desk: Desk, blank: Blank, number: int, filled: str = "") -> str:
    """As wide as the kind of the blank asks for, not as its answer."""
    label = f"<small>{desk.voice.blank(number)}</small>" if number else ""
    unit = f"\N{NO-BREAK SPACE}{escape(blank.unit)}" if blank.unit else ""
    return f'<span class="gap {blank.kind}">{label}{filled}</span>{unit}'


def _blank(desk: Desk, question: Cloze, name: str, number: int) -> Answered:
    blank, voice = question.blanks[name], desk.voice
    labels = [voice.say("exam.blank", n=number)] if number else []
    comment = desk.comment(blank.feedback, blank.misconception)
    if blank.choices:
        order = choice_order(blank.choices, (desk.bank.id, question.id, name), shuffle=question.shuffle)
        exam, key, answer = lettered(desk, blank.choices, order)
        exam = _pick(desk, labels, exam)
    else:
        answers = answers_of(blank)
        exam, key = "", accepted(desk, answers, unit=blank.unit)
        answer = expected(desk, answers, unit=blank.unit)
    if blank.weight > 1:
        labels.append(voice.say("key.weight", n=blank.weight))
    return Answered(exam, _pick(desk, labels, key + comment), answer)


def _pick(desk: Desk, labels: list[str], inner: str) -> str:
    label = f'<p class="label"{desk.voice.mark}>{", ".join(labels)}</p>\n' if labels else ""
    return f'<div class="pick">\n{label}{inner}</div>\n'
