"""The review of banks with all that their projects and themselves set: what ``quizforge lint`` does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from quizforge.errors import UsageError
from quizforge.lint.engine import Review, review
from quizforge.lint.exams import ExamReview, review_forms
from quizforge.lint.project import project_settings
from quizforge.lint.registry import all_rules
from quizforge.lint.rule import Rule
from quizforge.lint.settings import Choice, unknown
from quizforge.loading.bank import Loaded
from quizforge.loading.quizzes import LoadedQuizzes, QuizSource
from quizforge.model.quiz import EVERYTHING_READY, Quiz, Selection


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
    given = _given(rules, Choice(tuple(select), tuple(ignore), dict(limits or {}), tuple(only)))
    return review(loaded, rules, projects=project_settings(loaded, rules), command=given, selection=selection)


def lint_forms(  # one argument for each setting
    source: QuizSource,
    forms: Sequence[Quiz],
    *,
    loaded: LoadedQuizzes,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    only: Sequence[str] = (),
    limits: Mapping[str, Decimal] | None = None,
) -> ExamReview:
    """Review the forms of an exam, each as students will see it.

    The settings of all its banks and of their projects count.

    Args:
        source: The quiz file, from ``load_quizzes``.
        forms: As ``assemble`` makes them.
        loaded: What the quiz file was read with.
        select: As for :func:`lint`, like those below.
        ignore: Rules that do not run.
        only: Where not empty, no other rules run.
        limits: Thresholds by name.

    Raises:
        UsageError: There is no such rule or limit.
        BadRuleError: A rule of another package cannot be loaded.
    """
    rules = all_rules()
    given = _given(rules, Choice(tuple(select), tuple(ignore), dict(limits or {}), tuple(only)))
    said = project_settings(loaded.banks, rules)
    banks = source.shelf.banks
    projects = [said.choices[bank.id] for bank in banks if bank.id in said.choices]
    choices = (*projects, *(Choice.of(bank.header.lint) for bank in banks), given)
    return review_forms(source, forms, rules, documents=loaded.documents.values(), choices=choices)


def _given(rules: Sequence[Rule], choice: Choice) -> Choice:
    for problem in unknown(choice, rules):
        raise UsageError(problem.message, hint=problem.hint)
    return choice
