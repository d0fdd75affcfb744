"""The formats of plain questions, each with a reader that knows nothing of its writer."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from quizforge.model.question import Question
from tests.tools import aiken_reader, blackboard_reader

READERS: Mapping[str, Callable[[bytes], list[Question]]] = {
    "aiken": aiken_reader.read,
    "blackboard-txt": blackboard_reader.read,
}
