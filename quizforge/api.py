"""What the command line does, for Python: load banks, choose questions, write them."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from quizforge.errors import QuizForgeError
from quizforge.exporters import registry
from quizforge.exporters.base import Env, Export, Options
from quizforge.lint.run import lint
from quizforge.loading.bank import Loaded, load_banks
from quizforge.loading.collector import paused_collector
from quizforge.loading.quizzes import LoadedQuizzes, QuizSource, load_quizzes
from quizforge.model.bank import Bank
from quizforge.model.diagnostic import Diagnostic
from quizforge.model.quiz import EVERYTHING_READY, Quiz, Selection, whole_bank

if TYPE_CHECKING:
    from quizforge.assembly.assemble import Assembly
    from quizforge.assembly.ledger import Ledger

__all__ = [
    "Env",
    "InvalidBankError",
    "Loaded",
    "assemble",
    "check_quizzes",
    "export",
    "lint",
    "load_bank",
    "load_banks",
    "load_quiz",
    "load_quizzes",
    "quiz_for",
]


class InvalidBankError(QuizForgeError):
    """A bank or a quiz has errors.

    Attributes:
        diagnostics: All findings, sorted by place.
    """

    exit_code = 1

    def __init__(self, diagnostics: Sequence[Diagnostic], *, what: str = "bank") -> None:
        errors = [found for found in diagnostics if found.severity == "error"]
        first = f"; the first: {errors[0].place}: {errors[0].message}" if errors else ""
        super().__init__(f"the {what} has {len(errors)} error{'' if len(errors) == 1 else 's'}{first}")
        self.diagnostics = tuple(diagnostics)


def load_bank(path: str | os.PathLike[str]) -> Bank:
    """Read one bank that must be free of errors.

    Args:
        path: A bank's folder or file, such as ``banks/llm-alignment``.

    Raises:
        InvalidBankError: The bank has errors, or there is not exactly one bank.
        UsageError: The path does not exist.
    """
    loaded = load_banks([path])
    if not loaded.ok or len(loaded.banks) != 1:
        raise InvalidBankError(loaded.diagnostics)
    return loaded.banks[0]


def quiz_for(bank: Bank, name: str, selection: Selection = EVERYTHING_READY) -> Quiz:
    """The quiz that a format is given: drill targets hold the practice pool unless pools are named."""
    if registry.get(name).drill and not selection.pools:
        selection = Selection(
            ids=selection.ids,
            concepts=selection.concepts,
            tags=selection.tags,
            types=selection.types,
            pools=frozenset({"practice"}),
            statuses=selection.statuses,
        )
    return whole_bank(bank, selection)


def export(
    source: Bank | Quiz,
    name: str,
    *,
    selection: Selection = EVERYTHING_READY,
    options: Options | None = None,
    env: Env | None = None,
) -> Export:
    """Write a bank or a quiz in one format, in memory.

    Args:
        source: Free of errors.
        name: A format, as in ``quizforge formats``.
        selection: Which entries of a bank; ignored for a quiz.
        options: Of the exporter's own class; its defaults if None.
        env: Renderers and time. Pass one to several calls and each text is rendered once.

    Raises:
        UsageError: There is no such format.
    """
    exporter = registry.get(name)
    quiz = source if isinstance(source, Quiz) else quiz_for(source, name, selection)
    chosen: Any = exporter.options() if options is None else options
    with paused_collector():
        return exporter.render(quiz, chosen, env or Env())


def load_quiz(path: str | os.PathLike[str]) -> QuizSource:
    """Read one quiz file with its banks, all of which must be free of errors.

    Args:
        path: A quiz file, such as ``banks/llm-alignment/quizzes/exam.yaml``.

    Raises:
        InvalidBankError: The quiz or a bank of it has errors, or the file is no quiz.
        UsageError: The path does not exist.
    """
    loaded = load_quizzes([path])
    if not loaded.ok or len(loaded.quizzes) != 1:
        raise InvalidBankError(loaded.diagnostics, what="quiz")
    return loaded.quizzes[0]


def check_quizzes(
    loaded: LoadedQuizzes, ledgers: Mapping[Path, Ledger] = MappingProxyType({})
) -> tuple[Diagnostic, ...]:
    """All findings, and for each quiz without errors whether there are enough questions for it.

    Args:
        loaded: Quizzes and their banks.
        ledgers: What earlier exams used, by the path of the quiz file.
    """
    if not loaded.quizzes or not loaded.ok:
        return loaded.diagnostics
    from quizforge.assembly.assemble import check

    found = loaded.kept(
        source.locate(problem)
        for source in loaded.quizzes
        for problem in check(source, ledger=ledgers.get(source.path))
    )
    return tuple(sorted([*loaded.diagnostics, *found], key=lambda one: one.sort_key))


def assemble(  # one for each way to change what the quiz file says
    source: QuizSource,
    *,
    forms: tuple[str, ...] | None = None,
    seed: int | None = None,
    solver: Literal["search", "highs"] = "search",
    ledger: Ledger | None = None,
    renew: bool = False,
) -> Assembly:
    """Pick the questions of a quiz and put its parallel forms together, in memory.

    Args:
        source: From :func:`load_quiz`.
        forms: Codes of the forms; those of the quiz file if None.
        seed: Another one gives other forms; that of the quiz file if None.
        solver: ``search`` is built in; ``highs`` needs the extra ``solver`` and proves what it says.
        ledger: Earlier exams, from :func:`quizforge.assembly.ledger.parse_ledger`.
        renew: Whether a quiz that the ledger holds may come out otherwise now.

    Returns:
        Forms to give to :func:`export`, a report, and what is wrong; without forms where something is.

    Raises:
        EnvironmentFault: ``highs`` is not installed.
    """
    from quizforge.assembly.assemble import assemble as put_together

    with paused_collector():
        return put_together(source, forms=forms, seed=seed, solver=solver, ledger=ledger, renew=renew)
