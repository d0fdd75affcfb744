"""Running the rules on banks: findings with places, without those that are allowed in place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from quizforge.lint.item import Item
from quizforge.lint.rule import BankRule, Collection, ItemRule, Limits, Rule
from quizforge.lint.settings import Choice, Plan, plan, unknown
from quizforge.loading.bank import Loaded, suppressed
from quizforge.model.bank import Bank
from quizforge.model.diagnostic import Diagnostic, Problem
from quizforge.model.quiz import EVERYTHING_READY, Selection

_HEADER = ("bank", "bank")


@dataclass(frozen=True)
class Review:
    """What became of a run.

    Attributes:
        diagnostics: What loading found and what the rules found, sorted by place, without what is allowed.
        plans: The rules that ran on each bank, by its id.
    """

    diagnostics: tuple[Diagnostic, ...]
    plans: Mapping[str, Plan]


def review(
    loaded: Loaded,
    rules: Sequence[Rule],
    *,
    project: Choice | None = None,
    command: Choice | None = None,
    selection: Selection = EVERYTHING_READY,
) -> Review:
    """Run the rules on every bank.

    Args:
        loaded: Banks, with or without errors: what could be read of them is reviewed.
        rules: All that there are.
        project: What the project's file says.
        command: What the command line says.
        selection: Which questions are looked at.
    """
    findings: list[Diagnostic] = []
    plans: dict[str, Plan] = {}
    for bank in loaded.banks:
        own = Choice.of(bank.header.lint)
        chosen = plans[bank.id] = plan(rules, (project or Choice(), own, command or Choice()))
        faults = (_in_header(problem) for problem in unknown(own, rules))
        found = (*faults, *problems(bank, chosen, selection))
        findings += loaded.maps[bank.id].locate_all(found)
    ran = {rule.code.code for each in plans.values() for rule, _ in each.rules}
    whole = selection == EVERYTHING_READY  # an allowance may be for a question that was not looked at
    kept = suppressed(findings, loaded.documents.values(), ran=lambda code: whole and code in ran)
    every = {*loaded.diagnostics, *kept}  # both passes report a comment that cannot be understood
    return Review(tuple(sorted(every, key=lambda found: found.sort_key)), plans)


def problems(bank: Bank, chosen: Plan, selection: Selection = EVERYTHING_READY) -> Iterator[Problem]:
    """What the rules find in a bank: item by item in the order of the bank, then in all of them together."""
    language = bank.header.language
    primary = language.split("-", 1)[0].lower()
    spoken = [(rule, given) for rule, given in chosen.rules if not rule.languages or primary in rule.languages]
    about_items = [(rule, given) for rule, given in spoken if isinstance(rule, ItemRule)]
    collection = collected(bank, selection)
    for item in collection.items:
        yield from item_problems(item, about_items)
    for rule, given in spoken:
        if isinstance(rule, BankRule):
            yield from rule.check(collection, given)


def collected(bank: Bank, selection: Selection = EVERYTHING_READY) -> Collection:
    """The wanted questions of a bank, as the rules see them."""
    language = bank.header.language
    items = tuple(Item(question, language=language) for question in bank.questions if selection.takes(question))
    narrow = selection.ids or selection.concepts or selection.tags or selection.types
    return Collection(bank, items, whole=not narrow)


def item_problems(item: Item, rules: Iterable[tuple[ItemRule, Limits]]) -> Iterator[Problem]:
    """What some rules find in one question."""
    for rule, given in rules:
        yield from rule.check(item, given)


def _in_header(problem: Problem) -> Problem:
    return replace(problem, subject=_HEADER, at=("lint", *problem.at))
