"""The real Anki backend imports our packages, updates them, and loses nothing that was learned."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from quizforge.exporters.anki import Lock
from quizforge.exporters.anki.note import FIELD_NAMES
from quizforge.loading.bank import load_banks
from quizforge.model.bank import Bank
from quizforge.model.cloze_card import card_numbers
from tests.external.anki_backend import NOW, Learner, deck, learner

pytestmark = pytest.mark.external("anki")

_ROOT = Path(__file__).parents[2]
_SAMPLES = sorted((_ROOT / "tests/samples").glob("*/*.yaml"))
_FLAGSHIP = _ROOT / "banks/llm-alignment"

_UNREPLACED = re.compile(rf"\{{\{{[#^/]?(?:type:|cloze:)?(?:{'|'.join(FIELD_NAMES)})\}}\}}|No cloze|\[\[type:")
_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c626001000000ffff03000006"
    "000557bfabd40000000049454e44ae426082"
)
_BANK = """
schema: 1
id: history
title: "History: a bank"
concepts:
  - {id: later, title: Later idea, definition: What comes second., before: [sooner]}
  - {id: sooner, title: Sooner idea, definition: What comes first.}
questions:
  - {id: of-later, type: true_false, stem: About the later idea., answer: true, concepts: [later]}
  - {id: of-both, type: true_false, stem: About both ideas., answer: true, concepts: [sooner, later]}
  - id: of-sooner
    type: single_choice
    stem: "Which? ![A dot](media/dot.png)"
    choices: [{text: This, correct: true}, That]
    concepts: [sooner]
  - {id: loose, type: short_answer, stem: Which word?, answers: [word]}
  - {id: gaps, type: cloze, stem: "A [[one]] and [[two]].", blanks: {one: {answers: [a]}, two: {answers: [b]}}}
flashcards:
  - {id: card, front: Front, back: Back, concepts: [sooner]}
"""


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Learner]:
    """An empty collection."""
    with learner(tmp_path / "anki") as found:
        yield found


def _load(path: Path) -> Bank:
    loaded = load_banks([path])
    assert loaded.ok, loaded.diagnostics
    return loaded.banks[0]


@pytest.fixture
def bank(tmp_path: Path) -> Callable[..., Bank]:
    """Makes the bank of this file, with texts replaced."""

    def make(*changes: tuple[str, str]) -> Bank:
        folder = tmp_path / "history"
        (folder / "media").mkdir(parents=True, exist_ok=True)
        (folder / "media/dot.png").write_bytes(_PNG)
        text = _BANK
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        (folder / "bank.yaml").write_text(text, encoding="utf-8")
        return _load(folder)

    return make


def _learned(anki: Learner, entry: str) -> dict[str, Any]:
    """What must survive an update of a note."""
    cards = [anki.collection.get_card(card) for card in anki.note(entry).card_ids()]
    numbers = ",".join(str(card.id) for card in cards)
    return {
        "cards": [(card.id, card.did, card.queue, card.type, card.due, card.ivl, card.reps) for card in cards],
        "reviews": anki.collection.db.all(f"select * from revlog where cid in ({numbers})"),  # noqa: S608  # numbers
    }


def _study(anki: Learner, entry: str) -> None:
    """Answer the first card of an entry once, suspend its card, and move it into a deck of the learner's own."""
    card = anki.collection.get_card(anki.note(entry).card_ids()[0])
    card.start_timer()
    states = anki.collection._backend.get_scheduling_states(card.id)
    answer = anki.collection.sched.build_answer(card=card, states=states, rating=2)
    anki.collection.sched.answer_card(answer)
    own = anki.collection.decks.id("My own deck")
    assert own is not None
    anki.collection.set_deck([card.id], own)
    anki.collection.sched.suspend_cards([card.id])


def _seen(side: str) -> str:
    """What a side shows, roughly: its text and pictures without styling, script and blanks."""
    return re.sub(r"<(style|script)>.*?</\1>|<(?!img)[^>]*>|\s", "", side, flags=re.DOTALL)


