"""Questions whose parts are brought together or into order: matching, ordering."""

from __future__ import annotations

from quizforge.exporters.arrange import item_order, left_order, right_order
from quizforge.exporters.canvas.body import Body, condition, equals, field, item_feedback, label, scores, share, told
from quizforge.exporters.canvas.choice import option_xml
from quizforge.exporters.canvas.pen import Pen
from quizforge.exporters.idents import DigitIdents
from quizforge.formats.canvas import (
    MATCHING,
    OPTION_FEEDBACK_SUFFIX,
    ORDERING,
    RESPONSE,
    RESPONSE_PREFIX,
    SCORING_ALGORITHM,
)
from quizforge.formats.xml import xml_text
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.ordering import Ordering


def matching(question: Matching, pen: Pen) -> Body:
    """Left sides as HTML, right sides as plain text. The labels of all left sides are the same."""
    idents = DigitIdents()
    rights = right_order(question, pen.bank.id)
    names = {right: idents.new("right", right) for right in rights}
    labels = "".join(label(names[right], right_xml(right, question, pen), kind="text/plain") for right in rights)
    lefts, scored, replies, feedback = [], [], [], []
    part = share(len(question.pairs))
    for index in left_order(question, pen.bank.id):
        pair = question.pairs[index]
        number = idents.new("left", pair.left)
        response = f"{RESPONSE_PREFIX}{number}"
        lefts.append(
            f'<response_lid ident="{response}"><material><mattext texttype="text/html">{option_xml(pair.left, pen)}'
            f"</mattext></material><render_choice>\n{labels}</render_choice></response_lid>\n"
        )
        right = equals(names[pair.right], response)
        scored.append(condition(right, scores(part, "Add"), goes_on=True))
        said = pen.reply_xml(pair.feedback, pair.misconception) if pen.profile.pair_feedback else ""
        if said:
            name = f"{number}{OPTION_FEEDBACK_SUFFIX}"
            # Behind the scoring: classic keeps the feedback of the last condition that names the left side.
            replies.append(condition(f"<not>{right}</not>", told(name), goes_on=True))
            feedback.append(item_feedback(name, said))
    whole = question.scoring == "all_or_nothing"
    return Body(
        MATCHING,
        "".join(lefts),
        "".join((*scored, *replies)),
        "".join(feedback),
        field(SCORING_ALGORITHM, "DeepEquals" if whole else "PartialDeep"),
    )


def right_xml(right: str, question: Matching, pen: Pen) -> str:
    """A right side, which New Quizzes reads as HTML though it is called plain text."""
    at = ("pairs", next((i for i, pair in enumerate(question.pairs) if pair.right == right), 0), "right")
    text = pen.flat(right, at)
    return pen.plain_xml(xml_text(text) if pen.profile.rights_are_html else text, at)


def ordering(question: Ordering, pen: Pen) -> Body:
    """Items to be brought into order, all or nothing; New Quizzes only."""
    idents = DigitIdents()
    names = [idents.new("item", item.text) for item in question.items]
    labels = "".join(
        label(names[index], option_xml(question.items[index].text, pen)) for index in item_order(question, pen.bank.id)
    )
    responses = (
        f'<response_lid ident="{RESPONSE}" rcardinality="Ordered"><render_extension><ims_render_object shuffle="No">'
        f"<flow_label>\n{labels}</flow_label></ims_render_object></render_extension></response_lid>\n"
    )
    return Body(ORDERING, responses, condition("".join(map(equals, names)), scores("100")))
