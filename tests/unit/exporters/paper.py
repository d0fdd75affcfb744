"""The exam of ``exam/bank.yaml``, loaded and printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from quizforge.exporters.base import Env
from quizforge.exporters.html import HtmlOptions, PrintableHtml
from quizforge.loading.bank import load_banks
from quizforge.model.bank import Bank
from quizforge.model.question import QUESTION_TYPES
from quizforge.model.quiz import Quiz, whole_bank

FOLDER = Path(__file__).parent / "exam"
SAMPLES = Path(__file__).parents[2] / "samples"


@cache
def loaded(path: Path = FOLDER) -> Bank:
    """The one bank at a path, which must be free of errors."""
    found = load_banks([str(path)])
    assert [str(each.place) for each in found.diagnostics if each.severity == "error"] == []
    (bank,) = found.banks
    return bank


def exam(language: str = "en", title: str | None = None) -> Quiz:
    """The exam, with own words in another language."""
    quiz = whole_bank(loaded())
    return replace(quiz, language=language, title=title or quiz.title)


def quiz_of(*questions: Mapping[str, object], bank: Bank | None = None) -> Quiz:
    """A quiz of questions that are written as in YAML, each scalar a text."""
    source = bank or loaded()
    parsed = tuple(
        QUESTION_TYPES[str(each["type"])].model_validate({"id": f"question-{number}", **each})
        for number, each in enumerate(questions, 1)
    )
    return whole_bank(replace(source, questions=parsed))


def printed(quiz: Quiz | None = None, options: HtmlOptions | None = None) -> tuple[str, str]:
    """Exam and key."""
    exam_file, key_file = PrintableHtml().render(quiz or exam(), options or HtmlOptions(), Env()).files
    return exam_file.data.decode(), key_file.data.decode()
