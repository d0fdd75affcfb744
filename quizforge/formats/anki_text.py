"""Anki's text file for notes: head lines that begin with ``#``, then one note a row, parted by tabs.

Source: Anki manual, "Text files", and ``rslib/src/import_export/text/csv`` of Anki 26. Columns that are not named
in the head fill the fields of the note type in their order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

TAB: Final = "\t"
META_COLUMNS: Final = ("guid", "notetype", "deck", "tags")
"""What stands in front of the fields; Anki counts columns from 1."""

_SPECIAL: Final = frozenset('\t\n\r"')


def head(fields: Sequence[str]) -> str:
    """The head of a file whose rows begin with :data:`META_COLUMNS`.

    Args:
        fields: Names of the columns behind them, for people.
    """
    lines = ["#separator:tab", "#html:true"]
    lines += (f"#{name} column:{number}" for number, name in enumerate(META_COLUMNS, 1))
    lines.append(f"#columns:{TAB.join((*(name.capitalize() for name in META_COLUMNS), *fields))}")
    return "".join(f"{line}\n" for line in lines)


def row(cells: Sequence[str]) -> str:
    """One note; a cell with a tab, a quote or a line break stands in quotes."""
    return TAB.join(map(_quoted, cells)) + "\n"


def _quoted(cell: str) -> str:
    if _SPECIAL.isdisjoint(cell) and not cell.startswith("#"):
        return cell
    return '"' + cell.replace('"', '""') + '"'
