"""Emphasis by the rules of CommonMark, but that punctuation counts as any other character."""

from __future__ import annotations

import pytest

from quizforge.markup.fragment import Renderer


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*a*", "<em>a</em>"),
        ("**a**", "<strong>a</strong>"),
        ("***a***", "<em><strong>a</strong></em>"),
        ("**a *b* c**", "<strong>a <em>b</em> c</strong>"),
        ("*a **b** c*", "<em>a <strong>b</strong> c</em>"),
        ("***a** b*", "<em><strong>a</strong> b</em>"),
        ("***a* b**", "<strong><em>a</em> b</strong>"),
        ("*a **b* c**", "<em>a <em><em>b</em> c</em></em>"),
        ("a*b*c", "a<em>b</em>c"),
        ("3 * 4 * 5", "3 * 4 * 5"),
        ("* a*", "* a*"),
        ("a * b*", "a * b*"),
        ("**a*", "*<em>a</em>"),
        ("*a**", "<em>a</em>*"),
        ("snake_case_name", "snake_case_name"),
        ("_a_ __b c__", "<em>a</em> <strong>b c</strong>"),
        ("_a_b", "_a_b"),
        ("(_a_)", "(<em>a</em>)"),
        ("_ _ _", "_ _ _"),
        ("Name: ______", "Name: ______"),
        ("*a _b* c_", "<em>a _b</em> c_"),
        (r"\*a\* *b\**", "*a* <em>b*</em>"),
        ("*a `*` b*", "<em>a \ufdd00\ufdd1 b</em>"),
        ("*[a*b](c)*", '<em><a href="c">a*b</a></em>'),
        ("[*a*](b) *c*", '<a href="b"><em>a</em></a> <em>c</em>'),
        ("<http://a.b/*c*> *d*", '<a href="http://a.b/*c*">http://a.b/*c*</a> <em>d</em>'),
        ("**「重要」**です", "<strong>「重要」</strong>です"),
        ("w*_a**b_c(d*e", "w<em>_a**b_c(d</em>e"),
        ("a* *b**c*[d](e)", 'a* <em>b**c</em><a href="e">d</a>'),
    ],
)
def test_marks_are_paired(text: str, html: str) -> None:
    """With and without leftovers, in words, around links and code, in both ways of rendering."""
    for fast in (True, False):
        fragment = Renderer().render(text, blocks=False, fast=fast)

        assert "".join(piece if isinstance(piece, str) else "\ufdd00\ufdd1" for piece in fragment) == html
