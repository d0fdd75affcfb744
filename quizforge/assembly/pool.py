"""What can be picked: the questions that fit each cell of a blueprint, and which of them exclude each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Literal

from quizforge.assembly.given_away import without_answers
from quizforge.loading.quizzes import QuizSource
from quizforge.model.diagnostic import Path
from quizforge.model.questions.base import EXPECTED_FACILITY
from quizforge.model.quiz import Item
from quizforge.model.quiz_file import Cell, Filter, SectionFile, Span
from quizforge.model.shelf import Key, Shelf, key_of, prerequisites

SCALE = 1_000_000
"""Facilities are whole millionths, so that sums are exact and the same in any order."""

_READY = ("ready",)
_MEDIUM = EXPECTED_FACILITY["medium"]

Origin = Literal["measured", "label", "none"]


@dataclass(frozen=True, slots=True)
class Rating:
    """How many of the points a class is expected to earn on a question, and how long it takes.

    Attributes:
        facility: In millionths of the points.
        origin: Whether it was measured, is the author's label, or is a guess since there is neither.
        minutes: None where nobody has said.
    """

    facility: int
    origin: Origin
    minutes: Decimal | None


@dataclass(frozen=True)
class Unit:
    """What is picked as a whole: a question, or the questions of a scenario in the order of the bank."""

    items: tuple[Item, ...]
    ratings: tuple[Rating, ...]

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """Bank and id of each question."""
        return tuple(map(key_of, self.items))

    @property
    def size(self) -> int:
        """How many questions it holds."""
        return len(self.items)

    @cached_property
    def sums(self) -> tuple[int, int]:
        """Sum of the facilities and of their squares, in millionths."""
        values = [rating.facility for rating in self.ratings]
        return sum(values), sum(value * value // SCALE for value in values)

    @cached_property
    def seconds(self) -> int:
        """Time for all of it; questions without minutes count nothing."""
        return sum(int(rating.minutes * 60) for rating in self.ratings if rating.minutes is not None)


@dataclass(frozen=True, slots=True)
class PlanCell:
    """One cell of the blueprint.

    Attributes:
        section: Index of its section.
        label: What it is called.
        at: Its path in the quiz file.
        low, high: How many questions each form holds of it.
        units: Indices of the units that fit, ascending.
        points: Of each question in this quiz; None for those of the bank.
    """

    section: int
    label: str
    at: Path
    low: int
    high: int
    units: tuple[int, ...]
    points: Decimal | None


@dataclass(frozen=True, slots=True)
class PlanSection:
    """One section: what stands in every form, and how many questions are picked.

    Attributes:
        fixed: The named questions, in order.
        low, high: How many questions are picked for it.
        cells: Indices of its cells.
        at: Its path in the quiz file.
    """

    fixed: tuple[Item, ...]
    low: int
    high: int
    cells: tuple[int, ...]
    at: Path


@dataclass(frozen=True)
class Plan:
    """Everything that the search needs to know.

    Attributes:
        forms: How many forms.
        sections, cells, units: Of all the quiz.
        conflicts: For each unit the units that must not stand in one form with it.
        rivals: For each unit those that hold one of its questions.
        included: Units that one form at least must hold.
        used: Units with a question that an earlier exam held.
        overlap: How many picked questions two forms may share.
        earlier: How many questions of earlier exams a form may hold; None for any number.
        stranded: Questions of scenarios that no cell takes as a whole, by section.
        dropped: Questions that are not asked with the others of their scenario, with the reason.
        ratings: Of every question that is fixed or may be picked.
    """

    forms: int
    sections: tuple[PlanSection, ...]
    cells: tuple[PlanCell, ...]
    units: tuple[Unit, ...]
    conflicts: tuple[frozenset[int], ...]
    rivals: tuple[frozenset[int], ...]
    included: frozenset[int]
    used: frozenset[int]
    overlap: int
    earlier: int | None
    stranded: Mapping[int, tuple[Item, ...]]
    dropped: tuple[tuple[Item, str], ...]
    ratings: Mapping[Key, Rating]


def make_plan(source: QuizSource, *, forms: int, used: frozenset[Key] = frozenset()) -> Plan:
    """The plan of a quiz that is free of errors.

    Args:
        source: The quiz and its banks.
        forms: How many forms are wanted.
        used: Questions of earlier exams.
    """
    file, shelf = source.file, source.shelf
    ratings = {key_of(item): rating_of(item, source) for item in shelf.items()}
    opposed = opponents(shelf)
    fixed = [tuple(item for name in part.questions if (item := shelf.item(name))) for part in file.sections]
    anchors = [item for items in fixed for item in items]
    banned = _banned(source, anchors, opposed, used if file.overlap.earlier == 0 else frozenset())
    told = frozenset((item.bank.id, item.question.scenario) for item in anchors if item.question.scenario)
    open_items = [
        item
        for item in shelf.items()
        if item.question.graded
        and key_of(item) not in banned
        and (item.question.scenario is None or (item.bank.id, item.question.scenario) not in told)
    ]
    collected = _Collected(ratings, opposed)
    cells: list[PlanCell] = []
    sections: list[PlanSection] = []
    stranded: dict[int, tuple[Item, ...]] = {}
    for index, part in enumerate(file.sections):
        own = _cells(part, index, source, open_items, collected)
        cells += own.cells
        if own.stranded:
            stranded[index] = own.stranded
        low, high = _section_count(part, own.cells)
        numbers = tuple(range(len(cells) - len(own.cells), len(cells)))
        sections.append(PlanSection(fixed[index], low, high, numbers, ("sections", index)))
    units = tuple(collected.units)
    holders = _holders(units)
    wanted = {key_of(item) for name in file.include if (item := shelf.item(name))}
    return Plan(
        forms=forms,
        sections=tuple(sections),
        cells=tuple(cells),
        units=units,
        conflicts=_conflicts(units, holders, opposed),
        rivals=tuple(frozenset(h for key in unit.keys for h in holders[key]) - {i} for i, unit in enumerate(units)),
        included=frozenset(index for key in wanted for index in holders.get(key, ())),
        used=frozenset(index for index, unit in enumerate(units) if not used.isdisjoint(unit.keys)),
        overlap=file.overlap.forms,
        earlier=file.overlap.earlier,
        stranded=stranded,
        dropped=tuple(collected.dropped.values()),
        ratings=ratings,
    )


def rating_of(item: Item, source: QuizSource) -> Rating:
    """The measured facility of a question, else the author's label, else that of a medium one."""
    question = item.question
    found = source.stats.get(item.bank.id, {}).get(question.id)
    minutes = found.minutes if found is not None and found.minutes is not None else question.minutes
    if found is not None and found.p is not None:
        return Rating(int(found.p * SCALE), "measured", minutes)
    if question.difficulty is not None:
        return Rating(int(EXPECTED_FACILITY[question.difficulty] * SCALE), "label", minutes)
    return Rating(int(_MEDIUM * SCALE), "none", minutes)


