"""The lock file: when each note last changed.

Anki updates a note only where the incoming modification time is later than its own, and a student's
own edits stay where theirs is. So a note gets a new time if and only if its content has changed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from json.encoder import encode_basestring_ascii

from quizforge.errors import QuizForgeError

LOCK_NAME = "anki.lock.json"
VERSION = 1

FIRST_TIME = 1_735_689_600
"""Seconds since 1970 at the start of 2025: the time of a note where nothing names a later one."""


class LockError(QuizForgeError):
    """A lock file cannot be used. Going on without it would make every note look changed."""

    exit_code = 1


@dataclass(frozen=True)
class Lock:
    """What is known of the notes that were published.

    Attributes:
        notes: Hash of the content and modification time (seconds since 1970) by the key of the note.
    """

    notes: Mapping[str, tuple[str, int]] = field(default_factory=dict)

    def dump(self) -> bytes:
        """The file: JSON with one line for each note, sorted by key, so that a change is read in a diff."""
        quoted, entries = encode_basestring_ascii, sorted(self.notes.items())
        lines = [f"    {quoted(key)}: [{quoted(content)}, {time}]" for key, (content, time) in entries]
        body = "{\n" + ",\n".join(lines) + "\n  }" if lines else "{}"
        return f'{{\n  "version": {VERSION},\n  "notes": {body}\n}}\n'.encode()


def parse_lock(data: bytes) -> Lock:
    """Read a lock file.

    Raises:
        LockError: It is not what :meth:`Lock.dump` writes.
    """
    try:
        tree = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _broken(f"it is not JSON: {error}") from error
    if not isinstance(tree, dict) or not isinstance(tree.get("notes"), dict):
        raise _broken("it has no 'notes'")
    if tree.get("version") != VERSION:
        raise _broken(f"its version is {tree.get('version')!r}, and this program knows {VERSION}")
    return Lock({key: _entry(key, value) for key, value in tree["notes"].items()})


def advance(lock: Lock, hashes: Mapping[str, str], now: int) -> tuple[Lock, tuple[str, ...]]:
    """Give new and changed notes a new time.

    Args:
        lock: What was published.
        hashes: Hash of the content by the key of each note that is written now.
        now: Seconds since 1970. A time is later than ``now`` only where it must exceed its own old one.

    Returns:
        The lock to keep, and the keys that are new or changed, sorted. Notes that are not written now
        stay in it: a deck of a part of the bank must not make the rest look new.
    """
    start = max(now, FIRST_TIME)
    notes = dict(lock.notes)
    changed = []
    for key, content in hashes.items():
        old = notes.get(key)
        if old is None or old[0] != content:
            notes[key] = (content, start if old is None else max(old[1] + 1, start))
            changed.append(key)
    return Lock(notes), tuple(sorted(changed))


def _entry(key: str, value: object) -> tuple[str, int]:
    match value:
        case [str(content), int(time)] if not isinstance(time, bool) and 0 < time < 2**40:
            return content, time
    raise _broken(f"the entry of '{key}' is not a hash and a time")


def _broken(reason: str) -> LockError:
    return LockError(
        f"{LOCK_NAME} cannot be read: {reason}",
        hint="take it from version control again; without it learners get every note as changed",
    )
