"""The tree of a file and the places of its values."""

from __future__ import annotations

import gc
from typing import Any

import pytest
import yaml

from quizforge.loading.yaml.nodes import Document, Node, parse
from quizforge.model.diagnostic import Path

BANK = """\
schema: 1
id: "a bank"   # quoted
questions:
  - id: q1
    stem: |
      First line
        indented $x^2$

      last $y$
    choices:
      - {text: one, correct: true}
      - text: >-
          two
          lines
      - three
    tags: [a, 'b',
           c]
  - id: q2
    stem: 'It''s $z$'
"""


def read(text: str, *, loader: Any = None) -> Document:
    """Read a text."""
    return parse(text.encode(), path="bank.yaml", loader=loader)


def shown(document: Document, path: Path, **options: Any) -> str:
    """The stretch of the source that a place means."""
    place = document.place(path, **options)
    lines = document.source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if place.line == place.end_line:
        return lines[place.line - 1][place.column - 1 : place.end_column - 1]
    middle = lines[place.line : place.end_line - 1]
    return "\n".join(
        [lines[place.line - 1][place.column - 1 :], *middle, lines[place.end_line - 1][: place.end_column - 1]]
    )


@pytest.fixture(params=["libyaml", "python"])
def bank(request: pytest.FixtureRequest) -> Document:
    """The bank above, read by either parser."""
    return read(BANK, loader=None if request.param == "libyaml" else yaml.SafeLoader)


def test_the_tree_is_plain(bank: Document) -> None:
    """A document is dict, list and str, in the order of the file."""
    assert bank.root == {
        "schema": "1",
        "id": "a bank",
        "questions": [
            {
                "id": "q1",
                "stem": "First line\n  indented $x^2$\n\nlast $y$\n",
                "choices": [{"text": "one", "correct": "true"}, {"text": "two lines"}, "three"],
                "tags": ["a", "b", "c"],
            },
            {"id": "q2", "stem": "It's $z$"},
        ],
    }
    assert bank.diagnostics == ()
    assert bank.broken == frozenset()
    assert bank.path == "bank.yaml"
    assert bank.source == BANK


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("schema",), "1"),
        (("id",), '"a bank"'),
        (("questions", 0, "id"), "q1"),
        (("questions", 0, "choices", 0, "text"), "one"),
        (("questions", 0, "choices", 0), "{text: one, correct: true}"),
        (("questions", 0, "choices", 1, "text"), ">-\n          two\n          lines"),
        (("questions", 0, "choices", 2), "three"),
        (("questions", 0, "tags"), "[a, 'b',\n           c]"),
        (("questions", 0, "tags", 1), "'b'"),
        (("questions", 0, "tags", 2), "c"),
        (("questions", 1), "id: q2\n    stem: 'It''s $z$'"),
        (("questions", 1, "stem"), "'It''s $z$'"),
        ((), BANK.rstrip()),
    ],
)
def test_a_value_is_found_by_its_path(bank: Document, path: Path, expected: str) -> None:
    """A place runs from the first to behind the last code point of the value."""
    assert shown(bank, path) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [(("id",), "id"), (("questions", 0, "choices"), "choices"), (("questions", 0, "choices", 0, "correct"), "correct")],
)
def test_a_key_has_a_place_of_its_own(bank: Document, path: Path, expected: str) -> None:
    """``on_key`` means the key of the last step."""
    assert shown(bank, path, on_key=True) == expected


@pytest.mark.parametrize(
    ("path", "expected", "line"),
    [
        (("questions", 1, "choices"), "id", 18),
        (("questions", 1, "choices", 3, "text"), "id", 18),
        (("questions", 7), "-", 4),
        (("questions", "x"), "-", 4),
        (("questions", 0, "choices", 0, "feedback"), "{", 11),
        (("questions", 1, "id", "deeper"), "q2", 18),
        (("title",), "schema", 1),
    ],
)
def test_a_missing_value_is_where_its_ancestor_begins(bank: Document, path: Path, expected: str, line: int) -> None:
    """A path that leaves the tree means the start of the deepest list or mapping on its way, or a whole text."""
    for on_key in (False, True):
        assert shown(bank, path, on_key=on_key) == expected
        assert bank.place(path, on_key=on_key).line == line


