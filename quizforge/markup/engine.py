"""Python-Markdown as we use it, and the sanitiser behind it.

Raw HTML is off: ``<eos>``, ``List<int>`` and ``<script>`` are text. Code, maths, blanks and images are placeholders by
the time a text comes here.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from threading import Lock
from typing import TYPE_CHECKING

from markdown import Markdown
from markdown.blockprocessors import HashHeaderProcessor
from markdown.extensions import Extension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.treeprocessors import Treeprocessor
from nh3 import Cleaner

from quizforge.markup.attributes import ATTRIBUTE, LANGUAGE_ATTRIBUTES
from quizforge.markup.emphasis import Emphasis
from quizforge.markup.spans import ILLEGAL, PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Callable

_TAG_OR_PRE = re.compile(r"<pre>.*?</pre>|<[^>]*>", re.DOTALL)
_NUMERIC_ENTITY = re.compile(r"&#(?:[xX]([0-9A-Fa-f]+)|([0-9]+));")
_VOID = re.compile(r"<(br|hr)>")

_TAGS = frozenset(
    {
        "a",
        "blockquote",
        "br",
        "code",
        "em",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "pre",
        "strong",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    }
)


class _Header(HashHeaderProcessor):
    """Headings that need a blank behind ``#``, as in CommonMark: ``#hashtag`` is text."""

    RE = re.compile(r"(?:^|\n)(?P<level>#{1,6})(?P<header>[ ](?:\\.|[^\\#\n]|#+(?=[^#\n]))*?)#*(?:\n|$)")


class _Languages(Treeprocessor):
    """Moves ``{: lang=fr}`` behind an inline element into its attributes, and nothing else."""

    def run(self, root: ET.Element) -> None:
        for element in root.iter():
            tail = element.tail
            if element.tag in {"em", "strong", "a"} and tail and tail.startswith("{:"):
                found = LANGUAGE_ATTRIBUTES.match(tail)
                if found is not None:
                    element.tail = tail[found.end() :]
                    for name, value in ATTRIBUTE.findall(found["list"]):
                        element.set(name, value)


class _House(Extension):
    """What QuizForge changes in Python-Markdown."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # Python-Markdown's name
        """Turn raw HTML off, and leave to the scanner what the scanner finds."""
        md.preprocessors.deregister("html_block")
        for name in ("html", "backtick", "image_link", "image_reference", "short_image_ref"):
            md.inlinePatterns.deregister(name)
        md.parser.blockprocessors.register(_Header(md.parser), "hashheader", 70)
        md.treeprocessors.register(_Languages(md), "languages", 15)
        for name in ("em_strong", "em_strong2", "not_strong"):
            md.inlinePatterns.deregister(name, strict=False)
        md.treeprocessors.register(Emphasis(md), "emphasis", 17)


class _Inline(Extension):
    """Leaves paragraphs as the only blocks, so that ``+ 5``, ``> 5`` and ``2024. A year`` stay what they are."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # Python-Markdown's name
        """Take all other block processors away."""
        for name in ("indent", "code", "hashheader", "setextheader", "hr", "olist", "ulist", "quote", "reference"):
            md.parser.blockprocessors.deregister(name)


class Engine:
    """One Python-Markdown for blocks, one for single lines, one sanitiser; all reused, so behind a lock."""

    def __init__(self) -> None:
        tables, lists = TableExtension(), SaneListExtension()
        self._blocks = Markdown(extensions=[tables, lists, _House()])
        self._inline = Markdown(extensions=[_House(), _Inline()])
        self._lock = Lock()
        self._clean = Cleaner(
            tags=set(_TAGS),
            attributes={
                "*": {"lang", "dir"},
                "a": {"href", "title"},
                "ol": {"start"},
                "td": {"style"},
                "th": {"style"},
            },
            set_tag_attribute_values={"th": {"scope": "col"}},
            filter_style_properties={"text-align"},
            url_schemes={"http", "https", "mailto"},
            link_rel=None,
        ).clean

    def convert(self, text: str, *, blocks: bool, hidden: Callable[[int], str]) -> str | None:
        """HTML of a text, not yet sanitised.

        Args:
            text: Clean, with placeholders.
            blocks: Whether it is block Markdown.
            hidden: The source of a placeholder, HTML-escaped, for places that can hold text only:
                attributes, and code made by indentation.

        Returns:
            None where the text nests too deep.
        """
        md = self._blocks if blocks else self._inline
        with self._lock:
            try:
                html = md.reset().convert(text)
            except RecursionError:
                return None
        if "<" in html and PLACEHOLDER.search(html) is not None:
            html = _TAG_OR_PRE.sub(lambda match: PLACEHOLDER.sub(lambda ph: hidden(int(ph[1])), match[0]), html)
        return _NUMERIC_ENTITY.sub(_harmless, html) if "&#" in html else html

    def sanitise(self, html: str) -> str:
        """What nh3 leaves of an HTML fragment, as well-formed XML without named entities."""
        html = self._clean(html)
        if "&nbsp;" in html:
            html = html.replace("&nbsp;", "\xa0")
        return _VOID.sub(r"<\1 />", html) if "<br>" in html or "<hr>" in html else html


def _harmless(match: re.Match[str]) -> str:
    """A numeric entity that does not smuggle in what no text may hold, such as a placeholder."""
    digits = match[1] or match[2]
    value = int(digits, 16 if match[1] else 10) if len(digits) < 10 else 0
    allowed = 0 < value <= 0x10FFFF and ILLEGAL.match(chr(value)) is None
    return match[0] if allowed else "\ufffd"
