"""Blackboard's text file: rows, limits, and nothing that could be shown or scored otherwise than meant."""

from __future__ import annotations

from typing import Any

import pytest

from quizforge.api import export
from quizforge.exporters.base import Export
from quizforge.exporters.blackboard_txt import BlackboardOptions
from tests.tools.blackboard_reader import read
from tests.tools.moodle_export import bank, choices

PAIRS = [{"left": "a", "right": "1"}, {"left": "b", "right": "2"}]


def made(*questions: dict[str, Any], view: str = "ultra") -> Export:
    """The export of some questions."""
    options: Any = BlackboardOptions(view=view)  # type: ignore[arg-type]
    return export(bank(*questions), "blackboard-txt", options=options)


def row(question: dict[str, Any], view: str = "ultra") -> list[str]:
    """The fields of one question."""
    (file,) = made(question, view=view).files
    return file.data.decode().removesuffix("\n").split("\t")


def refused(question: dict[str, Any]) -> str:
    """Why a question is left out."""
    found = made(question)
    assert found.files == ()
    ((_, reason),) = found.left_out
    return reason


@pytest.mark.parametrize(
    ("question", "fields"),
    [
        ({"type": "true_false", "answer": False}, ["TF", "What?", "false"]),
        ({"type": "essay", "model_answer": "So.\n\nThus."}, ["ESS", "What?", "So. Thus."]),
        ({"type": "essay"}, ["ESS", "What?"]),
        ({"type": "numerical", "answer": "0.50", "tolerance": "10%"}, ["NUM", "What?", "0.5", "0.05"]),
        ({"type": "numerical", "answer": 2, "unit": "m"}, ["NUM", "What? (Unit: m)", "2"]),
        ({"type": "short_answer", "answers": ["a", r"b \*"]}, ["FIB", "What?", "a", "b *"]),
        (
            {
                "type": "cloze",
                "stem": "[[x]] and [[y]]",
                "blanks": {"x": {"answers": ["1", "2"]}, "y": {"answers": ["3"]}},
            },
            ["FIB_PLUS", "[x] and [y]", "x", "1", "2", "", "y", "3"],
        ),
    ],
)
def test_rows(question: dict[str, Any], fields: list[str]) -> None:
    """Each type has the fields of the help page."""
    assert row(question) == fields


def test_more_rows_than_a_file_takes_are_split() -> None:
    """251 questions make two files in Ultra and one in Original; a note says so."""
    questions = [{"type": "true_false", "answer": True, "id": f"q{number}"} for number in range(251)]
    found = made(*questions)

    assert [(file.name, file.questions) for file in found.files] == [
        ("bank-1.blackboard.txt", 250),
        ("bank-2.blackboard.txt", 1),
    ]
    assert [len(read(file.data)) for file in found.files] == [250, 1]
    assert found.notes[0].startswith("in 2 files")
    assert [file.questions for file in made(*questions, view="original").files] == [251]


def test_orderings_depend_on_the_view() -> None:
    """Original has orderings; in Ultra each item is matched with its place."""
    question = {"type": "ordering", "items": ["a", "b"]}

    assert row(question, "original") == ["ORD", "What?", "a", "b"]
    found = row(question)
    assert found[0] == "MAT"
    assert sorted(zip(found[2::2], found[3::2], strict=True)) == [("a", "1"), ("b", "2")]
    assert any("Original" in note for note in made(question, view="original").notes)


@pytest.mark.parametrize("text", ["List<int>", "&lt;b&gt;", "a</b>", r"\(x<y\)"])
def test_what_may_be_taken_for_html_is_refused(text: str) -> None:
    """The help does not say whether fields are HTML: what both readings show alike is written, other texts are not."""
    assert "HTML" in refused({"type": "true_false", "stem": text, "answer": True})


@pytest.mark.parametrize("text", ["a < b && c", "R & D", '"quoted"', "x = {1} ~ #2: 50%", "مرحبا 👩‍🔬"])
def test_what_both_readings_show_alike_is_written(text: str) -> None:
    """Signs that mean nothing to HTML stay as they are."""
    assert row({"type": "true_false", "stem": text, "answer": True})[1] == text


def test_what_would_earn_more_is_refused() -> None:
    """Blackboard ignores case, weighs blanks alike, and pairs each left side with a right side of its own."""
    assert "case" in refused({"type": "short_answer", "answers": ["Na"], "case_sensitive": True})
    blanks = {"x": {"answers": ["1"], "weight": 2}, "y": {"answers": ["2"]}}
    assert "weigh" in refused({"type": "cloze", "stem": "[[x]] [[y]]", "blanks": blanks})
    assert "same right side" in refused({"type": "matching", "pairs": [*PAIRS, {"left": "c", "right": "1"}]})


def test_what_cannot_be_written_is_refused() -> None:
    """Patterns alone, numbers with exponents, other brackets beside blanks, more than 100 answers."""
    assert "without '*'" in refused({"type": "short_answer", "answers": ["a*"]})
    assert "exponent" in refused({"type": "numerical", "answer": "1e20"})
    blanks = {"x": {"answers": ["1"]}, "y": {"answers": ["2"]}}
    assert "brackets" in refused({"type": "cloze", "stem": "[[x]] [[y]] [see 1]", "blanks": blanks})
    assert "100 answers" in refused({"type": "multiple_answer", "choices": choices(2, 99)})


def test_partial_credit_is_warned_about() -> None:
    """What earns a part in the bank earns nothing there, and the setting that would change it is named."""
    found = made({"type": "multiple_answer", "choices": choices(2, 2)})

    assert [problem.code.name for problem in found.problems] == ["score-lowered"]
    assert any("partial credit" in note for note in found.notes)
    assert made({"type": "multiple_answer", "choices": choices(2, 2), "scoring": "all_or_nothing"}).problems == ()
