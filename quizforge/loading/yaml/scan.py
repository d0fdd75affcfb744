"""From the bytes of a file to text that a YAML parser may see.

What is refused here would otherwise be misread in silence or end the parser without a line:
other encodings, characters that XML 1.0 cannot hold, and the three Unicode line separators, which
libyaml counts as line breaks and everything else does not.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from quizforge.model.codes.source import CONTROL_CHARACTER, FILE_TOO_LARGE, LINE_SEPARATOR, NOT_UTF8
from quizforge.model.diagnostic import Code, Place, Severity

MAX_FILE = 256_000_000
"""Bytes that one file may have: 256 MB (the limits of bank format version 1)."""

MAX_REPEATS = 20
"""Findings of one kind that are listed for one file: a file of bells is one problem, not a million."""

Offsets = tuple[int, int]
"""First code point of a stretch of the source and the one just behind it, counted from 0."""

_UTF8_BOM = b"\xef\xbb\xbf"
_FOREIGN_BOMS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_LINE_SEPARATORS = ("\x85", "\u2028", "\u2029")
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_BREAK = re.compile(r"\r\n?|\n")
_SAVE_AS_UTF8 = "save the file as UTF-8"


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem at code points of the source, before it has lines and columns.

    Attributes:
        code: What kind of problem.
        at: Where; None for the file as a whole.
        message: What is wrong, without the code and without a full stop.
        hint: How to mend it; may be empty.
        severity: Overrides the severity of the code.
        related: Further stretches that the message speaks of.
    """

    code: Code
    at: Offsets | None
    message: str
    hint: str = ""
    severity: Severity | None = None
    related: tuple[Offsets, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """A decoded file.

    Attributes:
        source: The text without a byte order mark; what places refer to.
        payload: The same text in UTF-8 for the parser, each refused character replaced by one other
            character; None where there is nothing to parse.
        findings: What was wrong so far.
    """

    source: str
    payload: bytes | None
    findings: tuple[Finding, ...] = ()


class Lines:
    """Line starts of one text: turns code point offsets into places.

    A line ends with LF, CR LF or CR, as in YAML.
    """

    __slots__ = ("_source", "_starts")

    def __init__(self, source: str) -> None:
        self._source = source
        self._starts: array[int] | None = None

    @property
    def starts(self) -> array[int]:
        """Offset of the first code point of every line, computed when first asked for."""
        if self._starts is None:
            self._starts = array("I", _line_starts(self._source))
        return self._starts

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of a code point, both counted from 1."""
        starts = self.starts
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def bounds(self, line: int) -> Offsets:
        """Offsets of the text of a line (from 1), without its line break; empty beyond the last line."""
        starts = self.starts
        if not 1 <= line <= len(starts):
            return len(self._source), len(self._source)
        start = starts[line - 1]
        end = starts[line] if line < len(starts) else len(self._source)
        while end > start and self._source[end - 1] in "\r\n":
            end -= 1
        return start, end

    def place(self, path: str, at: Offsets | None) -> Place:
        """The place of a stretch of the source; of the file as a whole where there is none."""
        if at is None:
            return Place(path)
        line, column = self.position(at[0])
        end_line, end_column = self.position(max(at))
        return Place(path, line, column, end_line, end_column)


def _line_starts(source: str) -> Iterator[int]:
    yield 0
    if "\r" in source:
        yield from (found.end() for found in _LINE_BREAK.finditer(source))
        return
    found = source.find("\n")
    while found >= 0:
        yield found + 1
        found = source.find("\n", found + 1)


def decode(data: bytes) -> Text:
    """Decode a file and refuse what YAML parsers would misread.

    Control characters are not looked for: both parsers refuse them and cost nothing, see :func:`clean`.

    Args:
        data: The whole file.

    Returns:
        The text and what is wrong with it. A byte that is not UTF-8 becomes U+FFFD, so that the
        rest of the file can still be checked.
    """
    if len(data) > MAX_FILE:
        size = f"the file has {len(data):,} bytes; at most {MAX_FILE:,} are allowed"
        return Text("", None, (Finding(FILE_TOO_LARGE, None, size, "split the bank into several files"),))
    encoding = _foreign_encoding(data)
    if encoding:
        return Text("", None, (Finding(NOT_UTF8, (0, 0), f"the file is {encoding}, not UTF-8", _SAVE_AS_UTF8),))
    data = data.removeprefix(_UTF8_BOM)
    try:
        text = Text(data.decode("utf-8"), data)
    except UnicodeDecodeError as error:
        text = _decode_damaged(data, error)
    if text.payload is None or text.source.isascii() or not any(sign in text.source for sign in _LINE_SEPARATORS):
        return text
    return clean(text)


def _foreign_encoding(data: bytes) -> str:
    for bom, name in _FOREIGN_BOMS:
        if data.startswith(bom):
            return name
    # Text in UTF-16 without a byte order mark is valid UTF-8 as long as it is ASCII: every other byte is NUL.
    return "UTF-16 or binary data" if data.count(0) * 4 > len(data) else ""


def _decode_damaged(data: bytes, error: UnicodeDecodeError) -> Text:
    source = data.decode("utf-8", errors="replace")
    start = len(data[: error.start].decode("utf-8"))
    message = f"byte 0x{data[error.start]:02X} is not UTF-8 text"
    finding = Finding(NOT_UTF8, (start, start + 1), message, _SAVE_AS_UTF8)
    return Text(source, None if 0 in data else source.encode(), (finding,))


def clean(text: Text) -> Text:
    """Report and replace every character that a bank may not hold as it is.

    Args:
        text: A decoded file whose payload a parser would refuse or misread.

    Returns:
        The same source; a payload with one harmless character for each refused one, so that
        offsets stay right and the rest of the file is checked in the same run.
    """
    found = list(_FORBIDDEN.finditer(text.source))
    findings = tuple(_forbidden(text.source, match.start()) for match in found[:MAX_REPEATS])
    if len(found) > MAX_REPEATS:
        at = found[MAX_REPEATS].span()
        findings += (Finding(CONTROL_CHARACTER, at, f"{len(found) - MAX_REPEATS:,} more such characters follow"),)
    payload = _FORBIDDEN.sub(lambda match: " " if match[0] in _LINE_SEPARATORS else "\ufffd", text.source)
    return Text(text.source, payload.encode(), text.findings + findings)


def _forbidden(source: str, offset: int) -> Finding:
    character = source[offset]
    name = f"U+{ord(character):04X}"
    at = (offset, offset + 1)
    if character in _LINE_SEPARATORS:
        return Finding(LINE_SEPARATOR, at, f"the line separator {name} is not allowed", "use an ordinary line break")
    return Finding(CONTROL_CHARACTER, at, f"the control character {name} is not allowed", "delete it")
