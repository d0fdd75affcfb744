"""From offsets inside a text to offsets in the source that it was written in.

YAML folds lines, strips indentation and reads escapes, so a text and its source differ; but the
characters that are not blanks are the same ones in the same order, an escape counting as one. That
is enough to find the stretch of the source for a stretch of the text in every style.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from quizforge.loading.yaml.scan import Offsets

_BLANKS = " \t\r\n"
_UNIT = re.compile(r"[^ \t\r\n]")
_UNITS = {
    "'": re.compile(r"''|[^ \t\r\n]"),
    '"': re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|\r\n|[\s\S])|[^ \t\r\n]"),
}
_BLANK_ESCAPE = re.compile(r"\\(?:[nrt \t\r\n]|\r\n|x(?:0[9ADad]|20)|u00(?:0[9ADad]|20)|U000000(?:0[9ADad]|20))")


def span_offsets(source: str, at: Offsets, text: str, span: tuple[int, int]) -> Offsets:
    """The stretch of the source that a stretch of a text was written as.

    Args:
        source: The text of the file.
        at: Where the whole scalar stands, quotes or ``|`` included.
        text: What YAML read there.
        span: Start and end offset inside ``text``.

    Returns:
        Offsets in the source; those of the whole scalar where the span cannot be found in it.
    """
    start, end = max(span[0], 0), min(span[1], len(text))
    if start > end:
        return at
    body = _body(source, at)
    if source[slice(*body)] == text:
        return body[0] + start, body[0] + end
    units = _units(source, at, body)
    places = [position for position, character in enumerate(text) if character not in _BLANKS]
    if len(units) != len(places):
        return at
    behind = _behind(source, text, end, units=units, places=places, fallback=body[0])
    first = bisect_left(places, start)
    if start < end and first < len(places):
        blanks = text[start : places[first]]
        begin = units[first][0] - len(blanks)
        if begin >= body[0] and source.startswith(blanks, begin):
            return begin, max(begin, behind)
    return min(_behind(source, text, start, units=units, places=places, fallback=body[0]), behind), behind


def _behind(source: str, text: str, position: int, *, units: list[Offsets], places: list[int], fallback: int) -> int:
    """Source offset just behind ``text[:position]``, as far as its last blanks stand in one line."""
    last = bisect_left(places, position) - 1
    if last < 0:
        return fallback
    offset = units[last][1]
    blanks = text[places[last] + 1 : position]
    return offset + len(blanks) if source.startswith(blanks, offset) else offset


def _body(source: str, at: Offsets) -> Offsets:
    """The scalar without its quotes or its header line."""
    start, end = at
    sign = source[start : start + 1]
    if sign in ("'", '"') and end - start > 1:
        return start + 1, end - 1
    if sign in ("|", ">"):
        breaks = [found for found in (source.find("\n", start, end), source.find("\r", start, end)) if found >= 0]
        return (min(breaks) if breaks else end), end
    return at


def _units(source: str, at: Offsets, body: Offsets) -> list[Offsets]:
    """Where the characters of the text that are no blanks stand in the source."""
    pattern = _UNITS.get(source[at[0]], _UNIT)
    escapes = source[at[0]] == '"'
    found = pattern.finditer(source, *body)
    return [unit.span() for unit in found if not (escapes and _BLANK_ESCAPE.fullmatch(unit[0]))]
