"""One syntax error hides neither the next nor the rest of the file."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
import yaml

from quizforge.loading.yaml.nodes import Document, parse
from quizforge.model.diagnostic import Path

BANK = """\
schema: 1
title: A title
concepts:
- id: c1
  title: Indentless
- id: c2
  title: Second
questions:
  - id: q1
    stem: One two
    choices:
      - text: first
        feedback: >-
          folded
          text
      - text: second
    tags: [a, b]
    points: 22
  - stem: Last
    id: q2
"""


@pytest.fixture(params=["libyaml", "python"])
def loader(request: pytest.FixtureRequest) -> Any:
    """Either parser."""
    return None if request.param == "libyaml" else yaml.SafeLoader


def read(text: str, loader: Any = None) -> Document:
    """Read a text."""
    return parse(text.encode(), path="bank.yaml", loader=loader)


def without(path: Path) -> Any:
    """The tree of the bank without one value."""
    root: Any = deepcopy(read(BANK).root)
    node = root
    for step in path[:-1]:
        node = node[step]
    del node[path[-1]]
    return root


PLACES: list[tuple[str, Path]] = [
    ("A title", ("title",)),
    ("Indentless", ("concepts", 0, "title")),
    ("Second", ("concepts", 1, "title")),
    ("One two", ("questions", 0, "stem")),
    ("first", ("questions", 0, "choices", 0, "text")),
    (">-\n          folded\n          text", ("questions", 0, "choices", 0, "feedback")),
    ("second", ("questions", 0, "choices", 1, "text")),
    ("[a, b]", ("questions", 0, "tags")),
    ("22", ("questions", 0, "points")),
    ("Last", ("questions", 1, "stem")),
    ("q2", ("questions", 1, "id")),
]
FAULTS = [
    *(
        "What is this: a test?",
        "[x] is",
        "{x} is",
        "*b* is",
        "@u",
        "%5",
        "`x`",
        "- x",
        "? x",
        ", x",
        "> 5 is",
        "'it's'",
    ),
    *(
        '"a" b',
        r'"\sigma"',
        r'"\xi \theta"',
        "!h!tag x",
        "[a, b",
        "{a: b",
        "[a, b: c: d]",
        "]",
        "'x': y",
        "x # c\n    y",
    ),
    *("[" * 100, "{a: " * 80),
]


@pytest.mark.parametrize(("value", "path"), PLACES)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_a_value_costs_that_value_only(fault: str, value: str, path: Path, loader: Any) -> None:
    """Whatever is wrong with one value, all others are read, and the lost one is known."""
    column = (BANK.splitlines()[BANK[: BANK.index(value)].count("\n")]).index(value.split("\n", maxsplit=1)[0])
    fault = fault.replace("\n    ", "\n" + " " * (column + 1))

    document = read(BANK.replace(value, fault, 1), loader)

    assert document.root == without(path)
    assert document.broken == {path}
    assert {each.severity for each in document.diagnostics} == {"error"}
    line = BANK[: BANK.index(value)].count("\n") + 1
    assert {each.place.line for each in document.diagnostics} == {line} or "# c" in fault


@pytest.mark.parametrize(("fault", "item"), [("@u", 1), ("- x: y: z", 1), ("'it's'", 0), ("{text: @u}", 0)])
def test_a_fault_in_a_list_item_costs_that_item_only(fault: str, item: int, loader: Any) -> None:
    """The list is known to lack an item."""
    items = ["a", "b", "c"]
    items[item] = fault
    document = read("x:\n" + "".join(f"  - {each}\n" for each in items) + "y: z\n", loader)

    assert isinstance(document.root, dict)
    assert document.root["y"] == "z"
    assert [each.code.code for each in document.diagnostics] == ["QF002"]
    assert any(path[0] == "x" for path in document.broken)
    kept = document.root["x"]
    assert [each for each in kept if isinstance(each, str)] == [each for each in "abc" if each != "abc"[item]]


def test_all_faults_of_a_file_are_found_in_one_run(loader: Any) -> None:
    """Each of many faults is reported at its own line, in the order of the file."""
    text = "questions:\n" + "".join(f"  - id: q{i}\n    stem: What: this\n    title: t{i}\n" for i in range(15))

    document = read(text, loader)

    assert [each.place.line for each in document.diagnostics] == [3 + 3 * i for i in range(15)]
    assert document.root == {"questions": [{"id": f"q{i}", "title": f"t{i}"} for i in range(15)]}


def test_a_file_full_of_faults_ends_after_some(loader: Any) -> None:
    """The number of passes is limited; what was not reached counts as missing."""
    text = "questions:\n" + "".join(f"  - id: q{i}\n    stem: What: this\n" for i in range(100))

    document = read(text, loader)

    assert len(document.diagnostics) == 20
    assert {(), ("questions",)} <= document.broken


def test_an_open_quote_is_found_where_it_closes_by_mistake(loader: Any) -> None:
    """The place is where YAML fails; the quote that began the text is named beside it, and nothing else is lost."""
    document = read('a: x\nb: "never closed\nc: "y"\nd: z\n', loader)
    (diagnostic,) = document.diagnostics

    assert (diagnostic.place.line, str(diagnostic.related[0])) == (3, "bank.yaml:2:4")
    assert "line 2" in diagnostic.message
    assert document.root == {"a": "x", "c": "y", "d": "z"}


def test_a_line_without_a_colon_costs_that_line_only(loader: Any) -> None:
    """A text that goes on at the left margin is one problem, however many lines it has."""
    document = read("a: Some text that\ngoes on here\nand here\nb: x\n", loader)

    assert [(each.message, each.place.line) for each in document.diagnostics] == [("this line has no ': '", 2)]
    assert document.root == {"a": "Some text that", "b": "x"}
    assert () in document.broken


def test_a_misplaced_line_costs_what_belongs_to_it(loader: Any) -> None:
    """A key at the wrong column is reported, its entry is known to be incomplete, and the next entry is read."""
    document = read("q:\n  - id: q1\n   stem: x\n    tags: [a]\n  - id: q2\n    stem: y\n", loader)

    assert [each.place.line for each in document.diagnostics] == [3]
    assert document.root == {"q": [{"id": "q1"}, {"id": "q2", "stem": "y"}]}
    assert document.incomplete == {(), ("q",), ("q", 0)}


def test_a_fault_in_a_key_costs_that_line_only(loader: Any) -> None:
    """The mapping is known to be incomplete."""
    document = read('a: x\n"\\q": y\nb: z\n', loader)

    assert document.root == {"a": "x", "b": "z"}
    assert document.broken == {()}


def test_places_behind_a_fault_are_right(loader: Any) -> None:
    """Going on after a fault moves no line and no column."""
    document = read(BANK.replace("One two", "What: é 数?"), loader)

    assert document.place(("questions", 1, "stem")) == read(BANK).place(("questions", 1, "stem"))


def test_comments_in_what_was_lost_do_not_count(loader: Any) -> None:
    """A comment inside the faulty entry neither cuts a text nor speaks to QuizForge."""
    document = read("a: [x # c\n  # quizforge: allow[QF301] why\n  y\nb: z # d\n", loader)

    assert document.root == {"b": "z"}
    assert document.cut_by_comment == (("b",),)
    assert document.comments == ()


def test_tabs_end_the_reading(loader: Any) -> None:
    """Where one line is indented with a tab the others mostly are too: one finding is enough."""
    document = read("a:\n\tb: 1\n\tc: 2\n\td: 3\n", loader)

    assert [each.code.code for each in document.diagnostics] == ["QF015"]
    assert () in document.broken


@pytest.mark.parametrize("text", ["[a, b", "a: b: c", '{"a": {"b": @}}', "- @a\n- b"])
def test_a_file_that_is_one_fault_is_reported_once(text: str, loader: Any) -> None:
    """Where no entry can be given up, the file counts as incomplete."""
    document = read(text, loader)

    assert "QF002" in {each.code.code for each in document.diagnostics}
    assert document.broken
