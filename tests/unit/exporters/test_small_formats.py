"""What stands in the small formats reads back, and earns no more than in the bank."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizforge.api import export
from quizforge.model.codes.fidelity import NUMBER_ROUNDED, QUESTION_REFUSED, SCORE_LOWERED
from tests.tools import samples
from tests.tools.moodle_export import bank
from tests.tools.small_formats import READERS, SHOWN
from tests.tools.transfer import earned

CASES = [(name, path) for name in READERS for path in samples.PATHS]
UNSCORED = {"essay", "information"}


@pytest.mark.parametrize(("name", "path"), CASES, ids=lambda value: getattr(value, "stem", value))
def test_samples_earn_no_more(name: str, path: Path) -> None:
    """Each sample reads back, and each response earns what is due, or less after a warning."""
    (source,) = samples.loaded(path).banks
    made = export(source, name)
    left_out = {question for question, _ in made.left_out}
    there = [question for file in made.files for question in READERS[name](file.data)]
    warned = {found.code for found in made.problems}
    kept = [question for question in source.questions if question.id not in left_out]

    assert len(there) == len(kept)
    assert {found.subject[1] for found in made.problems if found.code is QUESTION_REFUSED and found.subject} == left_out
    for question, read in zip(kept, there, strict=True):
        if question.type in UNSCORED:
            continue
        for sample in question.samples():
            share = earned(question, read, sample.response, bank=source.id, shown=SHOWN[name])
            assert share <= sample.fraction, (question.id, sample.label)
            if not {SCORE_LOWERED, NUMBER_ROUNDED} & warned:
                assert share == sample.fraction, (question.id, sample.label)


@pytest.mark.parametrize("name", ["gift", "blackboard-txt"])
@pytest.mark.parametrize("count", [2, 3])
def test_a_lowered_ordering_never_stands_in_its_order(name: str, count: int) -> None:
    """Whatever the ids, an ordering that became a matching does not list its items solved."""
    for number in range(30):
        items = [f"item {index}" for index in range(count)]
        made = export(bank({"type": "ordering", "id": f"q{number}", "items": items}), name)
        text = made.files[0].data.decode()
        places = [text.index(item) for item in items]

        assert places != sorted(places), number


@pytest.mark.parametrize("name", [*READERS, "gift", "anki-tsv"])
def test_long_and_foreign_texts_are_written(name: str) -> None:
    """A stem of 10 kB with right-to-left script, CJK and emoji stands in the file as it is."""
    stem = "مرحبا 你好 👩‍🔬 " + "word " * 2_000 + "end"
    question = {"type": "single_choice", "stem": stem, "choices": [{"text": "شكرا", "correct": True}, "🎓"]}
    text = export(bank(question), name).files[0].data.decode()

    assert stem in text
    assert "شكرا" in text
