"""Nothing that an author writes becomes script, handler or wild link."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from quizforge.markup import Markup
from quizforge.markup.dialect import DialectName
from quizforge.model.media import Media

_ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A;avascript&colon;alert(1))",
    "[x](java&#10;script:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "[x](file:///etc/passwd)",
    "[x][r]\n\n[r]: javascript:alert(1)",
    "[x](http://a.b 'onmouseover=alert(1)')",
    '[x](http://a.b "><script>alert(1)</script>")',
    '[x](http://a.b/"onmouseover="alert(1))',
    "![x](javascript:alert(1))",
    '![x" onerror="alert(1)](pic.png)',
    '![x](pic.png "\\" onerror=\\"alert(1)")',
    "<javascript://x/%0aalert(1)>",
    "*x*{: onclick=alert(1)}",
    "*x*{: lang=fr onclick=alert(1)}",
    '*x*{: lang="fr\\" onclick=\\"x"}',
    "`<script>`",
    "```html\n<script>alert(1)</script>\n```",
    '```"><script>alert(1)</script>\nx\n```',
    "$<script>alert(1)</script>$",
    r"$\href{javascript:alert(1)}{x}$",
    r"$\text{<img src=x onerror=alert(1)>}$",
    r"$\color{red;background:url(javascript:x)}{x}$",
    r'$x"><script>alert(1)</script>$',
    "\ufdd00\ufdd1 \ufdd3\ufdd01\ufdd1",
    "&#xFDD0;0&#xFDD1; $<b>$",
    "\x02wzxhzdk:0\x03 \x02klzzwxh:0000\x03",
    "    <script>alert(1)</script>",
    "a|<script>\n-|-\n<img src=x onerror=y>|b",
    "<!--<script>-->",
    "<![CDATA[<script>]]>",
    "<?php echo 1 ?>",
    "</p></div><script>alert(1)</script>",
]


@pytest.mark.parametrize("text", _ATTACKS)
@pytest.mark.parametrize("name", ["moodle", "anki", "html"])
def test_attack_stays_text(text: str, name: DialectName) -> None:
    """The only elements and attributes are those of Markdown, and the only links http, https, mailto and relative."""
    dialect = Markup({"pic.png": Media("pic.png", b"x", "image/png", 1, 1)}).dialect(name)
    for html in (dialect.block(text), dialect.inline(text), dialect.cloze(text, str)):
        root = ET.fromstring(f"<div>{html}</div>")  # noqa: S314  # made a line above
        for element in root.iter():
            assert element.tag not in {"script", "svg", "iframe"}
            for attribute, value in element.attrib.items():
                assert not attribute.startswith("on")
                if attribute in {"href", "src"}:
                    scheme = re.match(r"\s*([\w+.-]+)\s*:", value)
                    assert scheme is None or scheme[1] in {"http", "https", "mailto", "data"}
                    assert not (attribute == "href" and value.startswith("data:"))


@pytest.mark.parametrize("text", ["\ufdd00\ufdd1 `a`", "&#xFDD0;0&#xFDD1; `a`", "&#64976;0&#64977; `a`"])
def test_placeholders_cannot_be_forged(text: str) -> None:
    """Neither as characters nor as entities."""
    assert Markup({}).dialect("html").inline(text) == "\ufffd0\ufffd <code>a</code>"


def test_what_no_xml_can_hold_is_replaced() -> None:
    """The mark U+FFFD is seen; nothing breaks the file."""
    dialect = Markup({}).dialect("html")

    assert dialect.block("a\x00b\x0bc\ufffed\ud800e") == "<p>a\ufffdb\ufffdc\ufffdd\ufffde</p>"
    assert dialect.inline("`\x07`") == "<code>\ufffd</code>"
    assert dialect.inline("&#7;") == "\ufffd"
