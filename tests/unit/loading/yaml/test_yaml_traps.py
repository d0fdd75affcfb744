"""Every row of the two tables of YAML traps and hostile inputs that the loader has to get right."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
import yaml

from quizforge.loading.yaml.nodes import Document, parse
from quizforge.loading.yaml.scan import MAX_FILE

Reader = Callable[[str], Document]


@pytest.fixture(params=["libyaml", "python"])
def read(request: pytest.FixtureRequest) -> Reader:
    """Read a text with libyaml, and with PyYAML's own scanner, which stands in where libyaml is absent."""
    loader: Any = None if request.param == "libyaml" else yaml.SafeLoader
    return lambda text: parse(text.encode("utf-8", "surrogatepass"), path="bank.yaml", loader=loader)


def found(document: Document) -> list[tuple[str, int, int]]:
    """Code, line and column of each finding."""
    return [(each.code.code, each.place.line, each.place.column) for each in document.diagnostics]


@pytest.mark.parametrize(
    "text",
    [
        *("no", "No", "yes", "on", "Off", "true", "y"),
        *("1:30", "16:9", "190:20:30", "1.10", "3.10", "2024-05-01", "2024-05-01 10:00:00"),
        *("012", "0o14", "0x1F", "1_000", "0b11", "1e3", "1.0e+3", ".inf", ".nan", "+1"),
        *("null", "~", "Null", "NULL", "=", "<<", "-1", "a:b", "C#", "don't", "x & y", "50%"),
    ],
)
def test_a_plain_value_is_the_text_as_written(read: Reader, text: str) -> None:
    """Norway, sexagesimal, octal, dates, null and all their like stay what the author wrote."""
    document = read(f"a: {text}\nb: [{text}, x]\n")

    assert {"a": text, "b": [text, "x"]} == document.root
    assert document.diagnostics == ()


def test_keys_are_texts_too(read: Reader) -> None:
    """The keys ``on``, ``no``, ``1`` and ``null`` stay those words."""
    assert read("on: x\nno: y\n1: z\nnull: w\n").root == {"on": "x", "no": "y", "1": "z", "null": "w"}


def test_long_numbers_are_texts(read: Reader) -> None:
    """A sexagesimal float of 20,000 parts and an integer of 5,000 digits neither overflow nor take time."""
    sexagesimal = ":".join(["59"] * 20_000) + ".5"

    assert {"a": sexagesimal, "b": "9" * 5_000} == read(f"a: {sexagesimal}\nb: {'9' * 5_000}\n").root


@pytest.mark.parametrize(
    ("text", "at", "left"),
    [
        ("a:\nb: x\n", (1, 1), {"b": "x"}),
        ("b: x\na: # a comment\n", (2, 1), {"b": "x"}),
        ("b: x\nc: {a: , d: y}\n", (2, 5), {"b": "x", "c": {"d": "y"}}),
        ("b:\n  - x\n  -\n", (3, 3), {"b": ["x"]}),
    ],
)
def test_an_empty_value_is_missed_at_its_key_or_dash(
    read: Reader, text: str, at: tuple[int, int], left: object
) -> None:
    """QF007 stands at the key or dash, and the entry is left out."""
    document = read(text)

    assert [("QF007", *at)] == found(document)
    assert left == document.root


def test_an_empty_quoted_text_is_a_value(read: Reader) -> None:
    """``''`` and ``""`` are empty texts; whether they are allowed is up to the schema."""
    document = read("a: ''\nb: \"\"\n")

    assert document.root == {"a": "", "b": ""}
    assert document.diagnostics == ()


def test_a_number_sign_that_cuts_a_text_is_known_by_its_path(read: Reader) -> None:
    """``a: C # is a language`` cuts the text to ``C``; the warning stands at the ``#`` and says how to mend it."""
    document = read(
        "a: C # is a language\nb:\n  - {t: issue #4\n  }\n  - two\n    lines #5\nc: C# is fine\nd: 'q' # ok\n"
    )

    assert document.root == {"a": "C", "b": [{"t": "issue"}, "two lines"], "c": "C# is fine", "d": "q"}
    assert document.cut_by_comment == (("a",), ("b", 0, "t"), ("b", 1))
    warning = document.comment_warning(("b", 0, "t"))
    assert (
        warning.code.code,
        warning.severity,
        warning.place.line,
        warning.place.column,
    ) == ("QF019", "warning", 3, 15)
    assert "quotes" in warning.hint


