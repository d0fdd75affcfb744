"""The formats of plain questions, each with a reader that knows nothing of its writer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests.tools import aiken_reader, blackboard_reader, brightspace_reader
from tests.tools.transfer import Shown, shown_plain

READERS: Mapping[str, Callable[[bytes], list[Any]]] = {
    "brightspace-csv": brightspace_reader.read,
    "aiken": aiken_reader.read,
    "blackboard-txt": blackboard_reader.read,
}

SHOWN: Mapping[str, Shown] = {
    "brightspace-csv": brightspace_reader.shown,
    "aiken": shown_plain,
    "blackboard-txt": shown_plain,
}
"""What each platform shows of an option."""
