"""What blind ticking earns on average, where each option is ticked or not with equal chance.

Every function takes linear time but for :func:`per_option_guess`, whose cost has a ceiling.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import lcm

MOST_SUMS = 1 << 16
"""Most different sums of credits that are told apart; no sane question comes near."""


def plus_minus_guess(right: int, wrong: int) -> Fraction:
    """The mean of max(0, c - w)/C for random ticks.

    c + (W - w) counts fair coins and is binomial with C + W of them, so that one sum is enough.

    Args:
        right: C, the number of keys, at least 1.
        wrong: W, the number of other options.
    """
    ways = _binomials(right + wrong)
    gained = sum(count * (heads - wrong) for heads, count in enumerate(ways) if heads > wrong)
    return Fraction(gained, right << (right + wrong))


def ratio_guess(right: int, wrong: int) -> Fraction:
    """The mean of max(0, c/C - w/W) for random ticks.

    Args:
        right: C, the number of keys, at least 1.
        wrong: W, the number of other options, at least 1.
    """
    gained, below, ways_below, ticked_below = 0, 0, 0, 0
    wrongs = list(_binomials(wrong))
    for count, ways in enumerate(_binomials(right)):
        while below <= wrong and below * right < count * wrong:  # the w that leave something of c
            ways_below += wrongs[below]
            ticked_below += below * wrongs[below]
            below += 1
        gained += ways * (count * wrong * ways_below - right * ticked_below)
    return Fraction(gained, (right * wrong) << (right + wrong))


def per_option_guess(earned: Sequence[Fraction]) -> Fraction:
    """The mean of the clipped sum of credits for random ticks.

    Args:
        earned: What ticking each option adds, as a share of the points.

    Returns:
        Exact for up to 16 options, and for more of them as long as the sums stay few; credits that make more than
        ``MOST_SUMS`` different sums are rounded to a grid.
    """
    unit = lcm(*(credit.denominator for credit in earned))
    steps = [int(credit * unit) for credit in earned]
    span = sum(map(abs, steps))
    cells = MOST_SUMS // max(1, len(steps) // 16)
    if len(steps) > 16 and span > cells:  # 16 options have at most MOST_SUMS subsets
        unit = max(1, unit * cells // span)
        steps = [round(credit * unit) for credit in earned]
    ways = {0: 1}
    for step in steps:
        grown = dict(ways)
        for total, count in ways.items():
            grown[total + step] = grown.get(total + step, 0) + count
        ways = grown
    gained = sum(min(max(total, 0), unit) * count for total, count in ways.items())  # clipped to 0..1, in units
    return Fraction(gained, unit << len(steps))


def _binomials(count: int) -> Iterator[int]:
    """The binomial coefficients of a row of Pascal's triangle, in order."""
    value = 1
    for place in range(count + 1):
        yield value
        value = value * (count - place) // (place + 1)
