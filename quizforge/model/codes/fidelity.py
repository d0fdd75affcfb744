"""QF5xx: what an export cannot hold."""

from __future__ import annotations

from quizforge.model.diagnostic import Code

FIELD_DROPPED = Code("QF501", "field-dropped", "info", "A field that the target format cannot hold is left out.")
TYPE_LOWERED = Code("QF502", "type-lowered", "info", "A question type is written as another one that scores the same.")
SCORE_LOWERED = Code(
    "QF503", "score-lowered", "warning", "A question earns less in the target format than in the bank."
)
QUESTION_REFUSED = Code(
    "QF504", "question-refused", "warning", "A question that the target format cannot hold is left out."
)
OVER_LIMIT = Code("QF505", "over-limit", "error", "A text or value is longer or larger than the target format takes.")
LOOKS_ALIKE = Code(
    "QF506", "looks-alike", "warning", "Options that the target shows or reports alike, though they differ in the bank."
)
FORMATTING_LOST = Code(
    "QF507", "formatting-lost", "info", "Markup or maths in a place where the target format takes plain text only."
)
IMAGE_REFUSED = Code("QF508", "image-refused", "error", "An image in a place where the target format takes none.")
UNWRITABLE = Code("QF509", "unwritable", "error", "A question holds something that the target format cannot express.")
POINTS_DIFFER = Code("QF510", "points-differ", "info", "A question has other points in the target, in the same shares.")
NUMBER_ROUNDED = Code("QF511", "number-rounded", "warning", "A number has more digits than the target keeps.")
ORDER_FIXED = Code("QF512", "order-fixed", "info", "Options are not shuffled, since the target cannot pin one of them.")
HARD_TO_EDIT = Code(
    "QF513", "hard-to-edit", "info", "The target takes the question, but its own editing form would ask for more."
)
TEXT_SHORTENED = Code("QF514", "text-shortened", "info", "A title is cut to the length that the target takes.")
LOCK_OUTDATED = Code(
    "QF520", "lock-outdated", "error", "A locked export would change the lock file that gives notes their times."
)
FORMULA_CELL = Code(
    "QF540", "formula-cell", "warning", "A text at the start of a cell that a spreadsheet would take for a formula."
)
