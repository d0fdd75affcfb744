"""Whatever the bytes, loading ends in diagnostics."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizforge.loading.bank import build, read_entries
from quizforge.loading.yaml.nodes import parse
from quizforge.model.question import QUESTION_TYPES
from tests.tools import samples

_FIELDS = sorted({name for cls in QUESTION_TYPES.values() for name in cls.model_fields})
_SCALARS = st.one_of(st.text(max_size=20), st.integers(), st.booleans(), st.floats(), st.none())
_TREES = st.recursive(
    _SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.one_of(st.sampled_from([*_FIELDS, "text", "correct", "left", "right"]), st.text(max_size=5)),
            inner,
            max_size=5,
        ),
    ),
    max_leaves=20,
)
_QUESTIONS = st.builds(
    lambda kind, fields: {"id": "q", "type": kind, "stem": "s", **fields},
    st.sampled_from(sorted(QUESTION_TYPES)),
    st.dictionaries(st.sampled_from(_FIELDS), _TREES, max_size=6),
)
_RELAXED = settings(suppress_health_check=[HealthCheck.too_slow])


def _load(data: bytes) -> Any:
    document = parse(data, path="x.yaml")
    return build(read_entries([document]), Path(), [document])


@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    """Bytes never raise."""
    _load(data)


@_RELAXED
@given(
    st.dictionaries(
        st.sampled_from(["schema", "id", "title", "defaults", "questions", "concepts", "x"]), _TREES, max_size=5
    )
)
def test_any_tree(tree: dict[str, Any]) -> None:
    """Any YAML tree in the place of a bank never raises."""
    _load(yaml.safe_dump(tree, allow_unicode=True).encode())


@_RELAXED
@given(st.lists(_QUESTIONS, min_size=1, max_size=3))
def test_any_question(questions: list[dict[str, Any]]) -> None:
    """Any fields in a question never raise, and every finding has a place in the file."""
    data = yaml.safe_dump({"schema": 1, "id": "b", "title": "t", "questions": questions}, allow_unicode=True).encode()
    _, findings = _load(data)
    lines = data.decode().count("\n") + 1

    assert all(0 < finding.place.line <= lines for finding in findings)


@given(st.sampled_from(samples.PATHS), st.integers(min_value=0), st.binary(min_size=1, max_size=3))
def test_damaged_sample(path: Path, at: int, junk: bytes) -> None:
    """A sample bank with some bytes replaced never raises."""
    data = path.read_bytes()
    place = at % len(data)

    _load(data[:place] + junk + data[place + len(junk) :])
