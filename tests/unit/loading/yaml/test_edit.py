"""Entries of lists change places in the text of a file, and nothing else changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizforge.loading.yaml.edit import Insertion, Reordering, changed
from quizforge.loading.yaml.nodes import parse

_TURNED = (2, 0, 1)


def _reordered(source: str, order: tuple[int, ...] = _TURNED) -> tuple[str, int]:
    return changed(parse(source.encode(), path="x.yaml"), [Reordering(("list",), order)])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("list: [a, 'b', {c: 1}]\nx: y\n", "list: [{c: 1}, a, 'b']\nx: y\n"),
        ("list: [ a ,b, c ]", "list: [ c ,a, b ]"),
        ("list: [ # all\n  a,\n  b,\n  c]\n", "list: [ # all\n  c,\n  a,\n  b]\n"),
        ("list:\n- a\n- b\n- c", "list:\n- c\n- a\n- b"),
        ("list:\r\n  - a\r\n  - b\r\n  - c\r\nx: y\r\n", "list:\r\n  - c\r\n  - a\r\n  - b\r\nx: y\r\n"),
        (
            "list:\n  # above a\n  - a  # by a\n\n  - t: b\n    u: |\n      1\n\n      2\n  - >-\n    c\n    d\nx: y\n",
            "list:\n  - >-\n    c\n    d\n\n  # above a\n  - a  # by a\n  - t: b\n    u: |\n      1\n\n      2\nx: y\n",
        ),
        (
            "list:\n  - a\n    # below a\n  # above b\n  - b\n  - c\n  # end\nx: y\n",
            "list:\n  - c\n  - a\n    # below a\n  # above b\n  - b\n  # end\nx: y\n",
        ),
        (
            "list:\n  - a\n    # quizforge: allow[QF203] of b\n  - b\n  - c\n",
            "list:\n  - c\n  - a\n    # quizforge: allow[QF203] of b\n  - b\n",
        ),
        (
            'list: [\n  "a", # one\n  # of b\n  "b",\n  "c" # three\n]\n',
            'list: [\n  "c", # three\n  "a", # one\n  # of b\n  "b"\n]\n',
        ),
        (
            "list:\n  -\n    t: a\n  - # of b\n    t: b\n  - t: c\n",
            "list:\n  - t: c\n  -\n    t: a\n  - # of b\n    t: b\n",
        ),
        ("list:\n- 'it''s - a'\n- \"b\\n- x\"\n- c - d\n", "list:\n- c - d\n- 'it''s - a'\n- \"b\\n- x\"\n"),
    ],
)
def test_entries_move_with_their_comments(before: str, after: str) -> None:
    """Commas, blank lines, line ends and comments of other entries stay where they are."""
    assert _reordered(before) == (after, 1)
    assert parse(after.encode(), path="x.yaml").root == {
        **parse(before.encode(), path="x.yaml").root,  # type: ignore[dict-item]  # a mapping
        "list": [parse(before.encode(), path="x.yaml").root["list"][index] for index in _TURNED],  # type: ignore[index,call-overload]  # a mapping of a list
    }


@pytest.mark.parametrize(
    "source",
    [
        "list:\n- |+\n  a\n\n- b\n- c\n",
        "list: [a, b, # two\n c]\n",
        "list: [\n  # first\n  a,\n  b,\n  c]\n",
        "list: [\n  a,\n  b, # two\n  c\n]\n",
    ],
)
def test_what_would_touch_the_layout_stays(source: str) -> None:
    """Texts that keep their last breaks, comments in a line of entries, and such as would seem to cut a text."""
    assert _reordered(source) == (source, 0)


def test_several_lists_of_a_file() -> None:
    """Each list gets its own order; one that cannot be done does not hinder the others."""
    source = "a: [1, 2]\nb:\n- |+\n  x\n\n- y\nc:\n- 3\n- 4\n"
    changes = [Reordering((key,), (1, 0)) for key in "abc"]

    assert changed(parse(source.encode(), path="x.yaml"), changes) == (
        "a: [2, 1]\nb:\n- |+\n  x\n\n- y\nc:\n- 4\n- 3\n",
        2,
    )


_SCALARS = st.sampled_from(["a", "'b, c'", '"d # e"', "f - g", "{t: h}", "{t: i, u: [j]}", "é", "12"])
_ENDS = st.sampled_from(["", "  # beside", " # quizforge: allow[QF206] x"])
_ABOVE = st.sampled_from(["", "  # above\n", "\n", "\n  # far\n\n", "      # deep\n"])


@given(
    st.lists(st.tuples(_ABOVE, _SCALARS, _ENDS), min_size=2, max_size=5).flatmap(
        lambda entries: st.tuples(st.just(entries), st.permutations(range(len(entries))))
    ),
    st.sampled_from(["\n", "\r\n"]),
)
def test_any_block_list(drawn: tuple[list[tuple[str, str, str]], list[int]], ending: str) -> None:
    """Whatever the comments and blank lines, no line is lost, and putting back gives the text that was there."""
    entries, order = drawn
    lines = "".join(f"{above}  - {scalar}{end}\n" for above, scalar, end in entries)
    source = f"x: y\nlist:\n{lines}z: 1\n".replace("\n", ending)
    inverse = tuple(sorted(range(len(order)), key=order.__getitem__))

    there, done = _reordered(source, tuple(order))
    assert done == 1
    assert sorted(there.splitlines()) == sorted(source.splitlines())
    back, _ = _reordered(there, inverse)
    root = parse(back.encode(), path="x.yaml").root
    assert root == parse(source.encode(), path="x.yaml").root


@pytest.mark.parametrize(
    ("before", "at", "sign", "after"),
    [
        ("t: 2024. a year\n", 4, "\\", "t: 2024\\. a year\n"),
        ("t: '2024. it''s'\n", 4, "\\", "t: '2024\\. it''s'\n"),
        ('t: "2024. a\\tyear"\n', 4, "\\", 't: "2024\\\\. a\\tyear"\n'),
        ("t: >-\n  one\n\n  2024. a\n  year\n", 8, "\\", "t: >-\n  one\n\n  2024\\. a\n  year\n"),
        ("t: |\n  one\n  - two\nx: y\n", 4, "\n", "t: |\n  one\n\n  - two\nx: y\n"),
        ("t: |-\r\n  one\r\n  - two\r\n", 4, "\n", "t: |-\r\n  one\r\n\r\n  - two\r\n"),
        ('t: "one\\n- two"\n', 4, "\n", None),
        ("t: >-\n  one\n\n  - two\n", 4, "\n", None),
    ],
)
def test_sign_in_a_text(before: str, at: int, sign: str, after: str | None) -> None:
    """A backslash in any style, doubled where the style needs it; a line break in literal texts only."""
    found = changed(parse(before.encode(), path="x.yaml"), [Insertion(("t",), at, sign)])

    assert found == ((before, 0) if after is None else (after, 1))


def test_two_signs_in_a_text() -> None:
    """Offsets are those of the text as it was."""
    document = parse(b"t: |\n  2024. a\n\n  2025. b\n", path="x.yaml")
    changes = [Insertion(("t",), 4, "\\"), Insertion(("t",), 13, "\\")]

    assert changed(document, changes) == ("t: |\n  2024\\. a\n\n  2025\\. b\n", 2)
