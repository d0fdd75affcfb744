"""A response to a question, as the same response to what a reader made of the exported one.

A reader gives back questions of the bank's own types, with the scoring that its platform applies; so that
what a response earns there is what these say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from quizforge.exporters.lower import Lowered, lower
from quizforge.exporters.words import words
from quizforge.markup import plain
from quizforge.model.question import Question
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.questions.ordering import Ordering
from quizforge.model.questions.single_choice import SingleChoice

Shown = Callable[[str], str]


class ReadError(ValueError):
    """The platform would not take the file as it was meant."""


def shown_plain(text: str) -> str:
    """Inline Markdown as a platform for plain text shows it."""
    return plain(text, "inline")


def earned(question: Question, there: Question, response: Any, *, bank: str, shown: Shown = shown_plain) -> Fraction:
    """What a response earns on the platform.

    Args:
        question: As it stands in the bank.
        there: What the reader made of it; of another type where it was lowered.
        response: In the form of the question's own ``score``.
        bank: Id of the bank, in English.
        shown: What the platform shows of an option.
    """
    lowered = lower(question, {there.type}, bank=bank, words=words("en"))
    assert isinstance(lowered, Lowered)
    given = lowered.translate(response)
    return Fraction(there.score(None if given is None else _moved(lowered.question, there, given, shown)))


def _moved(question: Question, there: Any, response: Any, shown: Shown) -> Any:
    if isinstance(question, SingleChoice):
        return _places(question.choices, there.choices, shown)[response]
    if isinstance(question, MultipleAnswer):
        places = _places(question.choices, there.choices, shown)
        return frozenset(places[index] for index in response)
    if isinstance(question, Ordering):
        places = _places(question.items, there.items, shown)
        return tuple(places[index] for index in response)
    if isinstance(question, Matching):
        chosen = {
            shown(pair.left): None if right is None else shown(right)
            for pair, right in zip(question.pairs, response, strict=True)
        }
        return tuple(chosen[pair.left] for pair in there.pairs)
    return response


def _places(options: Sequence[Any], there: Sequence[Any], shown: Shown) -> list[int]:
    texts = [option.text for option in there]
    return [texts.index(shown(option.text)) for option in options]
