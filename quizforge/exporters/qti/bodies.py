"""The type's own part of each item: one case for each type."""

from __future__ import annotations

from typing_extensions import assert_never

from quizforge.exporters.qti import arranged, choice, cloze, essay, typed
from quizforge.exporters.qti.item import Body
from quizforge.exporters.qti.pen import Pen
from quizforge.model.bank import Scenario
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


def body_of(question: Question, scenario: Scenario | None, pen: Pen) -> Body:  # noqa: C901, PLR0911  # one case for each type
    """The type's own part of an item; problems and images go to the pen."""
    if isinstance(question, Cloze):
        html, body = cloze.cloze(question, pen)
        return body._replace(html=pen.stem(question, scenario, html))
    stem = pen.stem(question, scenario)
    match question:
        case SingleChoice():
            return choice.single_choice(question, stem, pen)
        case MultipleAnswer():
            return choice.multiple_answer(question, stem, pen)
        case TrueFalse():
            return choice.true_false(question, stem, pen)
        case ShortAnswer():
            return typed.short_answer(question, stem, pen)
        case Numerical():
            return typed.numerical(question, stem, pen)
        case Matching():
            return arranged.matching(question, stem, pen)
        case Ordering():
            return arranged.ordering(question, stem, pen)
        case Essay():
            return essay.essay(question, stem, pen)
        case Information():
            return Body(stem)
        case _:
            assert_never(question)
