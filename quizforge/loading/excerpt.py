"""A line of a source file on a terminal, with carets under the stretch that a finding means."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from quizforge.loading.yaml.scan import Lines
from quizforge.model.diagnostic import Place

WINDOW = 100
"""Columns of a source line that are shown at most, the trimming signs left aside."""

_TAB = "    "
_CUT = "…"
_FIRST_PICTURE = 0x2400
_DELETE, _DELETE_PICTURE = 0x7F, "\u2421"
_HIDDEN = frozenset(("Cc", "Cs", "Zl", "Zp"))
# They reorder what follows on a terminal, so that a line may show other text than it holds (CVE-2021-42574).
_REORDERING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One source line.

    Attributes:
        line: The line, made visible and trimmed to a window around the stretch.
        margin: Blanks before the first caret.
        carets: At least one ``^``.
    """

    line: str
    margin: str
    carets: str


class Excerpts:
    """Cuts excerpts out of the text of some files; each is split into lines once."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._sources = sources
        self._lines: dict[str, Lines] = {}

    def of(self, place: Place) -> Excerpt | None:
        """The first line of a place; None for a file as a whole, or one without text."""
        source = self._sources.get(place.path)
        if source is None or not place.line:
            return None
        if place.path not in self._lines:
            self._lines[place.path] = Lines(source)
        start, end = self._lines[place.path].bounds(place.line)
        if start == end == len(source) and not source:
            return None
        last = place.end_column - 1 if place.end_line == place.line else end - start
        return excerpt(source[start:end], place.column - 1, last)


def excerpt(line: str, start: int, end: int) -> Excerpt:
    """Show a line with a marked stretch.

    Args:
        line: The text, without a line break.
        start: Offset of the first marked code point; may be that of the line's end.
        end: Offset behind the last one.

    Returns:
        The line with carets under the stretch, or under its first column if it is empty.
    """
    start = min(max(start, 0), len(line))
    end = min(max(end, start), max(len(line.rstrip()), start))
    first, last = _window(line, start, end)
    before = _CUT if first > 0 else ""
    after = _CUT if last < len(line) else ""
    margin = width(before + visible(line[first:start]))
    marked = width(visible(line[start : min(end, last)]))
    return Excerpt(f"{before}{visible(line[first:last])}{after}", " " * margin, "^" * max(marked, 1))


def _window(line: str, start: int, end: int) -> tuple[int, int]:
    """The part of a line to show: all of it if it fits, else as much around the stretch as fits."""
    if len(line) <= WINDOW and width(visible(line)) <= WINDOW:
        return 0, len(line)
    first = last = start
    room = WINDOW
    end = min(end, start + WINDOW)
    while last < end and room >= _columns(line[last]):
        room -= _columns(line[last])
        last += 1
    lead = room // 3  # more of what follows than of what stands before, since the problem mostly lies behind
    while first > 0 and lead >= _columns(line[first - 1]):
        lead -= _columns(line[first - 1])
        room -= _columns(line[first - 1])
        first -= 1
    while last < len(line) and room >= _columns(line[last]):
        room -= _columns(line[last])
        last += 1
    while first > 0 and room >= _columns(line[first - 1]):
        room -= _columns(line[first - 1])
        first -= 1
    return first, last


def _columns(character: str) -> int:
    return width(visible(character))


def visible(text: str) -> str:
    """Text with a picture or an escape for every character that a terminal would hide or obey."""
    if text.isprintable():
        return text
    return "".join(_picture(character) for character in text)


def _picture(character: str) -> str:
    code = ord(character)
    if character == "\t":
        return _TAB
    if code < 0x20:
        return chr(_FIRST_PICTURE + code)
    if code == _DELETE:
        return _DELETE_PICTURE
    if unicodedata.category(character) in _HIDDEN or character in _REORDERING:
        return f"\\u{code:04x}"
    return character


def width(text: str) -> int:
    """Columns that a text takes on a terminal: two for each wide character, none for a combining one."""
    if text.isascii():
        return len(text)
    return sum(_character_width(character) for character in text)


def _character_width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
