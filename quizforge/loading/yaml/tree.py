"""What one pass over a YAML file leaves: a plain tree and a table of positions.

The table is one flat array with two numbers for every node of the file, keys included, in the order
of the file: where the node starts, and for a text where it ends, for a list or mapping the number
of the first node behind it (marked with :data:`CONTAINER`). That is 8 bytes a node; which node
stands where in the tree is worked out only for the paths that a diagnostic asks for
(:mod:`quizforge.loading.yaml.layout`).
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import TypeAlias

from quizforge.loading.yaml.scan import Finding
from quizforge.model.diagnostic import Path

Node: TypeAlias = "dict[str, Node] | list[Node] | str"
"""A value of the file: every scalar is the text that the author wrote."""

CONTAINER = 1 << 31
"""Marks the second number of a list or mapping; offsets stay far below (a file has at most 2**28 bytes)."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A key that stands twice: its text, its node, and the node of its mapping."""

    key: str
    number: int
    mapping: int


@dataclass(slots=True)
class Tree:
    """What one pass over the events gave.

    Attributes:
        root: The value of the document; None where there is none.
        marks: The table of positions, see the module.
        skips: Number of the first node of each entry that was left out -> number of the first node behind it.
        missing: Paths of values that could not be had, a list item under the index that it would have had.
        incomplete: Paths of lists and mappings in the tree that lack items, or keys that nobody knows.
        findings: What was wrong, in the order of the file.
        duplicates: Keys that stand twice; the second is left out.
        faults: What ended the pass early, in one place; the tree then holds what stood before it.
        open_nodes: Numbers of the lists and mappings that were open at the fault, outermost first.
        unreadable: Whether the parser met a character that it refuses; nothing else is valid then.
    """

    root: Node | None = None
    marks: array[int] = field(default_factory=lambda: array("I"))
    skips: dict[int, int] = field(default_factory=dict)
    missing: set[Path] = field(default_factory=set)
    incomplete: set[Path] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    duplicates: list[Duplicate] = field(default_factory=list)
    faults: tuple[Finding, ...] = ()
    open_nodes: tuple[int, ...] = ()
    unreadable: bool = False


def node_behind(marks: array[int], number: int) -> int:
    """Number of the first node behind a node and all it holds."""
    end = marks[2 * number + 1]
    return end ^ CONTAINER if end & CONTAINER else number + 1
