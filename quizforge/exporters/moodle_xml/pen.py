"""The pen: writes the texts of one bank as Moodle XML, and gathers the problems of one question."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from decimal import Decimal
from html import escape

from quizforge.exporters.manifest import Texts
from quizforge.exporters.moodle_xml.fractions import LISTED, credit_percent
from quizforge.exporters.moodle_xml.plain import plain_of
from quizforge.exporters.words import Words
from quizforge.markup import Markup
from quizforge.model.bank import Bank
from quizforge.model.codes.fidelity import IMAGE_REFUSED, SCORE_LOWERED, UNWRITABLE
from quizforge.model.diagnostic import Code, Path, Problem, Severity
from quizforge.model.media import Media

EMPTY = "<text></text>"
PLUGIN_FILE = "@@PLUGINFILE@@"
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML 1.0 document can hold. Rendered texts are free of it, names and typed answers may not be."""

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


class Pen:
    """Writes texts with the files that they need.

    Attributes:
        bank: Whose texts they are.
        words: The exporter's own.
        block, inline: Markdown to HTML, each text once.
        plain_texts: Those that were found to have no markup.
        dialect: The renderer behind them.
        problems: Found while the current question was written, without subjects.
    """

    __slots__ = ("_encoded", "bank", "block", "dialect", "inline", "plain_texts", "problems", "words")

    def __init__(self, bank: Bank, markup: Markup, words: Words) -> None:
        self.bank = bank
        self.words = words
        self.dialect = markup.dialect("moodle")
        self.plain_texts = markup.plain_texts
        self.block = self.dialect.block
        self.inline = self.dialect.inline
        self.problems: list[Problem] = []
        self._encoded: dict[str, str] = {}

    def report(
        self, code: Code, message: str, at: Path = (), *, hint: str = "", severity: Severity | None = None
    ) -> None:
        """Add a problem of the current question."""
        self.problems.append(Problem(code, message, at, hint=hint, severity=severity))

    def lowered(self, message: str, at: Path, *, hint: str = "") -> None:
        """Report that a response earns less in Moodle."""
        self.report(SCORE_LOWERED, message, at, hint=hint)

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
        found = None if text.isprintable() else ILLEGAL.search(text)
        if found is not None:
            self.report(UNWRITABLE, f"U+{ord(found[0]):04X} cannot stand in XML", at, hint="remove the character")
            text = ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)
        return cdata(text)

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

    def reply_html(self, feedback: str | None, misconception: str | None) -> tuple[str, list[str]]:
        """The same as HTML, with the sources that it was made of."""
        html, sources = ([self.block(feedback)], [feedback]) if feedback is not None else ([], [])
        if misconception is not None:
            belief = self.bank.misconception_by_id[misconception]
            labelled = (
                ("common.misconception", belief.claim),
                ("key.tempting", belief.tempting_because),
                ("key.truth", belief.correct),
            )
            for key, source in labelled:
                if source is not None:
                    html.append(self.labelled(self.words[key], self.block(source)))
                    sources.append(source)
            html += self.citations(belief.references)
        return "\n".join(html), sources

    def labelled(self, label: str, html: str) -> str:
        """HTML under a label in plain text."""
        return f"<p><strong>{self.dialect.escape(label)}</strong></p>\n{html}"

    def citations(self, references: Sequence[str]) -> list[str]:
        """References as small paragraphs, linked where they have an address."""
        return [f"<p><small>{self._citation(reference)}</small></p>" for reference in references]

    def _citation(self, reference: str) -> str:
        text = self.dialect.escape(self.bank.citation(reference))
        url = self.bank.reference_by_id[reference.partition("#")[0]].url
        return text if url is None else f'<a href="{escape(url)}">{text}</a>'


def _references_to(names: Iterable[str], html: str) -> str:
    """HTML in which only references to files of these names are references; an author may write about them, too."""
    own = "|".join(re.escape(f'/{name}"') for name in names)
    literal = re.compile(f"{PLUGIN_FILE}(?!{own})" if own else PLUGIN_FILE)
    return literal.sub("&#64;&#64;PLUGINFILE&#64;&#64;", html)
