"""TOML files in which every value has a place.

Python's TOML parser says what a file holds and not where. A second, lenient pass over a text that is known to be valid
finds the places of keys and values (TOML 1.0.0).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path as FilePath
from typing import Any

from quizforge.loading.yaml.scan import Lines, Offsets
from quizforge.model.diagnostic import Path, Place

MAX_BYTES = 1_000_000
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}(?!")|\'\'\'.*?\'{3,5}(?!\')|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'', re.DOTALL
)
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_BARE_VALUE = re.compile(r"[^,\]}#\r\n]+")
_FAULT = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")


class TomlFaultError(Exception):
    """A file that cannot be read, with the place."""

    def __init__(self, message: str, place: Place) -> None:
        super().__init__(message)
        self.message = message
        self.place = place


@dataclass(frozen=True)
class Toml:
    """One file.

    Attributes:
        path: As printed.
        source: Its text.
        data: What it holds; floats as decimals.
    """

    path: str
    source: str
    data: dict[str, Any]
    _values: dict[Path, Offsets] = field(repr=False)
    _keys: dict[Path, Offsets] = field(repr=False)

    def place(self, path: Path, *, on_key: bool = False) -> Place:
        """Where a value or its key stands; the deepest known one on the way to a path that leaves the file."""
        known = self._keys if on_key else self._values
        while path and path not in known:
            path, known = path[:-1], self._keys
        return Lines(self.source).place(self.path, known.get(path, (0, 0)))


def read(path: FilePath, *, shown: str) -> Toml:
    """Read a file.

    Args:
        path: Where it is.
        shown: The path as printed.

    Raises:
        TomlFaultError: It cannot be read, is too large, no UTF-8, or no TOML.
    """
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib

    try:
        data = path.read_bytes()
    except OSError as error:
        raise TomlFaultError(f"the file cannot be read: {error.strerror}", Place(shown)) from error
    if len(data) > MAX_BYTES:
        raise TomlFaultError(f"the file has {len(data):,} bytes; at most {MAX_BYTES:,} are read", Place(shown))
    try:
        source = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise TomlFaultError("the file is not UTF-8 text", Place(shown)) from error
    try:
        found = tomllib.loads(source, parse_float=Decimal)
    except RecursionError as error:
        raise TomlFaultError("the file is nested too deeply", Place(shown)) from error
    except tomllib.TOMLDecodeError as error:
        raise _fault(str(error), source, shown) from error
    source = source.replace("\r\n", "\n")
    values: dict[Path, Offsets] = {}
    keys: dict[Path, Offsets] = {}
    _Places(source, values, keys).read()
    return Toml(shown, source, found, values, keys)


def _fault(message: str, source: str, shown: str) -> TomlFaultError:
    match = _FAULT.search(message)
    text = _FAULT.sub("", message)
    reason = f"the file is not valid TOML: {text[:1].lower()}{text[1:]}"
    if match is None or match["line"] is None:
        line, column = Lines(source).position(len(source.rstrip()))
    else:
        line, column = int(match["line"]), int(match["column"])
    return TomlFaultError(reason, Place(shown, line, column, line, column + 1))


class _Places:
    """Walks over a valid TOML text and notes where keys and values stand."""

    def __init__(self, source: str, values: dict[Path, Offsets], keys: dict[Path, Offsets]) -> None:
        self._source = source
        self._values = values
        self._keys = keys
        self._at = 0

    def read(self) -> None:
        """Note the places of the whole text."""
        table: Path = ()
        self._skip()
        while self._at < len(self._source):
            if self._source.startswith("[", self._at):
                several = self._source.startswith("[[", self._at)
                self._at += 2 if several else 1
                table = self._key(())
                self._at += 2 if several else 1
            else:
                self._pair(table)
            self._skip()

    def _skip(self) -> None:
        blank = _BLANK.match(self._source, self._at)
        self._at = blank.end() if blank else self._at

    def _pair(self, table: Path) -> None:
        path = self._key(table)
        self._at += 1  # the equals sign
        self._skip()
        self._value(path)

    def _key(self, table: Path) -> Path:
        """A dotted key; afterwards the sign behind it is next."""
        path = table
        for part, at in self._parts():
            path = (*path, part)
            self._keys.setdefault(path, at)
        return path

    def _parts(self) -> Iterator[tuple[str, Offsets]]:
        while True:
            self._skip()
            match = _STRING.match(self._source, self._at) or _BARE_KEY.match(self._source, self._at)
            if match is None:  # unreachable in a valid text
                self._at += 1
                return
            self._at = match.end()
            yield match[0].strip("\"'"), match.span()
            self._skip()
            if not self._source.startswith(".", self._at):
                return
            self._at += 1

    def _value(self, path: Path) -> None:
        start = self._at
        if self._source.startswith("[", start):
            self._inside("]", path)
        elif self._source.startswith("{", start):
            self._inside("}", path)
        else:
            match = _STRING.match(self._source, start) or _BARE_VALUE.match(self._source, start)
            self._at = match.end() if match else start + 1
        self._values[path] = (start, start + len(self._source[start : self._at].rstrip()))

    def _inside(self, closing: str, path: Path) -> None:
        """The items of an array or the pairs of an inline table."""
        self._at += 1
        index = 0
        self._skip()
        while self._at < len(self._source) and not self._source.startswith(closing, self._at):
            if closing == "]":
                self._value((*path, index))
            else:
                self._pair(path)
            index += 1
            self._skip()
            if self._source.startswith(",", self._at):
                self._at += 1
                self._skip()
        self._at += 1
