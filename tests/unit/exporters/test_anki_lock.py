from __future__ import annotations

import pytest

from quizforge.exporters.anki.lock import FIRST_TIME, Lock, LockError, advance, parse_lock

_NOW = 1_800_000_000


def test_a_lock_is_read_back_as_it_was_written() -> None:
    """Writing and reading are each other's inverse, for an empty lock too."""
    for lock in (Lock(), Lock({"b/choice/q": ("00ff", 5), "b/cloze/a": ("11", 2**39)})):
        assert parse_lock(lock.dump()) == lock


def test_the_file_has_one_sorted_line_for_each_note() -> None:
    """A diff shows which notes changed."""
    lock = Lock({"b/choice/z": ("0a", 7), "b/choice/a": ("0b", 8)})

    assert lock.dump().decode() == (
        '{\n  "version": 1,\n  "notes": {\n    "b/choice/a": ["0b", 8],\n    "b/choice/z": ["0a", 7]\n  }\n}\n'
    )


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "it is not JSON"),
        (b"\xff\xfe", "it is not JSON"),
        (b"[" * 100_000, "it is not JSON"),
        (b"[]", "it has no 'notes'"),
        (b'{"version": 1, "notes": []}', "it has no 'notes'"),
        (b'{"version": 2, "notes": {}}', "its version is 2"),
        (b'{"notes": {}}', "its version is None"),
        (b'{"version": 1, "notes": {"k": ["a"]}}', "the entry of 'k'"),
        (b'{"version": 1, "notes": {"k": ["a", "b"]}}', "the entry of 'k'"),
        (b'{"version": 1, "notes": {"k": ["a", true]}}', "the entry of 'k'"),
        (b'{"version": 1, "notes": {"k": ["a", -1]}}', "the entry of 'k'"),
        (b'{"version": 1, "notes": {"k": ["a", 1e300]}}', "the entry of 'k'"),
    ],
)
def test_a_damaged_lock_is_refused(data: bytes, says: str) -> None:
    """A lock that cannot be trusted stops the export, with a way out."""
    with pytest.raises(LockError, match=says) as caught:
        parse_lock(data)
    assert "version control" in caught.value.hint


def test_only_new_and_changed_notes_get_a_time() -> None:
    """What is unchanged keeps its time, and what is not written now stays in the lock."""
    old = Lock({"same": ("1", 10), "edited": ("1", 10), "elsewhere": ("1", 10)})

    lock, changed = advance(old, {"same": "1", "edited": "2", "new": "3"}, _NOW)

    assert lock.notes == {"same": ("1", 10), "edited": ("2", _NOW), "elsewhere": ("1", 10), "new": ("3", _NOW)}
    assert changed == ("edited", "new")


def test_a_changed_note_is_always_later_than_before() -> None:
    """Two builds in one second, or a clock that went back, still give a later time, by one second."""
    lock, _ = advance(Lock({"a": ("1", _NOW), "b": ("1", _NOW + 50)}), {"a": "2", "b": "2"}, _NOW)

    assert lock.notes == {"a": ("2", _NOW + 1), "b": ("2", _NOW + 51)}


def test_without_a_clock_times_are_plausible() -> None:
    """A note is never older than the program."""
    lock, _ = advance(Lock(), {"a": "1"}, 0)

    assert lock.notes["a"][1] == FIRST_TIME
