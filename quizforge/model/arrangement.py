"""The order in which the options of a question are shown: which of them may move, and a question with them moved.

A form of an exam shows each question in an order of its own. What it holds is a copy of the question with its
options in that order and ``shuffle`` off, so that every target shows exactly that order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, TypeVar

from typing_extensions import assert_never

from quizforge.model.question import Question
from quizforge.model.questions.base import BaseQuestion
from quizforge.model.questions.cloze import Cloze
from quizforge.model.questions.essay import Essay
from quizforge.model.questions.information import Information
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.questions.numerical import Numerical
from quizforge.model.questions.option import Choice
from quizforge.model.questions.ordering import Ordering
from quizforge.model.questions.short_answer import ShortAnswer
from quizforge.model.questions.single_choice import SingleChoice
from quizforge.model.questions.true_false import TrueFalse

T = TypeVar("T")
Q = TypeVar("Q", bound=BaseQuestion)
Orders = Mapping[str, tuple[int, ...]]
"""For each list of options, by its name, the place in the bank of each option as it is shown.

The lists are called ``choices``, ``items``, ``left``, ``right`` (of :attr:`Matching.rights`) and ``blanks.<name>``,
as in a Moodle manifest.
"""

_NUMBER = re.compile(r"[^\w.+-]*([+-]?\d[\d ,_]*(?:\.\d+)?(?:[eE][+-]?\d+)?)\W*(\D{0,20})", re.ASCII)


class ArrangedOrdering(Ordering):
    """An ordering whose items are shown in a given order; ``items`` stays the right one.

    Attributes:
        shown: Indices of the items in the order in which they are shown.
    """

    shown: tuple[int, ...]


class ArrangedMatching(Matching):
    """A matching whose right sides are shown in a given order; its pairs are in the order in which they are shown.

    Attributes:
        shown: The right sides in the order in which they are shown.
    """

    shown: tuple[str, ...]


def free_places(choices: Sequence[Choice], *, shuffle: bool) -> tuple[int, ...]:
    """Indices of the choices that may change places: none where they are numbers in order; never a pinned one."""
    if not shuffle:
        return ()
    free = tuple([index for index, choice in enumerate(choices) if choice.pin is None])
    return () if in_numeric_order([choices[index].text for index in free]) else free


def pins_apart(choices: Sequence[Choice], free: Sequence[int]) -> tuple[int, ...]:
    """Indices of all choices: those pinned first, the free ones in their given order, those pinned last."""
    if len(free) == len(choices):
        return tuple(free)
    first = [index for index, choice in enumerate(choices) if choice.pin == "first"]
    last = [index for index, choice in enumerate(choices) if choice.pin == "last"]
    return (*first, *free, *last)


def in_numeric_order(texts: Sequence[str]) -> bool:
    """Whether options are numbers of one unit that rise or fall."""
    if texts and texts[0][:1].isalpha() and texts[0].isascii():
        return False  # what most options are, told without the pattern
    found = []
    for text in texts:
        match = _NUMBER.fullmatch(text.strip())
        if match is None:
            return False
        found.append(match)
    if len(found) < 2:
        return False
    if len({match[2].strip() for match in found}) > 1:
        return False
    numbers = [float(re.sub(r"[ ,_]", "", match[1])) for match in found]
    pairs = list(pairwise(numbers))
    return all(a < b for a, b in pairs) or all(a > b for a, b in pairs)


def arranged(question: Question, orders: Orders) -> Question:
    """A question that shows its options in a given order everywhere.

    Args:
        question: As it stands in the bank.
        orders: A permutation for each list of options that the question has; lists that are not named stay as
            they are.
    """
    match question:
        case SingleChoice() | MultipleAnswer():
            return _changed(question, choices=_picked(question.choices, orders.get("choices")))
        case Ordering():
            shown = orders.get("items", tuple(range(len(question.items))))
            return _extended(ArrangedOrdering, question, shown=shown)
        case Matching():
            rights = _picked(question.rights, orders.get("right"))
            return _extended(
                ArrangedMatching, question, pairs=_picked(question.pairs, orders.get("left")), shown=rights
            )
        case Cloze():
            blanks = {
                name: blank.model_copy(update={"choices": _picked(blank.choices, orders.get(f"blanks.{name}"))})
                for name, blank in question.blanks.items()
            }
            return _changed(question, blanks=blanks)
        case TrueFalse() | ShortAnswer() | Numerical() | Essay() | Information():
            return question
        case _:
            assert_never(question)


def option_lists(question: Question) -> Iterator[tuple[str, int]]:
    """Name and length of each list of options, as :data:`Orders` names them."""
    match question:
        case SingleChoice() | MultipleAnswer():
            yield "choices", len(question.choices)
        case Ordering():
            yield "items", len(question.items)
        case Matching():
            yield "left", len(question.pairs)
            yield "right", len(question.rights)
        case Cloze():
            for name, blank in question.blanks.items():
                if blank.kind == "choice":
                    yield f"blanks.{name}", len(blank.choices)
        case TrueFalse() | ShortAnswer() | Numerical() | Essay() | Information():
            return
        case _:
            assert_never(question)


def _picked(entries: tuple[T, ...], order: tuple[int, ...] | None) -> tuple[T, ...]:
    return entries if order is None else tuple(entries[index] for index in order)


def _changed(question: Q, **fields: object) -> Q:
    return question.model_copy(update={**fields, "shuffle": False})


def _extended(cls: type[Q], question: BaseQuestion, **fields: Any) -> Q:  # noqa: ANN401  # fields of any type
    """A copy of a more special class; the question is valid already."""
    values = {name: getattr(question, name) for name in type(question).model_fields} | fields | {"shuffle": False}
    return cls.model_construct(_fields_set=question.model_fields_set | {"shuffle"}, **values)
