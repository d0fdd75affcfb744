"""Tables of data for item models: CSV and YAML files in the bank's folder ``data/``."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path as FilePath

from quizforge.generation.variables import MAX_VALUES, WORDS, name_problem
from quizforge.loading.yaml.nodes import Document, parse
from quizforge.loading.yaml.scan import Lines
from quizforge.model.codes.generation import BAD_DATA_FILE, BAD_DATA_ROW
from quizforge.model.diagnostic import Code, Diagnostic, Place
from quizforge.model.table import Table, TableRow

FOLDER = "data"
MAX_BYTES = 4_000_000
MAX_COLUMNS = 100
MAX_CELL = 10_000
MAX_CELLS = 200_000
MAX_FAULTS = 100
"""Faults that are listed of one file."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._ -]*(?:/[A-Za-z0-9][A-Za-z0-9._ -]*)*\.(?:csv|yaml)", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


class Tables:
    """The tables of one bank, each read once.

    Args:
        folder: The bank's folder.
        shown: The folder as the user named it, with ``/``.
    """

    def __init__(self, folder: FilePath, shown: str) -> None:
        self._folder = folder
        self._shown = shown
        self._tables: dict[str, Table | None] = {}
        self._reasons: dict[str, tuple[str, str]] = {}
        self.diagnostics: list[Diagnostic] = []
        self.sources: dict[str, str] = {}
        """Text of each file by its path as printed, to show the lines of findings."""

    @property
    def tables(self) -> Mapping[str, Table | None]:
        """All that were asked for; None for one that cannot be used, no rows where one of them is faulty."""
        return self._tables

    def take(self, name: str) -> tuple[str, str] | None:
        """Read a table.

        Args:
            name: As a model has it, counted from ``data/``.

        Returns:
            Message and hint of what keeps the file from being read at all; faults inside it are in ``diagnostics``.
        """
        if name not in self._tables:
            self._tables[name] = None
            data = self._bytes(name)
            if isinstance(data, tuple):
                self._reasons[name] = data
            else:
                self._tables[name] = self._table(name, data)
        return self._reasons.get(name)

    def _bytes(self, name: str) -> bytes | tuple[str, str]:
        if len(name) > 200 or _NAME.fullmatch(name) is None or ".." in name:
            hint = "name a .csv or .yaml file in the bank's folder data/, without data/ in front"
            return f"'{name[:80]}' is not the name of a table", hint
        root = self._folder / FOLDER
        try:
            real = (root / name).resolve(strict=True)
            if not real.is_relative_to(root.resolve()):
                return f"the table '{name}' leads outside the bank's folder data/", "copy the file into the folder"
            if not real.is_file():
                return f"the table '{name}' is not a file", "name a .csv or .yaml file"
            with real.open("rb") as stream:
                data = stream.read(MAX_BYTES + 1)
        except (OSError, RuntimeError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            return f"the table '{name}' cannot be read: {reason}", f"it is looked for in {self._shown}/{FOLDER}"
        if len(data) > MAX_BYTES:
            return f"the table '{name}' is larger than {MAX_BYTES // 1_000_000} MB", "split it"
        return data

    def _table(self, name: str, data: bytes) -> Table | None:
        path = posixpath.normpath(posixpath.join(self._shown, FOLDER, name))
        reader = _Csv(path, name) if name.endswith(".csv") else _Yaml(path, name)
        table = reader.read(data)
        self.sources[path] = reader.source
        self.diagnostics += reader.faults[:MAX_FAULTS]
        if table is not None and reader.faults:
            return replace(table, rows=())  # its columns are known, so that names can be checked
        return table


class _Reader:
    """What both kinds of files share.

    Attributes:
        source: The text of the file.
        faults: What is wrong in it.
    """

    def __init__(self, path: str, name: str) -> None:
        self._path = path
        self._name = name
        self.source = ""
        self.faults: list[Diagnostic] = []

    def _fault(self, place: Place, message: str, hint: str, code: Code = BAD_DATA_ROW) -> None:
        self.faults.append(Diagnostic.of(code, place, message, hint=hint))

    def _checked_columns(self, columns: list[tuple[str, Place]]) -> tuple[str, ...]:
        seen: set[str] = set()
        if len(columns) > MAX_COLUMNS:
            self._fault(columns[0][1], f"{len(columns)} columns; at most {MAX_COLUMNS} are allowed", "split the table")
        for column, place in columns[:MAX_COLUMNS]:
            wrong = name_problem(column, (), reserved=WORDS)
            if wrong is not None:
                self._fault(place, wrong.message.replace("a name", "a column"), wrong.hint)
            elif column in seen:
                self._fault(place, f"the column '{column}' stands twice", "rename one")
            seen.add(column)
        return tuple(column for column, _ in columns)

    def _check_rows(self, count: int, place: Place) -> None:
        if not count and not self.faults:
            self._fault(place, "the table has no rows", "write a row below the header", BAD_DATA_FILE)
        if count > MAX_VALUES:
            message = f"the table has {count:,} rows; at most {MAX_VALUES:,} are read"
            self._fault(place, message, "split it", BAD_DATA_FILE)


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of a CSV file: its text, and the offsets of what stands in the file."""

    text: str
    start: int
    end: int


class _Csv(_Reader):
    """Comma-separated values as RFC 4180 has them, with either line end, in UTF-8."""

    def read(self, data: bytes) -> Table | None:
        try:
            self.source = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            column = error.start - data.rfind(b"\n", 0, error.start)
            place = Place(self._path, line, column, line, column + 1)
            self._fault(place, "the table is not UTF-8 text", "save it as CSV UTF-8", BAD_DATA_FILE)
            return None
        self._lines = Lines(self.source)
        records = self._records()
        if not records:
            self._fault(Place(self._path, 1, 1, 1, 1), "the table is empty", "begin with a header line", BAD_DATA_FILE)
            return None
        header = [(cell.text.strip(), self._place(cell.start, cell.end)) for cell in records[0]]
        if len(header) == 1 and re.search(r"[;\t]", header[0][0]):
            self._fault(header[0][1], "the columns are not separated by commas", "save it with commas", BAD_DATA_FILE)
            return None
        columns = self._checked_columns(header)
        rows = [row for record in records[1:] if (row := self._row(record, len(columns))) is not None]
        self._check_rows(len(records) - 1, header[0][1])
        return Table(self._name, columns, tuple(rows))

    def _row(self, record: list[_Cell], width: int) -> TableRow | None:
        if len(record) != width:
            odd = record[width] if len(record) > width else record[-1]
            message = f"the row has {len(record)} cells, the header {width}"
            hint = 'put a cell that holds a comma in quotes: "a, b"'
            self._fault(self._place(odd.start, odd.end), message, hint)
            return None
        for cell in record:
            wrong = _cell_fault(cell.text)
            if wrong:
                self._fault(self._place(cell.start, cell.end), *wrong)
        return TableRow(tuple(cell.text for cell in record), self._lines.position(record[0].start)[0])

    def _records(self) -> list[list[_Cell]]:
        """Cells row by row, as long as there are not too many of them; lines without anything are left out."""
        text, at, count = self.source, 0, 0
        records: list[list[_Cell]] = []
        record: list[_Cell] = []
        while at <= len(text) and len(self.faults) < MAX_FAULTS:
            cell = self._cell(at)
            record.append(cell)
            count += 1
            at = cell.end
            if len(record) > 2 * MAX_COLUMNS or count > MAX_CELLS:
                message = f"more than {2 * MAX_COLUMNS} cells in a row, or {MAX_CELLS:,} in the table"
                self._fault(self._place(cell.start, cell.end), message, "split the table", BAD_DATA_FILE)
                break
            if text.startswith(",", at):
                at += 1
                continue
            if len(record) > 1 or record[0].text:
                records.append(record)
            record = []
            at += 2 if text.startswith("\r\n", at) else 1
        return records

    def _cell(self, at: int) -> _Cell:
        """The cell at an offset."""
        text = self.source
        if not text.startswith('"', at):
            end = _behind(_UNQUOTED, text, at)
            quote = text.find('"', at, end)
            if quote >= 0:
                message = "a quotation mark inside a cell that is not quoted"
                self._fault(self._place(quote, quote + 1), message, 'put the cell in quotes and write "" for each mark')
            return _Cell(text[at:end].strip(" "), at, end)
        match = _QUOTED.match(text, at)
        if match is None:
            self._fault(self._place(at, at + 1), "a quoted cell that does not end", 'close it with "')
            return _Cell("", at, len(text))
        end = _behind(_UNQUOTED, text, match.end())
        if end > match.end():
            hint = 'write "" for a mark inside the cell'
            self._fault(self._place(match.end(), end), "text behind a quoted cell", hint)
        return _Cell(match[1].replace('""', '"').replace("\r\n", "\n"), at, end)

    def _place(self, start: int, end: int) -> Place:
        return self._lines.place(self._path, (start, max(start, end)))


_UNQUOTED = re.compile(r"[^,\r\n]*")
_QUOTED = re.compile(r'"([^"]*(?:""[^"]*)*)"')


def _behind(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Where a pattern that may match nothing ends."""
    match = pattern.match(text, at)
    return match.end() if match else at


def _cell_fault(cell: str) -> tuple[str, str] | None:
    """Message and hint of what is wrong with a cell."""
    if len(cell) > MAX_CELL:
        return f"a cell of {len(cell):,} characters; at most {MAX_CELL:,} are read", "shorten it"
    if _CONTROL.search(cell):
        return "a cell holds a tab or a control character", "remove it"
    return None


class _Yaml(_Reader):
    """A list of mappings, all with the same keys."""

    def read(self, data: bytes) -> Table | None:
        document = parse(data, path=self._path)
        self.source = document.source
        root = document.root
        # A list is what a table is; what the reader of banks says against that is no fault here.
        self.faults += [
            found for found in document.diagnostics if found.code.code != "QF004" or not isinstance(root, list)
        ]
        if not isinstance(root, list):
            if not self.faults:
                place = document.place(())
                self._fault(place, "a table is a list of rows", "write each row as '- column: value'", BAD_DATA_FILE)
            return None
        columns: tuple[str, ...] = ()
        rows: list[TableRow] = []
        for index, item in enumerate(root):
            if not isinstance(item, dict) or not all(isinstance(cell, str) for cell in item.values()):
                self._fault(document.place((index,)), "a row is a mapping of columns to single values", "")
                continue
            if not columns:
                listed = [(key, document.place((index, key), on_key=True)) for key in item]
                columns = self._checked_columns(listed)
            rows += self._row(document, index, item, columns)
        self._check_rows(len(root), document.place(()))
        return Table(self._name, columns, tuple(rows))

    def _row(
        self, document: Document, index: int, item: Mapping[str, object], columns: tuple[str, ...]
    ) -> list[TableRow]:
        if set(item) != set(columns):
            odd = ", ".join(sorted(set(item) ^ set(columns)))
            self._fault(document.place((index,)), f"the row has other columns than the first: {odd}", "")
            return []
        for column in columns:
            wrong = _cell_fault(str(item[column]))
            if wrong:
                self._fault(document.place((index, column)), *wrong)
        return [TableRow(tuple(str(item[column]) for column in columns), document.place((index,)).line)]
