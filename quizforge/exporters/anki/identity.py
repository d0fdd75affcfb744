"""What makes a note the same note in the next deck: its key in the lock file, and its guid."""

from __future__ import annotations

from collections.abc import Container
from hashlib import blake2b

from quizforge.exporters.anki.note import Note

FIRST_ID = 1_577_836_800_000
"""Milliseconds since 1970 at the start of 2020. Anki shows an id as the date when a note was added."""

_ID_BITS = 36  # 795 days of milliseconds: ids stay in the past, and 10,000 of them rarely meet


def note_key(note: Note, known: Container[str]) -> str:
    """The name of a note for ever: ``bank/kind/id``, with the id that it was first published under.

    A renamed entry keeps the key that the lock file knows; where that knows none, the first id of
    ``formerly`` counts as the oldest. So the history survives also a second rename, and a rename that
    was written down only after the new id had been published.

    Args:
        note: The note; ids hold no slash.
        known: The keys in the lock file.
    """
    prefix = f"{note.bank}/{note.kind}/"
    if not note.former:
        return prefix + note.entry
    keys = [prefix + entry for entry in (*note.former, note.entry)]
    return next((key for key in keys if key in known), keys[0])


def guid_and_id(key: str) -> tuple[str, int]:
    """The guid that Anki matches notes by, and a database id that is stable unless two notes collide.

    Both come from one hash of the key, never from a text, so that a corrected text is an update.
    """
    digest = blake2b(key.encode(), digest_size=16, person=b"quizforge-note").digest()
    return digest[:10].hex(), FIRST_ID + (int.from_bytes(digest[10:], "big") >> (48 - _ID_BITS))


def deck_id(name: str) -> int:
    """A database id for a deck. Anki matches decks by name, so that it only has to be distinct."""
    digest = blake2b(name.encode(), digest_size=6, person=b"quizforge-deck").digest()
    return FIRST_ID + (int.from_bytes(digest, "big") >> (48 - _ID_BITS))
