"""Remarks: what is said about a question beside it, as HTML of one dialect.

Replies to an answer with the misconception behind it, general feedback with its sources, the case above a stem, and
what helps a person to mark an essay. Every format that shows HTML writes them through here, so that they say the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from html import escape

from quizforge.exporters.numbers import plain_number
from quizforge.exporters.reporting import Reporter
from quizforge.exporters.words import Words
from quizforge.markup import Dialect
from quizforge.model.bank import Bank
from quizforge.model.question import Question
from quizforge.model.questions.cloze import Cloze
from quizforge.model.questions.essay import Criterion, Essay
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.ordering import Ordering

Html = tuple[str, list[str]]
"""HTML, and the sources that it was made of, by which the images in it are found."""


class Remarks(Reporter):
    """Writes remarks about the questions of one bank.

    Attributes:
        bank: Whose texts they are.
        dialect: The renderer of its texts.
        words: The exporter's own.
        block, inline: Markdown to HTML, each text once.
    """

    __slots__ = ("bank", "block", "dialect", "inline", "words")

    def __init__(self, bank: Bank, dialect: Dialect, words: Words) -> None:
        super().__init__()
        self.bank = bank
        self.dialect = dialect
        self.words = words
        self.block = dialect.block
        self.inline = dialect.inline

    def reply_html(self, feedback: str | None, misconception: str | None) -> Html:
        """Feedback on an answer and the misconception behind it."""
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

    def general_html(self, question: Question) -> Html:
        """Feedback on the question as a whole, then on its parts (pairs, items, blanks), then its sources."""
        html, sources = [], []
        if question.feedback is not None:
            html.append(self.block(question.feedback))
            sources.append(question.feedback)
        entries = []
        for label, feedback, misconception in self._parts(question):
            if feedback is not None or misconception is not None:
                text, used = self.reply_html(feedback, misconception)
                entries.append(f"<li><p>{label}</p>\n{text}</li>\n")
                sources += used
        if entries:
            html.append(f"<ul>\n{''.join(entries)}</ul>")
            sources += _labels(question)
        html += self.citations(question.references)
        return "\n".join(html), sources

    def _parts(self, question: Question) -> Iterator[tuple[str, str | None, str | None]]:
        """Label as HTML, feedback and misconception of each part that has none of an answer's."""
        if isinstance(question, Matching):
            for pair in question.pairs:
                yield f"{self.inline(pair.left)} → {self.inline(pair.right)}", pair.feedback, pair.misconception
            for other in question.distractors:
                yield self.inline(other.text), other.feedback, other.misconception
        elif isinstance(question, Ordering):
            for item in question.items:
                yield self.inline(item.text), item.feedback, item.misconception
        elif isinstance(question, Cloze):
            for index, blank in enumerate(question.blanks.values()):
                yield f"({index + 1})", blank.feedback, blank.misconception

    def marking_html(self, essay: Essay) -> Html:
        """Model answer, rubric and marked answers, for those who mark."""
        html: list[str] = []
        sources: list[str] = []
        if essay.model_answer is not None:
            html.append(self.labelled(self.words["common.model_answer"], self.block(essay.model_answer)))
            sources.append(essay.model_answer)
        if essay.rubric:
            rows = "\n".join(self._criterion(row) for row in essay.rubric)
            html.append(self.labelled(self.words["common.rubric"], f"<ul>\n{rows}\n</ul>"))
            sources += [level.text for row in essay.rubric for level in row.levels]
            html += self._rescaled(essay)
        for index, sample in enumerate(essay.sample_answers):
            points = self.words.count("common.points", sample.points)
            label = self.words.say("key.sample", n=index + 1, points=points)
            html.append(self.labelled(label, self.block(sample.text)))
            sources.append(sample.text)
            if sample.reason is not None:
                html.append(self.labelled(self.words["key.reason"], self.block(sample.reason)))
                sources.append(sample.reason)
        return "\n".join(html), sources

    def _criterion(self, row: Criterion) -> str:
        levels = "\n".join(
            f"<li><p>{self.dialect.escape(self.words.count('common.points', level.points))}</p>\n"
            f"{self.block(level.text)}</li>"
            for level in row.levels
        )
        return f"<li><p>{self.dialect.escape(row.criterion)}</p>\n<ul>\n{levels}\n</ul></li>"

    def _rescaled(self, essay: Essay) -> list[str]:
        """How rubric points become the question's points, where the two maxima differ."""
        maximum = essay.rubric_points
        if not maximum or essay.max_points == maximum:
            return []
        factor = Fraction(essay.max_points) / Fraction(maximum)
        digits = plain_number(essay.max_points) + "/" + plain_number(maximum)
        exact = self.words.number(essay.max_points / maximum) if _finite(factor) else digits
        rubric = self.words.count("common.points", maximum)
        return [f"<p>{self.dialect.escape(self.words.say('key.rescaled', rubric=rubric, factor=exact))}</p>"]


def _labels(question: Question) -> Iterator[str]:
    if isinstance(question, Matching):
        yield from (text for pair in question.pairs for text in (pair.left, pair.right))
        yield from (other.text for other in question.distractors)
    elif isinstance(question, Ordering):
        yield from (item.text for item in question.items)


def _finite(value: Fraction) -> bool:
    """Whether a fraction is a short decimal."""
    return 1_000_000 % value.denominator == 0
