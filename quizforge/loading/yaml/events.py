"""From YAML events to a tree: the one pass over a file.

Whatever makes a value other than the text that the author wrote is refused on the way: anchors,
aliases, merge keys and tags, keys that are no texts or stand twice, and depth. Nothing here recurses,
so nothing in a file can exhaust the stack.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from sys import intern
from typing import Any, Protocol

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)
from yaml.reader import ReaderError

from quizforge.loading.collector import paused_collector
from quizforge.loading.yaml.escapes import check_escapes
from quizforge.loading.yaml.scan import Finding, Offsets
from quizforge.loading.yaml.syntax import syntax_findings
from quizforge.loading.yaml.tree import CONTAINER, Duplicate, Node, Tree, node_behind
from quizforge.model.codes.source import (
    ANCHOR_OR_ALIAS,
    COMPLEX_KEY,
    EXPLICIT_TAG,
    MISSING_VALUE,
    SCALAR_TOO_LARGE,
    SEVERAL_DOCUMENTS,
    TOO_DEEP,
)
from quizforge.model.diagnostic import Code, Path

MAX_DEPTH = 64
"""Lists and mappings around a value, the bank itself included."""

MAX_SCALAR = 1_000_000
"""Code points that one text may have."""

_QUOTED = ('"', "'", "|", ">")
_COMMENT = re.compile(r"[ \t]+#")
_TAG = re.compile(r"!\S*")


class _Mark(Protocol):
    index: int


class _Event(Protocol):
    """What the events of nodes have in common; an event that lacks one is never asked for it."""

    start_mark: _Mark
    end_mark: _Mark
    anchor: str | None
    tag: str | None
    value: str
    style: str | None


class _Refused:
    """Stands in for a key that cannot be used until its value has been read and both are removed."""

    __slots__ = ("is_merge", "number")

    def __init__(self, number: int, *, is_merge: bool = False) -> None:
        self.number = number
        self.is_merge = is_merge


def build(
    source: str, payload: bytes, *, loader: Callable[[bytes], Any], blanked: frozenset[int] = frozenset()
) -> Tree:
    """Read one document.

    Args:
        source: The text that offsets refer to.
        payload: What the parser sees: as many code points as ``source``.
        loader: A PyYAML loader class; only its ``get_event`` and ``dispose`` are used.
        blanked: Offsets just behind keys and dashes whose value was blanked out of the payload:
            no value is missed there.

    Returns:
        The tree. Never raises for bad input.
    """
    builder = _Builder(source, blanked)
    with paused_collector():
        builder.run(payload, loader)
    return builder.tree


class _Builder:
    """The state of one pass."""

    __slots__ = ("blanked", "container", "holder", "key", "opened", "refused", "source", "stack", "tree")

    def __init__(self, source: str, blanked: frozenset[int]) -> None:
        self.source = source
        self.blanked = blanked
        self.tree = Tree()
        self.holder: list[Node] = []
        self.container: Any = self.holder
        self.key: Any = None
        self.stack: list[tuple[Any, Any, Any]] = []  # outer container, its append, its pending key
        self.opened: list[int] = []  # node numbers of the open containers
        self.refused: list[tuple[dict[Any, Any], _Refused]] = []

    def run(self, payload: bytes, loader: Callable[[bytes], Any]) -> None:
        """Pull all events and close what is left open."""
        parser = None
        try:
            parser = loader(payload)
            self._pull(parser.get_event)
        except ReaderError:
            self.tree.unreadable = True
        except yaml.MarkedYAMLError as error:
            self.tree.faults = syntax_findings(error, self.source, self._last_scalar())
        except (ValueError, OverflowError):  # PyYAML's own scanner passes '\U00110000' on to chr()
            digits = parser.get_mark().index if parser else 0
            self.tree.faults = tuple(check_escapes(self.source, (digits - len("\\U"), digits + 8)))
        finally:
            if parser is not None:
                parser.dispose()
        self._finish()

    def _pull(self, get_event: Callable[[], Any]) -> None:  # noqa: C901, PLR0912, PLR0915
        # One flat loop over local names: a method call for each event would cost as much as libyaml itself.
        stack, opened, marks = self.stack, self.opened, self.tree.marks
        push = marks.append
        special = any(sign in self.source for sign in ("\\", "&", "!"))  # escapes, anchors and tags need one of them
        large, merges = len(self.source) > MAX_SCALAR, "<<" in self.source
        container, key = self.container, self.key
        add: Callable[[Node], None] | None = self.holder.append
        value: Any
        try:
            while True:
                event = get_event()
                kind = event.__class__
                if kind is ScalarEvent:
                    value = event.value
                    push(event.start_mark.index)
                    push(event.end_mark.index)
                    if (
                        not value
                        or (special and (event.anchor or event.tag or event.style == '"'))
                        or (large and len(value) > MAX_SCALAR)
                    ):
                        self.container, self.key = container, key
                        value = self._odd_scalar(event)
                        if value is None:
                            key = self.key
                            continue
                    if add is not None:
                        add(value)
                    elif key is not None:
                        container[key] = value
                        key = None
                    else:
                        key = intern(value)
                        if key in container or (merges and key == "<<"):
                            self.container = container
                            key = self._odd_key(event, key)
                elif kind is MappingStartEvent or kind is SequenceStartEvent:
                    number = len(marks) >> 1
                    push(event.start_mark.index)
                    push(CONTAINER)
                    if event.anchor or event.tag:
                        self._refuse_properties(event)
                    value = {} if kind is MappingStartEvent else []
                    if add is not None:
                        add(value)
                    elif key is not None:
                        container[key] = value
                        key = None
                    else:
                        self.container = container
                        key = self._refuse_complex_key(event, number)
                    opened.append(number)
                    stack.append((container, add, key))
                    container, key = value, None
                    add = None if kind is MappingStartEvent else value.append
                    if len(stack) > MAX_DEPTH:
                        self._refuse_depth(event)
                        return
                elif kind is MappingEndEvent or kind is SequenceEndEvent:
                    marks[2 * opened.pop() + 1] = len(marks) >> 1 | CONTAINER
                    container, add, key = stack.pop()
                elif kind is AliasEvent:
                    push(event.start_mark.index)
                    push(event.end_mark.index)
                    self.container, self.key = container, key
                    self._refuse_alias(event)
                    key = self.key
                elif kind is StreamEndEvent or (kind is DocumentStartEvent and self._is_second_document(event)):
                    return
        finally:
            self.container, self.key = container, key

    # What follows is rare and may take its time. `container` and `key` are those of the loop.

    def _odd_scalar(self, event: _Event) -> str | None:
        """Look closer at a scalar; None if it is left out, and then ``key`` is the loop's next one."""
        if event.anchor or event.tag:
            self._refuse_properties(event)
        if isinstance(self.container, dict) and self.key is None:
            return self._odd_key_scalar(event)
        if not event.value and event.style not in _QUOTED:
            self._miss_value(event)
        elif self._is_sound(event):
            return event.value
        self._leave_out()
        return None

    def _odd_key_scalar(self, event: _Event) -> str | None:
        number = self._last_number()
        if not event.value and event.style not in _QUOTED:
            self._report(COMPLEX_KEY, event, "a key is missing before ':'", "write the key, or quote the text")
        elif self._is_sound(event):
            return event.value
        self.key = self._refuse_key(_Refused(number))
        return None

    def _is_sound(self, event: _Event) -> bool:
        """Check what only some scalars can have: their size and the escapes in double quotes."""
        if len(event.value) > MAX_SCALAR:
            size = f"the text has {len(event.value):,} characters; at most {MAX_SCALAR:,} are allowed"
            self._report(SCALAR_TOO_LARGE, event, size, "split it, or move it to a file of its own")
            return False
        if event.style == '"':
            start, end = event.start_mark.index, event.end_mark.index
            self.tree.findings.extend(check_escapes(self.source, (start, end)))
            return not any("\ud800" <= character <= "\udfff" for character in event.value)
        return True

    def _odd_key(self, event: _Event, key: str) -> str | _Refused:
        """A key that stands twice, or a merge key."""
        number = self._last_number()
        if key == "<<" and event.style not in _QUOTED:
            hint = "write the keys out in every mapping"
            self._report(ANCHOR_OR_ALIAS, event, "the merge key '<<' is not allowed", hint)
            return self._refuse_key(_Refused(number, is_merge=True))
        if key not in self.container:
            return key
        self.tree.duplicates.append(Duplicate(key, number, self.opened[-1]))
        refused = _Refused(number)
        self.refused.append((self.container, refused))
        return refused

    def _refuse_key(self, refused: _Refused) -> _Refused:
        """Leave out a pair whose key is unknown: any key may be missing from the mapping now."""
        self.refused.append((self.container, refused))
        path = self._path()
        if path is not None:
            self.tree.incomplete.add(path)
        return refused

    def _refuse_complex_key(self, event: _Event, number: int) -> _Refused:
        self._report(COMPLEX_KEY, event, "a key must be a plain text, not a list or mapping", "quote the text")
        return self._refuse_key(_Refused(number))

    def _refuse_properties(self, event: _Event) -> None:
        """Report an anchor and a tag; both stand before the value and leave it as it is."""
        start = event.start_mark.index
        if event.anchor:
            hint = "write the value out where it is needed; quote the text if it is meant to begin with '&'"
            found = self.source.find(f"&{event.anchor}", start)
            at = (found, found + 1 + len(event.anchor))
            self.tree.findings.append(
                Finding(ANCHOR_OR_ALIAS, at, f"the YAML anchor '&{event.anchor}' is not allowed", hint)
            )
        if event.tag:
            tag = _TAG.search(self.source, start)
            at, name = (tag.span(), tag[0]) if tag else ((start, start + 1), event.tag)
            hint = "quote the text if it is meant to begin with '!'; otherwise remove the tag"
            self.tree.findings.append(Finding(EXPLICIT_TAG, at, f"the YAML tag '{name}' is not allowed", hint))

    def _refuse_alias(self, event: _Event) -> None:
        if not (isinstance(self.key, _Refused) and self.key.is_merge):
            hint = "write the value out; quote the text if it is meant to begin with '*'"
            self._report(ANCHOR_OR_ALIAS, event, f"the YAML alias '*{event.anchor}' is not allowed", hint)
        if isinstance(self.container, dict) and self.key is None:
            self.key = self._refuse_key(_Refused(self._last_number()))
        else:
            self._leave_out()

    def _refuse_depth(self, event: _Event) -> None:
        start = event.start_mark.index
        message = f"values are nested more than {MAX_DEPTH} deep"
        self.tree.faults = (Finding(TOO_DEEP, (start, start + 1), message),)

    def _is_second_document(self, event: _Event) -> bool:
        """Whether a document has been read before; it then is the only one that counts."""
        if not self.tree.marks:
            return False
        hint = "write one bank per file, and delete the line '---'"
        self._report(SEVERAL_DOCUMENTS, event, "a second YAML document begins here", hint)
        return True

    def _miss_value(self, event: _Event) -> None:
        """Report that nothing stands after a key or dash, unless a mark says what stood there."""
        end = event.start_mark.index
        if event.anchor or event.tag or self.container is self.holder or end in self.blanked:
            return
        if isinstance(self.key, str):
            key = 2 * (self._last_number() - 1)
            at = (self.tree.marks[key], self.tree.marks[key + 1])
            message, hint = f"'{self.key}' has no value", "write one, '' for an empty text, or remove the key"
            if _COMMENT.match(self.source, end):
                hint += "; put the text in quotes if it is meant to begin with '#'"
            elif ":" not in self.source[self.tree.marks[key + 1] : end + 1]:
                hint = "write one after ': '; put the text in quotes if the braces belong to it"
        else:
            at = (max(end - 1, 0), end)
            message, hint = "this list entry has no value", "write one, or remove the entry"
        self.tree.findings.append(Finding(MISSING_VALUE, at, message, hint))

    def _leave_out(self) -> None:
        """Leave out the value that was read last."""
        number, path = self._last_number(), self._path()
        if isinstance(self.container, list):
            self.tree.skips[number] = number + 1
            step: str | int = len(self.container)
            if path is not None:
                self.tree.incomplete.add(path)
        elif isinstance(self.key, str):
            self.tree.skips[number - 1] = number + 1
            step = self.key
        else:
            path, step = None, ""
        if path is not None:
            self.tree.missing.add((*path, step))
        self.key = None

    def _report(self, code: Code, event: _Event, message: str, hint: str) -> None:
        at = (event.start_mark.index, event.end_mark.index)
        self.tree.findings.append(Finding(code, at, message, hint))

    def _last_number(self) -> int:
        """Number of the node that was read last."""
        return (len(self.tree.marks) >> 1) - 1

    def _last_scalar(self) -> Offsets | None:
        """Where the text that was read last stands."""
        marks = self.tree.marks
        for index in range(len(marks) - 2, -1, -2):
            if not marks[index + 1] & CONTAINER:
                return marks[index], marks[index + 1]
        return None

    def _path(self) -> Path | None:
        """Path of the open container; None inside what is left out, and outside the document."""
        path = self._known_path()
        return path if self.stack and len(path) == len(self.stack) - 1 else None

    def _known_path(self) -> Path:
        """Path of the open container, up to where it stands in something that is left out."""
        path: list[str | int] = []
        for outer, _, pending in self.stack[1:]:
            step = len(outer) - 1 if isinstance(outer, list) else next(reversed(outer), None)
            if pending is not None or not isinstance(step, str | int):
                break
            path.append(step)
        return tuple(path)

    def _finish(self) -> None:
        """Close what a fault left open, and take out what stands under refused keys."""
        tree = self.tree
        marks, count = tree.marks, len(tree.marks) >> 1
        for number in self.opened:
            marks[2 * number + 1] = count | CONTAINER
        tree.open_nodes = tuple(self.opened)
        if tree.faults:
            self._mark_unfinished(count)
        for mapping, refused in self.refused:
            value_number = node_behind(marks, refused.number)
            mapping.pop(refused, None)
            tree.skips[refused.number] = node_behind(marks, value_number) if value_number < count else count
        tree.root = self.holder[0] if self.holder else None

    def _mark_unfinished(self, count: int) -> None:
        if isinstance(self.key, str):
            self.tree.skips[count - 1] = count
        path = self._known_path()
        if isinstance(self.key, str) and path == self._path():
            self.tree.missing.add((*path, self.key))
        self.tree.incomplete.update(path[:length] for length in range(len(path) + 1))
