"""The pen: writes the texts of one bank as XML for an item, and gathers what one item needs."""

from __future__ import annotations

from collections.abc import Iterable

from quizforge.exporters.qti.item import Comments, Feedback
from quizforge.exporters.qti.tags import Tags
from quizforge.exporters.remarks import Html, Remarks
from quizforge.exporters.words import Words
from quizforge.formats.qti import Version
from quizforge.markup import Markup, plain
from quizforge.model.bank import Bank, Scenario
from quizforge.model.codes.fidelity import FORMATTING_LOST, IMAGE_REFUSED, UNWRITABLE
from quizforge.model.diagnostic import Path
from quizforge.model.media import Media
from quizforge.model.question import Question


class Pen(Remarks):
    """Writes texts for the items of one bank.

    Attributes:
        tags: Writes elements.
        images: That the current item shows, by their names.
    """

    __slots__ = ("_rendered", "images", "tags")

    def __init__(self, bank: Bank, markup: Markup, words: Words, version: Version) -> None:
        super().__init__(bank, markup.dialect("qti30" if version.content_body else "qti21"), words)
        self.tags = Tags(version)
        self.images: dict[str, Media] = {}
        self._rendered = markup.plain_texts

    def shown(self, source: str) -> str:
        """Block Markdown, its images noted."""
        self._note((source,))
        return self.block(source)

    def shown_inline(self, source: str) -> str:
        """Inline Markdown, its images noted."""
        self._note((source,))
        return self.inline(source)

    def noted(self, made: Html) -> str:
        """HTML that was made of several sources, their images noted."""
        html, sources = made
        self._note(sources)
        return html

    def _note(self, sources: Iterable[str]) -> None:
        for source in sources:
            if "![" in source:
                self.images |= {media.content_name: media for media in self.dialect.media_of(source)}

    def flat(self, source: str, at: Path) -> str:
        """Inline Markdown for a place that takes plain text only."""
        if source in self._rendered:
            return source
        html, text = self.inline(source), " ".join(plain(source, "inline").split())
        if self.dialect.media_of(source):
            self.report(IMAGE_REFUSED, "QTI cannot show an image in a drop-down list", at, hint="put it into the stem")
        elif "<" in html:
            self.report(FORMATTING_LOST, f"a drop-down list shows this option as plain text: '{text}'", at)
        if not text:
            self.report(UNWRITABLE, "nothing is left of this option as plain text", at)
        return text

    def stem(self, question: Question, scenario: Scenario | None, html: str | None = None) -> str:
        """The stem below the case that it belongs to.

        Args:
            question: Whose stem it is.
            scenario: The case.
            html: The stem as rendered, where it is not plain Markdown.
        """
        if html is None:
            html = self.shown(question.stem)
        else:
            self._note((question.stem,))
        if not html:
            self.report(UNWRITABLE, "nothing is shown of this stem", ("stem",))
        if scenario is None:
            return html
        title = "" if scenario.title is None else f"<p><strong>{self.dialect.escape(scenario.title)}</strong></p>\n"
        return f'<div class="qf-scenario">\n{title}{self.shown(scenario.text)}\n</div>\n{html}'

    def reply(self, outcome: str, identifier: str, feedback: str | None, misconception: str | None) -> list[Feedback]:
        """Feedback on an answer with the misconception behind it, where there is any."""
        if feedback is misconception is None:
            return []
        return [Feedback(outcome, identifier, self.noted(self.reply_html(feedback, misconception)))]

    def comments(self, question: Question, *, judged: bool) -> Comments:
        """Feedback on the response as a whole.

        Args:
            question: Whose feedback it is.
            judged: Whether the score tells right, partly right and wrong apart.
        """
        general = self.noted(self.general_html(question))
        texts = (question.feedback_correct, question.feedback_partial, question.feedback_incorrect)
        right, partly, wrong = (None if text is None or not judged else self.shown(text) for text in texts)
        return Comments(general or None, right, partly, wrong)

    def own(self, text: str) -> str:
        """A paragraph of the exporter's own words."""
        return f"<p>{self.dialect.escape(text)}</p>"
