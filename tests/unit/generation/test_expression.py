"""Expressions of item models: what they give, and what they refuse."""

from __future__ import annotations

from fractions import Fraction

import pytest

from quizforge.generation.evaluation import Result, evaluate
from quizforge.generation.expression import parse
from quizforge.generation.numbers import exact, fixed
from quizforge.generation.tokens import BadExpressionError
from quizforge.generation.values import Given, Row, Value
from quizforge.generation.work import MODEL_STEPS, OutOfWorkError, ValueFault, Work

NAMES: dict[str, Value] = {
    "n": Given("3", Fraction(3)),
    "half": Given("0.50", Fraction(1, 2)),
    "word": Given("SFT"),
    "yes": True,
    "task": Row({"tokens": Given("12", Fraction(12)), "name": Given("Bern")}),
}


def value(text: str) -> Result:
    """The value of an expression with the names above."""
    return evaluate(parse(text), NAMES, Work())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0.1 + 0.2", Fraction(3, 10)),
        ("1 / 3 * 3", Fraction(1)),
        ("2 ** 3 ** 2", Fraction(512)),
        ("-2 ** 2", Fraction(-4)),
        ("2 ** -1", Fraction(1, 2)),
        ("-7 // 2", Fraction(-4)),
        ("-7 % 3", Fraction(2)),
        ("7 - 2 - 1", Fraction(4)),
        ("2 * (n + 1)", Fraction(8)),
        ("n * task.tokens", Fraction(36)),
        ("1.5e2", Fraction(150)),
        ("min(3, 1, 2) + max(1, 5)", Fraction(6)),
        ("round(2.5)", Fraction(3)),
        ("round(-2.5)", Fraction(-3)),
        ("round(0.125, 2)", Fraction(13, 100)),
        ("floor(-1.5) + ceil(-1.5)", Fraction(-3)),
        ("abs(-half)", Fraction(1, 2)),
        ("sqrt(9 / 4)", Fraction(3, 2)),
        ("4 ** 0.5", Fraction(2)),
        ("log(1) + exp(0)", Fraction(1)),
        ("1 if n > 2 else 0", Fraction(1)),
        ("1 if n > 5 else 2 if n > 2 else 3", Fraction(2)),
        ("1 < n <= 3", True),
        ("not n == 3 or yes and false", False),
        ("word != task.name", True),
        ("0.1 + 0.2 == 0.3", True),
        ("true", True),
        ("word", "SFT"),
    ],
)
def test_value(text: str, expected: Result) -> None:
    """Numbers are exact, precedences are Python's, halves are rounded away from zero."""
    assert value(text) == expected


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("1 / (1 + exp(-1.2))", "0.768524783499017643"),
        ("log(2)", "0.693147180559945309"),
        ("sqrt(2)", "1.414213562373095049"),
        ("2 ** 0.3", "1.231144413344916284"),
        ("exp(log(5))", "5.000000000000000000"),
    ],
)
def test_irrational_values(text: str, digits: str) -> None:
    """Digits as other systems print them (bc -l, scale 30)."""
    found = value(text)
    assert isinstance(found, Fraction)
    assert fixed(found, 18) == digits


@pytest.mark.parametrize(
    ("text", "message", "span", "hint"),
    [
        ("2 ^ 3", "'^' has no meaning in an expression", (2, 3), "write a power as **"),
        ("n = 3", "'=' has no meaning in an expression", (2, 3), "compare with =="),
        ("2n", "'2n' is not a number", (0, 2), "multiply with *: 2 * x"),
        ("1_000", "'1_000' is not a number", (0, 5), "write 0.5, 12 or 1e-3"),
        ("sqr(4)", "there is no function 'sqr'", (0, 3), "did you mean 'sqrt'?"),
        ("ln(2)", "'ln' is not known here", (0, 2), "write log"),
        ("1 +", "the expression ends where a number or a name is expected", (3, 3), ""),
        ("", "the expression ends where a number or a name is expected", (0, 0), ""),
        ("(1", "the expression ends where ')' is expected", (2, 2), ""),
        ("1 2", "'2' stands where an operator is expected", (2, 3), ""),
        ("1 if n", "the expression ends where 'else' is expected", (6, 6), ""),
        ("a.b.c", "a column has no parts", (3, 4), ""),
        ("log(1, 2)", "'log' has 2 values in its brackets; it takes 1", (0, 9), ""),
        ("'a' * 9", "''' has no meaning in an expression", (0, 1), "expressions compute numbers"),
        ("<< n >>", "'<' stands where a number or a name is expected", (0, 1), "names stand without << >>"),
        ("[1]", "'[' has no meaning in an expression", (0, 1), "expressions have no lists"),
        ("lambda: 1", "':' has no meaning in an expression", (6, 7), ""),
        ("1e999", "the exponent of '1e999' lies outside -300 to 300", (0, 5), ""),
        ("1" * 41, "a number of 41 characters; at most 40 are allowed", (0, 41), ""),
    ],
)
def test_refused(text: str, message: str, span: tuple[int, int], hint: str) -> None:
    """What is no expression is told with its place and what to write instead."""
    with pytest.raises(BadExpressionError) as caught:
        parse(text)

    assert (caught.value.message, caught.value.span) == (message, span)
    assert caught.value.hint.startswith(hint)


