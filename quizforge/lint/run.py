"""The review of banks with all that their projects and themselves set: what ``quizforge lint`` does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from quizforge.errors import UsageError
from quizforge.lint.engine import Review, review
from quizforge.lint.project import project_settings
from quizforge.lint.registry import all_rules
from quizforge.lint.settings import Choice, unknown
from quizforge.loading.bank import Loaded
from quizforge.model.quiz import EVERYTHING_READY, Selection


def lint(  # one argument for each setting
    loaded: Loaded,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    only: Sequence[str] = (),
    limits: Mapping[str, Decimal] | None = None,
    selection: Selection = EVERYTHING_READY,
) -> Review:
    """Review banks: item-writing flaws, and faults of whole banks.

    The settings of each bank and of the project that it belongs to count; those given here count before them. A rule is
    named by its code, its name, or the beginning of its code.

    Args:
        loaded: Banks as ``load_banks`` gives them, with or without errors.
        select: Rules that run though they are off by default.
        ignore: Rules that do not run.
        only: Where not empty, no other rules run.
        limits: Thresholds by name.
        selection: Which questions are looked at.

    Raises:
        UsageError: There is no such rule or limit.
        BadRuleError: A rule of another package cannot be loaded.
    """
    rules = all_rules()
    given = Choice(select=tuple(select), ignore=tuple(ignore), only=tuple(only), limits=dict(limits or {}))
    for problem in unknown(given, rules):
        raise UsageError(problem.message, hint=problem.hint)
    return review(loaded, rules, projects=project_settings(loaded, rules), command=given, selection=selection)
