"""Questions with several keys on which ticking every option pays.

What:
    Whoever ticks every option of every `multiple_answer` question earns more than the limit `tick_all_mark` of their
    points, `tick_items` such questions at least. A single question on which it earns half or more is QF136.
Why:
    Ticking everything shows no knowledge. Where keys are more than half of the options, the default scoring pays for
    it; students find that out soon, and tell each other.
Flagged:
    lint: {limits: {tick_items: 1}}
    questions:
      - id: primes
        type: multiple_answer
        stem: Which of these numbers are prime?
        choices:
          - {text: "2", correct: true}
          - {text: "3", correct: true}
          - {text: "5", correct: true}
          - "8"
          - "9"
Instead:
    lint: {limits: {tick_items: 1}}
    questions:
      - id: primes
        type: multiple_answer
        scoring: ratio
        stem: Which of these numbers are prime?
        choices:
          - {text: "2", correct: true}
          - {text: "3", correct: true}
          - {text: "5", correct: true}
          - "8"
          - "9"
Source:
    Betts, Muntean, Kim & Kao (2022), Evaluating different scoring methods for multiple response items providing partial
    credit, Educational and Psychological Measurement 82(1), 151-176.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from quizforge.lint.item import Item
from quizforge.lint.rule import BankRule, Collection, Limits, limits
from quizforge.model.diagnostic import Code, Problem
from quizforge.model.questions.multiple_answer import MultipleAnswer

CODE = Code(
    "QF409", "ticking-everything-mark", "warning", "Questions with several keys on which ticking every option pays."
)


def _check(collection: Collection, given: Limits) -> Iterator[Problem]:
    count, earned = ticking_everything(collection.graded)
    if count >= given["tick_items"] and earned is not None and earned > Fraction(given["tick_all_mark"]):
        yield collection.problem(
            CODE,
            f"ticking every option of the {count} questions of type multiple_answer earns {float(earned):.0%} of their "
            f"points; {given['tick_all_mark']:.0%} is the limit",
            hint="add wrong options, or use 'scoring: ratio', under which it earns nothing",
        )


def ticking_everything(items: Iterable[Item]) -> tuple[int, Fraction | None]:
    """How many questions ask for ticks, and what share of their points ticking everything earns.

    Returns:
        The count, and the share or None where there are no points.
    """
    count, total, earned = 0, Fraction(0), Fraction(0)
    for item in items:
        question = item.question
        if not isinstance(question, MultipleAnswer) or not question.keys:
            continue
        if question.scoring == "ratio" and len(question.keys) == len(question.choices):
            continue  # an error of its own: there is nothing to divide by
        count += 1
        points = Fraction(question.max_points)
        total += points
        earned += points * question.score(frozenset(range(len(question.choices))))
    return count, earned / total if total else None


RULE = BankRule(CODE, _check, __doc__, basis="exact", limits=limits(tick_items=5, tick_all_mark="0.25"))
