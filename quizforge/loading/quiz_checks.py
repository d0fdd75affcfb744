"""What must hold inside a quiz file, and between it and its banks."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal

from quizforge.loading.translate import did_you_mean
from quizforge.model.codes.assembly import (
    AMBIGUOUS_NAME,
    BAD_COUNT,
    EMPTY_SECTION,
    NOTHING_FITS,
    QUESTION_TWICE,
    RETIRED_QUESTION,
    TWIN_SECTION,
)
from quizforge.model.codes.structure import BAD_VALUE, UNKNOWN_ID
from quizforge.model.diagnostic import Path, Problem
from quizforge.model.question import QUESTION_TYPES
from quizforge.model.quiz_file import Filter, Named, QuizFile, SectionFile
from quizforge.model.shelf import Shelf

_SINGULAR = {"questions": "question", "concepts": "concept", "objectives": "objective", "scenarios": "scenario"}
_REFERRING = (("concept", "concepts"), ("objective", "objectives"), ("scenario", "scenarios"))
_EXCLUSIVE = ("bank", "bloom", "difficulty", "pool", "status", "type")
"""Keys of which a question has one value, so that two filters without a common one exclude each other."""


def quiz_problems(file: QuizFile, shelf: Shelf, *, whole: bool, broken: frozenset[Path] = frozenset()) -> list[Problem]:
    """Everything that is wrong with a quiz before questions are picked.

    Args:
        file: The quiz; broken fields hold stand-ins.
        shelf: Its banks.
        whole: Whether all its banks could be had, so that an unknown name is worth a word.
        broken: Paths of values that could not be read, about which nothing more is said.
    """
    uncounted = {path[1] for path in broken if path[0] == "sections" and (len(path) == 3 or path[-1] == "count")}
    found = [*_counted(file, uncounted), *_problems(file, shelf, whole=whole)]
    return [problem for problem in found if not any(problem.at[: len(path)] == path for path in broken)]


def _counted(file: QuizFile, besides: Collection[object]) -> Iterator[Problem]:
    for index, section in enumerate(file.sections):
        if index not in besides:
            yield from _counts(section, ("sections", index))


def _problems(file: QuizFile, shelf: Shelf, *, whole: bool) -> Iterator[Problem]:
    if not file.sections:
        hint = "add one: 'sections: [{count: 10}]'"
        yield Problem(EMPTY_SECTION, "the quiz has no sections", ("sections",), hint=hint, on_key=True)
    yield from _twins(file)
    for path, filters in _filters(file):
        yield from _filter_problems(filters[-1], path, shelf, whole=whole)
        yield from _contradictions(filters, path)
    if whole:
        for path, name in file.named:
            yield from _name_problem("questions", name, path, shelf)
        yield from _question_problems(file, shelf)


def _twins(file: QuizFile) -> Iterator[Problem]:
    ids = [section.id for section in file.sections]
    for index, found in enumerate(ids):
        if found is not None and found in ids[:index]:
            yield Problem(
                TWIN_SECTION, f"the section id '{found}' stands twice", ("sections", index, "id"), hint="rename one"
            )
    codes = [code.casefold() for code in file.forms]
    for index, code in enumerate(codes):
        if code in codes[:index]:
            message = f"the form '{file.forms[index]}' stands twice; upper and lower case are one"
            yield Problem(TWIN_SECTION, message, ("forms", index), hint="rename one")


def _counts(section: SectionFile, at: Path) -> Iterator[Problem]:
    asked = [cell.count.high for cell in section.cells] or [section.count.high if section.count else Decimal(0)]
    if not section.questions and not any(asked):
        message = "the section holds nothing"
        yield Problem(EMPTY_SECTION, message, at, hint="name 'questions', or pick some by 'count' or 'cells'")
    if not section.cells or section.count is None:
        return
    low = sum(int(cell.count.low) for cell in section.cells)
    high = sum(int(cell.count.high) for cell in section.cells)
    if section.count.high < low or section.count.low > high:
        cells = str(low) if low == high else f"{low} to {high}"
        message = f"the section picks {section.count} questions, and its cells add up to {cells}"
        yield Problem(BAD_COUNT, message, (*at, "count"), hint="change a cell, or leave out the section's count")


def _filters(file: QuizFile) -> Iterator[tuple[Path, tuple[Filter, ...]]]:
    """Every filter with its path, below those that hold for it too."""
    yield ("filter",), (file.filter,)
    for index, section in enumerate(file.sections):
        yield ("sections", index, "filter"), (file.filter, section.filter)
        for number, cell in enumerate(section.cells):
            yield ("sections", index, "cells", number), (file.filter, section.filter, cell)


def _filter_problems(found: Filter, at: Path, shelf: Shelf, *, whole: bool) -> Iterator[Problem]:
    for index, kind in enumerate(found.type):
        if kind not in QUESTION_TYPES:
            hint = did_you_mean(kind, QUESTION_TYPES) or f"one of: {', '.join(QUESTION_TYPES)}"
            yield Problem(BAD_VALUE, f"there is no question type '{kind}'", (*at, "type", index), hint=hint)
    if not whole:
        return
    for key, section in _REFERRING:
        for index, name in enumerate(getattr(found, key)):
            yield from _name_problem(section, name, (*at, key, index), shelf, several=True)
    for index, bank in enumerate(found.bank):
        if bank not in shelf.by_id:
            hint = did_you_mean(bank, shelf.by_id) or f"the banks of this quiz: {', '.join(shelf.by_id)}"
            yield Problem(UNKNOWN_ID, f"the quiz has no bank '{bank}'", (*at, "bank", index), hint=hint)
    tags = {tag for bank in shelf.banks for question in bank.questions for tag in question.tags}
    for index, tag in enumerate(found.tag):
        if tag not in tags:
            hint = did_you_mean(tag, tags) or "tags are compared letter by letter"
            yield Problem(UNKNOWN_ID, f"no question has the tag '{tag}'", (*at, "tag", index), hint=hint)


def _contradictions(filters: tuple[Filter, ...], at: Path) -> Iterator[Problem]:
    """Filters that no question can pass."""
    found = filters[-1]
    for key in _EXCLUSIVE:
        values = [set(getattr(one, key)) for one in filters if getattr(one, key)]
        if len(values) > 1 and getattr(found, key) and not set.intersection(*values):
            outer = " or ".join(sorted(set.intersection(*values[:-1])))
            message = (
                f"no question has {key} {' or '.join(sorted(values[-1]))} where a filter around it asks for {outer}"
            )
            yield Problem(NOTHING_FITS, message, (*at, key), hint="remove one of the two")
    if "retired" in found.status:
        yield Problem(NOTHING_FITS, "retired questions are never picked", (*at, "status"), hint="ready, draft or both")
    if found.prerequisites and not any(one.concept for one in filters):
        message = "'prerequisites' without 'concept' asks for nothing"
        yield Problem(NOTHING_FITS, message, (*at, "prerequisites"), hint="name a concept", severity="error")


def _name_problem(section: str, name: Named, at: Path, shelf: Shelf, *, several: bool = False) -> Iterator[Problem]:
    owners = shelf.owners(section, name)
    if not owners:
        what = _SINGULAR[section]
        if name.bank is not None and name.bank not in shelf.by_id:
            hint = did_you_mean(name.bank, shelf.by_id) or f"the banks of this quiz: {', '.join(shelf.by_id)}"
            yield Problem(UNKNOWN_ID, f"the quiz has no bank '{name.bank}'", at, hint=hint)
            return
        where = f"bank '{name.bank}' has" if name.bank else "no bank of this quiz has"
        hint = did_you_mean(name.id, shelf.known(section)) or f"'quizforge list' shows every {what}"
        yield Problem(UNKNOWN_ID, f"{where} {'no' if name.bank else 'a'} {what} '{name.id}'", at, hint=hint)
    elif len(owners) > 1 and not several:
        names = " or ".join(f"{bank.id}/{name.id}" for bank in owners)
        yield Problem(AMBIGUOUS_NAME, f"several banks have a question '{name.id}'", at, hint=f"write {names}")


def _question_problems(file: QuizFile, shelf: Shelf) -> Iterator[Problem]:
    first: dict[tuple[str, str], Path] = {}
    for path, name in file.named:
        item = shelf.item(name)
        if item is None:
            continue
        key = (item.bank.id, item.question.id)
        if item.question.status == "retired" and path[0] != "exclude":
            hint = "choose another, or leave it out"
            yield Problem(RETIRED_QUESTION, f"'{name}' is retired", path, hint=hint)
        if key in first:
            where = _said(first[key])
            yield Problem(QUESTION_TWICE, f"'{name}' stands in {where} already", path, hint="name it once")
        first.setdefault(key, path)


def _said(path: Path) -> str:
    return f"section {int(path[1]) + 1}" if path[0] == "sections" else f"'{path[0]}'"
