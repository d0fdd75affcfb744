"""Whatever a text holds, it is rendered to harmless, well-formed HTML, and the fast ways agree with the slow one."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from quizforge.markup import Markup, blank_names, check, images, plain, rebase_images
from quizforge.markup.dialect import DialectName
from quizforge.markup.fragment import Renderer
from quizforge.markup.scan import scan
from quizforge.markup.simple import PLAIN
from quizforge.markup.spans import Kind
from quizforge.model.codes.text import UNMARKED_LANGUAGE
from quizforge.model.media import Media

_DIALECTS: tuple[DialectName, ...] = ("moodle", "anki", "html")
_RENDERER = Renderer()

_WORDS = st.sampled_from(["a", "b c", "word", "Ünï", "x_1", "snake_case", "2024", "3", "eos", "日本"])
_MARKS = st.sampled_from(
    [
        *"*_`[]()<>#+-.!|~^{}$&;:\\\"'\n =/%,?@",
        "**",
        "***",
        "__",
        "``",
        "```",
        "```python\n",
        "\n```\n",
        "~~~",
        "\n\n",
        "\n\n\n",
        "  \n",
        "    ",
        "\t",
        "- ",
        "* ",
        "1. ",
        "10) ",
        "> ",
        "# ",
        "## ",
        "---",
        "===",
        "\\(",
        "\\)",
        "\\[",
        "\\]",
        "$$",
        "$x$",
        "\\$",
        "\\*",
        "\\\\",
        "[[",
        "]]",
        "[[a]]",
        "\\[[a]]",
        "](",
        "](http://a.b)",
        "[a](https://a.b/c_d?e=f&g=h)",
        "![alt](pic.png)",
        "![",
        "[a][b]",
        "[b]: c",
        "\n[b]: http://a.b 'T'\n",
        "javascript:",
        "<http://a.b>",
        "<a@b.c>",
        "<b>",
        "</p>",
        "<script>",
        "<!--",
        "-->",
        "<img src=x onerror=y>",
        "&lt;",
        "&copy;",
        "&#106;",
        "&#xFDD0;",
        "&nbsp;",
        "&x",
        "{: lang=fr}",
        "{: class=a}",
        "| a | b |\n|---|---|\n| c | d |",
        "|-|-|",
        "**bold**",
        "*em*",
        "`code`",
        "\\frac{a}{b}",
        "^2",
        "_i",
        "\r",
        "\r\n",
        "\x0b",
        "\x0c",
        "\u00a0",
        "\u2028",
        "\u0085",
        "\u3000",
        "\x00",
        "\x02",
        "\x03",
        "\ufdd0",
        "\ufdd1",
        "\ufdd00\ufdd1",
        "\ufffe",
        "\ud800",
        "\U0001f600",
        "\x02klzzwxh:0000\x03",
        "\x02wzxhzdk:0\x03",
    ]
)
_TEXTS = st.one_of(st.lists(_WORDS | _MARKS, max_size=14).map("".join), st.text(max_size=60))
_KINDS: st.SearchStrategy[Kind] = st.sampled_from(["plain", "inline", "block"])

_EVENT_HANDLER = re.compile(r"\son[a-z]+\s*=", re.IGNORECASE)


def _markup() -> Markup:
    return Markup({"pic.png": Media("pic.png", b"\x89PNG", "image/png", 3, 4)})


def _assert_harmless(html: str) -> None:
    root = ET.fromstring(f"<div>{html}</div>")  # noqa: S314  # made by us a line above
    for element in root.iter():
        assert element.tag not in {"script", "style", "iframe", "object", "form", "input", "svg"}
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            if name == "href":
                scheme = re.match(r"[\x00-\x20]*([A-Za-z][A-Za-z0-9+.\s-]*):", value)
                assert scheme is None or scheme[1].lower() in {"http", "https", "mailto"}
    assert "<script" not in html.lower()


@settings(max_examples=400, deadline=None)
@given(_TEXTS)
@example("![a](pic.png)" * 3)
@example("- a\n  ```\n  x\n  ```\n- b")
@example("# Of $x$ and `y`: [[a]]")
@example("a* *em**em*&copy;[b](c)")
def test_every_text_becomes_harmless_html(text: str) -> None:
    """Blocks and lines in every dialect are well-formed XML without scripts, handlers and wild links."""
    markup = _markup()
    for name in _DIALECTS:
        dialect = markup.dialect(name)
        for html in (dialect.block(text), dialect.inline(text), dialect.escape(text), dialect.cloze(text, str.upper)):
            _assert_harmless(html)


@settings(max_examples=400, deadline=None)
@given(_TEXTS, _KINDS, st.booleans())
@example(text="a```\nx\n```\n ```\nx\n```\n<b>", kind="block", blanks=False)
def test_every_text_can_be_checked(text: str, kind: Kind, blanks: bool) -> None:  # noqa: FBT001
    """Checks and readers never raise, and all offsets lie inside the text."""
    for problem in check(text, kind, blanks=blanks):
        assert 0 <= problem.start <= problem.end <= len(text)
        assert problem.message
        assert not problem.message.endswith(".")
    for name, start, end in blank_names(text):
        assert text[start:end] == f"[[{name}]]"
    for image in images(text, kind):
        assert text.startswith("![", image.start)
    rebase_images(text, "sub/folder")
    assert "\n" not in plain(text, "inline")
    plain(text, kind)


@settings(max_examples=1500, deadline=None)
@given(_TEXTS, st.booleans(), st.booleans())
@example(text="*a*b*c*", blocks=False, blanks=False)
@example(text="**a** *b* c", blocks=True, blanks=False)
@example(text="a\n- b\n- c", blocks=True, blanks=False)
@example(text="- a\n- b\n\ntext\n\n1. c\n2. d", blocks=True, blanks=False)
@example(text="[a b](http://c.d) *e [f](http://g.h) i*", blocks=True, blanks=False)
def test_fast_ways_agree_with_the_slow_one(text: str, blocks: bool, blanks: bool) -> None:  # noqa: FBT001
    """What goes past Python-Markdown is what Python-Markdown and the sanitiser would have made of it."""
    fast = _RENDERER.render(text, blocks=blocks, blanks=blanks)

    assert fast == _RENDERER.render(text, blocks=blocks, blanks=blanks, fast=False)


@settings(max_examples=1000, deadline=None)
@given(_TEXTS, st.booleans())
def test_plain_texts_are_their_own_html(text: str, blocks: bool) -> None:  # noqa: FBT001
    """A text that the first look takes for plain is left as it is by Python-Markdown."""
    if PLAIN.match(text):
        expected = f"<p>{text}</p>" if blocks else text

        assert _RENDERER.render(text, blocks=blocks, fast=False) == (expected,)
        found = check(text, "block" if blocks else "inline")
        # Words of another script than the bank's ask for their language; that is no matter of markup.
        assert [problem for problem in found if problem.code is not UNMARKED_LANGUAGE] == []


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), max_size=40))
def test_code_is_kept_as_it_is(code: str) -> None:
    """What stands between backticks comes out with the same characters, whatever they are."""
    code = code.replace("`", "'").strip() or "x"
    html = _markup().dialect("anki").inline(f"a `{code}` b")

    assert ET.fromstring(f"<div>{html}</div>").findtext("code") == code  # noqa: S314


@settings(max_examples=500, deadline=None)
@given(
    st.lists(st.sampled_from([*"*_*_ab ,(", "**", "***", "__", "`e`", "[l](k)", "<http://h.i>", "&amp;"])).map("".join)
)
@example("w*_a**b_c(d*e")
@example("a* *b**c*[l](k)")
def test_emphasis_loses_no_character(text: str) -> None:
    """Whatever marks are left over, all that is no mark is shown, in its order."""
    assume("``" not in text and text.strip())
    shown = plain(f"w {text} w", "inline")
    written = text.replace("`", "").replace("[l](k)", "l").replace("<http://h.i>", "http://h.i").replace("&amp;", "&")

    assert re.sub(r"[*_\s]", "", shown) == "w" + re.sub(r"[*_\s]", "", written) + "w"


@settings(max_examples=500, deadline=None)
@given(st.lists(_MARKS | st.just("\n") | st.just("    "), max_size=10), _KINDS)
@example(["> [b]: ", " "], "block")
@example(["| a | b |\n|---|---|\n|", "|", "|", "|"], "block")
def test_no_word_is_lost_without_a_word(marks: list[str], kind: Kind) -> None:
    """Whatever stands around it, a word is shown, or a problem is reported."""
    assume(kind != "plain" and not any("](" in mark or "[a][b]" in mark for mark in marks))
    words = [f"zq{number}q" for number in range(len(marks))]
    text = "".join(f"{mark}{word}" for mark, word in zip(marks, words, strict=True))
    dialect = _markup().dialect("html")
    html = dialect.block(text) if kind == "block" else dialect.inline(text)

    assert [word for word in words if word not in html] == [] or list(check(text, kind))


@settings(max_examples=300, deadline=None)
@given(_TEXTS)
def test_rendering_has_no_memory(text: str) -> None:
    """A text is rendered alike, whatever was rendered before it."""
    first = _markup()
    second = _markup()
    second.dialect("html").block("[b]: http://elsewhere.org\n\n*a [b]\n\n- x\n\n[[a]]")

    assert first.dialect("html").block(text) == second.dialect("html").block(text)


@settings(max_examples=500, deadline=None)
@given(_TEXTS, st.booleans(), st.booleans())
def test_what_is_lifted_out_never_overlaps(text: str, blocks: bool, blanks: bool) -> None:  # noqa: FBT001
    """Spans ascend, and the text around them with the spans themselves is the text."""
    found = scan(text, blocks=blocks, blanks=blanks)
    edges = [0, *(edge for span in found.spans for edge in (span.start, span.end)), len(text)]

    assert edges == sorted(edges)
    assert len(found.text) == len(text)
