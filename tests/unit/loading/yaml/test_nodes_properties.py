"""What holds for every file: bytes never raise, texts round-trip, places lie in the file."""

from __future__ import annotations

from typing import Any

import hypothesis.strategies as st
import pytest
import yaml
from hypothesis import example, given

from quizforge.loading.report import render_github, render_json, render_sarif, render_text
from quizforge.loading.suppressions import Suppressions
from quizforge.loading.yaml.nodes import Document, Node, parse
from quizforge.model.diagnostic import Path

LOADERS: list[Any] = [None, yaml.SafeLoader]
FRAGMENTS = [
    *("a", "key", "id: q\n", "- ", "  ", "    ", "\n", ": ", ":", "#", " # c", '"', "'", "[", "]", "{", "}", ",", "|"),
    *("|\n", ">", "&x ", "*x", "!t ", "!!str ", "<<: ", "---\n", "...\n", "%YAML 1.2\n", "\t", "\\n", "\\q", "\\theta"),
    *("\\ud83d", "\\U00110000", "\r\n", "\r", "? ", "@", "`", "é", "数", "\u2028", "\x85", "\x07", "\0", "\ufeff"),
    *("\n  - id: q\n    stem: ", "# quizforge: allow[QF203] r", "\n# quizforge: allow[QF301] why\n", "\\\n", "\n- x\n"),
]
# What a text may hold without a finding about characters, in YAML, in XML 1.0 and after folding.
TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
    | st.sampled_from("\n\t \\\"':#-[]{}&*!|>%@`?,\u2028\u2029\x85\xa0\ufeff"),
    max_size=60,
)


def exercise(data: bytes, loader: Any) -> Document:
    """Read a file and ask everything of it that later floors ask."""
    document = parse(data, path="bank.yaml", loader=loader)
    kept, remarks = Suppressions.of(document).apply(document.diagnostics, ran=lambda _: True)
    for path in document.cut_by_comment:
        assert document.comment_warning(path).place.line
    for render in (render_json, render_sarif, render_github):
        render((*kept, *remarks)).encode()  # raises where a form holds what no file can hold
    render_text((*kept, *remarks), {document.path: document.source}, color=False).encode()
    if document.root is None:
        assert document.diagnostics
    else:
        check_places(document, document.root, ())
    return document


def check_places(document: Document, node: Node, path: Path) -> None:
    """Every value and key has a place inside the file, and ends behind its start."""
    lines = document.source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for place in (document.place(path), document.place(path, on_key=True), document.place((*path, "missing"))):
        assert 1 <= place.line <= place.end_line <= len(lines)
        assert (place.line, place.column) <= (place.end_line, place.end_column)
        assert place.end_column <= len(lines[place.end_line - 1]) + 1
    if isinstance(node, dict):
        for key, child in node.items():
            check_places(document, child, (*path, key))
    elif isinstance(node, list):
        for index, child in enumerate(node):
            check_places(document, child, (*path, index))


@pytest.mark.parametrize("loader", LOADERS)
@given(data=st.binary(max_size=300))
@example(data=b"\xff\xfea\x00")
@example(data=b"a: \xe9\n")
def test_any_bytes_give_a_document(loader: Any, data: bytes) -> None:
    """Whatever is in a file becomes a document with findings, never an exception."""
    exercise(data, loader)


@pytest.mark.parametrize("loader", LOADERS)
@given(text=st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join))
@example(text='"\n:')
@example(text="? \n? : [*x")
def test_any_pieces_of_yaml_give_a_document(loader: Any, text: str) -> None:
    """Nor does anything that looks like YAML raise."""
    exercise(text.encode("utf-8", "surrogatepass"), loader)


@pytest.mark.parametrize("loader", LOADERS)
@given(texts=st.lists(TEXTS, min_size=1, max_size=5))
def test_a_double_quoted_text_round_trips(loader: Any, texts: list[str]) -> None:
    """What ``yaml.dump`` writes in double quotes is read as the same text, whatever is said about its escapes."""
    data = yaml.dump({f"k{index}": text for index, text in enumerate(texts)}, default_style='"')

    assert parse(data.encode(), path="x", loader=loader).root == {f"k{index}": text for index, text in enumerate(texts)}


@given(text=TEXTS, style=st.sampled_from([None, '"', "'", "|", ">"]), width=st.integers(20, 80))
def test_a_dumped_text_round_trips_in_every_style(text: str, style: str | None, width: int) -> None:
    """What PyYAML writes in any style, folded anywhere, is read as the same text or refused with a finding."""
    dumped = yaml.dump({"k": [text]}, default_style=style, width=width, allow_unicode=True)

    document = parse(dumped.encode("utf-8", "surrogatepass"), path="x")

    assert document.root == {"k": [text]} or {each.severity for each in document.diagnostics} == {"error"}


@given(
    words=st.lists(st.text("abé数$\\{}'\"", min_size=1, max_size=6), min_size=1, max_size=12),
    style=st.sampled_from([None, '"', "'", "|", ">"]),
    data=st.data(),
)
def test_a_span_means_its_word_in_every_style(words: list[str], style: str | None, data: st.DataObject) -> None:
    """A word of a text is found in its source, in whatever style and however folded it was written."""
    text = " ".join(words)
    separator = "\n" if style == "|" else " "
    width = 1_000 if style == '"' else 20  # in double quotes PyYAML also breaks lines inside words
    dumped = yaml.dump({"k": text.replace(" ", separator)}, default_style=style, width=width, allow_unicode=True)
    document = parse(dumped.encode(), path="x")
    number = data.draw(st.integers(0, len(words) - 1))
    start = sum(len(word) + 1 for word in words[:number])

    place = document.place(("k",), span=(start, start + len(words[number])))

    assert place.line == place.end_line
    written = document.source.splitlines()[place.line - 1][place.column - 1 : place.end_column - 1]
    doubled = written.replace("''", "'")
    assert words[number] in (written, doubled, written.replace("\\\\", "\\").replace('\\"', '"'))
