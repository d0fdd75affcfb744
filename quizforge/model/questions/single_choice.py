"""single_choice: one key among several options."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import ClassVar, Literal

from quizforge.model.codes.structure import KEY_COUNT, MISPLACED_CREDIT, TOO_FEW
from quizforge.model.diagnostic import Problem
from quizforge.model.questions.base import BaseQuestion, Invariant, Sample, clip
from quizforge.model.questions.option import Choice, ChoiceField, duplicates


def key_count(choices: tuple[Choice, ...], *, at: tuple[str | int, ...] = ("choices",)) -> Iterator[Problem]:
    """Exactly one option is the key."""
    keys = [index for index, choice in enumerate(choices) if choice.correct]
    if len(keys) == 1:
        return
    if not keys:
        yield Problem(KEY_COUNT, "no choice is marked as right", at, hint="add 'correct: true' to the key", on_key=True)
    for index in keys[1:]:
        yield Problem(
            KEY_COUNT,
            f"choice {index + 1} is a second key; choice {keys[0] + 1} is one already",
            (*at, index, "correct"),
            hint="keep one, or use type: multiple_answer",
        )


def credit_beside_key(choices: tuple[Choice, ...], *, at: tuple[str | int, ...] = ("choices",)) -> Iterator[Problem]:
    """The key earns everything, so that credit beside it would be a second answer."""
    for index, choice in enumerate(choices):
        if choice.correct and choice.credit is not None:
            yield Problem(
                MISPLACED_CREDIT,
                "'credit' beside 'correct: true'; the key always earns 100",
                (*at, index, "credit"),
                hint="remove it",
            )


def enough_choices(choices: tuple[Choice, ...], *, at: tuple[str | int, ...] = ("choices",)) -> Iterator[Problem]:
    """A choice needs an alternative."""
    if len(choices) < 2:
        yield Problem(TOO_FEW, f"{len(choices)} choice; at least two are needed", at, on_key=True)


def distinct_choices(choices: tuple[Choice, ...], *, at: tuple[str | int, ...] = ("choices",)) -> Iterator[Problem]:
    """No two options say the same."""
    return duplicates(
        [choice.text for choice in choices],
        lambda index: (*at, index, "text"),
        what="choice",
    )


def choice_score(choice: Choice) -> Fraction:
    """What one option earns: the key 1, another its credit, clipped to 0..1."""
    return Fraction(1) if choice.correct else clip(Fraction(choice.credit or 0) / 100)


def mean_score(choices: tuple[Choice, ...]) -> Fraction:
    """What a random option earns on average."""
    return sum(map(choice_score, choices), Fraction(0)) / len(choices) if choices else Fraction(0)


class SingleChoice(BaseQuestion):
    """One best answer. A response is the index of the chosen option, or None."""

    type: Literal["single_choice"]
    choices: tuple[ChoiceField, ...]

    invariants: ClassVar[tuple[Invariant, ...]] = (
        Invariant(("choices.correct",), lambda question: key_count(question.choices)),
        Invariant(("choices.correct", "choices.credit"), lambda question: credit_beside_key(question.choices)),
        Invariant(("choices",), lambda question: enough_choices(question.choices)),
        Invariant(("choices.text",), lambda question: distinct_choices(question.choices)),
    )

    @property
    def key(self) -> int:
        """Index of the key."""
        return next(index for index, choice in enumerate(self.choices) if choice.correct)

    def score(self, response: int | None) -> Fraction:
        """The key earns 1, another option its credit, clipped to 0..1."""
        return Fraction(0) if response is None else choice_score(self.choices[response])

    def expected_guess(self) -> Fraction:
        """The mean of what the options earn."""
        return mean_score(self.choices)

    def samples(self) -> tuple[Sample[int | None], ...]:
        """Each option once, and no answer."""
        answers: list[tuple[str, int | None]] = [(_label(choice), index) for index, choice in enumerate(self.choices)]
        return tuple(Sample(label, response, self.score(response)) for label, response in (*answers, ("blank", None)))

    def meaning(self) -> tuple[object, ...]:
        """Options, key and credits."""
        return ("single_choice", [choice.meaning() for choice in self.choices])


def _label(choice: Choice) -> str:
    if choice.correct:
        return "right"
    return "partly right" if choice.credit is not None and choice.credit > 0 else "wrong"
