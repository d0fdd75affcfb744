"""The errors that QuizForge raises on purpose.

Faults in a bank are never raised: they are collected as
:class:`~quizforge.model.diagnostic.Diagnostic` values. What is raised is what stops the work as a
whole, and :mod:`quizforge.cli` is the only place that catches it.
"""

from __future__ import annotations


class QuizForgeError(Exception):
    """Base of everything QuizForge raises on purpose.

    Args:
        message: What is wrong, as one sentence that quotes the user's own value.
        hint: What to do next; printed on a line of its own. Empty when there is nothing to say.
    """

    exit_code = 3

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(QuizForgeError):
    """The call itself cannot be carried out: an unknown format, a path that does not exist."""

    exit_code = 2


class EnvironmentFault(QuizForgeError):  # noqa: N818  # EnvironmentError is a name of Python itself
    """The machine refuses: an unwritable folder, a full disk, a missing optional dependency."""

    exit_code = 3
