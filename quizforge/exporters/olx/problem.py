"""The ``<problem>`` of a question: its text, its responses, hints and solution.

Shapes: Open edX documentation, "Building and Running a Course", problem types; as ``xblocks-contrib`` 0.13.1 reads
them (``problem/capa``).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from html import escape
from typing import NamedTuple

from quizforge.exporters.arrange import choice_order, left_order, right_order
from quizforge.exporters.idents import ncname
from quizforge.exporters.numbers import as_decimal, plain_number, significant_digits
from quizforge.exporters.olx.admission import takes_halves
from quizforge.exporters.olx.pen import Pen
from quizforge.formats import olx
from quizforge.model.arrangement import in_numeric_order
from quizforge.model.codes.fidelity import NUMBER_ROUNDED
from quizforge.model.diagnostic import Path
from quizforge.model.question import Question
from quizforge.model.questions.cloze import Cloze
from quizforge.model.questions.information import Information
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.questions.numerical import Numerical, NumericalAnswer
from quizforge.model.questions.option import Choice
from quizforge.model.questions.short_answer import Answer, ShortAnswer
from quizforge.model.questions.single_choice import SingleChoice
from quizforge.model.questions.true_false import TrueFalse

FLOAT_DIGITS = 15
"""Digits that a float keeps whatever the number; capa compares floats."""

_FULL = Decimal(100)
_LEAST_WIDTH, _MOST_WIDTH = 20, 60


class Body(NamedTuple):
    """What stands in a problem.

    Attributes:
        text: XHTML above the response; empty where the response holds it.
        responses: XML.
        remarks: Label and XHTML of each remark that has no place at its answer, for the solution.
    """

    text: str
    responses: str
    remarks: Sequence[tuple[str, str]] = ()


def body_of(question: Question, pen: Pen) -> Body | None:
    """The body of a question of a native type; None for a text that asks nothing.

    Raises:
        TypeError: The type is not native, which is a fault of the exporter.
    """
    if isinstance(question, Information):
        return None
    if isinstance(question, Cloze):
        return Body("", pen.cloze(question.stem, {name: _gap(name, question, pen) for name in question.blanks}))
    stem = pen.block(question.stem)
    if isinstance(question, Numerical):
        return Body(stem, _number(question.accepted, question.unit, pen, at=("answers",)), _beside(question, pen))
    return Body(stem, _responses(question, pen))


def _responses(question: Question, pen: Pen) -> str:
    match question:
        case SingleChoice():
            return _single_choice(question, pen)
        case MultipleAnswer():
            return _multiple_answer(question, pen)
        case TrueFalse():
            return _true_false(question, pen)
        case ShortAnswer():
            return _text(question.answers, ("answers",), pen, case_sensitive=question.case_sensitive)
        case Matching():
            return _matching(question, pen)
        case _:
            raise TypeError(question.type)


def _single_choice(question: SingleChoice, pen: Pen) -> str:
    order = choice_order(question.choices, (pen.bank.id, question.id), shuffle=question.shuffle)
    shuffle = question.shuffle and not in_numeric_order([choice.text for choice in question.choices])
    lines = []
    for index in order:
        choice = question.choices[index]
        fixed = ' fixed="true"' if shuffle and choice.pin is not None else ""
        attributes = f'name="{_name(choice)}" {_credit(choice)}{fixed}'
        lines.append(_choice(choice, attributes, "choicehint", pen))
    partial = any((choice.credit or 0) > 0 for choice in question.choices)
    credit = ' partial_credit="points"' if partial else ""
    mixed = ' shuffle="true"' if shuffle else ""
    return (
        f"<multiplechoiceresponse{credit}>\n"
        f'<choicegroup type="MultipleChoice"{mixed}>\n{"".join(lines)}</choicegroup>\n</multiplechoiceresponse>\n'
    )


def _choice(choice: Choice, attributes: str, hint: str, pen: Pen) -> str:
    told = _hint(hint, pen.reply(choice.feedback, choice.misconception))
    return f"<choice {attributes}>{pen.inline(choice.text)}{told}</choice>\n"


def _name(choice: Choice) -> str:
    """A name that stays when options are added or moved, so that stored answers keep their meaning."""
    return ncname(choice.id or choice.text, prefix="c")


def _credit(choice: Choice) -> str:
    if choice.correct:
        return 'correct="true"'
    if choice.credit is not None and choice.credit > 0:
        return f'correct="partial" point_value="{plain_number(choice.credit.scaleb(-2))}"'
    return 'correct="false"'


def _hint(tag: str, html: str) -> str:
    """A remark that is shown with its answer; ``tag`` may have attributes."""
    return f"<{tag}>{html}</{tag.partition(' ')[0]}>" if html else ""


def _multiple_answer(question: MultipleAnswer, pen: Pen) -> str:
    halves = takes_halves(question)
    if question.scoring != "all_or_nothing":
        kept = "one error earns half, two a quarter at most" if halves else "part of it earns nothing"
        pen.lowered(f"only the fully right answer earns all points; {kept}", ("scoring",))
    order = choice_order(question.choices, (pen.bank.id, question.id), shuffle=question.shuffle)
    lines = []
    for index in order:
        choice = question.choices[index]
        correct = f'correct="{"true" if choice.correct else "false"}"'
        lines.append(_choice(choice, correct, 'choicehint selected="true"', pen))
    credit = ' partial_credit="halves"' if halves else ""
    return f"<choiceresponse{credit}>\n<checkboxgroup>\n{''.join(lines)}</checkboxgroup>\n</choiceresponse>\n"


def _true_false(question: TrueFalse, pen: Pen) -> str:
    verdicts = (("true", True, question.feedback_true), ("false", False, question.feedback_false))
    lines = "".join(
        f'<choice name="{name}" correct="{"true" if verdict == question.answer else "false"}">'
        f"{escape(pen.words[f'common.{name}'])}"
        f"{_hint('choicehint', pen.reply(told, None if verdict == question.answer else question.misconception))}"
        "</choice>\n"
        for name, verdict, told in verdicts
    )
    return (
        f'<multiplechoiceresponse>\n<choicegroup type="MultipleChoice">\n{lines}</choicegroup>\n'
        "</multiplechoiceresponse>\n"
    )


def _text(answers: Sequence[Answer], at: Path, pen: Pen, *, case_sensitive: bool, inline: bool = False) -> str:
    """A text to type: full answers count, others are wrong and keep their feedback."""
    full = [(index, answer) for index, answer in enumerate(answers) if answer.credit == _FULL]
    others = [(index, answer) for index, answer in enumerate(answers) if answer.credit != _FULL]
    for index, answer in others:
        if answer.credit > 0:
            pen.lowered(f"credit {answer.credit} is lost: a text is right or wrong", (*at, index, "credit"))
    patterns = any(olx.needs_pattern(answer.text) for _, answer in full)
    spell = olx.pattern if patterns else olx.literal
    kinds = [kind for kind, holds in (("ci", not case_sensitive), ("regexp", patterns)) if holds]
    parts: list[str] = []
    for index, answer in full:
        value = pen.attribute(spell(answer.text), (*at, index, "text"))
        reply = _hint("correcthint", pen.reply(answer.feedback, answer.misconception))
        if not parts:
            kind = f' type="{" ".join(kinds)}"' if kinds else ""
            parts.append(f'<stringresponse answer="{value}"{kind}>{reply}')
        else:
            parts.append(f'<additional_answer answer="{value}">{reply}</additional_answer>')
    for index, answer in others:
        told = pen.reply(answer.feedback, answer.misconception)
        if told:
            value = pen.attribute(olx.pattern(answer.text), (*at, index, "text"))
            parts.append(f'<regexphint answer="{value}">{told}</regexphint>')
    width = min(_MOST_WIDTH, max([_LEAST_WIDTH, *(len(answer.text) for answer in answers)]))
    place = f'<textline inline="1" size="{width}"/>' if inline else f'<textline size="{width}"/>'
    joint = "" if inline else "\n"
    return f"{joint.join([*parts, place])}</stringresponse>{joint}"


def _number(accepted: Sequence[NumericalAnswer], unit: str | None, pen: Pen, *, at: Path, inline: bool = False) -> str:
    """A number to type. capa takes one number with a tolerance and further exact ones; the rest is wrong."""
    for index, answer in enumerate(accepted):
        if significant_digits(answer.value) > FLOAT_DIGITS:
            pen.report(NUMBER_ROUNDED, f"Open edX keeps {FLOAT_DIGITS} digits of {answer.value}", at)
        if 0 < answer.credit < _FULL:
            pen.lowered(f"credit {answer.credit} is lost: a number is right or wrong", (*at, index, "credit"))
    full = sorted(
        (answer for answer in accepted if answer.credit == _FULL), key=lambda one: -one.tolerance.around(one.value)
    )
    parts = [_main_number(full[0], pen)]
    for answer in full[1:]:
        if answer.tolerance.around(answer.value):
            pen.lowered(f"the tolerance of {answer.value} is lost: one number only has one", at)
        reply = _hint("correcthint", pen.reply(answer.feedback, answer.misconception))
        parts.append(f'<additional_answer answer="{plain_number(answer.value)}">{reply}</additional_answer>')
    shown = "" if unit is None else f' trailing_text="{pen.attribute(unit, ("unit",))}"'
    place = f' inline="1" size="10"{shown}' if inline else shown
    joint = "" if inline else "\n"
    return f"{joint.join([*parts, f'<formulaequationinput{place}/>'])}</numericalresponse>{joint}"


def _main_number(answer: NumericalAnswer, pen: Pen) -> str:
    value = plain_number(answer.value)
    tolerance = plain_number(as_decimal(answer.tolerance.around(answer.value)))
    reply = _hint("correcthint", pen.reply(answer.feedback, answer.misconception))
    return f'<numericalresponse answer="{value}"><responseparam type="tolerance" default="{tolerance}"/>{reply}'


def _beside(question: Numerical, pen: Pen) -> tuple[tuple[str, str], ...]:
    """What is said about expected numbers that do not count, which capa cannot answer to."""
    told = (
        (plain_number(answer.value), pen.reply(answer.feedback, answer.misconception))
        for answer in question.accepted
        if answer.credit != _FULL
    )
    return tuple(one for one in told if one[1])


def _matching(question: Matching, pen: Pen) -> str:
    """A drop-down list for each left side, in an order that gives nothing away."""
    rights = right_order(question, pen.bank.id)
    places: dict[str, Path] = {pair.right: ("pairs", index, "right") for index, pair in enumerate(question.pairs)}
    places |= {other.text: ("distractors", index, "text") for index, other in enumerate(question.distractors)}
    options = pen.options([(right, places[right]) for right in rights])
    rows = []
    for index in left_order(question, pen.bank.id):
        pair = question.pairs[index]
        listed = "".join(
            f'<option correct="{right == pair.right}">{escape(option)}</option>'
            for right, option in zip(rights, options, strict=True)
        )
        label = f"<label>{pen.inline(pair.left)}</label>"
        rows.append(f"<optionresponse>\n{label}\n<optioninput>{listed}</optioninput>\n</optionresponse>\n")
    return "".join(rows)


def _gap(name: str, question: Cloze, pen: Pen) -> str:
    blank = question.blanks[name]
    at: Path = ("blanks", name)
    if blank.kind == "text":
        return _text(blank.answers, (*at, "answers"), pen, case_sensitive=blank.case_sensitive, inline=True)
    if blank.kind == "number":
        return _number((blank.number,), blank.unit, pen, at=at, inline=True)
    order = choice_order(blank.choices, (pen.bank.id, question.id, name), shuffle=question.shuffle)
    sources: list[tuple[str, Path]] = [(blank.choices[index].text, (*at, "choices", index, "text")) for index in order]
    listed = []
    for index, option in zip(order, pen.options(sources), strict=True):
        choice = blank.choices[index]
        if (choice.credit or 0) > 0:
            message = f"credit {choice.credit} is lost: an option of a drop-down list is right or wrong"
            pen.lowered(message, (*at, "choices", index, "credit"))
        reply = _hint("optionhint", pen.reply(choice.feedback, choice.misconception))
        listed.append(f'<option correct="{choice.correct}">{escape(option)}{reply}</option>')
    return f'<optionresponse><optioninput inline="1">{"".join(listed)}</optioninput></optionresponse>'


def solution(question: Question, body: Body, pen: Pen, *, hints: bool) -> str:
    """What is shown with the right answer: general feedback, remarks on the parts, sources.

    Args:
        question: Of a native type.
        body: Its body.
        pen: Of its bank.
        hints: Whether to tell the hints here, since capa offers those of ``<demandhint>`` in an exam, too.
    """
    html = pen.general(question)
    if hints:
        html += "".join(
            pen.labelled(pen.words.say("common.hint", n=number), pen.block(hint))
            for number, hint in enumerate(question.hints, 1)
        )
    if body.remarks:
        html += f"<ul>\n{''.join(f'<li><p>{label}</p>{told}</li>' for label, told in body.remarks)}</ul>\n"
    return f'<solution>\n<div class="detailed-solution">\n{html}\n</div>\n</solution>\n' if html else ""


def demand_hints(question: Question, pen: Pen) -> str:
    """The hints that a student may ask for, in order."""
    hints = "".join(f"<hint>{pen.block(hint)}</hint>\n" for hint in question.hints)
    return f"<demandhint>\n{hints}</demandhint>\n" if hints else ""
