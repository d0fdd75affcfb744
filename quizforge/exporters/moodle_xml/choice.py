"""Choice questions: single_choice and multiple_answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from quizforge.exporters.arrange import choice_order, in_numeric_order
from quizforge.exporters.moodle_xml import cloze
from quizforge.exporters.moodle_xml.body import Body, combined_feedback, penalty_of, report_points, scored
from quizforge.exporters.moodle_xml.fractions import listed, not_above
from quizforge.exporters.moodle_xml.pen import EMPTY, Pen, cdata
from quizforge.exporters.moodle_xml.plain import plain_of
from quizforge.model.codes.fidelity import HARD_TO_EDIT, LOOKS_ALIKE, ORDER_FIXED, UNWRITABLE
from quizforge.model.questions.base import BaseQuestion
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.questions.option import Choice
from quizforge.model.questions.single_choice import SingleChoice

_DIGIT = re.compile(r"\d")


def single_choice(question: SingleChoice, pen: Pen) -> Body:
    """One option of several; credits are never negative, since the bank clips the score at nothing."""
    percents = [
        "100" if choice.correct else "0" if choice.credit is None else pen.credit(choice.credit, ("choices", index))
        for index, choice in enumerate(question.choices)
    ]
    order, shuffle = _shown(question, pen)
    head = _head(question, pen, single="true", shuffle=shuffle)
    return scored("multichoice", question, head + _choices(order, percents, question.choices, pen))


def multiple_answer(question: MultipleAnswer, pen: Pen) -> Body:
    """Any options; what single ticks earn adds up. Not for ``all_or_nothing`` with several keys."""
    shares = ticking_shares(question)
    if any(share > 0 and listed(share) is None for share in shares):
        return _multiple_response(question, shares, pen)
    percents = [not_above(share) for share in shares]
    harsher = [index for index, share in enumerate(shares) if listed(share) is None]
    for index in harsher[:1]:
        pen.lowered(
            f"ticking a wrong option costs {percents[index].lstrip('-')} % instead of "
            f"{float(-shares[index] * 100):.4g} %, the next fraction that Moodle takes",
            ("choices", index),
        )
    if sum((share for share in shares if share > 0), Fraction(0)) > 1:
        pen.report(
            HARD_TO_EDIT, "the credits add up to more than 100, which Moodle's editing form refuses", ("choices",)
        )
    order, shuffle = _shown(question, pen)
    head = _head(question, pen, single="false", shuffle=shuffle)
    answers = f"{head}<shownumcorrect/>\n{_choices(order, percents, question.choices, pen)}"
    return scored("multichoice", question, answers, parts=True)


def ticking_shares(question: MultipleAnswer) -> list[Fraction]:
    """What ticking each option adds to the share of the points, so that Moodle's sum is the question's score.

    Not for ``all_or_nothing`` with several keys, which no sum can express.
    """
    keys, others = len(question.keys), len(question.choices) - len(question.keys)
    if question.scoring == "per_option":
        return [question.credit_of(index) for index in range(len(question.choices))]
    wrong = Fraction(-1, others if question.scoring == "ratio" else keys) if others else Fraction(0)
    return [Fraction(1, keys) if choice.correct else wrong for choice in question.choices]


def _multiple_response(question: MultipleAnswer, shares: Sequence[Fraction], pen: Pen) -> Body:
    """Shares that Moodle's list lacks: a cloze gap with check boxes takes any."""
    order, shuffle = _shown(question, pen)
    mark, points_differ = cloze.whole_marks((1,), question.max_points)
    if points_differ:
        report_points(question.max_points, mark[0], pen)
    gap = cloze.multiple_response(
        [(question.choices[index], shares[index], index) for index in order], mark[0], pen, shuffle=shuffle
    )
    return Body(
        "cloze",
        "",
        None,
        penalty_of(question),
        parts=True,
        stem=f"{cloze.inert(pen.block(question.stem))}\n<p>{gap}</p>",
    )


def _head(question: BaseQuestion, pen: Pen, *, single: str, shuffle: bool) -> str:
    return (
        f"<single>{single}</single>\n<shuffleanswers>{'true' if shuffle else 'false'}</shuffleanswers>\n"
        "<answernumbering>abc</answernumbering>\n<showstandardinstruction>1</showstandardinstruction>\n"
        f"{combined_feedback(question, pen)}"
    )


def _shown(question: SingleChoice | MultipleAnswer, pen: Pen) -> tuple[Sequence[int], bool]:
    """Order of the choices in the file, and whether Moodle is to shuffle them."""
    choices = question.choices
    pinned = any([choice.pin for choice in choices])  # noqa: C419  # a list is twice as fast for four choices
    if question.shuffle and not pinned:
        first = choices[0].text
        if not (_DIGIT.search(first) and in_numeric_order([choice.text for choice in choices])):
            return range(len(choices)), True
    order = choice_order(choices, (pen.bank.id, question.id), shuffle=question.shuffle)
    if pinned and question.shuffle:
        message = "the choices are not shuffled, since Moodle cannot pin one of them; they stand in a fixed order"
        pen.report(ORDER_FIXED, message, ("choices",))
    return order, False


def _choices(order: Sequence[int], percents: Sequence[str], choices: Sequence[Choice], pen: Pen) -> str:
    plain_only = True
    lines = []
    for index in order:
        choice = choices[index]
        text = choice.text
        html = pen.inline(text)
        if html == text:
            written = f"<text>{cdata(html)}</text>"
        else:
            plain_only = False
            written = pen.html(html, (text,))
        feedback = EMPTY
        if choice.feedback is not None or choice.misconception is not None:
            feedback = pen.reply(choice.feedback, choice.misconception)
        lines.append(
            f'<answer fraction="{percents[index]}" format="html">{written}'
            f'<feedback format="html">{feedback}</feedback></answer>\n'
        )
    if not plain_only:
        tell_apart([choice.text for choice in choices], "choices", "text", pen)
    return "".join(lines)


def tell_apart(texts: Sequence[str], field: str, name: str, pen: Pen) -> None:
    """Report rendered options that are empty, that Moodle's reports show alike, or that are the same HTML."""
    first: dict[str, int] = {}
    for index, text in enumerate(texts):
        html = pen.inline(text)
        at = (field, index, name)
        if not html.strip():
            pen.report(UNWRITABLE, f"'{text}' renders to nothing, and Moodle drops empty options", at)
        twin = first.setdefault(" ".join(plain_of(html).casefold().split()), index)
        if twin != index:
            message = f"Moodle's response files show this like {field}[{twin}]: the two cannot be told apart there"
            pen.report(LOOKS_ALIKE, message, at, hint="let them differ in more than markup and letter case")
