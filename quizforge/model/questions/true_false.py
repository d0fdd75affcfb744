"""true_false: a statement that holds or does not."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from quizforge.model.fields import BlockPractice, Bool, MisconceptionId
from quizforge.model.questions.base import BaseQuestion, Sample


class TrueFalse(BaseQuestion):
    """The stem is a statement. A response is True, False or None."""

    type: Literal["true_false"]
    answer: Bool
    feedback_true: BlockPractice | None = None
    feedback_false: BlockPractice | None = None
    misconception: MisconceptionId | None = None

    def score(self, response: bool | None) -> Fraction:  # noqa: FBT001  # the response is a truth value
        """1 for the right verdict."""
        return Fraction(int(response is not None and response == self.answer))

    def expected_guess(self) -> Fraction:
        """A coin is right half the time."""
        return Fraction(1, 2)

    def samples(self) -> tuple[Sample[bool | None], ...]:
        """Both verdicts and none."""
        return (
            Sample("right", self.answer, Fraction(1)),
            Sample("wrong", not self.answer, Fraction(0)),
            Sample("blank", None, Fraction(0)),
        )

    def meaning(self) -> tuple[object, ...]:
        """The verdict."""
        return ("true_false", self.answer)
