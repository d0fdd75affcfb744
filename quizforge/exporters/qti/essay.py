"""Essays: a box for a long text, and what helps a person to mark it."""

from __future__ import annotations

from quizforge.exporters.qti.item import Body, declare
from quizforge.exporters.qti.pen import Pen
from quizforge.formats.qti import RESPONSE
from quizforge.model.questions.essay import Essay

_LINES = 10
_CHARACTERS_PER_WORD = 7


def essay(question: Essay, stem: str, pen: Pen) -> Body:
    """The task with its limits and outline; rubric, model answer and marked answers are for the scorer's eyes."""
    tags = pen.tags
    parts = [stem]
    limits = _limits(question, pen)
    if limits:
        parts.append(pen.own(limits))
    if question.response_template is not None:
        outline = pen.shown(question.response_template)
        parts.append(f'<div class="qf-outline">\n{pen.own(pen.words["exam.outline"])}\n{outline}\n</div>')
    parts.append(
        tags(
            "extendedTextInteraction",
            responseIdentifier=RESPONSE,
            expectedLines=str(_LINES if question.lines is None else question.lines),
            expectedLength=None if question.max_words is None else str(question.max_words * _CHARACTERS_PER_WORD),
        )
    )
    marking = pen.noted(pen.marking_html(question))
    if marking:
        use = "scoring" if tags.version.content_body else None
        parts.append(tags("rubricBlock", tags.html(f"\n{marking}\n"), view="scorer", use=use))
    return Body("\n".join(parts), declare(tags, RESPONSE, kind="string"), by_hand=True)


def _limits(question: Essay, pen: Pen) -> str:
    low, high = question.min_words, question.max_words
    if low is not None and high is not None:
        return pen.words.say("exam.words.between", low=low, high=high)
    if low is not None:
        return pen.words.say("exam.words.least", low=low)
    return "" if high is None else pen.words.say("exam.words.most", high=high)
