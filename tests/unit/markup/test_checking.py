"""Every trap of Markdown is found at its place, and what is no trap is left alone."""

from __future__ import annotations

import pytest

from quizforge.markup import Kind, check


def _found(text: str, kind: Kind = "block", *, blanks: bool = False) -> list[tuple[str, str]]:
    return [(problem.code.code, text[problem.start : problem.end]) for problem in check(text, kind, blanks=blanks)]


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("Choose:\n- one\n- two", "QF320", "- "),
        ("Choose:\n1. one\n2. two", "QF320", "1. "),
        ("**Note**\n* one", "QF320", "* "),
        ("- a\n\n    para\n    - b", "QF320", "- "),
        ("call __init__ first", "QF321", "__init__"),
        ("the name __call__, too", "QF321", "__call__"),
        ("#hashtag of the day", "QF322", "#"),
        ("text\n\n##Heading", "QF322", "##"),
        ("2024. A year to remember", "QF323", "2024."),
        ("+ 5 points", "QF323", "+"),
        ("- 5", "QF323", "-"),
        ("first\n\n+ $3 more", "QF323", "+"),
        ("> 5 is large", "QF324", ">"),
        (">= 0.5 is a pass", "QF324", ">="),
        ("    x = 1", "QF325", "x = 1"),
        ("text\n\n\tx = 1", "QF325", "x = 1"),
        (r"open C:\new\_x now", "QF326", r"\_"),
        (r"open C:\a\.git now", "QF326", r"\."),
        (r"on \\server\share", "QF326", "\\\\"),
        ("text\n\n[CLS]: classifier", "QF327", "[CLS]: classifier"),
        ("- [CLS]: classifier", "QF327", "[CLS]: classifier"),
        ("> [CLS]: classifier", "QF327", "[CLS]: classifier"),
        ("- a\n\n    [CLS]: classifier", "QF327", "[CLS]: classifier"),
        ("| a | b |\n|---|---|\n| c | d | e |", "QF335", " e |"),
        ("a | b\n--|--\n$|x|$ | `|` | e", "QF335", " e"),
        ("```python\nx = 1", "QF328", "```"),
        ("- a\n\n    ~~~\n    x", "QF328", "~~~"),
        ("a ` alone", "QF329", "`"),
        ("``quoted''", "QF329", "``"),
        ("`a\n\nb`", "QF329", "`"),
        ("- a\n  - b", "QF330", "- b"),
        ("1. a\n   - b", "QF330", "- b"),
        ("- a\n\n  more", "QF330", "more"),
        ("a <b>bold</b> word", "QF331", "<b>"),
        ("line<br>line", "QF331", "<br>"),
        ("a <img src=x.png> b", "QF331", "<img src=x.png>"),
        ("x<sub>t</sub>", "QF331", "<sub>"),
        ("<!-- todo --> text", "QF331", "<!--"),
        ("*a*{: class=big}", "QF332", "{: class=big}"),
        ("*a*{: lang=fr onclick=x}", "QF332", "{: lang=fr onclick=x}"),
        ("text {: lang=fr}", "QF332", "{: lang=fr}"),
        ("`x`{: lang=fr}", "QF332", "{: lang=fr}"),
        ("![](a.png)", "QF340", "![](a.png)"),
        ("![ * ](a.png)", "QF340", "![ * ](a.png)"),
        ("![a](http://x.org/a.png)", "QF341", "![a](http://x.org/a.png)"),
        ("![a](//x.org/a.png)", "QF341", "![a](//x.org/a.png)"),
        ("![a](data:image/png;base64,AA)", "QF341", "![a](data:image/png;base64,AA)"),
        ("![a][r]\n\n[r]: https://x.org/a.png", "QF341", "![a][r]"),
        ("![a][nowhere]", "QF342", "![a]"),
        ("![a]()", "QF342", "![a]()"),
        ("[a](javascript:alert(1))", "QF343", "javascript:alert(1)"),
        ("[a](JavaScript&colon;x)", "QF343", "JavaScript&colon;x"),
        ("[a](&#106;avascript:x)", "QF343", "&#106;avascript:x"),
        ("[a](java\tscript:x)", "QF343", "java\tscript:x"),
        ("[a](<javascript:x>)", "QF343", "javascript:x"),
        ("[a](data:text/html,x)", "QF343", "data:text/html,x"),
        ("[a](ftp://x.org)", "QF343", "ftp://x.org"),
        ("[a](//x.org)", "QF343", "//x.org"),
        ("<ftp://x.org>", "QF343", "ftp://x.org"),
        ("[a][r]\n\n[r]: vbscript:x", "QF343", "vbscript:x"),
        ("[](http://x.org)", "QF344", "[]"),
        (r"so \(x + y", "QF307", r"\("),
        (r"so $\alpha is", "QF307", "$"),
        (r"so $x_1 is", "QF307", "$"),
        ("\\[x\n\ny\\]", "QF307", r"\["),
        ("a\x02b", "QF313", "\x02"),
        ("a\x03b", "QF313", "\x03"),
        ("a\ufdd0b", "QF313", "\ufdd0"),
        ("a\ud800b", "QF313", "\ud800"),
        ("a &#7; b", "QF313", "&#7;"),
    ],
)
def test_trap_of_block_markdown_is_found_at_its_place(text: str, code: str, place: str) -> None:
    """The problem stands where the author must look."""
    assert (code, place) in _found(text)


