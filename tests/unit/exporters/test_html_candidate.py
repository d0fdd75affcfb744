"""The exam of a named candidate: name, id and time, and nothing but the exam."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from quizforge.errors import UsageError
from quizforge.exporters.base import Env
from quizforge.exporters.html import HtmlOptions, PrintableHtml
from quizforge.model.candidate import Candidate, ExtraTime
from tests.unit.exporters.paper import exam


def named(extra: ExtraTime | None, *, minutes: int | None = None, language: str = "en") -> str:
    """The exam of Zoë, whose name is not quite safe."""
    quiz = replace(exam(language), form="A", minutes=None if minutes is None else Decimal(minutes))
    options = HtmlOptions(candidate=Candidate("Zoë <b>", "s-1", "A", extra_time=extra))
    (file,) = PrintableHtml().render(quiz, options, Env()).files
    assert file.audience == "student-exam"
    return file.data.decode().replace("\xa0", " ").replace("\u202f", " ")


def test_name_and_id_are_filled_in() -> None:
    """Both stand on their lines, escaped."""
    source = named(None)

    assert '<span class="line"><bdi dir="auto">Zoë &lt;b&gt;</bdi></span>' in source
    assert '<span class="line">s-1</span>' in source
    assert "Extra time" not in source


@pytest.mark.parametrize(
    ("extra", "minutes", "language", "said"),
    [
        (ExtraTime(Decimal(25), percent=True), 90, "en", "90 min · Extra time: 23 min, 113 min in all"),
        (ExtraTime(Decimal("7.5")), 90, "de", "90 Min. · Zeitzuschlag: 8 Min., insgesamt 98 Min."),
        (ExtraTime(Decimal(25), percent=True), None, "en", "Extra time: 25%"),
        (ExtraTime(Decimal("7.5")), None, "fr", "Temps supplémentaire : 7,5 min"),
    ],
)
def test_extra_time_is_said(extra: ExtraTime, minutes: int | None, language: str, said: str) -> None:
    """With the whole time where the quiz has one, in the quiz's language."""
    assert said in named(extra, minutes=minutes, language=language)


def test_candidates_come_from_class_lists_only() -> None:
    """An option cannot name one."""
    wrong: Any = "Zoë"
    with pytest.raises(UsageError, match="a candidate cannot be named here"):
        HtmlOptions(candidate=wrong)
