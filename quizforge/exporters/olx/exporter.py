"""The Open edX exporter: a course whose pages are the questions of a quiz."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from types import MappingProxyType
from typing import ClassVar

from quizforge.exporters.base import ANY_TYPE, Env, Export, Exporter, ExportFile, ModeOptions, Options, dropped_fields
from quizforge.exporters.idents import ncname
from quizforge.exporters.lower import Refused
from quizforge.exporters.numbers import plain_number
from quizforge.exporters.olx.admission import NATIVE, admit
from quizforge.exporters.olx.course import Component, Course, Part, Unit, files, title
from quizforge.exporters.olx.pen import Pen
from quizforge.exporters.olx.problem import body_of, demand_hints, solution
from quizforge.exporters.package import write_tar_gz
from quizforge.exporters.words import Words, words
from quizforge.markup import plain
from quizforge.model.bank import Bank, Scenario
from quizforge.model.codes.fidelity import UNWRITABLE
from quizforge.model.diagnostic import Problem
from quizforge.model.question import Question
from quizforge.model.quiz import Item, Quiz

_COMBINED = frozenset({"feedback_correct", "feedback_partial", "feedback_incorrect"})
_NAME_LIMIT = 80
_BLANK = re.compile(r"\[\[[a-z][a-z0-9_]*\]\]")
_IMPORT = (
    "Open edX: Studio > Tools > Import takes the file; it replaces all that the course holds, "
    "so import into an empty course and copy the unit from there"
)
_HIDDEN = "the section is visible to staff only, with one attempt and no results shown: publish it when the exam begins"


class Olx(Exporter[ModeOptions]):
    """A course for Open edX Studio."""

    name: ClassVar[str] = "olx"
    title: ClassVar[str] = "Open edX course (OLX)"
    suffix: ClassVar[str] = ".tar.gz"
    media_type: ClassVar[str] = "application/gzip"
    native: ClassVar[frozenset[str]] = NATIVE
    drops: ClassVar[Mapping[str, frozenset[str]]] = MappingProxyType(
        {
            ANY_TYPE: _COMBINED
            | {"ai", "authors", "based_on", "bloom", "concepts", "difficulty", "enemies", "family", "formerly"}
            | {"license", "minutes", "notes", "objectives", "penalty", "pool", "source", "status", "tags"},
            "information": frozenset({"feedback", "hints", "points", "references"}),
        }
    )
    options: ClassVar[type[Options]] = ModeOptions

    def render(self, quiz: Quiz, options: ModeOptions, env: Env) -> Export:
        """Write a quiz as a course with one chapter.

        Args:
            quiz: Each of its sections becomes a subsection, each question or case a unit.
            options: ``exam``: visible to staff only, one attempt, no results; ``practice``: tries without end.
            env: The renderers.

        Returns:
            One archive; none where nothing can be written, or where something would be lost in silence.
        """
        scribe = _Scribe(quiz, options, env)
        parts = tuple(part for part in scribe.parts() if part.units)
        problems = (*scribe.problems, *dropped_fields(scribe.written, self.drops))
        left_out = tuple(scribe.left_out)
        if not parts or any((problem.severity or problem.code.severity) == "error" for problem in problems):
            return Export((), problems, left_out=left_out)
        media = {name: image for pen in scribe.pens.values() for name, image in pen.media.items()}
        course = Course(ncname(quiz.id, prefix="q"), title(quiz.title), options.mode, parts, media)
        data = write_tar_gz(files(course))
        asked = len(scribe.written)
        file = ExportFile(f"{quiz.id}.tar.gz", data, "staff", "Open edX course", questions=asked)
        return Export((file,), problems, (_IMPORT, *((_HIDDEN,) if options.mode == "exam" else ())), left_out)


class _Scribe:
    """Writes the units of a quiz, and gathers what is to be said about its questions."""

    def __init__(self, quiz: Quiz, options: ModeOptions, env: Env) -> None:
        self.problems: list[Problem] = []
        self.left_out: list[tuple[str, str]] = []
        self.written: list[Item] = []
        self.pens: dict[int, Pen] = {}
        self._quiz = quiz
        self._env = env
        self._words: Words = words(quiz.language)
        exam = {"max_attempts": "1", "showanswer": "never", "show_reset_button": "false"}
        practice = {"showanswer": "answered"}
        self._exam = options.mode == "exam"
        self._settings = {**(exam if self._exam else practice), "rerandomize": "never"}

    def parts(self) -> Iterator[Part]:
        """The sections of the quiz."""
        for number, section in enumerate(self._quiz.sections):
            name = ncname(self._quiz.id, "section", str(number), prefix="s")
            yield Part(name, title(section.title or self._quiz.title), tuple(self._units(section.items)))

    def _units(self, items: tuple[Item, ...]) -> Iterator[Unit]:
        for (_, case, _), group in groupby(items, key=_page):
            members = list(group)
            components = [found for item in members if (found := self._component(item)) is not None]
            if not components:
                continue
            bank, first = members[0].bank, components[0]
            if case is None:
                yield Unit(ncname(bank.id, members[0].question.id, prefix="v"), first.title, (first,))
            else:
                scenario = bank.scenario_by_id[case]
                shown = self._case(scenario, bank)
                yield Unit(ncname(bank.id, "case", case, prefix="v"), shown.title, (shown, *components))

    def _case(self, scenario: Scenario, bank: Bank) -> Component:
        text = self._pen(bank).block(scenario.text)
        heading = title(scenario.title or self._words["exam.case"])
        return Component("html", ncname(bank.id, "case", scenario.id, prefix="h"), heading, text, {})

    def _component(self, item: Item) -> Component | None:
        pen, given = self._pen(item.bank), item.question
        subject = ("questions", given.id)
        admitted = admit(given, bank=item.bank.id, words=self._words)
        if isinstance(admitted, Refused):
            self.problems.append(admitted.problem)
            self.left_out.append((given.id, admitted.problem.message.removeprefix("left out: ")))
            return None
        self.problems += admitted.problems
        self.written.append(item)
        found = self._problem(item, admitted.question, pen)
        self.problems += [replace(problem, subject=subject) for problem in pen.problems]
        pen.problems.clear()
        return found

    def _problem(self, item: Item, question: Question, pen: Pen) -> Component:
        name = ncname(item.bank.id, question.id, prefix="p")
        heading = _heading(item.question)
        body = body_of(question, pen)
        if body is None:
            return Component("html", name, heading, pen.block(question.stem), {})
        if not plain(question.stem):
            pen.report(UNWRITABLE, "nothing is shown of this stem", ("stem",))
        told = solution(question, body, pen, hints=self._exam)
        offered = "" if self._exam else demand_hints(question, pen)
        content = f"{body.text}\n{body.responses}{told}{offered}"
        return Component(
            "problem", name, heading, content, {"weight": plain_number(question.max_points), **self._settings}
        )

    def _pen(self, bank: Bank) -> Pen:
        pen = self.pens.get(id(bank))
        if pen is None:
            pen = self.pens[id(bank)] = Pen(bank, self._env.markup(bank), self._words)
        return pen


def _heading(question: Question) -> str:
    """A question's title, else the beginning of its stem."""
    if question.title is not None:
        return title(question.title)
    text = " ".join(_BLANK.sub("____", plain(question.stem)).split())
    return text if len(text) <= _NAME_LIMIT else text[: _NAME_LIMIT - 1] + "…"


def _page(item: Item) -> tuple[int, str | None, str]:
    """Items with the same key stand on one page."""
    scenario = item.question.scenario
    return (id(item.bank), scenario, "" if scenario is not None else item.question.id)
