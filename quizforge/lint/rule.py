"""What a rule is: a code, a check, its limits, and a page in its module's docstring.

A rule's module holds ``RULE`` and this docstring::

    One line: what is found.

    What:
        What it means.
    Why:
        Why it matters.
    Flagged:
        A question that has the flaw, as YAML.
    Instead:
        The question without it.
    Source:
        The guideline or paper that the rule rests on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from textwrap import dedent
from types import MappingProxyType
from typing import Literal

from quizforge.errors import QuizForgeError
from quizforge.lint.item import Item
from quizforge.model.bank import Bank
from quizforge.model.diagnostic import Code, Path, Problem, Severity

Limits = Mapping[str, Decimal]
Basis = Literal["exact", "statistical", "heuristic"]
"""``exact``: by counting or arithmetic, right whenever it speaks. ``statistical``: speaks by chance in less than one of
a hundred banks. ``heuristic``: a guess, with a measured precision."""

SECTIONS = ("What", "Why", "Flagged", "Instead", "Source")
ENGLISH = frozenset({"en"})
_SECTION = re.compile(rf"^({'|'.join(SECTIONS)}):\n((?:    .*\n|\s*\n)*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Fix:
    """A change of the source that mends a finding and leaves the meaning, the key and the layout alone.

    Attributes:
        subject: Section and id of the entry.
        at: Path of a list whose entries change places, as in the finding.
        order: The old index of each entry in the new order.
    """

    subject: tuple[str, str]
    at: Path
    order: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ItemRule:
    """A rule about one question.

    Attributes:
        code: Number, name, severity and summary.
        check: Yields the findings of one question.
        doc: The page: the docstring of the module, ``__doc__``.
        basis: Whether it counts or guesses.
        limits: Thresholds with their defaults, which a bank may set.
        languages: Primary language tags for which the check has words; empty for all.
        default: Whether it runs unless it is selected.
        fix: Gives the safe changes that mend all that ``check`` finds; None where a person must.
        criterion: The criterion of human labels that the rule was measured against; empty where there is none.
    """

    code: Code
    check: Callable[[Item, Limits], Iterable[Problem]]
    doc: str = field(repr=False)
    basis: Basis = "heuristic"
    limits: Limits = field(default_factory=dict)
    languages: frozenset[str] = frozenset()
    default: bool = True
    fix: Callable[[Item, Limits], Iterable[Fix]] | None = None
    criterion: str = ""


@dataclass(frozen=True)
class Collection:
    """Questions that are looked at together: those of a bank, or of an exam.

    Attributes:
        bank: The bank.
        items: The questions that are looked at, in the order of the bank.
        whole: Whether all questions of the bank are looked at, but for pools and states: else what is missing among
            them is no gap of the bank.
        exam: Whether they are one exam: then all of them meet, whatever their pool, and options stand as they are
            shown.
        others: Further banks of an exam.
        subject: Section and id of the entry whose title findings about the whole stand beside.
    """

    bank: Bank
    items: tuple[Item, ...]
    whole: bool = True
    exam: bool = False
    others: tuple[Bank, ...] = ()
    subject: tuple[str, str] = ("bank", "bank")

    @cached_property
    def graded(self) -> tuple[Item, ...]:
        """The questions that earn points, in order."""
        return tuple(item for item in self.items if item.question.graded)

    def problem(
        self, code: Code, message: str, *, at: Path = ("title",), hint: str = "", severity: Severity | None = None
    ) -> Problem:
        """A finding about all of them together."""
        return Problem(code, message, at, hint=hint, subject=self.subject, severity=severity)

    def concept_problem(self, code: Code, concept: str, message: str, *, hint: str = "") -> Problem:
        """A finding about a concept, which stands beside its id."""
        return Problem(code, message, ("id",), hint=hint, subject=("concepts", concept))


@dataclass(frozen=True, slots=True)
class BankRule:
    """A rule about many questions together.

    Attributes:
        exams: Whether it speaks of exams too, and not only of banks.

    The other attributes are those of :class:`ItemRule`.
    """

    code: Code
    check: Callable[[Collection, Limits], Iterable[Problem]]
    doc: str = field(repr=False)
    basis: Basis = "heuristic"
    limits: Limits = field(default_factory=dict)
    languages: frozenset[str] = frozenset()
    default: bool = True
    exams: bool = True
    criterion: str = ""


Rule = ItemRule | BankRule


class BadRuleError(QuizForgeError):
    """A rule that is not made as rules must be."""

    exit_code = 3


def limits(**values: float | str) -> Limits:
    """Thresholds by name: ``limits(stem_words=60)``."""
    return MappingProxyType({name: Decimal(str(value)) for name, value in values.items()})


def sections(rule: Rule) -> Mapping[str, str]:
    """The parts of a rule's page by their heading, dedented.

    Raises:
        BadRuleError: One is missing or empty.
    """
    found = {match[1]: dedent(match[2]).strip() for match in _SECTION.finditer(f"{rule.doc.rstrip()}\n")}
    missing = [name for name in SECTIONS if not found.get(name)]
    if missing:
        raise BadRuleError(
            f"the docstring of rule {rule.code.code} ({rule.code.name}) lacks: {', '.join(missing)}",
            hint="see quizforge/lint/rule.py for the form",
        )
    return found
