"""Fenced code blocks of our Markdown documents, and what is said about them.

A block's first line is its info string: a language, then ``name="value"`` pairs. ``title`` names the file that the
block is the text of; ``skip`` gives the reason why a block is not run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_FENCE = re.compile(r"(?P<indent> *)(?P<fence>`{3,}|~{3,})(?P<info>.*)")
_PAIR = re.compile(r'([a-z]+)="([^"]*)"')
_HEADING = re.compile(r"#{1,6} +(.*)")


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block.

    Attributes:
        language: First word of the info string; may be empty.
        options: The pairs of the info string.
        text: The lines inside, each with its line break, without the indentation of the fence.
        line: Line of the document on which the text begins, counted from 1.
        heading: The heading above; empty where there is none.
        below: The first line with content below the block: a remark on it may stand there.
    """

    language: str
    options: Mapping[str, str]
    text: str
    line: int
    heading: str
    below: str

    @property
    def title(self) -> str:
        """Name of the file that the block is the text of; empty where it has none."""
        return self.options.get("title", "")


def blocks(document: str) -> tuple[Block, ...]:
    """All fenced blocks of a document, in order.

    Raises:
        ValueError: A fence is not closed.
    """
    return tuple(_blocks(document.splitlines()))


def blocks_of(path: Path, *languages: str) -> tuple[Block, ...]:
    """The blocks of a file that are in one of some languages; all blocks where none is named."""
    found = blocks(path.read_text(encoding="utf-8"))
    return tuple(block for block in found if not languages or block.language in languages)


def _blocks(lines: list[str]) -> Iterator[Block]:
    heading, number = "", 0
    while number < len(lines):
        fence = _FENCE.fullmatch(lines[number])
        if fence is None:
            title = _HEADING.fullmatch(lines[number])
            heading = title[1] if title else heading
            number += 1
            continue
        end = _closing(lines, number, fence)
        indent = len(fence["indent"])
        text = "".join(f"{line[indent:] if line[:indent].isspace() else line}\n" for line in lines[number + 1 : end])
        language, _, rest = fence["info"].strip().partition(" ")
        below = next((line for line in lines[end + 1 :] if line.strip()), "")
        yield Block(language, dict(_PAIR.findall(rest)), text, number + 2, heading, below)
        number = end + 1


def _closing(lines: list[str], start: int, fence: re.Match[str]) -> int:
    for number in range(start + 1, len(lines)):
        line = lines[number].strip()
        if line.startswith(fence["fence"]) and not line.strip(fence["fence"][0]):
            return number
    message = f"the block that begins on line {start + 1} is not closed"
    raise ValueError(message)
