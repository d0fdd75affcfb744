"""How a question reads in Moodle's response files."""

from __future__ import annotations

from quizforge.exporters.moodle.plain import plain_of
from quizforge.exporters.moodle_xml.pen import Pen
from quizforge.model.bank import Scenario
from quizforge.model.question import Question
from quizforge.model.questions.cloze import Cloze

_GAP = "_____"


def text_of(question: Question, scenario: Scenario | None, pen: Pen) -> str:
    """The question text, without its options; ``_____`` stands for each gap."""
    stem = question.stem
    if isinstance(question, Cloze):
        stem = plain_of(pen.dialect.cloze(stem, lambda _: _GAP))
    elif stem not in pen.plain_texts:
        stem = plain_of(pen.block(stem))
    if scenario is None:
        return stem
    title = "" if scenario.title is None else f"{scenario.title.upper()}\n\n"
    return f"{title}{plain_of(pen.block(scenario.text))}\n\n{stem}"
