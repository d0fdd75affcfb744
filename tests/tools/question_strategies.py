"""Strategies for questions and responses, for property tests."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from quizforge.model.question import QUESTION_TYPES, Question
from quizforge.model.questions.cloze import Cloze
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.questions.numerical import Numerical
from quizforge.model.questions.ordering import Ordering
from quizforge.model.questions.short_answer import ShortAnswer
from quizforge.model.questions.single_choice import SingleChoice
from quizforge.model.questions.true_false import TrueFalse

TEXTS = st.sampled_from(
    [
        "alpha", "beta *gamma*", "`[[code]]`", "[[literal]] word", r"\(a_{[[1]]}\)", "1. one", "- two", "# three",
        "Two\nlines", "a|b", "ünïcödé 你好", "0.5", "4", r"star \*", "<b> & </b>", "Yes", "No", "A", "1",
    ]
)  # fmt: skip
FEEDBACK = st.none() | st.just("Because.")
CREDIT = st.integers(-100, 100).map(Decimal)
COMMON = st.fixed_dictionaries(
    {"id": st.just("q"), "stem": TEXTS, "shuffle": st.booleans()},
    optional={"title": TEXTS, "hints": st.just(("Think.",)), "points": st.sampled_from([Decimal(0), Decimal("2.5")])},
)


def make(kind: str, common: Mapping[str, Any], **fields: object) -> Question:
    """A question of a type."""
    return QUESTION_TYPES[kind].model_validate({**common, **fields, "type": kind})


def faults(question: Question) -> list[str]:
    """Messages of broken invariants."""
    problems = (problem for rule in question.invariants for problem in rule.check(question))
    return [p.message for p in problems if (p.severity or p.code.severity) == "error"]


@st.composite
def choices(draw: st.DrawFn, keys: int, *, credited: bool) -> list[dict[str, Any]]:
    """Options of which the first ``keys`` are right."""
    texts = draw(st.lists(TEXTS, min_size=keys + 1, max_size=keys + 4, unique=True))
    return [
        {
            "text": text,
            "correct": index < keys,
            "feedback": draw(FEEDBACK),
            "credit": draw(st.none() | CREDIT) if credited and index >= keys else None,
            "pin": draw(st.sampled_from([None, None, "last"])),
        }
        for index, text in enumerate(texts)
    ]


@st.composite
def answers(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Accepted texts, the first of which earns everything."""
    texts = draw(st.lists(st.one_of(TEXTS, st.just("al*")), min_size=1, max_size=4, unique=True))
    return [{"text": text, "credit": Decimal(100) if not index else draw(CREDIT)} for index, text in enumerate(texts)]


NUMBERS = st.decimals(-1000, 1000, places=2, allow_nan=False, allow_infinity=False)


@st.composite
def numbers(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Accepted numbers, the first of which earns everything."""
    values = draw(st.lists(NUMBERS, min_size=1, max_size=3, unique=True))
    tolerances = st.sampled_from(["0", "0.01", "2%"])
    return [
        {"value": value, "tolerance": draw(tolerances), "credit": Decimal(100) if not index else draw(CREDIT)}
        for index, value in enumerate(values)
    ]


@st.composite
def blanks(draw: st.DrawFn, count: int) -> dict[str, Any]:
    """Blanks of all kinds."""
    kinds: dict[str, st.SearchStrategy[dict[str, Any]]] = {
        "choices": choices(1, credited=True).map(lambda found: {"choices": found}),
        "answers": answers().map(lambda found: {"answers": found}),
        "answer": NUMBERS.map(lambda found: {"answer": found, "unit": "m"}),
    }
    names = (f"b{index}" for index in range(count))
    return {
        name: {
            **draw(kinds[draw(st.sampled_from(sorted(kinds)))]),
            "weight": draw(st.integers(1, 3)),
            "feedback": draw(FEEDBACK),
        }
        for name in names
    }


def questions() -> st.SearchStrategy[Question]:
    """A question of any type that can be scored, whose invariants hold."""
    return any_question().filter(lambda question: not faults(question))


@st.composite
def any_question(draw: st.DrawFn) -> Question:  # noqa: PLR0911  # one for each type
    """A question of any type that can be scored, sound or not."""
    kind = draw(st.sampled_from(sorted(set(QUESTION_TYPES) - {"essay", "information"})))
    common = draw(COMMON)
    if kind == "single_choice":
        return make(kind, common, choices=draw(choices(1, credited=True)))
    if kind == "multiple_answer":
        scoring = draw(st.sampled_from(["plus_minus", "ratio", "all_or_nothing"]))
        return make(kind, common, choices=draw(choices(draw(st.integers(1, 3)), credited=False)), scoring=scoring)
    if kind == "true_false":
        return make(kind, common, answer=draw(st.booleans()), feedback_true=draw(FEEDBACK))
    if kind == "short_answer":
        return make(kind, common, answers=draw(answers()), case_sensitive=draw(st.booleans()))
    if kind == "numerical":
        return make(kind, common, answers=draw(numbers()), unit=draw(st.sampled_from([None, "m", "k*"])))
    if kind == "matching":
        lefts = draw(st.lists(TEXTS, min_size=2, max_size=4, unique=True))
        pairs = [{"left": left, "right": draw(TEXTS), "feedback": draw(FEEDBACK)} for left in lefts]
        scoring = draw(st.sampled_from(["per_pair", "all_or_nothing"]))
        return make(kind, common, pairs=pairs, distractors=draw(st.lists(TEXTS, max_size=2)), scoring=scoring)
    if kind == "ordering":
        items = draw(st.lists(TEXTS, min_size=2, max_size=4, unique=True))
        return make(kind, common, items=items, scoring=draw(st.sampled_from(["position", "all_or_nothing"])))
    found = draw(blanks(draw(st.integers(1, 3))))
    stem = " ".join(f"text [[{name}]]" for name in found)
    return make(kind, {**common, "stem": stem}, blanks=found)


def responses(question: Question) -> st.SearchStrategy[Any]:
    """Any response to a question."""
    typed = st.one_of(TEXTS, st.just("alpine"), NUMBERS.map(str), st.just("0,5"), st.just("4 m"), st.just(" "))
    if isinstance(question, SingleChoice):
        found: st.SearchStrategy[Any] = st.integers(0, len(question.choices) - 1)
    elif isinstance(question, MultipleAnswer):
        found = st.frozensets(st.integers(0, len(question.choices) - 1)) | st.just(question.keys)
    elif isinstance(question, TrueFalse):
        found = st.booleans()
    elif isinstance(question, ShortAnswer):
        found = typed
    elif isinstance(question, Numerical):
        values = [answer.value for answer in question.accepted]
        found = typed | st.sampled_from([str(value) for value in values]) | st.sampled_from([f"{v} m" for v in values])
    elif isinstance(question, Matching):
        any_right = st.sampled_from([None, *question.rights])
        found = st.tuples(*(any_right for _ in question.pairs)) | st.just(tuple(p.right for p in question.pairs))
    elif isinstance(question, Ordering):
        found = st.permutations(range(len(question.items))).map(tuple)
    else:
        assert isinstance(question, Cloze)
        parts = {
            name: st.integers(0, len(blank.choices) - 1) if blank.choices else typed | st.just(str(blank.answer))
            for name, blank in question.blanks.items()
        }
        found = st.fixed_dictionaries({}, optional=parts)
    return st.none() | found
