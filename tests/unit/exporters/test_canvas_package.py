"""The archive for Canvas: its files, the quizzes it holds and their settings."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from quizforge.api import export
from quizforge.exporters.base import Mode
from quizforge.exporters.package import is_safe
from quizforge.model.bank import Bank
from quizforge.model.media import Media
from quizforge.model.quiz import Item, Quiz, Section
from tests.tools.canvas_export import READERS, exported, package, questions
from tests.tools.canvas_package import QTI, Package, QuizTree, metadata, stem_of, unpack
from tests.tools.moodle_export import bank, choices

BOTH = pytest.mark.parametrize("name", READERS)
CLASSIC, NEW = "canvas", "canvas-newquizzes"
FREE: dict[str, Any] = {"type": "single_choice", "choices": choices(1, 3)}


def many(count: int, **fields: Any) -> Bank:
    """A bank of some questions."""
    return bank(*({**FREE, "id": f"q{number}", **fields} for number in range(count)))


@BOTH
def test_files(name: str) -> None:
    """Manifest first, then by name, all named in the manifest, with names that every reader takes."""
    image = Media("a+b ü.png", b"\x89PNG", "image/png")
    source = bank({"type": "information", "stem": "![Alt](a+b%20ü.png)"}, media=(image,))
    made = exported(source, name)
    (file,) = made.files
    names = package(source, name).names

    assert (file.name, file.audience, file.questions) == (f"bank-{name}.zip", "staff", 1)
    assert names[0] == "imsmanifest.xml"
    assert list(names[1:]) == sorted(names[1:])
    assert all(map(is_safe, names))
    assert [path for path in names if path.endswith(".png")] == [f"media/{image.content_name}"]


@BOTH
def test_same_bytes_and_stable_idents(name: str) -> None:
    """A second export has the same bytes, and a question keeps its idents when others come."""
    first, second = exported(many(3), name), exported(many(3), name)
    more = questions(many(4), name)

    assert first.files[0].data == second.files[0].data
    assert [read.ident for read in questions(many(3), name)] == [read.ident for read in more[:3]]
    assert [set(read.options) for read in questions(many(3), name)] == [set(read.options) for read in more[:3]]


@BOTH
@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("exam", {"quiz_type": "assignment", "allowed_attempts": "1", "hide_results": "always",
                  "show_correct_answers": "false", "result_view_restricted": "true", "display_item_feedback": "false"}),
        ("practice", {"quiz_type": "practice_quiz", "allowed_attempts": "-1", "show_correct_answers": "true",
                      "result_view_restricted": "false", "display_item_feedback": "true"}),
    ],
)  # fmt: skip
def test_settings_by_mode(name: str, mode: Mode, expected: dict[str, str]) -> None:
    """An exam hides results and has one attempt, practice tells feedback; neither is published."""
    settings = package(many(2, points="1.5"), name, mode=mode).quizzes[0].settings

    assert settings["available"] == "false"
    assert settings["points_possible"] == "3"
    assert {key: settings.get(key) for key in expected} == expected
    assert ("hide_results" in settings) == (mode == "exam")
    assert any(
        f"set for {'an exam' if mode == 'exam' else 'practice'}" in n for n in exported(many(1), name, mode=mode).notes
    )


@BOTH
def test_scenario_stands_once_before_its_questions(name: str) -> None:
    """As a text, on which the questions hang by its ident."""
    case = {**FREE, "scenario": "case"}
    source = bank(
        {**case, "id": "a"}, {**FREE, "id": "b"}, {**case, "id": "c"},
        scenarios=[{"id": "case", "title": "A <case>", "text": "It *rains*."}],
    )  # fmt: skip
    items = package(source, name).quizzes[0].items
    kinds = [metadata(item)["question_type"] for item in items]
    parents = [metadata(item).get("parent_stimulus_item_ident") for item in items]
    ident = items[0].get("ident")

    assert kinds == ["text_only_question", *["multiple_choice_question"] * 3]
    assert parents == [None, ident, ident, None]
    assert items[0].get("title") == "A <case>"
    titled = "<p><strong>A &lt;case&gt;</strong></p>\n" if name == CLASSIC else ""
    assert stem_of(items[0]) == f"{titled}<p>It <em>rains</em>.</p>"


@BOTH
def test_pools_are_quizzes_of_their_own(name: str) -> None:
    """Practice can be published without the exam."""
    source = bank({**FREE, "id": "a"}, {**FREE, "id": "b", "pool": "exam"}, {**FREE, "id": "c"})
    quizzes = package(source, name).quizzes

    assert [(quiz.title, len(quiz.items)) for quiz in quizzes] == [("Bank (practice)", 2), ("Bank (exam)", 1)]
    assert any("2 quizzes with 3 questions in all" in note for note in exported(source, name).notes)


@BOTH
def test_large_quizzes_are_split_on_request(name: str) -> None:
    """The questions of a scenario stay together, and no question is lost."""
    case = {**FREE, "scenario": "case"}
    source = bank(
        *({**FREE, "id": f"q{number}"} for number in range(3)),
        *({**case, "id": f"c{number}"} for number in range(3)),
        {**FREE, "id": "z"},
        scenarios=[{"id": "case", "text": "A case."}],
    )
    quizzes = package(source, name, split=4).quizzes
    sizes = [sum(metadata(item)["question_type"] != "text_only_question" for item in quiz.items) for quiz in quizzes]

    assert [quiz.title for quiz in quizzes] == ["Bank 1/2", "Bank 2/2"]
    assert sizes == [3, 4]
    assert len(package(many(5), name, split=2).quizzes) == 3
    assert len(package(many(5), name).quizzes) == 1


@BOTH
def test_a_very_large_quiz_is_advised_against(name: str) -> None:
    """With the option that parts it."""
    advice = f"a quiz of 501 questions may hang Canvas: -O {name}.split=200 parts it"

    assert advice in exported(many(501), name).notes
    assert not any("may hang" in note for note in exported(many(501), name, split=200).notes)


@BOTH
def test_sections_of_one_title_are_two(name: str) -> None:
    """No ident stands twice in a quiz."""
    source = many(2)
    parts = (Section((Item(q, source),), title="Part") for q in source.questions)
    items = _unpacked(assembled(source, *parts), name).quizzes[0].items

    assert [item.get("title") for item in items] == ["Part", "What?", "Part", "What?"]
    assert len({item.get("ident") for item in items}) == 4


@BOTH
def test_case_without_title_is_called_one(name: str) -> None:
    """In the language of the quiz, and what is dropped from a question that is left out is not told."""
    lost: dict[str, Any] = {"type": "short_answer", "answers": ["a*", {"text": "b", "credit": 0}], "id": "lost"}
    source = bank(
        {**FREE, "scenario": "case"},
        {**lost, "hints": ["Think."]},
        scenarios=[{"id": "case", "text": "It rains."}],
        header={"language": "de"},
    )

    assert package(source, name).quizzes[0].items[0].get("title") == "Fallbeispiel"
    assert [found.code.name for found in exported(source, name).problems] == ["question-refused"]


@BOTH
def test_section_without_questions_has_no_heading(name: str) -> None:
    """Where all of them are left out."""
    lost: dict[str, Any] = {"type": "short_answer", "answers": ["a*", {"text": "b", "credit": 0}], "id": "lost"}
    source = bank(lost, {**FREE, "id": "kept"})
    parts = (Section((Item(q, source),), title=f"Part {q.id}") for q in source.questions)
    items = _unpacked(assembled(source, *parts), name).quizzes[0].items

    assert [item.get("title") for item in items] == ["Part kept", "What?"]


@BOTH
def test_question_that_is_left_out_leaves_no_trace(name: str) -> None:
    """Neither its scenario nor a quiz without questions is written."""
    patterns = {"type": "short_answer", "answers": ["a*", {"text": "b", "credit": 0}]}
    source = bank(
        {**FREE, "id": "a"},
        {**patterns, "id": "b", "scenario": "case", "pool": "exam"},
        scenarios=[{"id": "case", "text": "A case."}],
    )
    (quiz,) = package(source, name).quizzes

    assert [metadata(item)["question_type"] for item in quiz.items] == ["multiple_choice_question"]
    assert [key for key, _ in exported(source, name).left_out] == ["b"]
    assert exported(bank(patterns), name).files == ()


def assembled(source: Bank, *sections: Section, minutes: str | None = None) -> Quiz:
    """A quiz that was put together."""
    time = None if minutes is None else Decimal(minutes)
    return Quiz("midterm", "Midterm", "en", sections, (source,), minutes=time, assembled=True)


def drawn(name: str, source: Bank, section: Section, **fields: Any) -> tuple[QuizTree, Any]:
    """The only quiz of an assembled one, and its first element."""
    quiz = _unpacked(assembled(source, section, **fields), name).quizzes[0]
    return quiz, quiz.content[0]


def _unpacked(quiz: Quiz, name: str) -> Package:
    return unpack(export(quiz, name).files[0].data)


@BOTH
def test_section_to_draw_from_is_a_group(name: str) -> None:
    """It says how many are drawn and what each is worth; points and time are those of the quiz."""
    source = many(4, points="3")
    section = Section(tuple(Item(q, source) for q in source.questions), title="Part & one", draw=2)
    quiz, group = drawn(name, source, section, minutes="45.5")
    selection = f"{QTI}selection_ordering/{QTI}selection"

    assert group.tag == f"{QTI}section"
    assert group.get("title") == "Part & one"
    assert group.findtext(f"{selection}/{QTI}selection_number") == "2"
    assert group.findtext(f"{selection}/{QTI}selection_extension/{QTI}points_per_item") == "3"
    assert len(quiz.items) == 4
    assert quiz.settings["points_possible"] == "6"
    assert quiz.settings["time_limit"] == "46"


@BOTH
def test_group_with_unequal_points_takes_the_fewest(name: str) -> None:
    """No question is worth more than in the bank, and each that is worth less is named."""
    source = bank({**FREE, "id": "a", "points": "2"}, {**FREE, "id": "b", "points": "1"})
    section = Section(tuple(Item(q, source) for q in source.questions), draw=1)
    made = export(assembled(source, section), name)

    assert [(found.code.name, found.subject) for found in made.problems] == [("points-differ", ("questions", "a"))]
    assert unpack(made.files[0].data).quizzes[0].settings["points_possible"] == "1"


@BOTH
def test_case_of_a_drawn_question_stands_above_it(name: str) -> None:
    """A text that all share cannot stand inside a group."""
    source = bank(
        {**FREE, "scenario": "case", "stem": "Why?"}, scenarios=[{"id": "case", "title": "T", "text": "It rains."}]
    )
    _, group = drawn(name, source, Section((Item(source.questions[0], source),), draw=1))

    assert [stem_of(item) for item in group.iter(f"{QTI}item")] == [
        "<p><strong>T</strong></p>\n<p>It rains.</p>\n<p>Why?</p>"
    ]


@BOTH
def test_heading_of_a_section_is_a_text(name: str) -> None:
    """Title and instructions stand before its questions."""
    source = many(1)
    section = Section((Item(source.questions[0], source),), title="Part", instructions="Take your *time*.")
    quiz, heading = drawn(name, source, section)

    assert metadata(heading)["question_type"] == "text_only_question"
    assert stem_of(heading) == "<p><strong>Part</strong></p>\n<p>Take your <em>time</em>.</p>"
    assert len(quiz.items) == 2
