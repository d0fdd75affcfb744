"""Running the rules on banks: findings with places, without those that are allowed in place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from quizforge.lint.item import Item
from quizforge.lint.project import ProjectSettings
from quizforge.lint.rule import BankRule, Collection, ItemRule, Limits, Rule
from quizforge.lint.settings import Choice, Plan, plan, unknown
from quizforge.loading.bank import Loaded, suppressed
from quizforge.model.bank import Bank
from quizforge.model.codes import all_codes
from quizforge.model.diagnostic import Diagnostic, Problem
from quizforge.model.quiz import EVERYTHING_READY, Selection

_HEADER = ("bank", "bank")


@dataclass(frozen=True)
class Review:
    """What became of a run.

    Attributes:
        diagnostics: What loading found and what the rules found, sorted by place, without what is allowed.
        plans: The rules that ran on each bank, by its id.
        sources: The text of every file that findings are in, by its path.
    """

    diagnostics: tuple[Diagnostic, ...]
    plans: Mapping[str, Plan]
    sources: Mapping[str, str]


def review(
    loaded: Loaded,
    rules: Sequence[Rule],
    *,
    projects: ProjectSettings | None = None,
    command: Choice | None = None,
    selection: Selection = EVERYTHING_READY,
) -> Review:
    """Run the rules on every bank.

    Args:
        loaded: Banks, with or without errors: what could be read of them is reviewed.
        rules: All that there are.
        projects: What the projects' files say, see :func:`quizforge.lint.project.project_settings`.
        command: What the command line says.
        selection: Which questions are looked at.
    """
    said = projects or ProjectSettings()
    kept: list[Diagnostic] = []
    plans: dict[str, Plan] = {}
    for bank in loaded.banks:
        own = Choice.of(bank.header.lint)
        chosen = plans[bank.id] = plan(rules, (said.choices.get(bank.id, Choice()), own, command or Choice()))
        faults = (_in_header(problem) for problem in unknown(own, rules))
        found = (*faults, *problems(bank, chosen, selection))
        ran = partial(_ran, plan=chosen, rules=rules, everything=selection == EVERYTHING_READY)
        kept += _not_allowed(loaded, bank, found, ran=ran)
    every = {*loaded.diagnostics, *said.diagnostics, *kept}  # both passes report a comment that is not understood
    ordered = tuple(sorted(every, key=lambda found: found.sort_key))
    return Review(ordered, plans, {**loaded.sources, **said.sources})


def _not_allowed(
    loaded: Loaded, bank: Bank, found: Iterable[Problem], *, ran: Callable[[str], bool]
) -> tuple[Diagnostic, ...]:
    """Findings of one bank with their places, without those that a comment in its files allows."""
    entries = loaded.maps[bank.id]
    documents = (document for path, document in loaded.documents.items() if path in entries.paths)
    return suppressed(entries.locate_all(found), documents, ran=ran)


def _ran(code: str, *, plan: Plan, rules: Sequence[Rule], everything: bool) -> bool:
    """Whether a comment that allows a code can be called unused.

    Not if its rule did not run, or not on every question; but a mistyped code allows nothing, whatever ran.
    """
    if code.startswith("QF") and code not in all_codes() and all(rule.code.code != code for rule in rules):
        return True
    return everything and plan.runs(code)


def problems(bank: Bank, chosen: Plan, selection: Selection = EVERYTHING_READY) -> Iterator[Problem]:
    """What the rules find in a bank: item by item in the order of the bank, then in all of them together."""
    language = bank.header.language
    spoken = list(chosen.speaking(language))
    about_items = [(rule, given) for rule, given in spoken if isinstance(rule, ItemRule)]
    collection = collected(bank, selection)
    for item in collection.items:
        for problem in item_problems(item, about_items):
            yield weighed(problem, chosen)
    for rule, given in spoken:
        if isinstance(rule, BankRule):
            for problem in rule.check(collection, given):
                yield weighed(problem, chosen)


def weighed(problem: Problem, chosen: Plan) -> Problem:
    """A finding with the severity that the settings give it."""
    severity = chosen.severities.get(problem.code.code) if chosen.severities else None
    return problem if severity is None else replace(problem, severity=severity)


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