def test_a_comment_after_key_dash_or_bracket_cuts_nothing(read: Reader) -> None:
    """Comments that follow no unquoted value, and comments to QuizForge, are no cut texts."""
    text = (
        "a: # x\n  - # x\n    b # quizforge: allow[QF203] asked on purpose\n  - [ # x\n    c]\n  - | # x\n    d # x\n"
    )

    document = read(text)

    assert document.root == {"a": ["b", ["c"], "d # x\n"]}
    assert document.cut_by_comment == ()


@pytest.mark.parametrize(
    ("value", "column", "message"),
    [
        ("What is this: a test?", 16, "a ': ' inside an unquoted text"),
        ("What is this:", 16, "a ': ' inside an unquoted text"),
        ("[x] is", 8, "more text after ']'"),
        ("{x: y} is", 11, "more text after '}'"),
        ("*b* is bold", 4, "an unquoted text cannot begin with '*'"),
        ("&b& is", 4, "an unquoted text cannot begin with '&'"),
        ("@u", 4, "an unquoted text cannot begin with '@'"),
        ("%5", 4, "an unquoted text cannot begin with '%'"),
        ("`x`", 4, "an unquoted text cannot begin with '`'"),
        ("- x", 4, "a '- ' where no list can begin"),
        ("? x", 4, "an unquoted text cannot begin with '? '"),
        (", x", 4, "an unquoted text cannot begin with ','"),
        ("] x", 4, "an unquoted text cannot begin with ']'"),
        ("> 5 is large", 6, "text after '>' in the same line"),
        ("| 5 divides", 6, "text after '|' in the same line"),
        ("'it's'", 8, "more text after the closing quote"),
        ('"x" and y', 8, "more text after the closing quote"),
        ("'x': y", 7, "a ':' after a quoted text"),
        ('"x', 4, 'this " is never closed'),
        ("'x", 4, "this ' is never closed"),
        ("[x, y", 4, "this '[' is never closed"),
        ("{x: y", 4, "this '{' is never closed"),
        (r'"\sigma"', 5, r"'\sigma' means nothing in double quotes"),
        (r'"\xi"', 5, r"'\xi' means nothing in double quotes"),
        (r'"\underline"', 5, r"'\underline' means nothing in double quotes"),
    ],
)
def test_an_unquoted_text_that_is_no_yaml_is_explained(read: Reader, value: str, column: int, message: str) -> None:
    """QF002 says what the author probably did, stands where it went wrong, and hints at quotes."""
    document = read(f"a: {value}\n")
    diagnostic = document.diagnostics[0]

    assert (message, "QF002", 1, column) == (
        diagnostic.message,
        diagnostic.code.code,
        diagnostic.place.line,
        diagnostic.place.column,
    )
    assert "quote" in diagnostic.hint or "add the" in diagnostic.hint
    assert ("a",) in document.broken


@pytest.mark.parametrize(
    ("escape", "word"),
    [
        *((r"\theta", "theta"), (r"\alpha", "alpha"), (r"\beta", "beta"), (r"\frac", "frac"), (r"\rho", "rho")),
        *((r"\vec", "vec"), (r"\epsilon", "epsilon"), (r"\Lambda", "Lambda"), (r"\Phi", "Phi"), (r"\Nabla", "Nabla")),
        *((r"\t", "t"), (r"\0", "0")),
    ],
)
def test_a_swallowed_tex_command_is_an_error(read: Reader, escape: str, word: str) -> None:
    r"""``"\theta"`` is a tab and ``heta``: an error under the whole command."""
    (diagnostic,) = read(f'a: "x {escape} y"').diagnostics

    assert ("QF017", "error", 7, 8 + len(word)) == (
        diagnostic.code.code,
        diagnostic.severity,
        diagnostic.place.column,
        diagnostic.place.end_column,
    )


