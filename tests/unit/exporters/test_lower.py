"""What each rung makes of a question."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from quizforge.exporters.lower import Lowered, Refused, lower, lowers_score
from quizforge.exporters.words import words
from quizforge.model.question import QUESTION_TYPES, Question
from quizforge.model.questions.cloze import Cloze
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.numerical import Numerical
from quizforge.model.questions.ordering import Ordering
from quizforge.model.questions.short_answer import ShortAnswer
from quizforge.model.questions.single_choice import SingleChoice

COMMON: dict[str, Any] = {
    "id": "q",
    "title": "Title",
    "stem": "Which?",
    "points": 3,
    "hints": ["Think."],
    "concepts": ["c"],
    "feedback": "So it is.",
}


def question(**fields: Any) -> Question:
    """A question with the common fields."""
    return QUESTION_TYPES[fields["type"]].model_validate({**COMMON, **fields})


def lowered(*native: str, language: str = "en", **fields: Any) -> Lowered:
    """A question brought down to one of some types."""
    found = lower(question(**fields), native, bank="bank", words=words(language))
    assert isinstance(found, Lowered)
    return found


def codes(found: Lowered) -> list[str]:
    """Names of the codes of the problems."""
    return [problem.code.name for problem in found.problems]


def test_native_question_stays() -> None:
    """A type that the target has is not touched, and costs nothing."""
    given = question(type="true_false", answer=True)
    found = lower(given, {"true_false"}, bank="bank", words=words("en"))

    assert isinstance(found, Lowered)
    assert found.question is given
    assert (found.problems, found.translate("same")) == ((), "same")


def test_common_fields_go_along() -> None:
    """Id, title, points, hints, concepts and feedback are those of the original; the change of type is said."""
    found = lowered("cloze", type="true_false", answer=False)
    target = found.question

    assert (target.id, target.title, str(target.points), target.hints) == ("q", "Title", "3", ("Think.",))
    assert (target.concepts, target.feedback) == (("c",), "So it is.")
    assert [(problem.code.name, problem.subject, problem.message) for problem in found.problems] == [
        ("type-lowered", ("questions", "q"), "true_false is written as cloze")
    ]


def test_true_false_becomes_a_choice_in_the_banks_language() -> None:
    """The words for the verdicts stand in fixed order, each with its feedback."""
    found = lowered(
        "single_choice", language="de", type="true_false", answer=False, feedback_true="Nein.", misconception="m"
    )
    target = found.question
    assert isinstance(target, SingleChoice)

    assert [(c.text, c.correct, c.feedback, c.misconception) for c in target.choices] == [
        ("Richtig", False, "Nein.", "m"),
        ("Falsch", True, None, None),
    ]
    assert not target.shuffle
    assert [found.translate(verdict) for verdict in (True, False, None)] == [0, 1, None]


def test_choice_becomes_a_blank_below_the_stem() -> None:
    """A stem with literal brackets keeps them."""
    choices = [{"text": "a", "correct": True}, {"text": "b", "credit": 50}]
    found = lowered("cloze", type="single_choice", stem="What is `[[x]]` and [[y]]?", choices=choices)
    target = found.question
    assert isinstance(target, Cloze)

    assert target.stem == "What is `[[x]]` and \\[[y]]?\n\n[[answer]]"
    assert target.score(found.translate(1)) == Fraction(1, 2)


def test_numbers_beyond_the_first_are_lost_in_a_blank() -> None:
    """A blank accepts one number, so that others with credit cost points; others without only their feedback."""
    answers: list[dict[str, Any]] = [{"value": 1}, {"value": 2, "credit": 50}]
    wrong = [{"value": 1}, {"value": 2, "credit": 0, "feedback": "No."}]

    assert codes(lowered("cloze", type="numerical", answers=answers)) == ["type-lowered", "score-lowered"]
    assert codes(lowered("cloze", type="numerical", answers=wrong)) == ["type-lowered", "field-dropped"]
    assert codes(lowered("cloze", type="numerical", answers=wrong[:1])) == ["type-lowered"]


def test_number_becomes_its_usual_spellings() -> None:
    """As a text a number is accepted as it is usually written, with its unit or without; the rest is lost."""
    found = lowered("short_answer", type="numerical", answer="0.50", tolerance="0.1", unit="m")
    target = found.question
    assert isinstance(target, ShortAnswer)

    assert [answer.text for answer in target.answers] == [
        "0.50", "0.5", "0,50", "0,5", "0.50 m", "0.5 m", "0,50 m", "0,5 m",
    ]  # fmt: skip
    assert lowers_score(found)


@pytest.mark.parametrize(("scoring", "lost"), [("all_or_nothing", False), ("plus_minus", True)])
def test_several_answers_become_yes_and_no(scoring: str, lost: bool) -> None:  # noqa: FBT001  # a table
    """Each option is matched with yes or no; what was worth a part of the points is worth nothing then."""
    choices = [{"text": "a", "correct": True}, "b", {"text": "c", "correct": True}]
    found = lowered("matching", type="multiple_answer", scoring=scoring, choices=choices)
    target = found.question
    assert isinstance(target, Matching)

    assert [(pair.left, pair.right) for pair in target.pairs] == [("a", "Yes"), ("b", "No"), ("c", "Yes")]
    assert target.scoring == "all_or_nothing"
    assert found.translate(frozenset({0, 1})) == ("Yes", "Yes", "No")
    assert lowers_score(found) is lost


def test_only_keys_still_offer_a_no() -> None:
    """Without a wrong option 'No' would be missing from what can be chosen."""
    choices = [{"text": "a", "correct": True}, {"text": "b", "correct": True}]
    target = lowered("matching", type="multiple_answer", scoring="all_or_nothing", choices=choices).question
    assert isinstance(target, Matching)

    assert target.rights == ("Yes", "No")


def test_letters_are_typed_where_nothing_else_is_there() -> None:
    """Options are lettered in an order that tells nothing; the letters of the keys are the answer."""
    choices = [{"text": "first", "correct": True, "feedback": "Yes."}, "second", {"text": "third", "correct": True}]
    found = lowered("short_answer", type="multiple_answer", scoring="all_or_nothing", choices=choices)
    target = found.question
    assert isinstance(target, ShortAnswer)
    lines = target.stem.split("\n\n")
    letters = sorted(line[1] for line in lines[1:4] if line[4:] in {"first", "third"})

    assert sorted(line[:4] for line in lines[1:4]) == ["(A) ", "(B) ", "(C) "]
    assert [answer.text for answer in target.answers] == [joint.join(letters) for joint in ("", " ", ",", ", ")]
    assert found.translate(frozenset({0, 2})) == "".join(letters)
    assert codes(found) == ["type-lowered", "field-dropped"]


def test_pairs_become_dropdowns_with_all_rights() -> None:
    """Each left side has a blank; all offer the same right sides in the same order, distractors too."""
    pairs = [{"left": "a", "right": "1", "feedback": "One."}, {"left": "b [[c]]", "right": "2"}]
    distractors = [{"text": "3", "feedback": "None."}]
    found = lowered("cloze", type="matching", pairs=pairs, distractors=distractors)
    target = found.question
    assert isinstance(target, Cloze)
    offered = [[choice.text for choice in blank.choices] for blank in target.blanks.values()]

    assert sorted(offered[0]) == ["1", "2", "3"]
    assert offered[0] == offered[1]
    assert "b \\[[c]]: [[pair_2]]" in target.stem
    assert target.blanks["pair_1"].feedback == "One."
    assert {c.feedback for b in target.blanks.values() for c in b.choices if c.text == "3"} == {"None."}
    assert target.score(found.translate(("1", None))) == Fraction(1, 2)


def test_all_or_nothing_pairs_become_an_order() -> None:
    """Right sides are brought into the order of the left ones, which keeps all or nothing; others cannot be."""
    pairs = [{"left": "a", "right": "1"}, {"left": "b", "right": "2"}, {"left": "c", "right": "3"}]
    found = lowered("ordering", "short_answer", type="matching", pairs=pairs, scoring="all_or_nothing")
    target = found.question
    assert isinstance(target, Ordering)

    assert target.score(found.translate(("1", "2", "3"))) == 1
    assert target.score(found.translate(("2", "1", "3"))) == 0
    assert found.translate(("1", "1", "3")) is None
    assert lowered("ordering", "short_answer", type="matching", pairs=pairs, scoring="all_or_nothing",
                   distractors=["4"]).question.type == "short_answer"  # fmt: skip


def test_order_becomes_places_and_then_dropdowns() -> None:
    """One rung after the other: an ordering is matched with numbers, and these become dropdowns."""
    found = lowered("cloze", type="ordering", items=["x", "y", "z"])
    target = found.question
    assert isinstance(target, Cloze)

    assert [problem.message for problem in found.problems] == ["ordering is written as cloze"]
    assert target.score(found.translate((1, 0, 2))) == Fraction(1, 3)


@pytest.mark.parametrize(
    ("blank", "kind"),
    [
        ({"choices": [{"text": "a", "correct": True}, "b"]}, SingleChoice),
        ({"answers": ["a"], "case_sensitive": True}, ShortAnswer),
        ({"answer": 2, "tolerance": "5%", "unit": "m"}, Numerical),
    ],
)
def test_one_blank_becomes_its_own_question(blank: dict[str, Any], kind: type[Question]) -> None:
    """A cloze with one blank is a question of its kind; a line stands in the stem, and its feedback is kept."""
    blanks = {"x": {**blank, "feedback": "Whole blank."}}
    native = ("single_choice", "short_answer", "numerical")
    target = lowered(*native, type="cloze", stem="It is [[x]].", blanks=blanks).question

    assert isinstance(target, kind)
    assert target.stem == r"It is \_\_\_\_."
    assert "Whole blank." in target.model_dump_json()


@pytest.mark.parametrize(
    "fields",
    [
        {"type": "essay"},
        {"type": "information"},
        {"type": "cloze", "stem": "[[a]] [[b]]", "blanks": {"a": {"answer": 1}, "b": {"answer": 2}}},
        {"type": "matching", "pairs": [{"left": "a", "right": "1"}, {"left": "b", "right": "1"}]},
    ],
)
def test_what_nothing_holds_is_refused(fields: dict[str, Any]) -> None:
    """A question that no rung brings down is refused with a warning that names it."""
    found = lower(question(**fields), {"true_false"}, bank="bank", words=words("en"))

    assert isinstance(found, Refused)
    assert (found.problem.code.name, found.problem.subject) == ("question-refused", ("questions", "q"))


def test_nothing_is_lowered_in_a_circle() -> None:
    """Choices become blanks and a blank becomes a choice, but a question does not go round."""
    choices = [{"text": "a", "correct": True}, "b"]

    assert isinstance(
        lower(question(type="single_choice", choices=choices), {"essay"}, bank="bank", words=words("en")), Refused
    )
