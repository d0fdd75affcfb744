"""What a question type adds to the common elements of an item, and the small elements that types share."""

from __future__ import annotations

from typing import NamedTuple

from quizforge.formats.canvas import OPTION_FEEDBACK_SUFFIX, RESPONSE


class Body(NamedTuple):
    """The part of an item that depends on its type; a tuple, since one is made for every question.

    Attributes:
        kind: Canvas' name of the type.
        responses: Elements behind the stem.
        conditions: ``respcondition`` elements.
        feedback: ``itemfeedback`` elements of options.
        metadata: Further metadata fields.
        stem: HTML of the question text, without the scenario; None where it is the rendered stem.
        behind: HTML that follows the stem.
        general: HTML of general feedback that only this type has.
        fixed: Whether the options must stand as they are written.
    """

    kind: str
    responses: str = ""
    conditions: str = ""
    feedback: str = ""
    metadata: str = ""
    stem: str | None = None
    behind: str = ""
    general: str = ""
    fixed: bool = False


def field(label: str, value: str) -> str:
    """A metadata field; the value is XML already."""
    return f"<qtimetadatafield><fieldlabel>{label}</fieldlabel><fieldentry>{value}</fieldentry></qtimetadatafield>\n"


def item_feedback(ident: str, xml: str) -> str:
    """Feedback under an ident; without ``flow_mat`` New Quizzes reads nothing."""
    return (
        f'<itemfeedback ident="{ident}"><flow_mat><material><mattext texttype="text/html">{xml}</mattext></material>'
        "</flow_mat></itemfeedback>\n"
    )


def told(ident: str) -> str:
    """That the feedback of an ident is shown."""
    return f'<displayfeedback feedbacktype="Response" linkrefid="{ident}"/>'


def condition(when: str, then: str, *, goes_on: bool = False, mark: str = "") -> str:
    """A condition and what follows from it.

    Args:
        when: Inside of ``conditionvar``.
        then: ``setvar`` and ``displayfeedback`` elements.
        goes_on: Whether later conditions count too.
        mark: A further attribute.
    """
    return (
        f'<respcondition continue="{"Yes" if goes_on else "No"}"{mark}>'
        f"<conditionvar>{when}</conditionvar>{then}</respcondition>\n"
    )


def equals(ident: str, response: str = RESPONSE, *, attributes: str = "") -> str:
    """That a response is a label or a text."""
    return f'<varequal respident="{response}"{attributes}>{ident}</varequal>'


def scores(number: str, action: str = "Set") -> str:
    """Points in per cent."""
    return f'<setvar action="{action}" varname="SCORE">{number}</setvar>'


def label(ident: str, xml: str, *, kind: str = "text/html", attributes: str = "") -> str:
    """An option."""
    return (
        f'<response_label ident="{ident}"{attributes}><material><mattext texttype="{kind}">{xml}</mattext></material>'
        "</response_label>\n"
    )


def option_feedback(ident: str, xml: str, response: str = RESPONSE) -> tuple[str, str]:
    """The condition that tells the feedback of an option, and the feedback; both empty where there is none."""
    if not xml:
        return "", ""
    name = f"{ident}{OPTION_FEEDBACK_SUFFIX}"
    return condition(equals(ident, response), told(name), goes_on=True), item_feedback(name, xml)


def typed(kind: str) -> str:
    """A field to type into."""
    return (
        f'<response_str ident="{RESPONSE}" rcardinality="Single"><render_fib{kind}>'
        '<response_label ident="answer1" rshuffle="No"/></render_fib></response_str>\n'
    )


def share(count: int) -> str:
    """The part that one of several earns, in per cent with two decimals."""
    return f"{100 / count:.2f}".rstrip("0").rstrip(".")
