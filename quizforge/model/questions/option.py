"""Options that are chosen, and what makes two of them the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from quizforge.model.codes.structure import DUPLICATE_OPTION
from quizforge.model.diagnostic import Path, Problem
from quizforge.model.fields import (
    BlockPractice,
    Bool,
    Entry,
    Id,
    InlineExam,
    MisconceptionId,
    Number,
    wrap_text,
)

Credit = Annotated[Number, Field(ge=-100, le=100)]
_NUMERIC = re.compile(r"([+-]?[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]{1,3})?)(?:\s*/\s*([0-9]*\.?[0-9]+))?", re.ASCII)


_LONGEST_NUMBER = 100
"""Characters of two numbers and a fraction bar; on longer runs of digits the pattern takes cubic time."""


class Choice(Entry):
    """One option. A plain string in YAML is a wrong option without feedback."""

    text: InlineExam
    id: Id | None = None
    correct: Bool = False
    feedback: BlockPractice | None = None
    misconception: MisconceptionId | None = None
    credit: Credit | None = None
    pin: Literal["first", "last"] | None = None

    def meaning(self) -> tuple[object, ...]:
        """Text, key and credit."""
        return (self.text, self.correct, None if self.credit is None else str(self.credit))


ChoiceField = Annotated[Choice, BeforeValidator(wrap_text, json_schema_input_type=Choice | InlineExam)]


def fold(text: str) -> str:
    """A text without the differences of case, blanks and number form: ``0.50`` and ``1/2`` agree."""
    squeezed = _squeeze(text)
    if squeezed[:1] in "+-.0123456789" and len(squeezed) <= _LONGEST_NUMBER:
        match = _NUMERIC.fullmatch(squeezed)
        if match is not None:
            return _number_form(match)
    return squeezed


def _squeeze(text: str) -> str:
    return " ".join(text.split()).casefold()


def _number_form(match: re.Match[str]) -> str:
    below = Fraction(Decimal(match[2])) if match[2] else Fraction(1)
    return str(Fraction(Decimal(match[1])) / below) if below else match[0]


def duplicates(texts: Sequence[str], at: Callable[[int], Path], *, what: str) -> Iterator[Problem]:
    """Options that say the same.

    Args:
        texts: The options.
        at: From the index of an option to its path.
        what: The word for one of them in messages: ``choice``, ``item`` ...

    Yields:
        An error for each later twin; a warning where only blanks or case differ.
    """
    folded = [fold(text) for text in texts]
    if len(set(folded)) == len(folded):
        return
    first: dict[str, int] = {}
    for index, key in enumerate(folded):
        twin = first.setdefault(key, index)
        if twin == index:
            continue
        cosmetic = _squeeze(texts[index]) == _squeeze(texts[twin]) and texts[index].strip() != texts[twin].strip()
        yield Problem(
            DUPLICATE_OPTION,
            f"{what} {index + 1} says the same as {what} {twin + 1}: '{_brief(texts[index])}'",
            at(index),
            hint="a student cannot tell them apart; change or remove one",
            severity="warning" if cosmetic else "error",
        )


def _brief(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59] + "…"


def share(per_cents: Iterable[Decimal | None]) -> Fraction:
    """The sum of credits in per cent, as a share of the points."""
    return sum((Fraction(credit) for credit in per_cents if credit is not None), Fraction(0)) / 100
