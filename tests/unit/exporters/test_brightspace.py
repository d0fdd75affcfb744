"""Brightspace's CSV: texts with their signs, scoring that never pays more, cells that no spreadsheet changes."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest

from quizforge.api import export
from quizforge.exporters.base import Export
from quizforge.exporters.brightspace_csv.rows import pattern
from quizforge.model.questions.short_answer import matches
from tests.tools.moodle_export import bank, choices


def made(question: dict[str, Any], **lists: Any) -> Export:
    """The export of one question."""
    return export(bank(question, **lists), "brightspace-csv")


def rows(question: dict[str, Any], first: str, **lists: Any) -> list[list[str]]:
    """The rows of one question that begin with a word."""
    (file,) = made(question, **lists).files
    found = csv.reader(io.StringIO(file.data.decode("utf-8-sig"), newline=""))
    return [row for row in found if row[0] == first]


TRUE = {"type": "true_false", "answer": True}


def test_texts_say_whether_they_are_html() -> None:
    """Markup, line breaks, ampersands and signs of formulas make HTML on one line; other texts are plain."""
    for stem, cell, sign in (
        ("It holds", "It holds", ""),
        ("It *holds*", "<p>It <em>holds</em></p>", "HTML"),
        ("Two\nlines", "<p>Two lines</p>", "HTML"),
        ("a & b", "<p>a &amp; b</p>", "HTML"),
        ("-1 is less", "<p>-1 is less</p>", "HTML"),
        ("List<int>", "<p>List&lt;int&gt;</p>", "HTML"),
    ):
        assert rows({**TRUE, "stem": stem}, "QuestionText") == [["QuestionText", cell, sign, "", ""]]


def test_code_keeps_its_lines() -> None:
    """A cell has one line; line breaks of code are character references."""
    ((_, cell, _, _, _),) = rows({**TRUE, "stem": "```\nif x:\n    y\n```"}, "QuestionText")

    assert "if x:&#10;    y" in cell


def test_formulas_are_mathml() -> None:
    """Brightspace keeps equations as MathML inside HTML."""
    ((_, cell, sign, _, _),) = rows({**TRUE, "stem": r"\(x^2\) is positive"}, "QuestionText")

    assert sign == "HTML"
    assert "<math" in cell


@pytest.mark.parametrize("text", ["=1+1", "+1", "-x", "@sum"])
def test_no_option_is_a_formula(text: str) -> None:
    """An option that begins like a formula is HTML whose first character is written by its number."""
    options = [{"text": text, "correct": True}, "b"]
    cells = [row[2] for row in rows({"type": "single_choice", "choices": options}, "Option")]

    assert f"&#{ord(text[0])};{text[1:]}" in cells


def test_partial_credit_is_in_whole_per_cents() -> None:
    """A credit is rounded downwards and never negative; only rounding is warned about."""
    options = [{"text": "k", "correct": True}, {"text": "a", "credit": 25}, {"text": "b", "credit": "33.3"}]
    question = {"type": "single_choice", "choices": [*options, {"text": "c", "credit": -50}]}

    assert sorted((row[2], row[1]) for row in rows(question, "Option")) == [
        ("a", "25"),
        ("b", "33"),
        ("c", "0"),
        ("k", "100"),
    ]
    assert [found.message for found in made(question).problems] == ["credit 33.3 becomes 33, a whole per cent"]


@pytest.mark.parametrize(
    ("scoring", "keys", "warned"), [("plus_minus", 2, True), ("plus_minus", 1, False), ("all_or_nothing", 2, False)]
)
def test_ticks_are_all_or_nothing(scoring: str, keys: int, *, warned: bool) -> None:
    """Whatever the scoring, only the fully right answer earns points; where that is less it is said."""
    question = {"type": "multiple_answer", "scoring": scoring, "choices": choices(keys, 2)}

    assert rows(question, "Scoring") == [["Scoring", "AllOrNothing", "", "", ""]]
    assert [found.code.name for found in made(question).problems] == (["score-lowered"] if warned else [])


@pytest.mark.parametrize("answer", ["a*", "*b", "a*b*c", r"3\*4", "a.b", "[x]", "é*", "C++ *", "*", r"\* *"])
@pytest.mark.parametrize("case_sensitive", [True, False])
def test_a_pattern_takes_what_the_bank_takes(answer: str, *, case_sensitive: bool) -> None:
    """A regular expression accepts exactly the responses that the answer does."""
    found = re.compile(pattern(answer, case_sensitive=case_sensitive))
    responses = [
        "a",
        "A",
        "ab",
        "AB",
        "axb",
        "axbyc",
        "3*4",
        "3x4",
        "a.b",
        "axb",
        "[x]",
        "x",
        "é",
        "Éa",
        "C++ x",
        "* a",
    ]
    for response in responses:
        assert bool(found.search(response)) == matches(answer, response, case_sensitive=case_sensitive), response


def test_hints_and_feedback_stand_in_their_places() -> None:
    """All hints in one row; feedback on pairs in the general one; difficulty on the scale of five."""
    question = {
        "type": "matching",
        "pairs": [{"left": "a", "right": "1", "feedback": "Why a."}, {"left": "b", "right": "2"}],
        "distractors": ["3"],
        "hints": ["One.", "Two."],
        "difficulty": "hard",
        "feedback": "All.",
    }

    assert rows(question, "Hint") == [["Hint", "<ol><li><p>One.</p></li><li><p>Two.</p></li></ol>", "HTML", "", ""]]
    ((_, feedback, _, _, _),) = rows(question, "Feedback")
    assert feedback.startswith("<p>All.</p>")
    assert "Why a." in feedback
    assert rows(question, "Difficulty") == [["Difficulty", "5", "", "", ""]]
    assert [row[2] for row in rows(question, "Choice")] in (["1", "2"], ["2", "1"])


def test_no_question_no_file() -> None:
    """What only information holds makes no file."""
    assert made({"type": "information", "stem": "Read."}).files == ()


def test_answers_that_earn_nothing_are_named_once_for_numbers() -> None:
    """A number is written in several spellings; what is left out of them is said once, for the field."""
    answers = [{"value": "1.5"}, {"value": "2.5", "credit": 0, "feedback": "No."}]
    dropped = [
        found for found in made({"type": "numerical", "answers": answers}).problems if "nothing are" in found.message
    ]

    assert [found.at for found in dropped] == [("answers",)]
