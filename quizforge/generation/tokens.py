"""The words of an expression, with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from quizforge.model.fields import MAX_NUMBER_LENGTH

Span: TypeAlias = "tuple[int, int]"


class BadSyntaxError(Exception):
    """A text of an item model cannot be read as what it should be.

    Args:
        message: What is wrong, without a full stop.
        span: Start and end offset of the fault.
        hint: What to write instead; may be empty.
    """

    def __init__(self, message: str, span: Span, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.span = span
        self.hint = hint


class BadExpressionError(BadSyntaxError):
    """A text is no expression."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word.

    Attributes:
        kind: ``number``, ``name``, ``word``, ``sign`` or ``end``.
        text: As written; empty at the end.
        span: Start and end offset.
    """

    kind: str
    text: str
    span: Span


_TOKEN = re.compile(
    r"(?P<blank>[ \t\r\n]+)"
    r"|(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)(?![A-Za-z0-9_.])"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<sign>\*\*|//|<=|>=|==|!=|[-+*/%<>(),.])",
    re.ASCII,
)
_WORDS = frozenset({"and", "or", "not", "if", "else", "true", "false"})
_HINTS = {
    "^": "write a power as **",
    "=": "compare with ==",
    "&": "write 'and'",
    "|": "write 'or'",
    "!": "write 'not', or != between two values",
    "\N{MULTIPLICATION SIGN}": "multiply with *",
    "\N{MIDDLE DOT}": "multiply with *",
    "\N{DIVISION SIGN}": "divide with /",
    "\N{MINUS SIGN}": "write the minus sign as -",
    "'": "expressions compute numbers; a text is compared as the column of a table",
    '"': "expressions compute numbers; a text is compared as the column of a table",
    "[": "expressions have no lists; make a variable",
    "{": "names stand without braces",
    "<": "names stand without << >> in an expression",
}  # fmt: skip
_SYNONYMS = {"True": "true", "False": "false", "AND": "and", "OR": "or", "NOT": "not", "ln": "log"}


def tokens(text: str) -> Iterator[Token]:
    """The words of an expression in order, with one more that marks the end.

    Raises:
        BadExpressionError: A sign has no meaning here, or a number is too long.
    """
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _bad_token(text, at)
        kind, word, span = str(match.lastgroup), match[0], match.span()
        at = match.end()
        if kind == "blank":
            continue
        if kind == "number" and len(word) > MAX_NUMBER_LENGTH:
            raise BadExpressionError(
                f"a number of {len(word)} characters; at most {MAX_NUMBER_LENGTH} are allowed", span
            )
        if kind == "number" and _exponent(word) > 300:
            raise BadExpressionError(f"the exponent of '{word}' lies outside -300 to 300", span)
        if word in _SYNONYMS:
            raise BadExpressionError(f"'{word}' is not known here", span, hint=f"write {_SYNONYMS[word]}")
        yield Token("word" if word in _WORDS else kind, word, span)
    yield Token("end", "", (len(text), len(text)))


def _exponent(number: str) -> int:
    return abs(int(number.lower().partition("e")[2] or 0))


def _bad_token(text: str, at: int) -> BadExpressionError:
    sign = text[at]
    if sign in "0123456789":
        end = re.compile(r"[A-Za-z0-9_.]+").match(text, at)
        word = end[0] if end else sign
        hint = "multiply with *: 2 * x" if re.fullmatch(r"[0-9.]+[A-Za-z]\w*", word) else "write 0.5, 12 or 1e-3"
        return BadExpressionError(f"'{word}' is not a number", (at, at + len(word)), hint=hint)
    hint = _HINTS.get(sign, "")
    return BadExpressionError(f"'{sign}' has no meaning in an expression", (at, at + 1), hint=hint)
