"""Questions whose parts are brought together or into order."""

from __future__ import annotations

from quizforge.exporters.manifest import Texts
from quizforge.exporters.moodle_xml.body import Body, combined_feedback, scored
from quizforge.exporters.moodle_xml.choice import tell_apart
from quizforge.exporters.moodle_xml.pen import Pen
from quizforge.markup import plain
from quizforge.model.codes.fidelity import (
    FORMATTING_LOST,
    HARD_TO_EDIT,
    IMAGE_REFUSED,
    LOOKS_ALIKE,
    OVER_LIMIT,
    UNWRITABLE,
)
from quizforge.model.diagnostic import Path
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.ordering import Ordering

MATCH_LIMIT = 255
"""Characters of a right side (``qtype_match_subquestions.answertext``)."""

_HEAD = 7
"""Characters of an item that a response file shows before its dots."""


def matching(question: Matching, pen: Pen) -> Body:
    """Left sides as HTML, right sides as plain text; only for ``per_pair``."""
    sides = [
        f'<subquestion format="html">{pen.inline_text(pair.left)}'
        f"<answer><text>{_right(pair.right, ('pairs', index, 'right'), pen)}</text></answer></subquestion>\n"
        for index, pair in enumerate(question.pairs)
    ]
    sides += [
        '<subquestion format="html"><text></text>'
        f"<answer><text>{_right(other.text, ('distractors', index), pen)}</text></answer></subquestion>\n"
        for index, other in enumerate(question.distractors)
    ]
    lefts = pen.read(pair.left for pair in question.pairs)
    rights = Texts(question.rights, [flat(right) for right in question.rights])
    tell_apart(lefts, "pairs", "left", pen)
    _check_rights(rights, pen)
    shuffle = "true" if question.shuffle else "false"
    head = f"<shuffleanswers>{shuffle}</shuffleanswers>\n{combined_feedback(question, pen)}<shownumcorrect/>\n"
    options = {"left": lefts, "right": rights}
    return scored("matching", question, head + "".join(sides), parts=True, options=options)


def flat(source: str) -> str:
    """Inline Markdown as one line of plain text."""
    return " ".join(plain(source, "inline").split())


def _right(source: str, at: Path, pen: Pen) -> str:
    text, html = flat(source), pen.inline(source)
    if pen.dialect.media_of(source):
        message = "Moodle cannot show an image on the right side"
        pen.report(IMAGE_REFUSED, message, at, hint="put it on the left, or describe it")
    elif "<" in html or "\\(" in html:
        pen.report(FORMATTING_LOST, f"Moodle shows this right side as plain text: '{text}'", at)
    if not text:
        pen.report(UNWRITABLE, "nothing is left of this right side as plain text", at)
    if len(text) > MATCH_LIMIT:
        pen.report(OVER_LIMIT, f"a right side of {len(text)} characters; Moodle takes {MATCH_LIMIT}", at)
    return pen.plain(text, at)


def _check_rights(rights: Texts, pen: Pen) -> None:
    written: dict[str, str] = {}
    for right, text in zip(rights.written, rights.shown or (), strict=True):
        twin = written.setdefault(text, right)
        if twin != right:
            message = f"'{right}' and '{twin}' are the same plain text, so that Moodle takes either for both"
            pen.report(LOOKS_ALIKE, message, ("pairs",), hint="let them differ in more than markup", severity="error")
    if len(written) < 3:
        message = f"{len(written)} answers; Moodle's editing form asks for three"
        pen.report(HARD_TO_EDIT, message, ("pairs",), hint="add a distractor")


def ordering(question: Ordering, pen: Pen) -> Body:
    """All items, in the right order; Moodle shuffles them."""
    grading = "ABSOLUTE_POSITION" if question.scoring == "position" else "ALL_OR_NOTHING"
    items = "".join(
        f'<answer fraction="{index + 1}" format="html">{pen.inline_text(item.text)}</answer>\n'
        for index, item in enumerate(question.items)
    )
    options = pen.read(item.text for item in question.items)
    _check_items(options, pen)
    head = (
        "<layouttype>VERTICAL</layouttype>\n<selecttype>ALL</selecttype>\n"
        f"<selectcount>{len(question.items)}</selectcount>\n<gradingtype>{grading}</gradingtype>\n"
        "<showgrading>SHOW</showgrading>\n<numberingstyle>none</numberingstyle>\n"
        f"{combined_feedback(question, pen)}<shownumcorrect>1</shownumcorrect>\n"
    )
    return scored("ordering", question, head + items, parts=True, options={"items": options})


def _check_items(items: Texts, pen: Pen) -> None:
    """Moodle tells items apart by their HTML, and cuts them to ten characters in response files."""
    whole: dict[str, int] = {}
    heads: dict[str, int] = {}
    for index, (text, shown) in enumerate(zip(items.written, items.shown or items.written, strict=True)):
        html = pen.inline(text).strip()
        at = ("items", index, "text")
        if whole.setdefault(html, index) != index:
            message = "two items are the same to Moodle, and one of them could never be right"
            pen.report(LOOKS_ALIKE, message, at, severity="error")
            continue
        twin = heads.setdefault(shown[:_HEAD].casefold(), index)
        if twin != index:
            message = f"Moodle's response files cut items after {_HEAD} characters; this looks like items[{twin}] there"
            pen.report(LOOKS_ALIKE, message, at, hint="let them begin differently")
