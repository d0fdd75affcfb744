"""Open edX courses: what the grader would misread is written so that it does not."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from quizforge.exporters.olx.admission import takes_halves
from quizforge.formats import olx
from quizforge.model.codes.fidelity import LOOKS_ALIKE, QUESTION_REFUSED, SCORE_LOWERED
from quizforge.model.questions.multiple_answer import MultipleAnswer
from tests.tools.inline_bank import load
from tests.tools.openedx import exported, files_of, problem_of


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("students' work", "students\u2019 work"),
        ("ends in \\", "ends in \\\u200b"),
        ("costs $seed money", "costs $\u2060seed money"),
        ("costs $5", "costs $5"),
        ("  two \n lines ", "two lines"),
    ],
)
def test_option_of_a_list_survives_the_parser(text: str, written: str) -> None:
    """Apostrophes, a closing backslash and the grader's own variables are made harmless."""
    assert olx.option_text(text) == written


@pytest.mark.parametrize(
    ("answer", "typed", "other"),
    [
        ("instruction *", "instruction tuning", "an instruction tuning"),
        (r"2 \* 3", "2 * 3", "2 x 3"),
        ("a_or_b", "a_or_b", "a"),
        ("$seed", "$seed", "0"),
        ("(a|b)", "(a|b)", "a"),
    ],
)
def test_pattern_accepts_what_the_answer_means(answer: str, typed: str, other: str) -> None:
    """A pattern takes the whole text, and nothing in it but a star is special."""
    pattern = re.compile(olx.pattern(answer))

    assert olx.needs_pattern(answer) or answer == "(a|b)"
    assert pattern.search(typed)
    assert not pattern.search(other)
    assert olx.OR not in olx.pattern(answer)
    assert not olx.has_variable(olx.pattern(answer))


@pytest.mark.parametrize(
    ("scoring", "keys", "others", "fits"),
    [
        ("plus_minus", 2, 2, True),
        ("plus_minus", 1, 3, False),  # a key and a wrong option earn nothing
        ("plus_minus", 2, 3, False),  # two errors would earn a quarter instead of nothing
        ("plus_minus", 3, 3, True),
        ("all_or_nothing", 2, 2, False),
    ],
)
def test_halves_never_earn_more(scoring: str, keys: int, others: int, *, fits: bool) -> None:
    """The platform's partial credit is used only where the bank gives at least as much."""
    choices = [{"text": f"option {index}", "correct": index < keys} for index in range(keys + others)]
    fields = {"id": "q", "type": "multiple_answer", "stem": "s", "choices": choices, "scoring": scoring}

    assert takes_halves(MultipleAnswer.model_validate(fields)) is fits


def test_exam_hides_what_practice_shows(tmp_path: Path) -> None:
    """An exam is for staff until it is published, and has neither hints to ask for nor further attempts."""
    bank = load(tmp_path, "questions:\n  - {id: q, type: true_false, stem: So?, answer: true, hints: [Think]}\n").banks[
        0
    ]
    exam, practice = (files_of(exported(bank, mode)) for mode in ("exam", "practice"))

    assert [name for name in exam if b"visible_to_staff_only" in exam[name]] == [
        name for name in exam if "/chapter/" in name
    ]
    assert not any(b"visible_to_staff_only" in data for data in practice.values())
    hidden, shown = (problem_of(files, bank, bank.questions[0]) for files in (exam, practice))
    assert ("demandhint" in hidden, 'max_attempts="1"' in hidden) == (False, True)
    assert ("demandhint" in shown, "max_attempts" in shown) == (True, False)


def test_questions_on_one_case_stand_on_one_page(tmp_path: Path) -> None:
    """A case is shown once, above its questions."""
    body = """\
        scenarios:
          - {id: lab, title: The lab, text: Two flasks.}
        questions:
          - {id: a, type: true_false, stem: First?, answer: true, scenario: lab}
          - {id: b, type: true_false, stem: Second?, answer: true, scenario: lab}
          - {id: c, type: true_false, stem: Third?, answer: true}
        """
    files = files_of(exported(load(tmp_path, body).banks[0]))
    pages = [etree.fromstring(data) for name, data in files.items() if "/vertical/" in name]

    assert [[child.tag for child in page] for page in pages] == [["html", "problem", "problem"], ["problem"]]


def test_losses_are_said(tmp_path: Path) -> None:
    """Unequal gaps are left out, credits of texts are lost, and options that look alike are named."""
    body = """\
        questions:
          - id: gaps
            type: cloze
            stem: "[[a]] and [[b]]"
            blanks: {a: {answer: 1, weight: 2}, b: {answer: 2}}
          - {id: text, type: short_answer, stem: Name it, answers: [one, {text: two, credit: 50}]}
          - id: pairs
            type: matching
            stem: Match
            pairs: [{left: a, right: "*x*"}, {left: b, right: x}]
        """
    made = exported(load(tmp_path, body).banks[0])
    said = {(found.subject, found.code) for found in made.problems if found.subject}

    assert (("questions", "gaps"), QUESTION_REFUSED) in said
    assert (("questions", "text"), SCORE_LOWERED) in said
    assert (("questions", "pairs"), LOOKS_ALIKE) in said
    assert [name for name, _ in made.left_out] == ["gaps"]


def test_points_are_the_weight(tmp_path: Path) -> None:
    """A problem weighs what the question is worth, whatever number of answers it has."""
    body = """\
        questions:
          - {id: q, type: matching, stem: Match, points: 2.50, pairs: [{left: a, right: x}, {left: b, right: y}]}
        """
    bank = load(tmp_path, body).banks[0]
    problem = etree.fromstring(problem_of(files_of(exported(bank)), bank, bank.questions[0]))

    assert Decimal(problem.get("weight")) == Decimal("2.5")
    assert len(problem.findall("optionresponse")) == 2
