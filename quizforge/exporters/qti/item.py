"""The item: what every version of QTI says about a question, and its document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from quizforge.exporters.numbers import plain_number
from quizforge.exporters.qti.marks import Marks, number
from quizforge.exporters.qti.tags import Tags, quoted
from quizforge.formats.qti import (
    FEEDBACK,
    FEEDBACK_GENERAL,
    FEEDBACK_RESULT,
    GENERAL,
    MAXIMUM,
    PARTLY,
    RESPONSE,
    RIGHT,
    SCORE,
    WRONG,
    XSI,
)


class Feedback(NamedTuple):
    """One piece of modal feedback.

    Attributes:
        outcome: The variable that chooses it.
        identifier: The value of the variable for which it is shown.
        html: What is shown.
    """

    outcome: str
    identifier: str
    html: str


class Entry(NamedTuple):
    """One row of a mapping: a response, what it earns, and whether case matters where the response is a text."""

    key: str
    value: Fraction
    case_sensitive: bool | None = None


class Body(NamedTuple):
    """The type's own part of an item.

    Attributes:
        html: Stem with its interactions.
        declarations: Of the response variables.
        rules: That set SCORE, and FEEDBACK where ``feedback`` has some.
        template: The standard template that does the same; None where there is none.
        feedback: On single answers.
        several: Outcomes of ``feedback`` that hold several values.
        by_hand: Whether a person gives the score.
    """

    html: str
    declarations: str = ""
    rules: str = ""
    template: str | None = None
    feedback: tuple[Feedback, ...] = ()
    several: frozenset[str] = frozenset()
    by_hand: bool = False


def declare(  # the parts of one element
    tags: Tags,
    identifier: str,
    *,
    kind: str,
    cardinality: str = "single",
    correct: Iterable[str] = (),
    entries: Sequence[Entry] = (),
    lowest: Fraction | None = None,
    highest: Fraction | None = None,
) -> str:
    """A response declaration with its right response and its mapping.

    Args:
        tags: The version's names.
        identifier: Of the variable.
        kind: Its base type.
        cardinality: ``single``, ``multiple`` or ``ordered``.
        correct: Right values; none where there is no single right response.
        entries: Of the mapping; none where there is no mapping. Other responses earn nothing.
        lowest: Bound of the sum.
        highest: Bound of the sum.
    """
    values = "".join(tags("value", quoted(value)) for value in correct)
    content = tags("correctResponse", values) if values else ""
    if entries:
        rows = "".join(
            tags(
                "mapEntry",
                mapKey=entry.key,
                mappedValue=number(entry.value),
                caseSensitive=None if entry.case_sensitive is None else str(entry.case_sensitive).lower(),
            )
            for entry in entries
        )
        content += tags(
            "mapping",
            rows,
            lowerBound=None if lowest is None else number(lowest),
            upperBound=None if highest is None else number(highest),
            defaultValue="0",
        )
    return tags("responseDeclaration", content, identifier=identifier, cardinality=cardinality, baseType=kind) + "\n"


def final_score(tags: Tags, found: Marks, points: Decimal, expression: str) -> str:
    """The rule that makes a score of a sum of marks."""
    if found.divisor is not None:
        share = tags("divide", expression + tags.base("float", str(found.divisor)))
        expression = tags("product", tags.base("float", plain_number(points)) + share)
    return tags.set(SCORE, expression)


def choose_by_response(tags: Tags, score: str, *, feedback: bool) -> str:
    """Rules of an item with one interaction: nothing for no response, else a score and feedback on what was chosen."""
    none = tags.set(SCORE, tags.base("float", "0"))
    chosen = tags.set(FEEDBACK, tags.variable(RESPONSE)) if feedback else ""
    return tags.condition([(tags.is_null(RESPONSE), none)], score + chosen)


class Comments(NamedTuple):
    """Feedback on the response as a whole, as HTML; None where the author gave none."""

    general: str | None
    right: str | None
    partly: str | None
    wrong: str | None


def document(tags: Tags, body: Body, comments: Comments, points: Decimal, **attributes: str | None) -> bytes:
    """An item.

    Args:
        tags: The version's names.
        body: The type's own part.
        comments: Feedback on the whole.
        points: The most that a response earns.
        attributes: Of the item: ``identifier``, ``title``, ``label``, ``xml_lang``.
    """
    feedback = (*body.feedback, *_of_comments(comments))
    rules = body.rules + _choosing(tags, comments, points)
    head = _outcomes(tags, body, feedback, plain_number(points))
    content = f"\n{body.declarations}{head}" + tags("itemBody", f"\n{body.html}\n") + "\n"
    if rules:
        plain = body.template is not None and not feedback
        content += (
            tags("responseProcessing", template=tags.version.template(body.template or ""))
            if plain
            else tags("responseProcessing", f"\n{rules}")
        ) + "\n"
    content += "".join(
        tags(
            "modalFeedback",
            tags.html(f"\n{found.html}\n"),
            outcomeIdentifier=found.outcome,
            identifier=found.identifier,
            showHide="show",
        )
        + "\n"
        for found in feedback
    )
    version = tags.version
    item = tags(
        "assessmentItem",
        content,
        xmlns=version.namespace,
        xmlns_xsi=XSI,
        xsi_schemaLocation=f"{version.namespace} {version.location}",
        adaptive="false",
        timeDependent="false",
        **attributes,
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{item}\n'.encode()


def _outcomes(tags: Tags, body: Body, feedback: Sequence[Feedback], points: str) -> str:
    score = tags("defaultValue", tags("value", "0"))
    human = "human" if body.by_hand and tags.version.prefix else None
    declared = (
        tags(
            "outcomeDeclaration",
            score,
            identifier=SCORE,
            cardinality="single",
            baseType="float",
            normalMaximum=points,
            normalMinimum="0",
            externalScored=human,
        )
        + "\n"
    )
    most = tags("defaultValue", tags("value", points))
    declared += tags("outcomeDeclaration", most, identifier=MAXIMUM, cardinality="single", baseType="float") + "\n"
    for outcome in dict.fromkeys(found.outcome for found in feedback):
        cardinality = "multiple" if outcome in body.several else "single"
        declared += (
            tags("outcomeDeclaration", identifier=outcome, cardinality=cardinality, baseType="identifier") + "\n"
        )
    return declared


def _of_comments(comments: Comments) -> list[Feedback]:
    rows = (
        (FEEDBACK_GENERAL, GENERAL, comments.general),
        (FEEDBACK_RESULT, RIGHT, comments.right),
        (FEEDBACK_RESULT, PARTLY, comments.partly),
        (FEEDBACK_RESULT, WRONG, comments.wrong),
    )
    return [Feedback(outcome, identifier, html) for outcome, identifier, html in rows if html is not None]


def _choosing(tags: Tags, comments: Comments, points: Decimal) -> str:
    """Rules that choose the feedback on the whole, behind those that set the score."""
    score = tags.variable(SCORE)
    full, nothing = (tags.base("float", plain_number(value)) for value in (points, Decimal(0)))
    partly = tags("and", tags("gt", score + nothing) + tags("lt", score + full))
    rules = ""
    if comments.general is not None:
        rules += tags.set(FEEDBACK_GENERAL, tags.base("identifier", GENERAL))
    branches = [
        (test, tags.set(FEEDBACK_RESULT, tags.base("identifier", identifier)))
        for html, identifier, test in (
            (comments.right, RIGHT, tags("gte", score + full)),
            (comments.partly, PARTLY, partly),
            (comments.wrong, WRONG, tags("lte", score + nothing)),
        )
        if html is not None
    ]
    return rules + tags.condition(branches)
