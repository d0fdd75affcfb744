"""The table of formats in the documents is true: declarations, samples and the export itself agree."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizforge.api import export
from quizforge.exporters import registry
from quizforge.model.question import QUESTION_TYPES
from tests.docs import matrix
from tests.tools import samples

CASES = [(name, kind) for name in registry.BUILT_IN for kind in QUESTION_TYPES]
SAMPLES = [(name, path) for name in registry.BUILT_IN for path in samples.PATHS]


def test_every_type_is_probed() -> None:
    """The table has a column for each type."""
    assert list(matrix.PROBES) == list(QUESTION_TYPES)


@pytest.mark.parametrize(("name", "kind"), CASES)
def test_declared_types_are_those_that_are_written(name: str, kind: str) -> None:
    """``native`` names a type exactly if some question of it is written as itself; others become native ones."""
    native = registry.get(name).native
    became = {outcome for outcome, _ in matrix.outcomes(name)[kind]}

    assert (matrix.ITSELF in became) == (kind in native)
    assert became - {matrix.ITSELF, matrix.LEFT_OUT} <= native


@pytest.mark.parametrize(("name", "path"), SAMPLES, ids=lambda value: getattr(value, "stem", value))
def test_samples_become_what_the_table_says(name: str, path: Path) -> None:
    """Whatever becomes of a sample stands in its cell, with the loss of points; or a text of it keeps it out."""
    (bank,) = samples.loaded(path).banks
    made = export(bank, name, options=matrix.options_of(name))
    for question in bank.questions:
        became, lost = matrix.outcomes_of(made, bank.questions)[question.id]
        listed = dict(matrix.outcomes(name)[question.type])
        if became == matrix.LEFT_OUT:
            assert any(reason for key, reason in made.left_out if key == question.id)
            continue
        assert became in listed, question.id
        assert listed[became] or not lost, question.id
