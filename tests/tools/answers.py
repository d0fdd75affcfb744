"""From the marks of a sheet to responses, as ``docs/omr-map.md`` tells it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from quizforge.model.question import Question
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.ordering import Ordering

Mark = tuple[Mapping[str, Any], Mapping[str, Any]]


def form_of(marks: Iterable[Mark]) -> list[str]:
    """The marked forms."""
    return [bubble["value"] for row, bubble in marks if row["field"] == "form"]


def student_of(marks: Iterable[Mark]) -> str:
    """The marked student number."""
    digits = sorted((row["place"], bubble["value"]) for row, bubble in marks if row["field"] == "number")
    return "".join(digit for _, digit in digits)


def responses(marks: Iterable[Mark], bank: Mapping[str, Question]) -> dict[str, Any]:
    """What was marked for each question, in the form that its ``score`` takes."""
    by_question: dict[str, list[Mark]] = defaultdict(list)
    for row, bubble in marks:
        if row["field"] == "answer":
            by_question[row["question"]].append((row, bubble))
    return {key: _response(bank[key], found) for key, found in by_question.items()}


def _response(question: Question, marks: list[Mark]) -> Any:
    match question.type:
        case "single_choice" | "true_false":
            ((_, bubble),) = marks
            return bubble["option"]
        case "multiple_answer":
            return frozenset(bubble["option"] for _, bubble in marks)
        case "numerical":
            return _typed(marks)
        case "matching":
            assert isinstance(question, Matching)
            chosen = {row["pair"]: question.rights[bubble["option"]] for row, bubble in marks}
            return tuple(chosen.get(index) for index in range(len(question.pairs)))
        case "ordering":
            assert isinstance(question, Ordering)
            placed = {bubble["option"]: row["item"] for row, bubble in marks}
            return tuple(placed[place] for place in range(len(question.items)))
        case "cloze":
            return _cloze(marks)
    raise ValueError(question.type)


def _cloze(marks: list[Mark]) -> dict[str, Any]:
    names = dict.fromkeys(row["blank"] for row, _ in marks)
    found: dict[str, Any] = {}
    for name in names:
        own = [(row, bubble) for row, bubble in marks if row["blank"] == name]
        found[name] = _typed(own) if "character" in own[0][0] else own[0][1]["option"]
    return found


def _typed(marks: list[Mark]) -> str:
    return "".join(bubble["value"] for _, bubble in sorted(marks, key=lambda mark: mark[0]["character"]))