@pytest.mark.parametrize("command", ["nabla", "neq", "ne", "nu", "ni", "not", "notin", "newline"])
def test_a_line_break_that_completes_a_tex_command_is_a_warning(read: Reader, command: str) -> None:
    r"""``"\nabla"`` is a line break and ``abla``: a person must look."""
    document = read(f'a: "x \\{command} y"')

    assert found(document) == [("QF018", 1, 7)]
    assert all(each.severity == "warning" for each in document.diagnostics)


def test_honest_escapes_are_fine(read: Reader) -> None:
    r"""Line breaks before words, escaped quotes and backslashes, hex codes of letters, and ``\\theta`` pass."""
    document = read(r'a: "one\ntwo \"q\" \\theta \\nabla \u00e9 \x41 \/ \ x \N \L.  \U0001F600"')

    assert document.diagnostics == ()
    assert document.root == {"a": 'one\ntwo "q" \\theta \\nabla é A /  x \x85 \u2028.  😀'}


def test_an_escaped_underscore_is_a_warning(read: Reader) -> None:
    r"""``"snake\_case"`` silently holds a no-break space."""
    (diagnostic,) = read(r'a: "snake\_case"').diagnostics

    assert (diagnostic.code.code, diagnostic.severity) == ("QF017", "warning")


def test_all_escapes_of_one_text_are_reported(read: Reader) -> None:
    """An escape that YAML refuses does not hide one that it misreads."""
    assert found(read(r'a: "\theta \sigma \nabla"')) == [("QF017", 1, 5), ("QF002", 1, 12), ("QF018", 1, 19)]


def test_single_quotes_keep_backslashes(read: Reader) -> None:
    """In single quotes, unquoted and in block scalars a backslash is a backslash."""
    document = read("a: '\\theta'\nb: \\theta\nc: |-\n  \\nabla\n")

    assert document.root == {"a": "\\theta", "b": "\\theta", "c": "\\nabla"}
    assert document.diagnostics == ()


def test_a_duplicate_key_names_both_places(read: Reader) -> None:
    """QF006 stands at the second key, names the first, and the first value counts."""
    document = read('a: 1\nb: {x: 2, y: 3, x: {z: 4}}\n"a": 5\n')

    assert document.root == {"a": "1", "b": {"x": "2", "y": "3"}}
    assert found(document) == [("QF006", 2, 17), ("QF006", 3, 1)]
    assert [[str(place) for place in each.related] for each in document.diagnostics] == [
        ["bank.yaml:2:5"],
        ["bank.yaml:1:1"],
    ]


@pytest.mark.parametrize(
    ("text", "codes", "left"),
    [
        ("a: &x 1\nb: 2\n", ["QF008"], {"a": "1", "b": "2"}),
        ("a: &x\nb: 2\n", ["QF008"], {"b": "2"}),
        ("a: &x [1]\nb: *x\n", ["QF008", "QF008"], {"a": ["1"]}),
        ("a: &x {c: 1}\nb: {<<: *x, d: 2}\n", ["QF008", "QF008"], {"a": {"c": "1"}, "b": {"d": "2"}}),
        ("a: [*x, 2]\n", ["QF008"], {"a": ["2"]}),
        ("a: 1\n*x : 2\n", ["QF008"], {"a": "1"}),
        ("a: !!set {b: 1}\n", ["QF009"], {"a": {"b": "1"}}),
        ("a: !!binary aGk=\n", ["QF009"], {"a": "aGk="}),
        ("a: !!python/object:os.system x\n", ["QF009"], {"a": "x"}),
        ("a: !important note\n", ["QF009"], {"a": "note"}),
        ("a: ! x\n", ["QF009"], {"a": "x"}),
        ("a: !h!x y\nb: 2\n", ["QF009"], {"b": "2"}),
        ("? [a]\n: b\nc: 2\n", ["QF010"], {"c": "2"}),
        ("{a: b}: d\nc: 2\n", ["QF010"], {"c": "2"}),
        ("?\n: b\nc: 2\n", ["QF010"], {"c": "2"}),
    ],
)
def test_what_makes_yaml_clever_is_refused(read: Reader, text: str, codes: list[str], left: object) -> None:
    """Anchors, aliases, merge keys, tags and keys that are no texts are errors; the rest of the file is read."""
    document = read(text)

    assert codes == [each.code.code for each in document.diagnostics]
    assert left == document.root


