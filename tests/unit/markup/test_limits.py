"""No text up to the caps takes long, and a text beyond them is an error and is still shown."""

from __future__ import annotations

import time

import pytest

from quizforge.markup import Markup, check, images, plain

_LONG = 200_000
_UNITS = [
    *("[", "[a](", "![", "![a](", '[a](x "', "](", "[[a]]", "![a](b) ", "[a]: b\n"),
    *("`", "``` ", "a`b``c```", "```\na\n```\n", "\\(", "\\[", "$a ", "$a$", "$$"),
    *("*a", "*_", "***a** ", "_a*b", "__a__", "<http://", "<a@", "<b>", "&", "\\*", "C:\\_", "{: lang=fr}"),
    *(">", "> ", "> a\n", "- ", "- a\n", "- a\n\n", "1. a\n", "# a\n", "---\n", "a|b\n", "|", "a\n\n", "\n", "    a\n"),
]
_SHAPES = {
    "brackets before a long line": "[" * 199 + "x" * 190_000,
    "links before a long line": "[a](" * 199 + "x " * 95_000,
    "nested list": "".join(" " * 4 * level + "- a\n" for level in range(20)) * 140,
    "nested quotes": ("> - " * 10 + "a\n\n") * 140,
    "wide table": "|".join("a" * 300) + "\n" + "|".join("-" * 300) + "\n" + ("|".join("a" * 300) + "\n") * 11,
    "long definition": "[" + "a\n" * 90_000 + "]: b",
    "stars": "*" * 100_000 + "a" + "*" * 90_000,
    "blanks": "a" + " " * 190_000 + "b",
    "round brackets": "[a](" + "(" * 3000 + ")" * 3000 + ")",
    "python": "```python\n" + "x = (1)\n" * 2400 + "```",
}


@pytest.mark.parametrize(
    "text", [*(unit * (_LONG // len(unit)) for unit in _UNITS), *_SHAPES.values()], ids=[*_UNITS, *_SHAPES]
)
def test_no_text_takes_long(text: str) -> None:
    """Half a second is meant, on a quiet machine; the bound here leaves room for a busy one.

    Attacks known upstream: Python-Markdown issues 798, 1617, 1619.
    """
    markup = Markup({})
    for work in (
        lambda: list(check(text, "block", blanks=True)),
        lambda: markup.dialect("html").block(text),
        lambda: markup.dialect("moodle").inline(text),
        lambda: images(text, "block"),
    ):
        began = time.process_time()
        work()
        assert time.process_time() - began < 2.5


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("x" * 200_001, "QF310"),
        ("[" * 201, "QF311"),
        ("![" * 201, "QF311"),
        ("[a](" * 201, "QF311"),
        ("*a " * 1_001, "QF311"),
        ("a < b " * 1_001, "QF311"),
        ("`a` " * 2_001, "QF311"),
        ("\n".join("ab_" * 2 for _ in range(2_002)), "QF311"),
        ("".join(" " * 4 * level + "- a\n" for level in range(30)), "QF312"),
        ("> " * 30 + "a", "QF312"),
        ("- " * 300 + "a", "QF312"),
    ],
)
def test_text_beyond_a_cap_is_one_error_and_is_shown_as_written(text: str, code: str) -> None:
    """RecursionError never escapes; the words are not lost."""
    if code == "QF310":
        text += " *"
    problems = list(check(text, "block"))

    assert [problem.code.code for problem in problems] == [code]
    html = Markup({}).dialect("html").block(text)
    assert html.startswith("<p>")
    assert html.count("<") == 2
    assert plain(text).split() == text.split()


def test_a_long_honest_text_is_within_the_caps() -> None:
    """A scenario of ten pages with lists, code and formulas gives no problem and is rendered in full."""
    page = "A paragraph, **bold**, `code`, $x_1$ and [a page](https://x.org).\n\n- one\n- two\n\n```\nx = [1]\n```\n\n"
    text = page * 100

    assert list(check(text, "block")) == []
    assert Markup({}).dialect("html").block(text).count("<math") == 100
