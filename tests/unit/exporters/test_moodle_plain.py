"""The plain text of HTML is the one that Moodle 4.5.6 wrote for it."""

from __future__ import annotations

import pytest

from quizforge.exporters.moodle.plain import bare, plain_of

SEEN = (
    ("plain", "plain"),
    ("<strong>a</strong> b", "A b"),
    ("<em>a</em> <strong>b <em>c</em> d</strong>", "_a_ B _C_ D"),
    ("<code>x&lt;y</code> &amp; <strong>R&amp;D</strong>", "x<y & R&D"),
    ('<a href="https://e.org">link <strong>b</strong></a> x', "link B x"),
    (r"\(x_{&lt;t}\) and <strong>\(y\)</strong>", r"\(x_{<t}\) and \(Y\)"),
    ('<strong>é ß</strong> "q"', 'É SS "q"'),
    ("<strong><em>both</em></strong>", "_BOTH_"),
    ('<img src="x.png" alt="a chart" /> here', "[a chart] here"),
    ("<p>one</p>\n<p>two</p>", "one\n\ntwo\n"),
    ("<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<p>text</p>", "\t* a\n\t* b\n\ntext\n"),
    (
        (
            '<table>\n<thead>\n<tr>\n<th scope="col">a</th>\n</tr>\n</thead>\n'
            "<tbody>\n<tr>\n<td>1</td>\n</tr>\n</tbody>\n</table>"
        ),
        "\t\tA\n\n\t\t1\n\n",
    ),
    ("<pre><code>if x:\n    y</code></pre>", "if\xa0x:\n\xa0\xa0\xa0\xa0y\n"),
    ("<blockquote>\n<p>q</p>\n<p>m</p>\n</blockquote>\n<p>after</p>", ">\xa0q\n>\xa0\n>\xa0m\n\nafter\n"),
    ("<h5>H</h5>\n<p>para</p>", "H\n\npara\n"),
    ("<p>line<br />\nbreak</p>", "line\nbreak\n"),
)
"""HTML, and what Moodle's ``question_utils::to_plain_text`` gave."""


@pytest.mark.parametrize(("html", "seen"), SEEN)
def test_plain_text_is_moodles(html: str, seen: str) -> None:
    """Response files are joined by it, with blanks squeezed."""
    assert " ".join(plain_of(html).split()) == " ".join(seen.split())


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a <strong>b</strong> &lt;c&gt;</p>\n<p>d</p>", "a b <c> d"),
        ('<p><img src="x" alt="A &amp; B" /> <code>x</code></p>', "A & B x"),
    ],
)
def test_bare_text_has_no_sign_of_markup(html: str, text: str) -> None:
    """A name is made from it."""
    assert bare(html) == text
