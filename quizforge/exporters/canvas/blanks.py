"""Cloze questions: blanks to type, blanks to choose for, and both where the reader takes both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from quizforge.exporters.arrange import choice_order
from quizforge.exporters.canvas.body import Body, condition, equals, label, option_feedback, scores, share
from quizforge.exporters.canvas.pen import Pen, flattened
from quizforge.exporters.canvas.typed import accepted, literal_text, not_accepted
from quizforge.exporters.idents import DigitIdents
from quizforge.exporters.rungs import spellings
from quizforge.formats.canvas import BLANKS, DROPDOWNS, RESPONSE_PREFIX, blank_prefix
from quizforge.markup import blank_names
from quizforge.model.arrangement import in_numeric_order
from quizforge.model.questions.cloze import Blank, Cloze

_IN_CHOICES: Final = ' scoring_algorithm="TextInChoices" answer_type="openEntry"'
_EXACT: Final = ' scoring_algorithm="TextEquivalence" answer_type="openEntry"'
_DROPDOWN: Final = ' scoring_algorithm="Equivalence" answer_type="dropdown"'


class Option(NamedTuple):
    """A label of a blank.

    Attributes:
        ident: Digits, unlike any other in the item.
        xml: Its plain text, escaped once.
        said: Its feedback as the content of a ``text/html`` element.
        right: Whether it is the one that the scoring names.
        attributes: Of the label.
    """

    ident: str
    xml: str
    said: str
    right: bool
    attributes: str = ""


def cloze(question: Cloze, pen: Pen) -> Body:
    """Blanks of equal shares, in the order of the text. The stem shows each as its name in brackets."""
    kinds = {blank.kind for blank in question.blanks.values()}
    choosing = kinds == {"choice"}
    rich = pen.profile.mixed and not choosing and ("choice" in kinds or _case_matters(question))
    order = [name for name, _, _ in blank_names(question.stem)]
    writer = _Writer(question, pen, choosing=choosing, rich=rich)
    options = {name: writer.options(name) for name in order}
    names = _names(question, order, pen)
    hints = {name: writer.beside(name) for name in order}
    stem = pen.dialect.cloze(question.stem, lambda name: f"[{names[name]}]{hints[name]}")
    pen.see(question.stem)
    scored, replies, feedback = [], [], []
    part = share(len(order))
    for name in order:
        response = f"{RESPONSE_PREFIX}{names[name]}"
        key = next(option for option in options[name] if option.right)
        scored.append(condition(equals(key.ident, response), scores(part, "Add"), goes_on=True))
        for option in options[name]:
            reply, shown = option_feedback(option.ident, option.said, response)
            replies.append(reply)
            feedback.append(shown)
    # New Quizzes takes the first condition of a blank for the right one, but the last where kinds are mixed.
    conditions = (*replies, *scored) if rich else (*scored, *replies)
    return Body(
        DROPDOWNS if choosing else BLANKS,
        "".join(_response(names[name], options[name]) for name in order),
        "".join(conditions),
        "".join(feedback),
        stem=stem,
        general="\n".join(filter(None, writer.general)),
        fixed=any(_fixed(question, blank) for blank in question.blanks.values()),
    )


def _case_matters(question: Cloze) -> bool:
    return any(blank.kind == "text" and blank.case_sensitive for blank in question.blanks.values())


def _fixed(question: Cloze, blank: Blank) -> bool:
    texts = [choice.text for choice in blank.choices]
    pinned = any(choice.pin for choice in blank.choices)
    return bool(texts) and (pinned or not question.shuffle or in_numeric_order(texts))


def _names(question: Cloze, order: Sequence[str], pen: Pen) -> Mapping[str, str]:
    """Names of the blanks in the file; the author's might tell something, and might stand in brackets in the text."""
    texts = [pen.dialect.cloze(question.stem, lambda _: "")]
    if question.scenario is not None:
        texts.append(pen.block(pen.bank.scenario_by_id[question.scenario].text))
    prefix = blank_prefix("\n".join(texts))
    return {name: f"{prefix}{number}" for number, name in enumerate(order, 1)}


