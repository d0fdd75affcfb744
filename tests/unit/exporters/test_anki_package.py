from __future__ import annotations

import hashlib
import io
import zipfile
from typing import TYPE_CHECKING

from quizforge.exporters.anki import package as packaging
from quizforge.exporters.anki.note import FIELD_NAMES
from quizforge.exporters.anki.notetypes import TEMPLATE_TIME, note_types, styling
from quizforge.exporters.anki.package import DeckContent, Placed, write_package
from quizforge.model.media import Media
from tests.tools import apkg

if TYPE_CHECKING:
    import pytest

_IMAGE = Media("media/Plot.png", b"\x89PNG picture", "image/png")


def _placed(number: int, guid: str, ordinals: tuple[int, ...] = (0,)) -> Placed:
    fields = "\x1f".join([guid, "", "", f"Question {guid}", *[""] * 13])
    dues = tuple(10 * (number + ordinal) for ordinal in ordinals)
    return Placed(number, guid, 1_700_000_000 + number, note_types()["concept"], fields, ("b", "a::c"), ordinals, dues)


def _decks() -> list[DeckContent]:
    notes = [_placed(1000, "x", (0, 1)), _placed(1001, "y"), _placed(900, "z")]
    return [DeckContent("Bank", "<p>About</p>", ()), DeckContent("Bank::Concepts", "", notes)]


def test_what_is_read_back_is_what_was_written() -> None:
    """Notes with guid, time, fields, tags and cards; decks with description; images under their names."""
    read = apkg.read(write_package(_decks(), [_IMAGE], compression="deflate"))

    assert [(note.id, note.guid, note.time) for note in read.notes] == [
        (900, "z", 1_700_000_900),
        (1000, "x", 1_700_001_000),
        (1001, "y", 1_700_001_001),
    ]
    assert read.note("x").tags == ("b", "a::c")
    assert [(card.ordinal, card.due, card.deck) for card in read.note("x").cards] == [
        (0, 10_000, "Bank::Concepts"),
        (1, 10_010, "Bank::Concepts"),
    ]
    assert read.note("y")["Question"] == "Question y"
    assert set(read.decks) == {"Default", "Bank", "Bank::Concepts"}
    assert read.decks["Bank"]["desc"] == "<p>About</p>"
    assert read.media == {_IMAGE.name: _IMAGE.data}


def test_card_ids_do_not_collide() -> None:
    """A note whose second card would take the id of its neighbour's first gets the next free one."""
    read = apkg.read(write_package(_decks(), [], compression="stored"))

    assert [(card.id, card.note, card.ordinal) for note in read.notes for card in note.cards] == [
        (900, 900, 0),
        (1000, 1000, 0),
        (1001, 1000, 1),
        (1002, 1001, 0),
    ]


def test_the_archive_bears_no_trace_of_its_making() -> None:
    """Fixed dates, system and modes; entries in a fixed order; the SQLite header without version and counters."""
    for compression, method in (("deflate", zipfile.ZIP_DEFLATED), ("stored", zipfile.ZIP_STORED)):
        data = write_package(_decks(), [_IMAGE], compression=compression)  # type: ignore[arg-type]
        entries = apkg.read(data).entries

        assert [entry.filename for entry in entries] == ["collection.anki2", "0", "media"]
        assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
        assert {(entry.create_system, entry.external_attr >> 16, entry.compress_type) for entry in entries} == {
            (3, 0o100644, method)
        }
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            header = archive.read("collection.anki2")[:100]
        assert (header[24:28], header[92:96], header[96:100]) == (b"\0\0\0\1", b"\0\0\0\1", b"\x00\x2e\x63\x01")


def test_the_same_notes_give_the_same_bytes() -> None:
    """Also where Python has no ``serialize`` and the database goes through a file."""
    expected = write_package(_decks(), [_IMAGE], compression="deflate")

    assert write_package(_decks(), [_IMAGE], compression="deflate") == expected


def test_python_3_10_writes_the_same_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before Python 3.11 a connection cannot be serialized; through a file the bytes are the same."""
    expected = write_package(_decks(), [], compression="stored")
    monkeypatch.setattr(packaging, "_serialized", packaging._through_a_file)

    assert write_package(_decks(), [], compression="stored") == expected


def test_images_are_listed_in_the_order_of_their_names() -> None:
    """The media map does not depend on the order in which images were found."""
    images = [Media(f"media/{name}.png", name.encode(), "image/png") for name in "cab"]

    data = write_package(_decks(), images, compression="deflate")

    assert data == write_package(_decks(), images[::-1], compression="deflate")
    assert list(apkg.read(data).media.values()) == [b"a", b"b", b"c"]


def test_fields_and_ids_are_frozen() -> None:
    """What a learner's collection matches note types by: a change here stops all updates."""
    read = apkg.read(write_package(_decks(), [], compression="deflate"))
    kind = read.note_types["QuizForge Concept"]

    assert tuple(field["name"] for field in kind["flds"]) == apkg.FIELDS == FIELD_NAMES
    assert kind["sortf"] == 3
    assert [(field["id"], field["ord"]) for field in kind["flds"]][:2] == [
        (2_780_389_173_661_988_856, 0),
        (1_576_313_709_149_944_174, 1),
    ]
    assert [(card["name"], card["id"]) for card in kind["tmpls"]] == [
        ("Name the concept", 2_753_568_785_933_157_116),
        ("Define the concept", 701_336_045_721_433_296),
    ]
    assert {kind.id: (kind.name, len(kind.templates), kind.is_cloze) for kind in note_types().values()} == {
        1_735_689_600_101: ("QuizForge Choice", 1, False),
        1_735_689_600_102: ("QuizForge Question", 1, False),
        1_735_689_600_103: ("QuizForge Type-in", 1, False),
        1_735_689_600_104: ("QuizForge Cloze", 1, True),
        1_735_689_600_105: ("QuizForge Concept", 2, False),
    }
    ids = [field["id"] for field in kind["flds"]] + [card["id"] for card in kind["tmpls"]]
    assert len(set(ids)) == len(ids)


def test_templates_have_a_time_of_their_own() -> None:
    """Whoever changes a template or the styling raises TEMPLATE_TIME, and then these two values here.

    Anki takes a changed template only with a later time, and a later time overwrites a student's styling.
    """
    text = "\0".join(
        part
        for kind in sorted(set(note_types().values()), key=lambda kind: kind.id)
        for card in kind.templates
        for part in (card.name, card.front, card.back)
    )
    digest = hashlib.sha256(f"{styling()}\0{text}".encode()).hexdigest()

    assert (TEMPLATE_TIME, digest[:16]) == (1_795_392_000, "111e7fa406757e10")
    read = apkg.read(write_package(_decks(), [], compression="deflate"))
    assert {kind["mod"] for kind in read.note_types.values()} == {TEMPLATE_TIME}


def test_templates_hold_no_words_and_no_address() -> None:
    """A template serves all languages, offline."""
    for kind in note_types().values():
        for card in kind.templates:
            assert "http" not in card.front + card.back
            assert "import" not in card.front + card.back
    assert "url(" not in styling()
    assert "@import" not in styling()
