"""A reader of Blackboard's text file, written from its help page; whatever the help does not describe is a fault."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from quizforge.model.question import Question
from tests.tools.question_strategies import make
from tests.tools.transfer import ReadError

_NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)


def read(data: bytes, *, limit: int = 250) -> list[Question]:
    """The questions of a file, with what Blackboard gives points for where partial credit is off.

    Args:
        data: The file.
        limit: Rows that the course's view takes.

    Raises:
        ReadError: A row that the help does not describe.
    """
    text = data.decode("utf-8")
    if not text.endswith("\n") or "\r" in text:
        raise ReadError("a file whose last line is not ended, or with other line breaks")
    rows = text[:-1].split("\n")
    if len(rows) > limit:
        raise ReadError(f"{len(rows)} rows")
    return [_question(number, *row.split("\t")) for number, row in enumerate(rows, 1)]


def _question(number: int, keyword: str = "", stem: str = "", *fields: str) -> Question:
    if keyword not in _READERS or not stem.strip():
        raise ReadError(f"row {number}: keyword {keyword!r}, text {stem!r}")
    if len(fields) > 200 or any(field != field.strip() for field in (stem, *fields)):
        raise ReadError(f"row {number}: more than 100 answers, or outer blanks")
    if keyword != "FIB_PLUS" and not all(fields):
        raise ReadError(f"row {number}: an empty field in {fields}")
    if any(re.search(r"<[A-Za-z/!?]|&#?\w+;", field) for field in (stem, *fields)):
        raise ReadError(f"row {number}: shown otherwise if the fields are HTML")
    return _READERS[keyword]({"id": f"q{number}", "stem": stem}, fields)


Common = Mapping[str, str]


def _twos(fields: Sequence[str]) -> list[tuple[str, str]]:
    if len(fields) < 4 or len(fields) % 2:
        raise ReadError(f"{len(fields)} fields where pairs are expected")
    return list(zip(fields[::2], fields[1::2], strict=True))


def _options(fields: Sequence[str]) -> list[dict[str, object]]:
    found = _twos(fields)
    if not {mark for _, mark in found} <= {"correct", "incorrect"}:
        raise ReadError(f"marks in {found}")
    return [{"text": text, "correct": mark == "correct"} for text, mark in found]


def _choice(common: Common, fields: Sequence[str]) -> Question:
    options = _options(fields)
    if sum(bool(option["correct"]) for option in options) != 1:
        raise ReadError(f"not one right answer: {options}")
    return make("single_choice", common, choices=options)


def _several(common: Common, fields: Sequence[str]) -> Question:
    return make("multiple_answer", common, choices=_options(fields), scoring="all_or_nothing")


def _verdict(common: Common, fields: Sequence[str]) -> Question:
    if tuple(fields) not in {("true",), ("false",)}:
        raise ReadError(f"true or false: {fields}")
    return make("true_false", common, answer=fields[0] == "true")


def _typed(common: Common, fields: Sequence[str]) -> Question:
    if not fields:
        raise ReadError("no answer")
    return make("short_answer", common, answers=[{"text": text.replace("*", "\\*")} for text in fields])


def _number(common: Common, fields: Sequence[str]) -> Question:
    if not 1 <= len(fields) <= 2 or not all(_NUMBER.fullmatch(field) for field in fields):
        raise ReadError(f"numbers {fields}")
    return make("numerical", common, answers=[{"value": fields[0], "tolerance": (*fields, "0")[1]}])


def _pairs(common: Common, fields: Sequence[str]) -> Question:
    found = _twos(fields)
    if len({right.casefold() for _, right in found}) < len(found):
        raise ReadError(f"right sides that are the same: {found}")
    pairs = [{"left": left, "right": right} for left, right in found]
    return make("matching", common, pairs=pairs, scoring="per_pair")


def _order(common: Common, fields: Sequence[str]) -> Question:
    if len(set(fields)) < max(2, len(fields)):
        raise ReadError(f"items {fields}")
    return make("ordering", common, items=list(fields), scoring="position")


def _blanks(common: Common, fields: Sequence[str]) -> Question:
    groups = [list(group) for filled, group in groupby(fields, bool) if filled]
    if sum(not field for field in fields) != len(groups) - 1 or any(len(group) < 2 for group in groups):
        raise ReadError(f"blanks {fields}")
    names = [group[0] for group in groups]
    marks = re.findall(r"\[([^\[\]]*)\]", common["stem"])
    if sorted(names) != sorted(marks) or len(names) > 10:
        raise ReadError(f"blanks {names}, in the text {marks}")
    stem = re.sub(r"\[([^\[\]]*)\]", r"[[\1]]", common["stem"])
    blanks = {name: {"answers": [{"text": t.replace("*", "\\*")} for t in texts]} for name, *texts in groups}
    return make("cloze", {**common, "stem": stem}, blanks=blanks)


def _essay(common: Common, fields: Sequence[str]) -> Question:
    if len(fields) > 1:
        raise ReadError(f"an essay with {fields}")
    return make("essay", common, **({"model_answer": fields[0]} if fields else {}))


_READERS: Mapping[str, Callable[[Common, Sequence[str]], Question]] = {
    "MC": _choice,
    "MA": _several,
    "TF": _verdict,
    "ESS": _essay,
    "MAT": _pairs,
    "FIB": _typed,
    "FIB_PLUS": _blanks,
    "NUM": _number,
    "ORD": _order,
}
