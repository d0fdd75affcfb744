"""Gathering what is to be said about one question while it is written."""

from __future__ import annotations

from quizforge.formats.xml import illegal_character, without_illegal
from quizforge.model.codes.fidelity import SCORE_LOWERED, UNWRITABLE
from quizforge.model.diagnostic import Code, Path, Problem, Severity


class Reporter:
    """Base of what writes the texts of questions.

    Attributes:
        problems: Found while the current question was written, without subjects.
    """

    __slots__ = ("problems",)

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def report(
        self, code: Code, message: str, at: Path = (), *, hint: str = "", severity: Severity | None = None
    ) -> None:
        """Add a problem of the current question."""
        self.problems.append(Problem(code, message, at, hint=hint, severity=severity))

    def lowered(self, message: str, at: Path = (), *, hint: str = "") -> None:
        """Report that a response earns less in the target."""
        self.report(SCORE_LOWERED, message, at, hint=hint)

    def writable(self, text: str, at: Path) -> str:
        """A text that is no Markdown, as it is; what XML cannot hold is an error, and becomes U+FFFD."""
        found = illegal_character(text)
        if found is None:
            return text
        self.report(UNWRITABLE, f"U+{ord(found):04X} cannot stand in XML", at, hint="remove the character")
        return without_illegal(text)
