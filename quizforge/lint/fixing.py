"""Mending what can be mended without a person: the new texts of the files, not yet written.

Only what a rule calls safe is done, and only where the finding is not allowed in place. A key is never changed: the
new text is read again and must hold the same entries, in another order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from quizforge.lint.engine import Review
from quizforge.lint.item import Item
from quizforge.lint.rule import Fix, ItemRule, Limits
from quizforge.loading.bank import Loaded
from quizforge.loading.yaml.edit import Reordering, reordered
from quizforge.model.bank import Bank
from quizforge.model.diagnostic import Place
from quizforge.model.quiz import EVERYTHING_READY, Selection


@dataclass(frozen=True)
class Mended:
    """What a run of fixes gives.

    Attributes:
        sources: The new text of each file that changes, by its path as printed.
        fixed: How many findings are mended.
        left: How many have a fix that the layout of the file does not allow.
    """

    sources: Mapping[str, str]
    fixed: int
    left: int


def mend(loaded: Loaded, review: Review, *, selection: Selection = EVERYTHING_READY) -> Mended:
    """Work out all safe changes.

    Args:
        loaded: The banks.
        review: Of these banks; findings that are not in it are left alone.
        selection: The questions that were looked at.
    """
    by_file: dict[str, list[Reordering]] = {}
    for bank in loaded.banks:
        for fix in _fixes(loaded, bank, review, selection):
            path, at = loaded.maps[bank.id].path_of(*fix.subject, fix.at)
            by_file.setdefault(path, []).append(Reordering(at, fix.order))
    sources: dict[str, str] = {}
    fixed = left = 0
    for path, changes in sorted(by_file.items()):
        text, done = reordered(loaded.documents[path], changes)
        if done:
            sources[path] = text
        fixed += done
        left += len(changes) - done
    return Mended(sources, fixed, left)


def _fixes(loaded: Loaded, bank: Bank, review: Review, selection: Selection) -> Iterator[Fix]:
    """The fixes of the findings of one bank that stand in the review."""
    kept = {(found.code.code, found.place) for found in review.diagnostics}
    language = bank.header.language
    rules = [(rule, given) for rule, given in review.plans[bank.id].speaking(language) if isinstance(rule, ItemRule)]
    for question in bank.questions:
        if selection.takes(question):
            item = Item(question, language=language)
            for rule, given in rules:
                if rule.fix is not None:
                    yield from _wanted(loaded, bank, item, rule, given, kept)


def _wanted(
    loaded: Loaded, bank: Bank, item: Item, rule: ItemRule, given: Limits, kept: set[tuple[str, Place]]
) -> Iterator[Fix]:
    found = ((problem, loaded.maps[bank.id].locate(problem)) for problem in rule.check(item, given))
    standing = {problem.at for problem, located in found if (located.code.code, located.place) in kept}
    if rule.fix is not None and standing:
        yield from (fix for fix in rule.fix(item, given) if fix.at in standing)
