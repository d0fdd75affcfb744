"""cloze: a text with blanks to fill in or to choose for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from quizforge.model.codes.structure import AMBIGUOUS_FIELDS, BAD_ID, TOO_FEW
from quizforge.model.diagnostic import Problem
from quizforge.model.fields import (
    BlockPractice,
    BlockWithBlanks,
    Bool,
    Entry,
    MisconceptionId,
    Number,
    PlainExam,
    Tolerance,
    ToleranceField,
    Whole,
)
from quizforge.model.questions import numerical, short_answer
from quizforge.model.questions.base import BaseQuestion, Invariant, Sample
from quizforge.model.questions.option import ChoiceField
from quizforge.model.questions.single_choice import (
    choice_score,
    credit_beside_key,
    distinct_choices,
    enough_choices,
    key_count,
    mean_score,
)

Response = Mapping[str, "int | str"]
BlankKind = Literal["choice", "text", "number"]
BLANK_NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_EXACT = Tolerance(Decimal(0))


class Blank(Entry):
    """One blank: to choose for (``choices``), to type a text (``answers``) or a number (``answer``)."""

    choices: tuple[ChoiceField, ...] = ()
    answers: tuple[short_answer.AnswerField, ...] = ()
    answer: Number | None = None
    tolerance: ToleranceField | None = None
    unit: PlainExam | None = None
    case_sensitive: Bool = False
    weight: Annotated[Whole, Field(ge=1, le=1000)] = 1
    feedback: BlockPractice | None = None
    misconception: MisconceptionId | None = None

    @property
    def kind(self) -> BlankKind:
        """How the blank is filled."""
        if self.choices:
            return "choice"
        return "text" if self.answers else "number"

    @property
    def number(self) -> numerical.NumericalAnswer:
        """The accepted number of a blank of kind ``number``."""
        return numerical.NumericalAnswer(value=self.answer or Decimal(0), tolerance=self.tolerance or _EXACT)

    def score(self, response: int | str | None) -> Fraction:
        """What the blank earns of its own share: an option's index, or the text that was typed."""
        if self.kind == "choice":
            if not isinstance(response, int):
                return Fraction(0)
            return choice_score(self.choices[response])
        typed = None if response is None else str(response)
        if self.kind == "text":
            return short_answer.best_credit(self.answers, typed, case_sensitive=self.case_sensitive)
        return numerical.best_credit((self.number,), numerical.read_number(typed, unit=self.unit))

    def expected_guess(self) -> Fraction:
        """What a random option earns on average; typing earns nothing unless any text is accepted."""
        if self.kind == "choice":
            return mean_score(self.choices)
        return short_answer.credit_of_anything(self.answers)

    def responses(self) -> tuple[tuple[str, int | str], ...]:
        """Labelled answers to try: the right one first, then others."""
        if self.kind == "choice":
            order = sorted(range(len(self.choices)), key=lambda index: (not self.choices[index].correct, index))
            return tuple((f"choice {index + 1}", index) for index in order)
        if self.kind == "text":
            ranked = sorted(self.answers, key=lambda answer: -answer.credit)
            typed = [text for answer in ranked if (text := short_answer.literal(answer.text))]
            return (*((text, text) for text in typed), ("unexpected", short_answer.unexpected(typed)))
        return ((str(self.answer), str(self.answer)), ("unexpected", numerical.far_number((self.number,))))

    def meaning(self) -> tuple[object, ...]:
        """Key, credits and weight."""
        if self.kind == "choice":
            return ("choice", self.weight, [choice.meaning() for choice in self.choices])
        if self.kind == "text":
            return ("text", self.weight, self.case_sensitive, [answer.meaning() for answer in self.answers])
        return ("number", self.weight, self.unit, self.number.meaning())


def _names(question: Cloze) -> Iterator[Problem]:
    for name in question.blanks:
        if BLANK_NAME.fullmatch(name) is None:
            yield Problem(
                BAD_ID,
                f"'{name}' cannot name a blank",
                ("blanks", name),
                hint="a letter, then letters, digits and _, all in lower case",
                on_key=True,
            )
    if not question.blanks:
        yield Problem(TOO_FEW, "no blank is defined", ("blanks",), on_key=True)


