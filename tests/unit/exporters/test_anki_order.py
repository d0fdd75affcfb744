from __future__ import annotations

import time
from itertools import pairwise

import pytest

from quizforge.exporters.anki.note import DeckName, Note
from quizforge.exporters.anki.order import SPACING, due_positions, spread


def _note(rank: int, deck: DeckName = "questions", cards: int = 1, siblings: tuple[str, ...] = ()) -> Note:
    return Note(
        "cloze", "questions", "b", "q", "", deck=deck, ordinals=tuple(range(cards)), rank=rank,
        siblings=siblings,
    )  # fmt: skip


def test_nothing_moves_without_siblings() -> None:
    """Cards with nothing in common keep their order."""
    assert spread([()] * 5 + [("a",)] + [()] * 3) == list(range(9))


def test_siblings_are_kept_apart() -> None:
    """Between two siblings stand the asked-for number of others, and nobody is lost or overtaken by a sibling."""
    keys = [("a",), ("a",), ("b",), ("a", "b"), *[()] * 20]

    order = spread(keys)

    assert sorted(order) == list(range(24))
    for name in ("a", "b"):
        places = [place for place, index in enumerate(order) if name in keys[index]]
        assert all(later - earlier > SPACING for earlier, later in pairwise(places))
    assert [index for index in order if "a" in keys[index]] == [0, 1, 3]


def test_siblings_meet_where_nothing_is_between() -> None:
    """A deck of one family is written all the same."""
    assert spread([("a",)] * 6) == [0, 1, 2, 3, 4, 5]


def test_the_order_takes_linear_time() -> None:
    """Ten thousand siblings of one family are ordered at once."""
    began = time.process_time()

    assert len(spread([("a",)] * 10_000 + [()] * 100)) == 10_100
    assert time.process_time() - began < 2


def test_concepts_come_first_and_in_their_order() -> None:
    """By rank; within a rank the concept, then flashcards, questions and long answers."""
    notes = [
        _note(1, "concepts"),
        _note(0, "long_answers"),
        _note(0, "questions"),
        _note(0, "flashcards"),
        _note(0, "concepts"),
    ]

    dues = [positions[0] for positions in due_positions(notes)]

    assert sorted(range(5), key=dues.__getitem__) == [4, 3, 2, 1, 0]


def test_cards_of_one_note_are_siblings() -> None:
    """The second card of a note waits for others."""
    notes = [_note(0, cards=2), *[_note(0)] * 6]

    first, second = due_positions(notes)[0]

    others = [positions[0] for positions in due_positions(notes)[1:]]
    assert sum(first < other < second for other in others) == SPACING


def test_positions_leave_room_and_hold_on_to_the_concept() -> None:
    """A card more for the first concept leaves the positions of the second as they were."""
    before = due_positions([_note(0)] * 3 + [_note(1)] * 3)
    after = due_positions([_note(0)] * 4 + [_note(1)] * 3)

    assert before[3:] == after[4:]
    assert before[2][0] < after[3][0] < after[4][0]


@pytest.mark.parametrize("count", [1, 150_000])
def test_positions_are_distinct_and_within_what_anki_keeps(count: int) -> None:
    """Check Database moves cards beyond position 1,000,000."""
    dues = [positions[0] for positions in due_positions([_note(2000)] * count)]

    assert len(set(dues)) == count
    assert max(dues) <= 1_000_000