@pytest.mark.parametrize(
    ("path", "part"),
    [
        (("id",), "bank"),
        (("questions", 0, "id"), "q1"),
        (("questions", 0, "stem"), "First"),
        (("questions", 0, "stem"), "$x^2$"),
        (("questions", 0, "stem"), "  indented"),
        (("questions", 0, "stem"), "$y$"),
        (("questions", 0, "choices", 1, "text"), "lines"),
        (("questions", 1, "stem"), "$z$"),
    ],
)
def test_a_stretch_of_a_text_is_found_in_its_source(bank: Document, path: Path, part: str) -> None:
    """``span`` counts in the text and is found again in plain, quoted and block scalars."""
    text = value(bank, path)
    start = text.index(part)

    assert shown(bank, path, span=(start, start + len(part))) == part


def value(document: Document, path: Path) -> str:
    """The text at a path."""
    node: Any = document.root
    for step in path:
        node = node[step]
    assert isinstance(node, str)
    return node


@pytest.mark.parametrize(
    ("source", "part", "expected"),
    [
        ("a: $x$ and $y$", "$y$", "$y$"),
        ("a: one\n  two $y$\n\n  three", "$y$", "$y$"),
        ('a: "one \\"two\\" $y$"', "$y$", "$y$"),
        ('a: "\\u00e9t\\u00e9 $y$"', "$y$", "$y$"),
        ('a: "\\u00e9t\\u00e9"', "té", "t\\u00e9"),
        ('a: "one\\ntwo"', "two", "two"),
        ('a: "one \\\n   two $y$"', "$y$", "$y$"),
        ("a: 'it''s $y$'", "s $y$", "s $y$"),
        ("a: 'it''s'", "'", "''"),
        ("a: >\n  folded\n  text $y$\n\n  more $z$\n", "$z$", "$z$"),
        ("a: |2\n    two\n  $y$\n", "  two", "  two"),
        ("a: |+ # comment\n\n  x\n  $y$\n\n", "$y$", "$y$"),
        ("a: |\r\n  x\r\n  $y$\r\n", "$y$", "$y$"),
        ("é: 数学 $y$", "$y$", "$y$"),
        ("a: one two", "one two", "one two"),
    ],
)
def test_spans_survive_folding_escapes_and_indentation(source: str, part: str, expected: str) -> None:
    """In every style the very characters are found, escapes counting as one."""
    document = read(source)
    path = (source[0],)
    start = value(document, path).rindex(part)

    assert shown(document, path, span=(start, start + len(part))) == expected


def test_a_span_beyond_the_text_is_cut_to_it() -> None:
    """Offsets outside the text mean its ends."""
    assert shown(read("a: text\n"), ("a",), span=(2, 99)) == "xt"
    assert shown(read("a: text\n"), ("a",), span=(-3, 1)) == "t"


def test_a_span_that_cannot_be_found_means_the_whole_text() -> None:
    """A tag before the text hides where it begins: the whole scalar is meant."""
    assert shown(read("a: !t 'x y'\n"), ("a",), span=(2, 3)) == "!t 'x y'"


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_lines_end_with_any_line_break(line_break: str) -> None:
    """LF, CR LF and CR count as one line each, and texts hold LF."""
    document = read(BANK.replace("\n", line_break))

    assert document.root == read(BANK).root
    assert document.place(("questions", 1, "stem")) == read(BANK).place(("questions", 1, "stem"))


def test_columns_count_code_points() -> None:
    """A wide character and one outside the basic plane are one column each, a BOM none."""
    place = read("\ufeffa: [数, 😀, x]\n").place(("a", 2))

    assert (place.line, place.column, place.end_column) == (1, 11, 12)


