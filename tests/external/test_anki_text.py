"""The real Anki backend imports our text files on top of our packages, and nothing that was learned is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from quizforge.exporters.anki import AnkiText, StudyOptions
from quizforge.exporters.base import Env
from quizforge.loading.bank import load_banks
from quizforge.model.bank import Bank
from quizforge.model.quiz import whole_bank
from tests.external.anki_backend import PRACTICE, Learner, deck, learner
from tests.tools.moodle_export import bank as bank_of

pytestmark = pytest.mark.external("anki")

_ROOT = Path(__file__).parents[2]
_SAMPLES = sorted((_ROOT / "tests/samples").glob("*/*.yaml"))
_BANKS = [*_SAMPLES, _ROOT / "tests/golden/all-types/bank", _ROOT / "banks/llm-alignment"]


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Learner]:
    """An empty collection."""
    with learner(tmp_path / "anki") as found:
        yield found


def text(bank: Bank) -> bytes | None:
    """The text file of a bank's practice pool, or None where no note is made."""
    made = AnkiText().render(whole_bank(bank, PRACTICE), StudyOptions(essays=True, cards="both"), Env())
    return made.files[0].data if made.files else None


def imports(anki: Learner, data: bytes) -> Counter[str]:
    """Import a text file with the settings that Anki reads from it; counts of notes by what became of them."""
    from anki.collection import ImportCsvRequest

    path = anki.folder / "notes.tsv"
    path.write_bytes(data)
    metadata = anki.collection.get_csv_metadata(str(path), None)
    log = anki.collection.import_csv(ImportCsvRequest(path=str(path), metadata=metadata)).log
    kinds = ("new", "updated", "duplicate", "conflicting", "missing_notetype", "missing_deck", "empty_first_field")
    return Counter({kind: len(getattr(log, kind)) for kind in kinds if len(getattr(log, kind))})


def notes(anki: Learner) -> dict[str, Any]:
    """Fields and tags of all notes by guid."""
    found = (anki.collection.get_note(number) for number in anki.collection.find_notes(""))
    return {note.guid: (note.fields, note.tags) for note in found}


@pytest.mark.parametrize("path", _BANKS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_text_holds_what_the_package_holds(anki: Learner, path: Path) -> None:
    """On top of the package every row is a duplicate: the same guid, note type, fields and tags, byte for byte."""
    (bank,) = load_banks([path]).banks
    anki.imports(deck(bank, essays=True, cards="both")[0])
    before, data = notes(anki), text(bank)
    if data is None:
        assert not before
        return

    assert imports(anki, data) == {"duplicate": len(before)}
    assert notes(anki) == before


def test_an_edit_updates_the_note_and_keeps_what_was_learned(anki: Learner) -> None:
    """A changed text is one updated note; its card keeps its schedule, its reviews and the learner's own deck."""
    first, other = (
        {"type": "true_false", "answer": True, "id": "a"},
        {"type": "short_answer", "answers": ["x"], "id": "b"},
    )
    source = bank_of(first, other)
    anki.imports(deck(source, essays=True, cards="both")[0])
    card = anki.collection.get_card(anki.note("a").card_ids()[0])
    card.start_timer()
    states = anki.collection._backend.get_scheduling_states(card.id)
    answer = anki.collection.sched.build_answer(card=card, states=states, rating=2)
    anki.collection.sched.answer_card(answer)
    own = anki.collection.decks.id("My own deck")
    assert own is not None
    anki.collection.set_deck([card.id], own)
    before = anki.collection.get_card(card.id)
    reviews = anki.collection.db.all("select * from revlog")

    edited = source.questions[0].model_copy(update={"stem": "What else?"})
    data = text(replace(source, questions=(edited, source.questions[1])))
    assert data is not None
    assert imports(anki, data) == {"updated": 1, "duplicate": 1}
    after = anki.collection.get_card(card.id)

    assert "What else?" in anki.note("a")["Question"]
    assert (after.did, after.ivl, after.reps, after.due) == (own, before.ivl, before.reps, before.due)
    assert anki.collection.db.all("select * from revlog") == reviews


def test_without_the_package_anki_says_what_is_missing(anki: Learner) -> None:
    """Text makes no note types, so that a collection without the package takes no note of it."""
    data = text(bank_of({"type": "true_false", "answer": True}))
    assert data is not None

    assert imports(anki, data) == {"missing_notetype": 1}
    assert notes(anki) == {}
