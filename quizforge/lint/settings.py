"""Which rules run and with which limits: what the bank, the project and the command line say, put together.

The bank's ``lint`` speaks for its own questions, the project's file for all banks below it, the command line for one
run. Each may add rules that are off by default (``select``), leave rules out (``ignore``) and set limits; the nearer
one wins: the bank over the project, the command line over both. A rule is named by its code, its name, or the
beginning of its code (``QF2``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches

from quizforge.lint.rule import Limits, Rule
from quizforge.model.bank import LintSettings
from quizforge.model.codes.lint import UNKNOWN_LIMIT, UNKNOWN_RULE
from quizforge.model.diagnostic import Problem


@dataclass(frozen=True, slots=True)
class Choice:
    """What one place says.

    Attributes:
        select: Rules that run though they are off by default.
        ignore: Rules that do not run.
        limits: Thresholds by name.
        only: Where not empty, no other rules run.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    limits: Mapping[str, Decimal] = field(default_factory=dict)
    only: tuple[str, ...] = ()

    @classmethod
    def of(cls, settings: LintSettings) -> Choice:
        """What a bank says."""
        return cls(settings.select, settings.ignore, settings.limits)


@dataclass(frozen=True, slots=True)
class Plan:
    """The rules that run on a bank, each with its limits."""

    rules: tuple[tuple[Rule, Limits], ...]

    def runs(self, code: str) -> bool:
        """Whether the rule with a code runs."""
        return any(rule.code.code == code for rule, _ in self.rules)


def plan(rules: Iterable[Rule], choices: Sequence[Choice]) -> Plan:
    """Put together what several places say.

    Args:
        rules: All that there are.
        choices: The farthest place first: project, bank, command line.
    """
    return Plan(tuple((rule, _limits(rule, choices)) for rule in rules if _runs(rule, choices)))


def _runs(rule: Rule, choices: Sequence[Choice]) -> bool:
    runs = rule.default
    for choice in choices:
        if choice.only:
            runs = names(rule, choice.only)
        if names(rule, choice.select):
            runs = True
        if names(rule, choice.ignore):
            runs = False
    return runs


def _limits(rule: Rule, choices: Sequence[Choice]) -> Limits:
    if not rule.limits:
        return rule.limits
    said = {name: value for choice in choices for name, value in choice.limits.items() if name in rule.limits}
    return {**rule.limits, **said} if said else rule.limits


def names(rule: Rule, listed: Iterable[str]) -> bool:
    """Whether a list of codes, names and beginnings of codes names a rule."""
    return any(
        rule.code.name == word or (word.startswith("QF") and rule.code.code.startswith(word.upper())) for word in listed
    )


def unknown(settings: Choice, rules: Sequence[Rule]) -> Iterator[Problem]:
    """What a list names that is no rule, and limits that no rule has; paths are counted from the settings."""
    known = [name for rule in rules for name in (rule.code.code, rule.code.name)]
    for key, listed in (("select", settings.select), ("ignore", settings.ignore), ("only", settings.only)):
        for index, word in enumerate(listed):
            if not any(names(rule, (word,)) for rule in rules):
                hint = _near(word, known) or "'quizforge explain' lists all rules"
                yield Problem(UNKNOWN_RULE, f"there is no rule '{word}'", (key, index), hint=hint)
    limits = sorted({name for rule in rules for name in rule.limits})
    for name in settings.limits:
        if name not in limits:
            hint = _near(name, limits) or f"known limits: {', '.join(limits)}"
            yield Problem(UNKNOWN_LIMIT, f"no rule has a limit '{name}'", ("limits", name), hint=hint, on_key=True)


def _near(word: str, known: Sequence[str]) -> str:
    near = get_close_matches(word, known, n=1)
    return f"did you mean '{near[0]}'?" if near else ""
