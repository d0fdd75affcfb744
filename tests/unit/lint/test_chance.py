"""Tails of distributions, against published tables and against counting every case."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from quizforge.lint.chance import chi_square_tail, longest_run, normal_tail, picking_tail, run_tail


@pytest.mark.parametrize(
    ("statistic", "degrees", "chance"),
    [(3.841, 1, 0.05), (6.635, 1, 0.01), (9.210, 2, 0.01), (7.815, 3, 0.05), (18.307, 10, 0.05), (135.807, 100, 0.01)],
)
def test_chi_square_has_the_values_of_the_tables(statistic: float, degrees: int, chance: float) -> None:
    """Critical values of the chi-square distribution: NIST/SEMATECH e-Handbook, 1.3.6.7.4."""
    assert chi_square_tail(statistic, degrees) == pytest.approx(chance, rel=2e-3)


def test_chi_square_keeps_within_bounds() -> None:
    """Large statistics and many degrees neither overflow nor leave 0 to 1."""
    assert chi_square_tail(0, 3) == 1
    assert chi_square_tail(2000, 2000) == pytest.approx(0.496, abs=1e-3)
    assert 0 <= chi_square_tail(1e6, 3) < 1e-300
    assert chi_square_tail(1, 5001) == pytest.approx(1)


def test_normal_tail_has_the_values_of_the_tables() -> None:
    """Critical values of the normal distribution: NIST/SEMATECH e-Handbook, 1.3.6.7.1."""
    assert normal_tail(1.645) == pytest.approx(0.05, rel=1e-3)
    assert normal_tail(2.326) == pytest.approx(0.01, rel=1e-3)
    assert normal_tail(0) == 0.5


@pytest.mark.parametrize("length", [2, 3, 4, 7])
def test_run_tail_is_the_share_of_all_rows(length: int) -> None:
    """Rows of seven keys among three positions, each counted."""
    rows = list(product(range(3), repeat=7))
    share = sum(longest_run(row)[0] >= length for row in rows) / len(rows)

    assert run_tail(length, [1 / 3] * 7) == pytest.approx(share)


def test_run_longer_than_the_row_cannot_come() -> None:
    """There is no run of five in four."""
    assert run_tail(5, [1 / 3] * 4) == 0
    assert run_tail(2, []) == 0


def test_longest_run_is_the_first_of_several() -> None:
    """Length and beginning."""
    assert longest_run([1, 2, 2, 0, 0, 1]) == (2, 1)
    assert longest_run([3]) == (1, 0)
    assert longest_run([]) == (0, 0)


def test_picking_tail_is_the_share_of_all_keys() -> None:
    """Three questions with 2, 3 and 4 options, of which 1, 2 and 1 are picked: every placing of the keys counted."""
    picks = [(1, 2), (2, 3), (1, 4)]
    found = [
        sum((Fraction(1, picked) for key, (picked, _) in zip(keys, picks, strict=True) if key < picked), Fraction(0))
        for keys in product(*(range(options) for _, options in picks))
    ]

    for value in (Fraction(0), Fraction(1, 2), Fraction(1), Fraction(3, 2), Fraction(5, 2)):
        share = sum(each >= value for each in found) / len(found)
        assert picking_tail(value, picks) == pytest.approx(share)


def test_normal_law_meets_the_exact_one() -> None:
    """At 708 questions, where the one takes over from the other, both say nearly the same."""
    exact = picking_tail(Fraction(200), [(1, 4)] * 707)
    approximate = picking_tail(Fraction(200), [(1, 4)] * 708)

    assert exact == pytest.approx(approximate, rel=0.03)
    assert 0.02 < exact < 0.03


def test_odd_numbers_of_picked_options_take_no_time() -> None:
    """The least common multiple of the numbers picked may be astronomically large."""
    assert 0 < picking_tail(Fraction(3), [(picked, picked + 1) for picked in range(1, 50)]) < 1
