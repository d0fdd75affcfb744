"""The pen of GIFT: texts as escaped HTML on one line."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from quizforge.exporters.itemwise import Pen
from quizforge.exporters.moodle.fractions import credit_percent
from quizforge.exporters.remarks import Remarks
from quizforge.exporters.words import Words
from quizforge.formats import gift
from quizforge.markup import Markup
from quizforge.model.bank import Bank
from quizforge.model.codes.fidelity import SCORE_LOWERED
from quizforge.model.diagnostic import Path
from quizforge.model.question import Question


class GiftPen(Pen):
    """Writes texts as GIFT.

    Attributes:
        remarks: What is said about answers, as Moodle's HTML.
    """

    __slots__ = ("remarks",)

    def __init__(self, bank: Bank, markup: Markup, own: Words) -> None:
        super().__init__(bank, markup, own)
        self.remarks = Remarks(bank, markup.dialect("moodle"), own)

    def html(self, html: str, sources: Iterable[str], at: Path) -> str:
        """HTML that was made of several sources, with its format in front."""
        for source in sources:
            self.refuse_images(source, at)
        return gift.HTML + self.escaped(html, at)

    def inline(self, source: str, at: Path) -> str:
        """Inline Markdown."""
        html = self.remarks.inline(source)
        if not html:
            self.refuse("nothing is shown of one of its texts", at)
        return self.html(html, (source,), at)

    def reply(self, feedback: str | None, misconception: str | None, at: Path) -> str:
        """Feedback on an answer and the misconception behind it, with its sign in front; nothing if there is none."""
        text = self.reply_text(feedback, misconception, at)
        return gift.FEEDBACK + text if text else ""

    def reply_text(self, feedback: str | None, misconception: str | None, at: Path) -> str:
        """The same without its sign."""
        if feedback is None and misconception is None:
            return ""
        html, sources = self.remarks.reply_html(feedback, misconception)
        return self.html(html, sources, at)

    def general(self, question: Question) -> str:
        """General feedback with its sign in front; nothing if there is none."""
        html, sources = self.remarks.general_html(question)
        return gift.GENERAL + self.html(html, sources, ("feedback",)) if html else ""

    def escaped(self, text: str, at: Path) -> str:
        """A text whose characters are its own."""
        if "&&" in text and gift.PLACEHOLDER.search(text):
            self.refuse("Moodle would change what looks like one of its own marks, such as '&&058;'", at)
        return gift.escape(text)

    def credit(self, credit: Decimal, at: Path) -> str:
        """A credit as a percentage that Moodle takes; reported where it is less than the credit."""
        percent, less = credit_percent(credit)
        if less:
            message = f"credit {credit} becomes {percent}, the next lower one that Moodle takes"
            self.report(SCORE_LOWERED, message, (*at, "credit"))
        return percent
