"""Numbers as Moodle reads them on a site of any language, and what it keeps of them."""

from __future__ import annotations

from decimal import Decimal

from quizforge.exporters.numbers import as_decimal, plain_number, significant_digits
from quizforge.model.questions.numerical import NumericalAnswer

_MOODLE_DIGITS = 14


def tolerance_number(answer: NumericalAnswer) -> str:
    """The absolute tolerance of an answer, exact also where it is given in per cent."""
    return plain_number(as_decimal(answer.tolerance.around(answer.value)))


def too_precise(number: Decimal) -> bool:
    """Whether Moodle rounds it: it stores PHP's text of a float (``precision`` 14)."""
    return significant_digits(number) > _MOODLE_DIGITS
