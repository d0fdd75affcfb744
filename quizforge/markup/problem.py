"""What a check of a text finds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from quizforge.markup.lines import Line, lines_of
from quizforge.markup.spans import Fence, Kind, Scan, mask
from quizforge.model.diagnostic import Code


@dataclass(frozen=True, slots=True)
class TextProblem:
    """A problem inside a text.

    Attributes:
        code: What kind of problem, QF3xx.
        start: Offset of its first character.
        end: Offset behind its last character.
        message: What is wrong, without a full stop.
        hint: How to mend it; may be empty.
    """

    code: Code
    start: int
    end: int
    message: str
    hint: str = ""


@dataclass(frozen=True)
class Subject:
    """A text under check.

    Attributes:
        kind: Inline or block.
        scan: What the scanner found.
    """

    kind: Kind
    scan: Scan

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The lines that are not blank, in order."""
        return tuple(lines_of(self.masked))

    @cached_property
    def masked(self) -> str:
        """The text with code, maths, blanks and images masked, and fences as blank lines; offsets are kept."""
        text = self.scan.text
        if not self.scan.spans:
            return text
        pieces: list[str] = []
        at = 0
        for span in self.scan.spans:
            pieces.append(text[at : span.start])
            if isinstance(span, Fence):
                pieces.append("".join(char if char == "\n" else " " for char in text[span.start : span.end]))
            else:
                pieces.append(mask(text, span))
            at = span.end
        pieces.append(text[at:])
        return "".join(pieces)
