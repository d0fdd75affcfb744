"""Class lists: every fault with its row, all in one run, and never a word about a person."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizforge.loading.class_list import ClassList, read_class_list
from quizforge.model.candidate import Candidate, ExtraTime, dealt
from quizforge.model.codes import all_codes
from quizforge.pages import page


def read(text: str | bytes) -> ClassList:
    """A list for a quiz with the forms A and B."""
    data = text.encode() if isinstance(text, str) else text
    return read_class_list(data, path="class.csv", forms=("A", "B"), digits=10)


def findings(text: str | bytes) -> list[str]:
    """Place and code of each finding."""
    return [f"{found.place} {found.code.code}" for found in read(text).diagnostics]


HEAD = "name,id,form,layout,extra time\n"


def test_a_sound_list() -> None:
    """Names in any script, ids with letters, forms in any case, layouts however they are joined, and extra time."""
    rows = (
        "Zoë Müller,s0123,A,,",
        '"Lee, Ann ""Bo""",77,b,large print,25%',
        "李雷,2024-5,,Large_Print,20 min",
        "",
        ",,,,",
        "  Ada ,  9 ,,standard,7.5",
    )
    found = read(HEAD + "\n".join(rows))

    assert found.diagnostics == ()
    assert found.candidates == (
        Candidate("Zoë Müller", "s0123", "A"),
        Candidate('Lee, Ann "Bo"', "77", "B", "large-print", ExtraTime(Decimal(25), percent=True)),
        Candidate("李雷", "2024-5", None, "large-print", ExtraTime(Decimal(20))),
        Candidate("Ada", "9", None, "standard", ExtraTime(Decimal("7.5"))),
    )
    assert [each.number for each in found.candidates] == ["0123", "77", "20245", "9"]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_what_spreadsheets_write(mark: str, end: str, start: str) -> None:
    """Semicolons and tabs, line ends of all systems, and a byte order mark."""
    rows = [["ID", "Form", "Name"], ["1", "A", "Ada"], ["2", "X", "Bob"]]
    found = read(start + end.join(mark.join(row) for row in rows) + end)

    assert found.candidates == (Candidate("Ada", "1", "A"),)
    assert [str(each.place) for each in found.diagnostics] == ["class.csv:3:3"]


FAULTS: tuple[tuple[str | bytes, list[str]], ...] = (
    ("", ["class.csv:1:1 QF682"]),
    ("name,id\n", ["class.csv:1:1 QF682"]),
    ("Name;Id\nZoë Grün;1\n".encode("latin-1"), ["class.csv:2:3 QF671"]),
    ("name,id\nZoë,1\n".encode("utf-16"), ["class.csv:1:1 QF671"]),
    (b"name,id\n" + b"x" * 5_000_000, ["class.csv QF671"]),
    ("name,id\nA\0da,1\n", ["class.csv:2:1 QF671"]),
    ('name,id\n"Ada\nLovelace",1\nBob,1\n', ["class.csv:2:1 QF671", "class.csv:4:5 QF676"]),
    ("name,id\n\u202eAda,1\n", ["class.csv:2:1 QF671"]),
    ("name\nAda\n", ["class.csv:1:1 QF672"]),
    ("Ada,1\nBob,2\n", ["class.csv:1:1 QF672", "class.csv:1:1 QF672", "class.csv:1:1 QF673", "class.csv:1:5 QF673"]),
    ("name,id,ID\nAda,1,2\n", ["class.csv:1:9 QF672"]),
    ("name,id,from\nAda,1,A\n", ["class.csv:1:9 QF673"]),
    ("name,id\nLee, Ann,1\n", ["class.csv:2:1 QF674"]),
    ("name,id,form\nAda,1\n", ["class.csv:2:1 QF674"]),
    ('name,id\nAda,1\n"Bob,2\nCid,3\n', ["class.csv:3:1 QF674"]),
    ('name,id\n"Ann" Lee,1\n', ["class.csv:2:1 QF674"]),
    (f"name,id\n{'x' * 101},1\n", ["class.csv:2:1 QF674"]),
    ("name,id\n,1\nAda,\n", ["class.csv:2:1 QF675", "class.csv:3:5 QF675"]),
    ("name,id\nAda,12\nBob,13\nCid,12\n", ["class.csv:4:5 QF676"]),
    ("name,id\nAda,s-12\nBob,t12\n", ["class.csv:3:5 QF676"]),
    ("name,id\nAda,none\nBob,12345678901\n", ["class.csv:2:5 QF677", "class.csv:3:5 QF677"]),
    ("name,id,form\nAda,1,C\n", ["class.csv:2:7 QF678"]),
    ("name,id,layout\nAda,1,braille\n", ["class.csv:2:7 QF679"]),
    ("name,id\n=1+1,1\n@x,2\n-x,3\n+1,4\n", [f"class.csv:{line}:1 QF680" for line in (2, 3, 4, 5)]),
    ('name,id\n"=HYPERLINK(""x"")",1\n', ["class.csv:2:1 QF680"]),
    ("name,id,extra time\nAda,1,much\nBob,2,1000\n", ["class.csv:2:7 QF681", "class.csv:3:7 QF681"]),
)


