"""Several banks side by side: what a quiz names is looked up here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from quizforge.model.bank import Bank
from quizforge.model.quiz import Item
from quizforge.model.quiz_file import Named

Key = tuple[str, str]
"""Bank id and question id."""


@dataclass(frozen=True)
class Shelf:
    """The banks of a quiz, in order."""

    banks: tuple[Bank, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Bank]:
        """Banks by id."""
        return {bank.id: bank for bank in self.banks}

    def owners(self, section: str, name: Named) -> tuple[Bank, ...]:
        """The banks that have an entry of that name: none, one, or several where the name says no bank."""
        wanted = self.banks if name.bank is None else tuple(bank for bank in self.banks if bank.id == name.bank)
        return tuple(bank for bank in wanted if name.id in _ids(bank, section))

    def item(self, name: Named) -> Item | None:
        """The question of a name; None where no bank or several have it."""
        owners = self.owners("questions", name)
        return Item(owners[0].question_by_id[name.id], owners[0]) if len(owners) == 1 else None

    def known(self, section: str) -> Iterator[str]:
        """Every name there is, without its bank."""
        for bank in self.banks:
            yield from _ids(bank, section)

    def keys(self, section: str, name: Named) -> frozenset[Key]:
        """Bank and id of all that a name may mean; a name without a bank means the entry in each of them."""
        return frozenset((bank.id, name.id) for bank in self.owners(section, name))

    def items(self) -> Iterator[Item]:
        """All questions."""
        for bank in self.banks:
            for question in bank.questions:
                yield Item(question, bank)


def key_of(item: Item) -> Key:
    """Bank and id of a question, which name it among several banks."""
    return (item.bank.id, item.question.id)


def prerequisites(bank: Bank, concept: str) -> frozenset[str]:
    """A concept and all that must be learned before it, directly or not."""
    found: set[str] = set()
    waiting = [concept]
    while waiting:
        one = waiting.pop()
        if one not in found and one in bank.concept_by_id:
            found.add(one)
            waiting += bank.concept_by_id[one].before
    return frozenset(found)


_TABLES: Mapping[str, str] = {
    "questions": "question_by_id",
    "concepts": "concept_by_id",
    "objectives": "objective_by_id",
    "scenarios": "scenario_by_id",
}


def _ids(bank: Bank, section: str) -> Mapping[str, object]:
    found: Mapping[str, object] = getattr(bank, _TABLES[section])
    return found
