"""How much may be worked out: item models are untrusted, and some that look harmless would never end."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

MAX_BITS = 4096
"""Bits of a numerator or denominator, some 1,200 decimal digits."""

MODEL_STEPS = 1_000_000
"""Steps for one item model: about a second or two."""

BANK_STEPS = 6_000_000
"""Steps for all item models of a bank."""

MAX_VARIANTS = 1000
"""Variants of one model."""


class OutOfWorkError(Exception):
    """A model has used up its steps."""


class ValueFault(Exception):  # noqa: N818  # a fault of the bank, which becomes a diagnostic and never an error of ours
    """A value cannot be computed or shown.

    Args:
        message: What is wrong, as one sentence without a full stop.
        span: Start and end offset inside the expression or text.
        hint: What to do; may be empty.
    """

    def __init__(self, message: str, span: tuple[int, int] | None = None, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.span = span
        self.hint = hint


@dataclass(slots=True)
class Work:
    """Steps that are left. A step is about a microsecond: one node, one small number, a few characters.

    Attributes:
        left: Steps that may still be taken.
    """

    left: int = MODEL_STEPS

    def take(self, steps: int = 1) -> None:
        """Pay for some steps.

        Raises:
            OutOfWorkError: There are none left.
        """
        self.left -= steps
        if self.left < 0:
            raise OutOfWorkError

    def pay(self, number: Fraction) -> Fraction:
        """Pay for a number by its size, and give it back.

        Raises:
            OutOfWorkError: There are no steps left.
            ValueFault: The number is too large.
        """
        bits = max(number.numerator.bit_length(), number.denominator.bit_length())
        if bits > MAX_BITS:
            raise too_large()
        self.take(1 + (bits >> 6))
        return number


def too_large() -> ValueFault:
    """The fault of a number with too many digits."""
    digits = int(MAX_BITS * 0.30103)
    return ValueFault(f"the result is too large: more than {digits:,} digits", hint="use smaller numbers or exponents")
