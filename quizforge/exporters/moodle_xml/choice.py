"""Choice questions: single_choice and multiple_answer."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from quizforge.exporters.arrange import choice_order
from quizforge.exporters.manifest import Texts
from quizforge.exporters.moodle.fractions import listed, not_above, ticking_shares
from quizforge.exporters.moodle_xml import cloze
from quizforge.exporters.moodle_xml.body import Body, Options, combined_feedback, penalty_of, report_points, scored
from quizforge.exporters.moodle_xml.pen import Pen
from quizforge.model.arrangement import in_numeric_order
from quizforge.model.codes.fidelity import HARD_TO_EDIT, LOOKS_ALIKE, ORDER_FIXED
from quizforge.model.questions.base import BaseQuestion
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.questions.single_choice import SingleChoice


def single_choice(question: SingleChoice, pen: Pen) -> Body:
    """One option of several; credits are never negative, since the bank clips the score at nothing."""
    percents = [
        "100" if choice.correct else "0" if choice.credit is None else pen.credit(choice.credit, ("choices", index))
        for index, choice in enumerate(question.choices)
    ]
    answers, shuffle, options = _choices(question, percents, pen)
    return scored("multichoice", question, _head("true", shuffle, question, pen) + answers, options=options)


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
    answers, shuffle, options = _choices(question, percents, pen)
    head = _head("false", shuffle, question, pen)
    return scored("multichoice", question, f"{head}<shownumcorrect/>\n{answers}", parts=True, options=options)


def _multiple_response(question: MultipleAnswer, shares: Sequence[Fraction], pen: Pen) -> Body:
    """Shares that Moodle's list lacks: a cloze gap with check boxes takes any."""
    options = pen.read(choice.text for choice in question.choices)
    tell_apart(options, "choices", "text", pen)
    order = _fixed_order(question, options.written, pen)
    (mark,), points_differ = cloze.whole_marks((1,), question.max_points)
    if points_differ:
        report_points(question.max_points, mark, pen)
    shown = [
        (question.choices[index], shares[index], index)
        for index in (range(len(question.choices)) if order is None else order)
    ]
    gap = cloze.multiple_response(shown, mark, pen, shuffle=order is None)
    stem = f"{cloze.inert(pen.block(question.stem))}\n<p>{gap}</p>"
    return Body("cloze", "", None, penalty_of(question), parts=True, stem=stem, options={"choices": options})


def _head(single: str, shuffle: str, question: BaseQuestion, pen: Pen) -> str:
    return (
        f"<single>{single}</single>\n<shuffleanswers>{shuffle}</shuffleanswers>\n"
        "<answernumbering>abc</answernumbering>\n<showstandardinstruction>1</showstandardinstruction>\n"
        f"{combined_feedback(question, pen)}"
    )


def _choices(question: SingleChoice | MultipleAnswer, percents: Sequence[str], pen: Pen) -> tuple[str, str, Options]:
    """The ``<answer>`` elements, whether Moodle is to shuffle them, and the texts for the manifest.

    One loop without calls for texts that have no markup: most of a large bank passes here.
    """
    plain = pen.plain_texts
    texts, lines = [], []
    fixed = not question.shuffle
    for percent, choice in zip(percents, question.choices, strict=True):
        text, feedback = choice.text, choice.feedback
        texts.append(text)
        if choice.pin is not None:
            fixed = True
        if text in plain and feedback in plain and choice.misconception is None:
            lines.append(
                f'<answer fraction="{percent}" format="html"><text><![CDATA[{text}]]></text>'
                f'<feedback format="html"><text><![CDATA[<p>{feedback}</p>]]></text></feedback></answer>\n'
            )
        else:
            lines.append(
                f'<answer fraction="{percent}" format="html">{pen.inline_text(text)}'
                f'<feedback format="html">{pen.reply(feedback, choice.misconception)}</feedback></answer>\n'
            )
    options = pen.read(texts)
    if options.shown is not None:
        tell_apart(options, "choices", "text", pen)
    if not fixed and not in_numeric_order(texts):
        return "".join(lines), "true", {"choices": options}
    order = _fixed_order(question, texts, pen) or range(len(lines))
    return "".join([lines[index] for index in order]), "false", {"choices": options}


def _fixed_order(question: SingleChoice | MultipleAnswer, texts: Sequence[str], pen: Pen) -> Sequence[int] | None:
    """The order of the choices in the file where Moodle is not to shuffle them, else None."""
    choices = question.choices
    if question.shuffle:
        if all(choice.pin is None for choice in choices):
            return range(len(choices)) if in_numeric_order(texts) else None
        message = "the choices are not shuffled, since Moodle cannot pin one of them; they stand in a fixed order"
        pen.report(ORDER_FIXED, message, ("choices",))
    return choice_order(choices, (pen.bank.id, question.id), shuffle=question.shuffle)


def tell_apart(options: Texts, field: str, name: str, pen: Pen) -> None:
    """Report options that Moodle's response files show alike.

    Args:
        options: Without markup they differ, since the bank refuses two that say the same.
        field: The list that holds them.
        name: The field of the text in it.
        pen: Of the bank.
    """
    if options.shown is None:
        return
    folded = [shown.casefold() for shown in options.shown]
    if len(set(folded)) == len(folded):
        return
    for index, shown in enumerate(folded):
        twin = folded.index(shown)
        if twin != index:
            message = f"Moodle's response files show this like {field}[{twin}]: the two cannot be told apart there"
            hint = "let them differ in more than markup and letter case"
            pen.report(LOOKS_ALIKE, message, (field, index, name), hint=hint)
