"""One item of a quiz: what all question types have, around what each has of its own."""

from __future__ import annotations

from dataclasses import dataclass

from quizforge.exporters.canvas.body import Body, condition, field, item_feedback, told
from quizforge.exporters.canvas.pen import Pen
from quizforge.exporters.idents import ncname
from quizforge.exporters.names import name_of, shortened
from quizforge.exporters.numbers import plain_number
from quizforge.formats.canvas import (
    ESSAY,
    GENERAL_FEEDBACK,
    PARENT_STIMULUS,
    RIGHT_FEEDBACK,
    TEXT_ONLY,
    TITLE_LIMIT,
    WRONG_FEEDBACK,
)
from quizforge.formats.xml import xml_attribute, xml_text
from quizforge.model.bank import Bank, Scenario
from quizforge.model.codes.fidelity import TEXT_SHORTENED, UNWRITABLE
from quizforge.model.question import Question
from quizforge.model.questions.cloze import Cloze
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.ordering import Ordering

_SHORT = 80
_WITH_PARTS = (Matching, Ordering, Cloze)
_OUTCOMES = '<outcomes><decvar maxvalue="100" minvalue="0" varname="SCORE" vartype="Decimal"/></outcomes>\n'


@dataclass(frozen=True, slots=True)
class Setting:
    """How an item stands in its quiz.

    Attributes:
        stimulus: Ident of the scenario's item before it, or None.
        case: The scenario, where it has no item of its own and stands above the stem.
        fold_hints: Whether hints are told with the general feedback.
    """

    stimulus: str | None = None
    case: Scenario | None = None
    fold_hints: bool = False


def item_ident(bank: Bank, question: str) -> str:
    """The ident of a question's item."""
    return ncname(bank.id, "question", question)


def item_xml(question: Question, body: Body, setting: Setting, pen: Pen) -> str:
    """A question as an item.

    Args:
        question: As it is written.
        body: Its type's own part.
        setting: How it stands in the quiz.
        pen: Of its bank.
    """
    stem = _stem_xml(question, body, setting, pen)
    fields = field("question_type", body.kind)
    processing = feedback = ""
    if body.kind != TEXT_ONLY:
        fields += field("points_possible", plain_number(question.max_points)) + body.metadata
        before, after, feedback = _remarks(question, body, setting, pen)
        processing = f"<resprocessing>\n{_OUTCOMES}{before}{body.conditions}{after}</resprocessing>\n"
    if setting.stimulus is not None:
        fields += field(PARENT_STIMULUS, setting.stimulus)
    ident, title = item_ident(pen.bank, question.id), xml_attribute(_title(question, pen))
    return _item(ident, title, fields, f"{_material(stem)}{body.responses}", f"{processing}{feedback}{body.feedback}")


def text_item(ident: str, title: str, html: str) -> str:
    """A text without a question: a case that the next items share, or the heading of a section."""
    fields = field("question_type", TEXT_ONLY)
    return _item(ident, xml_attribute(title[:TITLE_LIMIT]), fields, _material(xml_text(html)), "")


def _item(ident: str, title: str, fields: str, presentation: str, rest: str) -> str:
    return (
        f'<item ident="{ident}" title="{title}">\n<itemmetadata><qtimetadata>\n{fields}</qtimetadata></itemmetadata>\n'
        f"<presentation>\n{presentation}</presentation>\n{rest}</item>\n"
    )


def _material(xml: str) -> str:
    return f'<material><mattext texttype="text/html">{xml}</mattext></material>\n'


def _stem_xml(question: Question, body: Body, setting: Setting, pen: Pen) -> str:
    if body.stem is None and not body.behind and setting.case is None:
        stem = xml = pen.block_xml(question.stem)
    else:
        stem = pen.block(question.stem) if body.stem is None else body.stem
        case = "" if setting.case is None else f"{scenario_html(setting.case, pen, titled=True)}\n"
        xml = xml_text(f"{case}{stem}{body.behind}")
    if not stem:
        pen.report(UNWRITABLE, "nothing is shown of this stem, and Canvas takes a question without text", ("stem",))
    return xml


def scenario_html(scenario: Scenario, pen: Pen, *, titled: bool) -> str:
    """A case, below its title if that is wanted."""
    text = pen.block(scenario.text)
    return text if scenario.title is None or not titled else pen.labelled(scenario.title, text)


def _remarks(question: Question, body: Body, setting: Setting, pen: Pen) -> tuple[str, str, str]:
    """Conditions before and behind those of the type, and general, right and wrong feedback.

    The feedback on right answers is not linked: both readers find it by its ident, and classic would take it for
    the feedback of each right option too (``get_feedback_id``).
    """
    general = _general_xml(question, body, setting, pen)
    right = wrong = None
    if body.kind != ESSAY:
        right, wrong = question.feedback_correct, question.feedback_incorrect
    if not general and right is wrong is None:
        return "", "", ""
    before = condition("<other/>", told(GENERAL_FEEDBACK), goes_on=True) if general else ""
    feedback = item_feedback(GENERAL_FEEDBACK, general) if general else ""
    after = ""
    if right is not None:
        feedback += item_feedback(RIGHT_FEEDBACK, pen.block_xml(right))
    if wrong is not None:
        after = condition("<other/>", told(WRONG_FEEDBACK), goes_on=True)
        feedback += item_feedback(WRONG_FEEDBACK, pen.block_xml(wrong))
    return before, after, feedback


def _general_xml(question: Question, body: Body, setting: Setting, pen: Pen) -> str:
    said = question.feedback
    fold = setting.fold_hints and question.hints
    if not (question.references or fold or body.general or isinstance(question, _WITH_PARTS)):
        return "" if said is None else pen.block_xml(said)
    html = [pen.general_html(_without_own_feedback(question, pen))[0], body.general]
    if fold:
        html += [
            pen.labelled(pen.words.say("common.hint", n=number), pen.block(hint))
            for number, hint in enumerate(question.hints, 1)
        ]
    return xml_text("\n".join(part for part in html if part))


def _without_own_feedback(question: Question, pen: Pen) -> Question:
    """A matching question without the feedback that its pairs show themselves."""
    if not (isinstance(question, Matching) and pen.profile.pair_feedback):
        return question
    bare = tuple(pair.model_copy(update={"feedback": None, "misconception": None}) for pair in question.pairs)
    return question.model_copy(update={"pairs": bare})


def _title(question: Question, pen: Pen) -> str:
    """The title, else the beginning of the stem."""
    name = _name(question, pen)
    whole = f"{pen.words['key.status.draft']}: {name}" if question.status == "draft" else name
    if len(whole) > TITLE_LIMIT:
        pen.report(TEXT_SHORTENED, f"the title is cut to Canvas' {TITLE_LIMIT} characters", ("title",))
    return shortened(whole, TITLE_LIMIT)


def _name(question: Question, pen: Pen) -> str:
    stem = question.stem
    if question.title is None and len(stem) <= _SHORT and stem in pen.plain_texts and "  " not in stem:
        return stem  # what most are
    name = name_of(question)
    if question.title is not None:
        pen.plain_xml(name, ("title",))
    elif isinstance(question, Cloze):
        for blank in question.blanks:
            name = name.replace(f"[[{blank}]]", "____")
    return name
