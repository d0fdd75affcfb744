"""The essay's own elements: settings of the answer box, and what the grader reads."""

from __future__ import annotations

from fractions import Fraction

from quizforge.exporters.moodle_xml.body import Body
from quizforge.exporters.moodle_xml.decimals import plain_number
from quizforge.exporters.moodle_xml.pen import EMPTY, Pen, cdata
from quizforge.model.questions.essay import Criterion, Essay

LINES = (2, 3, 5, 10, 15, 20, 25, 30, 35, 40)
"""Heights of the answer box that Moodle offers (``question/type/essay/questiontype.php``, 4.5)."""

_DEFAULT_LINES = 15


def essay(question: Essay, pen: Pen) -> Body:
    """An answer box, and what helps to grade what is written into it."""
    wanted = _DEFAULT_LINES if question.lines is None else question.lines
    lines = min(LINES, key=lambda offered: (abs(offered - wanted), -offered))
    limits = (("minwordlimit", question.min_words), ("maxwordlimit", question.max_words))
    graderinfo, sources = _grader_info(question, pen)
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


def _grader_info(question: Essay, pen: Pen) -> tuple[str, list[str]]:
    words = pen.words
    html: list[str] = []
    sources: list[str] = []
    if question.model_answer is not None:
        html.append(pen.labelled(words["common.model_answer"], pen.block(question.model_answer)))
        sources.append(question.model_answer)
    if question.rubric:
        rows = "\n".join(_criterion(row, pen) for row in question.rubric)
        html.append(pen.labelled(words["common.rubric"], f"<ul>\n{rows}\n</ul>"))
        sources += [level.text for row in question.rubric for level in row.levels]
        html += _rescaled(question, pen)
    for index, sample in enumerate(question.sample_answers):
        label = words.say("key.sample", n=index + 1, points=words.count("common.points", sample.points))
        html.append(pen.labelled(label, pen.block(sample.text)))
        sources.append(sample.text)
        if sample.reason is not None:
            html.append(pen.labelled(words["key.reason"], pen.block(sample.reason)))
            sources.append(sample.reason)
    return "\n".join(html), sources


def _criterion(row: Criterion, pen: Pen) -> str:
    levels = "\n".join(
        f"<li><p>{pen.dialect.escape(pen.words.count('common.points', level.points))}</p>\n{pen.block(level.text)}</li>"
        for level in row.levels
    )
    return f"<li><p>{pen.dialect.escape(row.criterion)}</p>\n<ul>\n{levels}\n</ul></li>"


def _rescaled(question: Essay, pen: Pen) -> list[str]:
    """How rubric points become the question's points, where the two maxima differ."""
    maximum = question.rubric_points
    if not maximum or question.max_points == maximum:
        return []
    factor = Fraction(question.max_points) / Fraction(maximum)
    digits = plain_number(question.max_points) + "/" + plain_number(maximum)
    exact = pen.words.number(question.max_points / maximum) if _finite(factor) else digits
    rubric = pen.words.count("common.points", maximum)
    return [f"<p>{pen.dialect.escape(pen.words.say('key.rescaled', rubric=rubric, factor=exact))}</p>"]


def _finite(value: Fraction) -> bool:
    """Whether a fraction is a short decimal."""
    return 1_000_000 % value.denominator == 0
