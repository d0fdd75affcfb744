"""Comma-separated values with places: which cell begins at which line and column (RFC 4180).

Commas, semicolons or tabs divide the cells, whichever the first row has most of: spreadsheets write what the country
of their user is used to.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

DELIMITERS = ",;\t"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Attributes:
        text: Without its quotes and outer blanks.
        line: Where it begins, from 1.
        column: Where it begins, in code points from 1.
        sound: Whether its quotes are closed, with nothing but blanks around them.
    """

    text: str
    line: int
    column: int
    sound: bool = True


def rows_of(text: str) -> Iterator[tuple[Cell, ...]]:
    """The rows of a table; lines of empty cells only, as spreadsheets leave them below a table, are none.

    Args:
        text: With any line ends, without a byte order mark.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    head = text.lstrip("\n").partition("\n")[0]
    mark = max(DELIMITERS, key=head.count)
    reader = _Reader(text, mark)
    while not reader.ended:
        row = tuple(reader.row())
        if any(cell.text or not cell.sound for cell in row):
            yield row


class _Reader:
    def __init__(self, text: str, mark: str) -> None:
        self._text = text
        self._mark = mark
        self._at = 0
        self._line = 1
        self._line_start = 0

    @property
    def ended(self) -> bool:
        """Whether nothing is left."""
        return self._at >= len(self._text)

    def row(self) -> Iterator[Cell]:
        """The cells up to the end of the line."""
        while True:
            yield self._cell()
            end = self._text[self._at : self._at + 1]
            self._at += 1
            if end != self._mark:
                self._next_line()
                return

    def _next_line(self) -> None:
        self._line += 1
        self._line_start = self._at

    def _cell(self) -> Cell:
        self._blanks()
        line, column = self._line, self._at - self._line_start + 1
        if self._text[self._at : self._at + 1] != '"':
            return Cell(self._plain(), line, column)
        quoted, closed = self._quoted()
        rest = self._plain()
        return Cell((quoted + rest).strip(), line, column, closed and not rest)

    def _blanks(self) -> None:
        while self._text[self._at : self._at + 1] == " ":
            self._at += 1

    def _plain(self) -> str:
        """Up to a delimiter or the end of the line."""
        ends = (self._text.find(stop, self._at) for stop in (self._mark, "\n"))
        end = min((found for found in ends if found >= 0), default=len(self._text))
        start, self._at = self._at, end
        return self._text[start:end].strip()

    def _quoted(self) -> tuple[str, bool]:
        """What stands between quotes, two of which are one; lines may end inside."""
        parts = []
        self._at += 1
        while True:
            end = self._text.find('"', self._at)
            part = self._text[self._at : end if end >= 0 else len(self._text)]
            parts.append(part)
            for place, character in enumerate(part, self._at):
                if character == "\n":
                    self._line += 1
                    self._line_start = place + 1
            if end < 0:
                self._at = len(self._text)
                return "".join(parts), False
            self._at = end + 1
            if self._text[self._at : self._at + 1] != '"':
                return "".join(parts), True
            parts.append('"')
            self._at += 1
