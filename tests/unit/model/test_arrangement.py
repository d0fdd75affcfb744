"""A form's question: its options in a given order, which every target shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from quizforge.api import export
from quizforge.exporters import registry
from quizforge.loading.bank import load_banks
from quizforge.model.arrangement import Orders, arranged, option_lists
from quizforge.model.bank import Bank
from quizforge.model.question import QUESTION_TYPES
from quizforge.model.quiz import Item, Quiz, Section
from tests.tools.extract import text_of

_SAMPLES = Path(__file__).parents[2] / "samples"
_BANK = """\
schema: 1
id: orders
title: Orders
questions:
  - id: choose
    type: single_choice
    stem: Choose one
    choices: [alfa-0, {text: alfa-1, correct: true}, alfa-2, {text: alfa-3, pin: last}]
  - id: tick
    type: multiple_answer
    stem: Tick some
    choices: [bravo-0, {text: bravo-1, correct: true}, {text: bravo-2, correct: true}, bravo-3, bravo-4]
  - id: arrange
    type: ordering
    stem: Bring into order
    items: [charlie-0, charlie-1, charlie-2, charlie-3]
  - id: match
    type: matching
    stem: Match
    pairs: [{left: delta-0, right: echo-0}, {left: delta-1, right: echo-1}, {left: delta-2, right: echo-0}]
    distractors: [echo-2, echo-3]
  - id: fill
    type: cloze
    stem: "Fill [[one]] and [[two]]"
    blanks:
      one: {choices: [foxtrot-0, {text: foxtrot-1, correct: true}, foxtrot-2]}
      two: {answers: [x]}
"""
_ORDERS: dict[str, Orders] = {
    "choose": {"choices": (2, 1, 0, 3)},
    "tick": {"choices": (4, 2, 0, 3, 1)},
    "arrange": {"items": (3, 0, 2, 1)},
    "match": {"left": (1, 2, 0), "right": (3, 1, 0, 2)},
    "fill": {"blanks.one": (1, 2, 0)},
}


def _bank(folder: Path) -> Bank:
    (folder / "orders.yaml").write_text(_BANK, encoding="utf-8")
    loaded = load_banks([folder / "orders.yaml"])
    assert loaded.ok
    return loaded.banks[0]


def _form(bank: Bank) -> Quiz:
    items = (
        Item(arranged(question, _ORDERS[question.id]), bank, origin=question, orders=_ORDERS[question.id])
        for question in bank.questions
    )
    return Quiz("orders-a", "Orders", "en", (Section(tuple(items)),), (bank,), form="A")


def _seen(text: str, word: str) -> list[int]:
    """The places in the bank of the options of one name, in the order in which a text first shows them."""
    return list(dict.fromkeys(int(number) for number in re.findall(rf"{word}-(\d)", text)))


_SHOWN = {
    "alfa": [2, 1, 0, 3],
    "bravo": [4, 2, 0, 3, 1],
    "charlie": [3, 0, 2, 1],
    "delta": [1, 2, 0],
    "echo": [3, 1, 0, 2],
    "foxtrot": [1, 2, 0],
}
_SOLVED = {
    "moodle-xml": {"charlie", "echo"},
    "gift": {"echo"},
    "blackboard-txt": {"echo"},
    "brightspace-csv": {"charlie"},
}
"""Lists that a format takes as they are solved, and shuffles itself whatever is asked for."""


@pytest.mark.parametrize("name", registry.BUILT_IN)
def test_targets_show_the_order_of_the_form(name: str, tmp_path: Path) -> None:
    """The options of each question stand in the order that was asked for, and not in that of the bank."""
    made = export(_form(_bank(tmp_path)), name)
    text = "\n".join(text_of(file) for file in made.files if "manifest" not in file.name)
    seen = {word: _seen(text, word) for word in _SHOWN if word not in _SOLVED.get(name, ())}

    assert {word: order for word, order in seen.items() if order} == {
        word: _SHOWN[word] for word, order in seen.items() if order
    }


def test_moodle_is_told_not_to_shuffle(tmp_path: Path) -> None:
    """No question of a form lets Moodle move its options."""
    text = export(_form(_bank(tmp_path)), "moodle-xml").files[0].data.decode()

    assert set(re.findall(r"<shuffleanswers>(\w+)</shuffleanswers>", text)) == {"false"}
    assert "MULTICHOICE_S" not in text


def test_an_arranged_question_keeps_its_revision_and_its_key(tmp_path: Path) -> None:
    """A form's question is the question of the bank: the same revision, and each right answer still right."""
    bank = _bank(tmp_path)
    for item in _form(bank).items:
        assert item.revision == Item(item.source, bank).revision
        assert [sample.fraction for sample in item.question.samples() if sample.label == "right"] == [1]
        assert not item.question.shuffle


@pytest.mark.parametrize("kind", sorted(QUESTION_TYPES))
@pytest.mark.parametrize("name", registry.BUILT_IN)
def test_every_type_can_be_arranged_in_every_format(kind: str, name: str) -> None:
    """Lists turned round are written as the others are, and nothing fails."""
    loaded = load_banks([_SAMPLES / kind / "full.yaml"])
    bank = loaded.banks[0]
    orders = {q.id: {key: tuple(range(count))[::-1] for key, count in option_lists(q)} for q in bank.questions}
    items = tuple(Item(arranged(q, orders[q.id]), bank, q, orders[q.id]) for q in bank.questions)
    plain = export(Quiz("x", "X", "en", (Section(tuple(Item(q, bank) for q in bank.questions)),), (bank,)), name)
    made = export(Quiz("x", "X", "en", (Section(items),), (bank,)), name)

    assert [file.name for file in made.files] == [file.name for file in plain.files]
    assert [problem.code for problem in made.problems if problem.severity == "error"] == []
