"""Which questions Open edX can hold, and what becomes of the others."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import Final

from quizforge.exporters.lower import Lowered, Refused, lower
from quizforge.exporters.words import Words
from quizforge.model.codes.fidelity import QUESTION_REFUSED
from quizforge.model.diagnostic import Problem
from quizforge.model.question import Question
from quizforge.model.questions.cloze import Cloze
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.questions.ordering import Ordering

NATIVE: Final = frozenset(
    {
        "single_choice",
        "multiple_answer",
        "true_false",
        "short_answer",
        "numerical",
        "matching",
        "cloze",
        "information",
    }
)
"""capa has neither essays nor orderings; open response assessments are a component of their own."""


def admit(question: Question, *, bank: str, words: Words) -> Lowered | Refused:
    """How a question comes into Open edX: as it is, as another type, or not at all."""
    if isinstance(question, Cloze) and len({blank.weight for blank in question.blanks.values()}) > 1:
        message = "left out: all gaps of a problem weigh the same in Open edX"
        problem = Problem(QUESTION_REFUSED, message, ("blanks",), subject=("questions", question.id))
        return Refused(question, problem)
    whole = isinstance(question, Matching | Ordering) and question.scoring == "all_or_nothing"
    return lower(question, NATIVE - {"matching"} if whole else NATIVE, bank=bank, words=words)


def takes_halves(question: MultipleAnswer) -> bool:
    """Whether capa's ``halves`` gives some partial credit and never more than the question does.

    One error then earns 1/2 from three options on, two errors 1/4 from five on, more earn nothing
    (``responsetypes.py``, ``grade_via_halves``); ticking nothing earns nothing.
    """
    count = len(question.choices)
    if question.scoring == "all_or_nothing" or count < 3:
        return False
    errors: list[tuple[tuple[int, ...], Fraction]] = [((index,), Fraction(1, 2)) for index in range(count)]
    if count > 4:
        errors += [(pair, Fraction(1, 4)) for pair in combinations(range(count), 2)]
    for changed, earned in errors:
        response = question.keys ^ frozenset(changed)
        if response and question.score(response) < earned:
            return False
    return True
