"""Nothing leaks: a student's exam does not depend on anything that a student must not see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from quizforge.api import Env, export
from quizforge.exporters import registry
from quizforge.exporters.base import ExportFile
from quizforge.model.bank import Bank
from quizforge.model.fields import Text, marked
from quizforge.model.question import QUESTION_TYPES
from quizforge.model.questions.base import CommonFields
from tests.tools import samples
from tests.tools.extract import text_of

SHOWN = frozenset({"points", "scenario", "penalty", "shuffle"})
"""Common fields that an exam may depend on."""
CASES = [(name, kind) for name in registry.BUILT_IN for kind in QUESTION_TYPES]


def _bank(kind: str) -> Bank:
    return samples.loaded(samples.FOLDER / kind / "full.yaml").banks[0]


def _exam(bank: Bank, name: str) -> list[ExportFile]:
    made = export(bank, name, env=Env(now=1_700_000_000))
    return [file for file in made.files if file.audience == "student-exam"]


def _with(bank: Bank, question: Any) -> Bank:
    return replace(bank, questions=(question,))


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_no_sentinel_of_what_is_hidden(name: str, kind: str) -> None:
    """No text for other eyes, no id, label or file name stands in an exam."""
    bank = _bank(kind)
    question = bank.questions[0]
    hidden = {text for _, text, mark in marked(question, Text) if mark.audience != "student-exam"}
    hidden |= {question.id, *question.formerly, str(question.family), "full.yaml", question.revision()}
    for section in (bank.misconceptions, bank.concepts, bank.objectives, bank.references):
        hidden |= {text for entry in section for _, text, _ in marked(entry, Text)}
    hidden |= {concept.id for concept in bank.concepts}
    for file in _exam(bank, name):
        exam = f"{file.name}\n{text_of(file)}"

        assert [text for text in sorted(hidden) if text in exam] == []


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_labels_do_not_change_the_exam(name: str, kind: str) -> None:
    """Hints, feedback, tags and the like may be anything: the exam has the same bytes."""
    bank = _bank(kind)
    question: Any = bank.questions[0]
    empty = {
        key: field.get_default()
        for key, field in CommonFields.model_fields.items()
        if key not in SHOWN and not field.is_required()
    }
    bare = question.model_copy(update={**empty, "title": None})

    assert [file.data for file in _exam(bank, name)] == [file.data for file in _exam(_with(bank, bare), name)]


def _other_key(question: Any) -> Any:
    """The same question as a student sees it, with another key."""
    return question.model_copy(update=_CHANGES[question.type](question))


def _moved(choices: Any) -> Any:
    # Credit moves along and does not go: that there is some is part of the rule which an exam states.
    marks = [{"correct": choice.correct, "credit": choice.credit} for choice in choices]
    bare = {"feedback": None, "misconception": None}
    pairs = zip(choices, marks[1:] + marks[:1], strict=True)
    return tuple(choice.model_copy(update={**bare, **mark}) for choice, mark in pairs)


def _retyped(answers: Any) -> Any:
    return tuple(answer.model_copy(update={"text": f"other {answer.text}", "feedback": None}) for answer in answers)


def _other_numbers(answers: Any) -> Any:
    bare = {"feedback": None, "misconception": None}
    return tuple(answer.model_copy(update={**bare, "value": answer.value + 1}) for answer in answers)


def _swapped(pairs: Any) -> Any:
    first, second, *rest = pairs
    left = first.model_copy(update={"right": second.right, "feedback": None})
    return (left, second.model_copy(update={"right": first.right, "misconception": None}), *rest)


def _other_blank(blank: Any) -> Any:
    if blank.kind == "text":
        return blank.model_copy(update={"answers": _retyped(blank.answers), "feedback": None})
    if blank.kind == "number":
        return blank.model_copy(update={"answer": blank.answer + 1, "tolerance": None})
    return blank.model_copy(update={"choices": _moved(blank.choices)})


_CHANGES: dict[str, Callable[[Any], dict[str, Any]]] = {
    "single_choice": lambda question: {"choices": _moved(question.choices)},
    "multiple_answer": lambda question: {"choices": _moved(question.choices)},
    "true_false": lambda question: {"answer": not question.answer, "feedback_true": None},
    "short_answer": lambda question: {"answers": _retyped(question.answers)},
    "numerical": lambda question: {"answers": _other_numbers(question.answers)},
    "matching": lambda question: {"pairs": _swapped(question.pairs)},
    "ordering": lambda question: {"items": (question.items[1], question.items[0], *question.items[2:])},
    "cloze": lambda question: {"blanks": {name: _other_blank(blank) for name, blank in question.blanks.items()}},
    "essay": lambda _: {"model_answer": None, "rubric": (), "sample_answers": ()},
    "information": lambda _: {},
}


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_key_does_not_change_the_exam(name: str, kind: str) -> None:
    """With another key the exam has the same bytes: nothing in it depends on the answer."""
    bank = _bank(kind)
    question = bank.questions[0].model_copy(update={"points": bank.questions[0].max_points})
    exam = _exam(_with(bank, question), name)
    other = _exam(_with(bank, _other_key(question)), name)

    assert [text_of(file) for file in exam] == [text_of(file) for file in other]
