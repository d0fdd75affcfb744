"""What really becomes of each question type in each format, found by exporting one question of every kind.

The documents show it, and a conformance test holds the samples and the exporters' declarations to it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from quizforge.api import export
from quizforge.exporters import registry
from quizforge.exporters.base import Export, Options
from quizforge.model.bank import Bank, Header
from quizforge.model.codes.fidelity import SCORE_LOWERED, TYPE_LOWERED
from quizforge.model.question import QUESTION_TYPES, Question

ITSELF = "itself"
LEFT_OUT = "left out"

Outcome = tuple[str, bool]
"""What it is written as (``itself``, a type, ``left out``), and whether some response earns less there."""

_AB = [{"text": "a", "correct": True}, "b", "c"]
_TWO = [{"text": "a", "correct": True}, {"text": "b", "correct": True}, "c", "d"]
_PAIRS = [{"left": "a", "right": "1"}, {"left": "b", "right": "2"}, {"left": "c", "right": "3"}]
_SHARED = [{"left": "a", "right": "1"}, {"left": "b", "right": "1"}, {"left": "c", "right": "2"}]
_ALL = "all_or_nothing"
_TYPED = {"answers": ["x"]}
_CHOSEN = {"choices": _AB}
_RUBRIC = [{"criterion": "c", "levels": [{"points": 0, "text": "no"}, {"points": 1, "text": "yes"}]}]

PROBES: Mapping[str, tuple[dict[str, Any], ...]] = {
    "single_choice": (
        {"choices": _AB},
        {"choices": [*_AB, {"text": "d", "credit": 50}]},
        {"choices": [*_AB, {"text": "d", "pin": "last"}], "shuffle": False},
    ),
    "multiple_answer": (
        {"choices": _TWO},
        {"choices": _TWO, "scoring": "ratio"},
        {"choices": _TWO, "scoring": _ALL},
        {
            "choices": [
                {"text": "a", "correct": True, "credit": 75},
                {"text": "b", "correct": True, "credit": 25},
                {"text": "c", "credit": -50},
            ],
            "scoring": "per_option",
        },
        {"choices": [*({"text": f"k{number}", "correct": True} for number in range(11)), "w"]},
    ),
    "true_false": ({"answer": True}, {"answer": False}),
    "short_answer": (
        {"answers": ["x"]},
        {"answers": ["x", {"text": "y*", "credit": 50}]},
        {"answers": ["x"], "case_sensitive": True},
    ),
    "numerical": (
        {"answer": 1},
        {"answer": 1, "tolerance": 0.1, "unit": "m"},
        {"answers": [{"value": 1}, {"value": 2, "credit": 50}]},
    ),
    "matching": (
        {"pairs": _PAIRS},
        {"pairs": _PAIRS, "distractors": ["4"]},
        {"pairs": _SHARED},
        {"pairs": _PAIRS, "scoring": _ALL},
        {"pairs": _PAIRS, "distractors": ["4"], "scoring": _ALL},
    ),
    "ordering": ({"items": ["a", "b", "c"]}, {"items": ["a", "b", "c"], "scoring": _ALL}),
    "cloze": (
        {"stem": "[[a]]", "blanks": {"a": _TYPED}},
        {"stem": "[[a]]", "blanks": {"a": _CHOSEN}},
        {"stem": "[[a]]", "blanks": {"a": {"answer": 1}}},
        {"stem": "[[a]] [[b]]", "blanks": {"a": _TYPED, "b": _TYPED}},
        {"stem": "[[a]] [[b]]", "blanks": {"a": _TYPED, "b": {"answers": ["y"], "weight": 2}}},
        {"stem": "[[a]] [[b]]", "blanks": {"a": _CHOSEN, "b": _CHOSEN}},
        {"stem": "[[a]] [[b]] [[c]]", "blanks": {"a": _TYPED, "b": _CHOSEN, "c": {"answer": 1}}},
        {"stem": "[[a]]", "blanks": {"a": {"answers": ["x"], "case_sensitive": True}}},
        {"stem": "[[a]] [[b]]", "blanks": {"a": {"answers": ["x", {"text": "y*", "credit": 50}]}, "b": _CHOSEN}},
    ),
    "essay": ({}, {"rubric": _RUBRIC, "model_answer": "m", "response_template": "t"}),
    "information": ({},),
}
"""For each type one question of every shape and way of scoring that some format treats differently; the usual first."""


def options_of(name: str) -> Options:
    """The default options of a format, with what it writes only when asked to."""
    cls: Any = registry.get(name).options
    found: Options = cls(essays=True) if hasattr(cls, "essays") or "essays" in cls.__dataclass_fields__ else cls()
    return found


def outcomes_of(made: Export, questions: Iterable[Question]) -> dict[str, Outcome]:
    """What became of each question of an export, by id."""
    left_out = {name for name, _ in made.left_out}
    found = {}
    for question in questions:
        own = [problem for problem in made.problems if problem.subject == ("questions", question.id)]
        written = [problem.message.rpartition(" ")[2] for problem in own if problem.code is TYPE_LOWERED]
        became = LEFT_OUT if question.id in left_out else written[-1] if written else ITSELF
        lost = became != LEFT_OUT and any(problem.code is SCORE_LOWERED for problem in own)
        found[question.id] = (became, lost)
    return found


@cache
def _bank() -> Bank:
    questions = tuple(
        QUESTION_TYPES[kind].model_validate({"id": f"{kind}-{number}", "type": kind, "stem": "What?", **probe})
        for kind, probes in PROBES.items()
        for number, probe in enumerate(probes)
    )
    header = Header.model_validate({"schema": "1", "id": "probes", "title": "Probes"})
    return Bank(header=header, questions=questions)


@cache
def outcomes(name: str) -> Mapping[str, tuple[Outcome, ...]]:
    """For each question type what a format makes of it, the most frequent first.

    Where the same outcome loses points for some questions, it is listed once, with the loss.
    """
    bank = _bank()
    made = export(bank, name, options=options_of(name))
    by_question = outcomes_of(made, bank.questions)
    found = {}
    for kind in PROBES:
        own = [by_question[question.id] for question in bank.questions if question.type == kind]
        ranked = [became for became, _ in Counter(became for became, _ in own).most_common()]
        first = own[0][0]
        ranked.sort(key=lambda became: became != first)
        found[kind] = tuple((became, (became, True) in own) for became in ranked)
    return found
