"""Compare two export folders: ``python -m tests.tools.compare_exports EXPECTED ACTUAL``.

Files are compared byte by byte. Archives are compared by their members, and SQLite files by their schema and rows,
since their bytes depend on the versions of zlib and SQLite. Exit code: 0 alike, 1 different, 2 not a folder.
"""

from __future__ import annotations

import io
import sqlite3
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import zip_longest
from pathlib import Path

_SQLITE_MAGIC = b"SQLite format 3\x00"
_ZIP_MAGIC = b"PK\x03\x04"
_SHOWN = 160  # characters of a differing line or row


def differences(expected: Path, actual: Path) -> list[str]:
    """What differs between two folders, one sentence each, ordered by path.

    Args:
        expected: The folder with the committed files.
        actual: The folder with the fresh ones.
    """
    left, right = _files(expected), _files(actual)
    found = [f"{name}: only in {expected}" for name in left - right]
    found += [f"{name}: only in {actual}" for name in right - left]
    for name in left & right:
        found += _compare(name, (expected / name).read_bytes(), (actual / name).read_bytes())
    return sorted(found)


def main(arguments: Sequence[str]) -> int:
    """Print the differences; returns the exit code."""
    if len(arguments) != len(("EXPECTED", "ACTUAL")) or not all(Path(folder).is_dir() for folder in arguments):
        sys.stderr.write("usage: python -m tests.tools.compare_exports EXPECTED ACTUAL (two folders)\n")
        return 2
    found = differences(Path(arguments[0]), Path(arguments[1]))
    if not found:
        sys.stdout.write(f"{arguments[0]} is fresh\n")
        return 0
    sys.stdout.write("".join(f"{line}\n" for line in found))
    sys.stdout.write("Run 'make exports' and look at the difference.\n")
    return 1


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def _compare(name: str, left: bytes, right: bytes) -> Iterator[str]:
    if left == right:
        return iter(())
    if left.startswith(_ZIP_MAGIC) and right.startswith(_ZIP_MAGIC):
        return _compare_archives(name, left, right)
    if left.startswith(_SQLITE_MAGIC) and right.startswith(_SQLITE_MAGIC):
        return _compare_databases(name, left, right)
    return iter((_first_line(name, left, right),))


def _first_line(name: str, left: bytes, right: bytes) -> str:
    pairs = zip_longest(left.split(b"\n"), right.split(b"\n"))
    for number, (old, new) in enumerate(pairs, 1):
        if old != new:
            return f"{name}:{number}: {_short(old)} became {_short(new)}"
    msg = "compared equal bytes"
    raise AssertionError(msg)


def _short(value: object) -> str:
    text = "nothing" if value is None else repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _compare_archives(name: str, left: bytes, right: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(left)) as old, zipfile.ZipFile(io.BytesIO(right)) as new:
        if old.namelist() != new.namelist():
            yield f"{name}: members {old.namelist()} became {new.namelist()}"
            return
        for before, after in zip(old.infolist(), new.infolist(), strict=True):
            inner = f"{name}!{before.filename}"
            if _head(before) != _head(after):
                yield f"{inner}: date, method, mode {_head(before)} became {_head(after)}"
            yield from _compare(inner, old.read(before), new.read(after))


def _head(member: zipfile.ZipInfo) -> tuple[object, ...]:
    return member.date_time, member.compress_type, member.create_system, oct(member.external_attr >> 16)


def _compare_databases(name: str, left: bytes, right: bytes) -> Iterator[str]:
    old, new = _tables(left), _tables(right)
    for table in sorted(old.keys() | new.keys()):
        for number, (before, after) in enumerate(zip_longest(old.get(table, ()), new.get(table, ())), 1):
            if before != after:
                yield f"{name}!{table}:{number}: {_short(before)} became {_short(after)}"
                break


def _tables(content: bytes) -> dict[str, list[tuple[object, ...]]]:
    """Rows of each table in stored order; the schema and the header's numbers as tables of their own."""
    # Connection.deserialize needs Python 3.11.
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "copy.sqlite"
        path.write_bytes(content)
        with closing(sqlite3.connect(path)) as connection:
            query = "SELECT name, type, sql FROM sqlite_master ORDER BY name"
            schema = connection.execute(query).fetchall()
            # `unicase` and the like: collations of the program that reads the file; order by rowid needs none.
            names = [name for name, kind, _ in schema if kind == "table"]
            rows = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}  # noqa: S608
            pragmas = [connection.execute(f"PRAGMA {name}").fetchall()[0] for name in ("user_version", "encoding")]
    return {**rows, "(schema)": schema, "(header)": pragmas}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
