"""The pen: writes the texts of one bank as Canvas reads them, and gathers what one question needs and loses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quizforge.exporters.canvas.profile import Profile
from quizforge.exporters.remarks import Remarks
from quizforge.exporters.words import Words
from quizforge.formats.xml import xml_text
from quizforge.markup import Markup, plain
from quizforge.model.bank import Bank
from quizforge.model.codes.fidelity import FORMATTING_LOST
from quizforge.model.diagnostic import Path
from quizforge.model.media import Media


class Pen(Remarks):
    """Writes texts, twice escaped where Canvas reads HTML.

    Attributes:
        profile: The reader.
        plain_texts: Texts that were found to have no markup.
        images: That the current question shows, by name.
    """

    __slots__ = ("_block", "_inline", "images", "plain_texts", "profile")

    def __init__(self, bank: Bank, markup: Markup, words: Words, profile: Profile) -> None:
        super().__init__(bank, markup.dialect("canvas"), words)
        self.profile = profile
        self.plain_texts = markup.plain_texts
        self.images: dict[str, Media] = {}
        self._block, self._inline = self.block, self.inline
        self.block, self.inline = self._seen_block, self._seen_inline

    def _seen_block(self, text: str) -> str:
        if "![" in text:
            self.see(text)
        return self._block(text)

    def _seen_inline(self, text: str) -> str:
        if "![" in text:
            self.see(text)
        return self._inline(text)

    def see(self, source: str) -> None:
        """Take the images of a text into the package."""
        for media in self.dialect.media_of(source):
            self.images[media.content_name] = media

    def begin(self) -> None:
        """Forget the question before."""
        self.images = {}
        self.problems = []

    def block_xml(self, source: str) -> str:
        """Block Markdown as the content of a ``text/html`` element."""
        if source in self.plain_texts:
            return f"&lt;p&gt;{source}&lt;/p&gt;"
        return xml_text(self.block(source))

    def inline_xml(self, source: str) -> str:
        """Inline Markdown as the content of a ``text/html`` element."""
        return source if source in self.plain_texts else xml_text(self.inline(source))

    def plain_xml(self, text: str, at: Path) -> str:
        """A text that is no Markdown; what XML cannot hold is an error."""
        return xml_text(self.writable(text, at))

    def flat(self, source: str, at: Path) -> str:
        """Inline Markdown as the plain text that is all Canvas takes here; lost markup is told."""
        text = flattened(source)
        if source not in self.plain_texts and ("<" in self.inline(source) or "\\(" in source):
            self.report(FORMATTING_LOST, f"Canvas shows this as plain text: '{text}'", at)
        return text

    def reply_xml(self, feedback: str | None, misconception: str | None) -> str:
        """Feedback on an answer and the misconception behind it as the content of a ``text/html`` element."""
        if misconception is None:
            return "" if feedback is None else self.block_xml(feedback)
        return xml_text(self.reply_html(feedback, misconception)[0])

    def listed(self, entries: Iterable[tuple[str, str | None, str | None]]) -> str:
        """Replies that have no place of their own, as a list for the general feedback; empty where nothing is said.

        Args:
            entries: Label as HTML, feedback and misconception of each answer.
        """
        items = [
            f"<li><p>{label}</p>\n{self.reply_html(feedback, misconception)[0]}</li>\n"
            for label, feedback, misconception in entries
            if feedback is not None or misconception is not None
        ]
        return f"<ul>\n{''.join(items)}</ul>" if items else ""


def flattened(source: str) -> str:
    """Inline Markdown as one line of plain text."""
    return " ".join(plain(source, "inline").split())


def shows_image(source: str, pen: Pen) -> bool:
    """Whether a text shows an image."""
    return "![" in source and bool(pen.dialect.media_of(source))


def twins(texts: Sequence[str]) -> bool:
    """Whether two of some texts are the same."""
    return len(set(texts)) < len(texts)
