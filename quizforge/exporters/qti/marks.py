"""Marks: how shares of the points are written so that a right response earns exactly all of them.

Scores are floating-point numbers in every player. Ten times 0.1 is less than 1 there, so shares whose sum would miss
the points are written as whole numbers, and the sum of them is divided and multiplied at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from quizforge.exporters.numbers import as_decimal, plain_number

_SHORT = 10**15
_DYADIC = 1024
_THOUSAND = 1000


def number(value: Fraction) -> str:
    """A share of the points as text: exact where it is a short decimal, else the nearest float."""
    below = value.denominator
    while below % 2 == 0:
        below //= 2
    while below % 5 == 0:
        below //= 5
    exact = below == 1 and abs(value.numerator) < _SHORT and value.denominator < _SHORT
    return plain_number(as_decimal(value) if exact else Decimal(repr(float(value))))


class Marks(NamedTuple):
    """Marks of the parts of a question.

    Attributes:
        each: What each part adds.
        top: What a right response has in all.
        divisor: By which the sum is divided before it is multiplied with the points; None where the marks are points.
    """

    each: tuple[Fraction, ...]
    top: Fraction
    divisor: int | None


def marks(shares: Sequence[Fraction], right: Sequence[int], points: Decimal) -> Marks:
    """Marks that a player sums up by a mapping.

    Args:
        shares: What each part adds, as a share; may be negative.
        right: Indices of the parts of a right response, whose shares add up to 1.
        points: Of the question.
    """
    each = tuple(share * Fraction(points) for share in shares)
    if _add_up([each[index] for index in right], float(points)):
        return Marks(each, Fraction(points), None)
    return _whole(shares, shares)


def steps(shares: Sequence[Fraction], earned: Iterable[Fraction], points: Decimal) -> Marks:
    """Marks that rules add to the score one by one.

    Whole numbers unless the points can be given in hundredths: citolab 7.27 rounds the score to three decimals after
    each step, so that thirds would not add up. It also parts thousands with a comma, so large numbers are avoided.

    Args:
        shares: What each part adds where it is right; they add up to 1.
        earned: All shares that a part may add, also where it is partly right.
        points: Of the question.
    """
    every = [*shares, *earned]
    each = tuple(share * Fraction(points) for share in shares)
    whole = _whole(shares, every)
    short = all((share * Fraction(points) * 100).denominator == 1 for share in every)
    if (short or whole.top >= _THOUSAND) and _add_up(each, float(points)):
        return Marks(each, Fraction(points), None)
    return whole


def _whole(shares: Sequence[Fraction], every: Sequence[Fraction]) -> Marks:
    divisor = lcm(*(share.denominator for share in every))
    return Marks(tuple(share * divisor for share in shares), Fraction(divisor), divisor)


def _add_up(values: Sequence[Fraction], total: float) -> bool:
    """Whether floats give the total, whatever the order in which a student ticked."""
    if len(set(values)) == 1:
        found = 0.0
        for value in values:
            found += float(value)
        return found == total
    return all((value * _DYADIC).denominator == 1 for value in values)
