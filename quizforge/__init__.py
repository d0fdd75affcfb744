"""QuizForge: a compiler for assessments.

Question banks in YAML are read, checked and written to every place where students meet them. What
the command line does, this package does too::

    from quizforge import load_banks, export

    loaded = load_banks(["banks/"])
    for bank in loaded.banks:
        result = export(bank, "moodle-xml")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizforge.api import InvalidBankError, assemble, export, lint, load_bank, load_banks, load_quiz
    from quizforge.errors import QuizForgeError

__version__ = "0.1.0"

__all__ = [
    "InvalidBankError",
    "QuizForgeError",
    "__version__",
    "assemble",
    "export",
    "lint",
    "load_bank",
    "load_banks",
    "load_quiz",
]

_HOMES = {
    "InvalidBankError": "quizforge.api",
    "QuizForgeError": "quizforge.errors",
    "export": "quizforge.api",
    "assemble": "quizforge.api",
    "lint": "quizforge.api",
    "load_bank": "quizforge.api",
    "load_quiz": "quizforge.api",
    "load_banks": "quizforge.api",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that ``import quizforge`` costs nothing."""
    if name not in _HOMES:
        message = f"module 'quizforge' has no attribute '{name}'"
        raise AttributeError(message)
    return getattr(import_module(_HOMES[name]), name)
