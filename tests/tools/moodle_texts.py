"""Texts, files, numbers and fractions of Moodle XML, read as strictly as Moodle ought to, for the test reader."""

from __future__ import annotations

import base64
import binascii
import re
from html.parser import HTMLParser
from urllib.parse import unquote

from tests.tools.moodle_xmlize import ImportFault, Node

LISTED = (
    100, 90, 83.33333, 80, 75, 70, 66.66667, 60, 50, 40, 33.33333, 30, 25, 20, 16.66667, 14.28571, 12.5, 11.11111,
    10, 5, 0,
)  # fmt: skip
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", re.ASCII)
_PLUGIN_FILE = re.compile(r"@@PLUGINFILE@@/([^\"'\s<>]*)")


def number(text: str, low: float, high: float) -> float:
    """A number with a decimal point, between two limits."""
    if not _NUMBER.fullmatch(text):
        raise ImportFault(f"{text!r} is no number")
    if not low <= float(text) <= high:
        raise ImportFault(f"{text} lies outside {low} to {high}")
    return float(text)


def filled(text: str, what: str) -> str:
    """A text that is not empty."""
    if not text:
        raise ImportFault(f"empty {what}")
    return text


class _Dangers(HTMLParser):
    """Finds what a student's browser would run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style", "iframe", "object"}:
            self.found.append(tag)
        self.found += [name for name, value in attrs if name.startswith("on") or "javascript:" in (value or "")]


def text_of(node: Node, files: dict[str, bytes], *, extra: frozenset[str] | set[str] = frozenset()) -> str:
    """An HTML text with its files."""
    if node.attributes.get("format") != "html":
        raise ImportFault(f"<{node.tag}> without format html")
    unknown = {child.tag for child in node.children} - {"text", "file"} - extra
    if unknown:
        raise ImportFault(f"<{node.tag}> holds {sorted(unknown)}")
    text = node.word("text")
    dangers = _Dangers()
    dangers.feed(text)
    if dangers.found:
        raise ImportFault(f"Moodle shows this uncleaned: {dangers.found}")
    own = [_file(child) for child in node.all("file")]
    names = [name for name, _ in own]
    if len(set(names)) < len(names):
        raise ImportFault(f"a file stands twice in one text: {names}")
    shown = {unquote(name) for name in _PLUGIN_FILE.findall(text)}
    if shown != set(names):
        raise ImportFault(f"files shown {sorted(shown)} and carried {sorted(names)}")
    files.update(own)
    return text


def _file(node: Node) -> tuple[str, bytes]:
    name = node.attributes.get("name", "")
    if not name or "/" in name or node.attributes.get("path") != "/" or node.attributes.get("encoding") != "base64":
        raise ImportFault(f"file {node.attributes}")
    try:
        return name, base64.b64decode(node.text, validate=True)
    except binascii.Error as error:
        raise ImportFault(f"file {name} is not base64") from error


def plain(node: Node) -> str:
    """The plain text of an answer."""
    if {child.tag for child in node.children} - {"text", "tolerance", "feedback"}:
        raise ImportFault(f"<{node.tag}> holds more than a plain answer")
    return filled(node.word("text"), "answer")


def fraction(node: Node) -> float:
    """The fraction of an answer, which must be one of Moodle's."""
    percent = float(node.attributes["fraction"])
    if not any(abs(abs(percent) - listed) < 0.001 for listed in LISTED):
        raise ImportFault(f"fraction {percent} is not in Moodle's list")
    return round(percent / 100, 7)


def switch(node: Node, tag: str) -> str:
    """``true`` or ``false``: Moodle takes some other words for true."""
    word = node.word(tag)
    if word not in {"true", "false"}:
        raise ImportFault(f"<{tag}> is {word!r}")
    return word
