"""Where keys stand: level counts, short runs, as far as fixed keys allow."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quizforge.assembly.dice import Dice
from quizforge.assembly.keys import KeySlot, balanced, counts, longest_run

_FREE = KeySlot(4, (0, 1, 2, 3))


@given(st.integers(0, 60), st.integers(2, 6), st.integers(0, 1000))
def test_free_keys_are_level_and_never_four_in_a_row(count: int, options: int, seed: int) -> None:
    """Where every key can move, counts differ by one at most; with three places or more no run is longer than three."""
    slots = [KeySlot(options, tuple(range(options)))] * count
    keys = balanced(slots, Dice(seed, "test"))

    for held in counts(slots, keys).values():
        assert max(held) - min(held) <= 1
    assert longest_run(keys) <= 3


def test_fixed_keys_are_made_up_for() -> None:
    """Keys that cannot move count, and the others fill the places that these leave."""
    slots = [KeySlot(4, (0,))] * 3 + [_FREE] * 9
    keys = balanced(slots, Dice(7, "test"))

    assert keys[:3] == [0, 0, 0]
    assert counts(slots, keys) == {4: (3, 3, 3, 3)}


def test_a_chain_of_moves_levels_what_no_single_move_can() -> None:
    """Keys that may stand at two places only pass on what one place has too much."""
    slots = [KeySlot(3, (0, 1))] * 4 + [KeySlot(3, (1, 2))] * 2
    for seed in range(20):
        keys = balanced(slots, Dice(seed, "test"))
        assert counts(slots, keys) == {3: (2, 2, 2)}


@given(st.lists(st.sampled_from([_FREE, KeySlot(4, (1,)), KeySlot(4, (2, 3)), KeySlot(3, (0, 1, 2))]), max_size=40))
def test_keys_stand_where_they_may(slots: list[KeySlot]) -> None:
    """No key is put where its question does not allow it."""
    keys = balanced(slots, Dice(1, "test"))

    assert all(key in slot.places for key, slot in zip(keys, slots, strict=True))


def test_dice_are_the_same_everywhere() -> None:
    """The stream of a seed is fixed for ever: forms that were printed must come out again."""
    dice = Dice(2026, "search")

    assert [dice.below(1000) for _ in range(8)] == [800, 746, 132, 281, 388, 830, 630, 263]
