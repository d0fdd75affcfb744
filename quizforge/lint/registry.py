"""All rules: those in :mod:`quizforge.lint.rules`, and third parties' by entry point.

A new rule is one new file; there is no list to keep.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points

from quizforge.lint import rules as builtin
from quizforge.lint.rule import BadRuleError, BankRule, ItemRule, Rule, sections
from quizforge.model.codes import all_codes

GROUP = "quizforge.lint_rules"


@cache
def built_in() -> tuple[Rule, ...]:
    """The rules of this package, by code."""
    names = (module.name for module in pkgutil.iter_modules(builtin.__path__, f"{builtin.__name__}."))
    found = (getattr(import_module(name), "RULE", None) for name in names)
    return _sorted([rule for rule in found if isinstance(rule, ItemRule | BankRule)])


@cache
def all_rules() -> tuple[Rule, ...]:
    """The rules of this package and of installed ones, by code.

    Raises:
        BadRuleError: A third party's rule cannot be loaded, has a code that is taken, or no proper docstring.
    """
    points = sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value))
    found = list(built_in())
    taken = {rule.code.code: "QuizForge" for rule in found} | dict.fromkeys(all_codes(), "QuizForge")
    for point in points:
        rule = _load(point)
        if rule.code.code in taken:
            message = f"the rule '{point.name}' has the code {rule.code.code}, which {taken[rule.code.code]} has"
            raise BadRuleError(message, hint=f"it is named by the entry point {point.value}")
        taken[rule.code.code] = f"'{point.name}'"
        found.append(rule)
    return _sorted(found)


def _load(point: EntryPoint) -> Rule:
    try:
        rule = point.load()
    except Exception as error:  # whatever a third party's module does when it is imported
        message = f"the lint rule '{point.name}' cannot be loaded: {type(error).__name__}: {error}"
        raise BadRuleError(message, hint=f"it is named by the entry point {point.value}") from error
    if not isinstance(rule, ItemRule | BankRule):
        hint = "it must be a quizforge.lint.rule.ItemRule or BankRule"
        raise BadRuleError(f"the entry point '{point.name}' ({point.value}) names no rule", hint=hint)
    sections(rule)
    return rule


def _sorted(rules: list[Rule]) -> tuple[Rule, ...]:
    return tuple(sorted(rules, key=lambda rule: rule.code.code))
