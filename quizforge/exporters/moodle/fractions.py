"""The fractions that Moodle knows, and how a share of the points is brought to one of them.

Moodle refuses any other fraction for multiple choice, short answer and numerical questions
(``question/engine/bank.php``, 4.5); what differs from a listed one by less than 0.00001 counts as it.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from quizforge.exporters.numbers import plain_number
from quizforge.model.questions.multiple_answer import MultipleAnswer

LISTED: tuple[tuple[Fraction, str], ...] = (
    (Fraction(1), "100"),
    (Fraction(9, 10), "90"),
    (Fraction(5, 6), "83.33333"),
    (Fraction(4, 5), "80"),
    (Fraction(3, 4), "75"),
    (Fraction(7, 10), "70"),
    (Fraction(2, 3), "66.66667"),
    (Fraction(3, 5), "60"),
    (Fraction(1, 2), "50"),
    (Fraction(2, 5), "40"),
    (Fraction(1, 3), "33.33333"),
    (Fraction(3, 10), "30"),
    (Fraction(1, 4), "25"),
    (Fraction(1, 5), "20"),
    (Fraction(1, 6), "16.66667"),
    (Fraction(1, 7), "14.28571"),
    (Fraction(1, 8), "12.5"),
    (Fraction(1, 9), "11.11111"),
    (Fraction(1, 10), "10"),
    (Fraction(1, 20), "5"),
    (Fraction(0), "0"),
)
"""Shares in falling order, with the percentage as Moodle's importer expects it."""

_SAME = Fraction(1, 100_000)


def listed(share: Fraction) -> str | None:
    """The percentage for a share that is in the list, else None.

    Args:
        share: -1 to 1.
    """
    size = abs(share)
    for value, percent in LISTED:
        if abs(size - value) < _SAME:
            return f"-{percent}" if share < 0 and value else percent
    return None


def not_above(share: Fraction) -> str:
    """The largest percentage in the list that does not exceed a share.

    Args:
        share: -1 to 1. A negative share gives a negative percentage of at least its size.
    """
    exact = listed(share)
    if exact is not None:
        return exact
    if share > 0:
        return next(percent for value, percent in LISTED if value < share)
    return "-" + next(percent for value, percent in reversed(LISTED) if value > -share)


def ticking_shares(question: MultipleAnswer) -> list[Fraction]:
    """What ticking each option adds to the share of the points, so that Moodle's sum is the question's score.

    Not for ``all_or_nothing`` with several keys, which no sum can express.
    """
    keys, others = len(question.keys), len(question.choices) - len(question.keys)
    if question.scoring == "per_option":
        return [question.credit_of(index) for index in range(len(question.choices))]
    wrong = Fraction(-1, others if question.scoring == "ratio" else keys) if others else Fraction(0)
    return [Fraction(1, keys) if choice.correct else wrong for choice in question.choices]


def decimal_percent(share: Fraction) -> str:
    """A percentage with at most five places, rounded downwards: for cloze gaps, which take any.

    Moodle keeps seven places of a fraction, which are five of a percentage.
    """
    return plain_number(Decimal(share.numerator * 10_000_000 // share.denominator).scaleb(-5))


def credit_percent(credit: Decimal) -> tuple[str, bool]:
    """A credit in per cent as a fraction of Moodle: clipped at nothing, and never more than it is.

    Returns:
        The percentage, and whether it is less than the credit.
    """
    share = max(Fraction(credit) / 100, Fraction(0))
    exact = listed(share)
    return (not_above(share), True) if exact is None else (exact, False)
