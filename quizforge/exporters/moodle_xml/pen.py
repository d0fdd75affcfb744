"""The pen: writes the texts of one bank as Moodle XML, and gathers the problems of one question."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from decimal import Decimal
from html import escape

from quizforge.exporters.manifest import Texts
from quizforge.exporters.moodle.fractions import LISTED, credit_percent
from quizforge.exporters.moodle.plain import plain_of
from quizforge.exporters.remarks import Remarks
from quizforge.exporters.words import Words
from quizforge.markup import Markup
from quizforge.model.bank import Bank
from quizforge.model.codes.fidelity import IMAGE_REFUSED
from quizforge.model.diagnostic import Path
from quizforge.model.media import Media

EMPTY = "<text></text>"
PLUGIN_FILE = "@@PLUGINFILE@@"

_LISTED_CREDITS = f"Moodle takes {', '.join(percent for _, percent in LISTED)}"


def cdata(text: str) -> str:
    """A text as CDATA.

    Everything is written so: Moodle's XML reader drops each chunk of character data that is only
    blanks, and entities cut a text into such chunks (``lib/xmlize.php``, 4.5).
    """
    if not text:
        return ""
    if "]]>" in text:
        text = text.replace("]]>", "]]]]><![CDATA[>")
    return f"<![CDATA[{text}]]>"


class Pen(Remarks):
    """Writes texts with the files that they need.

    Attributes:
        plain_texts: Those that were found to have no markup.
    """

    __slots__ = ("_encoded", "plain_texts")

    def __init__(self, bank: Bank, markup: Markup, words: Words) -> None:
        super().__init__(bank, markup.dialect("moodle"), words)
        self.plain_texts = markup.plain_texts
        self._encoded: dict[str, str] = {}

    def credit(self, credit: Decimal, at: Path) -> str:
        """A credit as a percentage that Moodle takes; reported where it is less than the credit."""
        percent, less = credit_percent(credit)
        if less:
            message = f"credit {credit} becomes {percent}, the next lower one that Moodle takes"
            self.lowered(message, (*at, "credit"), hint=_LISTED_CREDITS)
        return percent

    def text(self, source: str | None) -> str:
        """Block Markdown as ``<text>`` with the files it shows."""
        if source in self.plain_texts:
            return f"<text><![CDATA[<p>{source}</p>]]></text>"
        return EMPTY if source is None else self.html(self.block(source), (source,))

    def inline_text(self, source: str) -> str:
        """Inline Markdown as ``<text>`` with the files it shows."""
        if source in self.plain_texts:
            return f"<text><![CDATA[{source}]]></text>"
        return self.html(self.inline(source), (source,))

    def read(self, sources: Iterable[str]) -> Texts:
        """Inline texts, and what Moodle's response files show of them."""
        texts = list(sources)
        plain = self.plain_texts
        if plain.issuperset(texts):
            return Texts(texts)
        return Texts(texts, [text if text in plain else plain_of(self.inline(text)) for text in texts])

    def plain(self, text: str, at: Path) -> str:
        """A text that is no Markdown, as CDATA; what XML cannot hold is an error."""
        return cdata(self.writable(text, at))

    def html(self, html: str, sources: Iterable[str]) -> str:
        """HTML that was made of several sources, as ``<text>`` with the files that they show."""
        if PLUGIN_FILE not in html:
            return f"<text>{cdata(html)}</text>" if html else EMPTY
        found = {media.name: media for source in sources for media in self.dialect.media_of(source)}
        return f"<text>{cdata(_references_to(found, html))}</text>{''.join(map(self._file, found.values()))}"

    def without_images(self, html: str, sources: Sequence[str], at: Path, *, where: str, hint: str) -> str:
        """HTML for a place that cannot carry files; an image there is an error.

        Args:
            html: As rendered.
            sources: What it was made of.
            at: The path of the text.
            where: Names the place, for the message.
            hint: What to do instead.
        """
        if PLUGIN_FILE not in html:
            return html
        if any(self.dialect.media_of(source) for source in sources):
            self.report(IMAGE_REFUSED, f"Moodle cannot show an image in {where}", at, hint=hint)
        return _references_to((), html)

    def _file(self, media: Media) -> str:
        data = self._encoded.get(media.path)
        if data is None:
            data = self._encoded[media.path] = b64encode(media.data).decode("ascii")
        return f'<file name="{escape(media.name)}" path="/" encoding="base64">{data}</file>'

    def reply(self, feedback: str | None, misconception: str | None) -> str:
        """Feedback on an answer and the misconception behind it, as ``<text>``."""
        if misconception is None:
            return self.text(feedback)
        html, sources = self.reply_html(feedback, misconception)
        return self.html(html, sources)


def _references_to(names: Iterable[str], html: str) -> str:
    """HTML in which only references to files of these names are references; an author may write about them, too."""
    own = "|".join(re.escape(f'/{name}"') for name in names)
    literal = re.compile(f"{PLUGIN_FILE}(?!{own})" if own else PLUGIN_FILE)
    return literal.sub("&#64;&#64;PLUGINFILE&#64;&#64;", html)
