"""Where the values of a tree stand in the source.

The table of positions (:mod:`quizforge.loading.yaml.tree`) is flat. A path is resolved by walking down
from the root; the children of every list or mapping on the way are numbered once and remembered, so
that ten thousand diagnostics about one list cost one walk over it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from quizforge.loading.yaml.scan import Offsets
from quizforge.loading.yaml.spans import span_offsets
from quizforge.loading.yaml.tree import CONTAINER, Node, Tree, node_behind
from quizforge.model.diagnostic import Path, Step

_CLOSING = re.compile(r"(?:[ \t\r\n,:]|#[^\r\n]*)*[\]}]")


@dataclass(frozen=True, slots=True)
class _Children:
    """The kept children of one list or mapping.

    Attributes:
        numbers: Node number of each item, or of the key of each pair.
        keys: Keys of a mapping in the order of the file; empty for a list.
        order: Position of each key.
    """

    numbers: list[int]
    keys: tuple[str, ...]
    order: dict[str, int]


class Layout:
    """Resolves paths, node numbers and offsets of one tree into each other."""

    __slots__ = ("_children", "_source", "_tree")

    def __init__(self, source: str, tree: Tree) -> None:
        self._source = source
        self._tree = tree
        self._children: dict[int, _Children] = {}

    def offsets(self, path: Path, *, on_key: bool, span: tuple[int, int] | None) -> Offsets | None:
        """The stretch of the source that a path means; None where the file has no value at all.

        Where the path leaves the tree, the deepest value on the way is meant; of a list or mapping
        then only its start.
        """
        node = self._tree.root
        if node is None:
            return None
        number, key = 0, None
        for depth, step in enumerate(path):
            found = self._step(number, node, step)
            if found is None:
                return self.start(number, node) if not isinstance(node, str) else self._extent(number, node)
            key, number, node = found
            if on_key and key is not None and depth == len(path) - 1:
                return self.own(key)
        if span is not None and isinstance(node, str):
            return span_offsets(self._source, self._extent(number, node), node, span)
        return self._extent(number, node)

    def start(self, number: int, node: Node) -> Offsets:
        """The first key of a mapping, the dash or bracket that begins a list, or a whole text."""
        if isinstance(node, dict) and node and not self._is_flow(number):
            return self.own(self._of(number, node).numbers[0])
        start = self._tree.marks[2 * number]
        return (start, start + 1) if not isinstance(node, str) else self._extent(number, node)

    def first_keys(self, mapping: int) -> dict[str, Offsets]:
        """Where each key of a mapping stands for the first time, left-out pairs included; by node number."""
        marks = self._tree.marks
        found: dict[str, Offsets] = {}
        number, behind = mapping + 1, node_behind(marks, mapping)
        while number < behind:
            if not marks[2 * number + 1] & CONTAINER:
                at = (marks[2 * number], marks[2 * number + 1])
                found.setdefault(self._source[slice(*at)].strip("'\""), at)
            number = node_behind(marks, number)
            number = node_behind(marks, number) if number < behind else behind
        return found

    def own(self, number: int) -> Offsets:
        """The stretch of one key or text."""
        return self._tree.marks[2 * number], self._tree.marks[2 * number + 1]

    def node_before(self, offset: int) -> int | None:
        """Number of the last node that starts at or before an offset; None before the first."""
        marks = self._tree.marks
        number = bisect_right(range(len(marks) >> 1), offset, key=lambda node: marks[2 * node]) - 1
        return number if number >= 0 else None

    def is_text(self, number: int) -> bool:
        """Whether a node is a key or text, and not a list or mapping."""
        return not self._tree.marks[2 * number + 1] & CONTAINER

    def path_to(self, number: int) -> Path | None:
        """Path of a value by its node number; None for keys and for what was left out of the tree."""
        node, current = self._tree.root, 0
        path: list[Step] = []
        while node is not None and current != number:
            if isinstance(node, str):
                return None
            children = self._of(current, node)
            position = bisect_right(children.numbers, number) - 1
            if position < 0:
                return None
            step, current, node = self._child(node, children, position)
            path.append(step)
            if number < current or number >= node_behind(self._tree.marks, current):
                return None
        return tuple(path) if node is not None else None

    def entries(self, line: Offsets) -> list[Offsets]:
        """What a comment beside a line speaks of.

        Args:
            line: Offsets of the line.

        Returns:
            The outermost pairs and list items that begin in the line, each from its first to behind
            its last code point; the innermost one that the line ends or continues if none begins there.
        """
        node, number = self._tree.root, 0
        entry: Offsets | None = None
        marks = self._tree.marks
        while node is not None and not isinstance(node, str):
            numbers = self._of(number, node).numbers
            first = bisect_left(numbers, line[0], key=lambda child: marks[2 * child])
            last = bisect_left(numbers, line[1], key=lambda child: marks[2 * child])
            if first < last:
                return [self._entry(number, node, position) for position in range(first, last)]
            if first == 0:
                break
            inner = self._entry(number, node, first - 1)
            if inner[1] <= line[0]:
                break
            entry = inner
            _, number, node = self._child(node, self._of(number, node), first - 1)
        return [entry] if entry else []

    def _entry(self, number: int, node: Node, position: int) -> Offsets:
        children = self._of(number, node)
        _, child_number, child = self._child(node, children, position)
        return self._tree.marks[2 * children.numbers[position]], self._extent(child_number, child)[1]

    def _child(self, node: Node, children: _Children, position: int) -> tuple[Step, int, Node]:
        number = children.numbers[position]
        if isinstance(node, dict):
            key = children.keys[position]
            return key, number + 1, node[key]
        return position, number, node[position]

    def _step(self, number: int, node: Node, step: Step) -> tuple[int | None, int, Node] | None:
        """Key, number and value of one child; None if there is none of that name."""
        if isinstance(node, dict) and step in node:
            children = self._of(number, node)
            key = children.numbers[children.order[str(step)]]
            return key, key + 1, node[str(step)]
        if isinstance(node, list) and isinstance(step, int) and 0 <= step < len(node):
            return None, self._of(number, node).numbers[step], node[step]
        return None

    def _of(self, number: int, node: Node) -> _Children:
        """The children of a list or mapping, worked out once."""
        known = self._children.get(number)
        if known is None:
            known = self._children[number] = self._count(number, node)
        return known

    def _count(self, number: int, node: Node) -> _Children:
        marks, skips = self._tree.marks, self._tree.skips
        is_mapping = isinstance(node, dict)
        numbers = []
        child = number + 1
        for _ in range(len(node)):
            while child in skips:
                child = skips[child]
            numbers.append(child)
            child = node_behind(marks, child + 1 if is_mapping else child)
        keys = tuple(node) if isinstance(node, dict) else ()
        return _Children(numbers, keys, {key: position for position, key in enumerate(keys)})

    def _is_flow(self, number: int) -> bool:
        return self._source.startswith(("[", "{"), self._tree.marks[2 * number])

    def _extent(self, number: int, node: Node) -> Offsets:
        """First code point of a value and the one behind its last, blanks and comments left aside."""
        start = self._tree.marks[2 * number]
        if isinstance(node, str):
            end = self._tree.marks[2 * number + 1]
            if self._source.startswith(("|", ">"), start):
                end = start + max(len(self._source[start:end].rstrip()), 1)
            return start, end
        return start, self._end(number, node)

    def _end(self, number: int, node: dict[str, Node] | list[Node]) -> int:
        end = self._tree.marks[2 * number] + 1
        if node:
            _, last_number, last = self._child(node, self._of(number, node), len(node) - 1)
            end = self._extent(last_number, last)[1]
        if self._is_flow(number):
            closing = _CLOSING.match(self._source, end)
            end = closing.end() if closing else end
        return end
