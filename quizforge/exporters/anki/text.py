"""Anki's notes as a text file: the same notes as in the package, for people who read or compare them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from quizforge.exporters.anki.collected import DROPS, Collected, StudyOptions, deck_title, faults, twins
from quizforge.exporters.anki.identity import guid_and_id, note_key
from quizforge.exporters.anki.lock import Lock
from quizforge.exporters.anki.note import FIELD_NAMES, FIELD_SEPARATOR, Note
from quizforge.exporters.anki.notetypes import note_types
from quizforge.exporters.anki.order import due_positions
from quizforge.exporters.base import Env, Export, Exporter, ExportFile, Options, dropped_fields
from quizforge.exporters.words import words
from quizforge.formats import anki_text
from quizforge.model.question import QUESTION_TYPES
from quizforge.model.quiz import Quiz


class AnkiText(Exporter[StudyOptions]):
    """Anki notes as tab-separated text, with the guids of the deck, so that an import updates it in place."""

    name: ClassVar[str] = "anki-tsv"
    title: ClassVar[str] = "Anki notes as text"
    suffix: ClassVar[str] = ".anki.tsv"
    media_type: ClassVar[str] = "text/tab-separated-values"
    native: ClassVar[frozenset[str]] = frozenset(QUESTION_TYPES) - {"information"}
    drops: ClassVar[Mapping[str, frozenset[str]]] = DROPS
    options: ClassVar[type[Options]] = StudyOptions
    drill: ClassVar[bool] = True

    def render(self, quiz: Quiz, options: StudyOptions, env: Env) -> Export:
        """Write the notes of a quiz, in the order in which new cards are to be met.

        The lock file is read for the names of notes, and not changed: Anki updates a note from text whenever
        it differs, whatever its time.
        """
        own = words(quiz.language)
        collected = Collected(quiz, options, env, own)
        notes = collected.notes
        keys = [note_key(note, (options.lock or Lock()).notes) for note in notes]
        problems = (*faults(notes), *twins(notes, keys), *dropped_fields(collected.written, self.drops))
        left_out = tuple(collected.left_out)
        if not notes or any((problem.severity or problem.code.severity) == "error" for problem in problems):
            return Export((), problems, left_out=left_out)
        decks = {note.deck: f"{deck_title(quiz)}::{own[f'anki.deck.{note.deck}']}" for note in notes}
        rows = [_row(note, key, decks[note.deck]) for note, key in zip(notes, keys, strict=True)]
        dues = due_positions(notes)
        in_order = (rows[index] for index in sorted(range(len(notes)), key=lambda index: dues[index]))
        data = (anki_text.head(FIELD_NAMES) + "".join(in_order)).encode()
        file = ExportFile(f"{quiz.id}{self.suffix}", data, "student-practice", self.title, questions=len(notes))
        return Export((file,), problems, tuple(_notes(notes)), left_out)


def _row(note: Note, key: str, deck: str) -> str:
    guid, _ = guid_and_id(key)
    kind = note_types()[note.kind].name
    return anki_text.row((guid, kind, deck, " ".join(note.tags), *note.fields.split(FIELD_SEPARATOR)))


def _notes(notes: Sequence[Note]) -> Iterator[str]:
    yield (
        "import the .apkg once before: the text names its note types, which Anki does not make from text; "
        "then File > Import, and 'Existing notes: Update'"
    )
    shown = sum("<img" in note.fields for note in notes)
    if shown:
        counted = "1 note shows an image" if shown == 1 else f"{shown} notes show images"
        yield f"{counted}, which the .apkg brings and the text does not"
