"""Sizes of the sheet, in hundredths of a millimetre.

Bubbles of 4.4 mm with 1.8 mm between them are what pens fill and scanners of 150 dots per inch tell apart.
Printers leave 4 to 6 mm at the edge blank, so that nothing stands nearer to it than 7 mm.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from quizforge.formats.omr_map import CODE_CELLS, Square

PAPERS: Mapping[str, tuple[int, int]] = MappingProxyType({"a4": (21000, 29700), "letter": (21590, 27940)})
"""Width and height (ISO 216; ANSI/ASME Y14.1)."""

CORNER = 1000
"""Distance of a fiducial's centre from both edges."""
SIDE = 600
CELL_SIDE = 260
CELL_PITCH = 380
MARGIN = 1500
"""Left and right of the content."""
TOP = 1750
"""Below the fiducials and the page code."""
BOTTOM = 1700
COLUMN_GAP = 400
GROUP_GAP = 150
"""After every fifth question."""


@dataclass(frozen=True, slots=True)
class Metrics:
    """Sizes that depend on the layout.

    Attributes:
        radius: Of a bubble.
        pitch: From bubble to bubble in a strip.
        line: From strip to strip.
        digit_pitch: From column to column in a grid.
        digit_line: From row to row in a grid.
        label: Room for a question's number.
        box: Height of the boxes to write digits in.
        letter: Size of the letters in bubbles.
        text: Size of all other text.
        stroke: Width of the lines.
        caption: Room for a line of text.
    """

    radius: int
    pitch: int
    line: int
    digit_pitch: int
    digit_line: int
    label: int
    box: int
    letter: int
    text: int
    stroke: int
    caption: int


STANDARD = Metrics(
    radius=220,
    pitch=620,
    line=600,
    digit_pitch=520,
    digit_line=520,
    label=1000,
    box=620,
    letter=240,
    text=320,
    stroke=22,
    caption=520,
)
LARGE = Metrics(
    radius=400,
    pitch=1040,
    line=1050,
    digit_pitch=940,
    digit_line=900,
    label=1900,
    box=1000,
    letter=635,
    text=635,
    stroke=35,
    caption=950,
)
"""635 is 18 points."""


def fiducials(width: int, height: int) -> tuple[Square, Square, Square, Square]:
    """The squares in the corners, from the upper left one clockwise."""
    right, low = width - CORNER, height - CORNER
    return (
        Square(CORNER, CORNER, SIDE),
        Square(right, CORNER, SIDE),
        Square(right, low, SIDE),
        Square(CORNER, low, SIDE),
    )


def code_cells(width: int) -> tuple[Square, ...]:
    """The cells of the page code, centred between the upper fiducials."""
    first = (width - (CODE_CELLS - 1) * CELL_PITCH) // 2
    return tuple(Square(first + place * CELL_PITCH, CORNER, CELL_SIDE) for place in range(CODE_CELLS))
