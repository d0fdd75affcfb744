"""The type's own part of each item: one case for each type."""

from __future__ import annotations

from typing_extensions import assert_never

from quizforge.exporters.canvas import arranged, blanks, choice, essay, typed
from quizforge.exporters.canvas.body import Body
from quizforge.exporters.canvas.pen import Pen
from quizforge.formats.canvas import TEXT_ONLY
from quizforge.model.question import Question
from quizforge.model.questions.cloze import Cloze
from quizforge.model.questions.essay import Essay
from quizforge.model.questions.information import Information
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.questions.numerical import Numerical
from quizforge.model.questions.ordering import Ordering
from quizforge.model.questions.short_answer import ShortAnswer
from quizforge.model.questions.single_choice import SingleChoice
from quizforge.model.questions.true_false import TrueFalse


def body_of(question: Question, pen: Pen) -> Body:  # noqa: C901, PLR0911  # one case for each type
    """The type's own part of a question that was admitted; problems go to the pen."""
    match question:
        case SingleChoice():
            return choice.single_choice(question, pen)
        case MultipleAnswer():
            return choice.multiple_answer(question, pen)
        case TrueFalse():
            return choice.true_false(question, pen)
        case ShortAnswer():
            return typed.short_answer(question, pen)
        case Numerical():
            return typed.numerical(question, pen)
        case Matching():
            return arranged.matching(question, pen)
        case Ordering():
            return arranged.ordering(question, pen)
        case Cloze():
            return blanks.cloze(question, pen)
        case Essay():
            return essay.essay(question, pen)
        case Information():
            return Body(TEXT_ONLY)
        case _:
            assert_never(question)
