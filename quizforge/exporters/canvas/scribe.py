"""The scribe: writes the quizzes of an archive question by question, and gathers what is to be said about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from quizforge.exporters.base import Env
from quizforge.exporters.canvas.admission import OrderingAs, admit
from quizforge.exporters.canvas.bodies import body_of
from quizforge.exporters.canvas.files import QuizFile
from quizforge.exporters.canvas.item import Setting, item_xml, scenario_html, text_item
from quizforge.exporters.canvas.pen import Pen
from quizforge.exporters.canvas.profile import Profile
from quizforge.exporters.canvas.quizzes import Part
from quizforge.exporters.idents import ncname
from quizforge.exporters.lower import Refused
from quizforge.exporters.numbers import plain_number
from quizforge.exporters.words import words
from quizforge.formats.xml import xml_attribute
from quizforge.model.bank import Bank, Scenario
from quizforge.model.codes.fidelity import POINTS_DIFFER
from quizforge.model.diagnostic import Problem
from quizforge.model.media import Media
from quizforge.model.quiz import Item, Quiz, Section


class Entry(NamedTuple):
    """One question as it goes into the archive: where it comes from, its element, its worth."""

    item: Item
    xml: str
    points: Decimal


class Scribe:
    """Writes the quizzes of an archive.

    Args:
        quiz: What is written.
        env: The renderers.
        profile: The reader.
        ordering: What New Quizzes are given for an ordering in which single places count.
        fold_hints: Whether hints are told with the general feedback.

    Attributes:
        words: The exporter's own.
        written: The questions that are in the archive.
        left_out: Id and reason of each that is not.
        problems: Losses and refusals, each with its subject.
        images: That are shown, by name.
        unshuffled: How many questions have options in an order of their own.
    """

    def __init__(self, quiz: Quiz, env: Env, profile: Profile, *, ordering: OrderingAs, fold_hints: bool) -> None:
        self.words = words(quiz.language)
        self.written: list[Item] = []
        self.left_out: list[tuple[str, str]] = []
        self.problems: list[Problem] = []
        self.images: dict[str, Media] = {}
        self.unshuffled = 0
        self._quiz = quiz
        self._env = env
        self._profile = profile
        self._ordering = ordering
        self._fold_hints = fold_hints
        self._pens: dict[int, Pen] = {}

    def quiz_file(self, part: Part) -> QuizFile | None:
        """One quiz, or None where none of its questions can be written."""
        written, unshuffled = len(self.written), self.unshuffled
        content: list[str] = []
        points = Decimal(0)
        for number, section in enumerate(part.sections, 1):
            ident = ncname(part.ident, "section", section.id or str(number))
            xml, worth = self._section(section, ident, part.title)
            content += xml
            points += worth
        if len(self.written) == written:
            return None
        instructions, banks = self._quiz.instructions, self._quiz.banks
        return QuizFile(
            ident=part.ident,
            title=part.title,
            instructions="" if instructions is None or not banks else self._text(banks[0], instructions),
            content=content,
            questions=len(self.written) - written,
            points=points,
            minutes=self._quiz.minutes,
            shuffle=self.unshuffled == unshuffled and not self._profile.locks,
        )

    def _section(self, section: Section, ident: str, quiz: str) -> tuple[list[str], Decimal]:
        """The elements of a section, and what can be earned in it."""
        if section.draw is not None:
            entries = [entry for item in section.items if (entry := self._drawn(item)) is not None]
            return self._group(section, ident, quiz, entries) if entries else ([], Decimal(0))
        xml: list[str] = []
        points = Decimal(0)
        current: str | None = None
        for item in section.items:
            scenario = item.scenario
            stimulus = None if scenario is None else ncname(item.bank.id, scenario.id, "scenario")
            entry = self._write(item, Setting(stimulus=stimulus, fold_hints=self._fold_hints))
            if entry is None:
                continue
            if scenario is not None and stimulus is not None and stimulus != current:
                xml.append(self._stimulus(scenario, item.bank, stimulus))
            current = stimulus
            xml.append(entry.xml)
            points += entry.points
        return [*self._heading(section, ident), *xml] if xml else [], points

    def _drawn(self, item: Item) -> Entry | None:
        """A question of a group, which cannot hold a text of its own: its case stands above its stem."""
        return self._write(item, Setting(case=item.scenario, fold_hints=self._fold_hints))

    def _heading(self, section: Section, ident: str) -> list[str]:
        if section.title is None and section.instructions is None:
            return []
        bank = section.items[0].bank
        html = "" if section.instructions is None else self._text(bank, section.instructions)
        html = html if section.title is None else self._pen(bank).labelled(section.title, html)
        return [text_item(ident, section.title or "", html)]

    def _stimulus(self, scenario: Scenario, bank: Bank, ident: str) -> str:
        """The text of a case. New Quizzes show the title of the item; classic shows its text only."""
        pen = self._pen(bank)
        pen.begin()
        html = scenario_html(scenario, pen, titled=not self._profile.locks)
        self.images.update(pen.images)
        return text_item(ident, scenario.title or self.words["exam.case"], html)

    def _group(self, section: Section, ident: str, quiz: str, entries: Sequence[Entry]) -> tuple[list[str], Decimal]:
        """A section to draw from; all its questions have the points of the one that has the fewest."""
        points = min(entry.points for entry in entries)
        message = f"Canvas gives {plain_number(points)} points to each question of a group to draw from"
        for entry in entries:
            if entry.points != points:
                problem = Problem(POINTS_DIFFER, message, hint="give the questions of a section equal points")
                self._say(entry.item, problem)
        draw = min(section.draw or 0, len(entries))
        title = xml_attribute(section.title or section.id or quiz)
        head = (
            f'<section ident="{ident}" title="{title}">\n<selection_ordering><selection>'
            f"<selection_number>{draw}</selection_number><selection_extension><points_per_item>{plain_number(points)}"
            "</points_per_item></selection_extension></selection></selection_ordering>\n"
        )
        return [head, *(entry.xml for entry in entries), "</section>\n"], points * draw

    def _write(self, item: Item, setting: Setting) -> Entry | None:
        """One question, or None where Canvas cannot hold it."""
        question = item.question
        pen = self._pen(item.bank)
        pen.begin()
        admitted = admit(question, pen, ordering=self._ordering)
        if isinstance(admitted, Refused):
            self.problems.append(admitted.problem)
            self.left_out.append((question.id, admitted.problem.message.removeprefix("left out: ")))
            return None
        if admitted is not None:
            self.problems += admitted.problems
            question = admitted.question
        pen.begin()
        body = body_of(question, pen)
        xml = item_xml(question, body, setting, pen)
        for problem in pen.problems:
            self._say(item, problem)
        self.images.update(pen.images)
        self.written.append(item)
        self.unshuffled += body.fixed
        return Entry(item, xml, question.max_points if question.graded else Decimal(0))

    def _text(self, bank: Bank, source: str) -> str:
        pen = self._pen(bank)
        pen.begin()
        html = pen.block(source)
        self.images.update(pen.images)
        return html

    def _say(self, item: Item, problem: Problem) -> None:
        self.problems.append(replace(problem, subject=("questions", item.question.id)))

    def _pen(self, bank: Bank) -> Pen:
        pen = self._pens.get(id(bank))
        if pen is None:
            pen = self._pens[id(bank)] = Pen(bank, self._env.markup(bank), self.words, self._profile)
        return pen
