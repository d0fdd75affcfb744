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
