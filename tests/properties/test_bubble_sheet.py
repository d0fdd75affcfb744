"""Whatever is asked, every option of it has one bubble, and no two bubbles of a page touch."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from quizforge.exporters.base import Env
from quizforge.exporters.bubble_sheet import BubbleSheet, SheetOptions
from quizforge.model.bank import Bank, Header
from quizforge.model.question import Question
from quizforge.model.questions.cloze import Cloze
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.questions.ordering import Ordering
from quizforge.model.questions.single_choice import SingleChoice
from quizforge.model.questions.true_false import TrueFalse
from quizforge.model.quiz import Quiz, whole_bank
from tests.tools.question_strategies import questions

OPTIONS = st.builds(
    SheetOptions,
    paper=st.sampled_from(["a4", "letter"]),
    large_print=st.booleans(),
    digits=st.integers(1, 10),
    numbers=st.sampled_from(["grid", "written"]),
)


@st.composite
def quizzes(draw: st.DrawFn) -> Quiz:
    """A quiz of some questions, of which the whole repeats, so that pages fill."""
    drawn = draw(st.lists(questions(), min_size=1, max_size=6)) * draw(st.integers(1, 12))
    named = tuple(question.model_copy(update={"id": f"q{number}"}) for number, question in enumerate(drawn))
    header = Header.model_validate({"schema": "1", "id": "bank", "title": "Bank"})
    quiz = whole_bank(Bank(header=header, questions=named))
    return replace(quiz, language=draw(st.sampled_from(["en", "he"])), form=draw(st.sampled_from([None, "B", "Late"])))


def chart_of(quiz: Quiz, options: SheetOptions) -> Mapping[str, Any]:
    """The map."""
    _, chart = BubbleSheet().render(quiz, options, Env()).files
    found: Mapping[str, Any] = json.loads(chart.data)
    return found


def marked_options(question: Question) -> Counter[tuple[object, object]]:
    """Each part of a question with each of its options, as a sheet has to offer them."""
    if isinstance(question, SingleChoice | MultipleAnswer):
        return Counter((None, index) for index in range(len(question.choices)))
    if isinstance(question, TrueFalse):
        return Counter([(None, True), (None, False)])
    if isinstance(question, Matching):
        return Counter((pair, right) for pair in range(len(question.pairs)) for right in range(len(question.rights)))
    if isinstance(question, Ordering):
        return Counter((item, place) for item in range(len(question.items)) for place in range(len(question.items)))
    if isinstance(question, Cloze):
        blanks = question.blanks.items()
        return Counter((name, index) for name, blank in blanks for index in range(len(blank.choices)))
    return Counter()


@settings(max_examples=60)
@given(quizzes(), OPTIONS)
def test_every_option_has_one_bubble(quiz: Quiz, options: SheetOptions) -> None:
    """All options of all parts of all questions, once each."""
    found: dict[str, Counter[tuple[object, object]]] = defaultdict(Counter)
    for page in chart_of(quiz, options)["pages"]:
        for row in page["rows"]:
            if row["field"] == "answer" and "character" not in row:
                part = next((row[name] for name in ("pair", "item", "blank") if name in row), None)
                found[row["question"]].update((part, bubble["option"]) for bubble in row["bubbles"])

    assert {item.question.id: found[item.question.id] for item in quiz.items} == {
        item.question.id: marked_options(item.question) for item in quiz.items
    }


@settings(max_examples=60)
@given(quizzes(), OPTIONS)
def test_no_bubbles_touch(quiz: Quiz, options: SheetOptions) -> None:
    """A blank of 0.4 mm at least lies between any two, and all keep clear of the edge and of the page code."""
    chart = chart_of(quiz, options)
    for page in chart["pages"]:
        size = page["rows"][0]["radius"]
        spots = sorted((b["x"], b["y"]) for row in page["rows"] for b in row["bubbles"])
        assert all(12 < x < chart["width"] - 12 and 16 < y < chart["height"] - 15 for x, y in spots)
        for place, (x, y) in enumerate(spots):
            for u, v in spots[place + 1 :]:
                if u - x > 2 * size + 0.4:
                    break
                assert abs(y - v) > 2 * size + 0.4 or (u - x) ** 2 + (v - y) ** 2 > (2 * size + 0.4) ** 2
