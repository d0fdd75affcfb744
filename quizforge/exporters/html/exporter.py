"""The exporter: a quiz becomes an exam paper and its answer key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from quizforge.exporters.base import Env, Export, Exporter, ExportFile, Options
from quizforge.exporters.html.appendix import Beliefs
from quizforge.exporters.html.exam import ExamWriter
from quizforge.exporters.html.key import KeyWriter
from quizforge.exporters.html.options import HtmlOptions
from quizforge.exporters.html.page import Shells, css_string, safe
from quizforge.exporters.html.sheet import Group, Sheet, lay_out
from quizforge.exporters.html.writer import Voice, Writer, escape
from quizforge.exporters.words import direction, words
from quizforge.markup import Dialect, Markup, highlight_css
from quizforge.model.bank import Bank
from quizforge.model.question import QUESTION_TYPES
from quizforge.model.quiz import Quiz

_ADVICE = "print from a browser at 100 %, with its own headers and footers turned off; {key} is for staff only"


class PrintableHtml(Exporter[HtmlOptions]):
    """Two self-contained HTML files: no network, no script, good on paper and on a screen."""

    name: ClassVar[str] = "html"
    title: ClassVar[str] = "Printable exam and answer key"
    suffix: ClassVar[str] = ".html"
    media_type: ClassVar[str] = "text/html"
    native: ClassVar[frozenset[str]] = frozenset(QUESTION_TYPES)
    drops: ClassVar[Mapping[str, frozenset[str]]] = {}
    options: ClassVar[type[Options]] = HtmlOptions

    def render(self, quiz: Quiz, options: HtmlOptions, env: Env) -> Export:
        """Write the exam and the key.

        Args:
            quiz: Its questions are numbered in their order.
            options: Paper, columns, large print, templates.
            env: The renderers; the time is not used.

        Returns:
            ``<id>-exam.html`` and ``<id>-key.html``. Every field of a question stands in one of them.

        Raises:
            UsageError: A template of the user's is at fault.
        """
        job = _Job(quiz, options, env)
        asked = job.sheet.count
        exam = ExportFile(f"{quiz.id}-exam.html", job.exam().encode(), "student-exam", "printable exam", asked)
        key = ExportFile(f"{quiz.id}-key.html", job.key().encode(), "staff", "answer key", asked)
        return Export((exam, key), notes=(_ADVICE.format(key=key.name),))


class _Job:
    """What exam and key of one quiz share."""

    def __init__(self, quiz: Quiz, options: HtmlOptions, env: Env) -> None:
        self.quiz = quiz
        self.options = options
        self.env = env
        self.sheet: Sheet = lay_out(quiz)
        self.voice = Voice(words(quiz.language), quiz.language)
        self.shells = Shells(options.templates)

    def exam(self) -> str:
        """The exam paper."""
        writers: dict[int, ExamWriter] = {}

        def body(group: Group) -> str:
            writer = writers.get(id(group.bank))
            if writer is None:
                writer = writers[id(group.bank)] = ExamWriter(self._texts(group.bank), self.voice, group.bank.id)
            return writer.group(group)

        bodies = ["".join([body(group) for group in part.groups]) for part in self.sheet.parts]
        page = self._page("exam", bodies)
        page["instructions"] = self._block(self.quiz.instructions)
        return self._fill("exam", page)

    def key(self) -> str:
        """The answer key."""
        writers: dict[int, KeyWriter] = {}
        beliefs, rows = Beliefs(), list[str]()

        def body(group: Group) -> str:
            writer = writers.get(id(group.bank))
            if writer is None:
                writer = KeyWriter(self._texts(group.bank), self.voice, group.bank, beliefs=beliefs, rows=rows)
                writers[id(group.bank)] = writer
            return writer.group(group)

        bodies = ["".join([body(group) for group in part.groups]) for part in self.sheet.parts]
        page = self._page("key", bodies)
        page["glance"] = safe("".join(rows))
        page["misconceptions"] = safe(beliefs.chapter())
        page["about"] = safe("".join(_about(Writer(self._texts(b), self.voice, b.id), b) for b in self.quiz.banks))
        return self._fill("key", page)

    def _texts(self, bank: Bank) -> Dialect:
        return self.env.markup(bank).dialect("html")

    def _block(self, text: str | None) -> str | None:
        if text is None:
            return None
        banks = self.quiz.banks
        markup = self.env.markup(banks[0]) if banks else Markup({})
        return safe(markup.dialect("html").block(text))

    def _page(self, kind: str, bodies: list[str]) -> dict[str, object]:
        quiz, own, sheet = self.quiz, self.voice.words, self.sheet
        name = own.say(f"{kind}.page_title", title=quiz.title)
        points = own.count("common.points", sheet.points)
        sections = [
            {"title": part.section.title, "instructions": self._block(part.section.instructions), "body": safe(body)}
            for part, body in zip(sheet.parts, bodies, strict=True)
        ]
        return {
            "language": quiz.language,
            "direction": direction(quiz.language),
            "mark": safe(self.voice.mark),
            "name": name,
            "title": quiz.title,
            "summary": f"{own.count('common.questions', sheet.count)} · {points}",
            "points": own.number(sheet.points),
            "sections": sections,
            "style": safe(self._style(name, coloured=any('class="highlight' in body for body in bodies))),
        }

    def _style(self, name: str, *, coloured: bool) -> str:
        options = self.options
        before, between, after = _page_words(self.voice.words["exam.page"])
        values = {
            "paper": options.paper,
            "columns": options.columns,
            "large_print": options.large_print,
            "direction": direction(self.quiz.language),
            "own_language": self.voice.words.language,
            "digits": len(str(self.sheet.count)),
            "running_title": safe(css_string(name)),
            "running_page": safe(f"{before} counter(page) {between} counter(pages) {after}"),
            "code": safe(highlight_css(dark=False)) if coloured else "",
        }
        return self.shells.render("style.css.jinja", {"page": values})

    def _fill(self, kind: str, page: Mapping[str, object]) -> str:
        return self.shells.render(f"{kind}.html.jinja", {"page": page, "words": self.voice.words.texts})


def _page_words(pattern: str) -> tuple[str, str, str]:
    before, _, rest = pattern.partition("{page}")
    between, _, after = rest.partition("{pages}")
    return css_string(before), css_string(between), css_string(after)


def _about(writer: Writer, bank: Bank) -> str:
    header = bank.header
    rows = "" if header.description is None else writer.note("key.description", writer.block(header.description))
    data = writer.fact("key.id", f"<code>{bank.id}</code>")
    if header.authors:
        data += writer.fact("key.authors", escape(", ".join(header.authors)))
    if header.license is not None:
        data += writer.fact("key.license", escape(header.license))
    return f'{rows}<dl class="facts">\n{data}</dl>\n'
