"""short_answer: a word or phrase, compared with accepted answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator

from quizforge.model.codes.structure import ACCEPTS_ANYTHING, NO_FULL_ANSWER, UNREACHABLE_ANSWER
from quizforge.model.diagnostic import Path, Problem
from quizforge.model.fields import BlockPractice, Bool, Entry, MisconceptionId, PlainPractice, wrap_text
from quizforge.model.questions.base import BaseQuestion, Invariant, Sample, clip
from quizforge.model.questions.option import Credit, duplicates

_FULL = Decimal(100)


class Answer(Entry):
    r"""One accepted or expected answer. ``*`` stands for any text, ``\*`` for a star."""

    text: PlainPractice
    credit: Credit = _FULL
    feedback: BlockPractice | None = None
    misconception: MisconceptionId | None = None

    def meaning(self) -> tuple[object, ...]:
        """Pattern and credit."""
        return (self.text, str(self.credit))


AnswerField = Annotated[Answer, BeforeValidator(wrap_text, json_schema_input_type=Answer | PlainPractice)]


def literal(pattern: str) -> str:
    r"""A response that the pattern accepts: ``x`` for each wildcard, ``\*`` a star."""
    return re.sub(r"\\\*|\*", lambda match: "*" if match[0] == "\\*" else "x", pattern).strip()


def has_wildcard(pattern: str) -> bool:
    r"""Whether the pattern holds a ``*`` that is not ``\*``."""
    return "*" in pattern.replace("\\*", "")


@lru_cache(maxsize=4096)
def _regex(pattern: str) -> tuple[str, ...]:
    return tuple(part.replace("\0", "*") for part in pattern.replace("\\*", "\0").split("*"))


def matches(pattern: str, response: str, *, case_sensitive: bool) -> bool:
    """Whether a response fits an answer; outer blanks do not matter.

    The parts between the wildcards are sought from left to right, which takes linear time for each
    part and accepts exactly what the pattern describes.
    """
    pattern, response = pattern.strip(), response.strip()
    if not case_sensitive:
        pattern, response = pattern.casefold(), response.casefold()
    parts = _regex(pattern)
    if len(parts) == 1:
        return response == parts[0]
    if len(response) < len(parts[0]) + len(parts[-1]):
        return False
    if not (response.startswith(parts[0]) and response.endswith(parts[-1])):
        return False
    position, end = len(parts[0]), len(response) - len(parts[-1])
    for part in parts[1:-1]:
        found = response.find(part, position, end)
        if found < 0:
            return False
        position = found + len(part)
    return True


def best_credit(answers: Sequence[Answer], response: str | None, *, case_sensitive: bool) -> Fraction:
    """The best credit among the answers that fit, as a share of the points."""
    if response is None or not response.strip():
        return Fraction(0)
    fitting = (
        Fraction(answer.credit) / 100
        for answer in answers
        if matches(answer.text, response, case_sensitive=case_sensitive)
    )
    return clip(max(fitting, default=Fraction(0)))


def credit_of_anything(answers: Sequence[Answer]) -> Fraction:
    """What a text earns that no answer expects: the credit of a pattern that is a star alone."""
    anything = (Fraction(answer.credit) / 100 for answer in answers if not answer.text.strip().strip("*"))
    return clip(max(anything, default=Fraction(0)))


def full_answer(answers: Sequence[Answer], *, at: Path = ("answers",)) -> Iterator[Problem]:
    """Some answer earns everything."""
    if not any(answer.credit == _FULL for answer in answers):
        yield Problem(
            NO_FULL_ANSWER, "no answer earns 100", at, hint="an answer without 'credit' earns 100", on_key=True
        )


def expects_something(answers: Sequence[Answer], *, at: Path = ("answers",)) -> Iterator[Problem]:
    """No answer gives full credit for whatever is typed."""
    for index, answer in enumerate(answers):
        if answer.credit == _FULL and not answer.text.strip().strip("*"):
            hint = "write what is expected; to comment on every other answer, give it 'credit: 0'"
            message = f"'{answer.text.strip()}' gives full credit for any text"
            yield Problem(ACCEPTS_ANYTHING, message, (*at, index, "text"), hint=hint)


def distinct_answers(answers: Sequence[Answer], *, case_sensitive: bool, at: Path = ("answers",)) -> Iterator[Problem]:
    """No answer stands twice, and none is covered by a better one."""
    texts = [answer.text for answer in answers]
    if not case_sensitive or len(set(texts)) < len(texts):
        yield from duplicates(texts, lambda index: (*at, index, "text"), what="answer")
    for index, answer in enumerate(answers):
        if has_wildcard(answer.text):
            continue
        better = (other for other in answers if other.credit > answer.credit and has_wildcard(other.text))
        cover = next((o for o in better if matches(o.text, literal(answer.text), case_sensitive=case_sensitive)), None)
        if cover is not None:
            yield Problem(
                UNREACHABLE_ANSWER,
                f"'{answer.text}' is never used: '{cover.text}' accepts it too and earns more",
                (*at, index, "text"),
                hint="narrow the pattern that has the star",
            )


class ShortAnswer(BaseQuestion):
    """A response is the text that the student typed, or None."""

    type: Literal["short_answer"]
    answers: tuple[AnswerField, ...]
    case_sensitive: Bool = False

    invariants: ClassVar[tuple[Invariant, ...]] = (
        Invariant(("answers.credit",), lambda question: full_answer(question.answers)),
        Invariant(("answers.text", "answers.credit"), lambda question: expects_something(question.answers)),
        Invariant(
            ("answers.text", "answers.credit", "case_sensitive"),
            lambda question: distinct_answers(question.answers, case_sensitive=question.case_sensitive),
        ),
    )

    def score(self, response: str | None) -> Fraction:
        """The best credit among the answers that fit."""
        return best_credit(self.answers, response, case_sensitive=self.case_sensitive)

    def expected_guess(self) -> Fraction:
        """Nothing, unless any text is accepted."""
        return credit_of_anything(self.answers)

    def samples(self) -> tuple[Sample[str | None], ...]:
        """Each answer as it would be typed, one that nobody expects, and none."""
        typed = [literal(answer.text) for answer in self.answers]
        answers = [(f"answer {index + 1}", text) for index, text in enumerate(typed) if text]
        return tuple(
            Sample(label, response, self.score(response))
            for label, response in (*answers, ("unexpected", unexpected(typed)), ("blank", None))
        )

    def meaning(self) -> tuple[object, ...]:
        """Accepted answers with their credits, and whether case matters."""
        return ("short_answer", self.case_sensitive, [answer.meaning() for answer in self.answers])


def unexpected(typed: Sequence[str]) -> str:
    """A text that is none of those typed."""
    return max(typed, key=len, default="") + " qf"
