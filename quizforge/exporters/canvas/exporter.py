"""The Canvas exporters: one archive to import, for classic quizzes or for New Quizzes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar, Final, Generic, Literal, TypeVar

from quizforge.exporters.base import ANY_TYPE, Env, Export, Exporter, ExportFile, ModeOptions, Options, dropped_fields
from quizforge.exporters.canvas.admission import CLASSIC_TYPES, NEW_QUIZZES_TYPES, OrderingAs
from quizforge.exporters.canvas.files import QuizFile, package
from quizforge.exporters.canvas.profile import CLASSIC, NEW_QUIZZES, Profile
from quizforge.exporters.canvas.quizzes import parts_of
from quizforge.exporters.canvas.scribe import Scribe
from quizforge.model.quiz import Quiz

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


class _CanvasBase(Exporter[AnyCanvas], Generic[AnyCanvas]):
    """What both targets share: everything but what their readers make of ordering, partial credit and the like."""

    suffix: ClassVar[str] = ".zip"
    media_type: ClassVar[str] = "application/zip"
    drops: ClassVar[Mapping[str, frozenset[str]]] = _DROPS
    profile: ClassVar[Profile]
    advice: ClassVar[str]

    def render(self, quiz: Quiz, options: AnyCanvas, env: Env) -> Export:
        """Write a quiz as one archive to import; no file where no question can be written."""
        ordering: OrderingAs = options.ordering if isinstance(options, NewQuizzesOptions) else "matching"
        scribe = Scribe(quiz, env, self.profile, ordering=ordering, fold_hints=options.hints == "feedback")
        made = [scribe.quiz_file(part) for part in parts_of(quiz, options.split, scribe.words)]
        quizzes = [file for file in made if file is not None]
        drops = self.drops
        if options.hints == "feedback":
            drops = {kind: fields - {"hints"} for kind, fields in drops.items()}
        problems = [*scribe.problems, *dropped_fields(scribe.written, drops)]
        left_out = tuple(scribe.left_out)
        if not quizzes or any((problem.severity or problem.code.severity) == "error" for problem in problems):
            return Export((), tuple(problems), left_out=left_out)
        data = package(quizzes, scribe.images.values(), mode=options.mode)
        file = ExportFile(f"{quiz.id}-{self.name}.zip", data, "staff", self.title, questions=len(scribe.written))
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


def _notes(
    exporter: _CanvasBase[AnyCanvas], quizzes: Sequence[QuizFile], scribe: Scribe, options: CanvasOptions
) -> Iterator[str]:
    count = len(scribe.written)
    held = f"{count} question{'' if count == 1 else 's'}"
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
    if scribe.unshuffled and not exporter.profile.locks:
        yield (
            "Canvas shuffles the options of all questions of a quiz or of none, and some must keep their order "
            f"({scribe.unshuffled}), so that they stand as written in the file"
        )
