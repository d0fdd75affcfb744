"""What a question type adds to the common elements of a Moodle question."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from quizforge.exporters.manifest import Texts
from quizforge.exporters.moodle_xml.pen import EMPTY, Pen
from quizforge.exporters.numbers import plain_number
from quizforge.model.codes.fidelity import POINTS_DIFFER
from quizforge.model.questions.base import BaseQuestion

_DEFAULT_PENALTY = "0.3333333"
_COMBINED = (
    '<correctfeedback format="html">{}</correctfeedback>\n'
    '<partiallycorrectfeedback format="html">{}</partiallycorrectfeedback>\n'
    '<incorrectfeedback format="html">{}</incorrectfeedback>\n'
)
_NO_COMBINED = _COMBINED.format(EMPTY, EMPTY, EMPTY)


Options = Mapping[str, Texts]
"""Options by the field that holds them, in the order of the bank."""

NO_OPTIONS: Options = MappingProxyType({})


class Body(NamedTuple):
    """The part of a question that depends on its type; a tuple, since one is made for every question.

    Attributes:
        kind: Moodle's name of the type.
        answers: Elements behind the common ones.
        points: ``defaultgrade``; None where Moodle takes none.
        penalty: Share that each further try costs.
        parts: Whether hints can tell how many parts are right.
        stem: HTML of the question text, without the scenario; None where it is the rendered stem.
        options: For the manifest.
    """

    kind: str
    answers: str
    points: str | None
    penalty: str
    parts: bool = False
    stem: str | None = None
    options: Options = NO_OPTIONS


def scored(
    kind: str, question: BaseQuestion, answers: str, *, parts: bool = False, options: Options = NO_OPTIONS
) -> Body:
    """The body of a question whose mark Moodle takes as it is."""
    points = "1" if question.points is None else plain_number(question.points)
    return Body(kind, answers, points, penalty_of(question), parts, None, options)


def penalty_of(question: BaseQuestion) -> str:
    """The author's penalty, else Moodle's usual third."""
    return _DEFAULT_PENALTY if question.penalty is None else plain_number(question.penalty)


def combined_feedback(question: BaseQuestion, pen: Pen) -> str:
    """Feedback on right, partly right and wrong responses."""
    right, partly, wrong = question.feedback_correct, question.feedback_partial, question.feedback_incorrect
    if right is partly is wrong is None:
        return _NO_COMBINED
    return _COMBINED.format(pen.text(right), pen.text(partly), pen.text(wrong))


def report_points(points: Decimal, marks: int, pen: Pen) -> None:
    """Say that a question with gaps has another mark in Moodle."""
    message = f"Moodle gives {marks} points instead of {plain_number(points)}: gaps have whole marks"
    pen.report(POINTS_DIFFER, message, hint="set the question's mark in the quiz; the shares are the same")
