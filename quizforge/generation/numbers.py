"""Arithmetic on exact numbers, and how they are written.

Sums, products, quotients, remainders and whole powers of fractions are exact. Roots, logarithms and
exponentials are worked out with 60 digits and kept with 50, round half to even (General Decimal
Arithmetic 1.70), so that every machine gets the same digits; where the exact result is a fraction,
it is that fraction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import (
    ROUND_HALF_EVEN,
    Clamped,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    Subnormal,
    Underflow,
)
from fractions import Fraction
from math import isqrt
from types import MappingProxyType

from quizforge.generation.work import MAX_BITS, ValueFault, Work, too_large

MAX_EXPONENT = 1000
MAX_PLACES = 20
"""Decimal places that can be asked for."""

_KEPT_DIGITS = 50
_COST = 40
"""Steps of a root, logarithm or exponential."""

_RANGE = 2 * int(MAX_BITS * 0.30103)
_TRAPS = [Clamped, DivisionByZero, InvalidOperation, Overflow, Subnormal, Underflow]


def _context(digits: int) -> Context:
    return Context(prec=digits, rounding=ROUND_HALF_EVEN, Emin=-_RANGE, Emax=_RANGE, traps=_TRAPS)


def _approximate(work: Work, function: Callable[[Context], Decimal]) -> Fraction:
    """A result kept with 50 digits."""
    work.take(_COST)
    try:
        found = _context(_KEPT_DIGITS).plus(function(_context(_KEPT_DIGITS + 10)))
    except (Overflow, Underflow, Subnormal, Clamped) as error:
        raise too_large() from error
    if abs(found.adjusted()) > _RANGE // 2:
        raise too_large()
    return work.pay(Fraction(found))


def _decimal(number: Fraction, context: Context) -> Decimal:
    return context.divide(Decimal(number.numerator), Decimal(number.denominator))


def add(work: Work, left: Fraction, right: Fraction) -> Fraction:
    """The sum."""
    return work.pay(left + right)


def subtract(work: Work, left: Fraction, right: Fraction) -> Fraction:
    """The difference."""
    return work.pay(left - right)


def multiply(work: Work, left: Fraction, right: Fraction) -> Fraction:
    """The product."""
    return work.pay(left * right)


def divide(work: Work, left: Fraction, right: Fraction) -> Fraction:
    """The quotient."""
    return work.pay(left / _divisor(right))


def floor_divide(work: Work, left: Fraction, right: Fraction) -> Fraction:
    """The largest whole number that is not above the quotient, as Python has it."""
    return work.pay(Fraction(left // _divisor(right)))


def remainder(work: Work, left: Fraction, right: Fraction) -> Fraction:
    """What floor division leaves; it has the sign of the divisor, as Python has it."""
    return work.pay(left % _divisor(right))


def _divisor(number: Fraction) -> Fraction:
    if not number:
        raise ValueFault("division by zero", hint="exclude the case with a condition under 'where'")
    return number


def power(work: Work, base: Fraction, exponent: Fraction) -> Fraction:
    """A power. Whole exponents give exact results; others need a base that is not negative."""
    if abs(exponent) > MAX_EXPONENT:
        raise ValueFault(f"the exponent {brief(exponent)} lies outside -{MAX_EXPONENT} to {MAX_EXPONENT}")
    if not base and exponent < 0:
        raise ValueFault("zero has no negative power")
    if exponent.denominator == 1:
        bits = max(base.numerator.bit_length(), base.denominator.bit_length())
        if abs(base) != 1 and (bits - 1) * abs(int(exponent)) > MAX_BITS:
            raise too_large()
        return work.pay(Fraction(base ** int(exponent)))
    if base < 0:
        raise ValueFault(f"the power {brief(exponent)} of the negative number {brief(base)} is not real")
    if not base:
        return Fraction(0)
    if exponent.denominator == 2:
        return power(work, square_root(work, base), Fraction(exponent.numerator))
    return _approximate(
        work,
        lambda context: context.exp(context.multiply(_decimal(exponent, context), context.ln(_decimal(base, context)))),
    )


def square_root(work: Work, number: Fraction) -> Fraction:
    """The square root; exact for the squares of fractions."""
    if number < 0:
        raise ValueFault(f"the negative number {brief(number)} has no square root")
    above, below = isqrt(number.numerator), isqrt(number.denominator)
    if above * above == number.numerator and below * below == number.denominator:
        return work.pay(Fraction(above, below))
    return _approximate(work, lambda context: context.sqrt(_decimal(number, context)))


def natural_logarithm(work: Work, number: Fraction) -> Fraction:
    """The natural logarithm."""
    if number <= 0:
        raise ValueFault(f"{brief(number)} has no logarithm", hint="a logarithm needs a number above 0")
    if number == 1:
        return Fraction(0)
    return _approximate(work, lambda context: context.ln(_decimal(number, context)))


def exponential(work: Work, number: Fraction) -> Fraction:
    """``e`` to the power of a number."""
    if not number:
        return Fraction(1)
    if abs(number) > _RANGE:
        raise too_large()
    return _approximate(work, lambda context: context.exp(_decimal(number, context)))


def rounded(work: Work, number: Fraction, places: Fraction = Fraction(0)) -> Fraction:
    """Rounded to decimal places, halves away from zero: as it is taught, and not as Python does."""
    if places.denominator != 1 or not 0 <= places <= MAX_PLACES:
        raise ValueFault(f"{brief(places)} decimal places; a whole number from 0 to {MAX_PLACES} is allowed")
    scale = 10 ** int(places)
    return work.pay(Fraction(_half_up(number * scale), scale))


def _half_up(number: Fraction) -> int:
    whole = (2 * abs(number.numerator) + number.denominator) // (2 * number.denominator)
    return -whole if number < 0 else whole


def floor(work: Work, number: Fraction) -> Fraction:
    """The largest whole number that is not above."""
    return work.pay(Fraction(number.numerator // number.denominator))


def ceiling(work: Work, number: Fraction) -> Fraction:
    """The smallest whole number that is not below."""
    return work.pay(Fraction(-(-number.numerator // number.denominator)))


def absolute(work: Work, number: Fraction) -> Fraction:
    """The absolute value."""
    return work.pay(abs(number))


def smallest(work: Work, *numbers: Fraction) -> Fraction:
    """The smallest of some numbers."""
    return work.pay(min(numbers))


def largest(work: Work, *numbers: Fraction) -> Fraction:
    """The largest of some numbers."""
    return work.pay(max(numbers))


Function = Callable[..., Fraction]

FUNCTIONS: Mapping[str, tuple[Function, int, int]] = MappingProxyType(
    {
        "abs": (absolute, 1, 1),
        "ceil": (ceiling, 1, 1),
        "exp": (exponential, 1, 1),
        "floor": (floor, 1, 1),
        "log": (natural_logarithm, 1, 1),
        "max": (largest, 1, 50),
        "min": (smallest, 1, 50),
        "round": (rounded, 1, 2),
        "sqrt": (square_root, 1, 1),
    }
)
"""Functions with the least and the largest number of their arguments; ``log`` is the natural logarithm."""

OPERATORS: Mapping[str, Function] = MappingProxyType(
    {
        "+": add,
        "-": subtract,
        "*": multiply,
        "/": divide,
        "//": floor_divide,
        "%": remainder,
        "**": power,
    }
)


def fixed(number: Fraction, places: int) -> str:
    """A number with so many decimal places, halves away from zero, and never ``-0``."""
    whole = _half_up(number * 10**places)
    digits = str(abs(whole)).rjust(places + 1, "0")
    sign = "-" if whole < 0 else ""
    return f"{sign}{digits[: len(digits) - places]}{'.' if places else ''}{digits[len(digits) - places :]}"


def exact(number: Fraction) -> str | None:
    """A number as a finite decimal of at most 20 places and 40 characters; None where it has none."""
    rest, places = number.denominator, 0
    for factor in (2, 5):
        count = 0
        while rest % factor == 0:
            rest //= factor
            count += 1
            if count > MAX_PLACES:
                return None
        places = max(places, count)
    if rest != 1 or number.numerator.bit_length() > 130 + 4 * places:
        return None
    return fixed(number, places)


def brief(number: Fraction) -> str:
    """A number for a message."""
    text = exact(number)
    if text is None:
        text = f"{_decimal(number, _context(6)).normalize()}"
    return text if len(text) <= 40 else f"{text[:39]}…"
