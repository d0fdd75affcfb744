"""Findings that an author has looked at and allows: ``# quizforge: allow[QF203] reason``.

The comment stands at the end of a line or alone above it, and covers the entries that begin there
with all below them. What makes a bank wrong cannot be allowed away: errors of the file and of its
structure stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from quizforge.loading.yaml.nodes import Comment, Document
from quizforge.model.codes import all_codes
from quizforge.model.codes.source import MALFORMED_SUPPRESSION, UNUSED_SUPPRESSION
from quizforge.model.diagnostic import Diagnostic, Place

_ALLOW = re.compile(r"allow[ \t]*\[([^\]]*)\](.*)")
_CODE = re.compile(r"QF\d{3}|(?!QF)[A-Z]{2,12}\d{1,6}")
_LISTED = re.compile(r"[^\s,][^,]*")
_REASON = re.compile(r"\w")
_EXAMPLE = "write '# quizforge: allow[QF203] reason'"
_FIRST_ALLOWED = "QF200"


@dataclass(frozen=True, slots=True)
class Allowance:
    """One code of one comment.

    Attributes:
        code: As written, ``QF203``.
        place: Where the code stands in the comment.
        covers: Stretches of the file in which findings of that code are allowed.
    """

    code: str
    place: Place
    covers: tuple[Place, ...]

    def covers_place(self, place: Place) -> bool:
        """Whether something that begins at a place is covered."""
        at = (place.line, place.column)
        return any((c.line, c.column) <= at < (c.end_line, c.end_column) for c in self.covers)


@dataclass(frozen=True, slots=True)
class Suppressions:
    """The comments of one file that allow findings.

    Attributes:
        allowances: One for each code of each comment, in the order of the file.
        malformed: A warning for each comment that cannot be understood or gives no reason.
    """

    allowances: tuple[Allowance, ...]
    malformed: tuple[Diagnostic, ...]

    @classmethod
    def of(cls, document: Document) -> Suppressions:
        """Read the comments of a document."""
        allowances: list[Allowance] = []
        malformed: list[Diagnostic] = []
        for comment in document.comments:
            found, problems = _read(comment)
            allowances += found
            malformed += problems
        return cls(tuple(allowances), tuple(malformed))

    def apply(
        self, diagnostics: Iterable[Diagnostic], *, ran: Callable[[str], bool]
    ) -> tuple[tuple[Diagnostic, ...], tuple[Diagnostic, ...]]:
        """Take out the findings that are allowed.

        Args:
            diagnostics: Findings of this file.
            ran: Whether the checks behind a code ran: only then can a comment be called unused.

        Returns:
            The findings that stay, in their order; and what is to be said of the comments
            themselves, unused (QF022) or malformed (QF023), in the order of the file.
        """
        by_code: dict[str, list[Allowance]] = {}
        for allowance in self.allowances:
            by_code.setdefault(allowance.code, []).append(allowance)
        used: set[int] = set()
        kept: list[Diagnostic] = []
        for diagnostic in diagnostics:
            matching = [a for a in by_code.get(diagnostic.code.code, ()) if _allows(a, diagnostic)]
            used.update(id(allowance) for allowance in matching)
            if not matching:
                kept.append(diagnostic)
        unused = (a for a in self.allowances if id(a) not in used and ran(a.code))
        remarks = [*self.malformed, *(_without_use(allowance) for allowance in unused)]
        return tuple(kept), tuple(sorted(remarks, key=lambda remark: remark.sort_key))


def _allows(allowance: Allowance, diagnostic: Diagnostic) -> bool:
    code = diagnostic.code.code
    is_fixed = diagnostic.severity == "error" and code.startswith("QF") and code < _FIRST_ALLOWED
    return not is_fixed and allowance.covers_place(diagnostic.place)


def _without_use(allowance: Allowance) -> Diagnostic:
    """The warning about a code that no finding needed."""
    code = all_codes().get(allowance.code)
    if code is not None and code.severity == "error" and code.code < _FIRST_ALLOWED:
        message = f"{code.code} ({code.name}) is an error that cannot be allowed"
        return Diagnostic.of(MALFORMED_SUPPRESSION, allowance.place, message, hint="mend the error and remove the code")
    message = f"nothing is found here that {allowance.code} would allow"
    return Diagnostic.of(UNUSED_SUPPRESSION, allowance.place, message, hint="remove the code, or the comment")


def _read(comment: Comment) -> tuple[list[Allowance], list[Diagnostic]]:
    match = _ALLOW.match(comment.text)
    if match is None:
        return [], [_malformed(comment.place, "this comment to QuizForge is not understood")]
    allowances: list[Allowance] = []
    problems: list[Diagnostic] = []
    for code, place in _codes(comment, match):
        if _CODE.fullmatch(code):
            allowances.append(Allowance(code, place, comment.covers))
        else:
            problems.append(_malformed(place, f"'{code}' is no code"))
    if not allowances and not problems:
        problems.append(_malformed(comment.place, "no code stands in the brackets"))
    if not _REASON.search(match[2]):
        problems.append(_malformed(comment.place, "the comment gives no reason"))
    if not comment.covers:
        hint = "put it at the end of a line, or alone above one"
        return [], [*problems, _malformed(comment.place, "nothing follows that the comment could cover", hint)]
    return allowances, problems


def _codes(comment: Comment, match: re.Match[str]) -> Iterator[tuple[str, Place]]:
    first_column = comment.place.end_column - len(comment.text) + match.start(1)
    for listed in _LISTED.finditer(match[1]):
        code = listed[0].rstrip()
        column = first_column + listed.start()
        yield code, replace(comment.place, column=column, end_column=column + len(code))


def _malformed(place: Place, message: str, hint: str = _EXAMPLE) -> Diagnostic:
    return Diagnostic.of(MALFORMED_SUPPRESSION, place, message, hint=hint)
