from __future__ import annotations

from typing import Any

from quizforge.exporters.anki.study import SHORT_DEFINITION
from quizforge.model.bank import Concept, Flashcard
from tests.tools import apkg
from tests.tools.anki_making import bank, package


def test_flashcards_are_basic_or_cloze() -> None:
    """Front and back, or one card for each number."""
    cards = (
        Flashcard.model_validate({"id": "f", "front": "Front", "back": "Back", "extra": "More"}),
        Flashcard.model_validate({"id": "c", "cloze": "A {{c3::b}} {{c1::*d*::hint}}"}),
    )
    read = package(bank(flashcards=cards))

    assert (read.note("f")["Question"], read.note("f")["Answer"]) == (
        '<div lang="en"><p>Front</p></div>',
        '<div lang="en"><p>Back</p></div>',
    )
    assert "More" in read.note("f")["Extra"]
    assert "{{c1::<em>d</em>::hint}}" in read.note("c")["Question"]
    assert [card.ordinal for card in read.note("c").cards] == [0, 2]
    assert {card.deck for note in read.notes for card in note.cards} == {"Bank::Flashcards"}


def _concept(**fields: Any) -> apkg.Note:
    found = Concept.model_validate({"id": "c", "title": "Gradient descent", **fields})
    return package(bank(concepts=(found,))).note("c")


def test_a_concept_is_asked_both_ways_where_it_is_short() -> None:
    """Definition to title always; title to definition where that can be recalled; no definition, no note."""
    short = _concept(definition="A way down a slope.")
    long = _concept(definition="A long way. " * (SHORT_DEFINITION // 12 + 1))

    assert [card.ordinal for card in short.cards] == [0, 1]
    assert "Gradient descent" in short["Options"]
    assert [card.ordinal for card in long.cards] == [0]
    assert long["Options"] == ""
    undefined = (Concept.model_validate({"id": "c", "title": "T"}),)
    assert package(bank(concepts=undefined)).notes == ()


def test_a_definition_does_not_name_what_it_defines() -> None:
    """Title and aliases are hidden on the front, in any case, but not in maths, attributes and other words."""
    note = _concept(
        definition='**Gradient\ndescent** or GD is not GDP; \\(GD\\) [x](https://e.org/GD "GD").', aliases=["GD"]
    )

    gap = '<span class="qf-gap">…</span>'
    assert f"<strong>{gap}</strong> or {gap} is not GDP; \\(GD\\)" in note["Question"]
    assert "https://e.org/GD" in note["Question"]
    assert "Gradient\ndescent" in note["Explanation"]
    assert "Also called: GD" in note["Extra"]
