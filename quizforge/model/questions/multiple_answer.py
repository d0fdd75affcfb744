"""multiple_answer: every option is right or wrong on its own."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import ClassVar, Literal

from quizforge.model.codes.structure import (
    CREDIT_SUM,
    GUESSING_PAYS,
    KEY_COUNT,
    MISPLACED_CREDIT,
    RATIO_WITHOUT_DISTRACTOR,
)
from quizforge.model.diagnostic import Problem
from quizforge.model.questions.base import BaseQuestion, Invariant, Sample, clip
from quizforge.model.questions.guessing import per_option_guess, plus_minus_guess, ratio_guess
from quizforge.model.questions.option import ChoiceField, share
from quizforge.model.questions.single_choice import distinct_choices, enough_choices

Scoring = Literal["plus_minus", "ratio", "all_or_nothing", "per_option"]


def _some_key(question: MultipleAnswer) -> Iterator[Problem]:
    if not question.keys:
        yield Problem(
            KEY_COUNT, "no choice is marked as right", ("choices",), hint="add 'correct: true' to each key", on_key=True
        )


def _credit_only_per_option(question: MultipleAnswer) -> Iterator[Problem]:
    if question.scoring == "per_option":
        return
    for index, choice in enumerate(question.choices):
        if choice.credit is not None:
            yield Problem(
                MISPLACED_CREDIT,
                f"'credit' has no place under scoring '{question.scoring}'",
                ("choices", index, "credit"),
                hint="remove it, or set 'scoring: per_option'",
            )


def _credits_add_up(question: MultipleAnswer) -> Iterator[Problem]:
    if question.scoring != "per_option" or not question.keys:
        return
    total = sum((question.credit_of(index) for index in question.keys), Fraction(0))
    if total != 1:
        yield Problem(
            CREDIT_SUM,
            f"the credits of the keys add up to {float(total * 100):g}, not to 100",
            ("choices",),
            hint="keys without 'credit' take equal shares of 100",
            on_key=True,
        )


def _ratio_needs_distractors(question: MultipleAnswer) -> Iterator[Problem]:
    if question.scoring == "ratio" and len(question.keys) == len(question.choices):
        yield Problem(
            RATIO_WITHOUT_DISTRACTOR,
            "scoring 'ratio' divides by the number of wrong options, and there is none",
            ("scoring",),
            hint="add a wrong option, or use another scoring",
        )


def _ticking_everything(question: MultipleAnswer) -> Iterator[Problem]:
    if not question.keys or (question.scoring == "ratio" and len(question.keys) == len(question.choices)):
        return
    earned = question.score(frozenset(range(len(question.choices))))
    if earned * 2 >= 1:
        yield Problem(
            GUESSING_PAYS,
            f"ticking every option earns {float(earned * 100):.0f} % of the points",
            ("choices",),
            hint="add wrong options, or use 'scoring: ratio', under which it earns nothing",
            on_key=True,
        )


class MultipleAnswer(BaseQuestion):
    """Any number of keys. A response is the set of ticked indices."""

    type: Literal["multiple_answer"]
    choices: tuple[ChoiceField, ...]
    scoring: Scoring = "plus_minus"

    invariants: ClassVar[tuple[Invariant, ...]] = (
        Invariant(("choices.correct",), _some_key),
        Invariant(("choices",), lambda question: enough_choices(question.choices)),
        Invariant(("choices.text",), lambda question: distinct_choices(question.choices)),
        Invariant(("choices.credit", "scoring"), _credit_only_per_option),
        Invariant(("choices.credit", "choices.correct", "scoring"), _credits_add_up),
        Invariant(("choices.correct", "scoring"), _ratio_needs_distractors),
        Invariant(("choices.credit", "choices.correct", "scoring"), _ticking_everything),
    )

    @property
    def keys(self) -> frozenset[int]:
        """Indices of the keys."""
        return frozenset(index for index, choice in enumerate(self.choices) if choice.correct)

    def credit_of(self, index: int) -> Fraction:
        """What ticking one option adds under ``per_option``: a key without credit has an equal share."""
        choice = self.choices[index]
        if choice.credit is not None:
            return share([choice.credit])
        return Fraction(1, len(self.keys)) if choice.correct else Fraction(0)

    def score(self, response: frozenset[int] | None) -> Fraction:
        """With C keys, W others, c and w of them ticked.

        plus_minus max(0, (c - w)/C); ratio max(0, c/C - w/W); per_option the sum of the credits;
        all_or_nothing 1 for exactly the keys.
        """
        ticked = response or frozenset()
        keys = self.keys
        right, wrong = len(ticked & keys), len(ticked - keys)
        if self.scoring == "plus_minus":
            return clip(Fraction(right - wrong, len(keys)))
        if self.scoring == "ratio":
            return clip(Fraction(right, len(keys)) - Fraction(wrong, len(self.choices) - len(keys)))
        if self.scoring == "per_option":
            return clip(sum((self.credit_of(index) for index in ticked), Fraction(0)))
        return Fraction(int(ticked == keys))

    def expected_guess(self) -> Fraction:
        """Each option ticked or not with equal chance."""
        right = len(self.keys)
        wrong = len(self.choices) - right
        if not right or (self.scoring == "ratio" and not wrong):
            return Fraction(0)
        if self.scoring == "plus_minus":
            return plus_minus_guess(right, wrong)
        if self.scoring == "ratio":
            return ratio_guess(right, wrong)
        if self.scoring == "per_option":
            return per_option_guess([self.credit_of(index) for index in range(len(self.choices))])
        return Fraction(1, 1 << (right + wrong))

    def samples(self) -> tuple[Sample[frozenset[int] | None], ...]:
        """All keys, each key alone, a key with a wrong option, everything, the wrong ones, nothing."""
        keys, every = self.keys, frozenset(range(len(self.choices)))
        wrong = every - keys
        answers = [("right", keys), *((f"key {index + 1} alone", frozenset({index})) for index in sorted(keys))]
        answers += [(f"keys and option {index + 1}", keys | {index}) for index in sorted(wrong)]
        answers += [("everything", every), ("wrong options", wrong), ("blank", frozenset())]
        return tuple(Sample(label, ticked, self.score(ticked)) for label, ticked in answers)

    def meaning(self) -> tuple[object, ...]:
        """Options, keys, credits and scoring."""
        return ("multiple_answer", self.scoring, [choice.meaning() for choice in self.choices])