@pytest.mark.parametrize("path", [*_SAMPLES, _FLAGSHIP], ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_deck_imports_whole(anki: Learner, path: Path) -> None:
    """Every note arrives, every card has two full sides, no picture is missing, and Check Database is clean."""
    package, lock = deck(_load(path), essays=True, cards="both")

    assert anki.imports(package) == ({"new": len(lock.notes)} if lock.notes else {})
    cards = list(anki.cards())
    for card in cards:
        assert _UNREPLACED.search(card.front + card.back) is None, card.entry
        assert all(_seen(side) for side in (card.front, card.back)), card.entry
    media = anki.collection.media.check()
    assert (list(media.missing), list(media.unused)) == ([], [])
    assert anki.collection.get_empty_cards().report == ""
    report, fine = anki.collection.fix_integrity()
    assert fine, report
    assert report == "Database rebuilt and optimized."
    assert len(list(anki.cards())) == len(cards)


@pytest.mark.parametrize("path", [*_SAMPLES, _FLAGSHIP], ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_cards_are_those_that_anki_would_make(anki: Learner, path: Path) -> None:
    """Each note has exactly the cards that Anki generates of its fields."""
    anki.imports(deck(_load(path), essays=True, cards="both")[0])
    before = anki.collection.db.all("select nid, ord from cards order by nid, ord")
    kinds = {
        kind: anki.collection.models.get(kind) for kind in anki.collection.db.list("select distinct mid from notes")
    }

    for kind in kinds.values():
        anki.collection.after_note_updates(anki.collection.models.nids(kind["id"]), mark_modified=False)

    assert anki.collection.db.all("select nid, ord from cards order by nid, ord") == before


def test_the_same_package_again_changes_nothing(anki: Learner, bank: Callable[..., Bank]) -> None:
    """A second import of the same bytes finds duplicates only."""
    package, lock = deck(bank())
    anki.imports(package)

    assert anki.imports(package) == {"duplicate": len(lock.notes)}


def test_a_later_build_of_the_same_bank_changes_nothing(bank: Callable[..., Bank]) -> None:
    """With its lock file the package is the same byte for byte, whenever it is built."""
    package, lock = deck(bank())

    assert deck(bank(), now=NOW + 10**6, lock=lock) == (package, lock)


def test_one_edit_updates_one_note(anki: Learner, bank: Callable[..., Bank]) -> None:
    """An edited question is one updated note; schedule, reviews, suspension and deck stay."""
    package, lock = deck(bank())
    anki.imports(package)
    _study(anki, "of-sooner")
    before = _learned(anki, "of-sooner")
    assert before["reviews"]

    edited, _ = deck(bank(("Which?", "Which one?")), now=NOW + 60, lock=lock)

    assert anki.imports(edited) == {"updated": 1, "duplicate": len(lock.notes) - 1}
    assert "Which one?" in anki.note("of-sooner")["Question"]
    assert _learned(anki, "of-sooner") == before


def test_a_chain_of_packages_goes_on_updating(anki: Learner, bank: Callable[..., Bank]) -> None:
    """Version after version arrives, also within one second and after a version was skipped."""
    package, lock = deck(bank())
    anki.imports(package)
    for number in range(1, 5):
        package, lock = deck(bank(("Front", f"Front {number}")), now=NOW, lock=lock)
        if number != 2:
            assert anki.imports(package)["updated"] == 1
            assert f"Front {number}" in anki.note("card")["Question"]


def test_a_rename_keeps_history(anki: Learner, bank: Callable[..., Bank]) -> None:
    """A question that names its former ids, once and again, stays the note that it was."""
    package, lock = deck(bank())
    anki.imports(package)
    _study(anki, "loose")
    before = _learned(anki, "loose")
    notes = anki.collection.note_count()

    once = bank(("id: loose,", "id: tight, formerly: [loose],"))
    package, lock = deck(once, now=NOW + 1, lock=lock)
    assert anki.imports(package)["updated"] == 1
    assert _learned(anki, "tight") == before

    twice = bank(("id: loose,", "id: tighter, formerly: [loose, tight],"))
    package, _ = deck(twice, now=NOW + 2, lock=lock)
    assert anki.imports(package)["updated"] == 1
    assert _learned(anki, "tighter") == before
    assert anki.collection.note_count() == notes


def test_a_students_later_edit_stays(anki: Learner, bank: Callable[..., Bank]) -> None:
    """A note that the student has edited after our last change is left alone."""
    package, lock = deck(bank())
    anki.imports(package)
    note = anki.note("card")
    note["Answer"] = "My own words"
    anki.collection.update_note(note)

    assert anki.imports(package) == {"duplicate": len(lock.notes)}
    assert anki.note("card")["Answer"] == "My own words"


def test_note_types_are_not_doubled(anki: Learner, bank: Callable[..., Bank]) -> None:
    """Another bank and another version use the note types that are there; a student's styling stays."""
    package, lock = deck(bank())
    anki.imports(package)
    kind = anki.collection.models.by_name("QuizForge Choice")
    assert kind is not None
    kind["css"] += "/* mine */"
    anki.collection.models.update_dict(kind)

    anki.imports(deck(bank(("Front", "Front again")), now=NOW + 60, lock=lock)[0])
    anki.imports(deck(_load(_FLAGSHIP))[0])

    names = [entry.name for entry in anki.collection.models.all_names_and_ids() if "QuizForge" in entry.name]
    assert sorted(names) == sorted(
        f"QuizForge {name}" for name in ("Choice", "Question", "Type-in", "Cloze", "Concept")
    )
    kept = anki.collection.models.by_name("QuizForge Choice")
    assert kept is not None
    assert kept["css"].endswith("/* mine */")


def test_new_cards_come_in_teaching_order(anki: Learner, bank: Callable[..., Bank]) -> None:
    """The queue follows the prerequisites: a concept, its flashcards, its questions, then what needs it."""
    anki.imports(deck(bank())[0])
    anki.collection.decks.select(anki.collection.decks.id_for_name("History: a bank"))
    cards = list(anki.cards())
    first = {card.entry: card.due for card in reversed(cards)}

    expected = ["sooner", "card", "of-sooner", "later", "of-later", "of-both", "loose", "gaps"]
    assert sorted(first, key=first.__getitem__) == expected
    assert len({card.due for card in cards}) == len(cards)
    queued = anki.collection.sched.get_queued_cards(fetch_limit=1).cards[0].card
    assert anki.collection.get_note(queued.note_id)["Id"] in {"sooner", "card", "of-sooner"}


def test_a_card_that_is_added_later_is_queued_among_its_own(anki: Learner, bank: Callable[..., Bank]) -> None:
    """A question added to the first concept comes before the cards of the second, though those keep their places."""
    package, lock = deck(bank())
    anki.imports(package)
    added = bank(
        (
            "  - {id: loose,",
            "  - {id: added, type: true_false, stem: New., answer: true, concepts: [sooner]}\n  - {id: loose,",
        )
    )

    anki.imports(deck(added, now=NOW + 60, lock=lock)[0])

    due = {card.entry: card.due for card in anki.cards() if card.ordinal == 0}
    assert due["of-sooner"] < due["added"] < due["later"]


def test_a_retired_question_is_tagged_and_keeps_its_card(anki: Learner, bank: Callable[..., Bank]) -> None:
    """A learner who has the note finds it tagged where it was; a newcomer finds it in a deck of its own, at the end."""
    package, lock = deck(bank())
    anki.imports(package)
    place = anki.collection.get_card(anki.note("of-later").card_ids()[0]).did
    retired = bank(("id: of-later,", "id: of-later, status: retired,"))
    package, _ = deck(retired, now=NOW + 60, lock=lock)

    assert anki.imports(package)["updated"] == 1
    assert "qf::retired" in anki.note("of-later").tags
    assert anki.collection.get_card(anki.note("of-later").card_ids()[0]).did == place
    with learner(anki.folder / "newcomer") as newcomer:
        newcomer.imports(package)
        card = newcomer.collection.get_card(newcomer.note("of-later").card_ids()[0])
        assert newcomer.collection.decks.name(card.did).endswith("::Retired")
        assert [found.entry for found in newcomer.cards() if found.ordinal == 0][-1] == "of-later"
    assert "of-later" not in str(deck(retired)[1].notes)


def test_media_arrive_under_their_own_names(anki: Learner, bank: Callable[..., Bank]) -> None:
    """A picture is found in the collection by the name in the card, with its bytes."""
    made = bank()
    anki.imports(deck(made)[0])
    (image,) = made.media.values()

    assert f'src="{image.name}"' in anki.note("of-sooner")["Question"]
    assert (anki.folder / "collection.media" / image.name).read_bytes() == _PNG


def test_a_stored_package_imports_too(anki: Learner, bank: Callable[..., Bank]) -> None:
    """Without compression the same notes arrive."""
    package, lock = deck(bank(), compression="stored")

    assert anki.imports(package) == {"new": len(lock.notes)}


def test_the_sort_field_is_the_question(anki: Learner, bank: Callable[..., Bank]) -> None:
    """Anki's browser sorts by the question, and finds duplicates by the id."""
    anki.imports(deck(bank())[0])

    assert anki.collection.db.scalar("select sfld from notes where flds like 'card%'") == "Front"
    assert anki.collection.db.scalar("select count() from notes where csum = 0") == 0


def test_cloze_texts_are_read_as_anki_reads_them(anki: Learner) -> None:
    """Numbers of cards agree with Anki's own for random texts of braces and colons."""
    kind = anki.collection.models.by_name("Cloze")
    pieces = (
        "{{c1::", "{{c2::", "{{c10,3::", "{{c0::", "{{c,::", "{{c600::", "{{c65536::", "{{c99999,1::", "{{c0005::",
        "{{c500::", "{{c501::", "{{c1:", "{{C1::", "{{", "}}", "}", "{", "::", "c1::", "a", " ", "\n", "<b>",
    )  # fmt: skip
    source = random.Random(2026)  # noqa: S311  # a test that is the same every time
    for _ in range(3000):
        text = "".join(source.choice(pieces) for _ in range(source.randint(1, 9)))
        note = anki.collection.new_note(kind)
        note.fields[0] = text
        found = anki.collection._backend.cloze_numbers_in_note(note._to_backend_note())
        assert card_numbers(text) == tuple(sorted(number for number in found if 0 < number <= 500)), text


def test_an_unknown_lock_does_not_lose_the_bank(anki: Learner, bank: Callable[..., Bank]) -> None:
    """Without its lock file a bank is built with later times: everything is updated, nothing doubled."""
    package, lock = deck(bank())
    anki.imports(package)

    again = anki.imports(deck(bank(), now=NOW + 60, lock=Lock())[0])

    assert again == {"updated": len(lock.notes)}
    assert anki.collection.note_count() == len(lock.notes)


def test_two_banks_live_side_by_side(anki: Learner, bank: Callable[..., Bank]) -> None:
    """The same ids in another bank are other notes."""
    one = bank()
    other = replace(one, header=one.header.model_copy(update={"id": "other", "title": "Other"}))
    anki.imports(deck(one)[0])

    package, lock = deck(other)

    assert anki.imports(package) == {"new": len(lock.notes)}
