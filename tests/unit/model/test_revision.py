"""What changes a question's revision, and what does not."""

from __future__ import annotations

from typing import Any

import pytest

from quizforge.model.question import QUESTION_TYPES
from tests.tools import samples


@pytest.mark.parametrize("kind", QUESTION_TYPES)
def test_labels_leave_the_revision(kind: str) -> None:
    """Feedback, labels and notes do not change what was asked."""
    question = samples.question(f"full-{kind}")
    relabelled = question.model_copy(update={"title": "x", "hints": ("y",), "feedback": "z", "notes": "n", "tags": ()})

    assert question.revision() == relabelled.revision()


@pytest.mark.parametrize("kind", QUESTION_TYPES)
def test_stem_and_context_change_the_revision(kind: str) -> None:
    """Another stem, scenario text or image is another revision."""
    question = samples.question(f"full-{kind}")

    assert question.revision() != question.model_copy(update={"stem": "Other"}).revision()
    assert question.revision("scenario") != question.revision()
    assert question.revision("a", "b") != question.revision("ab")


def test_key_changes_the_revision() -> None:
    """Moving the key is another question."""
    question: Any = samples.question("full-single_choice")
    first, second, *rest = question.choices
    moved = (first.model_copy(update={"correct": False}), second.model_copy(update={"correct": True}), *rest)

    assert question.revision() != question.model_copy(update={"choices": moved}).revision()
