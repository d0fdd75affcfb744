"""Diagnostics: what is wrong, where, and what to do about it.

A check that knows no files yields a :class:`Problem` (a code and a path inside the bank); the
loading floor turns it into a :class:`Diagnostic`, which has a :class:`Place` in a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Severity = Literal["error", "warning", "info"]
"""error = the exam would be wrong or cannot be built; warning = a person must look; info = a hint."""

SEVERITY_ORDER: Mapping[Severity, int] = MappingProxyType({"error": 0, "warning": 1, "info": 2})

Step = str | int
Path = tuple[Step, ...]
"""Where a value stands in a tree: mapping keys and list indices (from 0), outermost first."""


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of problem.

    Attributes:
        code: ``QF`` and three digits, never used again for another problem.
        name: Lower case with hyphens, for people: ``duplicate-key``.
        severity: Severity where the problem itself does not say otherwise.
        summary: One line for the table of codes; the page in ``quizforge/pages`` says the rest.
    """

    code: str
    name: str
    severity: Severity
    summary: str


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A stretch of a source file.

    Attributes:
        path: The file as the user named it, with ``/`` between folders.
        line: First line, counted from 1; 0 where the whole file is meant.
        column: First column in code points, counted from 1.
        end_line: Line of the end.
        end_column: Column just behind the last code point.
    """

    path: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem found in the model, which knows no files.

    Attributes:
        code: What kind of problem.
        message: What is wrong with *this* value, without the code and without a full stop.
        at: Where, from the subject down: ``("choices", 2, "credit")``; empty for the subject itself.
        hint: What was expected, or how to mend it; may be empty.
        subject: Section and id of the entry that ``at`` starts from, ``("questions", "q1")``; None
            where the caller knows it.
        span: Start and end offset inside the text at ``at``, for problems inside a text.
        severity: Overrides the severity of the code.
        on_key: Whether the key of the last step is meant and not its value.
    """

    code: Code
    message: str
    at: Path = ()
    hint: str = ""
    subject: tuple[str, str] | None = None
    span: tuple[int, int] | None = None
    severity: Severity | None = None
    on_key: bool = False


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A problem with its place in a file: what the user is shown.

    Attributes:
        code: What kind of problem.
        message: What is wrong, without the code and without a full stop.
        place: Where.
        severity: As printed.
        hint: What was expected, or how to mend it; may be empty.
        related: Further places that the message speaks of, such as the first of two duplicates.
    """

    code: Code
    message: str
    place: Place
    severity: Severity
    hint: str = ""
    related: tuple[Place, ...] = field(default=())

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Order of printing: file, line, column, code, message."""
        place = self.place
        return (place.path, place.line, place.column, self.code.code, self.message)

    @classmethod
    def of(
        cls,
        code: Code,
        place: Place,
        message: str,
        *,
        hint: str = "",
        severity: Severity | None = None,
        related: tuple[Place, ...] = (),
    ) -> Diagnostic:
        """A diagnostic with the severity of its code unless told otherwise."""
        return cls(code, message, place, severity or code.severity, hint, related)
