"""The notes of a quiz, whatever they are written as: a package or a text file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from quizforge.exporters.anki.identity import note_key
from quizforge.exporters.anki.lock import Lock
from quizforge.exporters.anki.note import FIELD_NAMES, FIELD_SEPARATOR, QUESTION_FIELD, Note
from quizforge.exporters.anki.questions import CardStyle, question_notes
from quizforge.exporters.anki.study import concept_note, flashcard_note
from quizforge.exporters.anki.texts import Texts
from quizforge.exporters.base import ANY_TYPE, Env, Options
from quizforge.exporters.words import Words
from quizforge.model.bank import Bank
from quizforge.model.codes.fidelity import UNWRITABLE
from quizforge.model.diagnostic import Problem
from quizforge.model.quiz import Item, Quiz

DROPS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        ANY_TYPE: frozenset({"points", "minutes", "penalty", "source", "enemies", "notes"}),
        "multiple_answer": frozenset({"scoring"}),
        "matching": frozenset({"scoring"}),
        "ordering": frozenset({"scoring"}),
        "cloze": frozenset({"blanks.case_sensitive", "blanks.weight"}),
        "essay": frozenset({"lines"}),
    }
)
"""Fields that no note has a place for."""


@dataclass(frozen=True, slots=True)
class StudyOptions(Options):
    """What becomes a note.

    Attributes:
        cards: How questions with options are asked: by their options, from memory (``recall``, where
            the stem can be answered without them), or both.
        essays: Whether essays are written, into a subdeck of their own.
        lock: The lock file as it was read (``parse_lock``), or None where there is none yet.
    """

    cards: CardStyle = "choice"
    essays: bool = False
    lock: Lock | None = None


class Collected:
    """The notes of a quiz in the order of its files, and what has none.

    Attributes:
        notes: To write.
        written: The questions behind them, without the retired ones.
        left_out: Id and reason of each question without a note.
        fallen_back: How many questions keep their options though ``recall`` was asked for.
    """

    def __init__(self, quiz: Quiz, options: StudyOptions, env: Env, own: Words) -> None:
        self.notes: list[Note] = []
        self.written: list[Item] = []
        self.left_out: list[tuple[str, str]] = []
        self.fallen_back = 0
        self._options = options
        self._env = env
        self._words = own
        self._texts: dict[int, Texts] = {}
        for concept, bank in quiz.concepts:
            note = concept_note(concept, self._texts_of(bank))
            if note is not None:
                self.notes.append(note)
        self.notes += (flashcard_note(card, self._texts_of(bank)) for card, bank in quiz.flashcards)
        for item in quiz.items:
            self._add(item)
        self._add_retired(quiz.retired)

    def _texts_of(self, bank: Bank) -> Texts:
        found = self._texts.get(id(bank))
        if found is None:
            found = self._texts[id(bank)] = Texts(bank, self._env.markup(bank), self._words)
        return found

    def _add(self, item: Item) -> None:
        question = item.question
        if question.type == "information":
            self.left_out.append((question.id, "it asks nothing"))
            return
        if question.type == "essay" and not self._options.essays:
            self.left_out.append((question.id, "an essay; --essays writes it"))
            return
        retired = question.status == "retired"
        found = list(question_notes(item, self._texts_of(item.bank), style=self._options.cards, retired=retired))
        self.written.append(item)
        self.notes += found
        asked_with_options = question.type in {"single_choice", "multiple_answer"}
        if self._options.cards != "choice" and asked_with_options and all(note.kind == "choice" for note in found):
            self.fallen_back += 1

    def _add_retired(self, items: Iterable[Item]) -> None:
        """Retired questions go on only where a learner may have them: where the lock file knows them."""
        known = (self._options.lock or Lock()).notes
        for item in items:
            texts = self._texts_of(item.bank)
            notes = question_notes(item, texts, style=self._options.cards, retired=True)
            self.notes += (note for note in notes if note_key(note, known) in known)


def faults(notes: Sequence[Note]) -> Iterator[Problem]:
    """What Anki would take without a word and then not show."""
    for note in notes:
        message = _fault(note)
        if message is not None:
            yield Problem(UNWRITABLE, message, subject=(note.section, note.entry))


def _fault(note: Note) -> str | None:
    fields = note.fields
    if fields.count(FIELD_SEPARATOR) != len(FIELD_NAMES) - 1:
        return "it holds U+001F, which parts the fields in Anki's database"
    if not fields.split(FIELD_SEPARATOR, QUESTION_FIELD + 1)[QUESTION_FIELD]:
        return "it renders to nothing, and Anki makes no card of an empty front"
    if not note.ordinals:
        return "it has no deletion once it is rendered, and Anki makes no card of it"
    return None


def twins(notes: Sequence[Note], keys: Sequence[str]) -> Iterator[Problem]:
    """Two notes of one guid: Anki would take both, and update neither."""
    first: dict[str, int] = {}
    for index, key in enumerate(keys):
        twin = first.setdefault(key, index)
        if twin != index:
            note = notes[index]
            message = f"it would update the same Anki note as '{notes[twin].entry}'"
            hint = "let 'formerly' name each old id once, and put each question into a quiz once"
            yield Problem(UNWRITABLE, message, hint=hint, subject=(note.section, note.entry))


def deck_title(quiz: Quiz) -> str:
    """The title of the top deck; two colons would make a branch of it, and Anki drops outer blanks."""
    title = " ".join(re.sub(":{2,}", ":", quiz.title).replace('"', "'").split()).strip(":")
    return title or quiz.id
