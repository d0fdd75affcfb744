"""Candidates: whose name and number are printed on papers. Personal: nothing of them leaves the private folder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal
from typing import Literal

Layout = Literal["standard", "large-print"]


@dataclass(frozen=True, slots=True)
class ExtraTime:
    """More time than others have.

    Attributes:
        amount: Minutes, or per cent of the time of the quiz.
        percent: Which of the two.
    """

    amount: Decimal
    percent: bool = False

    def minutes(self, time: Decimal) -> Decimal:
        """Whole minutes beside the time of a quiz, rounded in favour of the candidate."""
        extra = time * self.amount / 100 if self.percent else self.amount
        return extra.to_integral_value(ROUND_CEILING)

    def __str__(self) -> str:
        return f"{self.amount}%" if self.percent else f"{self.amount} min"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One row of a class list.

    Attributes:
        name: As the list has it.
        id: As the list has it.
        form: Code of the form; None where it is still to be dealt.
        layout: Of the papers.
        extra_time: More time than others have; None for none.
    """

    name: str
    id: str
    form: str | None = None
    layout: Layout = "standard"
    extra_time: ExtraTime | None = None

    @property
    def number(self) -> str:
        """What a machine can read of the id: its digits, in order."""
        return digits_of(self.id)


def digits_of(name: str) -> str:
    """The digits 0 to 9 in a text."""
    return "".join(character for character in name if character in "0123456789")


def dealt(candidates: Iterable[Candidate], forms: Sequence[str]) -> tuple[Candidate, ...]:
    """Candidates with a form each.

    Those without one get the form that follows the one of the candidate before, so that neighbours in the list have
    different forms wherever the list does not say otherwise.
    """
    found: list[Candidate] = []
    turn = 0
    for each in candidates:
        given = each if each.form is not None else replace(each, form=forms[turn % len(forms)])
        turn = forms.index(given.form or "") + 1
        found.append(given)
    return tuple(found)
