"""Expressions of item models: read into a tree of their own, never into Python.

The language is arithmetic, comparisons, ``and``, ``or``, ``not``, ``a if condition else b`` and a few
functions, with Python's precedences. It has no texts, lists, attributes but columns, no loops and
no definitions; so the only dangers are size and time, which are bounded here and in
:mod:`quizforge.generation.work`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from quizforge.generation.numbers import FUNCTIONS
from quizforge.generation.tokens import BadExpressionError, Span, Token, tokens
from quizforge.model.near import did_you_mean

MAX_TEXT = 2000
MAX_NODES = 200
MAX_DEPTH = 40


@dataclass(frozen=True, slots=True)
class Constant:
    """A number or a truth value."""

    value: Fraction | bool
    span: Span


@dataclass(frozen=True, slots=True)
class Name:
    """A name, with the column where it means a row."""

    name: str
    column: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Negation:
    """``-x`` or ``not x``."""

    operator: str
    operand: Node
    span: Span


@dataclass(frozen=True, slots=True)
class Operation:
    """Two numbers and an operator between them."""

    operator: str
    left: Node
    right: Node
    span: Span


@dataclass(frozen=True, slots=True)
class Comparison:
    """``a < b <= c``: each neighbour is compared."""

    operators: tuple[str, ...]
    operands: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Junction:
    """Conditions between which ``and`` or ``or`` stands."""

    operator: str
    operands: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Call:
    """A function of numbers."""

    function: str
    arguments: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Choice:
    """``then if condition else other``."""

    condition: Node
    then: Node
    other: Node
    span: Span


Node: TypeAlias = "Constant | Name | Negation | Operation | Comparison | Junction | Call | Choice"


_COMPARISONS = frozenset({"<", "<=", ">", ">=", "==", "!="})
_BINDING = {"+": 1, "-": 1, "*": 2, "/": 2, "//": 2, "%": 2}


def parse(text: str) -> Node:
    """Read an expression.

    Raises:
        BadExpressionError: It is none, or has more than 200 parts or 40 levels.
    """
    if len(text) > MAX_TEXT:
        raise BadExpressionError(
            f"the expression has {len(text):,} characters; at most {MAX_TEXT:,} are read",
            (MAX_TEXT, len(text)),
            hint="split it into several values under 'compute'",
        )
    return _Parser(text).whole()


def names(node: Node) -> Iterator[Name]:
    """All names in an expression, in order."""
    match node:
        case Name():
            yield node
        case Negation(operand=operand):
            yield from names(operand)
        case Operation(left=left, right=right):
            yield from names(left)
            yield from names(right)
        case Comparison(operands=operands) | Junction(operands=operands) | Call(arguments=operands):
            for operand in operands:
                yield from names(operand)
        case Choice(condition=condition, then=then, other=other):
            yield from names(then)
            yield from names(condition)
            yield from names(other)
        case Constant():
            return


class _Parser:
    """Precedence climbing over the tokens of one expression."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = list(tokens(text))
        self._at = 0
        self._nodes = 0
        self._depth = 0

    def whole(self) -> Node:
        node = self._choice()
        if self._token.kind != "end":
            raise self._unexpected("an operator")
        return node

    @property
    def _token(self) -> Token:
        return self._tokens[self._at]

    def _next(self) -> Token:
        token = self._token
        self._at += 1
        return token

    def _is(self, *words: str) -> bool:
        return self._token.kind in {"sign", "word"} and self._token.text in words

    def _skip(self, word: str) -> None:
        if not self._is(word):
            raise self._unexpected(f"'{word}'")
        self._next()

    def _unexpected(self, expected: str) -> BadExpressionError:
        token = self._token
        if token.kind == "end":
            return BadExpressionError(f"the expression ends where {expected} is expected", token.span)
        hint = "names stand without << >> in an expression" if token.text == "<" else ""
        return BadExpressionError(f"'{token.text}' stands where {expected} is expected", token.span, hint=hint)

    def _made(self, node: Node) -> Node:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise BadExpressionError(
                f"the expression has more than {MAX_NODES} parts",
                node.span,
                hint="split it into several values under 'compute'",
            )
        return node

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise BadExpressionError(
                f"the expression is nested more than {MAX_DEPTH} deep",
                self._token.span,
                hint="split it into several values under 'compute'",
            )

    def _choice(self) -> Node:
        self._deeper()
        node = self._junction("or")
        if self._is("if"):
            self._next()
            condition = self._junction("or")
            self._skip("else")
            other = self._choice()
            node = self._made(Choice(condition, node, other, (node.span[0], other.span[1])))
        self._depth -= 1
        return node

    def _junction(self, word: str) -> Node:
        below = self._conjunction if word == "or" else self._inverse
        operands = [below()]
        while self._is(word):
            self._next()
            operands.append(below())
        if len(operands) == 1:
            return operands[0]
        return self._made(Junction(word, tuple(operands), (operands[0].span[0], operands[-1].span[1])))

    def _conjunction(self) -> Node:
        return self._junction("and")

    def _inverse(self) -> Node:
        if not self._is("not"):
            return self._comparison()
        start = self._next().span[0]
        self._deeper()
        operand = self._inverse()
        self._depth -= 1
        return self._made(Negation("not", operand, (start, operand.span[1])))

    def _comparison(self) -> Node:
        operands = [self._sum(1)]
        operators = []
        while self._token.kind == "sign" and self._token.text in _COMPARISONS:
            operators.append(self._next().text)
            operands.append(self._sum(1))
        if not operators:
            return operands[0]
        span = (operands[0].span[0], operands[-1].span[1])
        return self._made(Comparison(tuple(operators), tuple(operands), span))

    def _sum(self, least: int) -> Node:
        left = self._sign()
        while self._token.kind == "sign" and _BINDING.get(self._token.text, 0) >= least:
            operator = self._next().text
            right = self._sum(_BINDING[operator] + 1)
            left = self._made(Operation(operator, left, right, (left.span[0], right.span[1])))
        return left

    def _sign(self) -> Node:
        if not self._is("-", "+"):
            return self._power()
        sign = self._next()
        self._deeper()
        operand = self._sign()
        self._depth -= 1
        if sign.text == "+":
            return operand
        return self._made(Negation("-", operand, (sign.span[0], operand.span[1])))

    def _power(self) -> Node:
        base = self._atom()
        if not self._is("**"):
            return base
        self._next()
        self._deeper()
        exponent = self._sign()
        self._depth -= 1
        return self._made(Operation("**", base, exponent, (base.span[0], exponent.span[1])))

    def _atom(self) -> Node:
        token = self._token
        if token.kind == "number":
            self._next()
            return self._made(Constant(Fraction(token.text), token.span))
        if self._is("true", "false"):
            self._next()
            return self._made(Constant(token.text == "true", token.span))
        if self._is("("):
            self._next()
            node = self._choice()
            self._skip(")")
            return node
        if token.kind != "name":
            raise self._unexpected("a number or a name")
        self._next()
        return self._call(token) if self._is("(") else self._name(token)

    def _name(self, token: Token) -> Node:
        if not self._is("."):
            return self._made(Name(token.text, None, token.span))
        self._next()
        column = self._token
        if column.kind != "name":
            raise self._unexpected("a column")
        self._next()
        if self._is("."):
            raise BadExpressionError("a column has no parts", self._token.span)
        return self._made(Name(token.text, column.text, (token.span[0], column.span[1])))

    def _call(self, token: Token) -> Node:
        if token.text not in FUNCTIONS:
            known = ", ".join(FUNCTIONS)
            hint = did_you_mean(token.text, FUNCTIONS) or f"there are: {known}"
            raise BadExpressionError(f"there is no function '{token.text}'", token.span, hint=hint)
        self._next()
        arguments: list[Node] = []
        while not self._is(")"):
            if arguments:
                self._skip(",")
            arguments.append(self._choice())
        end = self._next().span[1]
        _, least, most = FUNCTIONS[token.text]
        if not least <= len(arguments) <= most:
            wanted = str(least) if least == most else f"{least} to {most}"
            message = f"'{token.text}' has {len(arguments)} values in its brackets; it takes {wanted}"
            raise BadExpressionError(message, (token.span[0], end))
        return self._made(Call(token.text, tuple(arguments), (token.span[0], end)))
