"""Anki's text file: the head that Anki reads, the guids of the deck, and quotes where a cell needs them."""

from __future__ import annotations

import csv
import io

from quizforge.api import export
from quizforge.exporters.anki import Lock, StudyOptions, parse_lock
from quizforge.exporters.anki.identity import guid_and_id
from quizforge.exporters.anki.note import FIELD_NAMES
from quizforge.exporters.base import Export
from quizforge.model.bank import Bank
from tests.tools.moodle_export import bank, choices

CHOICE = {"type": "single_choice", "choices": choices(1, 2)}


def made(source: Bank, lock: Lock | None = None) -> Export:
    """The export of a bank."""
    return export(source, "anki-tsv", options=StudyOptions(lock=lock))


def rows(source: Bank, lock: Lock | None = None) -> list[list[str]]:
    """The rows behind the head."""
    lines = io.StringIO(made(source, lock).files[0].data.decode(), newline="")
    return [row for row in csv.reader(lines, delimiter="\t", strict=True) if not row[0].startswith("#")]


def test_head_names_every_column() -> None:
    """Anki learns from the head which columns are no fields, and people what the others are."""
    head = made(bank(CHOICE)).files[0].data.decode().split("\n")[:7]

    assert head[:6] == [
        "#separator:tab",
        "#html:true",
        "#guid column:1",
        "#notetype column:2",
        "#deck column:3",
        "#tags column:4",
    ]
    assert head[6].split("\t") == ["#columns:Guid", "Notetype", "Deck", "Tags", *FIELD_NAMES]


def test_rows_are_the_notes_of_the_deck() -> None:
    """A row has the guid, note type, deck, tags and fields of its note."""
    ((guid, kind, deck, tags, *fields),) = rows(bank({**CHOICE, "tags": ["a b"]}))

    assert guid == guid_and_id("bank/choice/q")[0]
    assert (kind, deck, tags) == ("QuizForge Choice", "Bank::Questions", "topic::a-b type::single_choice")
    assert len(fields) == len(FIELD_NAMES)
    assert fields[0] == "q"


def test_a_renamed_question_keeps_its_guid() -> None:
    """Where the lock knows the former id, the note keeps the guid that the learner has."""
    lock = parse_lock(export(bank({**CHOICE, "id": "old"}), "anki").files[1].data)
    renamed = bank({**CHOICE, "id": "new", "formerly": ["old"]})

    assert [row[0] for row in rows(renamed, lock)] == [guid_and_id("bank/choice/old")[0]]


def test_cells_with_tabs_quotes_and_lines_survive() -> None:
    """Whatever stands in a field, one row is one note."""
    source = bank({"type": "short_answer", "stem": 'A "b"\n\n- c\n- d', "answers": ["#x"]}, {**CHOICE, "id": "r"})
    found = rows(source)

    assert [len(row) for row in found] == [4 + len(FIELD_NAMES)] * 2
    assert {row[4] for row in found} == {"q", "r"}


def test_nothing_to_write_no_file() -> None:
    """A text that asks nothing makes no note, and no note no file."""
    found = made(bank({"type": "information", "stem": "Read."}))

    assert (found.files, [name for name, _ in found.left_out]) == ((), ["q"])
