"""The order in which new cards are met: prerequisites first, siblings apart."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from quizforge.exporters.anki.note import DeckName, Note

SPACING = 4
"""So many other cards come between two siblings, where there are others."""

_LOOK_AHEAD = 8  # how many waiting cards are tried at each step, so that the order takes linear time
_PER_CONCEPT = 1000
_GAP = 10
_MAX_DUE = 1_000_000  # Check Database moves a new card with a higher position
_GROUPS: Mapping[DeckName, int] = MappingProxyType(
    {"concepts": 0, "flashcards": 1, "questions": 2, "long_answers": 3, "retired": 4}
)


def due_positions(notes: Sequence[Note]) -> list[tuple[int, ...]]:
    """Positions of the cards in the queue of new cards.

    A card comes after the concepts that it needs, a concept before its flashcards and these before
    its questions. Positions leave gaps, and they depend on the concept more than on the number of
    cards before: a card that is added later is queued among its own, though the old ones keep their place.

    Args:
        notes: In the order of the files.

    Returns:
        For each note the positions of its cards, in the order of its ordinals.
    """
    cards = [
        (note.rank, _GROUPS[note.deck], index, place)
        for index, note in enumerate(notes)
        for place in range(len(note.ordinals))
    ]
    cards.sort()
    order = spread([_shared(notes[index], index) for _, _, index, _ in cards])
    dues = _positions([cards[at][0] for at in order])
    found: list[list[int]] = [[0] * len(note.ordinals) for note in notes]
    for at, due in zip(order, dues, strict=True):
        _, _, index, place = cards[at]
        found[index][place] = due
    return [tuple(positions) for positions in found]


def spread(shared: Sequence[tuple[str, ...]]) -> list[int]:
    """Indices in an order that keeps those with something in common apart.

    Args:
        shared: What each has in common with others.

    Returns:
        The order as it was, but that one which would stand within :data:`SPACING` of a sibling waits until
        it does not. Where nothing else is left, siblings meet.
    """
    order: list[int] = []
    last: dict[str, int] = {}
    waiting: deque[int] = deque()

    def is_free(index: int) -> bool:
        return all(len(order) - last.get(key, -SPACING - 1) > SPACING for key in shared[index])

    def take(index: int) -> None:
        last.update(dict.fromkeys(shared[index], len(order)))
        order.append(index)

    def first_free() -> int | None:
        return next((at for at in range(min(_LOOK_AHEAD, len(waiting))) if is_free(waiting[at])), None)

    for index, keys in enumerate(shared):
        while waiting and (at := first_free()) is not None:
            take(waiting[at])
            del waiting[at]
        if keys and not is_free(index):
            waiting.append(index)
        else:
            take(index)
    while waiting:
        at = first_free() or 0
        take(waiting[at])
        del waiting[at]
    return order


def _shared(note: Note, index: int) -> tuple[str, ...]:
    if len(note.ordinals) == 1:
        return note.siblings
    return (f"note {index}", *note.siblings)


def _positions(ranks: Sequence[int]) -> Sequence[int]:
    positions: list[int] = []
    previous = 0
    for rank in ranks:
        previous = max(previous + _GAP, rank * _PER_CONCEPT + _GAP)
        positions.append(previous)
    return positions if previous <= _MAX_DUE else range(1, len(ranks) + 1)
