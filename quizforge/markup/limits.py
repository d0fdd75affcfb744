"""How much markup one text may hold, so that no text takes more than about half a second.

Python-Markdown looks for the partner of every bracket as far as the paragraph goes, rebuilds a paragraph for
every mark in it, and nests its calls as deep as lists and quotes nest; so the time of a hostile text grows with the
square of its length. A text beyond a limit is an error, and is shown as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizforge.markup.spans import Excess

MAX_TEXT = 200_000
MAX_BRACKETS = 200
MAX_NESTING = 20

MAX_SPANS = 2_000
MAX_OPENERS = 10_000
MAX_UNMEASURED = 5_000
_MAX_BRACKETS_SEEN = 10 * MAX_BRACKETS
_MAX_TARGETS_SEEN = 5 * MAX_BRACKETS
_MAX_BRACKET_STEPS = 1_000_000

_Limit = tuple[str, re.Pattern[str], int]
_BRACKETS: tuple[_Limit, ...] = (
    ("opening brackets", re.compile(r"\["), MAX_BRACKETS),
    ("link targets", re.compile(r"\]\("), MAX_BRACKETS),
)
_BRACKETS_SEEN: tuple[_Limit, ...] = (
    ("opening brackets", re.compile(r"\["), _MAX_BRACKETS_SEEN),
    ("link targets", re.compile(r"\]\("), _MAX_TARGETS_SEEN),
)
_TOTALS: tuple[_Limit, ...] = (
    ("lines", re.compile(r"\n"), 2_000),
    ("'|' signs", re.compile(r"\|"), 4_000),
    ("list and quote marks", re.compile(r"(?m:^)[ ]*(?:>|[-+*]|[0-9]+\.)|>"), 3_000),
)
_IN_PARAGRAPH: tuple[_Limit, ...] = (
    ("emphasis marks in one paragraph", re.compile(r"[*_]"), 1_000),
    ("'<' and '&' in one paragraph", re.compile(r"[<&]"), 1_000),
    ("backslashes in one paragraph", re.compile(r"\\"), 2_000),
)
_SMALLEST_LIMIT = min(limit for _, _, limit in (*_TOTALS, *_IN_PARAGRAPH))
_MARKERS = re.compile(r"^[ ]*(?:(?:>|[-+*]|[0-9]+\.)[ ]*)*", re.MULTILINE)
_MARKER = re.compile(r">|[-+*]|[0-9]+\.")
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n|\Z")


def too_many_brackets(masked: str) -> Excess | None:
    """The limit on ``[`` before maths, blanks and images are found: ten times that of the finished text.

    Args:
        masked: A text without its code.
    """
    return _total_excess(masked, _BRACKETS_SEEN) if "[" in masked or "](" in masked else None


def too_much(masked: str) -> Excess | None:
    """The first limit on markup that a text breaks, but for its length and nesting.

    Args:
        masked: A text whose code, maths, blanks and images are masked or replaced.
    """
    excess = _total_excess(masked, _BRACKETS)
    if excess is not None or len(masked) <= _SMALLEST_LIMIT:
        return excess
    return _total_excess(masked, _TOTALS) or next(_paragraph_excess(masked), None)


def _total_excess(masked: str, limits: tuple[_Limit, ...]) -> Excess | None:
    for what, pattern, limit in limits:
        if len(masked) > limit and sum(1 for _ in pattern.finditer(masked)) > limit:
            return Excess(what, _nth(masked, pattern, limit), limit)
    return None


def _nth(text: str, pattern: re.Pattern[str], number: int) -> int:
    return next(match.start() for index, match in enumerate(pattern.finditer(text)) if index == number)


def _paragraph_excess(masked: str) -> Iterator[Excess]:
    at = 0
    for match in _PARAGRAPH_END.finditer(masked):
        end = match.start()
        for what, pattern, limit in _IN_PARAGRAPH:
            if end - at > limit:
                places = [found.start() for found in pattern.finditer(masked, at, end)]
                if len(places) > limit:
                    yield Excess(what, places[limit], limit)
        brackets = masked.count("[", at, end)
        if brackets * (end - at) > _MAX_BRACKET_STEPS:
            limit = _MAX_BRACKET_STEPS // (end - at)
            start = masked.find("[", at)
            yield Excess("opening brackets in so long a paragraph", start, limit)
        at = match.end()


def too_nested(masked: str) -> Excess | None:
    """Where lists and quotes nest deeper than 20.

    Args:
        masked: As for :func:`too_much`.
    """
    matches = _MARKERS.finditer(masked) if "\n" in masked else [_MARKERS.match(masked)]
    for match in matches:
        if match is None:
            continue
        line = match[0]
        if len(line) <= MAX_NESTING:
            continue
        depth = len(_MARKER.findall(line)) + (len(line) - len(line.lstrip(" "))) // 4
        if depth > MAX_NESTING:
            return Excess("levels of lists and quotes", match.start(), MAX_NESTING)
    return None
