"""The map of the forms: from form, position and option back to the questions of the bank. For staff."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from quizforge.assembly.ledger import Use
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.questions.single_choice import SingleChoice
from quizforge.model.questions.true_false import TrueFalse
from quizforge.model.quiz import Item, Quiz

VERSION = 1
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def form_map(quiz: str, forms: Sequence[Quiz], *, seed: int) -> bytes:
    """The map as JSON, one line for each question.

    Args:
        quiz: Its id.
        forms: As they are written.
        seed: That gives the same forms again.
    """
    parts = []
    for form in forms:
        lines = ",\n".join(f"      {json.dumps(entry, ensure_ascii=False)}" for entry in _entries(form))
        head = f'"form": {json.dumps(form.form)}, "id": {json.dumps(form.id)}'
        parts.append(f'    {{{head}, "questions": [\n{lines}\n    ]}}')
    body = ",\n".join(parts)
    head = f'{{\n  "map": {VERSION},\n  "quiz": {json.dumps(quiz)},\n  "seed": {seed},\n  "forms": [\n'
    return f"{head}{body}\n  ]\n}}\n".encode()


def read_uses(data: bytes) -> Mapping[str, tuple[Use, ...]]:
    """The questions of each form in a map that was written before; none where it cannot be read."""
    try:
        tree = json.loads(data)
        return {
            form["form"]: tuple(Use(entry["bank"], entry["id"], entry["revision"]) for entry in form["questions"])
            for form in tree["forms"]
        }
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}


def _entries(form: Quiz) -> Iterator[dict[str, Any]]:
    number = 0
    for section in form.sections:
        for item in section.items:
            number += item.question.graded
            yield _entry(item, section.id, number if item.question.graded else 0)


def _entry(item: Item, section: str | None, number: int) -> dict[str, Any]:
    """One question.

    ``number`` is the printed one, 0 for a text without; ``orders`` gives for each list of options the place in the
    bank, counted from 0, of each option as shown; ``key`` is what stands in the key.
    """
    question = item.question
    found: dict[str, Any] = {
        "number": number,
        "section": section,
        "bank": item.bank.id,
        "id": question.id,
        "revision": item.revision,
        "type": question.type,
        "points": f"{question.max_points:f}" if question.graded else "0",
    }
    key = _key(item)
    if key is not None:
        found["key"] = key
    found["orders"] = {name: list(order) for name, order in item.orders.items()}
    return found


def _key(item: Item) -> str | None:
    question = item.question
    if isinstance(question, (SingleChoice, MultipleAnswer)):
        return "".join(_LETTERS[at] for at, choice in enumerate(question.choices[:26]) if choice.correct)
    return str(question.answer).lower() if isinstance(question, TrueFalse) else None
