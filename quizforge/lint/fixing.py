"""Mending what can be mended without a person: the new texts of the files, not yet written.

Only what a rule calls safe is done, and only where the finding is not allowed in place. A key is never changed: the
new text of a file is read again and must hold the same entries, but for the change.

Two findings in Markdown are mended as well, since their messages say what was meant: a year that starts a list gets
its backslash, and a list that a paragraph swallows gets its blank line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path as FilePath

from quizforge import markup
from quizforge.lint.engine import Review
from quizforge.lint.item import Item
from quizforge.lint.rule import ItemRule, Limits
from quizforge.loading.bank import Loaded
from quizforge.loading.entries import LISTS
from quizforge.loading.yaml.edit import Change, Insertion, Reordering, changed
from quizforge.markup.problem import TextProblem
from quizforge.model.bank import Bank
from quizforge.model.codes.text import ACCIDENTAL_LIST, SWALLOWED_LIST
from quizforge.model.diagnostic import Path, Place, Problem
from quizforge.model.fields import Entry, Text, marked
from quizforge.model.quiz import EVERYTHING_READY, Selection

_MENDED_TEXTS = frozenset({ACCIDENTAL_LIST.code, SWALLOWED_LIST.code})
_Kept = frozenset[tuple[str, Place]]
"""Code and place of each finding that stands in the review."""


@dataclass(frozen=True)
class Mended:
    """What a run of fixes gives.

    Attributes:
        sources: The new text of each file that changes, by its path as printed.
        fixed: How many findings are mended.
        left: How many have a fix that the layout of the file does not allow, or stand in a generated file.
    """

    sources: Mapping[str, str]
    fixed: int
    left: int


def mend(loaded: Loaded, review: Review, *, selection: Selection = EVERYTHING_READY, texts: bool = True) -> Mended:
    """Work out all safe changes.

    Args:
        loaded: The banks.
        review: Of these banks; findings that are not in it are left alone.
        selection: The questions that were looked at.
        texts: Whether findings in Markdown are mended too.
    """
    kept = frozenset((found.code.code, found.place) for found in review.diagnostics)
    by_file: dict[str, list[Change]] = {}
    for bank in loaded.banks:
        for path, change in (
            *_orders(loaded, bank, review, kept, selection),
            *(_signs(loaded, bank, kept, selection) if texts else ()),
        ):
            by_file.setdefault(path, []).append(change)
    generated = {path for made in loaded.generated for path in made.texts}
    sources: dict[str, str] = {}
    fixed = left = 0
    for path, changes in sorted(by_file.items()):
        is_made = FilePath(path) in generated  # the item model is to be mended, not what was made of it
        text, done = ("", 0) if is_made else changed(loaded.documents[path], changes)
        if done:
            sources[path] = text
        fixed += done
        left += len(changes) - done
    return Mended(sources, fixed, left)


def _orders(
    loaded: Loaded, bank: Bank, review: Review, kept: _Kept, selection: Selection
) -> Iterator[tuple[str, Reordering]]:
    """Lists that change their order, with their files."""
    language = bank.header.language
    rules = [(rule, given) for rule, given in review.plans[bank.id].speaking(language) if isinstance(rule, ItemRule)]
    fixing = [(rule, given) for rule, given in rules if rule.fix is not None]
    entries = loaded.maps[bank.id]
    for question in bank.questions:
        if selection.takes(question):
            item = Item(question, language=language)
            for at, order in _wanted(loaded, bank, item, fixing, kept):
                path, whole = entries.path_of("questions", question.id, at)
                yield path, Reordering(whole, order)


def _wanted(
    loaded: Loaded, bank: Bank, item: Item, rules: list[tuple[ItemRule, Limits]], kept: _Kept
) -> Iterator[tuple[Path, tuple[int, ...]]]:
    """Paths and orders of the lists of one question whose findings stand in the review."""
    entries = loaded.maps[bank.id]
    for rule, given in rules:
        located = ((problem.at, entries.locate(problem)) for problem in rule.check(item, given))
        standing = {at for at, found in located if (found.code.code, found.place) in kept}
        if standing and rule.fix is not None:
            yield from ((fix.at, fix.order) for fix in rule.fix(item, given) if fix.at in standing)


def _signs(loaded: Loaded, bank: Bank, kept: _Kept, selection: Selection) -> Iterator[tuple[str, Insertion]]:
    """Signs that are put into texts, with their files."""
    if not any(code in _MENDED_TEXTS for code, _ in kept):
        return
    entries = loaded.maps[bank.id]
    whole = selection == EVERYTHING_READY
    for section in LISTS if whole else ("questions",):
        for entry in getattr(bank, section, ()):
            if whole or selection.takes(entry):
                for problem, insertion in _mendable(entry, bank.header.language):
                    found = entries.locate(replace(problem, subject=(section, entry.id)))
                    if (found.code.code, found.place) in kept:
                        path, at = entries.path_of(section, entry.id, problem.at)
                        yield path, replace(insertion, path=at)


def _mendable(entry: Entry, language: str) -> Iterator[tuple[Problem, Insertion]]:
    """What is wrong in the texts of an entry and gone after a sign is put in, without anything new."""
    for path, text, mark in marked(entry, Text):
        if mark.kind == "plain":
            continue
        check = partial(markup.check, kind=mark.kind, blanks=mark.blanks, language=language)
        before = tuple(check(text))
        for found in before:
            if found.code.code in _MENDED_TEXTS:
                at, sign = _sign(text, found)
                if len(tuple(check(f"{text[:at]}{sign}{text[at:]}"))) < len(before):
                    span = (found.start, found.end)
                    yield Problem(found.code, found.message, path, span=span), Insertion(path, at, sign)


def _sign(text: str, found: TextProblem) -> tuple[int, str]:
    """Where in a text which sign mends a problem."""
    if found.code is SWALLOWED_LIST:
        return text.rfind("\n", 0, found.start) + 1, "\n"
    return (found.end - 1 if text[found.end - 1] == "." else found.start), "\\"
