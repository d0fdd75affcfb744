"""QF670 to QF699: paper exams and class lists."""

from __future__ import annotations

from quizforge.model.diagnostic import Code

UNMARKABLE_NUMBER = Code(
    "QF670", "unmarkable-number", "warning", "A number whose accepted values do not fit the columns of a bubble sheet."
)
UNREADABLE_LIST = Code("QF671", "unreadable-class-list", "error", "A class list that is not text in UTF-8.")
MISSING_COLUMN = Code("QF672", "missing-column", "error", "A class list without a column that it needs, or with two.")
UNUSED_COLUMN = Code("QF673", "unused-column", "warning", "A column of a class list that nothing is made of.")
MALFORMED_ROW = Code("QF674", "malformed-row", "error", "A row of a class list that cannot be divided into its cells.")
MISSING_CELL = Code("QF675", "missing-cell", "error", "A row of a class list without a name or an id.")
DUPLICATE_CANDIDATE = Code(
    "QF676", "duplicate-candidate", "error", "Two rows of a class list with ids that a bubble sheet cannot tell apart."
)
UNMARKABLE_ID = Code("QF677", "unmarkable-id", "error", "An id that cannot be marked on a bubble sheet.")
UNKNOWN_FORM = Code("QF678", "unknown-form", "error", "A row of a class list with a form that the quiz does not have.")
UNKNOWN_LAYOUT = Code("QF679", "unknown-layout", "error", "A row of a class list with a layout that does not exist.")
FORMULA_CELL = Code("QF680", "formula-cell", "error", "A cell of a class list that a spreadsheet would run.")
BAD_EXTRA_TIME = Code("QF681", "bad-extra-time", "error", "Extra time that is neither minutes nor a percentage.")
EMPTY_LIST = Code("QF682", "empty-class-list", "error", "A class list without a candidate.")
