"""Places for everything on the sheet: columns of questions below a head, on as many pages as they need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quizforge.exporters.bubble_sheet.metrics import (
    BOTTOM,
    COLUMN_GAP,
    GROUP_GAP,
    LARGE,
    MARGIN,
    PAPERS,
    STANDARD,
    TOP,
)
from quizforge.exporters.bubble_sheet.options import SheetOptions
from quizforge.exporters.bubble_sheet.rows import CHARACTERS, Block, Grid, Line, Names, Spot, Strip, Written
from quizforge.formats.omr_map import Bubble, Row

_DIGITS = "0123456789"
_FORMS = "ABCDEFGH"
MAX_COLUMNS = 4
_FEWEST = 3
"""Bubbles in a line, in more columns than one."""


@dataclass(frozen=True, slots=True)
class Label:
    """A text on the sheet.

    Attributes:
        x: Of its middle.
        y: Of its middle.
        text: The question's number, with its part.
        written: Whether the answer is written on the exam paper, so that words follow instead of bubbles.
    """

    x: int
    y: int
    text: str
    written: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A box to write one digit in, above its column of bubbles: its upper left corner and size."""

    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its places.

    Attributes:
        rows: All rows of bubbles; those of the head first.
        labels: Of the questions.
        boxes: Of the student number and of numbers, from left to right.
    """

    rows: tuple[Row, ...]
    labels: tuple[Label, ...]
    boxes: tuple[Box, ...]


class Layout:
    """How a sheet is divided.

    Args:
        options: Paper, size, digits.
        form: Code of the form, or None.
        rtl: Whether the sheet runs from right to left; digits of a number do not.

    Attributes:
        metrics: The sizes.
        width: Of the page.
        height: Of the page.
        number_left: Left edge of the student number's columns.
        body: Upper edge of the answers.
    """

    def __init__(self, options: SheetOptions, form: str | None, *, rtl: bool) -> None:
        self.metrics = LARGE if options.large_print else STANDARD
        self.width, self.height = PAPERS[options.paper]
        self.digits = options.digits
        self.form = form
        self.rtl = rtl
        metrics = self.metrics
        breadth = self.digits * metrics.digit_pitch
        self.number_left = MARGIN if rtl else self.width - MARGIN - breadth
        self.number_top = TOP + metrics.caption
        self.body = self.number_top + metrics.box + 10 * metrics.digit_line + metrics.caption
        self._bottom = self.height - BOTTOM

    @property
    def beside(self) -> tuple[int, int]:
        """Left edge and width of the room beside the student number."""
        width = self.width - 2 * MARGIN - self.digits * self.metrics.digit_pitch - COLUMN_GAP
        return (self.width - MARGIN - width if self.rtl else MARGIN, width)

    @property
    def form_line(self) -> int:
        """The middle of the line with the form's letters: the last one of the head."""
        return self.body - self.metrics.caption - self.metrics.line // 2

    def pages(self, blocks: Sequence[Block]) -> tuple[Page, ...]:
        """Spread the questions: down a column, then the next column, the last page with columns of like height.

        There are as many columns as give the fewest pages, then the fewest strips that go on in a second line.
        """
        grids = any(isinstance(line, Grid) for block in blocks for line in block.lines)
        least = max(_FEWEST * self.metrics.pitch, CHARACTERS * self.metrics.digit_pitch if grids else 0)
        found = [self._spread(blocks, n) for n in range(MAX_COLUMNS, 0, -1) if n == 1 or self._room(n) >= least]
        return min(found, key=lambda pages: (len(pages), sum(len(page.rows) for page in pages)))

    def _spread(self, blocks: Sequence[Block], columns: int) -> tuple[Page, ...]:
        per_line = self._room(columns) // self.metrics.pitch
        height = self._bottom - self.body
        waiting = [piece for block in blocks for piece in self._pieces(block, per_line, height)]
        found: list[Page] = []
        while waiting or not found:
            filled = self._fill(waiting, columns, height)
            used = sum(map(len, filled))
            if used == len(waiting):
                filled = self._balanced(waiting, columns, height)
            found.append(self._page(filled, columns))
            waiting = waiting[used:]
        return tuple(found)

    def _column_width(self, columns: int) -> int:
        return (self.width - 2 * MARGIN - (columns - 1) * COLUMN_GAP) // columns

    def _room(self, columns: int) -> int:
        return self._column_width(columns) - self.metrics.label

    def _pieces(self, block: Block, per_line: int, height: int) -> Iterator[Block]:
        """A question as it is, or in pieces where it is longer than a column."""
        lines: list[Line] = []
        used = 0
        for line in (part for whole in block.lines for part in _broken(whole, per_line)):
            size = self._size(line)
            if lines and used + size > height:
                yield Block(block.asked, tuple(lines))
                lines, used = [], 0
            lines.append(line)
            used += size
        if lines:
            yield Block(block.asked, tuple(lines))

    def _size(self, line: Line) -> int:
        if isinstance(line, Grid):
            return self.metrics.box + (len(_DIGITS) + 2) * self.metrics.digit_line + GROUP_GAP
        return self.metrics.line

    def _height(self, block: Block) -> int:
        return sum(map(self._size, block.lines)) + (0 if block.asked.number % 5 else GROUP_GAP)

    def _fill(self, blocks: Sequence[Block], columns: int, height: int) -> list[list[Block]]:
        found: list[list[Block]] = [[]]
        left = height
        for block in blocks:
            size = self._height(block)
            if found[-1] and size > left + GROUP_GAP:
                if len(found) == columns:
                    break
                found.append([])
                left = height
            found[-1].append(block)
            left -= size
        return found

    def _balanced(self, blocks: Sequence[Block], columns: int, height: int) -> list[list[Block]]:
        total = sum(map(self._height, blocks))
        for lower in range(total // columns, height, GROUP_GAP):
            found = self._fill(blocks, columns, lower)
            if sum(map(len, found)) == len(blocks):
                return found
        return self._fill(blocks, columns, height)

    def _page(self, columns_of_page: Sequence[Sequence[Block]], columns: int) -> Page:
        rows, labels = self._head(), []
        boxes = [self._box(self.number_left, self.number_top, place) for place in range(self.digits)]
        for number, blocks in enumerate(columns_of_page):
            left = MARGIN + number * (self._column_width(columns) + COLUMN_GAP)
            y = self.body
            for block in blocks:
                for line in block.lines:
                    labels.append(self._label(line, left, y))
                    if isinstance(line, Strip):
                        rows.append(self._strip(block, line, left, y))
                    elif isinstance(line, Grid):
                        x = self._grid_left(left)
                        boxes += [self._box(x, y, place) for place in range(len(line.columns))]
                        rows += self._grid(block, line, x, y)
                    y += self._size(line)
                y += self._height(block) - sum(map(self._size, block.lines))
        return Page(tuple(rows), tuple(labels), tuple(boxes))

    def _head(self) -> list[Row]:
        metrics, rows = self.metrics, []
        if self.form is not None:
            codes = self._codes(self.form)
            # A longer code than two letters does not fit a bubble; it is printed above.
            spots = [Spot(code if len(code) <= 2 else "", (("value", code),)) for code in codes]
            bubbles = self._along(spots, MARGIN, self.form_line, filled=self.form)
            rows.append(Row("form", (), "one", "circle", metrics.radius, bubbles))
        top = self.number_top + metrics.box + metrics.digit_line // 2
        for place in range(self.digits):
            column = [Spot(digit, (("value", digit),)) for digit in _DIGITS]
            bubbles = self._down(column, self.number_left, top, place)
            rows.append(Row("number", (("place", place),), "one", "circle", metrics.radius, bubbles))
        return rows

    def _codes(self, form: str) -> Sequence[str]:
        """A to H, as far as there is room; a code that is none of them stands alone, since a sheet is of one form."""
        _, width = self.beside
        codes = _FORMS[: width // self.metrics.pitch]
        return codes if form in codes else (form,)

    def _along(self, spots: Sequence[Spot], start: int, y: int, *, filled: str | None = None) -> tuple[Bubble, ...]:
        """Bubbles in a line from a start that is measured from the side where reading begins."""
        pitch = self.metrics.pitch
        return tuple(
            Bubble(
                self._mirrored(start + pitch * place + pitch // 2),
                y,
                spot.text,
                spot.meaning,
                ("value", filled) in spot.meaning,
            )
            for place, spot in enumerate(spots)
        )

    def _down(self, spots: Sequence[Spot], left: int, top: int, place: int) -> tuple[Bubble, ...]:
        metrics = self.metrics
        x = left + place * metrics.digit_pitch + metrics.digit_pitch // 2
        return tuple(
            Bubble(x, top + metrics.digit_line * number, spot.text, spot.meaning) for number, spot in enumerate(spots)
        )

    def _mirrored(self, x: int) -> int:
        return self.width - x if self.rtl else x

    def _box(self, left: int, y: int, place: int) -> Box:
        pitch = self.metrics.digit_pitch
        return Box(left + place * pitch, y, pitch, self.metrics.box - GROUP_GAP // 3)

    def _label(self, line: Line, left: int, y: int) -> Label:
        middle = y + (self.metrics.box if isinstance(line, Grid) else self.metrics.line) // 2
        x = self._mirrored(left + self.metrics.label - self.metrics.radius)
        return Label(x, middle, line.label, isinstance(line, Written))

    def _strip(self, block: Block, line: Strip, left: int, y: int) -> Row:
        bubbles = self._along(line.spots, left + self.metrics.label, y + self.metrics.line // 2)
        about = self._about(block, line.label, line.part)
        return Row("answer", about, line.marks, line.shape, self.metrics.radius, bubbles)

    def _grid_left(self, left: int) -> int:
        start = left + self.metrics.label
        return self.width - start - CHARACTERS * self.metrics.digit_pitch if self.rtl else start

    def _grid(self, block: Block, line: Grid, left: int, y: int) -> Iterator[Row]:
        metrics = self.metrics
        longest = max(map(len, line.columns))
        for place, column in enumerate(line.columns):
            top = y + metrics.box + metrics.digit_line // 2 + metrics.digit_line * (longest - len(column))
            about = (*self._about(block, line.label, line.part), ("character", place))
            yield Row("answer", about, "one", "circle", metrics.radius, self._down(column, left, top, place))

    @staticmethod
    def _about(block: Block, label: str, part: Names) -> Names:
        return (*block.about, ("label", label), *part)


def _broken(line: Line, per_line: int) -> Iterator[Line]:
    """A strip in as many lines as it needs; only the first has the label."""
    if not isinstance(line, Strip) or len(line.spots) <= per_line:
        yield line
        return
    for start in range(0, len(line.spots), per_line):
        yield Strip(line.label if start == 0 else "", line.part, line.marks, line.spots[start : start + per_line])
