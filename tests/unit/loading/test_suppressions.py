"""Comments that allow findings: which are read, what they cover, and what is said about them."""

from __future__ import annotations

from typing import Any

import pytest

from quizforge.loading.suppressions import Suppressions
from quizforge.loading.yaml.nodes import Document, parse
from quizforge.model.codes.source import SWALLOWED_ESCAPE, TEX_NEWLINE, YAML_SYNTAX
from quizforge.model.codes.structure import UNKNOWN_KEY, UNREACHABLE_ANSWER
from quizforge.model.diagnostic import Code, Diagnostic, Path

STYLE = Code("QF203", "style", "warning", "A style.")
TEXT = Code("QF301", "text", "error", "A text.")


def read(text: str) -> Document:
    """Read a text without findings of its own."""
    document = parse(text.encode(), path="bank.yaml")
    assert document.diagnostics == ()
    return document


def apply(document: Document, *found: tuple[Code, Path], ran: Any = lambda _: True) -> tuple[list[Path], list[str]]:
    """Paths of the findings that stay, and what is said of the comments as ``line:column code message``."""
    paths = {Diagnostic.of(code, document.place(path), "found", hint=str(path)): path for code, path in found}
    kept, remarks = Suppressions.of(document).apply(paths, ran=ran)
    said = [f"{each.place.line}:{each.place.column} {each.code.code} {each.message}" for each in remarks]
    return [paths[each] for each in kept], said


BANK = """\
schema: 1
questions:
  - id: q1  # quizforge: allow[QF203] asked on purpose
    stem: One
    choices:
      # quizforge: allow[QF301] it is about the sign
      - text: a
        feedback: b
      - text: c
  - id: q2
    stem: Two # quizforge: allow[QF203] here only
    tags: [a,
           b]  # quizforge: allow[QF203] the last line of a value counts too
    blanks:
      # A word of explanation.

      # quizforge: allow[QF203] above a pair
      one: {text: x}
      two: {text: y}
"""


@pytest.mark.parametrize(
    "path",
    [
        ("questions", 0),
        ("questions", 0, "id"),
        ("questions", 0, "stem"),
        ("questions", 0, "choices"),
        ("questions", 0, "choices", 1, "text"),
        ("questions", 1, "stem"),
        ("questions", 1, "tags", 1),
        ("questions", 1, "blanks", "one"),
        ("questions", 1, "blanks", "one", "text"),
    ],
)
def test_a_comment_covers_the_entry_and_all_below(path: Path) -> None:
    """At the end of a line or alone above it, a comment covers what begins there, to its end."""
    kept, _ = apply(read(BANK), (STYLE, path))

    assert kept == []


@pytest.mark.parametrize(
    "path",
    [("schema",), ("questions",), ("questions", 1), ("questions", 1, "id"), ("questions", 1, "blanks", "two", "text")],
)
def test_a_comment_covers_nothing_above_or_beside(path: Path) -> None:
    """Neither what contains the entry nor its neighbours are covered."""
    kept, _ = apply(read(BANK), (STYLE, path))

    assert kept == [path]


def test_only_the_named_code_is_allowed() -> None:
    """A comment above the first item of a list covers that item, for its own code."""
    document = read(BANK)
    inside: Path = ("questions", 0, "choices", 0, "feedback")

    assert apply(document, (TEXT, inside))[0] == []
    assert apply(document, (TEXT, ("questions", 0, "choices", 1, "text")))[0] == [
        ("questions", 0, "choices", 1, "text")
    ]
    assert apply(document, (TEXT, ("questions", 0, "stem")))[0] == [("questions", 0, "stem")]


def test_one_comment_may_name_several_codes() -> None:
    """Each code is used or unused by itself."""
    document = read("a: x # quizforge: allow[QF203, QF301 ,QF310] because\n")

    kept, said = apply(document, (STYLE, ("a",)), (TEXT, ("a",)))

    assert kept == []
    assert said == ["1:39 QF022 nothing is found here that QF310 would allow"]


def test_an_unused_comment_is_reported_if_its_check_ran() -> None:
    """``validate`` says nothing of comments that only ``lint`` can use."""
    document = read("a: x # quizforge: allow[QF203] because\n")

    assert apply(document)[1] == ["1:25 QF022 nothing is found here that QF203 would allow"]
    assert apply(document, ran=lambda code: code != "QF203")[1] == []


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("-   # quizforge: allow[QF203] why\n    id: q1\n", (0, "id")),
        ("- {id: q1,\n   stem: x, tags: [y]} # quizforge: allow[QF203] why\n", (0, "tags", 0)),
        ("- a: |  # quizforge: allow[QF203] why\n    text # no comment\n", (0, "a")),
        ("- a: x  # a note # quizforge: allow[QF203] why\n", (0, "a")),
        ("- 'x'\t#quizforge:allow[QF203]why\n", (0,)),
        ("# quizforge: allow[QF203] why\n# quizforge: allow[QF301] why\n\n- a\n- b\n", (0,)),
        ("- one\n  two # quizforge: allow[QF203] why\n", (0,)),
        ("- [a] # quizforge: allow[QF203] why\r\n- b\r\n", (0, 0)),
    ],
)
def test_comments_are_read_wherever_yaml_allows_them(text: str, path: Path) -> None:
    """After a dash, in brackets, behind a block sign, behind another comment."""
    document = parse(text.encode(), path="bank.yaml")

    assert apply(document, (STYLE, path))[0] == []


