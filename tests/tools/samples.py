"""The sample banks, by type and kind."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from quizforge.loading.bank import Loaded, load_banks
from quizforge.model.bank import Bank
from quizforge.model.question import Question

FOLDER = Path(__file__).parent.parent / "samples"
PATHS = tuple(sorted(FOLDER.glob("*/*.yaml")))


@cache
def loaded(path: Path) -> Loaded:
    """One sample bank, read once."""
    return load_banks([path])


def banks() -> tuple[Bank, ...]:
    """All sample banks."""
    return tuple(bank for path in PATHS for bank in loaded(path).banks)


def question(name: str) -> Question:
    """The sample question of that id, such as ``full-matching``."""
    return next(found for bank in banks() for found in bank.questions if found.id == name)
