"""What the command line does, for Python: load banks, choose questions, write them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from quizforge.errors import QuizForgeError
from quizforge.exporters import registry
from quizforge.exporters.base import Env, Export, Options
from quizforge.loading.bank import Loaded, load_banks
from quizforge.loading.collector import paused_collector
from quizforge.model.bank import Bank
from quizforge.model.diagnostic import Diagnostic
from quizforge.model.quiz import EVERYTHING_READY, Quiz, Selection, whole_bank

__all__ = ["Env", "InvalidBankError", "Loaded", "export", "load_bank", "load_banks", "quiz_for"]


class InvalidBankError(QuizForgeError):
    """A bank has errors.

    Attributes:
        diagnostics: All findings, sorted by place.
    """

    exit_code = 1

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        errors = [found for found in diagnostics if found.severity == "error"]
        first = f"; the first: {errors[0].place}: {errors[0].message}" if errors else ""
        super().__init__(f"the bank has {len(errors)} error{'' if len(errors) == 1 else 's'}{first}")
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