@pytest.mark.parametrize(
    "text",
    [
        "a plain text",
        "Choose:\n\n- one\n- two",
        "# Heading\n- one",
        "- one\n- two\n    - three",
        "1. one\n\n    more\n\n2. two",
        "- one\n  goes on\n- two",
        "the value is\n-5 or 3",
        "__bold text__ and snake_case_names and `__init__`",
        "# Heading",
        "1. one\n2. two",
        "1. one\n\ntext\n\n2. two",
        "- 5\n- 6",
        "> a quotation",
        "text\n    goes on",
        "- a\n\n    more",
        r"open C:\new\x and `C:\new\_x`",
        r"open C:\\new\\\_x",
        r"snake\_case and 3 \* 4",
        "see [the paper][p]\n\n[p]: https://x.org 'Title'",
        "[p]\n\n[p]: https://x.org",
        "- a\n  ```python\n  x\n  ```\n- b",
        r"a \` alone",
        "<eos> <s> </s> <unk> List<int> Map<a> a < b > c <think>",
        "`<b>`",
        '*texte*{: lang=fr} **texte**{: lang=fr-CA dir=ltr} [a](b){: lang="de"}',
        "f'{x:.2f}' and {: } and {:d}",
        "![a](a.png) ![b](img/b%20c.png 'T')",
        "wow![1] great",
        "[a](https://x.org) [b](http://x.org) [c](mailto:a@b.c) [d](e/f.html) [g](#h) <a@b.c>",
        "It costs $5 and then $10, in $HOME_DIR",
        r"It costs \$5",
        r"\[CLS] and \(parentheses)",
        r"`\(x` and `$x_1`",
        "| a | b |\n|---|---|\n| - c | 1. d |",
        "| a | b |\n|---|---|\n| c \\| d | `e|f` $|g|$ |\n| h |",
        "a | b | c\nd | e | f | g",
        "text\n---\n- a",
        "&copy; &#169; AT&T",
        r"maths $x_1$, \(a^b\), \[c\] and $$d$$",
    ],
)
def test_text_without_a_trap_is_clean(text: str) -> None:
    """Whatever says what it looks like gives no problem."""
    assert _found(text) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("one\n\ntwo", "\n"),
        ("- one\n- two", "- one"),
        ("a | b\n--|--\n1 | 2", "--|--"),
        ("see\n```\nx\n```", "```"),
    ],
)
def test_blocks_in_a_line_are_errors(text: str, place: str) -> None:
    """A choice holds no paragraphs, lists, tables and code blocks."""
    assert ("QF333", place) in _found(text, "inline")


@pytest.mark.parametrize(
    "text",
    ["+ 5", "- 5", "> 5 is large", "2024. A year", "#hashtag", "# of layers", "[CLS]: first", "---", "one\ntwo\n"],
)
def test_a_line_holds_no_blocks_so_these_mean_themselves(text: str) -> None:
    """What would start a block is shown as it is written in a choice."""
    assert _found(text, "inline") == []


def test_malformed_blanks_are_found_in_cloze_stems_only() -> None:
    """``[[Name]]`` is no blank; elsewhere double brackets are text."""
    text = r"A [[Name]], `[[B]]`, $[[1]]$, \[[c]] and [[good_1]]"

    assert _found(text, blanks=True) == [("QF334", "[[Name]]")]
    assert _found(text) == []


def test_plain_texts_are_checked_for_characters_only() -> None:
    """Nothing else means anything in them."""
    assert _found("a ` \x02 $\\alpha <b>", "plain") == [("QF313", "\x02")]


def test_problems_come_in_order_of_place() -> None:
    """One list for the reader, from top to bottom."""
    text = "call __init__\n\n![](x.png)\n\n$$ $$\n\na `"
    starts = [problem.start for problem in check(text, "block")]

    assert len(starts) == 4
    assert starts == sorted(starts)


def test_one_problem_hides_no_other() -> None:
    """All problems of a text are found at once."""
    text = "![](a.png) and [x](javascript:y) and $\\bm{a}$ and __init__ and <b>"

    assert [code for code, _ in _found(text)] == ["QF340", "QF343", "QF303", "QF321", "QF331"]