def _one_kind(question: Cloze) -> Iterator[Problem]:
    for name, blank in question.blanks.items():
        given = [
            key
            for key, present in (
                ("choices", blank.choices),
                ("answers", blank.answers),
                ("answer", blank.answer is not None),
            )
            if present
        ]
        at = ("blanks", name)
        if not given:
            yield Problem(AMBIGUOUS_FIELDS, f"blank '{name}' has none of 'choices', 'answers' and 'answer'", at)
        elif len(given) > 1:
            yield Problem(
                AMBIGUOUS_FIELDS,
                f"'{given[0]}' and '{given[1]}' exclude each other",
                (*at, given[1]),
                hint="keep one",
                on_key=True,
            )
        elif blank.tolerance is not None and given != ["answer"]:
            yield Problem(AMBIGUOUS_FIELDS, "'tolerance' belongs to 'answer'", (*at, "tolerance"), on_key=True)


def _sound_blanks(question: Cloze) -> Iterator[Problem]:
    for name, blank in question.blanks.items():
        if blank.choices:
            at = ("blanks", name, "choices")
            yield from key_count(blank.choices, at=at)
            yield from credit_beside_key(blank.choices, at=at)
            yield from enough_choices(blank.choices, at=at)
            yield from distinct_choices(blank.choices, at=at)
        elif blank.answers:
            place = ("blanks", name, "answers")
            yield from short_answer.full_answer(blank.answers, at=place)
            yield from short_answer.expects_something(blank.answers, at=place)
            yield from short_answer.distinct_answers(blank.answers, case_sensitive=blank.case_sensitive, at=place)


class Cloze(BaseQuestion):
    """The stem holds each blank as ``[[name]]``. A response maps names to an index or a typed text."""

    type: Literal["cloze"]
    stem: BlockWithBlanks
    blanks: dict[str, Blank]

    invariants: ClassVar[tuple[Invariant, ...]] = (
        Invariant(("blanks",), _names),
        Invariant(("blanks.choices", "blanks.answers", "blanks.answer", "blanks.tolerance"), _one_kind),
        Invariant(
            (
                "blanks.choices.correct",
                "blanks.choices.credit",
                "blanks.choices.text",
                "blanks.answers.credit",
                "blanks.answers.text",
            ),
            _sound_blanks,
        ),
    )

    @property
    def total_weight(self) -> int:
        """Sum of the weights of all blanks."""
        return sum(blank.weight for blank in self.blanks.values())

    def score(self, response: Response | None) -> Fraction:
        """Each blank earns its share: equal shares, or by weight."""
        if not response:
            return Fraction(0)
        earned = (blank.weight * blank.score(response.get(name)) for name, blank in self.blanks.items())
        return sum(earned, Fraction(0)) / self.total_weight

    def expected_guess(self) -> Fraction:
        """The sum of what the blanks earn of their shares."""
        if not self.blanks:
            return Fraction(0)
        earned = (blank.weight * blank.expected_guess() for blank in self.blanks.values())
        return sum(earned, Fraction(0)) / self.total_weight

    def samples(self) -> tuple[Sample[Response | None], ...]:
        """All blanks right, each other answer of each blank, only the first blank, and none."""
        right = {name: blank.responses()[0][1] for name, blank in self.blanks.items()}
        answers: list[tuple[str, Response | None]] = [("right", right)]
        for name, blank in self.blanks.items():
            answers += [(f"{name}: {label}", {**right, name: other}) for label, other in blank.responses()[1:]]
        first = next(iter(right))
        answers += [("first blank only", {first: right[first]}), ("blank", None)]
        return tuple(Sample(label, response, self.score(response)) for label, response in answers)

    def meaning(self) -> tuple[object, ...]:
        """The blanks with their keys and weights."""
        return ("cloze", [(name, blank.meaning()) for name, blank in self.blanks.items()])
