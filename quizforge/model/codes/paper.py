"""QF670 to QF699: paper exams and class lists."""

from __future__ import annotations

from quizforge.model.diagnostic import Code

UNMARKABLE_NUMBER = Code(
    "QF670", "unmarkable-number", "warning", "A number whose accepted values do not fit the columns of a bubble sheet."
)
