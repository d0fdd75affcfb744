"""What each target gets: structure alike, formulas, images and code in its own way."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET

import pytest

from quizforge.markup import Markup
from quizforge.markup.dialect import Dialect, DialectName
from quizforge.model.media import Media

_PICTURE = Media("img/a b.png", b"\x89PNG", "image/png", 30, 40)
_SCAN = Media("scan.svg", b"<svg/>", "image/svg+xml", None, None)


def _dialect(name: DialectName = "anki") -> Dialect:
    return Markup({media.path: media for media in (_PICTURE, _SCAN)}).dialect(name)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("plain text", "<p>plain text</p>"),
        ("two\n\nparagraphs\n", "<p>two</p>\n<p>paragraphs</p>"),
        ("*a* **b** _c_ __d e__", "<p><em>a</em> <strong>b</strong> <em>c</em> <strong>d e</strong></p>"),
        ("`a * b`", "<p><code>a * b</code></p>"),
        ("`` a`b ``", "<p><code>a`b</code></p>"),
        ("<eos> List<int> a<b & c", "<p>&lt;eos&gt; List&lt;int&gt; a&lt;b &amp; c</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("<div>\n\n*a*\n\n</div>", "<p>&lt;div&gt;</p>\n<p><em>a</em></p>\n<p>&lt;/div&gt;</p>"),
        ("&copy; &nbsp; &lt;b&gt; &#65; &nosuch;", "<p>© \xa0 &lt;b&gt; A &amp;nosuch;</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a\n4. b", '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>'),
        ("- a\n    - b", "<ul>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>"),
        ("> quoted", "<blockquote>\n<p>quoted</p>\n</blockquote>"),
        ("a  \nb", "<p>a<br />\nb</p>"),
        ("---", "<hr />"),
        ("# A\n\n## B", "<h3>A</h3>\n<h4>B</h4>"),
        ("#hashtag", "<p>#hashtag</p>"),
        ('[a](https://x.org/?a=1&b=2 "T")', '<p><a href="https://x.org/?a=1&amp;b=2" title="T">a</a></p>'),
        (
            "<https://x.org> <a@b.c>",
            '<p><a href="https://x.org">https://x.org</a> <a href="mailto:a@b.c">a@b.c</a></p>',
        ),
        ("*texte*{: lang=fr}", '<p><em lang="fr">texte</em></p>'),
        ("[t](u){: lang=ar dir=rtl}", '<p><a dir="rtl" href="u" lang="ar">t</a></p>'),
        ("*a*{: class=b}", "<p><em>a</em>{: class=b}</p>"),
        ("It costs \\$5 or $10.", "<p>It costs $5 or $10.</p>"),
        ("[[x]] and [x]", "<p>[[x]] and [x]</p>"),
    ],
)
def test_block_markdown(text: str, html: str) -> None:
    """Markdown becomes the HTML that an author expects, and never more than was written."""
    assert _dialect().block(text) == html


def test_table_has_header_cells_with_a_scope() -> None:
    """Screen readers name the column; pipes in code and formulas do not split cells."""
    html = _dialect().block("| a | b |\n|:-:|--:|\n| `x|y` | $|z|$ |")
    root = ET.fromstring(html)  # noqa: S314  # made a line above

    assert [cell.get("scope") for cell in root.iter("th")] == ["col", "col"]
    assert [cell.get("style") for cell in root.iter("td")] == ["text-align:center", "text-align:right"]
    assert ["".join(cell.itertext()) for cell in root.iter("td")] == ["x|y", r"\(|z|\)"]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain text", "plain text"),
        ("a *b* `c`", "a <em>b</em> <code>c</code>"),
        ("+ 5", "+ 5"),
        ("> 5", "&gt; 5"),
        ("2024. A year", "2024. A year"),
        ("# of layers", "# of layers"),
        ("[CLS]: first", "[CLS]: first"),
        ("    indented", "indented"),
        ("two\nlines", "two\nlines"),
        ("two\n\nparagraphs", "two<br />\nparagraphs"),
        ("a|b\n-|-\nc|d", "a|b\n-|-\nc|d"),
    ],
)
def test_inline_markdown_has_no_blocks(text: str, html: str) -> None:
    """A choice is one line; what would start a block means itself."""
    assert _dialect().inline(text) == html


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("```\nx < 1\n```", "<pre>x &lt; 1</pre>"),
        ("text\n```\nx\n```\ntext", "<p>text</p><pre>x</pre><p>text</p>"),
        ("- a\n  ```\n  x\n    y\n  ```\n- b", "<ul><li><p>a</p><pre>x\n  y</pre></li><li><p>b</p></li></ul>"),
        ("1. a\n\n    ~~~\n    x\n    ~~~\n\n2. b", "<ol><li><p>a</p><pre>x</pre></li><li><p>b</p></li></ol>"),
        ("1. ```\n   x\n   ```\n2. b", "<ol><li><pre>x</pre></li><li><p>b</p></li></ol>"),
        ("> ```\n> x\n>  y\n> ```", "<blockquote><pre>x\n y</pre></blockquote>"),
        ("````\n```\n````", "<pre>```</pre>"),
        ("```\na\n\n\nb\n```", "<pre>a\n\n\nb</pre>"),
        ("```\n$x$ `y` \\(z\\) [[w]]\n```", "<pre>$x$ `y` \\(z\\) [[w]]</pre>"),
    ],
)
def test_fences_work_wherever_they_stand(text: str, expected: str) -> None:
    """In lists and quotes, beside text, with blank lines and Markdown inside."""
    html = _dialect().block(text).replace('<pre class="code"><code>', "<pre>").replace("</code></pre>", "</pre>")
    squeezed = html.replace(">\n", ">").replace("\n<", "<")

    assert squeezed == expected


def test_indented_code_shows_what_was_written() -> None:
    """Formulas and code spans in it are characters, for every target."""
    assert _dialect("html").block("    a $x$ `y` \\[z\\]") == '<pre class="code"><code>a $x$ `y` \\[z\\]\n</code></pre>'


def test_maths_is_written_for_each_target() -> None:
    """TeX, escaped, for Moodle and Anki; MathML for HTML."""
    text = r"$x<1$ \(y\) \[z\] $$w$$"

    assert _dialect("moodle").inline(text) == r"\(x&lt;1\) \(y\) \[z\] \[w\]"
    assert _dialect("anki").inline(text) == _dialect("moodle").inline(text)
    assert _dialect("html").inline(text).count("<math") == 4


def test_code_comes_before_maths() -> None:
    """What stands between backticks is code, also where dollars and brackets surround it."""
    html = _dialect("html").inline("`$x$` costs $5, `\\(y\\)` too; $a `b$ c` d$")

    assert html == "<code>$x$</code> costs $5, <code>\\(y\\)</code> too; $a <code>b$ c</code> d$"


def test_delimiters_that_are_text_are_parted_for_mathjax() -> None:
    """Moodle's filter and MathJax would typeset them: in code (Moodle), in prose, in attributes."""
    text = r"`a \(b\) $$c$$` and \\(d\\) and ![e \\(f\\)](scan.svg) [g](h '\\(i\\)')"
    moodle = _dialect("moodle").inline(text)
    anki = _dialect("anki").inline(text)

    for html in (moodle, anki):
        assert r"\(d" not in html
        assert html.count("&#92;(") == 2
    assert r"<code>a \<span></span>(b\<span></span>) $<span></span>$c$<span></span>$</code>" in moodle
    assert r"<code>a \(b\) $$c$$</code>" in anki
    plain = ET.fromstring(f"<p>{moodle}</p>")  # noqa: S314  # made above
    assert "".join(plain.itertext()) == r"a \(b\) $$c$$ and \(d\) and  g"


