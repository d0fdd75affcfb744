"""A table of data that item models draw from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row.

    Attributes:
        cells: One for each column.
        line: Line of the file where it begins, counted from 1.
    """

    cells: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    """A file of the bank's folder ``data/``.

    Attributes:
        name: ``tasks.csv``, counted from that folder.
        columns: Their names, which expressions and texts use.
        rows: In the order of the file.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
