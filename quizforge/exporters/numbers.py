"""Numbers as programs read them, whatever their language: digits and a decimal point."""

from __future__ import annotations

from decimal import Context, Decimal, localcontext
from fractions import Fraction

_EXACT_DIGITS = 200
_PLAIN_LIMIT = 15


def plain_number(number: Decimal) -> str:
    """A number without needless zeros; with an exponent only where it would be very long."""
    if not number:
        return "0"
    if -_PLAIN_LIMIT <= number.adjusted() <= _PLAIN_LIMIT:
        text = format(number, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    with localcontext(Context(prec=_EXACT_DIGITS)):
        return format(number.normalize(), "e").replace("e+", "e")


def as_decimal(number: Fraction) -> Decimal:
    """A fraction as a decimal: exact where 200 digits hold it, as sums and products of authors' numbers do."""
    with localcontext(Context(prec=_EXACT_DIGITS)):
        return Decimal(number.numerator) / Decimal(number.denominator)


def significant_digits(number: Decimal) -> int:
    """How many digits a number has without the zeros at either end."""
    return len("".join(map(str, number.as_tuple().digits)).strip("0"))
