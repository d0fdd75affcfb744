"""What stands in the small formats reads back, and earns no more than in the bank."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizforge.api import export
from quizforge.model.codes.fidelity import NUMBER_ROUNDED, QUESTION_REFUSED, SCORE_LOWERED
from tests.tools import samples
from tests.tools.small_formats import READERS, SHOWN
from tests.tools.transfer import earned

CASES = [(name, path) for name in READERS for path in samples.PATHS]
UNSCORED = {"essay", "information"}


@pytest.mark.parametrize(("name", "path"), CASES, ids=lambda value: getattr(value, "stem", value))
def test_samples_earn_no_more(name: str, path: Path) -> None:
    """Each sample reads back, and each response earns what is due, or less after a warning."""
    (bank,) = samples.loaded(path).banks
    made = export(bank, name)
    left_out = {question for question, _ in made.left_out}
    there = [question for file in made.files for question in READERS[name](file.data)]
    warned = {found.code for found in made.problems}
    kept = [question for question in bank.questions if question.id not in left_out]

    assert len(there) == len(kept)
    assert {found.subject[1] for found in made.problems if found.code is QUESTION_REFUSED and found.subject} == left_out
    for question, read in zip(kept, there, strict=True):
        if question.type in UNSCORED:
            continue
        for sample in question.samples():
            share = earned(question, read, sample.response, bank=bank.id, shown=SHOWN[name])
            assert share <= sample.fraction, (question.id, sample.label)
            if not {SCORE_LOWERED, NUMBER_ROUNDED} & warned:
                assert share == sample.fraction, (question.id, sample.label)
