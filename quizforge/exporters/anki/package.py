"""The package file: genanki's objects, written so that the same notes give the same bytes.

genanki's own ``Package`` stamps everything with the time of the run, stores without compression and
writes through files. Here the database is made in memory, and the archive by hand.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import genanki
from genanki.apkg_col import APKG_COL
from genanki.apkg_schema import APKG_SCHEMA

from quizforge.exporters.anki.identity import deck_id
from quizforge.exporters.anki.note import FIELD_NAMES, QUESTION_FIELD
from quizforge.exporters.anki.notetypes import TEMPLATE_TIME, NoteType, part_id, styling
from quizforge.exporters.package import Compression, write_zip
from quizforge.model.media import Media

# Against level 6 on the bank of this repository: a third of the time for 15 % more bytes (level 4: half for 5 %).
_DEFLATE_LEVEL = 2
_OPTIONS_OF_NEW = 1  # every deck uses the default options, which stay the student's own

# Bytes of the SQLite header that tell how the file came to be and not what it holds (fileformat2, 1.3): the change
# counter, the schema cookie, the change at which the version was noted, and the version of the library.
_HEADER_LENGTH = 100
_HISTORY = (
    (24, b"\0\0\0\1"),
    (40, b"\0\0\0\1"),
    (92, b"\0\0\0\1"),
    (96, (3_040_001).to_bytes(4, "big")),
)


class Placed(NamedTuple):
    """A note as it goes into the database.

    Attributes:
        id: Of the note; its cards are given free ids from there on.
        guid: What Anki matches.
        time: Seconds since 1970 of its last change.
        fields: All fields, parted by U+001F.
        tags: Without blanks.
        ordinals: Of its cards.
        dues: Position of each card in the queue.
    """

    id: int
    guid: str
    time: int
    note_type: NoteType
    fields: str
    tags: Sequence[str]
    ordinals: Sequence[int]
    dues: Sequence[int]


class DeckContent(NamedTuple):
    """One deck: its full name, its description as HTML, and its notes."""

    name: str
    description: str
    notes: Sequence[Placed]


def write_package(decks: Sequence[DeckContent], media: Iterable[Media], *, compression: Compression) -> bytes:
    """An ``.apkg`` file.

    Args:
        decks: Parents before children; the ids of all notes differ.
        media: Images that the fields refer to by :attr:`Media.name`.
        compression: ``stored`` gives the same bytes also with another version of zlib.
    """
    # Outside of _database, which has freed its own copy by then.
    database = _without_history(_database(decks))
    return _archive(database, {image.name: image.data for image in media}, compression=compression)


class _BankModel(genanki.Model):  # type: ignore[misc]  # genanki has no types
    """A genanki model with ids on its fields and templates and a time of its own."""

    def __init__(self, note_type: NoteType) -> None:
        super().__init__(
            model_id=note_type.id,
            name=note_type.name,
            fields=[{"name": name, "id": part_id(note_type.id, name)} for name in FIELD_NAMES],
            templates=[
                {"name": card.name, "id": part_id(note_type.id, card.name), "qfmt": card.front, "afmt": card.back}
                for card in note_type.templates
            ],
            css=styling(),
            model_type=genanki.Model.CLOZE if note_type.is_cloze else genanki.Model.FRONT_BACK,
            sort_field_index=QUESTION_FIELD,
        )

    @property
    def _req(self) -> list[list[Any]]:
        """Which fields make a card, for Anki before 2.1.28; genanki would render each template 17 times to find out."""
        return [[place, "any", [QUESTION_FIELD + place]] for place in range(len(self.templates))]

    def to_json(self, timestamp: float, deck_id: int) -> dict[str, Any]:  # noqa: ARG002  # genanki's signature
        """The note type as Anki keeps it."""
        tree: dict[str, Any] = super().to_json(TEMPLATE_TIME, _OPTIONS_OF_NEW)
        return tree


class _BankNote(genanki.Note):  # type: ignore[misc]  # genanki has no types
    """A genanki note that knows its own id, time and cards, and writes itself in rows."""

    def __init__(self, model: _BankModel, placed: Placed) -> None:
        # genanki's constructor checks each tag and field anew; ours are made clean.
        self.model = model
        self._placed = placed

    def write_to_db(self, cursor: _Rows, timestamp: float, deck_id: int, id_gen: Iterator[int]) -> None:  # noqa: ARG002
        """Add the rows of the note and its cards."""
        note = self._placed
        tags = f" {' '.join(note.tags)} " if note.tags else ""
        # Anki computes the sort field (sfld) and the checksum (csum) anew at import.
        cursor.notes.append(
            (note.id, note.guid, note.note_type.id, note.time, -1, tags, note.fields, "", 0, 0, "")
        )  # fmt: skip
        card = note.id
        for ordinal, due in zip(note.ordinals, note.dues, strict=True):
            while card in cursor.card_ids:
                card += 1
            cursor.card_ids.add(card)
            cursor.cards.append((card, note.id, deck_id, ordinal, note.time, due))


class _Rows:
    """Stands for the cursor that genanki writes to: passes statements on, and gathers rows."""

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self.execute = cursor.execute
        self.notes: list[tuple[int, str, int, int, int, str, str, str, int, int, str]] = []
        self.cards: list[tuple[int, int, int, int, int, int]] = []
        self.card_ids: set[int] = set()


def _database(decks: Sequence[DeckContent]) -> bytes:
    tables, *indices = APKG_SCHEMA.split("CREATE INDEX")
    with closing(sqlite3.connect(":memory:")) as connection:
        # Four times the usual page, since a note with its options fills half a usual one; and no undo log.
        connection.executescript("PRAGMA page_size = 16384; PRAGMA journal_mode = OFF;")
        connection.executescript(tables + APKG_COL)
        rows = _Rows(connection.cursor())
        models: dict[int, _BankModel] = {}
        for deck in decks:
            _genanki_deck(deck, models).write_to_db(rows, 0, iter(()))
        # In the order of their ids rows are appended, which fills each page: no VACUUM is needed.
        connection.executemany("INSERT INTO notes VALUES (?,?,?,?,?,?,?,?,?,?,?)", sorted(rows.notes))
        connection.executemany(
            "INSERT INTO cards VALUES (?,?,?,?,?,-1,0,0,?,0,0,0,0,0,0,0,0,'')", sorted(rows.cards)
        )  # fmt: skip
        connection.executescript("".join(f"CREATE INDEX{index}" for index in indices))
        connection.commit()
        return _serialized(connection)


def _genanki_deck(deck: DeckContent, models: dict[int, _BankModel]) -> genanki.Deck:
    written = genanki.Deck(deck_id(deck.name), deck.name, deck.description)
    for note in deck.notes:
        model = models.get(note.note_type.id)
        if model is None:
            model = models[note.note_type.id] = _BankModel(note.note_type)
        written.add_note(_BankNote(model, note))
    return written


def _serialized(connection: sqlite3.Connection) -> bytes:
    """The database as the bytes of a file."""
    if hasattr(connection, "serialize"):
        data: bytes = connection.serialize()
        return data
    return _through_a_file(connection)


def _through_a_file(connection: sqlite3.Connection) -> bytes:
    """The same before Python 3.11, which has no ``serialize``: a private file that is gone at once."""
    with tempfile.TemporaryDirectory(prefix="quizforge-") as folder:
        path = Path(folder, "collection.anki2")
        with closing(sqlite3.connect(path)) as target:
            connection.backup(target)
        return path.read_bytes()


def _without_history(data: bytes) -> bytes:
    header = bytearray(data[:_HEADER_LENGTH])
    for start, constant in _HISTORY:
        header[start : start + len(constant)] = constant
    return b"".join((header, memoryview(data)[_HEADER_LENGTH:]))


def _archive(database: bytes, images: Mapping[str, bytes], *, compression: Compression) -> bytes:
    names = {str(number): name for number, name in enumerate(sorted(images))}
    members = [
        ("collection.anki2", database),
        *((number, images[name]) for number, name in names.items()),
        ("media", json.dumps(names, ensure_ascii=False).encode()),
    ]
    return write_zip(members, compression=compression, level=_DEFLATE_LEVEL)
