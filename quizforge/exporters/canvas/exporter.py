"""The Canvas exporters: one archive to import, for classic quizzes or for New Quizzes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType
from typing import ClassVar, Final, Generic, Literal, NamedTuple, TypeVar

from quizforge.exporters.base import ANY_TYPE, Env, Export, Exporter, ExportFile, ModeOptions, Options, dropped_fields
from quizforge.exporters.canvas.admission import CLASSIC_TYPES, NEW_QUIZZES_TYPES, OrderingAs, admit
from quizforge.exporters.canvas.bodies import body_of
from quizforge.exporters.canvas.files import QuizFile, package
from quizforge.exporters.canvas.item import Setting, item_xml, scenario_html, text_item
from quizforge.exporters.canvas.pen import Pen
from quizforge.exporters.canvas.profile import CLASSIC, NEW_QUIZZES, Profile
from quizforge.exporters.canvas.quizzes import Part, parts_of
from quizforge.exporters.idents import ncname
from quizforge.exporters.lower import Refused
from quizforge.exporters.numbers import plain_number
from quizforge.exporters.words import words
from quizforge.formats.xml import xml_attribute
from quizforge.model.bank import Bank
from quizforge.model.codes.fidelity import POINTS_DIFFER
from quizforge.model.diagnostic import Problem
from quizforge.model.media import Media
from quizforge.model.quiz import Item, Quiz, Section

_COMBINED = frozenset({"feedback_correct", "feedback_partial", "feedback_incorrect"})
_UNUSED = frozenset(
    {"minutes", "difficulty", "bloom", "concepts", "objectives", "tags", "family", "enemies", "source", "formerly"}
    | {"notes", "license", "authors", "based_on", "ai", "penalty", "hints", "feedback_partial"}
)
_DROPS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        ANY_TYPE: _UNUSED,
        "essay": _COMBINED | {"lines"},
        "information": _COMBINED | {"feedback", "references", "points"},
    }
)


@dataclass(frozen=True, slots=True)
class CanvasOptions(ModeOptions):
    """Options of both Canvas exporters.

    Attributes:
        split: At most so many questions a quiz, the others in further quizzes of the same archive; 0 for no limit.
            Users report that 1,500 questions in one quiz hang Canvas.
        hints: Canvas has none: ``drop`` them, or tell them with the general ``feedback``.
    """

    split: int = 0
    hints: Literal["drop", "feedback"] = "drop"


@dataclass(frozen=True, slots=True)
class NewQuizzesOptions(CanvasOptions):
    """Options of the exporter for New Quizzes.

    Attributes:
        ordering: What becomes of an ordering in which single places count: a ``matching`` with numbers, which keeps
            the scores, or an ``ordering``, which earns all or nothing.
    """

    ordering: OrderingAs = "matching"


MANY: Final = 500
"""Questions of one quiz from which on parts are advised; users report that 1,500 hang Canvas (text2qti, issue 46)."""

AnyCanvas = TypeVar("AnyCanvas", bound=CanvasOptions)


class Written(NamedTuple):
    """One question as it goes into the archive.

    Attributes:
        xml: Its item.
        images: That it shows.
        points: Its worth.
        fixed: Whether its options must stand as they are written.
    """

    xml: str
    images: Mapping[str, Media]
    points: Decimal
    fixed: bool


class _CanvasBase(Exporter[AnyCanvas], Generic[AnyCanvas]):
    """What both targets share: everything but what their readers make of ordering, partial credit and the like."""

    suffix: ClassVar[str] = ".zip"
    media_type: ClassVar[str] = "application/zip"
    drops: ClassVar[Mapping[str, frozenset[str]]] = _DROPS
    profile: ClassVar[Profile]
    advice: ClassVar[str]

    def render(self, quiz: Quiz, options: AnyCanvas, env: Env) -> Export:
        """Write a quiz as one archive to import; no file where no question can be written."""
        scribe = _Scribe(quiz, options, env, self.profile)
        made = [scribe.quiz_file(part) for part in parts_of(quiz, options.split, scribe.words)]
        quizzes = [file for file in made if file is not None]
        drops = self.drops
        if options.hints == "feedback":
            drops = {kind: fields - {"hints"} for kind, fields in drops.items()}
        problems = [*scribe.problems, *dropped_fields(quiz.items, drops)]
        left_out = tuple(scribe.left_out)
        if not quizzes or any((problem.severity or problem.code.severity) == "error" for problem in problems):
            return Export((), tuple(problems), left_out=left_out)
        data = package(quizzes, scribe.images.values(), mode=options.mode)
        file = ExportFile(f"{quiz.id}-{self.name}.zip", data, "staff", self.title, questions=scribe.count)
        notes = tuple(_notes(self, quizzes, scribe, options))
        return Export((file,), tuple(problems), notes, left_out)


class Canvas(_CanvasBase[CanvasOptions]):
    """A QTI 1.2 archive that Canvas reads into a classic quiz."""

    name: ClassVar[str] = "canvas"
    title: ClassVar[str] = "Canvas, classic quizzes (QTI 1.2)"
    native: ClassVar[frozenset[str]] = CLASSIC_TYPES
    options: ClassVar[type[Options]] = CanvasOptions
    profile: ClassVar[Profile] = CLASSIC
    advice: ClassVar[str] = "without 'Import existing quizzes as New Quizzes'"


class CanvasNewQuizzes(_CanvasBase[NewQuizzesOptions]):
    """A QTI 1.2 archive that Canvas reads into a New Quiz."""

    name: ClassVar[str] = "canvas-newquizzes"
    title: ClassVar[str] = "Canvas, New Quizzes (QTI 1.2)"
    native: ClassVar[frozenset[str]] = NEW_QUIZZES_TYPES
    options: ClassVar[type[Options]] = NewQuizzesOptions
    profile: ClassVar[Profile] = NEW_QUIZZES
    advice: ClassVar[str] = "with 'Import existing quizzes as New Quizzes'"


class _Scribe:
    """Writes the quizzes of an archive one by one, and gathers what is to be said about them."""

    def __init__(self, quiz: Quiz, options: CanvasOptions, env: Env, profile: Profile) -> None:
        self.words = words(quiz.language)
        self.problems: list[Problem] = []
        self.left_out: list[tuple[str, str]] = []
        self.images: dict[str, Media] = {}
        self.count = 0
        self.unshuffled = 0
        self.locks = profile.locks
        self._quiz = quiz
        self._options = options
        self._ordering: OrderingAs = options.ordering if isinstance(options, NewQuizzesOptions) else "matching"
        self._env = env
        self._profile = profile
        self._pens: dict[int, Pen] = {}

    def quiz_file(self, part: Part) -> QuizFile | None:
        """One quiz, or None where none of its questions can be written."""
        before = self.count
        unshuffled = self.unshuffled
        content: list[str] = []
        points = Decimal(0)
        for section in part.sections:
            xml, worth = self._section(section, part)
            content += xml
            points += worth
        if self.count == before:
            return None
        return QuizFile(
            ident=part.ident,
            title=part.title,
            instructions=self._instructions(),
            content=content,
            questions=self.count - before,
            points=points,
            minutes=self._quiz.minutes,
            shuffle=self.unshuffled == unshuffled and not self._profile.locks,
        )

    def _instructions(self) -> str:
        source, banks = self._quiz.instructions, self._quiz.banks
        return "" if source is None or not banks else self._text(banks[0], source)

    def _text(self, bank: Bank, source: str) -> str:
        pen = self._pen(bank)
        pen.begin()
        html = pen.block(source)
        self.images.update(pen.images)
        return html

    def _section(self, section: Section, part: Part) -> tuple[list[str], Decimal]:
        """The elements of a section, and what can be earned in it."""
        written: list[tuple[Item, Written, str | None]] = []
        xml: list[str] = []
        drawn = section.draw is not None
        stimulus: tuple[str, str] | None = None
        for item in section.items:
            scenario = item.scenario
            group = None if scenario is None or drawn else (item.bank.id, scenario.id)
            ident = None if group is None else ncname(*group, "scenario")
            setting = Setting(
                stimulus=ident,
                case=scenario if drawn else None,
                fold_hints=self._options.hints == "feedback",
            )
            found = self._write(item, setting)
            if found is None:
                continue
            if group is not None and group != stimulus and ident is not None:
                xml.append(self._stimulus(item, ident))
                stimulus = group
            written.append((item, found, ident))
            xml.append(found.xml)
        if not written:
            return [], Decimal(0)
        if drawn:
            return self._group(section, part, written)
        return [*self._heading(section, part), *xml], sum((found.points for _, found, _ in written), Decimal(0))

    def _heading(self, section: Section, part: Part) -> Iterator[str]:
        if section.title is None and section.instructions is None:
            return
        bank = section.items[0].bank if section.items else self._quiz.banks[0]
        pen = self._pen(bank)
        html = "" if section.instructions is None else self._text(bank, section.instructions)
        html = html if section.title is None else pen.labelled(section.title, html)
        ident = ncname(part.ident, "section", section.id or section.title or "")
        yield text_item(ident, section.title or "", html)

    def _stimulus(self, item: Item, ident: str) -> str:
        scenario = item.scenario
        if scenario is None:
            return ""
        pen = self._pen(item.bank)
        pen.begin()
        # New Quizzes show the title of the item; classic shows its text only.
        html = scenario_html(scenario, pen, titled=not self._profile.locks)
        self.images.update(pen.images)
        return text_item(ident, scenario.title or "", html)

    def _group(
        self, section: Section, part: Part, written: Sequence[tuple[Item, Written, str | None]]
    ) -> tuple[list[str], Decimal]:
        """A section to draw from; all its questions have the points of the one that has the fewest."""
        points = min(found.points for _, found, _ in written)
        for item, found, _ in written:
            if found.points != points:
                message = f"Canvas gives {plain_number(points)} points to each question of a group to draw from"
                self._say(item, Problem(POINTS_DIFFER, message, hint="give the questions of a section equal points"))
        draw = min(section.draw or 0, len(written))
        title = xml_attribute(section.title or section.id or part.title)
        ident = ncname(part.ident, "section", section.id or section.title or "")
        head = (
            f'<section ident="{ident}" title="{title}">\n<selection_ordering><selection>'
            f"<selection_number>{draw}</selection_number><selection_extension><points_per_item>{plain_number(points)}"
            "</points_per_item></selection_extension></selection></selection_ordering>\n"
        )
        return [head, *(found.xml for _, found, _ in written), "</section>\n"], points * draw

    def _write(self, item: Item, setting: Setting) -> Written | None:
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
        self.count += 1
        self.unshuffled += body.fixed
        points = question.max_points if question.graded else Decimal(0)
        return Written(xml, pen.images, points, body.fixed)

    def _say(self, item: Item, problem: Problem) -> None:
        self.problems.append(replace(problem, subject=("questions", item.question.id)))

    def _pen(self, bank: Bank) -> Pen:
        pen = self._pens.get(id(bank))
        if pen is None:
            pen = self._pens[id(bank)] = Pen(bank, self._env.markup(bank), self.words, self._profile)
        return pen


def _notes(
    exporter: _CanvasBase[AnyCanvas], quizzes: Sequence[QuizFile], scribe: _Scribe, options: CanvasOptions
) -> Iterator[str]:
    held = f"{scribe.count} question{'' if scribe.count == 1 else 's'}"
    if len(quizzes) > 1:
        held = f"{len(quizzes)} quizzes with {held} in all"
    yield (
        f"Canvas: Settings > Import Course Content > QTI .zip file, {exporter.advice}; "
        f"afterwards look for {held}, not yet published"
    )
    if options.mode == "exam":
        yield "set for an exam: one attempt, results and right answers hidden"
    else:
        yield "set for practice: any number of attempts, feedback and right answers shown"
    largest = max(quiz.questions for quiz in quizzes)
    if largest > MANY:
        yield f"a quiz of {largest:,} questions may hang Canvas: -O {exporter.name}.split=200 parts it"
    fixed = sum(not quiz.shuffle for quiz in quizzes)
    if scribe.unshuffled and fixed and not scribe.locks:
        yield (
            "Canvas shuffles the options of all questions of a quiz or of none, and some must keep their order "
            f"({scribe.unshuffled}), so that they stand as written in the file"
        )
