"""Questions of one scenario are asked together, so that none of them may answer another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from quizforge.markup import plain
from quizforge.model.question import Question
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.questions.short_answer import ShortAnswer
from quizforge.model.questions.single_choice import SingleChoice
from quizforge.model.quiz import Item
from quizforge.model.shelf import Key, key_of

MIN_LENGTH = 12
"""A shorter key is a word that may stand anywhere."""


def without_answers(
    items: Sequence[Item], opposed: Mapping[Key, frozenset[Key]]
) -> tuple[tuple[Item, ...], tuple[tuple[Item, str], ...]]:
    """A set of questions that can be asked together.

    Args:
        items: The questions of a scenario, in order.
        opposed: For each question those that must not stand in one form with it.

    Returns:
        Those that stay, and each that is left out with the reason.
    """
    if len(items) == 1:
        return tuple(items), ()
    kept: list[Item] = []
    dropped: list[tuple[Item, str]] = []
    for item in items:
        reason = next((found for other in kept if (found := _reason(item, other, opposed))), "")
        if reason:
            dropped.append((item, reason))
        else:
            kept.append(item)
    return tuple(kept), tuple(dropped)


def _reason(item: Item, other: Item, opposed: Mapping[Key, frozenset[Key]]) -> str:
    name = f"'{other.question.id}'"
    if key_of(other) in opposed.get(key_of(item), ()):
        return f"it and {name} are enemies or of one family"
    scenario = "" if item.scenario is None else _folded(plain(item.scenario.text, "block"))
    if _holds(_stem(other), item.question, scenario):
        return f"the stem of {name} holds its answer"
    if _holds(_stem(item), other.question, scenario):
        return f"its stem holds the answer to {name}"
    return ""


def _stem(item: Item) -> str:
    return _folded(plain(item.question.stem, "block"))


def _holds(stem: str, asked: Question, scenario: str) -> bool:
    """Whether a stem holds the key of a question, word for word; what the scenario says to all gives nothing away."""
    return any(
        len(key) >= MIN_LENGTH and f" {key} " in stem and f" {key} " not in scenario
        for key in map(str.strip, _keys(asked))
    )


def _keys(question: Question) -> Iterator[str]:
    if isinstance(question, (SingleChoice, MultipleAnswer)):
        yield from (_folded(plain(choice.text, "inline")) for choice in question.choices if choice.correct)
    elif isinstance(question, ShortAnswer):
        yield from (_folded(answer.text) for answer in question.answers if answer.credit == 100)


def _folded(text: str) -> str:
    words = " ".join(re.findall(r"\w+", text.casefold()))
    return f" {words} "
