"""Which questions Moodle can hold as they are, and what becomes of the others."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from quizforge.exporters.lower import Lowered, Refused, lower
from quizforge.exporters.moodle.fractions import listed, ticking_shares
from quizforge.exporters.words import Words
from quizforge.model.codes.fidelity import QUESTION_REFUSED
from quizforge.model.diagnostic import Problem
from quizforge.model.question import QUESTION_TYPES, Question
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.multiple_answer import MultipleAnswer

NATIVE: Final = frozenset(QUESTION_TYPES)
"""Moodle 4.5 has every type."""

LOWERABLE: Final = frozenset({"multiple_answer", "matching"})
"""Types that Moodle has, but not with every way of scoring."""

_ALL_OR_NOTHING: Final = NATIVE - LOWERABLE
"""Moodle adds up what single ticks and pairs earn, so these two cannot be all or nothing there."""


def admit(question: Question, *, bank: str, words: Words) -> Lowered | Refused | None:
    """How a question comes into Moodle.

    Returns:
        None where it is written as it is; else as what, or why not.
    """
    if isinstance(question, Matching) and question.scoring == "all_or_nothing":
        return lower(question, _ALL_OR_NOTHING, bank=bank, words=words)
    if isinstance(question, MultipleAnswer):
        if question.scoring == "all_or_nothing" and len(question.keys) > 1:
            return lower(question, _ALL_OR_NOTHING, bank=bank, words=words)
        if _cannot_be_added_up(question):
            message = "left out: Moodle's list lacks its credits, and inside a text they would have to add up to 100"
            problem = Problem(QUESTION_REFUSED, message, ("choices",), subject=("questions", question.id))
            return Refused(question, problem)
    return None


def _cannot_be_added_up(question: MultipleAnswer) -> bool:
    if question.scoring != "per_option":
        return False
    positive = [share for share in ticking_shares(question) if share > 0]
    return sum(positive, Fraction(0)) != 1 and any(listed(share) is None for share in positive)