def test_places_are_right_beside_what_was_left_out() -> None:
    """Duplicates, aliases, empty values and refused keys do not shift their neighbours."""
    document = read(
        "a: [x, *n, y, , z]\nb: {k: 1, k: {p: 2}, e: , <<: *n, ? [c] : {d: 3}, m: 4}\nc: end\n".replace(", ,", ",")
    )

    assert document.root == {"a": ["x", "y", "z"], "b": {"k": "1", "m": "4"}, "c": "end"}
    assert [shown(document, ("a", index)) for index in range(3)] == ["x", "y", "z"]
    assert shown(document, ("b", "m")) == "4"
    assert shown(document, ("b", "m"), on_key=True) == "m"
    assert shown(document, ("c",)) == "end"


def test_what_is_missing_is_known() -> None:
    """``broken`` names the values that could not be had, ``incomplete`` lists and mappings that lack something."""
    document = read("a:\nb: [x, *n, y]\nc: [{d: }]\ne: {<<: *n, f: 1}\ng: {? [k] : v}\nh: 1\nh: 2\n")

    assert document.broken == {("a",), ("b",), ("b", 1), ("c", 0, "d"), ("e",), ("g",)}
    assert document.incomplete == {("b",), ("e",), ("g",)}
    assert document.root == {"b": ["x", "y"], "c": [{}], "e": {"f": "1"}, "g": {}, "h": "1"}


def test_nothing_inside_a_left_out_value_is_reported_as_missing() -> None:
    """A path under the second of two equal keys would mean the first."""
    document = read("a: {b: 1}\na: {b: , c: *n, d: [*n]}\n")

    assert document.broken == frozenset()
    assert document.root == {"a": {"b": "1"}}
    assert [each.code.code for each in document.diagnostics] == ["QF006", "QF007", "QF008", "QF008"]


def test_an_unread_file_is_broken_as_a_whole() -> None:
    """Where nothing could be parsed, the root itself could not be had; its place is the first line."""
    document = parse("a: 1".encode("utf-16"), path="bank.yaml")

    assert document.root is None
    assert document.broken == {()}
    assert document.place(("a",)).line == 1


def test_findings_come_in_the_order_of_the_file() -> None:
    """Diagnostics are sorted by place, whichever step found them."""
    document = read('a: x\na: y\nb: "\\theta"\nc: @x\nd:\ne: *x\n')

    lines = [each.place.line for each in document.diagnostics]
    assert lines == sorted(lines)
    assert len(lines) == 5


def test_the_collector_is_left_as_it_was() -> None:
    """Reading switches the cyclic garbage collector back on, and leaves it off if it was."""
    read(BANK)
    assert gc.isenabled()
    gc.disable()
    try:
        read(BANK)
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_keys_are_shared() -> None:
    """Equal keys of a file are one object: a bank has thousands of ``text`` and ``feedback``."""
    root: Any = read("a: [{text: x}, {text: y}]\n").root

    first, second = (next(iter(choice)) for choice in root["a"])
    assert first is second


def test_a_deep_tree_of_many_lists_has_right_places() -> None:
    """Every value of a larger bank is found under its own path."""
    source = "questions:\n" + "".join(
        f"  - id: q{i}\n    choices:\n"
        + "".join(f"    - text: c{i}-{j}\n      tags: [t{i}, {{k: v{j}}}]\n" for j in range(4))
        for i in range(50)
    )
    document = read(source)

    def check(node: Node, path: Path) -> int:
        if isinstance(node, str):
            assert shown(document, path) == node
            return 1
        items = node.items() if isinstance(node, dict) else enumerate(node)
        return sum(check(child, (*path, step)) for step, child in items)

    assert document.root is not None
    assert check(document.root, ()) == 50 * (1 + 4 * 3)
