"""The map of a bubble sheet: where each bubble stands on paper, and what a mark in it means.

Optical mark recognition (OMR) needs three things of a sheet: marks to align the page by, the identity of
the page, and the places of the bubbles. The map has them as JSON, version 1; ``docs/omr-map.md`` describes it
for those who write a reader.

Lengths are whole hundredths of a millimetre here and millimetres in the file, from the page's upper left
corner, x to the right and y down.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

VERSION = 1

Shape = Literal["circle", "square"]
Field = Literal["form", "number", "answer"]
Value = str | int | bool

ID_BITS = 20
PAGE_BITS = 5
CHECK_BITS = 5
CHECK_MODULUS = 29
"""A prime below ``2 ** CHECK_BITS``: no power of two is a multiple of it, so that one wrong cell never passes."""
MAX_PAGES = 2**PAGE_BITS - 1


@dataclass(frozen=True, slots=True)
class Bubble:
    """A place to mark.

    Attributes:
        x: Of the centre.
        y: Of the centre.
        text: What is printed in it.
        meaning: What a mark says, by name: ``position`` and ``option``, or ``value``.
        filled: Whether it is printed as marked.
    """

    x: int
    y: int
    text: str
    meaning: tuple[tuple[str, Value], ...]
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Bubbles that are read together.

    Attributes:
        field: Of the sheet's head (``form``, ``number``), or ``answer``.
        about: What the row stands for, by name: question, bank, label, part of the question.
        marks: How many of its bubbles may be marked.
        shape: Of the bubbles.
        radius: Of the bubbles; half the side of a square.
        bubbles: From the first to the last.
    """

    field: Field
    about: tuple[tuple[str, Value], ...]
    marks: Literal["one", "many"]
    shape: Shape
    radius: int
    bubbles: tuple[Bubble, ...]


@dataclass(frozen=True, slots=True)
class Square:
    """A black square to align a page by, or a cell of the page code.

    Attributes:
        x: Of the centre.
        y: Of the centre.
        side: Its side.
    """

    x: int
    y: int
    side: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the sheet.

    Attributes:
        number: As printed.
        bank: Id of its bank.
        id: Its id.
        revision: Hash of all that affects its meaning or score.
        type: Its type.
        answer: ``marked`` on the sheet, ``written`` on the exam paper, or ``both``.
    """

    number: int
    bank: str
    id: str
    revision: str
    type: str
    answer: Literal["marked", "written", "both"]


@dataclass(frozen=True, slots=True)
class OmrMap:
    """The map of all pages of one sheet.

    Attributes:
        quiz: Id of the quiz.
        form: Code of the form; None where there is one form only.
        layout: ``standard`` or ``large-print``.
        paper: ``a4`` or ``letter``.
        width: Of the page.
        height: Of the page.
        fiducials: Upper left, upper right, lower right, lower left; the same on every page.
        cells: Of the page code, from left to right; the same on every page.
        questions: All numbered questions, also those without a bubble.
        pages: The rows of each page.
    """

    quiz: str
    form: str | None
    layout: str
    paper: str
    width: int
    height: int
    fiducials: tuple[Square, Square, Square, Square]
    cells: tuple[Square, ...]
    questions: tuple[Asked, ...]
    pages: tuple[tuple[Row, ...], ...]

    def codes(self) -> tuple[str, ...]:
        """The code of each page: a string of ``0`` and ``1``, one for each cell, ``1`` for a black one.

        It is made from what is printed, and so tells nothing about the questions or their answers.
        """
        shown = [
            [(row.field, row.shape, [(spot.x, spot.y, spot.text) for spot in row.bubbles]) for row in rows]
            for rows in self.pages
        ]
        identity = json.dumps([self.quiz, self.form, self.layout, self.paper, shown]).encode()
        number = int.from_bytes(blake2b(identity, digest_size=8).digest(), "big") % 2**ID_BITS
        return tuple(page_code(number, page) for page in range(1, len(self.pages) + 1))

    def write(self) -> bytes:
        """The map as JSON; each row of bubbles on a line of its own."""
        head = [
            ("omr_map", VERSION),
            ("quiz", self.quiz),
            ("form", self.form),
            ("layout", self.layout),
            ("paper", self.paper),
            ("width", _mm(self.width)),
            ("height", _mm(self.height)),
            ("fiducials", [_square(square) for square in self.fiducials]),
            ("cells", [_square(square) for square in self.cells]),
        ]
        questions = _lines(_question(asked) for asked in self.questions)
        pages = ",\n".join(
            f'{{"page": {number}, "code": "{code}", "rows": {_lines(map(_row, rows))}}}'
            for number, (code, rows) in enumerate(zip(self.codes(), self.pages, strict=True), 1)
        )
        start = ",\n".join(f"{_json(key)}: {_json(value)}" for key, value in head)
        return f'{{\n{start},\n"questions": {questions},\n"pages": [\n{pages}\n]\n}}\n'.encode()


def page_code(identity: int, page: int) -> str:
    """The cells of a page: a black one, identity, page, check, a black one; highest bits first.

    Args:
        identity: Of the sheet, below ``2 ** ID_BITS``.
        page: From 1.

    Returns:
        32 digits. The check is the number in front of it, modulo 29.
    """
    number = (identity << PAGE_BITS) + page
    return f"1{number:0{ID_BITS + PAGE_BITS}b}{number % CHECK_MODULUS:0{CHECK_BITS}b}1"


CODE_CELLS = len(page_code(0, 1))


def _mm(length: int) -> float | int:
    return length // 100 if length % 100 == 0 else length / 100


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _lines(values: Iterable[object]) -> str:
    rows: Sequence[str] = [_json(value) for value in values]
    return "[\n" + ",\n".join(rows) + "\n]" if rows else "[]"


def _square(square: Square) -> dict[str, object]:
    return {"x": _mm(square.x), "y": _mm(square.y), "side": _mm(square.side)}


def _question(asked: Asked) -> dict[str, object]:
    return {
        "number": asked.number,
        "bank": asked.bank,
        "question": asked.id,
        "revision": asked.revision,
        "type": asked.type,
        "answer": asked.answer,
    }


def _row(row: Row) -> dict[str, object]:
    return {
        "field": row.field,
        **dict(row.about),
        "marks": row.marks,
        "shape": row.shape,
        "radius": _mm(row.radius),
        "bubbles": [_bubble(bubble) for bubble in row.bubbles],
    }


def _bubble(bubble: Bubble) -> dict[str, object]:
    found: dict[str, object] = {"x": _mm(bubble.x), "y": _mm(bubble.y), "text": bubble.text, **dict(bubble.meaning)}
    return {**found, "filled": True} if bubble.filled else found
