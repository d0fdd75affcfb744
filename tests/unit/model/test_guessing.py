"""What a blind guesser earns, against a count of every response that the form allows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import chain, combinations, permutations, product
from typing import Any

import pytest
from hypothesis import given

from quizforge.model.question import QUESTION_TYPES, Question
from quizforge.model.questions.cloze import Blank
from tests.tools.question_strategies import make, questions


@given(questions())
def test_guess_is_the_mean_of_all_responses(question: Question) -> None:
    """Every response that can be given blindly, each with equal chance."""
    earned = [_score(question, response) for response in _responses(question)]

    assert question.expected_guess() == sum(earned, Fraction(0)) / len(earned)


@pytest.mark.parametrize(
    ("choices", "share"),
    [
        ([{"text": "a", "correct": True}, {"text": "b", "credit": 50}, {"text": "c", "credit": -25}], Fraction(1, 2)),
        ([{"text": "a", "correct": True}, "b", "c", "d"], Fraction(1, 4)),
    ],
)
def test_credits_raise_the_guess(choices: list[Any], share: Fraction) -> None:
    """Partial credit is part of what a guess earns; a negative credit is clipped."""
    assert share == make("single_choice", {"id": "q", "stem": "s"}, choices=choices).expected_guess()


def test_per_option_credits_are_clipped_as_a_whole() -> None:
    """Two keys of 50, one wrong option of -100: of the eight sets one earns 1 and two earn 1/2."""
    choices = [{"text": "a", "correct": True}, {"text": "b", "correct": True}, {"text": "c", "credit": -100}]
    question = make("multiple_answer", {"id": "q", "stem": "s"}, choices=choices, scoring="per_option")

    assert Fraction(1, 4) == question.expected_guess()


@pytest.mark.parametrize("answers", [["*"], [{"text": "x"}, {"text": " ** ", "credit": 50}]])
def test_a_pattern_that_accepts_anything_counts(answers: list[Any]) -> None:
    """Typing earns nothing, but where any text is accepted."""
    question: Any = make("short_answer", {"id": "q", "stem": "s"}, answers=answers)

    assert question.expected_guess() == question.score("anything")


@pytest.mark.parametrize("kind", sorted(QUESTION_TYPES))
def test_a_question_without_answers_earns_nothing(kind: str) -> None:
    """What could be read of a broken question does not stop the reviewer."""
    empty: dict[str, Any] = {"choices": (), "pairs": (), "items": (), "blanks": {}, "answers": (), "answer": True}
    question: Any = QUESTION_TYPES[kind].model_construct(type=kind, id="q", stem="s", **empty)

    assert question.expected_guess() == (Fraction(1, 2) if kind == "true_false" else 0)


@pytest.mark.parametrize("scoring", ["plus_minus", "ratio", "all_or_nothing", "per_option"])
def test_thousands_of_options_take_no_time(scoring: str) -> None:
    """Hostile sizes: 2,000 options, each with a credit of its own."""
    choices = [{"text": f"k{number}", "correct": True} for number in range(1000)]
    choices += [{"text": f"w{number}", **_odd_credit(number, scoring)} for number in range(1000)]
    question = make("multiple_answer", {"id": "q", "stem": "s"}, choices=choices, scoring=scoring)

    assert 0 <= question.expected_guess() < Fraction(1, 10)


def _odd_credit(number: int, scoring: str) -> dict[str, str]:
    return {"credit": f"-{number % 97}.{number:07d}1"} if scoring == "per_option" else {}


def _score(question: Any, response: Any) -> Fraction:
    score: Fraction = question.score(response)
    return score


def _responses(question: Any) -> list[Any]:
    every: Callable[[Any], Iterable[Any]] = _RESPONSES.get(question.type, lambda _: ["unlike any answer"])
    return list(every(question))


def _ticks(question: Any) -> Iterable[frozenset[int]]:
    every = range(len(question.choices))
    return map(frozenset, chain.from_iterable(combinations(every, size) for size in range(len(every) + 1)))


def _cloze(question: Any) -> Iterable[dict[str, int | str]]:
    answers = [_fillings(blank) for blank in question.blanks.values()]
    return (dict(zip(question.blanks, filled, strict=True)) for filled in product(*answers))


def _fillings(blank: Blank) -> list[int | str]:
    return list(range(len(blank.choices))) if blank.kind == "choice" else ["unlike any answer"]


_RESPONSES: dict[str, Callable[[Any], Iterable[Any]]] = {
    "single_choice": lambda question: range(len(question.choices)),
    "multiple_answer": _ticks,
    "true_false": lambda _: [True, False],
    "matching": lambda question: product(question.rights, repeat=len(question.pairs)),
    "ordering": lambda question: permutations(range(len(question.items))),
    "cloze": _cloze,
}
