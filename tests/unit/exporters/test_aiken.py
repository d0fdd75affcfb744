"""Aiken: one line for everything, and nothing that Moodle would take for something else."""

from __future__ import annotations

from typing import Any

import pytest

from quizforge.api import export
from quizforge.exporters.base import Export, ModeOptions
from tests.tools import aiken_reader
from tests.tools.moodle_export import bank, choices

CHOICE = {"type": "single_choice", "choices": choices(1, 2)}


def made(*questions: dict[str, Any], **parts: Any) -> Export:
    """The export of some questions."""
    return export(bank(*questions, **parts), "aiken")


def refused(question: dict[str, Any]) -> str:
    """Why a question is left out."""
    found = made(question)
    assert found.files == ()
    ((_, reason),) = found.left_out
    return reason


def text(question: dict[str, Any], **parts: Any) -> str:
    """The file of one question."""
    return made(question, **parts).files[0].data.decode()


def test_the_form_of_a_question() -> None:
    """A stem, lettered choices in an order that tells nothing, the letter of the key, an empty line."""
    found = text({**CHOICE, "stem": "Which *one*?\n\nThink."})
    lines = found.split("\n")

    assert lines[0] == "Which one? Think."
    assert sorted(line[3:] for line in lines[1:4]) == ["option 0", "option 1", "option 2"]
    assert [line[:3] for line in lines[1:4]] == ["A) ", "B) ", "C) "]
    key = next(line[0] for line in lines[1:4] if line.endswith("option 0"))
    assert lines[4:] == [f"ANSWER: {key}", ""]


@pytest.mark.parametrize("stem", ["A. B. Smith wrote it.", "U.S. law", "A) first", "ANSWER: which?", "?"])
def test_a_stem_that_reads_like_a_choice_is_refused(stem: str) -> None:
    """Moodle would take it for a choice or an answer, or pass over it."""
    assert "its stem begins like" in refused({**CHOICE, "stem": stem})


def test_limits() -> None:
    """26 choices have letters, 27 have not."""
    assert len(made({**CHOICE, "choices": choices(1, 25)}).files) == 1
    assert "26 choices" in refused({**CHOICE, "choices": choices(1, 26)})


def test_what_would_lose_its_meaning_is_refused() -> None:
    """Code of several lines, and options that differ in markup only."""
    assert "several lines" in refused({**CHOICE, "stem": "```\nif x:\n    y\n```"})
    twins = [{"text": "`x`", "correct": True}, "*x*"]
    assert "same as plain text" in refused({"type": "single_choice", "choices": twins})


def test_long_and_foreign_texts_survive() -> None:
    """10 kB, right-to-left script, emoji and CJK are read back as they are."""
    stem = "مرحبا 你好 👩‍🔬 " + "word " * 2_000 + "end"
    (there,) = aiken_reader.read(made({**CHOICE, "stem": stem}).files[0].data)

    assert there.stem == stem


def test_a_case_stands_before_the_stem() -> None:
    """The text of a scenario is on the same line."""
    scenario = {"id": "s", "title": "Case", "text": "Long\n\nago."}

    assert text({**CHOICE, "scenario": "s"}, scenarios=[scenario]).startswith("Case: Long ago. What?\n")


def test_only_the_key_earns_points() -> None:
    """A choice with credit earns nothing there, which is a warning; a negative credit never earned anything."""
    options = [*choices(1, 1), {"text": "part", "credit": 50}, {"text": "minus", "credit": -50}]
    found = made({"type": "single_choice", "choices": options})

    assert [(problem.code.name, problem.at) for problem in found.problems] == [
        ("score-lowered", ("choices", 2, "credit"))
    ]


def test_settings_are_printed() -> None:
    """The file holds no settings, so that those of an exam or of practice are advised."""
    practice = export(bank(CHOICE), "aiken", options=ModeOptions(mode="practice"))

    assert "one attempt" in made(CHOICE).notes[-1]
    assert "several attempts" in practice.notes[-1]
