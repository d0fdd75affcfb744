"""QTI items score as the bank does, whatever is answered: held by a player of the tests' own."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quizforge.api import export
from quizforge.model.bank import Bank, Header
from quizforge.model.codes.fidelity import LOOKS_ALIKE, NUMBER_ROUNDED, SCORE_LOWERED, UNWRITABLE
from quizforge.model.diagnostic import Problem
from quizforge.model.question import Question
from tests.tools.qti_item import QtiItem
from tests.tools.qti_package import read_package
from tests.tools.qti_player import Player
from tests.tools.qti_replay import Replay
from tests.tools.question_strategies import COMMON, TEXTS, faults, make, questions, responses

CLOSE = 1e-9
"""Scores are double-precision floats in every player, and points are at most 1000."""

_SCORES_DIFFER = {SCORE_LOWERED, NUMBER_ROUNDED}


def bank_of(*found: Question) -> Bank:
    """A bank of some questions."""
    header = Header.model_validate({"schema": "1", "id": "bank", "title": "Bank"})
    return Bank(header=header, questions=found)


def exported(bank: Bank, name: str) -> tuple[QtiItem, bool]:
    """The only item of a bank that can be written, and whether a warning says that a response may earn less there."""
    found = export(bank, name)
    assert found.files, found.problems
    (item,) = read_package(found.files[0].data).items
    return item, any(problem.code in _SCORES_DIFFER for problem in found.problems)


def _severity(problem: Problem) -> str:
    return problem.severity or problem.code.severity


def judge(question: Question, response: Any, name: str) -> None:
    """Compare the score of a response in the bank with that in the item, in both kinds of engines."""
    bank = bank_of(question)
    refused = [problem.code for problem in export(bank, name).problems if _severity(problem) == "error"]
    if refused:
        assert set(refused) <= {LOOKS_ALIKE, UNWRITABLE}
        return
    item, warned = exported(bank, name)
    points = float(question.max_points)
    expected = float(question.score(response)) * points
    answers = Replay(bank, name).answers(question, item, response)
    scores = {Player(item, anchored=anchored).play(answers)["SCORE"] for anchored in (True, False)}

    assert item.outcomes["SCORE"].maximum == points
    for score in scores:
        assert 0 <= score <= expected + CLOSE
        assert warned or abs(score - expected) < CLOSE
        assert score == points or question.score(response) != 1 or warned


@settings(max_examples=300)
@given(st.data(), st.sampled_from(["qti21", "qti30"]))
def test_every_response_earns_what_it_earns_in_the_bank(data: st.DataObject, name: str) -> None:
    """The score is the bank's, never more, never negative, and exactly the points for a right response."""
    question = data.draw(questions())

    judge(question, data.draw(responses(question)), name)


@st.composite
def _credited(draw: st.DrawFn) -> Question:
    """Options that each have a credit of their own."""
    texts = draw(st.lists(TEXTS, min_size=3, max_size=7, unique=True))
    keys = draw(st.integers(1, len(texts) - 1))
    shares = sorted(draw(st.lists(st.integers(1, 9999), min_size=keys - 1, max_size=keys - 1, unique=True)))
    earned = [Decimal(high - low) / 100 for low, high in zip([0, *shares], [*shares, 10_000], strict=True)]
    others = draw(st.lists(st.integers(-100, 0).map(Decimal), min_size=len(texts), max_size=len(texts)))
    choices = [
        {"text": text, "correct": index < keys, "credit": earned[index] if index < keys else others[index]}
        for index, text in enumerate(texts)
    ]
    points = draw(st.sampled_from(["0.1", "1", "2.5", "3", "7", "0.3"]))
    return make("multiple_answer", {**draw(COMMON), "points": points}, choices=choices, scoring="per_option")


@settings(max_examples=100)
@given(st.data())
def test_credits_of_options_add_up_exactly(data: st.DataObject) -> None:
    """Whatever the credits, and in whatever order the keys are ticked, all of them earn exactly the points."""
    question: Any = data.draw(_credited().filter(lambda found: not faults(found)))
    judge(question, data.draw(responses(question)), "qti30")
    item, _ = exported(bank_of(question), "qti30")
    answer = Replay(bank_of(question), "qti30").answers(question, item, question.keys)
    ticked = data.draw(st.permutations(answer["RESPONSE"]))

    assert Player(item).play({"RESPONSE": list(ticked)})["SCORE"] == float(question.max_points)


@pytest.mark.parametrize("parts", range(2, 26))
@pytest.mark.parametrize("points", ["1", "0.1", "2.5", "3", "1000"])
def test_equal_shares_add_up_exactly(parts: int, points: str) -> None:
    """All pairs right earn exactly the points, also where a tenth ten times would be less than one."""
    pairs = [{"left": f"left {index}", "right": f"right {index}"} for index in range(parts)]
    question = make("matching", {"id": "q", "stem": "Which?", "points": points}, pairs=pairs)

    judge(question, tuple(f"right {index}" for index in range(parts)), "qti21")
    judge(question, (None, *(f"right {index}" for index in range(1, parts))), "qti21")


_ODD_LETTERS = "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}\N{LATIN SMALL LETTER DOTLESS I}\N{LATIN SMALL LETTER LONG S}"
_LETTERS = st.sampled_from(
    "aAsSßẞéÉ.*\\+?()[]{}^$|-/ \t<&\"'1"
    "\N{GREEK CAPITAL LETTER SIGMA}\N{GREEK SMALL LETTER SIGMA}\N{GREEK SMALL LETTER FINAL SIGMA}"
    f"\N{DESERET CAPITAL LETTER LONG I}\N{DESERET SMALL LETTER LONG I}{_ODD_LETTERS}"
)


@settings(max_examples=200)
@given(st.text(_LETTERS, min_size=1, max_size=8).filter(str.strip), st.text(_LETTERS, max_size=10), st.booleans())
def test_patterns_accept_what_the_answer_accepts(answer: str, typed: str, sensitive: bool) -> None:  # noqa: FBT001  # drawn
    """No text is accepted that the bank refuses, and none is refused but for letters that fold to several."""
    common = {"id": "q", "stem": "What?"}
    question: Any = make("short_answer", common, answers=[{"text": answer}], case_sensitive=sensitive)
    assume(not faults(question))
    item, _ = exported(bank_of(question), "qti21")
    for anchored in (True, False):
        score = Player(item, anchored=anchored).play({"RESPONSE": typed})["SCORE"]
        expected = float(question.score(typed))

        assert score <= expected
        assert score == expected or (not sensitive and not set(_ODD_LETTERS).isdisjoint(answer + typed))
