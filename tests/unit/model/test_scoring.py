"""Scoring of every type, against fractions that were worked out by hand."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Any

import pytest
import yaml

from quizforge.model.question import QUESTION_TYPES
from tests.tools import samples

SCORES: dict[str, list[list[Any]]] = yaml.safe_load((samples.FOLDER / "scores.yaml").read_text(encoding="utf-8"))
CASES = [(name, answer, str(share)) for name, rows in SCORES.items() for answer, share in rows]


@pytest.mark.parametrize(("name", "answer", "share"), CASES)
def test_score_is_exact(name: str, answer: Any, share: str) -> None:
    """Each answer earns the fraction that the rules give."""
    question: Any = samples.question(name)

    assert Fraction(share) == question.score(_response(question.type, answer))


def test_every_type_has_worked_scores() -> None:
    """No type is left out of the table."""
    assert set(QUESTION_TYPES) == {samples.question(name).type for name in SCORES}


@pytest.mark.parametrize("path", samples.PATHS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_sample_banks_are_clean(path: Any) -> None:
    """Nothing is wrong with a sample bank but what hostile texts are warned about."""
    found = samples.loaded(path).diagnostics
    limit = ("error",) if path.stem == "hostile" else ("error", "warning")

    assert [str(item) for item in found if item.severity in limit] == []


@pytest.mark.parametrize("question", [q for bank in samples.banks() for q in bank.questions], ids=lambda q: q.id)
def test_samples_hold_right_wrong_and_blank(question: Any) -> None:
    """Sample answers of a graded question earn 1 and 0, and a blank earns nothing."""
    earned = {sample.label: sample.fraction for sample in question.samples()}

    assert earned["blank"] == 0
    assert all(0 <= share <= 1 for share in earned.values())
    assert all(question.score(sample.response) == sample.fraction for sample in question.samples())
    if question.graded and (question.type != "essay" or question.rubric):
        assert 1 in earned.values()


@pytest.mark.parametrize("scoring", ["plus_minus", "ratio", "all_or_nothing", "per_option"])
def test_multiple_answer_stays_within_bounds(scoring: str) -> None:
    """Whatever is ticked earns between 0 and 1, and only the keys earn 1."""
    raw = {"id": "q", "type": "multiple_answer", "stem": "s", "scoring": scoring}
    choices = [{"text": "a", "correct": "true"}, {"text": "b", "correct": "true"}, "c", "d"]
    question: Any = QUESTION_TYPES["multiple_answer"].model_validate({**raw, "choices": choices})

    for bits in product((0, 1), repeat=4):
        ticked = frozenset(index for index, bit in enumerate(bits) if bit)
        share = question.score(ticked)
        assert 0 <= share <= 1
        if scoring in {"plus_minus", "ratio", "all_or_nothing"}:
            assert (share == 1) == (ticked == {0, 1})


def test_per_option_adds_credits() -> None:
    """Under per_option keys share 100 unless they name a credit, and a wrong option may cost."""
    raw: dict[str, Any] = {"id": "q", "type": "multiple_answer", "stem": "s", "scoring": "per_option"}
    raw["choices"] = [
        {"text": "a", "correct": "true", "credit": "70"},
        {"text": "b", "correct": "true", "credit": "30"},
        {"text": "c", "credit": "-50"},
    ]
    question: Any = QUESTION_TYPES["multiple_answer"].model_validate(raw)

    assert Fraction(7, 10) == question.score(frozenset({0}))
    assert Fraction(1, 5) == question.score(frozenset({0, 2}))
    assert Fraction(0) == question.score(frozenset({1, 2}))


def _response(kind: str, answer: Any) -> Any:
    if kind == "multiple_answer":
        return frozenset(answer)
    return tuple(answer) if isinstance(answer, list) else answer
