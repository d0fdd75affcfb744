"""What is exported as GIFT scores in Moodle what it scores in the bank, or less where a warning says so."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quizforge.api import export
from quizforge.model.codes.fidelity import NUMBER_ROUNDED, QUESTION_REFUSED, SCORE_LOWERED
from quizforge.model.questions.short_answer import ShortAnswer
from quizforge.model.questions.single_choice import SingleChoice
from tests.properties.test_moodle_xml import bank_of, reads_alike
from tests.properties.test_small_formats import HOSTILE
from tests.tools.gift_reader import read
from tests.tools.gift_replay import replay
from tests.tools.question_strategies import make, questions, responses

_SCORES_DIFFER = {SCORE_LOWERED, NUMBER_ROUNDED}


@settings(max_examples=300)
@given(st.data())
def test_no_response_earns_more(data: st.DataObject) -> None:
    """A question is refused, or read back without a fault; then no response earns more than in the bank."""
    question = data.draw(questions())
    bank = bank_of(question)
    made = export(bank, "gift")
    codes = {problem.code for problem in made.problems}
    if not made.files:
        assert QUESTION_REFUSED in codes
        return
    (moodle,) = read(made.files[0].data)
    response = data.draw(responses(question))
    assume(reads_alike(question, response))
    earned = replay(bank).score(question, moodle, response)
    due = float(question.score(response))

    assert earned <= due + 1e-6
    if not codes & _SCORES_DIFFER:
        assert abs(earned - due) < 1e-6


@settings(max_examples=300)
@given(HOSTILE, st.lists(HOSTILE, min_size=2, max_size=4, unique_by=lambda text: " ".join(text.split()).casefold()))
def test_any_text_survives(stem: str, texts: list[str]) -> None:
    """Whatever stands in a name, a stem, a choice, a typed answer and its feedback, Moodle reads it as shown."""
    choices = [{"text": text, "correct": not index, "feedback": text} for index, text in enumerate(texts)]
    choice = make("single_choice", {"id": "a", "stem": stem, "title": stem, "feedback": stem}, choices=choices)
    typed = make("short_answer", {"id": "b", "stem": stem}, answers=[{"text": texts[0], "feedback": stem}])
    assert isinstance(choice, SingleChoice)
    assert isinstance(typed, ShortAnswer)
    made = export(bank_of(choice, typed), "gift")
    found = {question.idnumber: question for file in made.files for question in read(file.data)}

    assert found.keys() | {name for name, _ in made.left_out} == {"a", "b"}
    if "a" in found:
        assert [answer.fraction for answer in found["a"].answers].count(1.0) == 1
        assert len(found["a"].answers) == len(texts)
    if "b" in found:
        assert found["b"].answers[0].text == texts[0].strip()
