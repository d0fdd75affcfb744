"""A candidate: whose name and number are printed on papers. Personal: it never leaves the private folder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Layout = Literal["standard", "large-print"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One line of a class list.

    Attributes:
        name: As the list has it.
        id: As the list has it.
        form: Code of the form, or None where there is one form only.
        layout: Of the papers.
        extra_time: More time than others have, as the list has it: ``25%`` or ``20 min``; None for none.
    """

    name: str
    id: str
    form: str | None = None
    layout: Layout = "standard"
    extra_time: str | None = None

    @property
    def number(self) -> str:
        """What a machine can read of the id: its digits, in order."""
        return "".join(character for character in self.id if character in "0123456789")
