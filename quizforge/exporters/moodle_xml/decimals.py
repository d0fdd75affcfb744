"""Numbers as Moodle reads them on a site of any language: digits and a decimal point."""

from __future__ import annotations

from decimal import Context, Decimal, localcontext

from quizforge.model.questions.numerical import NumericalAnswer

_EXACT_DIGITS = 200
_PLAIN_LIMIT = 15
_MOODLE_DIGITS = 14


def plain_number(number: Decimal) -> str:
    """A number without needless zeros; with an exponent only where it would be very long."""
    if not number:
        return "0"
    if -_PLAIN_LIMIT <= number.adjusted() <= _PLAIN_LIMIT:
        text = format(number, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    with localcontext(Context(prec=_EXACT_DIGITS)):
        return format(number.normalize(), "e").replace("e+", "e")


def tolerance_number(answer: NumericalAnswer) -> str:
    """The absolute tolerance of an answer, exact also where it is given in per cent."""
    distance = answer.tolerance.around(answer.value)
    with localcontext(Context(prec=_EXACT_DIGITS)):
        return plain_number(Decimal(distance.numerator) / Decimal(distance.denominator))


def too_precise(number: Decimal) -> bool:
    """Whether Moodle rounds it: it stores PHP's text of a float (``precision`` 14)."""
    return len("".join(map(str, number.as_tuple().digits)).strip("0")) > _MOODLE_DIGITS
