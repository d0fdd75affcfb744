"""Tables for item models: what is read, and what is refused at which place."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizforge.loading.tables import Tables
from quizforge.model.table import Table


def read(folder: Path, name: str, data: bytes) -> tuple[Table | None, list[tuple[str, int, int]], list[str]]:
    """A table, and code, line and column of each fault with its message."""
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data" / name).write_bytes(data)
    tables = Tables(folder, "bank")
    assert tables.take(name) is None
    found = [(fault.code.code, fault.place.line, fault.place.column) for fault in tables.diagnostics]
    assert all(fault.place.path == f"bank/data/{name}" for fault in tables.diagnostics)
    return tables.tables[name], found, [fault.message for fault in tables.diagnostics]


def cells(table: Table | None) -> list[tuple[str, ...]]:
    """The cells of all rows."""
    assert table is not None
    return [row.cells for row in table.rows]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a,b\n1,2\n", [("1", "2")]),
        (b"a,b\r\n1,2\r\n3,4", [("1", "2"), ("3", "4")]),
        (b"\xef\xbb\xbfa,b\n1,2\n", [("1", "2")]),
        (b"a,b\n\n 1 , 2\n\n", [("1", "2")]),
        (b'a,b\n"x, ""y""",\n', [('x, "y"', "")]),
        (b'a,b\n"two\nlines",2\n', [("two\nlines", "2")]),
        (b'a,b\n"two\r\nlines",2\n', [("two\nlines", "2")]),
        ("a\nGrüße\n".encode(), [("Grüße",)]),
    ],
)
def test_csv_is_read(data: bytes, expected: list[tuple[str, ...]], tmp_path: Path) -> None:
    """Either line end, a byte order mark, quoted cells with commas, marks and line ends."""
    table, found, _ = read(tmp_path, "t.csv", data)

    assert found == []
    assert cells(table) == expected


def test_rows_know_their_lines(tmp_path: Path) -> None:
    """Lines are counted in the file, also behind cells of several lines."""
    table, _, _ = read(tmp_path, "t.csv", b'a,b\n"two\nlines",2\n\n3,4\n')

    assert table is not None
    assert [row.line for row in table.rows] == [2, 5]


@pytest.mark.parametrize(
    ("data", "expected", "message"),
    [
        (b"", ("QF641", 1, 1), "the table is empty"),
        (b"a,b\n", ("QF641", 1, 1), "the table has no rows"),
        (b"a;b\n1;2\n", ("QF641", 1, 1), "the columns are not separated by commas"),
        (b"a\nGr\xfc\xdfe\n", ("QF641", 2, 3), "the table is not UTF-8 text"),
        (b"a,A\n1,2\n", ("QF642", 1, 3), "'A' is not a column"),
        (b"a,a\n1,2\n", ("QF642", 1, 3), "the column 'a' stands twice"),
        (b"a,if\n1,2\n", ("QF642", 1, 3), "'if' is a word of the expressions and cannot be a column"),
        (b"a,b\n1,2,3\n", ("QF642", 2, 5), "the row has 3 cells, the header 2"),
        (b"a,b\n1\n", ("QF642", 2, 1), "the row has 1 cells, the header 2"),
        (b'a,b\n1,x"y\n', ("QF642", 2, 4), "a quotation mark inside a cell that is not quoted"),
        (b'a,b\n1,"x"y\n', ("QF642", 2, 6), "text behind a quoted cell"),
        (b'a,b\n1,"x\n2,3\n', ("QF642", 2, 3), "a quoted cell that does not end"),
        (b"a,b\n1,x\ty\n", ("QF642", 2, 3), "a cell holds a tab or a control character"),
        (b"a\n" + b"x" * 10_001 + b"\n", ("QF642", 2, 1), "a cell of 10,001 characters; at most 10,000 are read"),
        (b"a\n" + b"1\n" * 10_001, ("QF641", 1, 1), "the table has 10,001 rows; at most 10,000 are read"),
        (b"a\n" + b"," * 300_000, ("QF641", 2, 201), "more than 200 cells in a row, or 200,000 in the table"),
        (",".join(f"c{n}" for n in range(101)).encode(), ("QF642", 1, 1), "101 columns; at most 100 are allowed"),
    ],
)
def test_csv_faults(data: bytes, expected: tuple[str, int, int], message: str, tmp_path: Path) -> None:
    """Each fault has its line and column, and a faulty table has no rows."""
    table, found, messages = read(tmp_path, "t.csv", data)

    assert expected in found
    assert message in messages
    assert table is None or table.rows == ()


def test_all_faults_of_a_table_in_one_run(tmp_path: Path) -> None:
    """One faulty row hides no other; very many are cut off."""
    _, found, _ = read(tmp_path, "t.csv", b'a,b\n1\n2,"x"y\n3,4,5\n')
    assert sorted(line for _, line, _ in found) == [2, 3, 4]

    _, found, _ = read(tmp_path, "t.csv", b"a,b\n" + b"1\n" * 5000)
    assert len(found) == 100


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"- {a: 1, b: x}\n- {b: y, a: 2}\n", [("1", "x"), ("2", "y")]),
        (b"- a: >-\n    folded\n    text\n", [("folded text",)]),
    ],
)
def test_yaml_is_read(data: bytes, expected: list[tuple[str, ...]], tmp_path: Path) -> None:
    """A list of rows; keys in any order, values stay the texts that they are."""
    table, found, _ = read(tmp_path, "t.yaml", data)

    assert found == []
    assert cells(table) == expected


@pytest.mark.parametrize(
    ("data", "expected", "message"),
    [
        (b"a: 1\n", ("QF641", 1, 1), "a table is a list of rows"),
        (b"- {a: 1}\n- {b: 1}\n", ("QF642", 2, 3), "the row has other columns than the first: a, b"),
        (b"- {a: [1]}\n", ("QF642", 1, 3), "a row is a mapping of columns to single values"),
        (b"- {A: 1}\n", ("QF642", 1, 4), "'A' is not a column"),
        (b"- {a: 1}\n- {a: *x}\n", ("QF008", 2, 7), "an alias (*x) is used; YAML aliases are not allowed"),
    ],
)
def test_yaml_faults(data: bytes, expected: tuple[str, int, int], message: str, tmp_path: Path) -> None:
    """Faults of the YAML and of the rows have their places."""
    _, found, messages = read(tmp_path, "t.yaml", data)

    assert expected in found, messages
    assert message in messages or expected[0] == "QF008"


def test_large_files_are_not_read(tmp_path: Path) -> None:
    """A file of more than 4 MB is refused before it is looked at."""
    (tmp_path / "data").mkdir()
    with (tmp_path / "data" / "t.csv").open("wb") as stream:
        stream.truncate(5_000_000_000)
    tables = Tables(tmp_path, "bank")

    assert tables.take("t.csv") == ("the table 't.csv' is larger than 4 MB", "split it")
    assert tables.sources == {}
