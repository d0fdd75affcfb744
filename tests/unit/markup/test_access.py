"""Checks of accessibility on texts that were made to be slow; tests/rules holds what they find."""

from __future__ import annotations

import time

import pytest

from quizforge.markup import check


@pytest.mark.parametrize(
    "piece",
    ["*шаг*{: lang=ru} ", "the French word '' ", "[here](x) ", " in red", "шаг, ", "the red line ", '"French word "'],
)
def test_hostile_texts_take_linear_time(piece: str) -> None:
    """A text of 180,000 characters full of what is looked for takes seconds at most, whatever it finds."""
    text = "![a](a.png) " + piece * (180_000 // len(piece))
    began = time.process_time()
    list(check(text, "block"))

    assert time.process_time() - began < 10


def test_marked_parts_are_told_from_others() -> None:
    """Only what stands outside of a marked part is named."""
    text = "*шаг*{: lang=ru} and **два шага**{: lang=ru} and [шаг](https://x.org){: lang=ru} and три"

    assert [text[found.start : found.end] for found in check(text, "block")] == ["три"]


@pytest.mark.parametrize("language", ["ru", "uk-UA", "BG"])
def test_own_script_of_a_bank_is_not_foreign(language: str) -> None:
    """The language may carry a region, in any case."""
    assert list(check("Что значит слово?", "block", language=language)) == []
