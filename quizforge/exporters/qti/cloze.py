"""Texts with blanks: a box or a drop-down list for each, and a score that is summed up blank by blank."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from quizforge.exporters.arrange import choice_order
from quizforge.exporters.qti.choice import identifiers, shuffles
from quizforge.exporters.qti.item import Body, Entry, Feedback, declare, final_score
from quizforge.exporters.qti.marks import number, steps
from quizforge.exporters.qti.pen import Pen
from quizforge.exporters.qti.typed import (
    Earn,
    entry,
    number_branches,
    number_declaration,
    text_branches,
    text_declaration,
    unit_of,
)
from quizforge.formats.qti import FEEDBACK, RESPONSE, SCORE
from quizforge.model.codes.fidelity import LOOKS_ALIKE
from quizforge.model.questions.cloze import Blank, Cloze


class _Gap:
    """One blank as it is written.

    Attributes:
        html: What stands in the text.
        declaration: Of its response variable.
        rules: That add what it earns to the score.
        feedback: On its answers.
    """

    __slots__ = ("declaration", "feedback", "html", "rules")

    def __init__(self, html: str, declaration: str, rules: str, feedback: list[Feedback]) -> None:
        self.html = html
        self.declaration = declaration
        self.rules = rules
        self.feedback = feedback


def cloze(question: Cloze, pen: Pen) -> tuple[str, Body]:
    """The stem with its gaps as HTML, and everything else that belongs to them."""
    tags, total = pen.tags, question.total_weight
    shares = [Fraction(blank.weight, total) for blank in question.blanks.values()]
    earned = (
        share * credit
        for share, blank in zip(shares, question.blanks.values(), strict=True)
        for credit in _credits(blank)
    )
    found = steps(shares, earned, question.max_points)
    gaps = {
        name: _gap(question, name, blank, mark, pen)
        for (name, blank), mark in zip(question.blanks.items(), found.each, strict=True)
    }
    rules = tags.set(SCORE, tags.base("float", "0")) + "".join(gap.rules for gap in gaps.values())
    if found.divisor is not None:
        rules += final_score(tags, found, question.max_points, tags.variable(SCORE))
    body = Body(
        html="",
        declarations="".join(gap.declaration for gap in gaps.values()),
        rules=rules,
        feedback=tuple(each for gap in gaps.values() for each in gap.feedback),
    )
    return pen.dialect.cloze(question.stem, lambda name: gaps[name].html if name in gaps else ""), body


def _credits(blank: Blank) -> Iterator[Fraction]:
    """What the answers to a blank earn of its share, where it is more than nothing and less than all."""
    given = (*(choice.credit for choice in blank.choices), *(answer.credit for answer in blank.answers))
    return (Fraction(credit) / 100 for credit in given if credit is not None and credit > 0)


def _gap(question: Cloze, name: str, blank: Blank, worth: Fraction, pen: Pen) -> _Gap:
    tags, response, outcome = pen.tags, f"{RESPONSE}_{name}", f"{FEEDBACK}_{name}"
    if blank.kind == "choice":
        return _choice(question, name, blank, worth, pen)

    def earn(share: Fraction) -> str:
        return tags.add(tags.base("float", number(share * worth)))

    if blank.kind == "text":
        return _text(blank, name, earn, worth, pen)
    answers, at = (blank.number,), ("blanks", name)
    branches, feedback = number_branches(response, outcome, answers, earn, [at], pen)
    html = entry(response, pen) + unit_of(blank.unit, pen)
    return _Gap(
        html, number_declaration(response, answers, pen), tags.answered(response, tags.condition(branches)), feedback
    )


def _text(blank: Blank, name: str, earn: Earn, worth: Fraction, pen: Pen) -> _Gap:
    tags, response, outcome = pen.tags, f"{RESPONSE}_{name}", f"{FEEDBACK}_{name}"
    sensitive = blank.case_sensitive
    branches, feedback = text_branches(response, outcome, blank.answers, earn, pen, case_sensitive=sensitive)
    declaration = text_declaration(response, blank.answers, worth, ("blanks", name), pen, case_sensitive=sensitive)
    return _Gap(entry(response, pen), declaration, tags.answered(response, tags.condition(branches)), feedback)


def _choice(question: Cloze, name: str, blank: Blank, worth: Fraction, pen: Pen) -> _Gap:
    tags, response, outcome = pen.tags, f"{RESPONSE}_{name}", f"{FEEDBACK}_{name}"
    choices, names = blank.choices, identifiers(blank.choices, name)
    shares = [Fraction(1) if choice.correct else Fraction(choice.credit or 0) / 100 for choice in choices]
    key = next(index for index, choice in enumerate(choices) if choice.correct)
    entries = [Entry(ident, share * worth) for ident, share in zip(names, shares, strict=True) if share > 0]
    declaration = declare(tags, response, kind="identifier", correct=[names[key]], entries=entries)
    feedback = [
        each
        for ident, choice in zip(names, choices, strict=True)
        for each in pen.reply(outcome, ident, choice.feedback, choice.misconception)
    ]
    rules = tags.add(tags("mapResponse", identifier=response))
    if feedback:
        rules += tags.set(outcome, tags.variable(response))
    return _Gap(_list(question, name, blank, names, pen), declaration, tags.answered(response, rules), feedback)


def _list(question: Cloze, name: str, blank: Blank, names: list[str], pen: Pen) -> str:
    """A drop-down list, which holds plain text only."""
    tags, choices, at = pen.tags, blank.choices, ("blanks", name, "choices")
    shuffle = shuffles(choices, shuffle=question.shuffle)
    seen: dict[str, int] = {}
    options = ""
    for index in choice_order(choices, (pen.bank.id, question.id, name), shuffle=question.shuffle):
        choice = choices[index]
        text = pen.flat(choice.text, (*at, index, "text"))
        twin = seen.setdefault(text, index)
        if twin != index:
            message = f"'{choice.text}' and '{choices[twin].text}' are the same plain text"
            hint = "let them differ in more than markup"
            pen.report(LOOKS_ALIKE, message, (*at, index, "text"), hint=hint, severity="error")
        fixed = "true" if shuffle and choice.pin else None
        options += tags("inlineChoice", pen.dialect.escape(text), identifier=names[index], fixed=fixed)
    return tags(
        "inlineChoiceInteraction", options, responseIdentifier=f"{RESPONSE}_{name}", shuffle=str(shuffle).lower()
    )
