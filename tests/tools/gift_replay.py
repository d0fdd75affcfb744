"""Replays responses to a question of ours on what the GIFT reader made of it."""

from __future__ import annotations

from quizforge.model.bank import Bank
from tests.tools.moodle_model import MoodleQuestion
from tests.tools.moodle_replay import Replay

_TYPES = {
    "truefalse": "true_false",
    "shortanswer": "short_answer",
    "numerical": "numerical",
    "matching": "matching",
    "essay": "essay",
    "description": "information",
}


def replay(bank: Bank) -> Replay:
    """Scores responses to questions of a bank as Moodle would after an import of its GIFT."""
    return Replay(bank, _native)


def _native(found: MoodleQuestion) -> frozenset[str]:
    if found.kind == "multichoice":
        return frozenset({"single_choice" if found.settings["single"] == "true" else "multiple_answer"})
    return frozenset({_TYPES[found.kind]})