def test_images_are_written_for_each_target() -> None:
    """By plug-in file, by bare name, inside the page; the text alternative loses its markup."""
    text = 'see ![*two* `x` $y$](img/a%20b.png "A title")'

    assert _dialect("moodle").inline(text) == (
        f'see <img src="@@PLUGINFILE@@/{_PICTURE.name}" alt="two x &#92;(y&#92;)" title="A title" />'
    )
    assert f'src="{_PICTURE.name}"' in _dialect("anki").inline(text)
    assert 'src="data:image/png;base64,iVBORw=="' in _dialect("html").inline(text)
    assert 'width="30" height="40"' in _dialect("html").inline(text)
    assert "width" not in _dialect("html").inline("![a](scan.svg)")


@pytest.mark.parametrize(
    "text", ["![a](img/a b.png)", "![a](<img/a b.png>)", "![a][p]\n\n[p]: img/a%20b.png", "![p]\n\n[p]: img/a%20b.png"]
)
def test_images_are_found_however_they_are_written(text: str) -> None:
    """Blanks in the name, angle brackets, definitions."""
    assert _PICTURE.name in _dialect().block(text)
    assert _dialect().media_of(text) == (_PICTURE,)


def test_image_that_does_not_exist_leaves_its_text() -> None:
    """Loading reports it; rendering does not fail."""
    assert _dialect("html").inline("![a < b](gone.png)") == "<span>a &lt; b</span>"


