"""information: a text between questions; it asks for nothing."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Literal

from quizforge.model.questions.base import BaseQuestion, Sample


class Information(BaseQuestion):
    """Text only: no response, no points."""

    graded: ClassVar[bool] = False

    type: Literal["information"]

    @property
    def max_points(self) -> Decimal:
        """Nothing can be earned."""
        return Decimal(0)

    def expected_guess(self) -> Fraction:
        """Nothing can be earned."""
        return Fraction(0)

    def score(self, response: None) -> Fraction:  # noqa: ARG002  # one signature for all types
        """Nothing can be earned."""
        return Fraction(0)

    def samples(self) -> tuple[Sample[None], ...]:
        """Only: no answer."""
        return (Sample("blank", None, Fraction(0)),)

    def meaning(self) -> tuple[object, ...]:
        """Nothing beyond the stem."""
        return ("information",)
