"""Where the entries of a bank stand in its files: from a problem in the model to a place."""

from __future__ import annotations

from collections.abc import Iterable

from quizforge.loading.yaml.nodes import Document
from quizforge.model.diagnostic import Diagnostic, Path, Place, Problem

HEADER = "bank"
"""Section of the subject that stands for the bank's header."""


class SourceMap:
    """The place of every entry of one bank.

    Args:
        home: Place for problems of no entry: the bank's first file.
    """

    def __init__(self, home: Place) -> None:
        self._home = home
        self._entries: dict[tuple[str, str], tuple[Document, Path]] = {}

    def add(self, section: str, entry: str, document: Document, at: Path) -> None:
        """Remember where an entry stands; the first of several with one id counts."""
        self._entries.setdefault((section, entry), (document, at))

    def place(self, section: str, entry: str, at: Path = ()) -> Place:
        """The place of a value of an entry, or of the bank's first file."""
        found = self._entries.get((section, entry))
        return place_of(found[0], (*found[1], *at)) if found else self._home

    @property
    def paths(self) -> frozenset[str]:
        """The files that hold entries of the bank, as printed."""
        return frozenset(document.path for document, _ in self._entries.values())

    def path_of(self, section: str, entry: str, at: Path = ()) -> tuple[str, Path]:
        """The file of an entry that is known, as printed, and the path of one of its values in that file."""
        document, start = self._entries[section, entry]
        return document.path, _own_path(document, (*start, *at))

    def has(self, section: str, entry: str) -> bool:
        """Whether there is such an entry."""
        return (section, entry) in self._entries

    def locate(self, problem: Problem) -> Diagnostic:
        """A problem that has its subject, with its place."""
        found = self._entries.get(problem.subject) if problem.subject else None
        if found is None:
            return Diagnostic.of(
                problem.code, self._home, problem.message, hint=problem.hint, severity=problem.severity
            )
        return located(problem, found[0], found[1])

    def locate_all(self, problems: Iterable[Problem]) -> tuple[Diagnostic, ...]:
        """Several problems, in their order."""
        return tuple(self.locate(problem) for problem in problems)


def located(problem: Problem, document: Document, start: Path, *, related: tuple[Place, ...] = ()) -> Diagnostic:
    """A problem with its place in a document.

    Args:
        problem: Its ``at`` is counted from ``start``.
        document: The file.
        start: Path of the entry in the file.
        related: Further places.
    """
    place = place_of(document, (*start, *problem.at), on_key=problem.on_key, span=problem.span)
    return Diagnostic.of(
        problem.code, place, problem.message, hint=problem.hint, severity=problem.severity, related=related
    )


def place_of(document: Document, path: Path, *, on_key: bool = False, span: tuple[int, int] | None = None) -> Place:
    """The place of a value; a choice that is a plain string is its own text."""
    return document.place(_own_path(document, path), on_key=on_key, span=span)


def _own_path(document: Document, path: Path) -> Path:
    """A choice that is a plain string is its own text."""
    is_plain = path and path[-1] == "text" and isinstance(_node(document.root, path[:-1]), str)
    return path[:-1] if is_plain else path


def _node(node: object, path: Path) -> object:
    for step in path:
        if isinstance(node, dict):
            node = node.get(step)
        elif isinstance(node, list) and isinstance(step, int) and step < len(node):
            node = node[step]
        else:
            return None
    return node
