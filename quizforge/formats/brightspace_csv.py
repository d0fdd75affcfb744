"""Brightspace's CSV for questions: a block of rows for each, the first cell of a row says what it holds.

Source: D2L's sample file for the import into the Question Library, and "Import questions" of the Brightspace
community. Five columns; a row of empty cells ends a question, ``//`` begins a comment. The words of
:data:`SCORING` beside those in the sample are from users' accounts.
"""

from __future__ import annotations

from typing import Final, Literal

Kind = Literal["WR", "SA", "M", "MC", "TF", "MS", "O"]
"""Written response, short answer, matching, multiple choice, true or false, multi-select, ordering."""

Row = tuple[str, ...]

COLUMNS: Final = 5
LINE_END: Final = "\r\n"
BOM: Final = "\ufeff"
"""Brightspace asks for "CSV UTF-8", which begins with it."""

COMMENT: Final = "//"
NEW: Final = "NewQuestion"
HTML: Final = "HTML"
NOT_HTML: Final = "NOT HTML"
"""In the cell behind a text: how it is read. An item of an ordering needs one of them, others are plain without."""
REGEXP: Final = "regexp"
"""Behind a short answer: it is a regular expression, sought anywhere in the response, with regard to case."""

ALL_OR_NOTHING: Final = "AllOrNothing"
EQUALLY_WEIGHTED: Final = "EquallyWeighted"
SCORING: Final = frozenset({ALL_OR_NOTHING, EQUALLY_WEIGHTED, "RightAnswers", "RightMinusWrong"})
"""``RightAnswers`` also pays for each wrong option that is not ticked, so that a blank response earns points."""

DIFFICULTY: Final = {"easy": "1", "medium": "3", "hard": "5"}
"""On the form of Brightspace the scale ends at 5, in the sample file at 10; these lie on both."""

FORMULA: Final = ("=", "+", "-", "@")
"""First characters by which a spreadsheet takes a cell for a formula."""


def line(row: Row) -> str:
    """A row with all its columns, in the quotes of RFC 4180.

    Raises:
        ValueError: More cells than columns, or a line break in one, which is a fault of the exporter.
    """
    if len(row) > COLUMNS or any("\n" in cell or "\r" in cell for cell in row):
        message = f"no row of Brightspace: {row!r}"
        raise ValueError(message)
    return ",".join(map(_quoted, (*row, *("",) * (COLUMNS - len(row))))) + LINE_END


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if "," in cell or '"' in cell else cell
