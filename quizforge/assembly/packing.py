"""The first deal: each cell's questions go to the forms in snake order, sets of a scenario first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle

from quizforge.assembly.dice import Dice
from quizforge.assembly.pool import Plan


def deal(
    plan: Plan, counts: Sequence[int], dealt: Sequence[Sequence[int]], dice: Dice
) -> tuple[list[list[tuple[int, int]]], tuple[int, ...]]:
    """Deal the units.

    Args:
        plan: What may be picked.
        counts: Questions of each cell in each form.
        dealt: For each cell the units that are its own, each once for every use.
        dice: Chooses among sets of one size.

    Returns:
        For each form its cells and units; and the cells that could not be filled in every form.
    """
    forms: list[list[tuple[int, int]]] = [[] for _ in range(plan.forms)]
    held: list[set[int]] = [set() for _ in range(plan.forms)]
    spoken_for = Counter(unit for units in dealt for unit in units)
    unfilled = []
    for cell, count in enumerate(counts):
        offered = _offered(plan, cell, dealt[cell], spoken_for)
        sizes = _sizes(plan, count, offered)
        if sizes is None:
            unfilled.append(cell)
            continue
        if not _hand_out(plan, cell, sizes, offered, forms, held, dice):
            unfilled.append(cell)
    return forms, tuple(unfilled)


def _offered(plan: Plan, cell: int, own: Sequence[int], spoken_for: Mapping[int, int]) -> list[int]:
    """A cell's own units; where sets are among what fits, also all that no other cell has been given."""
    if all(plan.units[unit].size == 1 for unit in plan.cells[cell].units):
        return sorted(own)
    uses = plan.forms if plan.overlap else 1
    free = [unit for unit in plan.cells[cell].units for _ in range(uses - spoken_for[unit])]
    return sorted([*own, *free])


def _sizes(plan: Plan, count: int, offered: Sequence[int]) -> list[list[int]] | None:
    """For each form the sizes of the units that add up to its count; None where they do not."""
    left = Counter(plan.units[unit].size for unit in offered)
    found = []
    for form in range(plan.forms):
        chosen = _fill(count, sorted(left, reverse=True), left, share=plan.forms - form)
        if chosen is None:
            return None
        left.subtract(chosen)
        found.append(chosen)
    return found


def _fill(room: int, sizes: Sequence[int], left: Mapping[int, int], *, share: int) -> list[int] | None:
    """Sizes that add up to the room, of each at first its fair share of what is left for the forms to come."""
    dead: set[tuple[int, int]] = set()

    def fill(room: int, at: int) -> list[int] | None:
        if room == 0:
            return []
        if at == len(sizes) or (room, at) in dead:
            return None
        size = sizes[at]
        most = min(left[size], room // size)
        fair = min(most, -(-left[size] // share))
        for amount in (*range(fair, -1, -1), *range(fair + 1, most + 1)):
            rest = fill(room - amount * size, at + 1)
            if rest is not None:
                return [size] * amount + rest
        dead.add((room, at))
        return None

    return fill(room, 0)


def _hand_out(  # the table as it stands
    plan: Plan,
    cell: int,
    sizes: Sequence[Sequence[int]],
    offered: Sequence[int],
    forms: list[list[tuple[int, int]]],
    held: list[set[int]],
    dice: Dice,
) -> bool:
    for size in sorted({size for form in sizes for size in form}, reverse=True):
        wanted = [form.count(size) for form in sizes]
        units = [unit for unit in offered if plan.units[unit].size == size]
        must = [unit for unit in units if unit in plan.included]
        others = [unit for unit in units if unit not in plan.included]
        spare = len(units) - sum(wanted)
        for _ in range(max(0, spare)):  # own units are counted out; sets are offered in plenty
            if others:
                others.pop(dice.below(len(others)))
        units = sorted([*must, *others], key=lambda unit: (plan.units[unit].sums[0], unit))
        order = _snake(plan.forms)
        for unit in units:
            blocked = {unit} | plan.rivals[unit]
            form = _next(order, wanted, held, unit, plan.forms)
            if form is None or (not plan.overlap and any(blocked & other for other in held)):
                continue
            forms[form].append((cell, unit))
            held[form].add(unit)
            wanted[form] -= 1
        if not _fill_up(plan, cell, size, wanted, forms, held):
            return False
    return True


def _snake(forms: int) -> Iterator[int]:
    return cycle([*range(forms), *range(forms - 1, -1, -1)])


def _next(order: Iterator[int], wanted: Sequence[int], held: Sequence[set[int]], unit: int, forms: int) -> int | None:
    """The next form in the order that wants a unit and does not hold it."""
    for _ in range(2 * forms):
        form = next(order)
        if wanted[form] and unit not in held[form]:
            return form
    return None


def _fill_up(  # the table as it stands
    plan: Plan,
    cell: int,
    size: int,
    wanted: list[int],
    forms: list[list[tuple[int, int]]],
    held: list[set[int]],
) -> bool:
    """Fill places that the deal has left open, with whatever fits and may still be used."""
    for form, missing in enumerate(wanted):
        for _ in range(missing):
            unit = next(
                (
                    unit
                    for unit in plan.cells[cell].units
                    if plan.units[unit].size == size
                    and unit not in held[form]
                    and (plan.overlap or not any(({unit} | plan.rivals[unit]) & other for other in held))
                ),
                None,
            )
            if unit is None:
                return False
            forms[form].append((cell, unit))
            held[form].add(unit)
    return True
