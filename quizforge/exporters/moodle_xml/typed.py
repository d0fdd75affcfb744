"""Questions with a verdict, a text or a number for an answer."""

from __future__ import annotations

from quizforge.exporters.arrange import answer_order
from quizforge.exporters.moodle.decimals import tolerance_number, too_precise
from quizforge.exporters.moodle_xml.body import Body, scored
from quizforge.exporters.moodle_xml.pen import Pen, cdata
from quizforge.exporters.numbers import plain_number
from quizforge.model.codes.fidelity import NUMBER_ROUNDED, OVER_LIMIT
from quizforge.model.diagnostic import Path
from quizforge.model.questions.numerical import Numerical
from quizforge.model.questions.short_answer import ShortAnswer
from quizforge.model.questions.true_false import TrueFalse

UNIT_LIMIT = 50
"""Characters of a unit (``question_numerical_units.unit``)."""

_TRUE_FALSE_PENALTY = "1"


def true_false(question: TrueFalse, pen: Pen) -> Body:
    """A verdict; the texts of the answers are fixed words, not to be translated."""
    verdicts = ((True, "true", question.feedback_true), (False, "false", question.feedback_false))
    answers = "".join(
        f'<answer fraction="{"100" if verdict == question.answer else "0"}" format="moodle_auto_format">'
        f'<text>{cdata(name)}</text><feedback format="html">'
        f"{pen.reply(feedback, None if verdict == question.answer else question.misconception)}"
        "</feedback></answer>\n"
        for verdict, name, feedback in verdicts
    )
    return Body("truefalse", answers, plain_number(question.max_points), _TRUE_FALSE_PENALTY)


def short_answer(question: ShortAnswer, pen: Pen) -> Body:
    """A text; wildcards and case are Moodle's own."""
    answers = [f"<usecase>{int(question.case_sensitive)}</usecase>\n"]
    for index in answer_order(question.answers):
        answer = question.answers[index]
        percent = "100" if answer.credit == 100 else pen.credit(answer.credit, ("answers", index))
        text = pen.plain(answer.text.strip(), ("answers", index, "text"))
        answers.append(
            f'<answer fraction="{percent}" format="moodle_auto_format"><text>{text}</text>'
            f'<feedback format="html">{pen.reply(answer.feedback, answer.misconception)}</feedback></answer>\n'
        )
    return scored("shortanswer", question, "".join(answers))


def numerical(question: Numerical, pen: Pen) -> Body:
    """A number with an absolute tolerance; the unit may be typed or not."""
    accepted = question.accepted
    lines = []
    # Moodle takes the first answer whose tolerance fits, the bank the best one.
    for index in sorted(range(len(accepted)), key=lambda index: -accepted[index].credit):
        answer = accepted[index]
        at: Path = ("answers", index) if question.answers else ()
        percent = "100" if answer.credit == 100 else pen.credit(answer.credit, at)
        if too_precise(answer.value):
            message = f"Moodle keeps 14 significant digits of {answer.value}"
            pen.report(NUMBER_ROUNDED, message, (*at, "value" if question.answers else "answer"))
        lines.append(
            f'<answer fraction="{percent}" format="moodle_auto_format"><text>{cdata(plain_number(answer.value))}</text>'
            f"<tolerance>{tolerance_number(answer)}</tolerance>"
            f'<feedback format="html">{pen.reply(answer.feedback, answer.misconception)}</feedback></answer>\n'
        )
    return scored("numerical", question, "".join(lines) + _units(question.unit, pen))


def _units(unit: str | None, pen: Pen) -> str:
    units, shown = "", 3
    if unit is not None:
        if len(unit.strip()) > UNIT_LIMIT:
            pen.report(OVER_LIMIT, f"a unit of {len(unit)} characters; Moodle takes {UNIT_LIMIT}", ("unit",))
        name = f"<unit_name>{pen.plain(unit.strip(), ('unit',))}</unit_name>"
        units, shown = f"<units><unit><multiplier>1</multiplier>{name}</unit></units>\n", 0
    return (
        f"{units}<unitgradingtype>0</unitgradingtype>\n<unitpenalty>0</unitpenalty>\n"
        f"<showunits>{shown}</showunits>\n<unitsleft>0</unitsleft>\n"
    )
