"""How a form shows its questions: what moves, what stays, and what is never given away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from quizforge.api import export
from quizforge.exporters.arrange import item_order, right_order
from quizforge.model.quiz import Item
from tests.tools.exams import ids, made, question

_FORMS = "forms: [A, B, C, D]\noverlap: {forms: 99}\n"


def _shown(folder: Path, line: str) -> list[Item]:
    """One question as four forms show it."""
    found = made(folder, [line], f"{_FORMS}sections:\n  - count: 1\n")
    return [item for form in found.forms for item in form.items]


def _choices(items: list[Item]) -> list[list[str]]:
    shown: list[Any] = [item.question for item in items]
    return [[choice.text for choice in one.choices] for one in shown]


def _line(kind: str, rest: str) -> str:
    return f"  - {{id: q, type: {kind}, difficulty: easy, stem: What is it, {rest}}}\n"


def test_options_move_and_pins_stay(tmp_path: Path) -> None:
    """Free options stand in several orders; those pinned first and last never move."""
    rest = "choices: [{text: a, pin: first}, {text: b, correct: true}, c, d, {text: e, pin: last}]"
    shown = _choices(_shown(tmp_path, _line("single_choice", rest)))

    assert {(one[0], one[-1]) for one in shown} == {("a", "e")}
    assert len({tuple(one) for one in shown}) > 1
    assert len({one.index("b") for one in shown}) > 1


def test_numbers_stay_in_order(tmp_path: Path) -> None:
    """Numbers that rise or fall keep their order, and so does a question that is not to be shuffled."""
    numbers = _shown(tmp_path / "a", _line("single_choice", "choices: [10, 20, {text: 30, correct: true}, 40]"))
    still = _shown(
        tmp_path / "b", _line("multiple_answer", "shuffle: false, choices: [{text: x, correct: true}, w, v]")
    )

    assert _choices(numbers) == [["10", "20", "30", "40"]] * 4
    assert _choices(still) == [["x", "w", "v"]] * 4


def test_lists_to_bring_together_are_never_solved(tmp_path: Path) -> None:
    """Items do not stand in their right order, nor right sides beside their left ones; forms differ."""
    ordering = _shown(tmp_path / "a", _line("ordering", "items: [one, two]"))
    matching = _shown(tmp_path / "b", _line("matching", "pairs: [{left: a, right: r}, {left: b, right: s}]"))
    longer = _shown(tmp_path / "c", _line("ordering", "items: [one, two, three, four, five]"))

    assert {item_order(item.question, item.bank.id) for item in ordering} == {(1, 0)}  # type: ignore[arg-type]
    for item in matching:
        rights = tuple(pair.right for pair in item.question.pairs)  # type: ignore[union-attr]
        assert right_order(item.question, item.bank.id) != rights  # type: ignore[arg-type]
    assert len({item.orders["items"] for item in longer}) > 1
    assert (0, 1, 2, 3, 4) not in {item.orders["items"] for item in longer}


def test_drop_down_lists_move_and_typed_answers_do_not(tmp_path: Path) -> None:
    """The options of each blank have an order of their own; a blank to type in has none."""
    rest = "blanks: {one: {choices: [{text: a, correct: true}, b, c, d]}, two: {answers: [x]}}"
    line = _line("cloze", rest).replace("What is it", '"It is [[one]] and [[two]]"')
    shown = _shown(tmp_path, line)

    assert {tuple(item.orders) for item in shown} == {("blanks.one",)}
    assert len({item.orders["blanks.one"] for item in shown}) > 1


def test_questions_stand_in_another_order_in_each_form(tmp_path: Path) -> None:
    """Named questions move too, unless the section says that they stay; texts come first."""
    pool = [question(f"q{n}") for n in range(6)]
    pool.append("  - {id: intro, type: information, stem: Read this}\n")
    names = "[q3, q1, intro, q5, q0]"
    moved = made(tmp_path / "a", pool, f"forms: 3\nsections:\n  - questions: {names}\n")
    still = made(tmp_path / "b", pool, f"forms: 3\nsections:\n  - questions: {names}\n    shuffle: false\n")

    assert len({tuple(ids(form)) for form in moved.forms}) == 3
    assert {ids(form)[0] for form in moved.forms} == {"intro"}
    assert [ids(form) for form in still.forms] == [["intro", "q3", "q1", "q5", "q0"]] * 3


def test_a_case_is_printed_once(tmp_path: Path) -> None:
    """All questions of a case, named and in any order, stand below one text."""
    head = "scenarios:\n  - {id: case, text: A probe flies to Mars.}\n"
    pool = [question(f"c{n}", scenario="case") for n in range(3)] + [question(f"q{n}") for n in range(7)]
    found = made(tmp_path, pool, "forms: 2\nsections:\n  - questions: [c2, q0, c0, q1, c1]\n    count: 2\n", head=head)

    for form in found.forms:
        assert export(form, "html").files[0].data.decode().count("A probe flies to Mars.") == 1
        assert [name for name in ids(form) if name[0] == "c"] == ["c0", "c1", "c2"]
