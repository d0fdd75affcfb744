"""Questions whose options are ticked: most questions of most banks."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from quizforge.exporters.arrange import choice_order
from quizforge.exporters.html.desk import LETTERS, Answered, Desk
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.questions.option import Choice
from quizforge.model.questions.single_choice import SingleChoice
from quizforge.model.questions.true_false import TrueFalse


def single_choice(desk: Desk, question: SingleChoice) -> Answered:
    """Round boxes."""
    order = choice_order(question.choices, (desk.bank.id, question.id), shuffle=question.shuffle)
    return lettered(desk, question.choices, order)


def lettered(desk: Desk, choices: Sequence[Choice], order: Sequence[int]) -> Answered:
    """Options of which one is chosen."""
    inline, block, correct = desk.inline, desk.block, desk.correct
    options, rows, answer = [], [], ""
    for mark, index in zip(LETTERS, order, strict=False):
        choice = choices[index]
        option = f"<b>{mark}</b>{inline(choice.text)}"
        options.append(option)
        feedback = choice.feedback
        comment = "" if feedback is None else f'<div class="fb">{block(feedback)}</div>'
        if choice.misconception is not None:
            comment += desk.belief(choice.misconception)
        if choice.id is not None:
            comment = _name(choice) + comment
        if choice.correct:
            answer = mark
            rows.append(f'<li class="hit">{option}{correct}{comment}</li>\n')
        elif choice.credit:
            rows.append(f"<li>{option}{_credit(desk, choice.credit)}{comment}</li>\n")
        else:
            rows.append(f"<li>{option}{comment}</li>\n")
    exam, key = "</li>\n<li>".join(options), "".join(rows)
    return Answered(f'<ul class="opts one">\n<li>{exam}</li>\n</ul>\n', f'<ul class="opts one">\n{key}</ul>\n', answer)


def multiple_answer(desk: Desk, question: MultipleAnswer) -> Answered:
    """Square boxes."""
    order = choice_order(question.choices, (desk.bank.id, question.id), shuffle=question.shuffle)
    exam = key = ""
    keys = []
    for mark, index in zip(LETTERS, order, strict=False):
        choice = question.choices[index]
        option = f"<b>{mark}</b>{desk.inline(choice.text)}"
        exam += f"<li>{option}</li>\n"
        hit = verdict = ""
        if choice.correct:
            hit, verdict = ' class="hit"', desk.correct
            keys.append(mark)
        if question.scoring == "per_option" and question.credit_of(index):
            verdict += desk.voice.aside("key.credit", n=desk.voice.percent(question.credit_of(index)))
        comment = desk.comment(choice.feedback, choice.misconception)
        key += f"<li{hit}>{option}{verdict}{_name(choice)}{comment}</li>\n"
    start = '<ul class="opts many">\n'
    return Answered(f"{start}{exam}</ul>\n", f"{start}{key}</ul>\n", ", ".join(keys))


def true_false(desk: Desk, question: TrueFalse) -> Answered:
    """Two boxes without letters. A misconception belongs to the wrong verdict."""
    exam = key = answer = ""
    for verdict, feedback in ((True, question.feedback_true), (False, question.feedback_false)):
        option = f"<b></b>{desk.voice.own('common.true' if verdict else 'common.false')}"
        exam += f"<li>{option}</li>\n"
        if verdict == question.answer:
            answer = desk.voice.own("common.true" if verdict else "common.false")
            key += f'<li class="hit">{option}{desk.correct}{desk.comment(feedback, None)}</li>\n'
        else:
            key += f"<li>{option}{desk.comment(feedback, question.misconception)}</li>\n"
    return Answered(f'<ul class="opts one row">\n{exam}</ul>\n', f'<ul class="opts one">\n{key}</ul>\n', answer)


def _name(choice: Choice) -> str:
    return "" if choice.id is None else f" <code>{choice.id}</code>"


def _credit(desk: Desk, credit: Decimal) -> str:
    return desk.voice.aside("key.credit", n=desk.voice.percent(Fraction(credit) / 100))
