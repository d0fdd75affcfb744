"""Exports of banks written inside a test to Moodle, read back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from quizforge.api import export
from quizforge.exporters.base import Export
from quizforge.exporters.manifest import Manifest, read_manifest
from quizforge.exporters.moodle_xml import MoodleOptions
from quizforge.model.bank import SECTIONS, Bank, Header
from quizforge.model.diagnostic import Problem
from quizforge.model.media import Media
from quizforge.model.question import QUESTION_TYPES
from tests.tools.moodle_reader import Import, MoodleQuestion, read


def bank(
    *questions: Mapping[str, Any], media: tuple[Media, ...] = (), header: Mapping[str, Any] | None = None, **lists: Any
) -> Bank:
    """A bank; a question without ``id`` is called ``q``, without ``stem`` it asks something."""
    head = Header.model_validate({"schema": "1", "id": "bank", "title": "Bank", **(header or {})})
    filled = ({"id": "q", "stem": "What?", **question} for question in questions)
    entries: dict[str, Any] = {
        name: tuple(SECTIONS[name].model_validate(entry) for entry in found) for name, found in lists.items()
    }
    return Bank(
        header=head,
        questions=tuple(QUESTION_TYPES[question["type"]].model_validate(question) for question in filled),
        media={item.path: item for item in media},
        **entries,
    )


def choices(keys: int, others: int) -> list[dict[str, Any]]:
    """Options of which the first ``keys`` are right."""
    return [{"text": f"option {index}", "correct": index < keys} for index in range(keys + others)]


def exported(source: Bank, since: Manifest | None = None) -> Export:
    """The export of a bank."""
    return export(source, "moodle-xml", options=MoodleOptions(since=since))


def imported(source: Bank) -> Import:
    """What Moodle makes of a bank."""
    return read(exported(source).files[0].data)


def one(source: Bank) -> MoodleQuestion:
    """The only question of a bank as Moodle has it."""
    (found,) = imported(source).questions
    return found


def problems(source: Bank) -> list[tuple[str, str]]:
    """Code and severity of each problem of an export."""
    return [(found.code.name, severity(found)) for found in exported(source).problems]


def severity(problem: Problem) -> str:
    """As it is printed."""
    return problem.severity or problem.code.severity


def manifest(source: Bank, since: Manifest | None = None) -> Manifest:
    """The manifest of an export."""
    return read_manifest(exported(source, since).files[-1].data, source="manifest")
