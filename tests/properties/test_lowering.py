"""Lowering never raises the score of a response, and keeps it where it does not warn."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from quizforge.exporters.lower import Lowered, Refused, lower, lowers_score
from quizforge.exporters.words import words
from quizforge.markup import blank_names
from quizforge.model.arrangement import arranged, option_lists
from quizforge.model.codes.structure import DUPLICATE_OPTION
from quizforge.model.question import QUESTION_TYPES
from quizforge.model.questions.cloze import Cloze
from quizforge.model.questions.short_answer import ShortAnswer
from tests.tools.question_strategies import faults, make, questions, responses


@settings(max_examples=300)
@given(st.data())
def test_no_response_earns_more(data: st.DataObject) -> None:
    """Whatever is lowered to whatever, a response earns what it did, or less where a warning says so."""
    question = data.draw(questions())
    native = data.draw(st.frozensets(st.sampled_from(sorted(set(QUESTION_TYPES) - {question.type})), min_size=1))
    found = lower(question, native, bank="bank", words=words("en"))
    if isinstance(found, Refused):
        assert found.problem.subject == ("questions", "q")
        return
    response = data.draw(responses(question))
    before: Fraction = question.score(response)
    after: Fraction = found.question.score(found.translate(response))

    assert found.question.type in native
    assert after <= before
    assert lowers_score(found) or after == before


@settings(max_examples=200)
@given(st.data())
def test_a_question_of_a_form_is_lowered_like_any_other(data: st.DataObject) -> None:
    """Options that a form has moved earn what they did before, whatever they are lowered to."""
    drawn = data.draw(questions())
    question = arranged(drawn, {name: tuple(range(count))[::-1] for name, count in option_lists(drawn)})
    native = data.draw(st.frozensets(st.sampled_from(sorted(set(QUESTION_TYPES) - {question.type})), min_size=1))
    found = lower(question, native, bank="bank", words=words("en"))
    assume(isinstance(found, Lowered))
    assert isinstance(found, Lowered)
    response = data.draw(responses(question))

    assert found.question.score(found.translate(response)) <= question.score(response)
    assert lowers_score(found) or found.question.score(found.translate(response)) == question.score(response)


@settings(max_examples=300)
@given(st.data())
def test_what_was_lowered_is_a_sound_question(data: st.DataObject) -> None:
    """A lowered question keeps its id, title, hints and points, breaks no invariant, and has exactly its blanks."""
    question = data.draw(questions())
    native = data.draw(st.frozensets(st.sampled_from(sorted(set(QUESTION_TYPES) - {question.type})), min_size=1))
    found = lower(question, native, bank="bank", words=words("en"))
    assume(isinstance(found, Lowered))
    assert isinstance(found, Lowered)
    lowered = found.question

    assert (lowered.id, lowered.title, lowered.hints) == (question.id, question.title, question.hints)
    assert lowered.max_points == question.max_points
    if not isinstance(lowered, ShortAnswer):  # a number is accepted in all its spellings, which fold to one
        assert faults(lowered) == []
    if isinstance(lowered, Cloze):
        assert sorted(name for name, _, _ in blank_names(lowered.stem)) == sorted(lowered.blanks)


def test_spellings_of_a_number_are_the_only_duplicates() -> None:
    """What the exception above lets through is nothing but QF122."""
    question = make("numerical", {"id": "q", "stem": "How many?"}, answers=[{"value": "0.50"}])
    found = lower(question, {"short_answer"}, bank="bank", words=words("en"))
    assert isinstance(found, Lowered)
    problems = [problem for rule in found.question.invariants for problem in rule.check(found.question)]

    assert {problem.code for problem in problems} == {DUPLICATE_OPTION}
