"""What is exported to Canvas scores there what it scores in the bank, or less where a warning says so."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quizforge.model.bank import Bank, Header
from quizforge.model.codes.fidelity import NUMBER_ROUNDED, SCORE_LOWERED
from quizforge.model.question import Question
from quizforge.model.questions.numerical import Numerical, read_number
from tests.tools.canvas_export import READERS, Replay, exported
from tests.tools.canvas_package import unpack
from tests.tools.question_strategies import questions, responses

_SCORES_DIFFER = {SCORE_LOWERED, NUMBER_ROUNDED}


def bank_of(*found: Question) -> Bank:
    """A bank of some questions."""
    header = Header.model_validate({"schema": "1", "id": "bank", "title": "Bank"})
    return Bank(header=header, questions=found)


def can_be_typed(question: Question, response: Any) -> bool:
    """Whether Canvas' field for a number takes a response: a number alone, with a decimal point."""
    if not isinstance(question, Numerical) or response is None or not str(response).strip():
        return True
    return read_number(response) is not None and "," not in response


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_no_response_earns_more_in_canvas(name: str, data: st.DataObject) -> None:
    """The package is read back without a fault, and every response earns what it did, or less with a warning."""
    question = data.draw(questions())
    bank = bank_of(question)
    found = exported(bank, name)
    if not found.files:
        assert [reason for key, reason in found.left_out if key == question.id and reason]
        return
    (item,) = unpack(found.files[0].data).quizzes[0].items
    read = READERS[name](item)
    response = data.draw(responses(question))
    assume(can_be_typed(question, response))
    earned = Replay(bank, name).score(question, read, response)
    due: Fraction = question.score(response)

    assert read.kind != "Error"
    assert Fraction(read.points) == question.max_points
    assert earned <= due
    if not any(problem.code in _SCORES_DIFFER for problem in found.problems):
        assert earned == due
