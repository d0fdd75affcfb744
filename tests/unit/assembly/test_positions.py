"""Options that moving would make wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizforge.api import assemble
from tests.tools.exams import source


def _codes(folder: Path, option: str, *, more: str = "", stem: str = "What is it") -> list[str]:
    line = (
        f"  - {{id: q, type: single_choice, difficulty: easy, stem: {stem}{more}, "
        f"choices: [{{text: one, correct: true}}, two, three, {option}]}}\n"
    )
    found = assemble(source(folder, [line], "sections:\n  - count: 1\n"))
    assert found.ok == (not found.problems)
    return [problem.code.code for problem in found.problems]


@pytest.mark.parametrize(
    "option",
    [
        "Both A and B",
        "A and C",
        "the second option",
        "Options 1 and 2",
        "{text: Neither A nor B, pin: last}",
        "All of the above",
        "two of the options above",
        "Alle obigen Antworten",
        "toutes les réponses ci-dessus",
        "todas las anteriores",
    ],
)
def test_refused(option: str, tmp_path: Path) -> None:
    """Letters and places of options that move are an error; no form is made."""
    assert _codes(tmp_path, option) == ["QF615"]


@pytest.mark.parametrize(
    "option",
    ["The first choice of treatment", "vitamin A and calcium", "{text: All of the above, pin: last}", "the next three"],
)
def test_fine(option: str, tmp_path: Path) -> None:
    """Words that only look like it, and what is pinned where it stays true, are no error."""
    assert _codes(tmp_path, option) == []


def test_fine_where_nothing_moves(tmp_path: Path) -> None:
    """A question that is not shuffled keeps its places; letters of the stem are no options."""
    assert _codes(tmp_path / "still", "Both A and B", more=", shuffle: false") == []
    assert _codes(tmp_path / "stem", "A and B", stem="Which of the points A and B and C") == []