@pytest.mark.parametrize(("text", "expected"), FAULTS)
def test_faults_have_their_rows(text: str | bytes, expected: list[str]) -> None:
    """Each kind of fault, at its row and column."""
    assert findings(text) == expected


def test_all_faults_in_one_run() -> None:
    """A list with a fault in every row names them all, and the sound rows are still read."""
    found = read(HEAD + "Ada,1,Z,,\nBob,1,A,,\n,3,,,\nCid,4,,round,\nDee,5,,,soon\n=E,6,,,\nFay,7,A,,\n")

    assert [str(each.place) for each in found.diagnostics] == [
        "class.csv:2:7", "class.csv:3:5", "class.csv:4:1", "class.csv:5:8", "class.csv:6:9", "class.csv:7:1"
    ]  # fmt: skip
    assert not found.ok
    assert found.candidates == (Candidate("Fay", "7", "A"),)


def test_every_code_of_class_lists_is_met() -> None:
    """No code for class lists is without a fault above."""
    met = {line.split()[-1] for _, expected in FAULTS for line in expected}

    assert met == {code for code in all_codes() if "QF671" <= code <= "QF699"}


@pytest.mark.parametrize("text", [text for text, _ in FAULTS] + [HEAD + "Quetzal,98765,Quetzal,Quetzal,Quetzal\n"])
def test_no_finding_quotes_a_cell(text: str | bytes) -> None:
    """Messages and hints hold nothing of what stands below the names of the columns."""
    data = text if isinstance(text, bytes) else text.encode()
    said = " ".join(f"{each.message} {each.hint}" for each in read(data).diagnostics)
    below = data.decode("latin-1").partition("\n")[2]
    words = set(re.findall(r"[A-Za-z0-9]{3,}", below)) - {"12345678901"[:3]}

    assert [word for word in words if word in said and len(word) > 3] == []


@given(st.text(max_size=300) | st.binary(max_size=300))
def test_anything_gives_findings_or_candidates(text: str | bytes) -> None:
    """No input raises; every finding has a place in the file."""
    data = text.encode("utf-8", errors="replace") if isinstance(text, str) else text
    found = read(data)

    assert found.candidates or found.diagnostics
    assert all(each.place.path == "class.csv" for each in found.diagnostics)


@given(
    st.lists(
        st.tuples(st.text("abc äß,;\"'", min_size=1), st.integers(0, 9**9)), min_size=1, unique_by=lambda row: row[1]
    )
)
def test_quoted_cells_read_back(rows: list[tuple[str, int]]) -> None:
    """What is quoted by the rules of RFC 4180 is read as it was."""
    text = "name,id\n" + "".join(f'"{name.replace(chr(34), chr(34) * 2)}",{number}\n' for name, number in rows)
    expected = [(name.strip(), str(number)) for name, number in rows if name.strip()]

    assert [(each.name, each.id) for each in read(text).candidates] == expected


def test_forms_are_dealt_in_turn() -> None:
    """Those who have a form keep it; the others get the next one after the candidate before them."""
    rows = "".join(f"N,{number},{form}\n" for number, form in enumerate(["", "B", "", "", "A", ""], 1))

    assert "".join(str(each.form) for each in dealt(read("name,id,form\n" + rows).candidates, ("A", "B"))) == "ABABAB"


@pytest.mark.parametrize(
    ("extra", "minutes"), [(ExtraTime(Decimal(25), percent=True), 23), (ExtraTime(Decimal("7.5")), 8)]
)
def test_extra_time_is_rounded_in_favour(extra: ExtraTime, minutes: int) -> None:
    """A quarter of 90 minutes is 23."""
    assert extra.minutes(Decimal(90)) == minutes


CODES = sorted(code for code in all_codes() if "QF671" <= code <= "QF699")


@pytest.mark.parametrize("code", CODES)
def test_pages_show_a_fault_and_its_cure(code: str) -> None:
    """The first list on a page has the fault of the page, the second has no finding."""
    blocks = re.findall(r"^```csv\n(.*?)^```$", page(all_codes()[code]), re.MULTILINE | re.DOTALL)
    if code == "QF671":
        assert blocks == []
        return
    fault, cure = blocks

    assert {each.code.code for each in read(fault).diagnostics} == {code}
    assert findings(cure) == []
