"""The elements that every Moodle question has: its text, general feedback, hints and tags."""

from __future__ import annotations

from quizforge.exporters.moodle.case import scenario_html
from quizforge.exporters.moodle.labels import TAG_LIMIT, tags_of
from quizforge.exporters.moodle_xml.body import Body
from quizforge.exporters.moodle_xml.cloze import inert
from quizforge.exporters.moodle_xml.pen import EMPTY, Pen
from quizforge.model.bank import Scenario
from quizforge.model.codes.fidelity import OVER_LIMIT, UNWRITABLE
from quizforge.model.question import Question
from quizforge.model.questions.cloze import Cloze
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.ordering import Ordering

_WITH_PARTS = (Matching, Ordering, Cloze)
_WITHOUT_HINTS = frozenset({"essay", "description"})


def question_text(question: Question, scenario: Scenario | None, body: Body, pen: Pen) -> str:
    """The stem as ``<text>``, below the case that it belongs to."""
    if scenario is None and body.stem is None and question.stem in pen.plain_texts:
        return pen.text(question.stem)
    html = pen.block(question.stem) if body.stem is None else body.stem
    if not html:
        pen.report(UNWRITABLE, "nothing is shown of this stem, and Moodle takes a question without text", ("stem",))
    if scenario is None:
        return pen.html(html, (question.stem,))
    case = scenario_html(scenario, pen)
    if body.kind == "cloze":
        case = inert(case)
    return pen.html(f"{case}\n{html}", (scenario.text, question.stem))


def general_feedback(question: Question, pen: Pen) -> str:
    """Feedback on the question as a whole, then on its parts where Moodle has no place for it, then its sources."""
    if not question.references and not isinstance(question, _WITH_PARTS):
        return pen.text(question.feedback)
    html, sources = pen.general_html(question)
    return pen.html(html, sources) if html else EMPTY


def hints(question: Question, body: Body, pen: Pen) -> str:
    """A ``<hint>`` for each hint; essays and descriptions have none in Moodle."""
    if not question.hints or body.kind in _WITHOUT_HINTS:
        return ""
    told = "<shownumcorrect/>" if body.parts else ""
    return "".join(f'<hint format="html">{pen.text(hint)}{told}</hint>\n' for hint in question.hints)


def tags(question: Question, pen: Pen) -> str:
    """``<tags>``, or nothing."""
    found = tags_of(question)
    if not found:
        return ""
    for index, tag in enumerate(found):
        if len(tag) > TAG_LIMIT:
            message = f"a tag of {len(tag)} characters; Moodle takes {TAG_LIMIT}"
            pen.report(OVER_LIMIT, message, ("tags", min(index, len(question.tags) - 1)))
    written = [f"<tag><text>{pen.plain(tag, ('tags',))}</text></tag>" for tag in found]
    return f"<tags>{''.join(written)}</tags>\n"
