"""What one Anki note holds, before it has a time and a place in the order."""

from __future__ import annotations

from typing import Literal, NamedTuple

NoteKind = Literal["choice", "question", "type-in", "cloze", "concept", "recall"]
"""What a note asks for. It is part of the guid, so that a question that changes its kind becomes a new note:
Anki refuses to update a note whose note type has changed. ``recall`` uses the note type of ``question``."""

DeckName = Literal["concepts", "flashcards", "questions", "long_answers", "retired"]
"""A subdeck. Anki leaves known cards where they are, so that only newcomers find cards in ``retired``."""

FIELD_NAMES = (
    "Id",
    "Revision",
    "Scenario",
    "Question",
    "Options",
    "Answer",
    "Explanation",
    "Misconceptions",
    "Hints",
    "Source",
    "ReportUrl",
    "Extra",
    "Spare 1",
    "Spare 2",
    "Spare 3",
    "Spare 4",
    "Spare 5",
)
"""Frozen at release 1: another number, order or name makes Anki keep the old note type and skip all updates."""

QUESTION_FIELD = FIELD_NAMES.index("Question")

FIELD_SEPARATOR = "\x1f"
_SPARE = FIELD_SEPARATOR * sum(name.startswith("Spare") for name in FIELD_NAMES)


class Fields(NamedTuple):
    """The fields of a note in the order of :data:`FIELD_NAMES`, without the spare ones.

    All but ``id``, ``revision``, ``report_url`` and the ``answer`` of a type-in note are HTML.
    """

    id: str
    revision: str
    scenario: str
    question: str
    options: str = ""
    answer: str = ""
    explanation: str = ""
    misconceptions: str = ""
    hints: str = ""
    source: str = ""
    report_url: str = ""
    extra: str = ""

    def joined(self) -> str:
        """All fields, the spare ones too, as Anki's database keeps them: parted by U+001F."""
        return FIELD_SEPARATOR.join(self) + _SPARE


class Note(NamedTuple):
    """A note to write.

    Attributes:
        kind: What it asks for.
        section: Section of the bank that the entry stands in.
        bank: Id of the bank.
        entry: Id of the entry.
        fields: Its texts, joined: at once, since the parts would be held twice until the deck is written.
        former: Former ids of the entry, as the author lists them.
        tags: Without blanks, sorted.
        deck: The subdeck.
        ordinals: Of its cards, from 0, ascending.
        rank: Position in the teaching order of its concepts.
        siblings: What it shares with notes that it is kept apart from: family, scenario.
    """

    kind: NoteKind
    section: str
    bank: str
    entry: str
    fields: str
    former: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    deck: DeckName = "questions"
    ordinals: tuple[int, ...] = (0,)
    rank: int = 0
    siblings: tuple[str, ...] = ()
