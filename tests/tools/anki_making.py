"""Makes small banks, exports them to Anki and reads the package back."""

from __future__ import annotations

from typing import Any

from quizforge.exporters.anki import Anki, AnkiOptions
from quizforge.exporters.base import Env, Export
from quizforge.model.bank import Bank, Header
from quizforge.model.question import QUESTION_TYPES
from quizforge.model.quiz import Quiz, whole_bank
from tests.tools import apkg

NOW = 1_795_000_000


def question(kind: str, entry: str = "q", **fields: Any) -> Any:
    """A question of a type."""
    return QUESTION_TYPES[kind].model_validate({"id": entry, "type": kind, "stem": "Stem?", **fields})


def single(entry: str = "q", **fields: Any) -> Any:
    """A question with three options, of which the first is the key."""
    choices = [{"text": "Key", "correct": "true"}, {"text": "Wrong"}, {"text": "Worse"}]
    return question("single_choice", entry, **{"choices": choices, **fields})


def bank(*questions: Any, header: dict[str, Any] | None = None, **lists: Any) -> Bank:
    """A bank of questions."""
    given = {"schema": "1", "id": "b", "title": "Bank", **(header or {})}
    return Bank(header=Header.model_validate(given), questions=questions, **lists)


def export(source: Bank | Quiz, *, now: int = NOW, **options: Any) -> Export:
    """What the exporter makes of a bank, with options."""
    quiz = source if isinstance(source, Quiz) else whole_bank(source)
    return Anki().render(quiz, AnkiOptions(**options), Env(now=now))


def package(source: Bank | Quiz, **options: Any) -> apkg.Package:
    """The same, read back."""
    return apkg.read(export(source, **options).files[0].data)


def only(*questions: Any, **options: Any) -> apkg.Note:
    """The one note of a bank of one question."""
    (note,) = package(bank(*questions), **options).notes
    return note
