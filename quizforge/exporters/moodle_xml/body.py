"""What a question type adds to the common elements of a Moodle question."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from quizforge.exporters.moodle_xml.numbers import plain_number
from quizforge.exporters.moodle_xml.pen import Pen
from quizforge.model.codes.fidelity import POINTS_DIFFER
from quizforge.model.questions.base import BaseQuestion

_DEFAULT_PENALTY = "0.3333333"


@dataclass(frozen=True, slots=True)
class Body:
    """The part of a question that depends on its type.

    Attributes:
        kind: Moodle's name of the type.
        stem: HTML of the question text, without the scenario; None where it is the rendered stem.
        answers: Elements behind the common ones.
        parts: Whether hints can tell how many parts are right.
        points: ``defaultgrade``; None where Moodle takes none.
        penalty: Share that each further try costs.
    """

    kind: str
    answers: str
    points: str | None
    penalty: str
    parts: bool = False
    stem: str | None = None


def scored(kind: str, question: BaseQuestion, answers: str, *, parts: bool = False) -> Body:
    """The body of a question whose mark Moodle takes as it is."""
    return Body(kind, answers, plain_number(question.max_points), penalty_of(question), parts)


def penalty_of(question: BaseQuestion) -> str:
    """The author's penalty, else Moodle's usual third."""
    return _DEFAULT_PENALTY if question.penalty is None else plain_number(question.penalty)


def combined_feedback(question: BaseQuestion, pen: Pen) -> str:
    """Feedback on right, partly right and wrong responses."""
    return (
        f'<correctfeedback format="html">{pen.text(question.feedback_correct)}</correctfeedback>\n'
        f'<partiallycorrectfeedback format="html">{pen.text(question.feedback_partial)}</partiallycorrectfeedback>\n'
        f'<incorrectfeedback format="html">{pen.text(question.feedback_incorrect)}</incorrectfeedback>\n'
    )


def report_points(points: Decimal, marks: int, pen: Pen) -> None:
    """Say that a question with gaps has another mark in Moodle."""
    message = f"Moodle gives {marks} points instead of {plain_number(points)}: gaps have whole marks"
    pen.report(POINTS_DIFFER, message, hint="set the question's mark in the quiz; the shares are the same")