def test_a_quoted_merge_sign_is_an_ordinary_key(read: Reader) -> None:
    """Only the unquoted ``<<`` merges."""
    document = read("'<<': x\n")

    assert document.root == {"<<": "x"}
    assert document.diagnostics == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ("QF003", 1, 1)),
        ("# only a comment\n", ("QF003", 1, 1)),
        ("---\n", ("QF003", 1, 1)),
        ("- a\n- b\n", ("QF004", 1, 1)),
        ("just a text\n", ("QF004", 1, 1)),
        ("a: 1\n---\nb: 2\n", ("QF005", 2, 1)),
        ("a: 1\n---\n", ("QF005", 2, 1)),
    ],
)
def test_a_file_is_one_mapping(read: Reader, text: str, expected: tuple[str, int, int]) -> None:
    """Empty files, lists, single texts and several documents are errors."""
    assert [expected] == found(read(text))


@pytest.mark.parametrize(
    "text", ["---\na: no\n", "%YAML 1.2\n---\na: no\n", "a: no\n...\n", "\ufeffa: no\n", "a:   no"]
)
def test_document_marks_and_a_byte_order_mark_change_nothing(read: Reader, text: str) -> None:
    """``%YAML 1.2``, ``---``, ``...`` and a BOM are accepted, and places do not count the BOM."""
    document = read(text)

    assert document.root == {"a": "no"}
    assert document.diagnostics == ()
    assert 4 <= document.place(("a",)).column <= 6


@pytest.mark.parametrize(
    "text", ["a:\n\tb: 1\n", "\ta: 1\n", "a:\n  b: x\n\tc: 1\n", "a:\n  - b\n \t- c\n", "a: b\n\tc\n"]
)
def test_tabs_in_indentation_are_refused(read: Reader, text: str) -> None:
    """QF015 stands at the tab, once, with a hint."""
    document = read(text)
    (diagnostic,) = document.diagnostics

    assert diagnostic.code.code == "QF015"
    assert document.source.splitlines()[diagnostic.place.line - 1][diagnostic.place.column - 1] == "\t"
    assert "blanks" in diagnostic.hint


def test_tabs_inside_texts_and_brackets_are_fine(read: Reader) -> None:
    """A tab that indents nothing is left alone."""
    document = read("a: |\n  x\ty\n  \tz\nb: 'x\ty'\n")

    assert document.root == {"a": "x\ty\n\tz\n", "b": "x\ty"}
    assert document.diagnostics == ()


@pytest.mark.parametrize("sign", ["\x85", "\u2028", "\u2029"])
@pytest.mark.parametrize("text", ["a: x{}z: 1\nb: 2\n", "a: 'x{}y'\nb: 2\n", "a: |\n  x{}y\nb: 2\n", "# x{}\nb: 2\n"])
def test_unicode_line_separators_are_refused_and_move_no_line(read: Reader, sign: str, text: str) -> None:
    """U+0085, U+2028 and U+2029 are errors where they stand, and later places stay right."""
    document = read(text.format(sign))

    assert document.diagnostics[0].code.code == "QF016"
    assert document.source.index(sign) == sum(
        len(line) + 1 for line in document.source.split("\n")[: document.diagnostics[0].place.line - 1]
    ) + (document.diagnostics[0].place.column - 1)
    assert document.source.split("\n").index("b: 2") + 1 == document.place(("b",)).line


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x9f", "\ufffe", "\uffff"])
def test_control_characters_are_refused(read: Reader, character: str) -> None:
    """QF014 stands at the character, and the rest of the file is read."""
    document = read(f"schema: 1\na: x{character}\nb: y\nb: z\n")

    assert found(document) == [("QF014", 2, 5), ("QF006", 4, 1)]
    assert isinstance(document.root, dict)
    assert document.root["b"] == "y"


