"""Reads an Anki package back: the old format, a zip with a SQLite database of schema 11."""

from __future__ import annotations

import io
import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FIELDS = (
    "Id", "Revision", "Scenario", "Question", "Options", "Answer", "Explanation", "Misconceptions", "Hints", "Source",
    "ReportUrl", "Extra", "Spare 1", "Spare 2", "Spare 3", "Spare 4", "Spare 5",
)  # fmt: skip
"""Written out: the list is frozen, and a test compares it with the package."""


@dataclass(frozen=True)
class Card:
    """A card and the name of its deck."""

    id: int
    note: int
    ordinal: int
    due: int
    deck: str


@dataclass(frozen=True)
class Note:
    """A note and its cards in the order of their ordinals."""

    id: int
    guid: str
    time: int
    note_type: str
    fields: Mapping[str, str]
    tags: tuple[str, ...]
    cards: tuple[Card, ...]

    def __getitem__(self, field: str) -> str:
        """A field by its name."""
        return self.fields[field]


@dataclass(frozen=True)
class Package:
    """A package as it was read."""

    notes: tuple[Note, ...]
    note_types: Mapping[str, Any]
    decks: Mapping[str, Any]
    media: Mapping[str, bytes]
    entries: tuple[zipfile.ZipInfo, ...]

    def note(self, entry: str, *, note_type: str | None = None) -> Note:
        """The one note of an entry, of a note type where it has two."""
        (found,) = (n for n in self.notes if n["Id"] == entry and note_type in {None, n.note_type})
        return found


def read(data: bytes) -> Package:
    """Read a package; each note's fields are named by its note type."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = json.loads(archive.read("media"))
        media = {name: archive.read(number) for number, name in names.items()}
        entries = tuple(archive.infolist())
        database = archive.read("collection.anki2")
    # A file and not Connection.deserialize, which Python 3.10 has not.
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "collection.anki2")
        path.write_bytes(database)
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
            return _package(connection, media, entries)


def _package(
    connection: sqlite3.Connection, media: Mapping[str, bytes], entries: tuple[zipfile.ZipInfo, ...]
) -> Package:
    models, decks = map(json.loads, connection.execute("select models, decks from col").fetchone())
    deck_names = {int(key): deck["name"] for key, deck in decks.items()}
    cards: dict[int, list[Card]] = {}
    for number, note, ordinal, due, deck in connection.execute("select id, nid, ord, due, did from cards order by ord"):
        cards.setdefault(note, []).append(Card(number, note, ordinal, due, deck_names[deck]))
    notes = []
    for number, guid, time, model, texts, tags in connection.execute(
        "select id, guid, mod, mid, flds, tags from notes"
    ):
        kind = models[str(model)]
        names = [field["name"] for field in kind["flds"]]
        fields = dict(zip(names, texts.split("\x1f"), strict=True))
        notes.append(Note(number, guid, time, kind["name"], fields, tuple(tags.split()), tuple(cards.get(number, ()))))
    by_name = {kind["name"]: kind for kind in models.values()}
    return Package(tuple(notes), by_name, {deck["name"]: deck for deck in decks.values()}, media, entries)
