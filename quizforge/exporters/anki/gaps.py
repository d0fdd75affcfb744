"""Cloze cards: a blank of a question becomes a numbered deletion, one card for each blank."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape

from quizforge.exporters.anki.texts import Texts, typed_number
from quizforge.exporters.anki.typed import answers_to_number, answers_to_text, behind_answers, text_to_type
from quizforge.exporters.arrange import choice_order
from quizforge.model.questions.cloze import Blank, Cloze

_MARK = re.compile("\ue000([a-z0-9_]+)\ue001")
_INSIDE = str.maketrans({"{": "&#123;", "}": "&#125;", ":": "&#58;"})
_LITERAL_BRACES = "{&#123;"


def text_with_deletions(question: Cloze, texts: Texts) -> str:
    """The stem with ``{{c1::answer::hint}}`` for each blank.

    The number follows the order under ``blanks:``, so that a blank that is added last leaves the
    history of the others alone. Braces and colons inside a deletion, and doubled braces outside,
    are written as entities: Anki ends a deletion at the first ``}}``, in maths and code too.
    """
    numbers = {name: number for number, name in enumerate(question.blanks, 1)}
    html = texts.dialect.cloze(question.stem, lambda name: f"\ue000{name}\ue001").replace("{{", _LITERAL_BRACES)
    return texts.whole(_MARK.sub(lambda match: _deletion(question, match[1], numbers, texts), html))


def _deletion(question: Cloze, name: str, numbers: Mapping[str, int], texts: Texts) -> str:
    blank = question.blanks[name]
    parts = [f"c{numbers[name]}", _solution(blank, texts).translate(_INSIDE)]
    if blank.kind == "choice":
        order = choice_order(blank.choices, (texts.bank.id, question.id, name), shuffle=question.shuffle)
        options = " / ".join(texts.inline(blank.choices[index].text) for index in order)
        parts.append(options.translate(_INSIDE))
    return "{{" + "::".join(parts) + "}}"


def _solution(blank: Blank, texts: Texts) -> str:
    if blank.kind == "choice":
        return next(texts.inline(choice.text) for choice in blank.choices if choice.correct)
    if blank.kind == "text":
        return escape(text_to_type(blank.answers), quote=False)
    number = typed_number(blank.number.value, texts.words)
    return escape(number if blank.unit is None else f"{number} {blank.unit}", quote=False)


def about_blanks(question: Cloze, texts: Texts) -> str:
    """What else is accepted in each blank, and what is said about answers to it."""
    found = [
        f"<h2>{_solution(blank, texts)}</h2>{about}"
        for blank in question.blanks.values()
        if (about := _about(blank, texts) + texts.remark(blank.feedback))
    ]
    return texts.whole("".join(found))


def _about(blank: Blank, texts: Texts) -> str:
    if blank.kind == "text":
        return answers_to_text(blank.answers, texts)
    if blank.kind == "number":
        return answers_to_number((blank.number,), blank.unit, texts)
    items = [
        f"<li>{texts.inline(choice.text)}{texts.remark(choice.feedback, credit=choice.credit)}</li>"
        for choice in blank.choices
        if choice.feedback is not None or choice.credit is not None
    ]
    return f"<ul>{''.join(items)}</ul>" if items else ""


def behind_blanks(question: Cloze, texts: Texts) -> str:
    """The misconceptions behind blanks and their answers."""
    return texts.misconceptions(dict.fromkeys(_behind(question, texts)))


def _behind(question: Cloze, texts: Texts) -> Iterator[str]:
    for blank in question.blanks.values():
        yield texts.misconception(blank.misconception)
        yield from behind_answers(blank.answers, texts)
        yield from (texts.misconception(choice.misconception) for choice in blank.choices)