@pytest.mark.parametrize("escape", [r"\x07", r"\u0007", r"\x09", r"\x7F", r"\uFFFE", r"\ud83d", r"\U00110000"])
def test_escapes_of_control_characters_are_refused(read: Reader, escape: str) -> None:
    """QF014 stands at the escape."""
    assert found(read(f'a: "x{escape}"\nb: y\n')) == [("QF014", 1, 6)]


def test_a_json_surrogate_pair_is_one_problem_with_its_cure(read: Reader) -> None:
    r"""``"\ud83d\ude00"`` is an emoji in JSON only; the hint spells it."""
    document = read(r'a: "\ud83d\ude00"')

    assert found(document) == [("QF014", 1, 5)]
    assert "😀" in document.diagnostics[0].hint


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le"])
def test_other_unicode_encodings_are_refused(encoding: str) -> None:
    """UTF-16 and UTF-32 get our own message, with and without a byte order mark."""
    (diagnostic,) = parse("schema: 1\nid: x\n".encode(encoding), path="bank.yaml").diagnostics

    assert (diagnostic.code.code, diagnostic.hint) == ("QF001", "save the file as UTF-8")
    assert "UTF-" in diagnostic.message


def test_latin_1_is_refused_where_the_first_byte_stands() -> None:
    """QF001 counts line and column in characters, and the rest of the file is read."""
    document = parse("a: x\nb: é ok é\nb: y\n".encode("latin-1"), path="bank.yaml")

    assert found(document) == [("QF001", 2, 4), ("QF006", 3, 1)]
    assert document.diagnostics[0].hint == "save the file as UTF-8"


def test_binary_junk_is_one_problem() -> None:
    """A file that is no text is not read further."""
    assert [each.code.code for each in parse(bytes(range(256)) * 40, path="x").diagnostics] == ["QF001"]


def test_depth_64_is_read_and_65_is_not(read: Reader) -> None:
    """The bank itself counts as the first level."""
    assert read("a: " + "[" * 63 + "]" * 63).diagnostics == ()
    assert found(read("a: " + "[" * 64 + "]" * 64 + "\nb: x\n")) == [("QF011", 1, 67)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a: " + "[" * 100_000, id="brackets"),
        pytest.param("[" * 100_000, id="brackets at once"),
        pytest.param("a: " + "{a: " * 20_000, id="braces"),
        pytest.param("- " * 100_000, id="dashes"),
        pytest.param("".join(" " * depth + "a:\n" for depth in range(500)), id="keys"),
        pytest.param(
            "a: &a [x]\n"
            + "".join(f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
            id="alias bomb",
        ),
        pytest.param(
            "a: &a {x: 1}\n"
            + "".join(
                f"{b}: &{b}\n  <<: [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
            ),
            id="merge bomb",
        ),
    ],
)
def test_nesting_and_alias_bombs_are_refused_at_once(text: str) -> None:
    """What kills other loaders ends in errors within a second."""
    start = time.process_time()

    document = parse(text.encode(), path="bank.yaml")

    assert time.process_time() - start < 1
    assert {"QF011", "QF008"} & {each.code.code for each in document.diagnostics}


def test_a_text_of_more_than_a_million_characters_is_refused() -> None:
    """QF013 stands at the text; others are read."""
    document = parse(f"a: {'x' * 1_000_001}\nb: {'x' * 1_000_000}\n".encode(), path="bank.yaml")

    assert found(document) == [("QF013", 1, 4)]
    assert {("a",)} == document.broken
    assert document.root == {"b": "x" * 1_000_000}


def test_a_file_of_more_than_256_mb_is_refused_unread() -> None:
    """QF012 speaks of the whole file."""
    (diagnostic,) = parse(bytes(MAX_FILE + 1), path="bank.yaml").diagnostics

    assert (diagnostic.code.code, str(diagnostic.place)) == ("QF012", "bank.yaml")


def test_many_control_characters_are_listed_up_to_a_limit() -> None:
    """A million bells are not a million findings."""
    document = parse(b"a: " + b"\x07" * 1_000_000, path="bank.yaml")

    assert len(document.diagnostics) == 21
    assert document.diagnostics[-1].message == "999,980 more such characters follow"
