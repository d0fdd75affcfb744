"""The pen: writes the texts of one bank for Open edX, and gathers the problems of one question."""

from __future__ import annotations

from html import escape

from quizforge.exporters.remarks import Remarks
from quizforge.exporters.reporting import Reporter
from quizforge.exporters.words import Words
from quizforge.formats.olx import inert_html, option_text
from quizforge.markup import Markup, plain
from quizforge.model.bank import Bank
from quizforge.model.codes.fidelity import FORMATTING_LOST, IMAGE_REFUSED, LOOKS_ALIKE
from quizforge.model.diagnostic import Path
from quizforge.model.media import Media
from quizforge.model.question import Question


class Pen(Reporter):
    """Writes texts as XHTML, attributes and options.

    Attributes:
        bank: Whose texts they are.
        words: The exporter's own.
        media: The images that were shown so far, by name.
    """

    def __init__(self, bank: Bank, markup: Markup, words: Words) -> None:
        super().__init__()
        self.bank = bank
        self.words = words
        self.media: dict[str, Media] = {}
        self._dialect = markup.dialect("olx")
        self._remarks = Remarks(bank, self._dialect, words)

    def block(self, source: str) -> str:
        """Block Markdown as XHTML."""
        return self._written(self._dialect.block(source), source)

    def inline(self, source: str) -> str:
        """Inline Markdown as XHTML."""
        return self._written(self._dialect.inline(source), source)

    def cloze(self, source: str, gaps: dict[str, str]) -> str:
        """A stem with its gaps filled by XML."""
        marks = {name: f"\ue000{index}\ue001" for index, name in enumerate(gaps)}
        html = self._written(self._dialect.cloze(source, marks.__getitem__), source)
        for name, mark in marks.items():
            html = html.replace(mark, gaps[name])
        return html

    def reply(self, feedback: str | None, misconception: str | None) -> str:
        """Feedback on an answer and the misconception behind it; empty where there is neither."""
        html, sources = self._remarks.reply_html(feedback, misconception)
        return self._written(html, *sources)

    def general(self, question: Question) -> str:
        """Feedback on the question as a whole and on its parts, and its sources; empty where there is none."""
        html, sources = self._remarks.general_html(question)
        return self._written(html, *sources)

    def labelled(self, label: str, html: str) -> str:
        """XHTML under a label."""
        return self._remarks.labelled(label, html)

    def attribute(self, text: str, at: Path = ()) -> str:
        """A plain text as the value of an attribute; what XML cannot hold is an error."""
        return escape(" ".join(self.writable(text, at).split()))

    def options(self, sources: list[tuple[str, Path]]) -> list[str]:
        """Inline texts as the options of a drop-down list, which are plain texts; alike ones are reported."""
        written: list[str] = []
        for source, at in sources:
            text = plain(source, "inline")
            if self._dialect.media_of(source):
                hint = "describe it in words, or ask by single_choice"
                self.report(IMAGE_REFUSED, "Open edX cannot show an image in a drop-down list", at, hint=hint)
            if text != source:
                self.report(FORMATTING_LOST, "an option of a drop-down list is plain text", at)
            option = option_text(text)
            if option in written:
                message = "this option looks like another one in a drop-down list, and capa takes them for the same"
                self.report(LOOKS_ALIKE, message, at, hint="let them differ in more than markup")
            written.append(option)
        return written

    def _written(self, html: str, *sources: str) -> str:
        for source in sources:
            for media in self._dialect.media_of(source):
                self.media[media.content_name] = media
        return inert_html(html)
