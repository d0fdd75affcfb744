"""The essay's own elements: settings of the answer box, and what the grader reads."""

from __future__ import annotations

from quizforge.exporters.moodle_xml.body import Body
from quizforge.exporters.moodle_xml.pen import EMPTY, Pen, cdata
from quizforge.exporters.numbers import plain_number
from quizforge.model.questions.essay import Essay

LINES = (2, 3, 5, 10, 15, 20, 25, 30, 35, 40)
"""Heights of the answer box that Moodle offers (``question/type/essay/questiontype.php``, 4.5)."""

_DEFAULT_LINES = 15


def essay(question: Essay, pen: Pen) -> Body:
    """An answer box, and what helps to grade what is written into it."""
    wanted = _DEFAULT_LINES if question.lines is None else question.lines
    lines = min(LINES, key=lambda offered: (abs(offered - wanted), -offered))
    limits = (("minwordlimit", question.min_words), ("maxwordlimit", question.max_words))
    graderinfo, sources = pen.marking_html(question)
    answers = (
        "<responseformat>editor</responseformat>\n<responserequired>1</responserequired>\n"
        f"<responsefieldlines>{lines}</responsefieldlines>\n"
        f"{''.join(f'<{name}>{limit}</{name}>' + chr(10) for name, limit in limits if limit is not None)}"
        "<attachments>0</attachments>\n<attachmentsrequired>0</attachmentsrequired>\n<maxbytes>0</maxbytes>\n"
        "<filetypeslist></filetypeslist>\n"
        f'<graderinfo format="html">{pen.html(graderinfo, sources)}</graderinfo>\n'
        f'<responsetemplate format="html">{_template(question.response_template, pen)}</responsetemplate>\n'
    )
    return Body("essay", answers, plain_number(question.max_points), "0")


def _template(source: str | None, pen: Pen) -> str:
    if source is None:
        return EMPTY
    where, hint = "a response template", "put it into the stem"
    html = pen.without_images(pen.block(source), (source,), ("response_template",), where=where, hint=hint)
    return f"<text>{cdata(html)}</text>"