@pytest.mark.parametrize(
    ("text", "message", "span"),
    [
        ("1 + 1 / (n - 3)", "division by zero", (4, 14)),
        ("n % 0", "division by zero", (0, 5)),
        ("0 ** -1", "zero has no negative power", (0, 7)),
        ("sqrt(-1)", "the negative number -1 has no square root", (0, 8)),
        ("(-8) ** 0.3", "the power 0.3 of the negative number -8 is not real", (1, 11)),
        ("log(0)", "0 has no logarithm", (0, 6)),
        ("2 ** 1001", "the exponent 1001 lies outside -1000 to 1000", (0, 9)),
        ("((2 ** 1000) ** 1000) ** 1000", "the result is too large: more than 1,233 digits", (2, 20)),
        ("9 ** 999 * 9 ** 999 * 9 ** 999", "the result is too large: more than 1,233 digits", (0, 19)),
        ("exp(3000)", "the result is too large: more than 1,233 digits", (0, 9)),
        ("exp(1e300)", "the result is too large: more than 1,233 digits", (0, 10)),
        ("round(1, 21)", "21 decimal places; a whole number from 0 to 20 is allowed", (0, 12)),
        ("word + 1", "a number is needed here, not the text 'SFT'", (0, 4)),
        ("1 if n else 2", "a condition is needed here, not the number 3", (5, 6)),
        ("word < task.name", "the text 'SFT' is neither above nor below another", (0, 16)),
        ("word == 1", "the text 'SFT' cannot be compared with the number 1", (0, 9)),
        ("task + 1", "'task' is a row of a table, not a single value", (0, 4)),
        ("yes * 2", "a number is needed here, not the truth value true", (0, 3)),
    ],
)
def test_without_value(text: str, message: str, span: tuple[int, int]) -> None:
    """What cannot be worked out is a fault with the place of the operation, never an exception of Python's."""
    with pytest.raises(ValueFault) as caught:
        value(text)

    assert (caught.value.message, caught.value.span) == (message, span)


@pytest.mark.parametrize(
    "text", ["+".join(["1"] * 201), "(" * 41 + "1" + ")" * 41, "-" * 50 + "1", "2**" * 50 + "2", "1" * 2001]
)
def test_size_is_bounded(text: str) -> None:
    """More than 200 parts, 40 levels or 2,000 characters are refused while reading."""
    with pytest.raises(BadExpressionError):
        parse(text)


def test_work_is_bounded() -> None:
    """Large numbers cost more steps than small ones, and steps run out."""
    small, large = Work(), Work()
    evaluate(parse("1 + 1"), {}, small)
    evaluate(parse("3 ** 1000 + 1"), {}, large)
    assert small.left > large.left
    with pytest.raises(OutOfWorkError):
        evaluate(parse("1 + 1"), {}, Work(2))
    assert small.left <= MODEL_STEPS


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(1, 2), "0.5"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(3), "3"),
        (Fraction(0), "0"),
        (Fraction(1, 3), None),
        (Fraction(1, 2**21), None),
        (Fraction(10**60), None),
        (Fraction(10**30), "1" + "0" * 30),
    ],
)
def test_exact_decimals(number: Fraction, text: str | None) -> None:
    """A number that has a short decimal is written as that, any other is not."""
    assert exact(number) == text


@pytest.mark.parametrize(
    ("number", "places", "text"),
    [
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(-1, 8), 2, "-0.13"),
        (Fraction(-1, 1000), 2, "0.00"),
        (Fraction(2, 3), 0, "1"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(12345), 1, "12345.0"),
    ],
)
def test_fixed_decimals(number: Fraction, places: int, text: str) -> None:
    """Halves go away from zero, and there is no minus in front of a zero."""
    assert fixed(number, places) == text
