"""Going on after a syntax error, so that one of them does not hide the next.

A parser stops at the first error. Here the entry that holds it is blanked out, one character for one
blank so that every offset stays right, and the file is read again. The blanked value then counts as
one that could not be had.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from quizforge.loading.yaml.events import build
from quizforge.loading.yaml.scan import Finding, Lines, Offsets, Text, clean
from quizforge.loading.yaml.tree import CONTAINER, Node, Tree, node_behind
from quizforge.model.codes.source import TAB_INDENTATION, TOO_DEEP
from quizforge.model.diagnostic import Path

MAX_PASSES = 20
"""Times that one file is read at most; a file with more syntax errors shows the rest after these are mended."""

MAX_REREAD = 40_000_000
"""Code points that all passes but the last may read, so that a huge file costs only a few passes."""

_VISIBLE = re.compile(r"[^\r\n]")
_CONTENT = re.compile(r"[ \r\n]*")
_KEY = re.compile(r"[\w.-]+:(?=\s)")
_ENTRY = re.compile(r"-(?:\s|$)|[^#]*:(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Reading:
    """What all passes over one file gave.

    Attributes:
        text: The decoded file.
        lines: Its lines.
        tree: The tree of the last pass.
        faults: What ended the passes, in the order in which it was met.
        missing: Paths of values that could not be had.
        incomplete: Paths of lists and mappings that lack something.
        gaps: Stretches of the source that were not read.
    """

    text: Text
    lines: Lines
    tree: Tree
    faults: tuple[Finding, ...] = ()
    missing: frozenset[Path] = frozenset()
    incomplete: frozenset[Path] = frozenset()
    gaps: tuple[Offsets, ...] = ()


@dataclass(frozen=True, slots=True)
class _Mended:
    """A payload that a parser can get further in.

    Attributes:
        payload: The text with one entry blanked out.
        gap: Where it was blanked out.
        empty_at: Offset where an empty value is now expected; None where whole lines are gone.
        incomplete: Paths of the lists and mappings that may lack something where whole lines are gone.
    """

    payload: str
    gap: Offsets
    empty_at: int | None = None
    incomplete: frozenset[Path] = frozenset()


def read(text: Text, loader: Callable[[bytes], Any]) -> Reading:
    """Read a file, and go on after syntax errors as far as that is possible.

    Args:
        text: A decoded file with a payload.
        loader: A PyYAML loader class.

    Returns:
        The tree and all that was wrong. Never raises for bad input.
    """
    lines = Lines(text.source)
    tree = build(text.source, text.payload or b"", loader=loader)
    if tree.unreadable:
        text = clean(text)
        tree = build(text.source, text.payload or b"", loader=loader)
    faults: list[Finding] = []
    mended: list[_Mended] = []
    reached = 0
    payload = (text.payload or b"").decode() if tree.faults else ""
    while tree.faults:
        faults += tree.faults
        reached += tree.faults[0].at[0] if tree.faults[0].at else 0
        step = _mend(payload, lines, tree) if len(mended) + 1 < MAX_PASSES and reached <= MAX_REREAD else None
        if step is None:
            break
        mended.append(step)
        payload = step.payload
        blanked = frozenset(each.empty_at for each in mended if each.empty_at is not None)
        tree = build(text.source, payload.encode(), loader=loader, blanked=blanked)
    incomplete = tree.incomplete.union(*(each.incomplete for each in mended))
    gaps = [each.gap for each in mended]
    if tree.faults and tree.faults[0].at:
        gaps.append((tree.faults[0].at[0], len(text.source)))
    return Reading(text, lines, tree, tuple(faults), frozenset(tree.missing), frozenset(incomplete), tuple(gaps))


def _mend(payload: str, lines: Lines, tree: Tree) -> _Mended | None:
    """Blank out what the fault of a pass stands in.

    Args:
        payload: What the parser read.
        lines: Lines of the source.
        tree: What the pass gave.

    Returns:
        The payload for the next pass; None where nothing can be gained: where tabs indent the lines,
        and where no list or mapping in block style stands around the fault.
    """
    fault = tree.faults[0]
    if fault.at is None or fault.code is TAB_INDENTATION:
        return None
    blocks = [(depth, node) for depth, node in enumerate(tree.open_nodes) if _is_block(payload, tree, node)]
    if not blocks:
        return None
    depth, block = blocks[-1]
    is_empty = block + 1 >= _count(tree)
    if is_empty and (fault.code is TOO_DEEP or not _is_dash(payload, tree.marks[2 * block])):
        blocks.pop()  # nothing in it is known yet: the fault is about the entry that it stands in
        if not blocks:
            return None
        depth, block = blocks[-1]
    site = _Site(payload, lines, tree, block=block, in_flow=depth < len(tree.open_nodes) - 1, at=fault.at[0])
    entry = site.entry()
    gap = site.entry_gap(entry) if entry else site.line_gap()
    if not payload[slice(*gap)].strip():
        return None
    blanked = payload[: gap[0]] + _VISIBLE.sub(" ", payload[slice(*gap)]) + payload[gap[1] :]
    if entry:
        return _Mended(blanked, gap, empty_at=entry.start)
    return _Mended(blanked, gap, incomplete=_right_edge(tree.root))


@dataclass(frozen=True, slots=True)
class _Entry:
    """A pair or list item of the source.

    Attributes:
        start: Offset behind its colon or dash.
        column: Offset of its key or dash in the line.
        is_item: Whether it is a list item.
    """

    start: int
    column: int
    is_item: bool


class _Site:
    """The surroundings of a fault.

    Args:
        payload: What the parser read.
        lines: Lines of the source.
        tree: What the pass gave.
        block: The innermost open list or mapping in block style.
        in_flow: Whether something in brackets is open inside it.
        at: Offset of the fault.
    """

    def __init__(self, payload: str, lines: Lines, tree: Tree, *, block: int, in_flow: bool, at: int) -> None:
        self._payload = payload
        self._lines = lines
        self._tree = tree
        self._at = at
        self._line = lines.position(at)[0]
        start = tree.marks[2 * block]
        self._column = lines.position(start)[1] - 1
        self._is_list = _is_dash(payload, start)
        self._last = _last_child(tree, block, is_list=self._is_list)
        has_entries = self._last < _count(tree)
        self._reaches_in = has_entries and (in_flow or self._last_end() > lines.bounds(self._line)[0])

    def entry(self) -> _Entry | None:
        """The innermost entry that holds the fault; None if it stands in no known one."""
        start = self._item_start() if self._is_list else self._value_start()
        return None if start is None else self._peel(_Entry(start, self._column, self._is_list))

    def _item_start(self) -> int | None:
        line = self._line
        if self._reaches_in:
            line = min(line, self._lines.position(self._tree.marks[2 * self._last])[0])
        while line > 0 and not self._has_dash(line):
            line = line - 1 if self._reaches_in else 0
        return self._lines.bounds(line)[0] + self._column + 1 if line else None

    def _value_start(self) -> int | None:
        is_pending = node_behind(self._tree.marks, self._last) >= _count(self._tree)
        if not (is_pending or self._reaches_in):
            return None
        colon = self._payload.find(":", self._tree.marks[2 * self._last + 1])
        return colon + 1 if colon >= 0 else None

    def _peel(self, entry: _Entry) -> _Entry:
        """Go into dashes and keys that the parser had scanned but not yet told of when it met the fault."""
        known = self._tree.marks[-2]
        while True:
            content = _CONTENT.match(self._payload, entry.start)
            begin = content.end() if content else entry.start
            if begin >= self._at or known >= begin:
                return entry
            column = self._lines.position(begin)[1] - 1
            key = _KEY.match(self._payload, begin)
            if _is_dash(self._payload, begin):
                entry = _Entry(begin + 1, column, is_item=True)
            elif key and key.end() <= self._at and (entry.is_item or "\n" in self._payload[entry.start : begin]):
                entry = _Entry(key.end(), column, is_item=False)
            else:
                return entry

    def entry_gap(self, entry: _Entry) -> Offsets:
        """From a value's start to the end of the last line that is indented like a part of its entry.

        An open quote or bracket may reach further, to the line of the fault; but it is this entry
        that lacks the end.
        """

        def goes_on(text: str) -> bool:  # a list under a key may begin at the column of the key
            return not entry.is_item and _is_dash(text, 0)

        return entry.start, self._end(self._lines.position(entry.start)[0], entry.column, keep=goes_on)

    def line_gap(self) -> Offsets:
        """The line of the fault, what is indented deeper below it, and lines beside it that are no entries."""
        start, end = self._lines.bounds(self._line)
        column = self._indent(self._payload[start:end])
        return start, self._end(self._line, column, keep=lambda text: not _ENTRY.match(text))

    def _end(self, line: int, column: int, *, keep: Callable[[str], bool]) -> int:
        """End of the last line of an entry at a column; ``keep`` decides on lines at that very column."""
        end = self._lines.bounds(line)[1]
        for later in range(line + 1, len(self._lines.starts) + 1):
            bounds = self._lines.bounds(later)
            text = self._payload[slice(*bounds)]
            if not text.strip() or text.lstrip().startswith("#"):
                continue
            indent = self._indent(text)
            if indent < column or (indent == column and not keep(text.strip())):
                break
            end = bounds[1]
        return end

    def _has_dash(self, line: int) -> bool:
        start = self._lines.bounds(line)[0]
        before = self._payload[start : start + self._column]
        return not before.strip(" -") and _is_dash(self._payload, start + self._column)

    def _last_end(self) -> int:
        """Offset behind the last key or text before the fault."""
        marks = self._tree.marks
        texts = (index for index in range(len(marks) - 2, -1, -2) if not marks[index + 1] & CONTAINER)
        return next((marks[index + 1] for index in texts), 0)

    @staticmethod
    def _indent(text: str) -> int:
        return len(text) - len(text.lstrip(" "))


def _count(tree: Tree) -> int:
    return len(tree.marks) >> 1


def _is_dash(text: str, offset: int) -> bool:
    return text.startswith("-", offset) and text[offset + 1 : offset + 2] in ("", " ", "\t", "\r", "\n")


def _is_block(payload: str, tree: Tree, number: int) -> bool:
    return not payload.startswith(("[", "{"), tree.marks[2 * number])


def _last_child(tree: Tree, number: int, *, is_list: bool) -> int:
    """Number of the last item, or of the key of the last pair, of an open list or mapping."""
    count = _count(tree)
    last = child = number + 1
    while child < count:
        last = child
        child = node_behind(tree.marks, child)
        if not is_list and child < count:
            child = node_behind(tree.marks, child)
    return last


def _right_edge(root: Node | None) -> frozenset[Path]:
    """Paths of the last list or mapping at each level: what a lost line may have belonged to."""
    paths: list[Path] = []
    path: Path = ()
    node = root
    while isinstance(node, dict | list):
        paths.append(path)
        if not node:
            break
        step = next(reversed(node)) if isinstance(node, dict) else len(node) - 1
        path = (*path, step)
        node = node[step]  # type: ignore[index]
    return frozenset(paths)
