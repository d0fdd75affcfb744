"""Anki: a deck to drill with, which later decks update without touching what was learned."""

from __future__ import annotations

from quizforge.exporters.anki.exporter import Anki, AnkiOptions
from quizforge.exporters.anki.lock import LOCK_NAME, Lock, LockError, parse_lock

__all__ = ["LOCK_NAME", "Anki", "AnkiOptions", "Lock", "LockError", "parse_lock"]
