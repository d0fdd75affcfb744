"""Whether something is more than chance: tails of distributions, in plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import erfc, exp, lcm, lgamma, log, sqrt


def chi_square_tail(statistic: float, degrees: int) -> float:
    """The chance that a chi-square variable reaches a value: Q(statistic | degrees).

    The finite sums for whole degrees of freedom: Abramowitz & Stegun (1964), Handbook of Mathematical Functions,
    26.4.4 for odd and 26.4.5 for even degrees.

    Args:
        statistic: Not negative.
        degrees: Degrees of freedom, at least 1.
    """
    half = statistic / 2
    if half <= 0:
        return 1.0
    start = 0.0 if degrees % 2 == 0 else 0.5
    tail = 0.0 if degrees % 2 == 0 else erfc(sqrt(half))
    terms = (exp((start + step) * log(half) - half - lgamma(start + step + 1)) for step in range(degrees // 2))
    return min(1.0, tail + sum(terms))


def normal_tail(deviations: float) -> float:
    """The chance that a standard normal variable reaches a value: Abramowitz & Stegun (1964), 26.2.29."""
    return erfc(deviations / sqrt(2)) / 2


def run_tail(length: int, chances: Sequence[float]) -> float:
    """The chance that somewhere in a row of independent draws one value comes several times in succession.

    Computed draw by draw, over the chances that the run so far is of each length (Feller, 1968, An Introduction to
    Probability Theory and Its Applications I, chapter XIII.7, on success runs).

    Args:
        length: Of the run, at least 2.
        chances: For each draw the chance that it repeats the one before; that of the first does not matter.
    """
    if not chances or length > len(chances):
        return 0.0
    running = [1.0] + [0.0] * (length - 2)  # running[n]: no run of that length yet, and now one of n + 1
    reached = 0.0
    for repeat in chances[1:]:
        reached += running[-1] * repeat
        fresh = sum(running) * (1 - repeat)
        running = [fresh, *(chance * repeat for chance in running[:-1])]
    return reached


def longest_run(values: Sequence[int]) -> tuple[int, int]:
    """Length and first index of the longest run of equal values; (0, 0) for none."""
    best, best_start, start = 0, 0, 0
    for index, value in enumerate(values):
        if value != values[start]:
            start = index
        if index - start + 1 > best:
            best, best_start = index - start + 1, start
    return best, best_start


_MOST_STEPS = 500_000
"""So much work is an exact distribution worth: 700 questions in each of which one option is picked."""


def picking_tail(found: Fraction, picks: Sequence[tuple[int, int]]) -> float:
    """The chance that random keys are found so often by a strategy that picks some of the options.

    A strategy that picks m options of k and then draws one of them finds a random key with chance 1/k: with chance
    m/k the key is among them, which counts 1/m. The distribution is computed exactly for hundreds of questions, and by
    the normal law of the same mean and variance for thousands, or where odd numbers of options are picked.

    Args:
        found: Sum of 1/m over the questions whose key was among the m picked.
        picks: For each question the number picked, at least 1, and the number of options.
    """
    unit = lcm(*{picked for picked, _ in picks})
    if len(picks) ** 2 * unit > _MOST_STEPS:
        mean = sum(1 / options for _, options in picks)
        variance = sum(1 / (picked * options) - 1 / options**2 for picked, options in picks)
        reached = float(found - Fraction(1, 2 * unit))  # the continuity correction: half of the smallest step
        return normal_tail((reached - mean) / sqrt(variance)) if variance > 0 else 1.0
    chances = {0: 1.0}
    for picked, options in picks:
        gain, chance = unit // picked, picked / options
        grown = {total: weight * (1 - chance) for total, weight in chances.items()}
        for total, weight in chances.items():
            grown[total + gain] = grown.get(total + gain, 0.0) + weight * chance
        chances = grown
    return min(1.0, sum(weight for total, weight in chances.items() if total >= found * unit))
