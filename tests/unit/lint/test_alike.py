"""Sets that are nearly equal, against comparing each with each."""

from __future__ import annotations

import time
from fractions import Fraction
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from quizforge.lint.alike import Alike, shingles

SETS = st.lists(st.lists(st.sampled_from("abcdefgh"), max_size=12).map(lambda text: shingles(text, 2)), max_size=12)


@given(SETS, st.sampled_from([Fraction(1, 10), Fraction(1, 2), Fraction(4, 5), Fraction(1)]))
def test_finds_what_comparing_all_finds(sets: list[tuple[tuple[str, ...], ...]], threshold: Fraction) -> None:
    """Every pair that is alike, with its share, and no other."""
    found = {(later, earlier): share for later, twins in enumerate(Alike(sets, threshold)) for earlier, share in twins}
    every = {
        (later, earlier): Fraction(len({*sets[later]} & {*sets[earlier]}), len({*sets[later]} | {*sets[earlier]}))
        for earlier, later in combinations(range(len(sets)), 2)
        if sets[later] and sets[earlier]
    }

    assert found == {pair: share for pair, share in every.items() if share >= threshold}


def test_order_of_sets_does_not_hang_on_a_hash() -> None:
    """Twins are told in the order of the sets."""
    sets = [shingles(["a", "b", "c", "d"])] * 4

    assert [[index for index, _ in twins] for twins in Alike(sets, Fraction(1))] == [[], [0], [0, 1], [0, 1, 2]]


def test_hostile_banks_take_linear_time() -> None:
    """20,000 equal sets; 20,000 that share nearly enough with all others. Quadratic time would take minutes."""
    common = [f"w{number}" for number in range(30)]
    equal = [shingles(common)] * 20_000
    near = [shingles([*common, *(f"{number}-{place}" for place in range(10))]) for number in range(20_000)]

    for sets in (equal, near):
        began = time.process_time()
        for twins in Alike(sets, Fraction(4, 5)):
            next(twins, None)
        assert time.process_time() - began < 60
