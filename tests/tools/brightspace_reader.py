"""A reader of Brightspace's CSV, written from D2L's sample file; whatever that does not show is a fault."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from html import unescape
from typing import Any

from quizforge.markup import Markup
from quizforge.model.question import Question
from tests.tools.question_strategies import make
from tests.tools.transfer import ReadError

Row = list[str]
_ONCE = {
    "ID",
    "Title",
    "QuestionText",
    "Points",
    "Difficulty",
    "Hint",
    "Feedback",
    "Scoring",
    "InitialText",
    "AnswerKey",
}
_PARTS = {
    "WR": set(),
    "SA": {"InputBox", "Answer"},
    "M": {"Choice", "Match"},
    "MC": {"Option"},
    "TF": {"TRUE", "FALSE"},
    "MS": {"Option"},
    "O": {"Item"},
}


@dataclass(frozen=True)
class Typed:
    """A short answer: literal answers without regard to case, regular expressions with it."""

    stem: str
    answers: tuple[tuple[Fraction, str, bool], ...]
    type: str = "short_answer"

    def score(self, response: str | None) -> Fraction:
        """The best answer that fits."""
        typed = (response or "").strip()
        if not typed:
            return Fraction(0)
        fitting = (
            share
            for share, text, regexp in self.answers
            if (re.search(text, typed) if regexp else text.casefold() == typed.casefold())
        )
        return max(fitting, default=Fraction(0))


def shown(text: str) -> str:
    """What Brightspace shows of inline Markdown, as its source without character references."""
    return unescape(Markup({}).dialect("html").inline(text).replace("\n", " "))


def read(data: bytes) -> list[Any]:
    """The questions of a file.

    Raises:
        ReadError: A row that the sample does not show.
    """
    if not data.startswith(b"\xef\xbb\xbf//"):
        raise ReadError("no mark of UTF-8, or nothing but it to lose")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    if any(len(row) != 5 or any("\n" in cell or "\r" in cell for cell in row) for row in rows):
        raise ReadError("a row without five cells, or a cell of several lines")
    questions: list[list[Row]] = []
    is_open = False
    for row in rows:
        if not any(row):
            is_open = False
        elif row[0] == "NewQuestion":
            questions.append([row])
            is_open = True
        elif not row[0].startswith("//"):
            if not is_open:
                raise ReadError(f"outside of a question: {row}")
            questions[-1].append(row)
    return [_question(block) for block in questions]


def _question(block: Sequence[Row]) -> Any:
    kind = block[0][1]
    if kind not in _PARTS:
        raise ReadError(f"kind {kind!r}")
    once = {row[0]: row for row in block[1:] if row[0] in _ONCE}
    parts = [row for row in block[1:] if row[0] not in _ONCE]
    if len(once) + len(parts) + 1 != len(block) or {row[0] for row in parts} - _PARTS[kind]:
        raise ReadError(f"a row twice, or one that {kind} does not have: {block}")
    if not re.fullmatch(r"\d+(\.\d+)?", once["Points"][1]) or not once["ID"][1] or not once["Title"][1]:
        raise ReadError(f"points, id or title: {once}")
    if "Difficulty" in once and once["Difficulty"][1] not in {"1", "2", "3", "4", "5"}:
        raise ReadError(f"difficulty {once['Difficulty']}")
    for name in once.keys() & {"QuestionText", "Hint", "Feedback", "InitialText", "AnswerKey"}:
        _text(once[name][1], once[name][2])
    stem = _text(*once["QuestionText"][1:3])
    scoring = once["Scoring"][1] if "Scoring" in once else ""
    return _READERS[kind]({"id": "q", "stem": stem}, parts, scoring)


def _text(cell: str, sign: str, *, plain: str = "") -> str:
    if sign not in {"HTML", plain} or not cell.strip():
        raise ReadError(f"text {cell!r}, sign {sign!r}")
    if sign == "HTML" and cell[0] in "=+-@":
        raise ReadError(f"a formula: {cell}")
    return unescape(cell) if sign == "HTML" else cell


Common = Mapping[str, str]


def _percent(text: str) -> int:
    if not re.fullmatch(r"\d{1,3}", text, re.ASCII) or int(text) > 100:
        raise ReadError(f"per cent {text!r}")
    return int(text)


def _choice(common: Common, parts: Sequence[Row], _: str) -> Question:
    options = [(_percent(row[1]), _text(row[2], row[3])) for row in parts]
    key = next((index for index, (share, _) in enumerate(options) if share == 100), None)
    if key is None:
        raise ReadError("no option of 100 per cent")
    choices: list[dict[str, Any]] = [
        {"text": text, "correct": True} if index == key else {"text": text, "credit": share}
        for index, (share, text) in enumerate(options)
    ]
    return make("single_choice", common, choices=choices)


def _several(common: Common, parts: Sequence[Row], scoring: str) -> Question:
    if scoring != "AllOrNothing" or not {row[1] for row in parts} <= {"0", "1"}:
        raise ReadError(f"scoring {scoring!r} or marks in {parts}")
    choices = [{"text": _text(row[2], row[3]), "correct": row[1] == "1"} for row in parts]
    return make("multiple_answer", common, choices=choices, scoring="all_or_nothing")


def _verdict(common: Common, parts: Sequence[Row], _: str) -> Question:
    marks = {row[0]: row[1] for row in parts}
    if len(parts) != 2 or sorted(marks.values()) != ["0", "100"] or any(row[3] or row[4] for row in parts):
        raise ReadError(f"verdicts {parts}")
    return make("true_false", common, answer=marks["TRUE"] == "100")


def _typed(common: Common, parts: Sequence[Row], _: str) -> Typed:
    box, *answers = parts
    if box[0] != "InputBox" or not answers or any(row[3] not in {"", "regexp"} or row[4] for row in answers):
        raise ReadError(f"answers {parts}")
    found = tuple((Fraction(_percent(row[1]), 100), row[2], row[3] == "regexp") for row in answers)
    if any(text[:1] in {*"=+@"} for _, text, _ in found):
        raise ReadError(f"a formula: {found}")
    return Typed(common["stem"], found)


_WORDS = {"EquallyWeighted": False, "AllOrNothing": True}


def _pairs(common: Common, parts: Sequence[Row], scoring: str) -> Question:
    rights = {row[1]: _text(row[2], row[3]) for row in parts if row[0] == "Choice"}
    lefts = [(row[1], _text(row[2], row[3])) for row in parts if row[0] == "Match"]
    if sorted(rights) != sorted(number for number, _ in lefts) or len(rights) < 2:
        raise ReadError(f"choices and matches are not paired: {parts}")
    pairs = [{"left": left, "right": rights[number]} for number, left in lefts]
    return make("matching", common, pairs=pairs, scoring="all_or_nothing" if _WORDS[scoring] else "per_pair")


def _items(common: Common, parts: Sequence[Row], scoring: str) -> Question:
    items = [_text(row[1], row[2], plain="NOT HTML") for row in parts]
    return make("ordering", common, items=items, scoring="all_or_nothing" if _WORDS[scoring] else "position")


def _essay(common: Common, _: Sequence[Row], __: str) -> Question:
    return make("essay", common)


_READERS: Mapping[str, Callable[[Common, Sequence[Row], str], Any]] = {
    "WR": _essay,
    "SA": _typed,
    "M": _pairs,
    "MC": _choice,
    "TF": _verdict,
    "MS": _several,
    "O": _items,
}
