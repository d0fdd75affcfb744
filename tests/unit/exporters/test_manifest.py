"""The manifest beside a Moodle export, and what a later export makes of it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from quizforge.errors import UsageError
from quizforge.exporters.manifest import Manifest, ManifestEntry, Option, read_manifest
from quizforge.model.bank import Bank
from tests.tools.moodle_export import bank, choices, exported, manifest
from tests.tools.moodle_reader import read

SINGLE: dict[str, Any] = {"type": "single_choice", "choices": choices(1, 1)}


def entry(question: dict[str, Any], **lists: Any) -> ManifestEntry:
    """The manifest's entry for one question."""
    (found,) = manifest(bank(question, **lists)).entries
    return found


def two(**second: Any) -> Bank:
    """A bank of the questions ``a`` and ``b``."""
    return bank({**SINGLE, "id": "a", "stem": "A?"}, {**SINGLE, "id": "b", "stem": "B?", **second})


def written(source: Bank, since: Manifest) -> list[str]:
    """Ids of the questions in the file of a later export."""
    files = exported(source, since).files
    return [] if len(files) == 1 else [question.idnumber for question in read(files[0].data).questions]


def test_entry_holds_what_joins_responses() -> None:
    """Options stand in the order of the bank, as written and as Moodle's response files show them."""
    options = [{"text": "**b** & _c_", "correct": True}, {"text": "none", "pin": "first"}]
    found = entry({**SINGLE, "stem": "Is `x` **it**?", "title": "T", "choices": options})

    assert (found.id, found.bank, found.type, found.name) == ("q", "bank", "multichoice", "0001 T")
    assert found.category == ("Bank", "practice")
    assert found.text == "Is x IT?"
    assert found.options == {"choices": (Option("**b** & _c_", "B & _c_"), Option("none", "none"))}
    assert len(found.revision) == len(found.content) == 16


@pytest.mark.parametrize(
    ("question", "options"),
    [
        (
            {"type": "matching", "pairs": [{"left": "*a*", "right": "*1*"}, {"left": "b", "right": "2"}]},
            {"left": (Option("*a*", "_a_"), Option("b", "b")), "right": (Option("*1*", "1"), Option("2", "2"))},
        ),
        ({"type": "ordering", "items": ["a", "b"]}, {"items": (Option("a", "a"), Option("b", "b"))}),
        (
            {"type": "cloze", "stem": "[[x]]", "blanks": {"x": {"choices": [{"text": "1", "correct": True}, "2"]}}},
            {"blanks.x": (Option("1", "1"), Option("2", "2"))},
        ),
        ({"type": "true_false", "answer": True}, {}),
    ],
)
def test_options_of_each_type(question: dict[str, Any], options: dict[str, tuple[Option, ...]]) -> None:
    """Every text that a response can name is listed by the field that holds it."""
    assert entry(question).options == options


def test_text_of_a_cloze_has_lines_for_its_gaps() -> None:
    """The question text is what stands around the gaps, below the case."""
    question = {"type": "cloze", "stem": "It is [[n]].", "blanks": {"n": {"answer": 2}}, "scenario": "case"}
    found = entry(question, scenarios=[{"id": "case", "title": "Case", "text": "Once."}])

    assert found.text == "CASE\n\nOnce.\n\nIt is _____."


def test_unchanged_questions_are_not_written_again() -> None:
    """Without a change there is no file to import, but a manifest of all questions."""
    before = manifest(two())
    found = exported(two(), before)

    assert [file.name for file in found.files] == ["bank.manifest.json"]
    assert found.notes == ("nothing is new or changed since that manifest, so there is no file to import",)
    assert manifest(two(), before) == before


@pytest.mark.parametrize(
    "change",
    [
        {"stem": "B, really?"},
        {"feedback": "New."},
        {"hints": ["New."]},
        {"tags": ["new"]},
        {"points": 2},
        {"choices": [{"text": "option 0", "correct": True, "feedback": "New."}, "option 1"]},
    ],
)
def test_changed_questions_are_written(change: dict[str, Any]) -> None:
    """A change of the wording, the score or the feedback brings the question into the next file, and only it."""
    before = manifest(two())

    assert written(two(**change), before) == ["b"]
    assert [item.id for item in manifest(two(**change), before).entries] == ["a", "b"]


def test_a_change_that_does_not_show_is_none() -> None:
    """Notes for staff do not reach Moodle, and neither does a new number in front of the name."""
    before = manifest(bank({**SINGLE, "id": "b", "stem": "B?"}))

    assert written(two(notes="For us."), before) == ["a"]


def test_a_change_of_revision_or_of_content_is_enough() -> None:
    """Both hashes count."""
    first, second = manifest(two()).entries
    for changed in (replace(first, revision="0" * 16), replace(first, content="0" * 16)):
        assert written(two(), Manifest("bank", (changed, second))) == ["a"]


def test_notes_name_old_copies_moved_and_gone() -> None:
    """What has to be tidied by hand in Moodle is named."""
    before = manifest(bank({**SINGLE, "id": "gone"}, {**SINGLE, "id": "b", "stem": "B?"}))
    notes = exported(two(pool="exam", feedback="New."), before).notes

    assert notes[1].startswith("changed, so that Moodle will hold an old copy of each: b;")
    assert notes[2:4] == (
        "in another category now; move the old copies in Moodle: b",
        "no longer exported, but still in Moodle: gone",
    )
    assert notes[4].startswith("settings to choose")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "'m.json' is no manifest: it is not JSON"),
        (b"\xff\xfe", "'m.json' is no manifest: it is not JSON"),
        (b"[" * 100_000, "'m.json' is no manifest: it is not JSON"),
        (b"[]", "'m.json' is no manifest of a Moodle export"),
        (b'{"questions": []}', "'m.json' is no manifest of a Moodle export"),
        (b'{"manifest": 2}', "'m.json' is a manifest of version 2; this program reads version 1"),
        (b'{"manifest": 1, "quiz": "q"}', "'m.json' is a damaged manifest: 'questions'"),
        (b'{"manifest": 1, "quiz": "q", "questions": [{}]}', "'m.json' is a damaged manifest: 'options'"),
        (b'{"manifest": 1, "quiz": 7, "questions": []}', "'m.json' is a damaged manifest: 7 where a str is expected"),
    ],
)
def test_junk_is_refused(data: bytes, message: str) -> None:
    """What is no manifest is a usage error that names the file."""
    with pytest.raises(UsageError) as caught:
        read_manifest(data, source="m.json")

    assert caught.value.message.startswith(message)
    assert caught.value.hint


def test_an_option_has_one_text_or_two() -> None:
    """A list of another length is damage."""
    tree = json.loads(exported(bank(SINGLE)).files[-1].data)
    tree["questions"][0]["options"]["choices"][0] = []
    with pytest.raises(UsageError, match="an option has 0 texts"):
        read_manifest(json.dumps(tree).encode(), source="m.json")


def test_manifest_is_one_line_a_question() -> None:
    """A manifest under version control shows which question changed."""
    lines = exported(two()).files[-1].data.decode().splitlines()

    assert [line[:10] for line in lines] == [
        "{",
        '"manifest"',
        '"format": ',
        '"quiz": "b',
        '"questions',
        '{"id": "a"',
        '{"id": "b"',
        "]",
        "}",
    ]
