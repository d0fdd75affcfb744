"""Moodle's way of reading XML, blank by dropped blank, for the test reader.

Moodle drops each chunk of character data that is only blanks, and its parser hands over a new chunk at
every entity and around every CDATA section. A file from us never needs that mercy: texts stand in CDATA,
keywords and numbers are plain ASCII without entities. Anything else is a fault here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat


class ImportFault(Exception):  # noqa: N818  # Moodle's word for it would be "silence"
    """Moodle would refuse the file, crash on it, or silently make something else of it."""


@dataclass
class Node:
    """An element.

    Attributes:
        tag: Its name.
        attributes: As written.
        children: In order.
        text: Its chunks of character data that are not blank, joined; outer blanks taken off.
    """

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node] = field(default_factory=list)
    text: str = ""

    def all(self, tag: str) -> list[Node]:
        """Children of that name."""
        return [child for child in self.children if child.tag == tag]

    def one(self, tag: str) -> Node:
        """The only child of that name."""
        found = self.all(tag)
        if len(found) != 1:
            raise ImportFault(f"<{self.tag}> has {len(found)} <{tag}>")
        return found[0]

    def has(self, tag: str) -> bool:
        """Whether there is a child of that name."""
        return bool(self.all(tag))

    def word(self, tag: str) -> str:
        """The text of the only child of that name, which has no children."""
        found = self.one(tag)
        if found.children:
            raise ImportFault(f"<{tag}> holds elements where Moodle expects text")
        return found.text


class _Reader:
    def __init__(self) -> None:
        self.root: Node | None = None
        self._open: list[Node] = []
        self._chunks: list[list[str]] = []
        self._cdata: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        node = Node(tag, attributes)
        if self._open:
            self._open[-1].children.append(node)
        else:
            self.root = node
        self._open.append(node)
        self._chunks.append([])

    def end(self, _: str) -> None:
        node, chunks = self._open.pop(), self._chunks.pop()
        kept = [chunk for chunk in chunks if chunk.strip(" \t\n\r\0\x0b")]
        if node.children and kept:
            raise ImportFault(f"<{node.tag}> holds text beside elements: {kept[0]!r}")
        node.text = "".join(kept).strip(" \t\n\r\0\x0b")

    def start_cdata(self) -> None:
        self._cdata = []

    def end_cdata(self) -> None:
        chunk = "".join(self._cdata or [])
        self._cdata = None
        if not chunk:
            raise ImportFault("an empty CDATA section")
        self._chunks[-1].append(chunk)

    def data(self, text: str) -> None:
        if self._cdata is not None:
            self._cdata.append(text)
            return
        if text.strip() and not text.isascii():
            raise ImportFault(f"text outside CDATA that is not ASCII: {text!r}")
        if text.strip() and any(chunk.strip() for chunk in self._chunks[-1]):
            raise ImportFault(f"text outside CDATA in several chunks, whose blanks Moodle drops: {text!r}")
        self._chunks[-1].append(text)


def xmlize(data: bytes) -> Node:
    """The root element of a file.

    Raises:
        ImportFault: It is not well formed, not UTF-8, or written so that Moodle would lose blanks.
    """
    if data.startswith(b"\xef\xbb\xbf"):
        raise ImportFault("a byte order mark")
    reader = _Reader()
    parser = expat.ParserCreate("UTF-8")
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.data
    parser.StartCdataSectionHandler = reader.start_cdata
    parser.EndCdataSectionHandler = reader.end_cdata
    try:
        data.decode("utf-8")
        parser.Parse(data, True)  # noqa: FBT003  # expat takes it by position
    except (expat.ExpatError, UnicodeDecodeError) as error:
        raise ImportFault(f"not well formed: {error}") from error
    if reader.root is None:
        raise ImportFault("nothing but white space")
    return reader.root
