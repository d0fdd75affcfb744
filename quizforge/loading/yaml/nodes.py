"""From the bytes of a YAML file to a plain tree in which every value has a place.

Every scalar stays the text that the author wrote: ``no``, ``1:30``, ``2024-05-01`` and ``null`` are
those texts until the schema says otherwise. Nothing that a file can hold raises an exception here;
it becomes a diagnostic.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from quizforge.loading.yaml.layout import Layout
from quizforge.loading.yaml.mend import Reading, read
from quizforge.loading.yaml.scan import Finding, Lines, Offsets, decode
from quizforge.loading.yaml.tree import Node, Tree
from quizforge.model.codes.source import COMMENT_CUTS_TEXT, DUPLICATE_KEY, EMPTY_FILE, NOT_A_MAPPING
from quizforge.model.diagnostic import Diagnostic, Path, Place

try:
    from yaml.cyaml import CSafeLoader as _Loader
except ImportError:  # PyYAML without libyaml: about twenty times slower, the same results
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

__all__ = ["Comment", "Document", "Node", "parse"]

_BLANKS = re.compile(r"[ \t]+")
_COMMENT = re.compile(r"(?<![^ \t\r\n])#")
_CONTENT = re.compile(r"(?<![^\r\n])[ \t]*[^ \t\r\n#]")
_DIRECTIVE = re.compile(r"#[ \t]*quizforge:[ \t]*([^\r\n]*)")


@dataclass(frozen=True, slots=True)
class Comment:
    """A real YAML comment that speaks to QuizForge: ``# quizforge: …``.

    Attributes:
        text: What follows ``quizforge:``, without blanks at either end.
        place: From the ``#`` to the end.
        covers: What it speaks of: the entries that begin in its line, or in the next line with
            content if it stands alone; empty if nothing follows.
    """

    text: str
    place: Place
    covers: tuple[Place, ...]


class Document:
    """One YAML file as a plain tree, and where its values stand.

    Attributes:
        path: The file as the user named it.
        source: Its text, without a byte order mark.
        root: The tree: dict, list and str; None where there is nothing. A list or str is reported.
        diagnostics: What is wrong with the file and its YAML, in the order of the file.
        incomplete: Paths of lists and mappings in the tree that lack items, or keys that nobody
            knows, such as all that were still open when a syntax error ended the file.
        broken: These, and the paths of values that could not be had and are missing from the tree, a
            list item under the index that it would have had. Later checks miss nothing there.
    """

    __slots__ = (
        "_comments", "_cut", "_gaps", "_layout", "_lines", "broken", "diagnostics",
        "incomplete", "path", "root", "source",
    )  # fmt: skip

    def __init__(self, path: str, reading: Reading) -> None:
        self.path = path
        self.source = reading.text.source
        self.root = reading.tree.root
        self.incomplete = reading.incomplete
        self.broken = reading.incomplete | reading.missing
        self._layout = Layout(self.source, reading.tree)
        self._lines = reading.lines
        self._gaps = reading.gaps
        self._cut: tuple[Path, ...] | None = None
        self._comments: tuple[Comment, ...] | None = None
        self.diagnostics = self._diagnose(reading)

    def place(self, path: Path, *, on_key: bool = False, span: tuple[int, int] | None = None) -> Place:
        """Where a value stands.

        Args:
            path: Mapping keys and list indices of the tree, outermost first.
            on_key: Whether the key of the last step is meant and not its value.
            span: Start and end offset inside the text at ``path``.

        Returns:
            The place; where the path leaves the tree, that of the deepest value on the way, and of a
            list or mapping then its start: the first key of a mapping that lacks one.
        """
        return self._lines.place(self.path, self._layout.offsets(path, on_key=on_key, span=span) or (0, 0))

    def extent(self, path: Path, *, span: tuple[int, int] | None = None) -> Offsets:
        """Offsets in :attr:`source` of a value: from its first code point to behind its last, comments left aside.

        Args:
            path: As for :meth:`place`.
            span: Start and end offset inside the text at ``path``.
        """
        return self._layout.offsets(path, on_key=False, span=span) or (0, 0)

    @property
    def cut_by_comment(self) -> tuple[Path, ...]:
        """Paths of unquoted values that a ``#`` in the same line ends, in the order of the file.

        Only the schema knows which of them are texts that the author meant to go on;
        :meth:`comment_warning` says so. Comments to QuizForge are meant as comments.
        """
        if self._cut is None:
            found = (self._cut_value(offset) for offset in self._find_all((" #", "\t#")))
            self._cut = tuple(path for path in found if path is not None)
        return self._cut

    def comment_warning(self, path: Path) -> Diagnostic:
        """The warning that a comment cuts the text at one of the paths of :attr:`cut_by_comment`."""
        _, end = self._layout.offsets(path, on_key=False, span=None) or (0, 0)
        start = self.source.find("#", end)
        at = (start, self._line_end(start))
        message = "' #' begins a comment and ends this text"
        hint = "put the text in quotes; or put the comment on a line of its own"
        return Diagnostic.of(COMMENT_CUTS_TEXT, self._lines.place(self.path, at), message, hint=hint)

    @property
    def comments(self) -> tuple[Comment, ...]:
        """Real comments that speak to QuizForge, in the order of the file."""
        if self._comments is None:
            self._comments = tuple(self._find_comments()) if "quizforge:" in self.source else ()
        return self._comments

    def _diagnose(self, reading: Reading) -> tuple[Diagnostic, ...]:
        tree = reading.tree
        findings = [*reading.text.findings, *tree.findings, *self._duplicates(tree), *reading.faults]
        if tree.root is None and not findings:
            findings.append(Finding(EMPTY_FILE, (0, 0), "the file holds nothing", "delete it, or write a bank"))
        elif isinstance(tree.root, list) or (isinstance(tree.root, str) and not reading.faults):
            findings.append(self._not_a_mapping(tree.root))
        found = (self._diagnostic(finding) for finding in findings)
        return tuple(sorted(found, key=lambda diagnostic: diagnostic.sort_key))

    def _not_a_mapping(self, root: list[Node] | str) -> Finding:
        shape = "a list" if isinstance(root, list) else "a single text"
        hint = "begin with a key such as 'schema: 1'"
        if isinstance(root, str) and ":" in root:
            hint += ", with a blank after the ':'"
        return Finding(NOT_A_MAPPING, self._layout.start(0, root), f"the file is {shape}, not keys with values", hint)

    def _duplicates(self, tree: Tree) -> list[Finding]:
        first: dict[int, dict[str, Offsets]] = {}
        findings = []
        for duplicate in tree.duplicates:
            if duplicate.mapping not in first:
                first[duplicate.mapping] = self._layout.first_keys(duplicate.mapping)
            original = first[duplicate.mapping].get(duplicate.key)
            message = f"the key '{duplicate.key}' stands here a second time"
            related = (original,) if original else ()
            at = self._layout.own(duplicate.number)
            findings.append(Finding(DUPLICATE_KEY, at, message, "keep one of the two", related=related))
        return findings

    def _diagnostic(self, finding: Finding) -> Diagnostic:
        return Diagnostic.of(
            finding.code,
            self._lines.place(self.path, finding.at),
            finding.message,
            hint=finding.hint,
            severity=finding.severity,
            related=tuple(self._lines.place(self.path, at) for at in finding.related),
        )

    def _find_all(self, signs: tuple[str, ...]) -> list[int]:
        """Offsets of the last character of some two-character signs, in ascending order."""
        found = []
        for sign in signs:
            offset = self.source.find(sign)
            while offset >= 0:
                found.append(offset + 1)
                offset = self.source.find(sign, offset + 1)
        return sorted(found)

    def _line_end(self, offset: int) -> int:
        return self._lines.bounds(self._lines.position(offset)[0])[1]

    def _cut_value(self, offset: int) -> Path | None:
        """Path of the unquoted value that stands just before a ``#``; None if none does."""
        if self._is_unread(offset):
            return None
        number = self._layout.node_before(offset)
        if number is None or not self._layout.is_text(number):
            return None
        start, end = self._layout.own(number)
        blanks = _BLANKS.match(self.source, end)
        if not start < end or blanks is None or blanks.end() != offset:
            return None
        if self.source[start] in "'\"|>" or _DIRECTIVE.match(self.source, offset):
            return None
        return self._layout.path_to(number)

    def _is_unread(self, offset: int) -> bool:
        return any(start <= offset < end for start, end in self._gaps)

    def _comment_start(self, offset: int) -> int | None:
        """Offset of the ``#`` that begins the comment around an offset; None inside and between values."""
        if self._is_unread(offset):
            return None
        start = self._lines.bounds(self._lines.position(offset)[0])[0]
        number = self._layout.node_before(offset)
        if number is not None:
            node_start, end = self._layout.own(number)
            if not self._layout.is_text(number) or (
                self.source[node_start] in "|>" and offset < self._line_end(node_start)
            ):
                end = node_start + 1
            if offset < end:
                return None
            start = max(start, end)
        sign = _COMMENT.search(self.source, start, offset + 1)
        return sign.start() if sign else None

    def _find_comments(self) -> list[Comment]:
        found = []
        content = 0  # the first visible code point below the comments seen last; they may stand by the thousand
        for directive in _DIRECTIVE.finditer(self.source):
            at = directive.start(), directive.start() + len(directive[0].rstrip())
            start = self._comment_start(at[0])
            if start is None:
                continue
            line = self._lines.bounds(self._lines.position(start)[0])
            if not self.source[line[0] : start].strip(" \t-"):
                if content <= start:
                    below = _CONTENT.search(self.source, line[1])
                    content = below.end() - 1 if below else len(self.source)
                line = self._lines.bounds(self._lines.position(content)[0])
            covers = tuple(self._lines.place(self.path, entry) for entry in self._layout.entries(line))
            found.append(Comment(directive[1].rstrip(), self._lines.place(self.path, at), covers))
        return found


def parse(data: bytes, *, path: str, loader: Callable[[bytes], Any] | None = None) -> Document:
    """Read one YAML file.

    Args:
        data: The whole file.
        path: What to call it in diagnostics, with ``/`` between folders.
        loader: The PyYAML loader that gives the events; by default libyaml's where it is installed.

    Returns:
        The document, whatever the bytes are; its ``diagnostics`` say what is wrong with them.
    """
    text = decode(data)
    if text.payload is None:
        return Document(path, Reading(text, Lines(text.source), Tree(), incomplete=frozenset({()})))
    return Document(path, read(text, loader or _Loader))
