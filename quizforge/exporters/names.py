"""Names of questions, for lists in which people look for one."""

from __future__ import annotations

from quizforge.markup import plain
from quizforge.model.question import Question

_ENOUGH = 80
"""Characters of a name that is made from a stem: it only has to tell questions apart."""


def shortened(text: str, limit: int) -> str:
    """A text cut at a word so that it has at most ``limit`` characters."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    head, blank, _ = cut.rpartition(" ")
    return (head if blank and len(head) > limit // 2 else cut).rstrip() + "…"


def name_of(question: Question) -> str:
    """A question's title, else the beginning of its stem, as one line of plain text."""
    if question.title is not None:
        return " ".join(question.title.split())
    stem = question.stem if len(question.stem) <= _ENOUGH and "\n" not in question.stem else question.stem[:4000]
    return shortened(" ".join(plain(stem).split()), _ENOUGH) or question.id
