"""The pen of Brightspace: each text as plain text or HTML without line breaks, with the sign that says which."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_FLOOR, Decimal

from quizforge.exporters.itemwise import Pen
from quizforge.exporters.numbers import plain_number
from quizforge.exporters.remarks import Remarks
from quizforge.exporters.words import Words
from quizforge.formats import brightspace_csv as d2l
from quizforge.markup import Markup
from quizforge.model.bank import Bank
from quizforge.model.codes.fidelity import FORMULA_CELL, SCORE_LOWERED
from quizforge.model.diagnostic import Path
from quizforge.model.quiz import Item

_PRE = re.compile("<pre.*?</pre>", re.DOTALL)

Text = tuple[str, str]
"""A cell, and the one behind it: ``HTML`` or nothing."""


class BrightspacePen(Pen):
    """Writes texts as cells.

    Attributes:
        remarks: What is said about answers, as HTML with MathML, which Brightspace keeps formulas in.
    """

    __slots__ = ("remarks",)

    def __init__(self, bank: Bank, markup: Markup, own: Words) -> None:
        super().__init__(bank, markup, own)
        self.remarks = Remarks(bank, markup.dialect("html"), own)

    def inline(self, source: str, at: Path) -> Text:
        """Inline Markdown; plain where it has no markup."""
        html = self.remarks.inline(source)
        if html == source and _fits_plain(source):
            return source, ""
        return self.html(html, (source,), at)

    def html(self, html: str, sources: Iterable[str], at: Path) -> Text:
        """HTML that was made of several sources."""
        for source in sources:
            self.refuse_images(source, at)
        if not html:
            self.refuse("nothing is shown of one of its texts", at)
        return one_line(html), d2l.HTML

    def question_text(self, item: Item, stem: str) -> Text:
        """The stem, behind the case that it belongs to."""
        scenario, html = item.scenario, self.remarks.block(stem)
        if scenario is None:
            is_plain = html == f"<p>{stem}</p>" and _fits_plain(stem)
            return (stem, "") if is_plain else self.html(html, (stem,), ("stem",))
        title = "" if scenario.title is None else self.remarks.labelled(scenario.title, "")
        case = f"<blockquote>{title}{self.remarks.block(scenario.text)}</blockquote>"
        return self.html(f"{case}{html}", (scenario.text, stem), ("stem",))

    def reply(self, feedback: str | None, misconception: str | None, at: Path) -> str:
        """Feedback on an answer and the misconception behind it, as plain text: its cell has no sign for HTML."""
        html, sources = self.remarks.reply_html(feedback, misconception)
        if not html:
            return ""
        for source in sources:
            self.refuse_images(source, at)
        shown = [self.line(source, at, block=True) for source in sources]
        if misconception is not None:
            belief = self.bank.misconception_by_id[misconception]
            labels = ("common.misconception", "key.tempting", "key.truth")
            texts = (belief.claim, belief.tempting_because, belief.correct)
            named = [self.words[label] for label, text in zip(labels, texts, strict=True) if text is not None]
            start = len(shown) - len(named)
            shown[start:] = [f"{label}: {text}" for label, text in zip(named, shown[start:], strict=True)]
            shown += [" ".join(self.bank.citation(reference).split()) for reference in belief.references]
        return self.plain(" ".join(shown), at)

    def plain(self, text: str, at: Path) -> str:
        """A plain cell; what a spreadsheet would take for a formula is warned about."""
        if text.startswith(d2l.FORMULA):
            message = f"a cell begins with '{text[0]}', which a spreadsheet takes for a formula"
            self.report(FORMULA_CELL, message, at, hint="import the file without saving it from a spreadsheet")
        return text

    def percent(self, credit: Decimal, at: Path) -> str:
        """A credit in whole per cent, at least none; reported where it is less than the credit."""
        whole = max(credit, Decimal(0)).to_integral_value(ROUND_FLOOR)
        if whole < credit:
            self.report(SCORE_LOWERED, f"credit {credit} becomes {whole}, a whole per cent", (*at, "credit"))
        return plain_number(whole)


def _fits_plain(text: str) -> bool:
    """Whether a text that is its own HTML means the same as plain text, on one line and to a spreadsheet."""
    return not {"&", "\n"} & set(text) and not text.startswith(d2l.FORMULA)


def one_line(html: str) -> str:
    """HTML without line breaks; those of code become character references."""
    if "\n" in html:
        html = _PRE.sub(lambda match: match[0].replace("\n", "&#10;"), html).replace("\n", " ")
    return f"&#{ord(html[0])};{html[1:]}" if html.startswith(d2l.FORMULA) else html
