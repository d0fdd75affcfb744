"""Which rules run and with which limits: what the bank, the project and the command line say, put together.

The bank's ``lint`` speaks for its own questions, the project's file for all banks below it, the command line for one
run. Each may add rules that are off by default (``select``), leave rules out (``ignore``) and set limits, the project
severities too; the nearer one wins: the bank over the project, the command line over both. A rule is named by its
code, its name, or the beginning of its code (``QF2``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches

from quizforge.lint.rule import Limits, Rule
from quizforge.model.bank import LintSettings
from quizforge.model.codes.lint import UNKNOWN_LIMIT, UNKNOWN_RULE
from quizforge.model.diagnostic import Path, Problem, Severity


@dataclass(frozen=True, slots=True)
class Choice:
    """What one place says.

    Attributes:
        select: Rules that run though they are off by default.
        ignore: Rules that do not run.
        limits: Thresholds by name.
        only: Where not empty, no other rules run.
        severity: How serious all findings of a rule are, by its code, name, or the beginning of its code.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    limits: Mapping[str, Decimal] = field(default_factory=dict)
    only: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)

    @classmethod
    def of(cls, settings: LintSettings) -> Choice:
        """What a bank says."""
        return cls(settings.select, settings.ignore, settings.limits)


@dataclass(frozen=True, slots=True)
class Plan:
    """The rules that run on a bank.

    Attributes:
        rules: Each with its limits.
        severities: Severities that are set, by the code of the rule.
    """

    rules: tuple[tuple[Rule, Limits], ...]
    severities: Mapping[str, Severity] = field(default_factory=dict)

    def speaking(self, language: str) -> Iterator[tuple[Rule, Limits]]:
        """The rules that have words for a language, each with its limits."""
        primary = language.split("-", 1)[0].lower()
        return ((rule, given) for rule, given in self.rules if not rule.languages or primary in rule.languages)

    def runs(self, code: str) -> bool:
        """Whether the rule with a code runs."""
        return any(rule.code.code == code for rule, _ in self.rules)


def plan(rules: Iterable[Rule], choices: Sequence[Choice]) -> Plan:
    """Put together what several places say.

    Args:
        rules: All that there are.
        choices: The farthest place first: project, bank, command line.
    """
    chosen = tuple((rule, _limits(rule, choices)) for rule in rules if _runs(rule, choices))
    severities = {
        rule.code.code: severity
        for choice in choices
        for word, severity in choice.severity.items()
        for rule, _ in chosen
        if names(rule, (word,))
    }
    return Plan(chosen, severities)


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
    return any(rule.code.name == word or (word[:2].isupper() and rule.code.code.startswith(word)) for word in listed)


def unknown(settings: Choice, rules: Sequence[Rule]) -> Iterator[Problem]:
    """What a list names that is no rule, and limits that no rule has; paths are counted from the settings."""
    known = [name for rule in rules for name in (rule.code.code, rule.code.name)]
    for at, word in _named(settings):
        if word and not any(names(rule, (word,)) for rule in rules):
            hint = _near(word, known) or "'quizforge explain' lists all rules"
            yield Problem(UNKNOWN_RULE, f"there is no rule '{word}'", at, hint=hint, on_key=at[0] == "severity")
    limits = sorted({name for rule in rules for name in rule.limits})
    for name in settings.limits:
        if name not in limits:
            hint = _near(name, limits) or f"known limits: {', '.join(limits)}"
            yield Problem(UNKNOWN_LIMIT, f"no rule has a limit '{name}'", ("limits", name), hint=hint, on_key=True)


def _named(settings: Choice) -> Iterator[tuple[Path, str]]:
    """Every word that is to name a rule, with its path."""
    for key, listed in (("select", settings.select), ("ignore", settings.ignore), ("only", settings.only)):
        for index, word in enumerate(listed):
            yield (key, index), word
    for word in settings.severity:
        yield ("severity", word), word


def _near(word: str, known: Sequence[str]) -> str:
    near = get_close_matches(word, known, n=1)
    return f"did you mean '{near[0]}'?" if near else ""