def opponents(shelf: Shelf) -> Mapping[Key, frozenset[Key]]:
    """For each question those that must not stand in one form with it: enemies either way, and its family."""
    found: dict[Key, set[Key]] = {}
    for bank in shelf.banks:
        families: dict[str, list[Key]] = {}
        for question in bank.questions:
            key = (bank.id, question.id)
            for enemy in question.enemies:
                found.setdefault(key, set()).add((bank.id, enemy))
                found.setdefault((bank.id, enemy), set()).add(key)
            if question.family is not None:
                families.setdefault(question.family, []).append(key)
        for members in families.values():
            for key in members:
                found.setdefault(key, set()).update(set(members) - {key})
    return {key: frozenset(others) for key, others in found.items()}


def _banned(
    source: QuizSource, anchors: Iterable[Item], opposed: Mapping[Key, frozenset[Key]], used: frozenset[Key]
) -> frozenset[Key]:
    """Questions that are not picked: excluded ones, named ones and their opponents, and those used too often."""
    keys = {key_of(item) for item in anchors}
    excluded = {key_of(item) for name in source.file.exclude if (item := source.shelf.item(name))}
    return frozenset(keys | excluded | used | {other for key in keys for other in opposed.get(key, ())})


class Fitting:
    """One filter against the banks of a quiz."""

    def __init__(self, asked: Filter, shelf: Shelf) -> None:
        self._asked = asked
        self._concepts = frozenset(
            (bank, one)
            for name in asked.concept
            for bank, concept in shelf.keys("concepts", name)
            for one in (prerequisites(shelf.by_id[bank], concept) if asked.prerequisites else (concept,))
        )
        self._objectives = _named(shelf, "objectives", asked)
        self._scenarios = _named(shelf, "scenarios", asked)

    def takes(self, item: Item, rating: Rating) -> bool:
        """Whether a question fits."""
        asked, question, bank = self._asked, item.question, item.bank.id
        return (
            _among(question.bloom, asked.bloom)
            and _among(question.difficulty, asked.difficulty)
            and _among(question.type, asked.type)
            and _among(question.pool, asked.pool)
            and _among(question.status, asked.status)
            and _among(bank, asked.bank)
            and (not asked.tag or not set(asked.tag).isdisjoint(question.tags))
            and (asked.facility is None or Decimal(rating.facility) / SCALE in asked.facility)
            and (not asked.concept or any((bank, concept) in self._concepts for concept in question.concepts))
            and (not asked.objective or any((bank, one) in self._objectives for one in question.objectives))
            and (not asked.scenario or (bank, question.scenario or "") in self._scenarios)
        )


