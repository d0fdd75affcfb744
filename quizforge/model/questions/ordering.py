"""ordering: items are brought into their right order."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import factorial
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator

from quizforge.model.codes.structure import TOO_FEW
from quizforge.model.diagnostic import Problem
from quizforge.model.fields import BlockPractice, Entry, InlineExam, MisconceptionId, wrap_text
from quizforge.model.questions.base import BaseQuestion, Invariant, Sample
from quizforge.model.questions.option import duplicates


class Item(Entry):
    """One item. A plain string in YAML is its text."""

    text: InlineExam
    feedback: BlockPractice | None = None
    misconception: MisconceptionId | None = None


ItemField = Annotated[Item, BeforeValidator(wrap_text, json_schema_input_type=Item | InlineExam)]


def _enough_items(question: Ordering) -> Iterator[Problem]:
    if len(question.items) < 2:
        yield Problem(TOO_FEW, f"{len(question.items)} item; at least two are needed", ("items",), on_key=True)


def _distinct_items(question: Ordering) -> Iterator[Problem]:
    texts = [item.text for item in question.items]
    return duplicates(texts, lambda index: ("items", index, "text"), what="item")


class Ordering(BaseQuestion):
    """Items are written in the right order. A response names the item at each position, or is None."""

    type: Literal["ordering"]
    items: tuple[ItemField, ...]
    scoring: Literal["position", "all_or_nothing"] = "position"

    invariants: ClassVar[tuple[Invariant, ...]] = (
        Invariant(("items",), _enough_items),
        Invariant(("items.text",), _distinct_items),
    )

    def score(self, response: tuple[int, ...] | None) -> Fraction:
        """position: share of items in their place; all_or_nothing: 1 when all are."""
        if response is None:
            return Fraction(0)
        right = sum(item == place for place, item in enumerate(response))
        if self.scoring == "all_or_nothing":
            return Fraction(int(right == len(self.items)))
        return Fraction(right, len(self.items))

    def expected_guess(self) -> Fraction:
        """A random order has one item in its place on average (de Montmort, 1713), and is right once in n!."""
        count = len(self.items)
        if not count:
            return Fraction(0)
        return Fraction(1, factorial(count) if self.scoring == "all_or_nothing" else count)

    def samples(self) -> tuple[Sample[tuple[int, ...] | None], ...]:
        """The right order, reversed, the first two swapped, all moved by one, and none."""
        key = tuple(range(len(self.items)))
        answers: list[tuple[str, tuple[int, ...] | None]] = [
            ("right", key),
            ("first two swapped", (1, 0, *key[2:])),
            ("moved by one", (*key[1:], 0)),
            ("reversed", key[::-1]),
            ("blank", None),
        ]
        return tuple(Sample(label, response, self.score(response)) for label, response in answers)

    def meaning(self) -> tuple[object, ...]:
        """Items in order, and scoring."""
        return ("ordering", self.scoring, [item.text for item in self.items])
