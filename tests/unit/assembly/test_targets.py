"""Forms in their targets: categories in Moodle, one deck, pools to draw from; nothing given away on paper."""

from __future__ import annotations

import re
from pathlib import Path

from quizforge.api import assemble, export, load_quiz
from quizforge.assembly.whole import deck_of, pools_of
from quizforge.exporters import registry
from tests.tools.exams import bank, ids, made, question, source, write
from tests.tools.extract import text_of
from tests.tools.moodle_reader import read

_POOL = [
    question(f"item{n}", bloom=("apply", "create")[n % 2], pool=("exam", "practice")[n % 3 == 0]) for n in range(16)
]
_QUIZ = """\
    forms: 2
    sections:
      - title: Part/one
        cells:
          - {title: Uses, bloom: apply, count: 2}
      - cells:
          - {bloom: create, count: 2}
    """


def test_moodle_gets_a_category_for_each_section(tmp_path: Path) -> None:
    """Quiz, form and section are categories; a question comes with its number, and is not shuffled there."""
    found = made(tmp_path, _POOL, _QUIZ)
    for form in found.forms:
        got = read(export(form, "moodle-xml").files[0].data)
        assert [question.idnumber for question in got.questions] == ids(form)
        assert {question.category for question in got.questions} == {
            ("Exam", f"Form {form.form}", "Part/one"),
            ("Exam", f"Form {form.form}", "Questions 2"),
        }


def test_pools_hold_all_that_fits_a_cell_once(tmp_path: Path) -> None:
    """Each cell is a category with all that fits it, no question lies in two; the note says how many to draw."""
    quiz = source(
        tmp_path,
        _POOL,
        """\
        sections:
          - questions: [item0]
            cells:
              - {title: Uses, bloom: apply, count: 2}
              - {title: Anything, count: 3..5}
            count: 6
        """,
    )
    result = export(pools_of(assemble(quiz)), "moodle-xml")
    got = read(result.files[0].data)
    held = [question.idnumber for question in got.questions]

    assert sorted(held) == sorted(f"item{n}" for n in range(16))
    assert {question.category[-1] for question in got.questions} == {"Questions 1", "Uses", "Anything"}
    assert "in Moodle's quiz, add random questions: 2 from 'Uses', 4 from 'Anything'" in result.notes


def test_one_deck_for_the_whole_quiz(tmp_path: Path) -> None:
    """A deck holds the questions of all forms once, as they stand in the bank, and keeps the exam pool back."""
    found = made(tmp_path, _POOL, _QUIZ)
    every = {name for form in found.forms for name in ids(form)}
    deck, kept_back = deck_of(found)
    whole, _ = deck_of(found, exam_pool=True)

    assert set(ids(deck)) == {name for name in every if int(name[4:]) % 3 == 0}
    assert kept_back == len(every) - len(ids(deck))
    assert sorted(ids(whole)) == sorted(every)
    assert all(item.question is item.bank.question_by_id[item.question.id] for item in whole.items)
    assert "Exam" in text_of(export(whole, "anki").files[0])


def test_a_printed_form_gives_nothing_away(tmp_path: Path) -> None:
    """The exam of a form holds no id, cell title, seed or order of the bank, and names its form."""
    pool = [line.replace("About item", "Number ") for line in _POOL]
    found = made(tmp_path, [line.replace(" item", " no. ").replace("{id: no. ", "{id: item") for line in pool], _QUIZ)
    exam, key = export(found.forms[1], "html").files

    assert re.findall(r"item\d|Uses|pool|create", exam.data.decode()) == []
    assert re.search(r"item\d", key.data.decode())
    assert "Form B" in exam.data.decode()
    assert exam.audience == "student-exam"
    assert key.audience == "staff"


def test_several_banks_share_an_exam(tmp_path: Path) -> None:
    """Questions of one id from two banks stand in one form, and lie in categories of their own in Moodle."""
    banks = {name: bank([question("mars"), question(f"{name}1")], name=name) for name in ("public", "private")}
    quiz = "banks: [.., ../../private]\nsections:\n  - questions: [public/mars, private/mars, private1]\n"
    write(tmp_path, {f"{name}/bank.yaml": text for name, text in banks.items()} | {"public/quizzes/exam.yaml": quiz})
    (form,) = assemble(load_quiz(tmp_path / "public" / "quizzes" / "exam.yaml")).forms

    assert sorted((item.bank.id, item.question.id) for item in form.items) == [
        ("private", "mars"),
        ("private", "private1"),
        ("public", "mars"),
    ]
    for name in registry.BUILT_IN:
        problems = export(form, name).problems
        assert [one.message for one in problems if (one.severity or one.code.severity) == "error"] == [], name
    got = read(export(form, "moodle-xml").files[0].data)
    assert {(one.category[-1], one.idnumber) for one in got.questions} == {
        ("Public", "mars"),
        ("Private", "mars"),
        ("Private", "private1"),
    }


def test_time_and_grades_are_said(tmp_path: Path) -> None:
    """The exam names time, pass mark and grades, the best first; for Moodle the settings are named."""
    quiz = "minutes: 45\ngrading: {passing: 50, grades: {B: 75, A: 90}}\nsections:\n  - count: 2\n"
    (form,) = made(tmp_path, _POOL, quiz).forms
    exam = export(form, "html").files[0].data.decode()
    notes = export(form, "moodle-xml").notes

    assert "45\N{NO-BREAK SPACE}min · pass at 50 % · A from 90 % · B from 75 %" in exam
    assert "settings to choose in the quiz: 'Time limit' 45 minutes, 'Grade to pass' 50 % of 'Maximum grade'" in notes
