"""A template with its names filled in, and where each piece of the result comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from quizforge.generation.evaluation import truth
from quizforge.generation.expression import Name
from quizforge.generation.numbers import exact, fixed
from quizforge.generation.template import Filter, Literal, Part, Selected, Shown, Template
from quizforge.generation.tokens import Span
from quizforge.generation.values import Given, Names, Row, Scalar, describe, plain
from quizforge.generation.work import ValueFault, Work

MAX_OUTPUT = 50_000
"""Characters of one text."""

_CHARACTERS_PER_STEP = 2
_STEPS_OF_A_PIECE = 4


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a rendered text.

    Attributes:
        start: Its offset in the rendered text.
        source: The stretch of the template that it comes from.
        literal: Whether it stands in the template as it is, so that offsets inside it can be counted.
    """

    start: int
    source: Span
    literal: bool


@dataclass(frozen=True, slots=True)
class Rendered:
    """A rendered text with its pieces in order."""

    text: str
    pieces: tuple[Piece, ...]

    def source(self, span: Span) -> Span:
        """The stretch of the template behind a stretch of the result."""
        return self._source(span[0], end=False), self._source(span[1], end=True)

    def _source(self, offset: int, *, end: bool) -> int:
        before = [piece for piece in self.pieces if piece.start < offset or (piece.start == offset and not end)]
        if not before:
            return self.pieces[0].source[0] if self.pieces else 0
        piece = before[-1]
        if piece.literal:
            return min(piece.source[0] + offset - piece.start, piece.source[1])
        return piece.source[1] if end else piece.source[0]


def render(template: Template, names: Names, work: Work) -> Rendered:
    """Fill a template in.

    Raises:
        ValueFault: A value cannot be shown as it is asked for, or the text becomes too long.
        OutOfWorkError: No steps are left.
    """
    texts: list[str] = []
    pieces: list[Piece] = []
    length = 0
    for text, source, literal in _pieces(template.parts, names, work):
        pieces.append(Piece(length, source, literal))
        texts.append(text)
        length += len(text)
        work.take(_STEPS_OF_A_PIECE + len(text) // _CHARACTERS_PER_STEP)
        if length > MAX_OUTPUT:
            raise ValueFault(f"the text becomes longer than {MAX_OUTPUT:,} characters", source)
    return Rendered("".join(texts), tuple(pieces))


def _pieces(parts: tuple[Part, ...], names: Names, work: Work) -> Iterator[tuple[str, Span, bool]]:
    for part in parts:
        work.take()
        if isinstance(part, Literal):
            yield part.text, part.span, len(part.text) == part.span[1] - part.span[0]
        elif isinstance(part, Shown):
            yield _shown(part, names), part.span, False
        else:
            yield from _pieces(_chosen(part, names, work), names, work)


def _chosen(part: Selected, names: Names, work: Work) -> tuple[Part, ...]:
    for alternative in part.alternatives:
        if alternative.condition is None:
            return alternative.parts
        if truth(alternative.condition, names, work):
            return alternative.parts
    return ()


def _shown(part: Shown, names: Names) -> str:
    value = _scalar(part.value, names)
    for one in part.filters:
        value = _filtered(one, value, part.span)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Given):
        return value.text
    text = exact(value)
    if text is None:
        hint = f"write << {_written(part.value)} | fixed(2) >>"
        raise ValueFault(f"{describe(value)} is not a short decimal", part.span, hint=hint)
    return text


def _written(name: Name) -> str:
    return name.name if name.column is None else f"{name.name}.{name.column}"


def _scalar(name: Name, names: Names) -> Scalar:
    value = names[name.name]
    if not isinstance(value, Row):
        return value
    if name.column is None:
        hint = f"write << {name.name}.{next(iter(value.cells), 'column')} >>"
        raise ValueFault(f"'{name.name}' is a row of a table, not a single value", name.span, hint=hint)
    return value.cells[name.column]


def _filtered(one: Filter, value: Scalar, span: Span) -> Given:
    if one.places is None:
        if isinstance(value, Given):
            return Given(getattr(value.text, one.name)())
        raise ValueFault(f"the filter '{one.name}' takes a text, not {describe(value)}", span)
    number = plain(value)
    if not isinstance(number, Fraction):
        raise ValueFault(f"the filter '{one.name}' takes a number, not {describe(number)}", span)
    text = fixed(number, one.places)
    if one.name == "signed" and number > 0 and text.strip("0."):
        text = f"+{text}"
    elif one.name == "grouped":
        whole, point, places = text.partition(".")
        text = f"{int(whole):,}{point}{places}" if whole != "-0" else text
    return Given(text)