@pytest.mark.parametrize(
    "text",
    [
        "a: |\n  # quizforge: allow[QF203] why\n  x\n",
        "a: >\n  x # quizforge: allow[QF203] why\n",
        "a: 'x # quizforge: allow[QF203] why'\n",
        'a: "x\n  # quizforge: allow[QF203] why"\n',
        "a: x#quizforge:allow[QF203] why\n",
        "a: [x, 'y # quizforge: allow[QF203] why']\n",
        "'# quizforge: allow[QF203] why': x\n",
    ],
)
def test_a_text_that_looks_like_a_comment_is_none(text: str) -> None:
    """Inside a text, ``# quizforge:`` neither allows anything nor is it reported."""
    document = read(text)

    assert document.comments == ()
    kept, said = apply(document, (STYLE, (next(iter(document.root or {})),)))  # type: ignore[arg-type]
    assert len(kept) == 1
    assert said == []


@pytest.mark.parametrize(
    ("comment", "column", "message"),
    [
        ("allow QF203 because", 6, "this comment to QuizForge is not understood"),
        ("ignore[QF203] because", 6, "this comment to QuizForge is not understood"),
        ("", 6, "this comment to QuizForge is not understood"),
        ("allow[] because", 6, "no code stands in the brackets"),
        ("allow[QF20] because", 25, "'QF20' is no code"),
        ("allow[qf203] because", 25, "'qf203' is no code"),
        ("allow[style] because", 25, "'style' is no code"),
        ("allow[QF203]", 6, "the comment gives no reason"),
        ("allow[QF203] --", 6, "the comment gives no reason"),
    ],
)
def test_a_comment_that_is_not_understood_is_reported(comment: str, column: int, message: str) -> None:
    """QF023 is a warning at the comment or at the code, with the right form as its hint."""
    document = read(f"a: x # quizforge: {comment}\n")
    _, remarks = Suppressions.of(document).apply((), ran=lambda _: False)

    assert [(each.message, each.place.column, each.severity) for each in remarks] == [(message, column, "warning")]
    assert remarks[0].code.code == "QF023"
    assert "allow[QF203] reason" in remarks[0].hint


def test_a_comment_without_a_reason_still_allows() -> None:
    """The missing reason is the one thing to mend."""
    kept, said = apply(read("a: x # quizforge: allow[QF203]\n"), (STYLE, ("a",)))

    assert kept == []
    assert said == ["1:6 QF023 the comment gives no reason"]


def test_a_comment_below_everything_is_reported() -> None:
    """A comment that stands above nothing covers nothing."""
    _, said = apply(read("a: x\n# quizforge: allow[QF203] why\n"))

    assert said == ["2:1 QF023 nothing follows that the comment could cover"]


def test_errors_of_file_and_structure_cannot_be_allowed() -> None:
    """The finding stays, and the comment is reported as one that cannot work."""
    kept, said = apply(read("a: x # quizforge: allow[QF101] but I want it\n"), (UNKNOWN_KEY, ("a",)))

    assert kept == [("a",)]
    assert said == ["1:25 QF023 QF101 (unknown-key) is an error that cannot be allowed"]


def test_a_syntax_error_cannot_be_allowed() -> None:
    """Nor can an error of the YAML itself."""
    document = parse(b"# quizforge: allow[QF002] why\na: @x\nb: y\n", path="bank.yaml")

    kept, _ = Suppressions.of(document).apply(document.diagnostics, ran=lambda _: True)

    assert [each.code for each in kept] == [YAML_SYNTAX]


@pytest.mark.parametrize("code", [UNREACHABLE_ANSWER, TEX_NEWLINE])
def test_warnings_of_file_and_structure_can_be_allowed(code: Code) -> None:
    """A warning says that a person must look; the comment says that one has."""
    assert apply(read(f"a: x # quizforge: allow[{code.code}] why\n"), (code, ("a",))) == ([], [])


def test_the_severity_of_the_finding_counts() -> None:
    r"""``\_`` is a warning with the code of an error, and can be allowed."""
    document = parse(b'a: "x\\_y" # quizforge: allow[QF017] a no-break space is meant\n', path="bank.yaml")
    assert [(each.code, each.severity) for each in document.diagnostics] == [(SWALLOWED_ESCAPE, "warning")]

    assert Suppressions.of(document).apply(document.diagnostics, ran=lambda _: True) == ((), ())


def test_a_finding_about_the_whole_file_is_not_covered() -> None:
    """Nothing but ``lint: {ignore: …}`` speaks of a whole file."""
    document = read("# quizforge: allow[QF203] why\nschema: 1\n")
    whole = Diagnostic.of(STYLE, document.place(()), "x")
    of_file = Diagnostic.of(STYLE, type(whole.place)("bank.yaml"), "x")

    kept, _ = Suppressions.of(document).apply((of_file,), ran=lambda _: True)

    assert kept == (of_file,)


def test_a_comment_cuts_no_text() -> None:
    """A comment to QuizForge behind an unquoted text needs no quotes around the text."""
    assert read("a: some text # quizforge: allow[QF203] why\n").cut_by_comment == ()
