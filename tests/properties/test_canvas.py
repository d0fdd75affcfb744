"""What is exported to Canvas scores there what it scores in the bank, or less where a warning says so."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quizforge.exporters.canvas.choice import VISIBLE
from quizforge.exporters.canvas.typed import literal_text
from quizforge.markup import Markup
from quizforge.model.bank import Bank, Header
from quizforge.model.codes.fidelity import NUMBER_ROUNDED, SCORE_LOWERED
from quizforge.model.question import Question
from quizforge.model.questions.numerical import Numerical, read_number
from quizforge.model.questions.short_answer import Answer
from tests.tools.canvas_export import READERS, Replay, exported
from tests.tools.canvas_package import unpack
from tests.tools.question_strategies import make, questions, responses

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


_TEXT = st.text(st.sampled_from("ab1 <>&;\"'[]{}()\\`*_%$#~|=:!.-\n\té你👩\u200d🔬م"), min_size=1, max_size=24).filter(
    str.strip
)


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=150, deadline=None)
@given(texts=st.lists(_TEXT, min_size=3, max_size=3, unique_by=lambda text: "".join(text.split()).casefold()))
def test_any_text_survives_the_way_into_canvas(name: str, texts: list[str]) -> None:
    """Whatever stands in stem, options and feedback is read back as our own HTML; what is typed, as it is typed."""
    stem, key, other = texts
    said = {"feedback": key, "feedback_correct": other, "feedback_incorrect": stem}
    choices = [{"text": key, "correct": True, "feedback": other}, {"text": other, "feedback": stem}]
    chosen = make("single_choice", {"id": "a", "stem": stem}, choices=choices, **said)
    literal = key.replace("*", "\\*").strip()
    typed = make("short_answer", {"id": "b", "stem": stem}, answers=[literal])
    assume(not literal.endswith("\\"))
    bank = bank_of(chosen, typed)
    html = Markup({}).dialect("canvas")
    first, second = (READERS[name](item) for item in unpack(exported(bank, name).files[0].data).quizzes[0].items)
    shown = {text.removesuffix(VISIBLE): ident for ident, text in first.options.items()}

    assert first.stem == second.stem == html.block(stem)
    assert set(shown) == {html.inline(key), html.inline(other)}
    assert first.shown["right"] == {shown[html.inline(key)]}
    assert first.feedback == {"general": html.block(key), "right": html.block(other), "wrong": html.block(stem)}
    assert first.answer_feedback == {
        shown[html.inline(key)]: html.block(other),
        shown[html.inline(other)]: html.block(stem),
    }
    assert second.score(literal_text(Answer(text=literal))) == 1
