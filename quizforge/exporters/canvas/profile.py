"""The two readers of Canvas, and where they differ."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """What one reader makes of things that the other makes less of.

    Attributes:
        weights: Whether an option can earn part of the points.
        exact: Whether several answers or all pairs can be all or nothing.
        order: Whether there are ordering questions.
        case: Whether letter case can matter in a typed answer.
        mixed: Whether blanks to type and to choose can stand in one question.
        locks: Whether each question says if its options are shuffled, and which of them stay.
        notes: Whether what the grader reads is kept apart from what students see.
        pair_feedback: Whether a pair of a matching question has feedback of its own.
        rights_are_html: Whether the right side of a pair is read as HTML.
    """

    weights: bool
    exact: bool
    order: bool
    case: bool
    mixed: bool
    locks: bool
    notes: bool
    pair_feedback: bool
    rights_are_html: bool


CLASSIC = Profile(
    weights=False,
    exact=False,
    order=False,
    case=False,
    mixed=False,
    locks=False,
    notes=False,
    pair_feedback=True,
    rights_are_html=False,
)

NEW_QUIZZES = Profile(
    weights=True,
    exact=True,
    order=True,
    case=True,
    mixed=True,
    locks=True,
    notes=True,
    pair_feedback=False,
    rights_are_html=True,
)
