"""Where the keys of a form stand: at each place about as often, and never many times in a row.

Questions with the same number of options share their places. Counts are levelled along chains of questions that can
move (an optimal semi-matching: Harvey, Ladner, Lovász and Tamir, J. Algorithms 59(1), 2006); runs are then broken by
exchanging the places of two questions, which changes no count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from quizforge.assembly.dice import Dice

LONGEST_RUN = 3


@dataclass(frozen=True, slots=True)
class KeySlot:
    """One question whose key can stand in some places.

    Attributes:
        options: How many options it has.
        places: Where its key may stand, ascending; one place where the key cannot move.
    """

    options: int
    places: tuple[int, ...]


def balanced(slots: Sequence[KeySlot], dice: Dice) -> list[int]:
    """A place for each key.

    Args:
        slots: In the order of the form.
        dice: Breaks ties.

    Returns:
        Places whose counts differ by 1 at most within one number of options, and with no run longer than
        three, as far as the fixed keys allow it.
    """
    keys = [slot.places[dice.below(len(slot.places))] for slot in slots]
    for options in sorted({slot.options for slot in slots}):
        _level([at for at, slot in enumerate(slots) if slot.options == options], slots, keys, options, dice)
    _break_runs(slots, keys, dice)
    return keys


def counts(slots: Sequence[KeySlot], keys: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """How often the key stands at each place, by number of options."""
    found: dict[int, Counter[int]] = {}
    for slot, key in zip(slots, keys, strict=True):
        found.setdefault(slot.options, Counter())[key] += 1
    return {options: tuple(found[options][place] for place in range(options)) for options in sorted(found)}


def longest_run(keys: Sequence[int]) -> int:
    """The length of the longest stretch of equal keys."""
    longest = run = 0
    for at, key in enumerate(keys):
        run = run + 1 if at and keys[at - 1] == key else 1
        longest = max(longest, run)
    return longest


def _level(group: Sequence[int], slots: Sequence[KeySlot], keys: list[int], options: int, dice: Dice) -> None:
    while True:
        held = Counter(keys[at] for at in group)
        chain = _chain(group, slots, keys, [held[place] for place in range(options)], dice)
        if not chain:
            return
        for at, place in chain:
            keys[at] = place


def _chain(
    group: Sequence[int], slots: Sequence[KeySlot], keys: Sequence[int], held: Sequence[int], dice: Dice
) -> list[tuple[int, int]]:
    """Moves that bring one key from a full place to one that has at least two fewer; empty where none do."""
    for start in sorted(range(len(held)), key=lambda place: -held[place]):
        came: dict[int, tuple[int, int]] = {}  # place -> question that can come there, place it comes from
        reached = [start]
        for place in reached:
            movers = [at for at in group if keys[at] == place]
            turn = dice.below(len(movers)) if movers else 0
            for at in (*movers[turn:], *movers[:turn]):
                for target in slots[at].places:
                    if target != start and target not in came:
                        came[target] = (at, place)
                        reached.append(target)
        low = [place for place in came if held[place] <= held[start] - 2]
        if low:
            place = min(low, key=lambda one: (held[one], one))
            moves = []
            while place != start:
                at, before = came[place]
                moves.append((at, place))
                place = before
            return moves
    return []


def _break_runs(slots: Sequence[KeySlot], keys: list[int], dice: Dice) -> None:
    """Exchange places of two questions while that makes the runs shorter."""
    bad = _excess(keys)
    tries = 40 * len(slots)
    while bad and tries:
        tries -= 1
        one = _in_run(keys, dice)
        other = dice.below(len(slots))
        if (
            slots[one].options != slots[other].options
            or keys[other] not in slots[one].places
            or keys[one] not in slots[other].places
        ):
            continue
        keys[one], keys[other] = keys[other], keys[one]
        now = _excess(keys)
        if now > bad:
            keys[one], keys[other] = keys[other], keys[one]
        else:
            bad = now


def _excess(keys: Sequence[int]) -> int:
    """How many keys continue a run beyond what is allowed."""
    excess = run = 0
    for at, key in enumerate(keys):
        run = run + 1 if at and keys[at - 1] == key else 1
        excess += run > LONGEST_RUN
    return excess


def _in_run(keys: Sequence[int], dice: Dice) -> int:
    """A question in one of the runs that are too long."""
    run = 0
    found: list[int] = []
    for at, key in enumerate(keys):
        run = run + 1 if at and keys[at - 1] == key else 1
        if run > LONGEST_RUN:
            found += range(at - run + 1, at + 1)
    return found[dice.below(len(found))]
