"""Questions whose options are chosen: single_choice, multiple_answer, true_false."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from quizforge.exporters.arrange import choice_order
from quizforge.exporters.canvas.body import (
    Body,
    condition,
    equals,
    field,
    label,
    option_feedback,
    scores,
)
from quizforge.exporters.canvas.pen import Pen
from quizforge.exporters.idents import DigitIdents
from quizforge.exporters.numbers import plain_number
from quizforge.formats.canvas import CHOICE, RESPONSE, SCORING_ALGORITHM, SEVERAL, TRUE_FALSE
from quizforge.model.arrangement import in_numeric_order
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.questions.option import Choice
from quizforge.model.questions.single_choice import SingleChoice
from quizforge.model.questions.true_false import TrueFalse

VISIBLE: Final = "\u2060"
"""WORD JOINER: stands beside an option that is only an image or a formula. Classic takes an option without text for
an empty one and shows "No answer text provided." (``choice_interaction.rb``)."""

_TAG = re.compile("<[^>]*>")


def single_choice(question: SingleChoice, pen: Pen) -> Body:
    """One option of several. Classic knows right and wrong only; New Quizzes also what each option earns."""
    idents = choice_idents(question.choices)
    credited = [index for index, choice in enumerate(question.choices) if (choice.credit or 0) > 0]
    metadata = ""
    if credited and pen.profile.weights and question.max_points:
        scoring = _weighted(question, idents)
        metadata = field(SCORING_ALGORITHM, "VaryPointsByAnswer")
    else:
        scoring = condition(equals(idents[question.key]), scores("100"))
        for index in credited:
            message = "Canvas takes no partial credit for an option; this one earns nothing"
            pen.lowered(message, ("choices", index, "credit"))
    return _chosen(CHOICE, "Single", question, idents, scoring, metadata, pen)


def _weighted(question: SingleChoice, idents: Sequence[str]) -> str:
    """What each option earns in points of the question, as New Quizzes itself writes it."""
    lines = []
    for ident, choice in zip(idents, question.choices, strict=True):
        share = Decimal(100) if choice.correct else max(choice.credit or Decimal(0), Decimal(0))
        points = plain_number(question.max_points * share / 100)
        mark = ' correctanswer="Yes"' if choice.correct else ""
        lines.append(condition(equals(ident), scores(points), mark=mark))
    return "".join(lines)


def multiple_answer(question: MultipleAnswer, pen: Pen) -> Body:
    """Any options. Both readers take a share for each right tick and the same share off for each wrong one."""
    idents = choice_idents(question.choices)
    ticks = "".join(
        equals(ident) if choice.correct else f"<not>{equals(ident)}</not>"
        for ident, choice in zip(idents, question.choices, strict=True)
    )
    scoring = condition(f"<and>{ticks}</and>", scores("100"))
    exact = question.scoring == "all_or_nothing" and len(question.keys) > 1
    metadata = field(SCORING_ALGORITHM, "AllOrNothing" if exact else "PartialScore")
    return _chosen(SEVERAL, "Multiple", question, idents, scoring, metadata, pen)


def choice_idents(choices: Sequence[Choice], *parts: str) -> list[str]:
    """An ident for each option, made of its id or text."""
    idents = DigitIdents()
    return [idents.new("choice", *parts, choice.text if choice.id is None else choice.id) for choice in choices]


def _chosen(
    kind: str,
    cardinality: str,
    question: SingleChoice | MultipleAnswer,
    idents: Sequence[str],
    scoring: str,
    metadata: str,
    pen: Pen,
) -> Body:
    plain, replies, feedback = pen.plain_texts, [], []
    for ident, choice in zip(idents, question.choices, strict=True):
        said = choice.feedback
        if said is None and choice.misconception is None:
            continue
        xml = f"&lt;p&gt;{said}&lt;/p&gt;" if said in plain and choice.misconception is None else None
        reply, shown = option_feedback(ident, pen.reply_xml(said, choice.misconception) if xml is None else xml)
        replies.append(reply)
        feedback.append(shown)
    shuffled = question.shuffle and not in_numeric_order([choice.text for choice in question.choices])
    order = choice_order(question.choices, (pen.bank.id, question.id), shuffle=question.shuffle)
    locks = pen.profile.locks and shuffled
    labels = [
        label(
            idents[index],
            option_xml(question.choices[index].text, pen),
            attributes=' lock="Yes"' if locks and question.choices[index].pin else "",
        )
        for index in order
    ]
    shuffle = ' shuffle="Yes"' if locks else ""
    responses = (
        f'<response_lid ident="{RESPONSE}" rcardinality="{cardinality}"><render_choice{shuffle}>\n'
        f"{''.join(labels)}</render_choice></response_lid>\n"
    )
    pinned = any(choice.pin for choice in question.choices)
    # The scoring stands last: a later condition takes the weight that classic has read from an earlier one.
    return Body(
        kind,
        responses,
        f"{''.join(replies)}{scoring}",
        "".join(feedback),
        metadata,
        fixed=pinned or not shuffled,
    )


def option_xml(source: str, pen: Pen) -> str:
    """An option, with a sign that it is not empty where it is only an image."""
    if source in pen.plain_texts:
        return source
    xml = pen.inline_xml(source)
    if "&lt;img" in xml and not _TAG.sub("", pen.inline(source)).strip():
        return f"{xml}{VISIBLE}"
    return xml


def true_false(question: TrueFalse, pen: Pen) -> Body:
    """A verdict. Classic asks for exactly these words; Canvas shows its own."""
    idents = DigitIdents()
    labels, replies, feedback, key = [], [], [], ""
    for verdict, word, said in ((True, "True", question.feedback_true), (False, "False", question.feedback_false)):
        ident = idents.new("verdict", word)
        right = verdict == question.answer
        reply, shown = option_feedback(ident, pen.reply_xml(said, None if right else question.misconception))
        replies.append(reply)
        feedback.append(shown)
        labels.append(label(ident, word, kind="text/plain"))
        key = ident if right else key
    responses = (
        f'<response_lid ident="{RESPONSE}" rcardinality="Single"><render_choice>\n{"".join(labels)}'
        "</render_choice></response_lid>\n"
    )
    scoring = condition(equals(key), scores("100"))
    return Body(TRUE_FALSE, responses, f"{''.join(replies)}{scoring}", "".join(feedback))
