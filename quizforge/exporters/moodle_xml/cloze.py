"""Moodle's embedded answers: gaps such as ``{1:SHORTANSWER:=right~%50%nearly#why}`` inside a text.

Written so that the importer's pattern cannot misread a gap (``qtype_multianswer_extract_question``,
4.5): every character with a meaning there is an entity, which Moodle decodes once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from quizforge.exporters.arrange import answer_order, choice_order
from quizforge.exporters.moodle.decimals import tolerance_number, too_precise
from quizforge.exporters.moodle.fractions import decimal_percent
from quizforge.exporters.moodle_xml.pen import Pen
from quizforge.exporters.numbers import plain_number
from quizforge.model.arrangement import in_numeric_order
from quizforge.model.codes.fidelity import NUMBER_ROUNDED, UNWRITABLE
from quizforge.model.diagnostic import Path
from quizforge.model.questions.cloze import Blank, Cloze
from quizforge.model.questions.option import Choice
from quizforge.model.questions.short_answer import Answer

_ENTITIES = str.maketrans({character: f"&#{ord(character)};" for character in "&~#}{\\=%<>\"'"})
_GAP = re.compile(r"\{[0-9]+:(?:MULTICHOICE|MULTIRESPONSE|SHORTANSWER|NUMERICAL)(?:_[A-Z]+)?:[^{}]+\}", re.ASCII)
_LOOKS_LIKE_A_GAP = re.compile(r"\{(?=[0-9]*:[A-Z]|#[0-9])", re.ASCII)
_EATEN_BACKSLASH = re.compile(r"\\(?=[}#])")


def whole_marks(weights: Sequence[int], points: Decimal) -> tuple[list[int], bool]:
    """Marks of the gaps, which are whole numbers and add up to the question's mark.

    Returns:
        The weights, multiplied so that they add up to the points where whole numbers can; and whether
        the sum differs from the points all the same.
    """
    factor, rest = divmod(Fraction(points), sum(weights))
    if rest or not factor:
        return list(weights), Fraction(points) != sum(weights)
    return [weight * factor for weight in weights], False


def stem_of(question: Cloze, marks: Sequence[int], pen: Pen) -> str:
    """The stem as HTML with its gaps, which are counted again in what was written."""
    gaps = {
        name: _gap(question, name, mark, pen) for (name, _), mark in zip(question.blanks.items(), marks, strict=True)
    }
    marker = _marker(question.stem)
    html = inert(pen.dialect.cloze(question.stem, lambda name: f"{marker}{name};"))
    for name, gap in gaps.items():
        html = html.replace(f"{marker}{name};", gap)
    if len(_GAP.findall(html)) != len(gaps):
        pen.report(UNWRITABLE, "Moodle would not find every blank of this text", ("stem",))
    return html


def inert(html: str) -> str:
    """HTML in which nothing looks like a gap, nor like the mark that Moodle leaves in place of one."""
    return _LOOKS_LIKE_A_GAP.sub("&#123;", html) if "{" in html else html


def _marker(stem: str) -> str:
    marker = "qfgap:"
    while marker in stem:
        marker = "qf" + marker
    return marker


def _gap(question: Cloze, name: str, mark: int, pen: Pen) -> str:
    blank = question.blanks[name]
    if blank.kind == "choice":
        return _choice_gap(question, name, mark, pen)
    if blank.kind == "text":
        kind = "SHORTANSWER_C" if blank.case_sensitive else "SHORTANSWER"
        answers = (
            _text_alternative(blank.answers[index], ("blanks", name, "answers", index), pen)
            for index in answer_order(blank.answers)
        )
        return f"{{{mark}:{kind}:{'~'.join(answers)}}}"
    return _number_gap(blank, ("blanks", name), mark, pen)


def _weight(share: Fraction) -> str:
    if share >= 1:
        return "="
    return f"%{decimal_percent(share)}%" if share > 0 else ""


def _text_alternative(answer: Answer, at: Path, pen: Pen) -> str:
    text = answer.text.strip()
    if _EATEN_BACKSLASH.search(text):
        message = r"Moodle removes the backslash of '\}' and '\#' from an answer inside a text"
        pen.report(UNWRITABLE, message, (*at, "text"), hint="make it a short_answer question of its own")
    weight = _weight(Fraction(answer.credit) / 100)
    return f"{weight}{text.translate(_ENTITIES)}{_feedback(answer.feedback, answer.misconception, at, pen)}"


def _number_gap(blank: Blank, at: Path, mark: int, pen: Pen) -> str:
    number = blank.number
    if too_precise(number.value):
        pen.report(NUMBER_ROUNDED, f"Moodle keeps 14 significant digits of {number.value}", (*at, "answer"))
    unit = "" if blank.unit is None else f" {pen.dialect.escape(blank.unit)}"
    return f"{{{mark}:NUMERICAL:={plain_number(number.value)}:{tolerance_number(number)}}}{inert(unit)}"


def _choice_gap(question: Cloze, name: str, mark: int, pen: Pen) -> str:
    choices = question.blanks[name].choices
    texts = [choice.text for choice in choices]
    fixed = not question.shuffle or any(choice.pin for choice in choices) or in_numeric_order(texts)
    order = (
        choice_order(choices, (pen.bank.id, question.id, name), shuffle=question.shuffle)
        if fixed
        else range(len(choices))
    )
    alternatives = []
    for index in order:
        share = Fraction(1) if choices[index].correct else Fraction(choices[index].credit or 0) / 100
        alternatives.append(_alternative(choices[index], share, ("blanks", name, "choices", index), pen))
    # A drop-down list shows neither markup nor maths; radio buttons show both.
    rich = any("<" in html or "\\(" in html for html in map(pen.inline, texts))
    suffix = ("_V" if rich else "") if fixed else ("_VS" if rich else "_S")
    return f"{{{mark}:MULTICHOICE{suffix}:{'~'.join(alternatives)}}}"


def multiple_response(options: Sequence[tuple[Choice, Fraction, int]], mark: int, pen: Pen, *, shuffle: bool) -> str:
    """A gap with check boxes.

    Args:
        options: In order: a choice, what ticking it adds to the share, its index in the question.
        mark: Of the gap.
        pen: Of the bank.
        shuffle: Whether Moodle is to shuffle them.
    """
    alternatives = []
    for choice, share, index in options:
        weight = f"%{decimal_percent(share)}%"
        alternatives.append(_alternative(choice, share, ("choices", index), pen, weight=weight))
    return f"{{{mark}:MULTIRESPONSE{'_S' if shuffle else ''}:{'~'.join(alternatives)}}}"


def _alternative(choice: Choice, share: Fraction, at: Path, pen: Pen, *, weight: str | None = None) -> str:
    where, hint = "the options of a gap", "put it into the stem"
    html = pen.without_images(pen.inline(choice.text), (choice.text,), (*at, "text"), where=where, hint=hint)
    feedback = _feedback(choice.feedback, choice.misconception, at, pen)
    return f"{_weight(share) if weight is None else weight}{_encoded(html)}{feedback}"


def _feedback(feedback: str | None, misconception: str | None, at: Path, pen: Pen) -> str:
    if feedback is None and misconception is None:
        return ""
    html, sources = pen.reply_html(feedback, misconception)
    where, hint = "the feedback of a gap", "put it into the question's feedback"
    return f"#{_encoded(pen.without_images(html, sources, (*at, 'feedback'), where=where, hint=hint))}"


def _encoded(html: str) -> str:
    r"""HTML for the inside of a gap; Moodle would take the backslash of ``\}`` and ``\#``, so it is encoded twice."""
    return _EATEN_BACKSLASH.sub("&#92;", html).translate(_ENTITIES)
