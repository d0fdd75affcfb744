"""What every exporter promises, whatever it writes."""

from __future__ import annotations

from typing import Any

import pytest

from quizforge.api import Env, export
from quizforge.exporters import registry
from quizforge.exporters.base import Export, Exporter
from quizforge.model.question import QUESTION_TYPES
from tests.tools import samples

CASES = [(name, path) for name in registry.BUILT_IN for path in samples.PATHS]


def _export(name: str, path: Any) -> Export:
    return export(samples.loaded(path).banks[0], name, env=Env(now=1_700_000_000))


@pytest.mark.parametrize("name", registry.names())
def test_exporter_describes_itself(name: str) -> None:
    """Name, title, suffix, media type, native types and options are there and make sense."""
    exporter: Exporter[Any] = registry.get(name)

    assert exporter.name == name
    assert exporter.title
    assert exporter.suffix.startswith(".")
    assert "/" in exporter.media_type
    assert exporter.native <= set(QUESTION_TYPES)
    assert type(exporter).__doc__
    exporter.options()


@pytest.mark.parametrize(("name", "path"), CASES, ids=lambda value: getattr(value, "stem", value))
def test_export_is_whole(name: str, path: Any) -> None:
    """Every question is in a file or listed as left out; every problem names its subject."""
    made = _export(name, path)
    bank = samples.loaded(path).banks[0]
    questions = {question.id for question in bank.questions}
    left_out = {key for key, reason in made.left_out if reason}

    assert made.files or left_out == questions
    assert len({file.name for file in made.files}) == len(made.files)
    assert all("/" not in file.name and file.name.isascii() for file in made.files)
    assert left_out <= questions
    assert max((file.questions for file in made.files), default=0) >= len(questions - left_out)
    assert all(problem.subject for problem in made.problems)


@pytest.mark.parametrize(("name", "path"), CASES, ids=lambda value: getattr(value, "stem", value))
def test_samples_export_without_errors(name: str, path: Any) -> None:
    """Even hostile texts are written, not refused."""
    assert [problem for problem in _export(name, path).problems if _severity(problem) == "error"] == []


def _severity(problem: Any) -> str:
    return str(problem.severity or problem.code.severity)
