"""Class lists: who writes an exam, in which form and layout. CSV with the columns name, id, form, layout, extra time.

What stands in a cell is personal. No message quotes it: a place names the row, and only the row's owner knows whose
it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import get_args

from quizforge.loading.cells import Cell, rows_of
from quizforge.loading.translate import did_you_mean
from quizforge.model.candidate import Candidate, ExtraTime, Layout, digits_of
from quizforge.model.codes.paper import (
    BAD_EXTRA_TIME,
    DUPLICATE_CANDIDATE,
    EMPTY_LIST,
    FORMULA_CELL,
    MALFORMED_ROW,
    MISSING_CELL,
    MISSING_COLUMN,
    UNKNOWN_FORM,
    UNKNOWN_LAYOUT,
    UNMARKABLE_ID,
    UNREADABLE_LIST,
    UNUSED_COLUMN,
)
from quizforge.model.diagnostic import Code, Diagnostic, Place

COLUMNS = ("name", "id", "form", "layout", "extra time")
NEEDED = ("name", "id")
MAX_BYTES = 5_000_000
MAX_NAME = 100
"""Characters of a name or an id: more do not fit the line that they are printed on."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_FORMULA = re.compile(r"[=+@\t]|-(?![0-9])")
_TIME = re.compile(r"([0-9]{1,3}(?:[.,][0-9])?) ?(%|min|minutes)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class ClassList:
    """A class list as read.

    Attributes:
        candidates: Those whose rows are sound, in the order of the list.
        diagnostics: All findings, in the order of the list.
    """

    candidates: tuple[Candidate, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def ok(self) -> bool:
        """Whether there is no error."""
        return all(found.severity != "error" for found in self.diagnostics)


def read_class_list(data: bytes, *, path: str, forms: Sequence[str], digits: int) -> ClassList:
    """Read a class list.

    Args:
        data: The bytes of the file.
        path: As the user named it.
        forms: Codes of the forms that there are.
        digits: How many digits of an id a bubble sheet holds at most.

    Returns:
        The candidates and all findings; never an exception for what is in the file.
    """
    text, found = _decoded(data, path)
    if text is None:
        return ClassList((), tuple(found))
    reader = _Reader(path, tuple(forms), digits)
    reader.read(text)
    return ClassList(tuple(reader.candidates), tuple(sorted(reader.found, key=lambda each: each.sort_key)))


def _decoded(data: bytes, path: str) -> tuple[str | None, list[Diagnostic]]:
    hint = "save it as CSV in UTF-8; spreadsheets offer that in the dialog for saving"
    if len(data) > MAX_BYTES:
        message = f"{len(data):,} bytes; a class list has at most {MAX_BYTES:,}"
        return None, [Diagnostic.of(UNREADABLE_LIST, Place(path), message)]
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return None, [Diagnostic.of(UNREADABLE_LIST, Place(path, 1, 1), "this is UTF-16, not UTF-8", hint=hint)]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        start = data.rfind(b"\n", 0, error.start) + 1
        column = len(data[start : error.start].decode("utf-8", errors="replace")) + 1
        message = f"the byte {data[error.start]:#04x} is not UTF-8"
        return None, [Diagnostic.of(UNREADABLE_LIST, Place(path, line, column), message, hint=hint)]
    return text, []


class _Reader:
    """Reads the rows of one list, and collects candidates and findings."""

    def __init__(self, path: str, forms: tuple[str, ...], digits: int) -> None:
        self.candidates: list[Candidate] = []
        self.found: list[Diagnostic] = []
        self._path = path
        self._forms = forms
        self._digits = digits
        self._seen: dict[str, Place] = {}

    def read(self, text: str) -> None:
        """Read all rows."""
        rows = rows_of(text)
        head = next(rows, None)
        if head is None:
            self._report(EMPTY_LIST, Cell("", 1, 1), "the file is empty", hint=_EXAMPLE)
            return
        columns = self._columns(head)
        count = 0
        for row in rows:
            count += 1
            self._row(row, columns, len(head))
        if count == 0:
            self._report(EMPTY_LIST, head[0], "there is no row below the names of the columns")

    def _report(self, code: Code, cell: Cell, message: str, *, hint: str = "", first: Place | None = None) -> None:
        place = Place(self._path, cell.line, cell.column)
        related = () if first is None else (first,)
        self.found.append(Diagnostic.of(code, place, message, hint=hint, related=related))

    def _columns(self, head: Sequence[Cell]) -> Mapping[str, int]:
        """The place of each known column."""
        known: dict[str, int] = {}
        for place, cell in enumerate(head):
            name = _column_name(cell.text)
            if name is None:
                near = did_you_mean(cell.text.casefold(), COLUMNS)
                self._report(UNUSED_COLUMN, cell, f"column {place + 1} is not used", hint=near or _KNOWN)
            elif name in known:
                self._report(MISSING_COLUMN, cell, f"there is a second column '{name}'", hint="remove one of them")
            else:
                known[name] = place
        for name in NEEDED:
            if name not in known:
                self._report(MISSING_COLUMN, head[0], f"there is no column '{name}'", hint=_EXAMPLE)
        return MappingProxyType(known)

    def _row(self, row: Sequence[Cell], columns: Mapping[str, int], width: int) -> None:
        before = len(self.found)
        broken = next((cell for cell in row if not cell.sound), None)
        if broken is not None:
            hint = 'a quoted cell ends with a quote; a quote inside it is written twice: "Ann ""Bo"" Lee"'
            self._report(MALFORMED_ROW, broken, "the quotes of a cell do not match", hint=hint)
            return
        if len(row) != width:
            hint = "quote a cell that holds a delimiter"
            self._report(MALFORMED_ROW, row[0], f"the row has {len(row)} cells; the first row has {width}", hint=hint)
            return
        cells = {name: row[place] for name, place in columns.items()}
        sound = {name: cell for name, cell in cells.items() if self._is_sound(name, cell)}
        absent = Cell("", row[0].line, row[0].column)
        form = self._form(sound.get("form", absent))
        layout = self._layout(sound.get("layout", absent))
        extra = self._extra_time(sound.get("extra time", absent))
        if "id" in sound:
            self._identity(sound["id"])
        if len(self.found) == before and sound.keys() >= set(NEEDED):
            self.candidates.append(Candidate(sound["name"].text, sound["id"].text, form, layout, extra))

    def _is_sound(self, name: str, cell: Cell) -> bool:
        """Whether a cell may be read on."""
        before = len(self.found)
        if name in NEEDED and not cell.text:
            self._report(MISSING_CELL, cell, f"the cell in column '{name}' is empty")
        elif _FORMULA.match(cell.text):
            message = f"the cell in column '{name}' begins as a formula of a spreadsheet"
            self._report(FORMULA_CELL, cell, message, hint="write the text without = + - @ in front")
        elif _CONTROL.search(cell.text) or "\n" in cell.text:
            message = f"the cell in column '{name}' holds a control character"
            self._report(UNREADABLE_LIST, cell, message, hint="remove line ends and invisible characters")
        elif len(cell.text) > MAX_NAME:
            message = f"the cell in column '{name}' has {len(cell.text)} characters; {MAX_NAME} fit on paper"
            self._report(MALFORMED_ROW, cell, message)
        return len(self.found) == before

    def _identity(self, cell: Cell) -> None:
        number = digits_of(cell.text)
        if not number:
            self._report(UNMARKABLE_ID, cell, "the id has no digit that could be marked on a bubble sheet")
        elif len(number) > self._digits:
            message = f"the id has {len(number)} digits; a bubble sheet holds at most {self._digits}"
            self._report(UNMARKABLE_ID, cell, message)
        elif number in self._seen:
            first = self._seen[number]
            message = f"the digits of the id are those of line {first.line}"
            self._report(DUPLICATE_CANDIDATE, cell, message, hint="each candidate has an id of its own", first=first)
        else:
            self._seen[number] = Place(self._path, cell.line, cell.column)

    def _form(self, cell: Cell) -> str | None:
        if not cell.text:
            return None
        by_name = {form.casefold(): form for form in self._forms}
        if cell.text.casefold() not in by_name:
            hint = f"forms: {', '.join(self._forms)}; leave the cell empty to have them dealt in turn"
            self._report(UNKNOWN_FORM, cell, "the quiz has no form of that name", hint=hint)
            return None
        return by_name[cell.text.casefold()]

    def _layout(self, cell: Cell) -> Layout:
        name = re.sub(r"[ _]", "-", cell.text.casefold())
        for layout in get_args(Layout):
            if name == layout:
                return layout  # type: ignore[no-any-return]  # one of Layout
        if name:
            self._report(UNKNOWN_LAYOUT, cell, "there is no layout of that name", hint=f"layouts: {_LAYOUTS}")
        return "standard"

    def _extra_time(self, cell: Cell) -> ExtraTime | None:
        if not cell.text:
            return None
        match = _TIME.fullmatch(cell.text)
        if match is None:
            hint = "write minutes or a percentage: 20, 20 min, 25%"
            self._report(BAD_EXTRA_TIME, cell, "this is neither minutes nor a percentage", hint=hint)
            return None
        return ExtraTime(Decimal(match[1].replace(",", ".")), match[2] == "%")


_EXAMPLE = "the first row names the columns: name,id,form,layout,extra time"
_KNOWN = f"columns: {', '.join(COLUMNS)}"
_LAYOUTS = ", ".join(get_args(Layout))


def _column_name(text: str) -> str | None:
    name = re.sub(r"[ _-]+", " ", text.casefold()).strip()
    return name if name in COLUMNS else None
