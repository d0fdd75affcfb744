"""What stands between the braces: the answers of each type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from typing_extensions import assert_never

from quizforge.exporters.arrange import answer_order, choice_order, left_order
from quizforge.exporters.gift.pen import GiftPen
from quizforge.exporters.moodle.decimals import tolerance_number, too_precise
from quizforge.exporters.moodle.fractions import listed, not_above, ticking_shares
from quizforge.exporters.numbers import plain_number
from quizforge.formats import gift
from quizforge.markup import plain
from quizforge.model.codes.fidelity import FORMATTING_LOST, NUMBER_ROUNDED, SCORE_LOWERED
from quizforge.model.diagnostic import Path
from quizforge.model.question import Question
from quizforge.model.questions.cloze import Cloze
from quizforge.model.questions.essay import Essay
from quizforge.model.questions.information import Information
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.questions.numerical import Numerical
from quizforge.model.questions.option import Choice
from quizforge.model.questions.ordering import Ordering
from quizforge.model.questions.short_answer import ShortAnswer
from quizforge.model.questions.single_choice import SingleChoice
from quizforge.model.questions.true_false import TrueFalse

RIGHT_LIMIT = 255
"""Characters of a right side (``qtype_match_subquestions.answertext``)."""


def braces(question: Question, pen: GiftPen) -> str:
    """The answers in their braces; nothing for a text that asks nothing."""
    match question:
        case Information():
            return ""
        case Essay():
            return f"{{{pen.general(question)}}}"
        case TrueFalse():
            return f"{{{_verdict(question, pen)}{pen.general(question)}}}"
        case SingleChoice() | MultipleAnswer() | ShortAnswer() | Numerical() | Matching():
            lines = [*_answers(question, pen), pen.general(question)]
            sign = gift.NUMBERS if isinstance(question, Numerical) else ""
            return f"{{{sign}\n" + "".join(f"\t{line}\n" for line in lines if line) + "}"
        case Ordering() | Cloze():
            raise TypeError(question.type)
        case _:
            assert_never(question)


def _answers(
    question: SingleChoice | MultipleAnswer | ShortAnswer | Numerical | Matching, pen: GiftPen
) -> Iterable[str]:
    match question:
        case SingleChoice():
            return _choices(question, list(_credits(question.choices, pen)), pen)
        case MultipleAnswer():
            return _choices(question, list(_ticks(question, pen)), pen)
        case ShortAnswer():
            return _typed(question, pen)
        case Numerical():
            return _numbers(question, pen)
        case Matching():
            return _pairs(question, pen)


def _choices(question: SingleChoice | MultipleAnswer, signs: Sequence[str], pen: GiftPen) -> Iterator[str]:
    for index in choice_order(question.choices, (pen.bank.id, question.id), shuffle=question.shuffle):
        choice, at = question.choices[index], ("choices", index)
        text = pen.inline(choice.text, (*at, "text"))
        yield f"{signs[index]}{text}{pen.reply(choice.feedback, choice.misconception, at)}"


def _credits(choices: Iterable[Choice], pen: GiftPen) -> Iterator[str]:
    for index, choice in enumerate(choices):
        percent = "0" if choice.credit is None else pen.credit(choice.credit, ("choices", index))
        yield gift.KEY if choice.correct else gift.OTHER + ("" if percent == "0" else gift.weight(percent))


def _ticks(question: MultipleAnswer, pen: GiftPen) -> Iterator[str]:
    """A weight for each option; without any ``=`` Moodle shows check boxes."""
    shares = ticking_shares(question)
    harsher = [index for index, share in enumerate(shares) if listed(share) is None]
    for index in harsher[:1]:
        message = (
            f"ticking a wrong option costs {not_above(shares[index]).lstrip('-')} % instead of "
            f"{float(-shares[index] * 100):.4g} %, the next fraction that Moodle takes"
        )
        pen.report(SCORE_LOWERED, message, ("choices", index))
    for share in shares:
        percent = not_above(share)
        yield gift.OTHER + ("" if percent == "0" else gift.weight(percent))


def _verdict(question: TrueFalse, pen: GiftPen) -> str:
    wrong, right = question.feedback_false, question.feedback_true
    if not question.answer:
        wrong, right = right, wrong
    replies = (pen.reply_text(wrong, question.misconception, ("misconception",)), pen.reply_text(right, None, ()))
    shown = (gift.FEEDBACK + reply for reply in replies) if replies[1] else (gift.FEEDBACK + replies[0],)
    verdict = gift.TRUE if question.answer else gift.FALSE
    return verdict + ("".join(shown) if any(replies) else "")


def _typed(question: ShortAnswer, pen: GiftPen) -> Iterator[str]:
    if question.case_sensitive:
        pen.refuse("upper and lower case would not matter", ("case_sensitive",), hint="choose Moodle XML")
    for index in answer_order(question.answers):
        answer, at = question.answers[index], ("answers", index)
        text = answer.text.strip()
        reply = pen.reply(answer.feedback, answer.misconception, at)
        if gift.SPLITS_PAIRS in text or gift.SPLITS_PAIRS in reply:
            pen.refuse("Moodle would take '->' in a typed answer for a pair", (*at, "text"), hint="choose Moodle XML")
        yield f"{gift.KEY}{gift.weight(pen.credit(answer.credit, at))}{gift.PLAIN}{pen.escaped(text, at)}{reply}"


def _numbers(question: Numerical, pen: GiftPen) -> Iterator[str]:
    accepted = question.accepted
    # Moodle takes the first answer whose tolerance fits, the bank the best one.
    for index in sorted(range(len(accepted)), key=lambda index: -accepted[index].credit):
        answer = accepted[index]
        at: Path = ("answers", index) if question.answers else ()
        if too_precise(answer.value):
            pen.report(NUMBER_ROUNDED, f"Moodle keeps 14 significant digits of {answer.value}", at)
        number = f"{plain_number(answer.value)}:{tolerance_number(answer)}"
        reply = pen.reply(answer.feedback, answer.misconception, at)
        yield f"{gift.KEY}{gift.weight(pen.credit(answer.credit, at))}{number}{reply}"


def _pairs(question: Matching, pen: GiftPen) -> Iterator[str]:
    rights = {right: _right(right, pen) for right in question.rights}
    if len({text.casefold() for text in rights.values()}) < len(rights):
        pen.refuse("two right sides are the same as plain text", ("pairs",), hint="let them differ in words")
    for index in left_order(question, pen.bank.id):
        pair = question.pairs[index]
        left = pen.inline(pair.left, ("pairs", index, "left"))
        if gift.SPLITS_PAIRS in left:
            pen.refuse("Moodle would part a pair at '->' in its left side", ("pairs", index, "left"))
        yield f"{gift.KEY}{left}{gift.PAIR}{rights[pair.right]}"
    for other in question.distractors:
        yield f"{gift.KEY}{gift.PAIR}{rights[other.text]}"


def _right(source: str, pen: GiftPen) -> str:
    """A right side, which Moodle shows as plain text."""
    text = " ".join(plain(source, "inline").split())
    pen.refuse_images(source, ("pairs",))
    html = pen.remarks.inline(source)
    if "<" in html or "\\(" in html:
        pen.report(FORMATTING_LOST, "Moodle shows right sides as plain text", ("pairs",))
    if not text:
        pen.refuse("nothing is left of a right side as plain text", ("pairs",))
    if len(text) > RIGHT_LIMIT:
        pen.refuse(f"Moodle takes {RIGHT_LIMIT} characters for a right side", ("pairs",))
    return pen.escaped(text, ("pairs",))
