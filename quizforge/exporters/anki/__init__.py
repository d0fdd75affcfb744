"""Anki: a deck to drill with, which later decks update without touching what was learned."""

from __future__ import annotations

from quizforge.exporters.anki.collected import StudyOptions
from quizforge.exporters.anki.exporter import Anki, AnkiOptions
from quizforge.exporters.anki.lock import LOCK_NAME, Lock, LockError, parse_lock
from quizforge.exporters.anki.text import AnkiText

__all__ = ["LOCK_NAME", "Anki", "AnkiOptions", "AnkiText", "Lock", "LockError", "StudyOptions", "parse_lock"]
