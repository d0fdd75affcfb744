from __future__ import annotations

from quizforge.exporters.anki.identity import FIRST_ID, deck_id, guid_and_id, note_key
from quizforge.exporters.anki.note import Note


def _note(entry: str, *former: str, bank: str = "b") -> Note:
    return Note("choice", "questions", bank, entry, "", former)


def test_identities_are_frozen() -> None:
    """A learner's collection knows these values: a release that changes them loses every history."""
    assert note_key(_note("some-question", bank="some-bank"), ()) == "some-bank/choice/some-question"
    assert guid_and_id("some-bank/choice/some-question") == ("f6bafb1029b115415a6d", 1_583_881_307_595)
    assert deck_id("Some bank::Questions") == 1_602_844_425_073


def test_a_key_names_bank_kind_and_entry() -> None:
    """Banks, kinds and entries never share a guid: ids hold no slash."""
    keys = {note_key(note, ()) for note in (_note("a"), _note("a", bank="c"), _note("a.b"), _note("a-b"))}
    keys.add(note_key(_note("a")._replace(kind="recall"), ()))

    assert len({guid_and_id(key)[0] for key in keys}) == 5


def test_a_renamed_entry_keeps_the_key_that_was_published() -> None:
    """The lock file tells under which of its ids an entry is known to learners, in whatever order they are listed."""
    for former in (("first", "second"), ("second", "first")):
        assert note_key(_note("third", *former), {"b/choice/first"}) == "b/choice/first"
        assert note_key(_note("third", *former), {"b/choice/second"}) == "b/choice/second"


def test_a_rename_written_down_late_keeps_the_new_id() -> None:
    """Where only the new id was ever published, naming the old one changes nothing."""
    assert note_key(_note("new", "old"), {"b/choice/new"}) == "b/choice/new"


def test_without_a_lock_the_first_id_counts() -> None:
    """The oldest id is listed first, and stays the key through any number of renames."""
    keys = {note_key(note, ()) for note in (_note("a"), _note("b", "a"), _note("c", "a", "b"))}

    assert keys == {"b/choice/a"}


def test_ids_lie_in_the_past_and_apart() -> None:
    """Anki shows ids as dates: all lie between 2020 and 2023, spread so that few collide."""
    ids = [guid_and_id(f"b/choice/{number}")[1] for number in range(10_000)]

    assert all(FIRST_ID <= number < 1_672_531_200_000 for number in ids)
    assert len(set(ids)) > 9_990
