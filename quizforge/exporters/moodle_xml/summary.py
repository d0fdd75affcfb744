"""How a question reads in Moodle's response files: its text and its options as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from quizforge.exporters.manifest import Option
from quizforge.exporters.moodle_xml.pen import Pen
from quizforge.exporters.moodle_xml.plain import plain_of
from quizforge.markup import plain
from quizforge.model.bank import Scenario
from quizforge.model.question import Question
from quizforge.model.questions.cloze import Cloze
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.questions.ordering import Ordering
from quizforge.model.questions.single_choice import SingleChoice

_NO_OPTIONS: Mapping[str, tuple[Option, ...]] = {}
_GAP = "_____"


def text_of(question: Question, scenario: Scenario | None, pen: Pen) -> str:
    """The question text, without its options; ``_____`` stands for each gap."""
    if isinstance(question, Cloze):
        stem = plain_of(pen.dialect.cloze(question.stem, lambda _: _GAP))
    else:
        html = pen.block(question.stem)
        stem = question.stem if html == f"<p>{question.stem}</p>" else plain_of(html)
    if scenario is None:
        return stem
    title = "" if scenario.title is None else f"{scenario.title.upper()}\n\n"
    return f"{title}{plain_of(pen.block(scenario.text))}\n\n{stem}"


def options_of(question: Question, pen: Pen) -> Mapping[str, tuple[Option, ...]]:
    """The options by the field that holds them, in the order of the bank."""
    if isinstance(question, (SingleChoice, MultipleAnswer)):
        return {"choices": _read([choice.text for choice in question.choices], pen)}
    if isinstance(question, Ordering):
        return {"items": _read([item.text for item in question.items], pen)}
    if isinstance(question, Matching):
        rights = tuple(Option(right, " ".join(plain(right, "inline").split())) for right in question.rights)
        return {"left": _read([pair.left for pair in question.pairs], pen), "right": rights}
    if isinstance(question, Cloze):
        return {
            f"blanks.{name}": _read([choice.text for choice in blank.choices], pen)
            for name, blank in question.blanks.items()
            if blank.choices
        }
    return _NO_OPTIONS


def _read(texts: Iterable[str], pen: Pen) -> tuple[Option, ...]:
    inline = pen.inline
    return tuple([Option(text, text if (html := inline(text)) == text else plain_of(html)) for text in texts])