def _response(name: str, options: Sequence[Option]) -> str:
    labels = "".join(
        label(option.ident, option.xml, kind="text/plain", attributes=option.attributes) for option in options
    )
    return (
        f'<response_lid ident="{RESPONSE_PREFIX}{name}"><material><mattext>{name}</mattext></material>'
        f"<render_choice>\n{labels}</render_choice></response_lid>\n"
    )


class _Writer:
    """Makes the labels of one question's blanks.

    Args:
        question: With blanks of equal weight that the reader can hold.
        pen: Of the bank.
        choosing: Whether all blanks are chosen for.
        rich: Whether each label says how it is compared.

    Attributes:
        general: HTML about answers that Canvas does not recognise.
    """

    def __init__(self, question: Cloze, pen: Pen, *, choosing: bool, rich: bool) -> None:
        self._question = question
        self._pen = pen
        self._choosing = choosing
        self._rich = rich
        self._idents = DigitIdents()
        self.general: list[str] = []

    def options(self, name: str) -> list[Option]:
        """The labels of a blank: what can be chosen, or what is accepted."""
        blank = self._question.blanks[name]
        if blank.kind == "text":
            return self._texts(name, blank)
        if blank.kind == "number":
            return self._spelled(name, blank)
        return self._choices(name, blank)

    def beside(self, name: str) -> str:
        """HTML behind a blank: its unit, and the options where Canvas has the student type one of them."""
        blank = self._question.blanks[name]
        escape = self._pen.dialect.escape
        if blank.unit is not None:
            return f" {escape(' '.join(blank.unit.split()))}"
        if blank.kind == "choice" and not (self._choosing or self._rich):
            return (
                f" ({' / '.join(escape(flattened(blank.choices[index].text)) for index in self._order(name, blank))})"
            )
        return ""

    def _order(self, name: str, blank: Blank) -> Sequence[int]:
        seed = (self._pen.bank.id, self._question.id, name)
        return choice_order(blank.choices, seed, shuffle=self._question.shuffle)

    def _choices(self, name: str, blank: Blank) -> list[Option]:
        found = []
        listed = self._choosing or self._rich
        for index in self._order(name, blank):
            choice = blank.choices[index]
            at = ("blanks", name, "choices", index)
            text = self._pen.flat(choice.text, (*at, "text"))
            if (choice.credit or 0) > 0:
                message = "Canvas takes no partial credit for an option; this one earns nothing"
                self._pen.lowered(message, (*at, "credit"))
            if not (listed or choice.correct):
                continue
            said = self._pen.reply_xml(choice.feedback, choice.misconception)
            ident = self._idents.new(name, choice.text if choice.id is None else choice.id)
            attributes = _DROPDOWN if self._rich else ""
            found.append(Option(ident, self._pen.plain_xml(text, at), said, choice.correct, attributes))
        return found

    def _texts(self, name: str, blank: Blank) -> list[Option]:
        at = ("blanks", name, "answers")
        kept = accepted(blank.answers, at, self._pen)
        if blank.case_sensitive and self._rich:
            for index in kept[1:]:
                self._pen.lowered("Canvas compares one text exactly; this one earns nothing", (*at, index))
            kept = kept[:1]
        attributes = "" if not self._rich else _EXACT if blank.case_sensitive else _IN_CHOICES
        self.general.append(not_accepted(blank.answers, kept, self._pen))
        found = []
        for number, index in enumerate(kept):
            answer = blank.answers[index]
            xml = self._pen.plain_xml(literal_text(answer), (*at, index, "text"))
            said = self._pen.reply_xml(answer.feedback, answer.misconception)
            found.append(Option(self._idents.new(name, answer.text), xml, said, not number, attributes))
        return found

    def _spelled(self, name: str, blank: Blank) -> list[Option]:
        at = ("blanks", name)
        message = "a number in a blank is compared as a text: what is near it, or written otherwise, earns nothing"
        self._pen.lowered(message, at)
        texts = dict.fromkeys(text.replace("\\*", "*") for text in spellings(blank.number.value, blank.unit))
        attributes = _IN_CHOICES if self._rich else ""
        return [
            Option(self._idents.new(name, text), self._pen.plain_xml(text, at), "", not number, attributes)
            for number, text in enumerate(texts)
        ]
