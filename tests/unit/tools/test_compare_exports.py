"""The comparison that `make check` trusts: what must count as the same, and what must not."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest

from tests.tools.compare_exports import differences, main

_OLD = (1980, 1, 1, 0, 0, 0)


def _folder(root: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    root.mkdir(exist_ok=True)
    return root


def _database(path: Path, rows: Iterable[tuple[int, str]], *, page_size: int = 4096, version: int = 11) -> bytes:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA page_size = {page_size}")
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, flds TEXT)")
        connection.executemany("INSERT INTO notes VALUES (?, ?)", rows)
        connection.commit()
    return path.read_bytes()


def _archive(members: dict[str, bytes], *, level: int = 6, date: tuple[int, int, int, int, int, int] = _OLD) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, date), content, zipfile.ZIP_DEFLATED, level)
    return buffer.getvalue()


def _compare(tmp_path: Path, old: dict[str, bytes], new: dict[str, bytes]) -> list[str]:
    return differences(_folder(tmp_path / "old", old), _folder(tmp_path / "new", new))


def test_same_bytes_are_alike(tmp_path: Path) -> None:
    """Two folders with the same files have no differences."""
    files = {"a.xml": b"<quiz/>\n", "deep/er/b.html": b"<p>x</p>"}

    assert _compare(tmp_path, files, files) == []


def test_changed_line_is_named(tmp_path: Path) -> None:
    """A changed text file is reported with its first differing line, old and new."""
    found = _compare(tmp_path, {"a.xml": b"one\ntwo\nthree"}, {"a.xml": b"one\n2\nthree"})

    assert found == ["a.xml:2: b'two' became b'2'"]


def test_missing_final_line_is_a_difference(tmp_path: Path) -> None:
    """A lost line end at the end of a file counts."""
    found = _compare(tmp_path, {"a.xml": b"one\n"}, {"a.xml": b"one"})

    assert found == ["a.xml:2: b'' became nothing"]


def test_files_on_one_side_are_named(tmp_path: Path) -> None:
    """A file that only one folder has is reported, with the folder."""
    found = _compare(tmp_path, {"gone.xml": b""}, {"sub/new.xml": b""})

    assert found == [f"gone.xml: only in {tmp_path / 'old'}", f"sub/new.xml: only in {tmp_path / 'new'}"]


def test_compression_level_does_not_count(tmp_path: Path) -> None:
    """Archives whose bytes differ by the compressor alone are alike."""
    members = {"media": b"{}", "text": b"the quick brown fox " * 500}
    old, new = _archive(members, level=1), _archive(members, level=9)

    assert old != new
    assert _compare(tmp_path, {"deck.apkg": old}, {"deck.apkg": new}) == []


def test_member_content_counts(tmp_path: Path) -> None:
    """A changed member is reported by archive and member."""
    found = _compare(tmp_path, {"d.apkg": _archive({"media": b"{}"})}, {"d.apkg": _archive({"media": b"{1}"})})

    assert found == ["d.apkg!media:1: b'{}' became b'{1}'"]


def test_member_date_counts(tmp_path: Path) -> None:
    """A clock that leaks into an archive is a difference."""
    new = _archive({"media": b"{}"}, date=(2026, 5, 4, 3, 2, 0))

    found = _compare(tmp_path, {"d.apkg": _archive({"media": b"{}"})}, {"d.apkg": new})

    assert len(found) == 1
    assert "(2026, 5, 4, 3, 2, 0)" in found[0]


def test_member_order_counts(tmp_path: Path) -> None:
    """The same members in another order are a difference."""
    old, new = _archive({"a": b"", "b": b""}), _archive({"b": b"", "a": b""})

    assert _compare(tmp_path, {"d.apkg": old}, {"d.apkg": new}) == ["d.apkg: members ['a', 'b'] became ['b', 'a']"]


def test_sqlite_layout_does_not_count(tmp_path: Path) -> None:
    """Databases with the same rows are alike, however SQLite laid out their pages, also inside an archive."""
    rows = [(1, "one"), (2, "two")]
    old = _database(tmp_path / "old.db", rows)
    new = _database(tmp_path / "new.db", rows, page_size=1024)

    assert old != new
    assert _compare(tmp_path, {"d": _archive({"collection": old})}, {"d": _archive({"collection": new})}) == []


@pytest.mark.parametrize(
    ("rows", "version", "expected"),
    [
        ([(1, "one"), (2, "2")], 11, "d!notes:2: (2, 'two') became (2, '2')"),
        ([(1, "one")], 11, "d!notes:2: (2, 'two') became nothing"),
        ([(1, "one"), (2, "two"), (3, "three")], 11, "d!notes:3: nothing became (3, 'three')"),
        ([(1, "one"), (2, "two")], 12, "d!(header):1: (11,) became (12,)"),
    ],
)
def test_sqlite_rows_count(tmp_path: Path, rows: list[tuple[int, str]], version: int, expected: str) -> None:
    """A changed, lost or added row and another schema version are reported with their table."""
    old = _database(tmp_path / "old.db", [(1, "one"), (2, "two")])
    new = _database(tmp_path / "new.db", rows, version=version)

    assert _compare(tmp_path, {"d": old}, {"d": new}) == [expected]


def test_command_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command exits 0 for alike, 1 for different with the cure, 2 for a folder that does not exist."""
    old, new = _folder(tmp_path / "old", {"a": b"1"}), _folder(tmp_path / "new", {"a": b"2"})

    assert main([str(old), str(old)]) == 0
    assert main([str(old), str(new)]) == 1
    assert "make exports" in capsys.readouterr().out
    assert main([str(old), str(tmp_path / "absent")]) == 2
    assert main([str(old)]) == 2
