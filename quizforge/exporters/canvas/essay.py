"""Essays: limits for the writer, and what the grader reads."""

from __future__ import annotations

from quizforge.exporters.canvas.body import Body, condition, field
from quizforge.exporters.canvas.pen import Pen
from quizforge.formats.canvas import ESSAY, GRADING_NOTES, RESPONSE
from quizforge.formats.xml import xml_text
from quizforge.model.questions.essay import Essay


def essay(question: Essay, pen: Pen) -> Body:
    """A text to write.

    New Quizzes has notes for the grader and limits of words; for classic, the notes go to the general feedback, which
    SpeedGrader shows, and the limits into the text.
    """
    notes, _ = pen.marking_html(question)
    behind = _outline(question, pen)
    metadata = general = attributes = ""
    if pen.profile.notes:
        metadata = field(GRADING_NOTES, xml_text(notes)) if notes else ""
        attributes = _limits(question)
    else:
        general = notes
        behind += _limits_html(question, pen)
    responses = (
        f'<response_str ident="{RESPONSE}" rcardinality="Single"{attributes}><render_fib>'
        '<response_label ident="answer1" rshuffle="No"/></render_fib></response_str>\n'
    )
    return Body(ESSAY, responses, condition("<other/>", ""), metadata=metadata, behind=behind, general=general)


def _outline(question: Essay, pen: Pen) -> str:
    """The template as text below the stem, since the field itself begins empty."""
    if question.response_template is None:
        return ""
    return "\n" + pen.labelled(pen.words["exam.outline"], pen.block(question.response_template))


def _limits(question: Essay) -> str:
    if question.min_words is None and question.max_words is None:
        return ""
    least = "" if question.min_words is None else f' word_limit_min="{question.min_words}"'
    most = "" if question.max_words is None else f' word_limit_max="{question.max_words}"'
    return f' word_count="Yes" word_limit_enabled="Yes"{least}{most}'


def _limits_html(question: Essay, pen: Pen) -> str:
    low, high = question.min_words, question.max_words
    if low is not None and high is not None:
        text = pen.words.say("exam.words.between", low=low, high=high)
    elif low is not None:
        text = pen.words.say("exam.words.least", low=low)
    elif high is not None:
        text = pen.words.say("exam.words.most", high=high)
    else:
        return ""
    return f"\n<p>{pen.dialect.escape(text)}</p>"
