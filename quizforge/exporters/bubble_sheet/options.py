"""The options of the bubble sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from quizforge.errors import UsageError
from quizforge.exporters.base import Options
from quizforge.model.candidate import Candidate

Paper = Literal["a4", "letter"]
Numbers = Literal["grid", "written"]
MAX_DIGITS = 10
"""More columns of large-print digits leave no room for the name beside them."""


@dataclass(frozen=True, slots=True)
class SheetOptions(Options):
    """How the sheet looks.

    Attributes:
        paper: ``a4`` or ``letter``.
        large_print: Letters of 18 points, and bubbles that hold them.
        digits: Columns of the student number.
        numbers: How numbers are answered: in a ``grid`` of digits on the sheet, or ``written`` on the exam paper.
        candidates: Whose sheets to write, in their order, with name and number filled in; one blank sheet if empty.

    Raises:
        UsageError: A value is not one of these.
    """

    paper: Paper = "a4"
    large_print: bool = False
    digits: int = 8
    numbers: Numbers = "grid"
    candidates: tuple[Candidate, ...] = ()

    def __post_init__(self) -> None:
        if self.paper not in get_args(Paper):
            raise UsageError(f"there is no paper '{self.paper}'", hint=f"there are: {', '.join(get_args(Paper))}")
        if self.numbers not in get_args(Numbers):
            raise UsageError(f"numbers cannot be '{self.numbers}'", hint=f"choose {' or '.join(get_args(Numbers))}")
        if not 1 <= self.digits <= MAX_DIGITS:
            raise UsageError(
                f"a student number of {self.digits} digits has no place on the sheet", hint=f"choose 1 to {MAX_DIGITS}"
            )
        if not isinstance(self.candidates, tuple):
            raise UsageError("candidates cannot be named here", hint="they come from a class list")