def _named(shelf: Shelf, section: Literal["objectives", "scenarios"], asked: Filter) -> frozenset[Key]:
    names = asked.objective if section == "objectives" else asked.scenario
    return frozenset(key for name in names for key in shelf.keys(section, name))


def _among(value: str | None, wanted: Sequence[str]) -> bool:
    return not wanted or value in wanted


class _Collected:
    """Units as they are met; equal ones are one."""

    def __init__(self, ratings: Mapping[Key, Rating], opposed: Mapping[Key, frozenset[Key]]) -> None:
        self.units: list[Unit] = []
        self.dropped: dict[Key, tuple[Item, str]] = {}
        self.ratings = ratings
        self._opposed = opposed
        self._known: dict[tuple[Key, ...], int] = {}

    def set_of(self, items: tuple[Item, ...]) -> tuple[Item, ...]:
        """The questions of a scenario that can be asked together."""
        kept, dropped = without_answers(items, self._opposed)
        self.dropped.update((key_of(item), (item, reason)) for item, reason in dropped)
        return kept

    def add(self, items: tuple[Item, ...]) -> int:
        keys = tuple(map(key_of, items))
        found = self._known.get(keys)
        if found is None:
            found = self._known[keys] = len(self.units)
            self.units.append(Unit(items, tuple(self.ratings[key] for key in keys)))
        return found


@dataclass(frozen=True, slots=True)
class _SectionCells:
    cells: tuple[PlanCell, ...]
    stranded: tuple[Item, ...]


def _cells(
    part: SectionFile, index: int, source: QuizSource, items: Sequence[Item], collected: _Collected
) -> _SectionCells:
    outer = source.file.filter
    around = [Fitting(outer, source.shelf), Fitting(part.filter, source.shelf)]
    statuses = any(asked.status for asked in (outer, part.filter))
    ratings = collected.ratings
    base = [item for item in items if all(one.takes(item, ratings[key_of(item)]) for one in around)]
    blocks = [collected.set_of(block) for block in _together(base)]
    cells: list[PlanCell] = []
    taken: set[int] = set()
    for path, cell in _cell_list(part, index):
        own = Fitting(cell, source.shelf)
        ready = _READY if not (statuses or cell.status) else ()
        units = []
        for number, block in enumerate(blocks):
            if all(own.takes(item, ratings[key_of(item)]) and _among(item.question.status, ready) for item in block):
                units.append(collected.add(block))
                taken.add(number)
        low, high = int(cell.count.low), int(cell.count.high)
        points = cell.points if cell.points is not None else part.points
        cells.append(PlanCell(index, cell.label, path, low, high, tuple(sorted(units)), points))
    left = (block for number, block in enumerate(blocks) if number not in taken and len(block) > 1)
    return _SectionCells(tuple(cells), tuple(item for block in left for item in block) if cells else ())


def _cell_list(part: SectionFile, index: int) -> Iterator[tuple[Path, Cell]]:
    at: Path = ("sections", index)
    if part.cells:
        yield from (((*at, "cells", number), cell) for number, cell in enumerate(part.cells))
    elif part.count is not None:
        yield (*at, "count"), Cell(count=part.count, title=part.title)


def _section_count(part: SectionFile, cells: Sequence[PlanCell]) -> tuple[int, int]:
    low, high = sum(cell.low for cell in cells), sum(cell.high for cell in cells)
    count: Span | None = part.count
    return (low, high) if count is None else (max(low, int(count.low)), min(high, int(count.high)))


def _together(items: Sequence[Item]) -> Iterator[tuple[Item, ...]]:
    """Questions one by one, those of a scenario as one."""
    sets: dict[tuple[str, str], list[Item]] = {}
    for item in items:
        scenario = item.question.scenario
        if scenario is None:
            yield (item,)
        else:
            sets.setdefault((item.bank.id, scenario), []).append(item)
    yield from map(tuple, sets.values())


def _holders(units: Sequence[Unit]) -> dict[Key, tuple[int, ...]]:
    holders: dict[Key, tuple[int, ...]] = {}
    for index, unit in enumerate(units):
        for key in unit.keys:
            holders[key] = (*holders.get(key, ()), index)
    return holders


def _conflicts(
    units: Sequence[Unit], holders: Mapping[Key, tuple[int, ...]], opposed: Mapping[Key, frozenset[Key]]
) -> tuple[frozenset[int], ...]:
    found = []
    for index, unit in enumerate(units):
        others = {other for key in unit.keys for other in holders[key]}
        others |= {other for key in unit.keys for enemy in opposed.get(key, ()) for other in holders.get(enemy, ())}
        found.append(frozenset(others - {index}))
    return tuple(found)
