"""The type's own part of each question: one case for each type."""

from __future__ import annotations

from typing_extensions import assert_never

from quizforge.exporters.moodle_xml import arranged, choice, cloze, essay, typed
from quizforge.exporters.moodle_xml.body import Body, penalty_of, report_points
from quizforge.exporters.moodle_xml.pen import Pen
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
    """The type's own part of a question that Moodle can hold; problems go to the pen."""
    match question:
        case SingleChoice():
            return choice.single_choice(question, pen)
        case MultipleAnswer():
            return choice.multiple_answer(question, pen)
        case TrueFalse():
            return typed.true_false(question, pen)
        case ShortAnswer():
            return typed.short_answer(question, pen)
        case Numerical():
            return typed.numerical(question, pen)
        case Matching():
            return arranged.matching(question, pen)
        case Ordering():
            return arranged.ordering(question, pen)
        case Cloze():
            return _cloze(question, pen)
        case Essay():
            return essay.essay(question, pen)
        case Information():
            return Body("description", "", "0", "0")
        case _:
            assert_never(question)


def _cloze(question: Cloze, pen: Pen) -> Body:
    blanks = question.blanks.values()
    marks, points_differ = cloze.whole_marks([blank.weight for blank in blanks], question.max_points)
    if points_differ:
        report_points(question.max_points, sum(marks), pen)
    stem = cloze.stem_of(question, marks, pen)
    options = {
        f"blanks.{name}": pen.read(choice.text for choice in blank.choices)
        for name, blank in question.blanks.items()
        if blank.choices
    }
    return Body("cloze", "", None, penalty_of(question), parts=True, stem=stem, options=options)
