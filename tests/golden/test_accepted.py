"""What is said to have been accepted by a real consumer is still the file that it accepted."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

HERE = Path(__file__).parent
KEYS = {"golden": str, "sha256": str, "consumer": str, "version": str, "date": date, "seen": str}


def faults(text: str, folder: Path) -> Iterator[str]:
    """What is wrong with a record, one sentence each."""
    for number, entry in enumerate(tomllib.loads(text)["accepted"], 1):
        if entry.keys() != KEYS.keys():
            yield f"entry {number}: the keys are not {', '.join(KEYS)}"
            continue
        yield from (
            f"entry {number}: '{key}' is empty or no {kind.__name__}"
            for key, kind in KEYS.items()
            if not isinstance(entry[key], kind) or not entry[key]
        )
        golden = folder / entry["golden"]
        if not golden.resolve().is_relative_to(folder.resolve()) or not golden.is_file():
            yield f"entry {number}: there is no golden '{entry['golden']}'"
        elif hashlib.sha256(golden.read_bytes()).hexdigest() != entry["sha256"]:
            yield f"entry {number}: '{entry['golden']}' is not what {entry['consumer']} accepted; look again"


def test_every_entry_names_a_golden_as_it_is() -> None:
    """Each entry is whole, and its digest is that of the golden of today."""
    assert list(faults((HERE / "ACCEPTED.toml").read_text(encoding="utf-8"), HERE)) == []


_ENTRY = (
    '[[accepted]]\ngolden = "{golden}"\nsha256 = "{sha256}"\nconsumer = "Reader"\n'
    'version = "1"\ndate = 2026-01-31\nseen = "{seen}"\n'
)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({}, None),
        ({"golden": "gone.txt"}, "there is no golden 'gone.txt'"),
        ({"golden": "../outside.txt"}, "there is no golden '../outside.txt'"),
        ({"sha256": "0" * 64}, "is not what Reader accepted"),
        ({"seen": ""}, "'seen' is empty"),
    ],
)
def test_an_entry_that_does_not_hold_is_found(change: dict[str, str], message: str | None, tmp_path: Path) -> None:
    """A missing file, another digest and an empty sentence are each reported."""
    folder = tmp_path / "golden"
    folder.mkdir()
    (folder / "file.txt").write_bytes(b"written")
    (tmp_path / "outside.txt").write_bytes(b"written")
    whole = {"golden": "file.txt", "sha256": hashlib.sha256(b"written").hexdigest(), "seen": "It was shown."}
    found = list(faults(_ENTRY.format(**{**whole, **change}), folder))

    assert len(found) == (0 if message is None else 1)
    assert message is None or message in found[0]


def test_an_entry_without_a_key_is_found(tmp_path: Path) -> None:
    """Who looked, when, and at what must all be told."""
    assert list(faults('[[accepted]]\ngolden = "a"\n', tmp_path)) == [
        "entry 1: the keys are not golden, sha256, consumer, version, date, seen"
    ]
