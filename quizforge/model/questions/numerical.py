"""numerical: a number, compared within a tolerance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Literal

from pydantic_core import PydanticCustomError

from quizforge.model.codes.structure import AMBIGUOUS_FIELDS, DUPLICATE_OPTION, NO_FULL_ANSWER, UNREACHABLE_ANSWER
from quizforge.model.diagnostic import Path, Problem
from quizforge.model.fields import (
    BlockPractice,
    Entry,
    MisconceptionId,
    Number,
    PlainExam,
    Tolerance,
    ToleranceField,
    parse_number,
)
from quizforge.model.questions.base import BaseQuestion, Invariant, Sample, clip
from quizforge.model.questions.option import Credit

_FULL = Decimal(100)
_EXACT = Tolerance(Decimal(0))


class NumericalAnswer(Entry):
    """One accepted or expected number."""

    value: Number
    tolerance: ToleranceField = _EXACT
    credit: Credit = _FULL
    feedback: BlockPractice | None = None
    misconception: MisconceptionId | None = None

    def accepts(self, number: Fraction) -> bool:
        """|x - value| <= tolerance."""
        return abs(number - Fraction(self.value)) <= self.tolerance.around(self.value)

    def meaning(self) -> tuple[object, ...]:
        """Value, tolerance and credit."""
        return (str(self.value), str(self.tolerance), str(self.credit))


def read_number(response: str | None, *, unit: str | None = None) -> Fraction | None:
    """The number in a response; the unit may follow it.

    Returns:
        None where the response is no number. A decimal comma is read as a point.
    """
    if response is None:
        return None
    text = response.strip()
    if unit is not None and text.casefold().endswith(unit.casefold()):
        text = text[: -len(unit)].rstrip()
    if text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    text = text.replace("\N{MINUS SIGN}", "-")
    if text[:1] == "." or text[:2] in {"-.", "+."}:
        text = text.replace(".", "0.", 1)
    try:
        return Fraction(parse_number(text))
    except PydanticCustomError:
        return None


def best_credit(answers: Sequence[NumericalAnswer], number: Fraction | None) -> Fraction:
    """The best credit among the answers that accept the number, as a share of the points."""
    if number is None:
        return Fraction(0)
    return clip(max((Fraction(a.credit) / 100 for a in answers if a.accepts(number)), default=Fraction(0)))


def sound_answers(answers: Sequence[NumericalAnswer], *, at: Path = ("answers",)) -> Iterator[Problem]:
    """Some answer earns everything, none stands twice, none is covered by a better one."""
    if answers and not any(answer.credit == _FULL for answer in answers):
        yield Problem(
            NO_FULL_ANSWER, "no answer earns 100", at, hint="an answer without 'credit' earns 100", on_key=True
        )
    for index, answer in enumerate(answers):
        if any(other.value == answer.value for other in answers[:index]):
            yield Problem(DUPLICATE_OPTION, f"the value {answer.value} stands twice", (*at, index, "value"))
            continue
        exact = Fraction(answer.value)
        cover = next((other for other in answers if other.credit > answer.credit and other.accepts(exact)), None)
        if cover is not None:
            yield Problem(
                UNREACHABLE_ANSWER,
                f"{answer.value} lies within the tolerance of {cover.value}, which earns more",
                (*at, index, "value"),
                hint="narrow the tolerance",
            )


def _one_form(question: Numerical) -> Iterator[Problem]:
    if question.answer is not None and question.answers:
        yield Problem(
            AMBIGUOUS_FIELDS, "'answer' and 'answers' exclude each other", ("answers",), hint="keep one", on_key=True
        )
    elif question.answer is None and not question.answers:
        yield Problem(AMBIGUOUS_FIELDS, "neither 'answer' nor 'answers' is given", hint="add 'answer: <number>'")
    if question.tolerance is not None and question.answers:
        yield Problem(
            AMBIGUOUS_FIELDS,
            "'tolerance' belongs to 'answer'; each of 'answers' has its own",
            ("tolerance",),
            hint="move it into the entries of 'answers'",
            on_key=True,
        )


class Numerical(BaseQuestion):
    """A response is the text that the student typed, or None."""

    type: Literal["numerical"]
    answer: Number | None = None
    tolerance: ToleranceField | None = None
    answers: tuple[NumericalAnswer, ...] = ()
    unit: PlainExam | None = None

    invariants: ClassVar[tuple[Invariant, ...]] = (
        Invariant(("answer", "answers", "tolerance"), _one_form),
        Invariant(
            ("answers.value", "answers.credit", "answers.tolerance"), lambda question: sound_answers(question.answers)
        ),
    )

    @property
    def accepted(self) -> tuple[NumericalAnswer, ...]:
        """All answers, also where the author gave only one."""
        if self.answer is None:
            return self.answers
        return (NumericalAnswer(value=self.answer, tolerance=self.tolerance or _EXACT),)

    def score(self, response: str | None) -> Fraction:
        """The best credit among the answers within their tolerance; the unit may be left out."""
        return best_credit(self.accepted, read_number(response, unit=self.unit))

    def expected_guess(self) -> Fraction:
        """Nothing: numbers without end can be typed."""
        return Fraction(0)

    def samples(self) -> tuple[Sample[str | None], ...]:
        """Each value, a number far from all of them, and none."""
        answers = self.accepted
        typed = [(f"answer {index + 1}", str(answer.value)) for index, answer in enumerate(answers)]
        return tuple(
            Sample(label, response, self.score(response))
            for label, response in (*typed, ("unexpected", far_number(answers)), ("blank", None))
        )

    def meaning(self) -> tuple[object, ...]:
        """Accepted values, tolerances, credits and the unit."""
        return ("numerical", self.unit, [answer.meaning() for answer in self.accepted])


def far_number(answers: Sequence[NumericalAnswer]) -> str:
    """A whole number outside every tolerance."""
    ends = [Fraction(answer.value) + answer.tolerance.around(answer.value) for answer in answers]
    return str(int(max(ends, default=Fraction(0))) + 1000)
