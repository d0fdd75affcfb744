"""The Anki exporter: a deck that learners can import again whenever the bank has grown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Literal

from quizforge.exporters.anki.identity import guid_and_id, note_key
from quizforge.exporters.anki.lock import LOCK_NAME, Lock, advance
from quizforge.exporters.anki.note import FIELD_NAMES, FIELD_SEPARATOR, QUESTION_FIELD, DeckName, Note
from quizforge.exporters.anki.notetypes import note_types
from quizforge.exporters.anki.order import due_positions
from quizforge.exporters.anki.questions import CardStyle, question_notes
from quizforge.exporters.anki.study import concept_note, flashcard_note
from quizforge.exporters.anki.texts import Texts
from quizforge.exporters.base import ANY_TYPE, Env, Export, Exporter, ExportFile, Options, dropped_fields
from quizforge.exporters.words import Words, words
from quizforge.model.bank import Bank
from quizforge.model.codes.fidelity import LOCK_OUTDATED, UNWRITABLE
from quizforge.model.diagnostic import Problem
from quizforge.model.media import Media
from quizforge.model.question import QUESTION_TYPES
from quizforge.model.quiz import Item, Quiz

if TYPE_CHECKING:
    from quizforge.exporters.anki.package import Placed

_IMAGE = re.compile(r'<img[^>]* src="([^"]+)"')
_DECKS: tuple[DeckName, ...] = ("concepts", "flashcards", "questions", "long_answers", "retired")
_SHOWN = 8  # so many ids in one message


@dataclass(frozen=True, slots=True)
class AnkiOptions(Options):
    """Options of the Anki exporter.

    Attributes:
        cards: How questions with options are asked: by their options, from memory (``recall``, where
            the stem can be answered without them), or both.
        essays: Whether essays are written, into a subdeck of their own.
        lock: The lock file as it was read (``parse_lock``), or None where there is none yet.
        locked: Fail where the lock file would change, instead of writing it.
        compression: ``stored`` gives the same bytes also with another version of zlib.
    """

    cards: CardStyle = "choice"
    essays: bool = False
    lock: Lock | None = None
    locked: bool = False
    compression: Literal["deflate", "stored"] = "deflate"


class Anki(Exporter[AnkiOptions]):
    """An Anki package with the notes of a quiz: questions, flashcards and concepts."""

    name: ClassVar[str] = "anki"
    title: ClassVar[str] = "Anki deck"
    suffix: ClassVar[str] = ".apkg"
    media_type: ClassVar[str] = "application/octet-stream"
    native: ClassVar[frozenset[str]] = frozenset(QUESTION_TYPES)
    drops: ClassVar[Mapping[str, frozenset[str]]] = MappingProxyType(
        {
            ANY_TYPE: frozenset({"points", "minutes", "penalty", "source", "enemies", "notes"}),
            "multiple_answer": frozenset({"scoring"}),
            "matching": frozenset({"scoring"}),
            "ordering": frozenset({"scoring"}),
            "cloze": frozenset({"blanks.case_sensitive", "blanks.weight"}),
            "essay": frozenset({"lines"}),
        }
    )
    options: ClassVar[type[Options]] = AnkiOptions
    drill: ClassVar[bool] = True

    def render(self, quiz: Quiz, options: AnkiOptions, env: Env) -> Export:
        """Write a quiz as a package, and the lock file to keep beside the bank.

        Where a note cannot be written, or ``locked`` forbids a change, there are no files.
        """
        own = words(quiz.language)
        collected = _Collected(quiz, options, env, own)
        problems = list(_faults(collected.notes))
        lock = options.lock or Lock()
        keys = [note_key(note, lock.notes) for note in collected.notes]
        problems += _twins(collected.notes, keys)
        contents = map(_hash, collected.notes)
        new_lock, changed = advance(lock, dict(zip(keys, contents, strict=True)), env.now)
        if options.locked:
            problems += _unlocked(changed, lock)
        problems += dropped_fields(collected.written, self.drops)
        left_out = tuple(collected.left_out)
        if any((problem.severity or problem.code.severity) == "error" for problem in problems):
            return Export((), tuple(problems), left_out=left_out)
        package = _package(quiz, collected.notes, _place(collected.notes, keys, new_lock), options, own)
        count = len(collected.notes)
        files = (
            ExportFile(f"{quiz.id}.apkg", package, "student-practice", "Anki deck", questions=count),
            ExportFile(LOCK_NAME, new_lock.dump(), "staff", "times of the notes", questions=count, beside="bank"),
        )
        return Export(files, tuple(problems), tuple(_advice(changed, collected.fallen_back)), left_out)


class _Collected:
    """The notes of a quiz in the order of its files, and what has none.

    Attributes:
        notes: To write.
        written: The questions behind them, without the retired ones.
        left_out: Id and reason of each question without a note.
        fallen_back: How many questions keep their options though ``recall`` was asked for.
    """

    def __init__(self, quiz: Quiz, options: AnkiOptions, env: Env, own: Words) -> None:
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


def _faults(notes: Sequence[Note]) -> Iterator[Problem]:
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


def _twins(notes: Sequence[Note], keys: Sequence[str]) -> Iterator[Problem]:
    """Two notes of one guid: Anki would take both, and update neither."""
    first: dict[str, int] = {}
    for index, key in enumerate(keys):
        twin = first.setdefault(key, index)
        if twin != index:
            note = notes[index]
            message = f"it would update the same Anki note as '{notes[twin].entry}'"
            hint = "let 'formerly' name each old id once, and put each question into a quiz once"
            yield Problem(UNWRITABLE, message, hint=hint, subject=(note.section, note.entry))


def _unlocked(changed: Sequence[str], lock: Lock) -> Iterator[Problem]:
    if changed:
        named = [f"{key} ({'changed' if key in lock.notes else 'new'})" for key in changed[:_SHOWN]]
        more = len(changed) - len(named)
        listed = ", ".join(named) + (f" and {more} more" if more else "")
        message = f"the lock file is behind the bank: {listed}"
        yield Problem(LOCK_OUTDATED, message, hint="export without --locked and commit the file")


def _hash(note: Note) -> str:
    return blake2b(f"{note.fields}\0{' '.join(note.tags)}".encode(), digest_size=8).hexdigest()


def _place(notes: Sequence[Note], keys: Sequence[str], lock: Lock) -> list[Placed]:
    """Give each note its guid, a free id, its time and its positions."""
    from quizforge.exporters.anki.package import Placed

    types = note_types()
    taken: set[int] = set()
    placed = []
    for note, key, dues in zip(notes, keys, due_positions(notes), strict=True):
        guid, number = guid_and_id(key)
        while number in taken:
            number += 1
        taken.add(number)
        time = lock.notes[key][1]
        placed.append(Placed(number, guid, time, types[note.kind], note.fields, note.tags, note.ordinals, dues))
    return placed


def _package(quiz: Quiz, notes: Sequence[Note], placed: Sequence[Placed], options: AnkiOptions, own: Words) -> bytes:
    from quizforge.exporters.anki.package import DeckContent, write_package

    title = _deck_title(quiz)
    by_deck: dict[DeckName, list[Placed]] = {name: [] for name in _DECKS}
    for note, written in zip(notes, placed, strict=True):
        by_deck[note.deck].append(written)
    decks = [DeckContent(title, _description(quiz), ())]
    decks += (
        DeckContent(f"{title}::{own[f'anki.deck.{name}']}", "", found) for name, found in by_deck.items() if found
    )
    return write_package(decks, _media(quiz.banks, placed), compression=options.compression)


def _deck_title(quiz: Quiz) -> str:
    """The title of the top deck; two colons would make a branch of it, and Anki drops outer blanks."""
    title = " ".join(re.sub(":{2,}", ":", quiz.title).replace('"', "'").split()).strip(":")
    return title or quiz.id


def _description(quiz: Quiz) -> str:
    """What the deck list says of the deck, as HTML."""
    headers = [bank.header for bank in quiz.banks]
    lines = []
    for header in headers:
        credit = ", ".join((*header.authors, *([header.license] if header.license else [])))
        lines += [header.description, credit]
    return "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines if line)


def _media(banks: Iterable[Bank], placed: Iterable[Placed]) -> list[Media]:
    """The images that the notes show, found in what is written."""
    by_name = {image.name: image for bank in banks for image in bank.media.values()}
    if not by_name:
        return []
    shown = {name for note in placed if "<img" in note.fields for name in _IMAGE.findall(note.fields)}
    return [by_name[name] for name in sorted(shown & by_name.keys())]


def _advice(changed: Sequence[str], fallen_back: int) -> Iterator[str]:
    if changed:
        counted = "1 note is" if len(changed) == 1 else f"{len(changed)} notes are"
        yield f"{counted} new or changed; commit the lock file, so that later decks update them"
    if fallen_back:
        counted = "1 question is" if fallen_back == 1 else f"{fallen_back} questions are"
        yield f"{counted} asked with all options, since the stem leans on them"
