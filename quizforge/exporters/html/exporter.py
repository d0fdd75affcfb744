"""The exporter: a quiz becomes an exam paper, its answer key and a guide for those who mark."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import ClassVar

from quizforge.exporters.base import Env, Export, Exporter, ExportFile, Options
from quizforge.exporters.html.appendix import chapter
from quizforge.exporters.html.beliefs import Beliefs
from quizforge.exporters.html.desk import Desk
from quizforge.exporters.html.guide import is_written, marks
from quizforge.exporters.html.options import HtmlOptions
from quizforge.exporters.html.page import Shells, Slot, css_string, safe
from quizforge.exporters.html.papers import Pages, Papers
from quizforge.exporters.html.voice import Voice, escape
from quizforge.exporters.numbering import Part, Sheet, lay_out
from quizforge.exporters.words import direction, words
from quizforge.markup import Markup, highlight_css
from quizforge.model.bank import Bank
from quizforge.model.candidate import ExtraTime
from quizforge.model.question import QUESTION_TYPES
from quizforge.model.quiz import Quiz

_ADVICE = "print from a browser at 100 %, with its own headers and footers turned off"
_CODE = '<pre class="code"'
_UNLINKED = re.compile(r"</?a\b[^>]*>")


class PrintableHtml(Exporter[HtmlOptions]):
    """Two self-contained HTML files: no network, no script, good on paper and on a screen."""

    name: ClassVar[str] = "html"
    title: ClassVar[str] = "Printable exam and answer key"
    suffix: ClassVar[str] = ".html"
    media_type: ClassVar[str] = "text/html"
    native: ClassVar[frozenset[str]] = frozenset(QUESTION_TYPES)
    drops: ClassVar[Mapping[str, frozenset[str]]] = {}
    on_paper: ClassVar[bool] = True
    options: ClassVar[type[Options]] = HtmlOptions

    def render(self, quiz: Quiz, options: HtmlOptions, env: Env) -> Export:
        """Write the exam and the key.

        Args:
            quiz: Its questions are numbered in their order.
            options: Paper, columns, large print, templates.
            env: The renderers; the time is not used.

        Returns:
            ``<id>-exam.html`` and ``<id>-key.html``; also ``<id>-guide.html`` where it is asked for. Every field of a
            question stands in one of the first two. For a candidate, the exam alone.

        Raises:
            UsageError: A template of the user's is at fault.
        """
        job = _Job(quiz, options, env)
        asked = len(tuple(quiz.items))
        exam = ExportFile(f"{quiz.id}-exam.html", job.exam(), "student-exam", "printable exam", asked)
        if options.candidate is not None:
            return Export((exam,), notes=(_ADVICE,))
        key = ExportFile(f"{quiz.id}-key.html", job.key(), "staff", "answer key", asked)
        files = [exam, key]
        if options.guide:
            files.append(ExportFile(f"{quiz.id}-guide.html", job.guide(), "staff", "marker's guide", asked))
        return Export(tuple(files), notes=(f"{_ADVICE}; {key.name} is for staff only",))


class _Job:
    """The two files of one quiz."""

    def __init__(self, quiz: Quiz, options: HtmlOptions, env: Env) -> None:
        self.quiz = quiz
        self.options = options
        self.env = env
        self.voice = Voice(words(quiz.language), quiz.language)
        self.shells = Shells(options.templates)
        self.sheet: Sheet = lay_out(quiz)
        self._beliefs = Beliefs()
        self._desks: dict[int, Desk] = {}
        self._parts = [self._write(part) for part in self.sheet.parts]

    def exam(self) -> bytes:
        """The exam paper; its pieces are let go, so that paper and key are never in memory twice."""
        bodies = [Slot(pages.exam) for pages in self._parts]
        values = {**self._values("exam", bodies), "instructions": self._block(self.quiz.instructions)}
        paper = self._fill("exam.html.jinja", values, bodies)
        for pages in self._parts:
            pages.exam.clear()
        return paper

    def key(self) -> bytes:
        """The answer key."""
        bodies = [Slot(pages.key) for pages in self._parts]
        glance = Slot([row for pages in self._parts for row in pages.glance])
        beliefs = Slot([self._belief(*belief) for belief in self._beliefs.met])
        about = safe("".join([self._about(bank) for bank in self.quiz.banks]))
        values = {**self._values("key", bodies), "glance": glance, "misconceptions": beliefs, "about": about}
        return self._fill("key.html.jinja", values, [*bodies, glance, beliefs])

    def guide(self) -> bytes:
        """The marker's guide: all answers in short, open questions in full, and room for marks."""
        glance = Slot([_UNLINKED.sub("", row) for pages in self._parts for row in pages.glance])
        bodies = [Slot(pages.guide or []) for pages in self._parts]
        seats = [seat for part in self.sheet.parts for group in part.groups for seat in group.seats if seat.number]
        by_hand = [seat for seat in seats if is_written(seat.item.question) or not self.options.answer_sheet]
        table = safe(marks(self.voice, by_hand))
        values = {**self._values("guide", bodies), "glance": glance, "marks": table, "open": any(map(bool, bodies))}
        return self._fill("guide.html.jinja", values, [glance, *bodies])

    def _fill(self, name: str, values: Mapping[str, object], slots: list[Slot]) -> bytes:
        return self.shells.page(name, {"page": values, "words": self.voice.words.texts}, slots)

    def _write(self, part: Part) -> Pages:
        pages = Pages([], [], [], [] if self.options.guide else None)
        for group in part.groups:
            Papers(self._desk(group.bank)).group(group, pages)
        return pages

    def _desk(self, bank: Bank) -> Desk:
        desk = self._desks.get(id(bank))
        if desk is None:
            texts = self.env.markup(bank).dialect("html")
            desk = self._desks[id(bank)] = Desk(texts, self.voice, bank, beliefs=self._beliefs)
        return desk

    def _belief(self, number: int, bank: Bank, name: str) -> str:
        return chapter(self._desk(bank), number, bank.misconception_by_id[name])

    def _about(self, bank: Bank) -> str:
        header, voice = bank.header, self.voice
        data = voice.fact("key.id", f"<code>{bank.id}</code>")
        if header.authors:
            data += voice.fact("key.authors", escape(", ".join(header.authors)))
        if header.license is not None:
            data += voice.fact("key.license", escape(header.license))
        text = header.description
        note = "" if text is None else voice.note("key.description", self._desk(bank).block(text))
        return f'{note}<dl class="facts">\n{data}</dl>\n'

    def _block(self, text: str | None) -> str | None:
        if text is None:
            return None
        banks = self.quiz.banks
        return safe((self._desk(banks[0]).texts if banks else Markup({}).dialect("html")).block(text))

    def _values(self, kind: str, bodies: list[Slot]) -> dict[str, object]:
        quiz, own, sheet = self.quiz, self.voice.words, self.sheet
        name = own.say(f"{kind}.page_title", title=quiz.title)
        if quiz.form is not None:
            name = f"{own.say('common.form', form=quiz.form)} · {name}"
        sections = [
            {"title": part.section.title, "instructions": self._block(part.section.instructions), "body": body}
            for part, body in zip(sheet.parts, bodies, strict=True)
        ]
        code = any(_CODE in piece for body in bodies for piece in body.pieces)
        return {
            "language": quiz.language,
            "direction": direction(quiz.language),
            "mark": safe(self.voice.mark),
            "name": name,
            "title": quiz.title,
            "form": "" if quiz.form is None else own.say("common.form", form=quiz.form),
            "candidate": self.options.candidate,
            "answer_sheet": self.options.answer_sheet,
            "summary": " · ".join(self._summary()),
            "points": own.number(sheet.points),
            "sections": sections,
            "style": safe(self._style(name, code=code)),
        }

    def _summary(self) -> Iterator[str]:
        own, sheet, minutes = self.voice.words, self.sheet, self.quiz.minutes
        yield own.count("common.questions", sheet.count)
        yield own.count("common.points", sheet.points)
        if minutes is not None:
            yield own.say("common.minutes", n=own.number(minutes))
        grading = self.quiz.grading
        if grading.passing is not None:
            yield own.say("common.passing", n=own.number(grading.passing))
        for grade, share in grading.grades:
            yield own.say("common.grade", grade=grade, n=own.number(share))
        candidate = self.options.candidate
        if candidate is not None and candidate.extra_time is not None:
            yield self._extra_time(candidate.extra_time)

    def _extra_time(self, extra: ExtraTime) -> str:
        own, minutes = self.voice.words, self.quiz.minutes
        if minutes is not None:
            more = extra.minutes(minutes)
            total = own.say("common.minutes", n=own.number(minutes + more))
            return own.say("exam.extra_time_total", extra=own.say("common.minutes", n=own.number(more)), total=total)
        key = "common.percent" if extra.percent else "common.minutes"
        return own.say("exam.extra_time", extra=own.say(key, n=own.number(extra.amount)))

    def _style(self, name: str, *, code: bool) -> str:
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
            "code": safe(highlight_css(dark=False)) if code else "",
        }
        return self.shells.render("style.css.jinja", {"page": values})


def _page_words(pattern: str) -> tuple[str, str, str]:
    before, _, rest = pattern.partition("{page}")
    between, _, after = rest.partition("{pages}")
    return css_string(before), css_string(between), css_string(after)