def test_media_come_once_and_in_order_of_use() -> None:
    """As a file list needs them; none for an image in code."""
    text = "![b](scan.svg) ![a](img/a%20b.png) ![b](scan.svg) `![c](scan.svg)`"

    assert _dialect().media_of(text) == (_SCAN, _PICTURE)
    assert _dialect().media_of("`![c](scan.svg)`") == ()
    assert _dialect().media_of("none") == ()


def test_blanks_are_filled_last_and_verbatim() -> None:
    """What fills a blank is neither escaped nor cleaned; blanks in code and formulas are none."""
    text = r"The [[first_1]] of *[[b]]*: `[[c]]`, $x_{[[d]]}$, \[[e]], [[Not]]" + "\n\n- [[f]]"
    html = _dialect().cloze(text, lambda name: f"{{1:SA:={name}<!>}}")

    assert html == (
        "<p>The {1:SA:=first_1<!>} of <em>{1:SA:=b<!>}</em>: <code>[[c]]</code>, \\(x_{[[d]]}\\), [[e]], [[Not]]</p>\n"
        "<ul>\n<li>{1:SA:=f<!>}</li>\n</ul>"
    )


def test_headings_stand_below_those_of_the_page() -> None:
    """Moodle's question heads are h3 and h4."""
    assert _dialect("moodle").block("# A\n\n### B") == "<h5>A</h5>\n<h6>B</h6>"
    assert _dialect("html").block("# A\n\n### B") == "<h3>A</h3>\n<h5>B</h5>"


def test_escape_is_fit_for_text_and_attributes() -> None:
    """The five characters, and what no XML can hold."""
    assert _dialect().escape("a<b> & \"c\" 'd' \x00") == "a&lt;b&gt; &amp; &quot;c&quot; &#x27;d&#x27; \ufffd"


def test_fragments_without_gaps_are_alike_for_all() -> None:
    """One rendering serves every target."""
    markup = Markup({})
    texts = [markup.dialect(name).block("*a* [b](http://c.d)\n\n- e") for name in ("moodle", "anki", "html")]

    assert len(set(texts)) == 1


def test_a_dialect_is_one_object() -> None:
    """Asking twice costs nothing."""
    markup = Markup({})

    assert markup.dialect("moodle") is markup.dialect("moodle")


def test_importing_the_package_is_cheap() -> None:
    """The command line starts without Markdown, nh3, math-core and Pygments; a check of plain text too."""
    program = (
        "import sys, quizforge.markup as m; list(m.check('plain *text*', 'block'));"
        "print([name for name in ('markdown', 'nh3', 'math_core', 'pygments', 'pydantic') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout == "[]\n"


@pytest.mark.parametrize("seed", ["0", "1"])
def test_output_does_not_depend_on_the_hash_seed(seed: str) -> None:
    """Attributes and classes come in a fixed order."""
    text = "*a*{: dir=rtl lang=ar} [b](c 'd')\n\n```python\ndef f(x): return 1\n```\n\n|a|\n|-:|\n|b|"
    program = f"from quizforge.markup import Markup; print(Markup({{}}).dialect('moodle').block({text!r}))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
    )

    assert done.stdout.rstrip("\n") == _dialect("moodle").block(text)
