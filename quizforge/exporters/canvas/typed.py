"""Questions with a text or a number to type: short_answer, numerical."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from typing import Final

from quizforge.exporters.canvas.body import Body, condition, equals, item_feedback, scores, told, typed
from quizforge.exporters.canvas.pen import Pen
from quizforge.exporters.idents import DigitIdents
from quizforge.exporters.numbers import as_decimal, plain_number, significant_digits
from quizforge.formats.canvas import NUMERICAL, OPTION_FEEDBACK_SUFFIX, RESPONSE, SHORT_ANSWER
from quizforge.model.codes.fidelity import FIELD_DROPPED, NUMBER_ROUNDED
from quizforge.model.diagnostic import Path
from quizforge.model.questions.numerical import Numerical, NumericalAnswer
from quizforge.model.questions.short_answer import Answer, ShortAnswer, has_wildcard

FLOAT_DIGITS: Final = 15
"""Digits of a number that a float keeps, which is what both readers store."""

_FULL = 100


def accepted(answers: tuple[Answer, ...], at: Path, pen: Pen) -> list[int]:
    """Indices of the answers that Canvas can accept: literal ones that earn everything.

    What the others lose is told; what is said about them goes to the general feedback (:func:`not_accepted`).
    """
    kept = []
    for index, answer in enumerate(answers):
        place = (*at, index)
        if answer.credit == _FULL and not has_wildcard(answer.text):
            kept.append(index)
        elif answer.credit <= 0:
            message = "an answer that earns nothing is not recognised; Canvas would take any that is listed as right"
            pen.report(FIELD_DROPPED, message, place)
        elif has_wildcard(answer.text):
            pen.lowered("Canvas knows no wildcards, so that this answer earns nothing", place)
        else:
            pen.lowered("Canvas gives full points or none for a typed answer; this one earns nothing", place)
    return kept


def not_accepted(answers: tuple[Answer, ...], kept: Collection[int], pen: Pen) -> str:
    """What is said about answers that Canvas does not recognise, for the general feedback."""
    return pen.listed(
        (pen.dialect.escape(answer.text), answer.feedback, answer.misconception)
        for index, answer in enumerate(answers)
        if index not in kept
    )


def literal_text(answer: Answer) -> str:
    r"""What is typed for an answer without wildcards: ``\*`` is a star."""
    return answer.text.replace("\\*", "*").strip()


def short_answer(question: ShortAnswer, pen: Pen) -> Body:
    """Accepted texts; letter case only matters to New Quizzes."""
    kept = accepted(question.answers, ("answers",), pen)
    case = ' case="Yes"' if question.case_sensitive and pen.profile.case else ""
    idents = DigitIdents()
    texts, replies, feedback = [], [], []
    for index in kept:
        answer = question.answers[index]
        xml = pen.plain_xml(literal_text(answer), ("answers", index, "text"))
        texts.append(equals(xml, attributes=case))
        said = pen.reply_xml(answer.feedback, answer.misconception)
        if said:
            name = f"{idents.new('answer', answer.text)}{OPTION_FEEDBACK_SUFFIX}"
            replies.append(condition(equals(xml), told(name), goes_on=True))
            feedback.append(item_feedback(name, said))
    scoring = condition("".join(texts), scores("100"))
    general = not_accepted(question.answers, kept, pen)
    return Body(SHORT_ANSWER, typed(""), f"{''.join(replies)}{scoring}", "".join(feedback), general=general)


def numerical(question: Numerical, pen: Pen) -> Body:
    """Numbers, each with an absolute tolerance. The field takes a number alone, so that the unit stands in the text."""
    idents = DigitIdents()
    conditions, feedback, others = [], [], []
    for index, answer in enumerate(question.accepted):
        at: Path = ("answers", index) if question.answers else ()
        if answer.credit != _FULL:
            if answer.credit > 0:
                pen.lowered("Canvas gives full points or none for a number; this one earns nothing", at)
            else:
                pen.report(FIELD_DROPPED, "an answer that earns nothing is not recognised", at)
            others.append((plain_number(answer.value), answer.feedback, answer.misconception))
            continue
        if significant_digits(answer.value) > FLOAT_DIGITS:
            message = f"Canvas keeps {FLOAT_DIGITS} significant digits of {answer.value}"
            pen.report(NUMBER_ROUNDED, message, (*at, "value" if question.answers else "answer"))
        said = pen.reply_xml(answer.feedback, answer.misconception)
        then = scores("100")
        if said:
            name = f"{idents.new('number', str(answer.value))}{OPTION_FEEDBACK_SUFFIX}"
            then += told(name)
            feedback.append(item_feedback(name, said))
        conditions.append(condition(_within(answer), then))
    return Body(
        NUMERICAL,
        typed(' fibtype="Decimal"'),
        "".join(conditions),
        "".join(feedback),
        behind=unit_html(question.unit, pen),
        general=pen.listed(others),
    )


def _within(answer: NumericalAnswer) -> str:
    """The number and its margin as both readers ask for it: a lone ``varequal`` is no answer to either."""
    value, distance = plain_number(answer.value), answer.tolerance.around(answer.value)
    low, high = (plain_number(as_decimal(Fraction(answer.value) + sign * distance)) for sign in (-1, 1))
    # New Quizzes would take the margin by subtracting floats: 0.3 - 0.2 = 0.09999999999999998.
    margin = f' margin="{plain_number(as_decimal(distance))}" margintype="absolute"' if distance else ""
    span = f'<vargte respident="{RESPONSE}">{low}</vargte><varlte respident="{RESPONSE}">{high}</varlte>'
    return f"<or>{equals(value, attributes=margin)}<and>{span}</and></or>"


def unit_html(unit: str | None, pen: Pen) -> str:
    """The unit as a line of its own."""
    if unit is None:
        return ""
    text = pen.dialect.escape(pen.words.say("anki.unit", unit=" ".join(unit.split())))
    return f"\n<p>{text}</p>"
