"""Rules about whole banks, on banks that were made to be slow or odd."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from quizforge.lint.engine import review
from quizforge.lint.registry import built_in
from quizforge.lint.settings import Choice
from quizforge.loading.bank import Loaded, load_banks
from quizforge.model.diagnostic import Diagnostic
from quizforge.model.quiz import Selection

_BANK_RULES = Choice(only=("QF40", "QF41"))


def _loaded(folder: Path, text: str) -> Loaded:
    (folder / "bank.yaml").write_text(f"schema: 1\nid: b\ntitle: B\n{text}", encoding="utf-8")
    return load_banks([folder])


def _found(folder: Path, text: str, selection: Selection | None = None) -> tuple[Diagnostic, ...]:
    found = review(_loaded(folder, text), built_in(), command=_BANK_RULES, selection=selection or Selection())
    return tuple(each for each in found.diagnostics if each.code.code.startswith("QF4"))


def _typed(number: int, stem: str, answer: str) -> str:
    return f"- {{id: q{number}, type: short_answer, stem: {stem}, answers: [{answer}]}}\n"


@pytest.mark.parametrize(
    ("stem", "answer"),
    [
        ("Is the same stem asked again and again in this bank?", "yes"),
        ("Which city is Canberra, the capital of Australia? Number {0}.", "Canberra"),
        ("In {0} words, what does supervised fine-tuning of models need?", "supervised fine-tuning of models"),
        ("Which city {0} is the capital of Australia?", "Canberra is the capital"),
    ],
    ids=["equal", "all-print-the-key", "own-key-in-own-stem", "near"],
)
def test_self_similar_banks_take_linear_time(stem: str, answer: str, tmp_path: Path) -> None:
    """Four times the questions take at most nine times as long; quadratic time would be sixteen."""
    taken = []
    for count in (500, 2_000):
        text = "questions:\n" + "".join(_typed(number, stem.format(number), answer) for number in range(count))
        loaded = _loaded(tmp_path, text)
        began = time.process_time()
        review(loaded, built_in(), command=_BANK_RULES)
        taken.append(time.process_time() - began)

    assert taken[1] < 9 * taken[0] + 0.5


def test_narrow_selection_is_not_told_of_gaps(tmp_path: Path) -> None:
    """What is missing among some questions is no gap of the bank; a pool is looked at as a whole."""
    text = (
        "concepts: [{id: c1, title: One}, {id: c2, title: Two}]\n"
        "questions:\n"
        "- {id: q1, type: true_false, concepts: [c1], pool: exam, stem: One is odd., answer: true}\n"
        "- {id: q2, type: true_false, concepts: [c2], stem: Two is even., answer: true}\n"
    )

    assert _found(tmp_path, text) == ()
    assert _found(tmp_path, text, Selection(ids=frozenset({"q1"}))) == ()
    exam = _found(tmp_path, text, Selection(pools=frozenset({"exam"})))
    assert [(each.code.code, each.place.line) for each in exam] == [("QF405", 4)]


def test_prerequisites_in_a_cycle_end(tmp_path: Path) -> None:
    """A cycle is an error of its own; the rules still come to an end."""
    text = (
        "concepts: [{id: c1, title: One, before: [c2]}, {id: c2, title: Two, before: [c1]}]\n"
        "questions:\n- {id: q1, type: true_false, concepts: [c1, c2], stem: One is odd., answer: true}\n"
    )

    assert {each.code.code for each in _found(tmp_path, text)} <= {"QF407"}


def test_long_chain_of_prerequisites_is_followed(tmp_path: Path) -> None:
    """Three thousand steps, neither recursion nor quadratic time."""
    chain = "".join(f"- {{id: c{n}, title: C {n}, before: [{f'c{n - 1}' if n else ''}]}}\n" for n in range(3_000))
    text = (
        f"concepts:\n{chain}questions:\n"
        "- {id: q1, type: true_false, concepts: [c0, c2999], stem: One is odd., answer: true}\n"
        "- {id: q2, type: true_false, concepts: [c2999, c0], stem: Two is even., answer: true}\n"
    )

    premature = [each for each in _found(tmp_path, text) if each.code.code == "QF407"]
    assert [each.message for each in premature] == ["'c2999' is taught after 'c0', where the question belongs"]


def test_banks_with_errors_are_reviewed(tmp_path: Path) -> None:
    """Questions without keys, options or pairs stop no rule."""
    text = (
        "questions:\n"
        "- {id: q1, type: single_choice, shuffle: false, stem: Which?, choices: []}\n"
        "- {id: q2, type: single_choice, shuffle: false, stem: Which one?, choices: [a, b]}\n"
        "- {id: q3, type: multiple_answer, stem: Which two?, choices: [a, b]}\n"
        "- {id: q4, type: matching, stem: Match., pairs: []}\n"
        "- {id: q5, type: ordering, stem: Order., items: []}\n"
        "- {id: q6, type: cloze, stem: 'No blank.', blanks: {}}\n"
        "- {id: q7, type: multiple_answer, scoring: ratio, stem: All?, choices: [{text: a, correct: true}]}\n"
    )

    assert _found(tmp_path, text * 1) == ()


def test_hostile_questions_take_no_time(tmp_path: Path) -> None:
    """Thousands of options, prime numbers of them, thousands of keys and words, a concept with all others before it."""
    primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83]
    lines = ["concepts:", *(f"- {{id: c{number}, title: C {number}}}" for number in range(3_000))]
    lines.append(f"- {{id: last, title: Last, before: [{', '.join(f'c{number}' for number in range(3_000))}]}}")
    lines.append("questions:")
    for number, prime in enumerate(primes):  # one sure option, the others hedged: prime numbers are picked
        hedged = ", ".join(f"perhaps {number} {other}" for other in range(prime))
        key = "{text: certainly so, correct: true}"
        lines.append(f"- {{id: p{number}, type: single_choice, stem: Which {number}?, choices: [{key}, {hedged}]}}")
    keys = ", ".join(f"{{text: answer word{number} here, correct: true}}" for number in range(3_000))
    words = " ".join(f"word{number}" for number in range(3_000))
    lines.append(
        f"- {{id: many, type: multiple_answer, stem: {words} ends?, concepts: [c1, last], choices: [{keys}, no]}}"
    )
    numbers = ", ".join(f'"{number}"' for number in range(3_000))
    lines.append(
        f"- {{id: long, type: single_choice, stem: Which?, choices: [{{text: '-5', correct: true}}, {numbers}]}}"
    )
    loaded = _loaded(tmp_path, "\n".join(lines) + "\n")
    began = time.process_time()
    found = review(loaded, built_in(), command=_BANK_RULES).diagnostics

    assert time.process_time() - began < 15
    assert "QF407" in {each.code.code for each in found}
