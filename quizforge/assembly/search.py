"""The built-in search: questions are dealt to the forms, then swapped while that makes the forms more alike.

Each cell's questions, sorted by facility, are dealt in snake order (A B C C B A …). Then a question of a form is
replaced by a free one of its cell, or exchanged with one of another form, whenever the sum of what is wrong does not
grow: how far mean and mean square of the facility, points and time lie from the target, and how many conditions are
broken. The number of tries is fixed beforehand, so that the clock of the machine plays no part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from math import gcd

from quizforge.assembly.dice import Dice
from quizforge.assembly.packing import deal
from quizforge.assembly.pool import SCALE, Plan

BROKEN = 1e5
"""What a broken condition weighs: more than all that is to be made alike."""

NOTICED = (0.002, 0.004, 0.01, 0.02)
"""Distances from the target that weigh 1: of the mean facility, of the mean of its squares (a standard deviation that
is off by about 0.015), and of points and time as shares."""

START = 2.0
"""At first a swap may make things worse by this much, and ever less until half of the tries are over (threshold
accepting: Dueck and Scheuer, J. Computational Physics 90(1), 1990)."""

TRIES = 300
"""Tries for each question of each form, unless the quiz says how many there are in all."""

MOST_TRIES = 150_000
"""More are not worth their time, which grows with the forms: about ten seconds."""

ROUNDS = 4
"""How often the search goes on where conditions are broken still."""

Slot = tuple[int, int]
"""A cell and the unit that a form holds for it."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the search ends with.

    Attributes:
        forms: For each form its cells and units.
        broken: How many conditions are broken; 0 for a valid result.
        unfilled: Cells for which the questions of sets could not be added up to the count.
    """

    forms: tuple[tuple[Slot, ...], ...]
    broken: int
    unfilled: tuple[int, ...] = ()


def search(
    plan: Plan, counts: Sequence[int], dealt: Sequence[Sequence[int]], *, seed: int, tries: int | None = None
) -> Found:
    """Fill the forms.

    Args:
        plan: What may be picked.
        counts: Questions of each cell in each form.
        dealt: For each cell enough units, from :func:`quizforge.assembly.supply.check_supply`.
        seed: Another one gives other forms.
        tries: How many swaps are tried at most in each round; None for the default.
    """
    dice = Dice(seed, "search")
    slots, unfilled = deal(plan, counts, dealt, dice)
    table = _Table(plan, slots, target_of(plan, counts))
    total = tries if tries is not None else min(MOST_TRIES, TRIES * plan.forms * max(1, sum(counts)))
    for _ in range(ROUNDS):
        table.improve(dice, total)
        table.aim_at_own_mean()
        table.improve(dice, total // 2)
        if not table.broken():
            break
    forms = tuple(tuple(sorted(form)) for form in table.slots)
    return Found(forms, table.broken(), unfilled)


@dataclass(frozen=True, slots=True)
class Sums:
    """What is to be alike, for one form: sums of facilities, of their squares, of points and of seconds."""

    facility: int
    square: int
    points: int
    seconds: int


def values_of(plan: Plan) -> list[dict[int, Sums]]:
    """What each unit adds to a form, by cell and unit; points in thousandths."""
    found = []
    for cell in plan.cells:
        values = {}
        for index in cell.units:
            unit = plan.units[index]
            each = [cell.points if cell.points is not None else item.question.max_points for item in unit.items]
            values[index] = Sums(*unit.sums, int(sum(each) * 1000), unit.seconds)
        found.append(values)
    return found


def target_of(plan: Plan, counts: Sequence[int]) -> Sums:
    """What the forms aim at: the mean of all that fits each cell, in steps that its questions can make."""
    values = values_of(plan)
    sums = []
    for name in ("facility", "square", "points", "seconds"):
        total = 0.0
        steps = 0
        for cell, count, known in zip(plan.cells, counts, values, strict=True):
            size = sum(plan.units[unit].size for unit in cell.units)
            each = [getattr(known[unit], name) for unit in cell.units]
            total += count * sum(each) / size if size else 0
            steps = reduce(gcd, each, steps)
        sums.append(round(total / steps) * steps if steps else 0)
    return Sums(*sums)


class _Table:
    """The forms on the table, and what is wrong with them."""

    def __init__(self, plan: Plan, slots: Sequence[Sequence[Slot]], target: Sums) -> None:
        self.plan = plan
        self._slack = 0.0
        self.slots: list[list[Slot]] = [list(form) for form in slots]
        self._values = values_of(plan)
        self._target = target
        self._takes = [frozenset(cell.units) for cell in plan.cells]
        self._sized = [_by_size(plan, cell.units) for cell in plan.cells]
        self._place = [{unit: place for place, (_, unit) in enumerate(form)} for form in self.slots]
        self._homes: list[list[int]] = [[] for _ in plan.units]
        self._shared = [[0] * plan.forms for _ in range(plan.forms)]
        self._excess = 0  # questions that pairs of forms share beyond what is allowed
        self._common = 0  # questions that pairs of forms share
        for form, places in enumerate(self._place):
            for unit in places:
                self._share(form, unit, 1)
                self._homes[unit].append(form)
        self._size = max(1, sum(plan.units[unit].size for _, unit in self.slots[0])) if self.slots else 1
        self._sums = [self._sum(form) for form in range(plan.forms)]

    def _sum(self, form: int) -> list[int]:
        """Facility, square, points, seconds, conflicts, questions of earlier exams."""
        totals = [0] * 6
        places = self._place[form]
        for cell, unit in self.slots[form]:
            found = self._values[cell][unit]
            totals[0] += found.facility
            totals[1] += found.square
            totals[2] += found.points
            totals[3] += found.seconds
            totals[4] += len(self.plan.conflicts[unit] & places.keys())
            totals[5] += self.plan.units[unit].size if unit in self.plan.used else 0
        totals[4] //= 2
        return totals

    def _cost(self, sums: Sequence[int]) -> float:
        target = self._target
        whole = SCALE * self._size
        mean = (sums[0] - target.facility) / whole
        square = (sums[1] - target.square) / whole
        points = (sums[2] - target.points) / target.points if target.points else 0.0
        time = (sums[3] - target.seconds) / target.seconds if target.seconds else 0.0
        broken = sums[4]
        if self.plan.earlier is not None:
            broken += max(0, sums[5] - self.plan.earlier)
        return (
            (mean / NOTICED[0]) ** 2
            + (square / NOTICED[1]) ** 2
            + (points / NOTICED[2]) ** 2
            + (time / NOTICED[3]) ** 2
            + BROKEN * broken
        )

    def broken(self) -> int:
        """How many conditions are broken."""
        plan = self.plan
        found = sum(sums[4] for sums in self._sums) + self._excess
        if plan.earlier is not None:
            found += sum(max(0, sums[5] - plan.earlier) for sums in self._sums)
        return found

    def aim_at_own_mean(self) -> None:
        """Take the mean of the forms as the target: what they can reach together counts, not what the pool is like."""
        means = [round(sum(sums[at] for sums in self._sums) / max(1, self.plan.forms)) for at in range(2)]
        target = self._target
        self._target = Sums(means[0], means[1], target.points, target.seconds)

    def improve(self, dice: Dice, tries: int) -> None:
        """Try so many swaps, and keep those that make nothing worse."""
        if not any(self.slots):
            return
        costs = [self._cost(sums) for sums in self._sums]
        for number in range(tries):
            self._slack = max(0.0, START * (1 - 2 * number / tries))
            form = dice.below(self.plan.forms)
            place = dice.below(len(self.slots[form]))
            cell, unit = self.slots[form][place]
            others = self._sized[cell][self.plan.units[unit].size]
            other = others[dice.below(len(others))]
            if other in self._place[form]:
                continue
            homes = self._homes[other]
            if homes and (not self.plan.overlap or dice.below(2)):
                self._exchange(form, place, homes[dice.below(len(homes))], other, costs)
            else:
                self._replace(form, place, other, costs)

    def _replace(self, form: int, place: int, new: int, costs: list[float]) -> None:
        plan = self.plan
        cell, old = self.slots[form][place]
        if old in plan.included and len(self._homes[old]) == 1:
            return
        if any(self._homes[rival] and rival != old for rival in plan.rivals[new]):
            return
        sums = self._changed(form, cell, old, cell, new)
        before, after = costs[form], self._cost(sums)
        if plan.overlap:
            before += BROKEN * self._excess + self._reuse()
        before += self._slack
        if not plan.overlap and after > before:
            return
        self._move(form, place, (cell, new), old)
        if plan.overlap and after + BROKEN * self._excess + self._reuse() > before:
            self._move(form, place, (cell, old), new)
            return
        self._sums[form], costs[form] = sums, after

    def _reuse(self) -> float:
        """A little for each question that two forms share, so that they share no more than they need."""
        return 0.1 * self._common

    def _exchange(self, form: int, place: int, other: int, new: int, costs: list[float]) -> None:
        cell, old = self.slots[form][place]
        there = self._place[other][new]
        its_cell = self.slots[other][there][0]
        if old in self._place[other] or old not in self._takes[its_cell]:
            return
        mine = self._changed(form, cell, old, cell, new)
        theirs = self._changed(other, its_cell, new, its_cell, old)
        mine_cost, theirs_cost = self._cost(mine), self._cost(theirs)
        before = costs[form] + costs[other] + self._slack
        after = mine_cost + theirs_cost
        if self.plan.overlap:
            before += BROKEN * self._excess
        elif after > before:
            return
        self._move(form, place, (cell, new), old)
        self._move(other, there, (its_cell, old), new)
        if self.plan.overlap and after + BROKEN * self._excess > before:
            self._move(form, place, (cell, old), new)
            self._move(other, there, (its_cell, new), old)
            return
        self._sums[form], self._sums[other] = mine, theirs
        costs[form], costs[other] = mine_cost, theirs_cost

    def _changed(self, form: int, cell: int, old: int, its_cell: int, new: int) -> list[int]:
        plan, places = self.plan, self._place[form]
        sums = self._sums[form]
        lost, won = self._values[cell][old], self._values[its_cell][new]
        clashes = len(plan.conflicts[new] & places.keys()) - (old in plan.conflicts[new])
        earlier = (plan.units[new].size if new in plan.used else 0) - (plan.units[old].size if old in plan.used else 0)
        return [
            sums[0] - lost.facility + won.facility,
            sums[1] - lost.square + won.square,
            sums[2] - lost.points + won.points,
            sums[3] - lost.seconds + won.seconds,
            sums[4] - len(plan.conflicts[old] & places.keys()) + clashes,
            sums[5] + earlier,
        ]

    def _move(self, form: int, place: int, slot: Slot, old: int) -> None:
        new = slot[1]
        self.slots[form][place] = slot
        del self._place[form][old]
        self._place[form][new] = place
        self._homes[old].remove(form)
        self._share(form, old, -1)
        self._share(form, new, 1)
        self._homes[new].append(form)

    def _share(self, form: int, unit: int, sign: int) -> None:
        amount = sign * self.plan.units[unit].size
        limit = self.plan.overlap
        for other in self._homes[unit]:
            if other != form:
                before = self._shared[form][other]
                self._shared[form][other] = self._shared[other][form] = before + amount
                self._excess += max(0, before + amount - limit) - max(0, before - limit)
                self._common += amount


def _by_size(plan: Plan, units: Sequence[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for unit in units:
        found.setdefault(plan.units[unit].size, []).append(unit)
    return found
