"""Changes of a YAML file that leave its layout alone.

The entries of a list change places, and comments go with them; or a sign is put into a text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, cast

from quizforge.loading.yaml.nodes import Document, Node, parse
from quizforge.loading.yaml.scan import Offsets
from quizforge.model.diagnostic import Path

_DASH = re.compile(r"(?<![^\r\n])([ \t]*)-(?=[ \t\r\n])")
_COMMENT_LINE = re.compile(r"[ \t]*#[^\r\n]*(?:\r\n|\r|\n|$)")
_KEEPS_BREAKS = re.compile(r"[|>][1-9]?\+")
_GAP = re.compile(
    r"(?P<comma>[ \t]*,?)(?P<trail>[ \t]+#[^\r\n]*)?(?P<break>[ \t]*(?:\r\n|\r|\n))"
    r"(?P<lead>(?:[ \t]*#[^\r\n]*(?:\r\n|\r|\n))*)(?P<indent>[ \t]*)"
)


@dataclass(frozen=True, slots=True)
class Reordering:
    """Entries of one list that change places.

    Attributes:
        path: Of the list in its file.
        order: The old index of each entry in the new order.
    """

    path: Path
    order: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Insertion:
    """A sign that is put into a text.

    Attributes:
        path: Of the text in its file.
        at: Offset in the text.
        text: A backslash; or a line break, in front of the first character of a line.
    """

    path: Path
    at: int
    text: str


Change = Reordering | Insertion


@dataclass(frozen=True, slots=True)
class _Slot:
    """One entry of a list with the comments that are its own."""

    start: int
    end: int


def changed(document: Document, changes: Iterable[Change]) -> tuple[str, int]:
    """The source of a file after some changes.

    The result is read again: it must hold the same keys and texts, but for what the changes say.

    Args:
        document: The file.
        changes: Of different lists, none inside another, and of texts outside these lists; those of one text in
            ascending order.

    Returns:
        The new source, and how many changes it has. A list stays as it is where it cannot be put in order without
        touching the layout: it holds a text that keeps its last line breaks (``|+``), or comments in a line of several
        entries. A line break can be put into a literal text (``|``) only.
    """
    done: list[Change] = []
    edits: list[tuple[Offsets, str]] = []
    for change in changes:
        edit = _inserted(document, change) if isinstance(change, Insertion) else _edit(document, change)
        if edit is not None:
            done.append(change)
            edits.append(edit)
    parts: list[str] = []
    behind = 0
    for (start, end), text in sorted(edits):
        parts += [document.source[behind:start], text]
        behind = end
    source = "".join([*parts, document.source[behind:]])
    read = parse(source.encode("utf-8"), path=document.path)
    if read.root == _after(document.root, done) and len(read.diagnostics) == len(document.diagnostics):
        return source, len(done)
    return document.source, 0


def _after(root: Node | None, changes: Sequence[Change]) -> Node | None:
    """A tree with some changes, the last first, so that offsets in a text stay right."""
    whole: Any = deepcopy(root)
    for change in reversed(changes):
        holder, last = whole, change.path[-1]
        for step in change.path[:-1]:
            holder = holder[step]
        if isinstance(change, Insertion):
            holder[last] = holder[last][: change.at] + change.text + holder[last][change.at :]
        else:
            holder[last] = [holder[last][index] for index in change.order]
    return cast("Node | None", whole)


def _inserted(document: Document, change: Insertion) -> tuple[Offsets, str] | None:
    """Where and how a sign is written, by the style of the text."""
    source = document.source
    style = source[document.extent(change.path)[0]]
    at = document.extent(change.path, span=(change.at, change.at + 1))[0]
    if change.text != "\n":
        return (at, at), change.text.replace("\\", "\\\\") if style == '"' else change.text
    start = _line_start(source, at)
    if style != "|" or source[start:at].strip():
        return None
    return (start, start), "\r\n" if source.startswith("\r\n", start - 2) else "\n"


def _edit(document: Document, change: Reordering) -> tuple[Offsets, str] | None:
    whole = document.extent(change.path)
    items = [document.extent((*change.path, index)) for index in range(len(change.order))]
    if document.source.startswith("[", whole[0]):
        return _flow(document.source, whole, items, change.order)
    return _block(document.source, whole, items, change.order)


def _block(source: str, whole: Offsets, items: Sequence[Offsets], order: Sequence[int]) -> tuple[Offsets, str] | None:
    """Entries behind dashes: whole lines change places, blank lines between them stay."""
    slots: list[_Slot] = []
    above = _line_start(source, whole[0])
    for value_start, value_end in items:
        dash = _DASH.search(source, above, value_start)
        if dash is None or _KEEPS_BREAKS.search(source, value_start, value_end):
            return None
        start = _with_comments_above(
            source, dash.start(), column=len(dash[1]), not_before=slots[-1].end if slots else 0
        )
        end = _with_comments_below(source, _line_end(source, value_end), column=len(dash[1]))
        slots.append(_Slot(start, end))
        above = end
    return _rearranged(source, slots, order)


def _with_comments_above(source: str, start: int, *, column: int, not_before: int) -> int:
    """Start of the comment lines straight above a dash that stand no deeper than it, or speak to QuizForge."""
    while start > not_before:
        line = _line_start(source, start - 1)
        if source.startswith("\r\n", start - 2):
            line = _line_start(source, start - 2)
        comment = _COMMENT_LINE.match(source, line)
        if comment is None or line < not_before or (_indent(comment[0]) > column and "quizforge:" not in comment[0]):
            break
        start = line
    return start


def _with_comments_below(source: str, end: int, *, column: int) -> int:
    """End of the comment lines straight below an entry that stand deeper than its dash, and so belong to it."""
    while end < len(source):
        begin = end + (2 if source.startswith("\r\n", end) else 1)
        comment = _COMMENT_LINE.match(source, begin)
        if comment is None or _indent(comment[0]) <= column or "quizforge:" in comment[0]:
            break
        end = _line_end(source, begin)
    return end


def _rearranged(source: str, slots: Sequence[_Slot], order: Sequence[int]) -> tuple[Offsets, str]:
    pieces = [source[slot.start : slot.end] for slot in slots]
    between = [source[one.end : other.start] for one, other in pairwise(slots)]
    parts = [pieces[order[0]]]
    for gap, index in zip(between, order[1:], strict=True):
        parts += [gap, pieces[index]]
    return (slots[0].start, slots[-1].end), "".join(parts)


def _flow(source: str, whole: Offsets, items: Sequence[Offsets], order: Sequence[int]) -> tuple[Offsets, str] | None:
    """Entries in brackets: the entries change places, commas and blanks stay, comments go with their entries."""
    slots = [_Slot(*item) for item in items]
    gaps = [source[one.end : other.start] for one, other in pairwise(slots)]
    before = source[max(_line_start(source, slots[0].start), whole[0] + 1) : slots[0].start]
    above = source[whole[0] + 1 : slots[0].start].partition("\n")[2]
    behind = source[slots[-1].end : _line_end(source, slots[-1].end)]
    if "#" in above:
        return None  # of the list, or of the first entry
    if not any("#" in gap for gap in (*gaps, behind)):
        return _rearranged(source, slots, order)
    matches = [_GAP.fullmatch(gap) for gap in gaps]
    last = re.match(r"(?P<comma>[ \t]*,?)(?P<trail>[ \t]+#[^\r\n]*)?$", behind)
    if before.strip() or last is None or any(match is None for match in matches):
        return None
    known = [match for match in matches if match is not None]
    leads = ["", *(match["lead"] for match in known)]
    trails = [*(match["trail"] or "" for match in known), last["trail"] or ""]
    commas = [*(match["comma"] for match in known), last["comma"]]
    texts = [source[slot.start : slot.end] for slot in slots]
    parts = []
    for place, index in enumerate(order):
        if place:
            parts += [known[place - 1]["break"], leads[index], known[place - 1]["indent"]]
        elif leads[index]:
            return None  # the comment would have to stand behind the bracket
        if trails[index] and not commas[place] and texts[index][-1] not in "\"'}]":
            return None  # behind a plain text without a comma, a comment looks as if it cut it off
        parts += [texts[index], commas[place], trails[index]]
    return (slots[0].start, slots[-1].end + len(behind)), "".join(parts)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


def _line_start(source: str, offset: int) -> int:
    return max(source.rfind("\n", 0, offset), source.rfind("\r", 0, offset)) + 1


def _line_end(source: str, offset: int) -> int:
    found = [end for end in (source.find("\n", offset), source.find("\r", offset)) if end >= 0]
    return min(found, default=len(source))
