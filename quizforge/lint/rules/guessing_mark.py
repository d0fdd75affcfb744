"""An exam that blind guessing takes too far.

What:
    Whoever answers everything blindly earns on average more than the limit `guess_mark` of all points. The mean is
    exact: it follows each type's scoring, partial credit and points; typed answers count as nothing. Only looked at
    from `exam_items` questions on.
Why:
    The points that guessing gives tell nothing, and they press all marks together above the floor that they make:
    luck decides more, and a pass mark near the floor passes luck alone.
Flagged:
    lint: {limits: {exam_items: 3}}
    questions:
      - {id: whale, type: true_false, stem: A whale is a mammal., answer: true}
      - {id: penguin, type: true_false, stem: A penguin is a bird., answer: true}
      - {id: bat, type: true_false, stem: A bat is a bird., answer: false}
Instead:
    lint: {limits: {exam_items: 3}}
    questions:
      - {id: whale, type: short_answer, stem: To which class of vertebrates do whales belong?, answers: [mammals]}
      - {id: penguin, type: true_false, stem: A penguin is a bird., answer: true}
      - {id: bat, type: short_answer, stem: To which class of vertebrates do bats belong?, answers: [mammals]}
Source:
    Lord (1980), Applications of Item Response Theory to Practical Testing Problems, chapter 15; Rodriguez (2005), Three
    options are optimal for multiple-choice items, Educational Measurement: Issues and Practice 24(2), 3-13: an exam of
    three-option items, at 1/3, is within the default limit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from quizforge.lint.item import Item
from quizforge.lint.rule import BankRule, Collection, Limits, limits
from quizforge.model.diagnostic import Code, Problem

CODE = Code("QF408", "guessing-mark", "warning", "An exam that blind guessing takes too far.")


def _check(collection: Collection, given: Limits) -> Iterator[Problem]:
    if len(collection.graded) < given["exam_items"]:
        return
    expected = expected_mark(collection.graded)
    if expected is not None and expected > Fraction(given["guess_mark"]):
        limit = given["guess_mark"]
        yield collection.problem(
            CODE,
            f"blind guessing earns {float(expected):.0%} of the points on average; {limit:.0%} is the limit",
            hint="use fewer true-false questions, more options, or answers that have to be typed",
        )


def expected_mark(items: Iterable[Item]) -> Fraction | None:
    """The share of all points that blind guessing earns on average; None where there are no points."""
    total, earned = Fraction(0), Fraction(0)
    for item in items:
        points = Fraction(item.question.max_points)
        total += points
        earned += points * item.question.expected_guess()
    return earned / total if total else None


RULE = BankRule(CODE, _check, __doc__, basis="exact", limits=limits(exam_items=10, guess_mark="0.35"))
