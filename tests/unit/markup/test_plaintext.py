"""Plain text of Markdown: what a reader would read aloud, on the lines that a reader would see."""

from __future__ import annotations

import pytest

from quizforge.markup import plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain text", "plain text"),
        ("  many   blanks \n", "many blanks"),
        ("*a* **b** `c  d` [e](http://f.g)", "a b c  d e"),
        ("$x<1$ and \\[y\\] and $$z$$", "\\(x<1\\) and \\[y\\] and \\[z\\]"),
        ("![a *graph*](g.png) shows", "a graph shows"),
        ("AT&amp;T &copy; <eos>", "AT&T © <eos>"),
        ("one\ntwo", "one two"),
        ("one  \ntwo", "one\ntwo"),
        ("# Head\n\npara\n\n- a\n- b", "Head\npara\na\nb"),
        ("| a | b |\n|---|---|\n| c | d |", "a | b\nc | d"),
        ("text\n\n```python\ndef f():\n    return 1\n```", "text\ndef f():\n    return 1"),
        ("a [[blank]] b", "a [[blank]] b"),
        ("costs \\$5", "costs $5"),
        ("", ""),
    ],
)
def test_block_markdown_keeps_its_lines(text: str, expected: str) -> None:
    """Markup goes; code, formulas and text alternatives stay."""
    assert plain(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a *b*\n`c`", "a b c"),
        ("+ 5", "+ 5"),
        ("two\n\nparagraphs", "two paragraphs"),
        ("a<b", "a<b"),
    ],
)
def test_inline_markdown_is_one_line(text: str, expected: str) -> None:
    """Fit for a title or a column of a table."""
    assert plain(text, "inline") == expected


def test_plain_texts_are_kept() -> None:
    """Nothing in them is markup."""
    assert plain("a *b*  `c` $d$", "plain") == "a *b* `c` $d$"
