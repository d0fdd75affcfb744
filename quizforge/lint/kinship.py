"""Questions that their author keeps apart."""

from __future__ import annotations

from quizforge.model.question import Question


def kin(one: Question, other: Question) -> bool:
    """Whether two questions never meet in one exam: members of one family, or enemies by the word of either."""
    family = one.family is not None and one.family == other.family
    return family or other.id in one.enemies or one.id in other.enemies
