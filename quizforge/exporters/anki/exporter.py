"""The Anki exporter: a deck that learners can import again whenever the bank has grown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from html import escape
from typing import TYPE_CHECKING, ClassVar, Literal

from quizforge.exporters.anki.collected import DROPS, Collected, StudyOptions, deck_title, faults, twins
from quizforge.exporters.anki.identity import guid_and_id, note_key
from quizforge.exporters.anki.lock import LOCK_NAME, Lock, advance
from quizforge.exporters.anki.note import DeckName, Note
from quizforge.exporters.anki.notetypes import note_types
from quizforge.exporters.anki.order import due_positions
from quizforge.exporters.base import Env, Export, Exporter, ExportFile, Options, dropped_fields
from quizforge.exporters.words import Words, words
from quizforge.model.bank import Bank
from quizforge.model.codes.fidelity import LOCK_OUTDATED
from quizforge.model.diagnostic import Problem
from quizforge.model.media import Media
from quizforge.model.question import QUESTION_TYPES
from quizforge.model.quiz import Quiz

if TYPE_CHECKING:
    from quizforge.exporters.anki.package import Placed

_IMAGE = re.compile(r'<img[^>]* src="([^"]+)"')
_DECKS: tuple[DeckName, ...] = ("concepts", "flashcards", "questions", "long_answers", "retired")
_SHOWN = 8  # so many ids in one message


@dataclass(frozen=True, slots=True)
class AnkiOptions(StudyOptions):
    """Options of the Anki exporter.

    Attributes:
        locked: Fail where the lock file would change, instead of writing it.
        compression: ``stored`` gives the same bytes also with another version of zlib.
    """

    locked: bool = False
    compression: Literal["deflate", "stored"] = "deflate"


class Anki(Exporter[AnkiOptions]):
    """An Anki package with the notes of a quiz: questions, flashcards and concepts."""

    name: ClassVar[str] = "anki"
    title: ClassVar[str] = "Anki deck"
    suffix: ClassVar[str] = ".apkg"
    media_type: ClassVar[str] = "application/octet-stream"
    native: ClassVar[frozenset[str]] = frozenset(QUESTION_TYPES) - {"information"}
    drops: ClassVar[Mapping[str, frozenset[str]]] = DROPS
    options: ClassVar[type[Options]] = AnkiOptions
    drill: ClassVar[bool] = True

    def render(self, quiz: Quiz, options: AnkiOptions, env: Env) -> Export:
        """Write a quiz as a package, and the lock file to keep beside the bank.

        Where a note cannot be written, or ``locked`` forbids a change, there are no files.
        """
        own = words(quiz.language)
        collected = Collected(quiz, options, env, own)
        problems = list(faults(collected.notes))
        lock = options.lock or Lock()
        keys = [note_key(note, lock.notes) for note in collected.notes]
        problems += twins(collected.notes, keys)
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

    title = deck_title(quiz)
    by_deck: dict[DeckName, list[Placed]] = {name: [] for name in _DECKS}
    for note, written in zip(notes, placed, strict=True):
        by_deck[note.deck].append(written)
    decks = [DeckContent(title, _description(quiz), ())]
    decks += (
        DeckContent(f"{title}::{own[f'anki.deck.{name}']}", "", found) for name, found in by_deck.items() if found
    )
    return write_package(decks, _media(quiz.banks, placed), compression=options.compression)


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
