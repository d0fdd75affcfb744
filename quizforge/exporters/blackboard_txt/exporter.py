"""The Blackboard exporter: files of at most so many rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar, Final, Literal

from quizforge.exporters.base import (
    ANY_TYPE,
    Env,
    Export,
    Exporter,
    ExportFile,
    ModeOptions,
    Options,
    settings_to_choose,
)
from quizforge.exporters.blackboard_txt.rows import Fields, row_of
from quizforge.exporters.itemwise import COMBINED_FEEDBACK, FILING, Pen, Written, draw_notes, write_each
from quizforge.formats import blackboard_txt as bb
from quizforge.model.question import QUESTION_TYPES, Question
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.ordering import Ordering
from quizforge.model.quiz import Quiz

_NATIVE: Final = frozenset(QUESTION_TYPES) - {"information", "ordering"}
_CHOICE: Final = frozenset({"choices.feedback", "choices.id", "choices.misconception", "choices.pin"})
_TYPED: Final = frozenset({"answers.feedback", "answers.misconception"})


@dataclass(frozen=True, slots=True)
class BlackboardOptions(ModeOptions):
    """Options of the Blackboard exporter.

    Attributes:
        view: Of the course. ``ultra`` takes 250 rows a file and has no ordering questions; ``original`` takes 500.
    """

    view: Literal["ultra", "original"] = "ultra"


class BlackboardTxt(Exporter[BlackboardOptions]):
    """Blackboard's tab-separated text file, one question a row: plain text without feedback or points."""

    name: ClassVar[str] = "blackboard-txt"
    title: ClassVar[str] = "Blackboard text file"
    suffix: ClassVar[str] = ".blackboard.txt"
    media_type: ClassVar[str] = "text/tab-separated-values"
    native: ClassVar[frozenset[str]] = _NATIVE
    drops: ClassVar[Mapping[str, frozenset[str]]] = MappingProxyType(
        {
            ANY_TYPE: FILING
            | COMBINED_FEEDBACK
            | {"feedback", "hints", "penalty", "points", "references", "shuffle", "title"},
            "single_choice": _CHOICE,
            "multiple_answer": _CHOICE,
            "true_false": frozenset({"feedback_false", "feedback_true", "misconception"}),
            "short_answer": _TYPED,
            "numerical": _TYPED,
            "matching": frozenset({"distractors", "pairs.feedback", "pairs.misconception"}),
            "ordering": frozenset({"items.feedback", "items.misconception"}),
            "cloze": frozenset({f"blanks.{name}" for name in (*_CHOICE, *_TYPED, "feedback", "misconception")}),
            "essay": frozenset(
                {"lines", "max_words", "min_words", "response_template", "rubric", "sample_answers"},
            ),
        }
    )
    options: ClassVar[type[Options]] = BlackboardOptions

    def render(self, quiz: Quiz, options: BlackboardOptions, env: Env) -> Export:
        """Write a quiz as one file, or as several where it has more rows than Blackboard takes."""

        def native(question: Question) -> frozenset[str]:
            return _native(question, options.view)

        made = write_each(quiz, env, Pen, native=native, write=row_of, drops=self.drops)
        limit = bb.MAX_ROWS[options.view]
        parts = [made.written[start : start + limit] for start in range(0, len(made.written), limit)]
        files = tuple(
            ExportFile(
                f"{quiz.id}{'' if len(parts) == 1 else f'-{number}'}{self.suffix}",
                "".join(f"{bb.row(*one.form)}\n" for one in part).encode(),
                "staff",
                self.title,
                questions=len(part),
            )
            for number, part in enumerate(parts, 1)
        )
        return Export(files, made.problems, (*_notes(parts, options), *draw_notes(quiz)), made.left_out)


def _native(question: Question, view: Literal["ultra", "original"]) -> frozenset[str]:
    """The types that Blackboard has for a question."""
    if isinstance(question, Ordering) and view == "original":
        return _NATIVE | {"ordering"}
    if isinstance(question, (Matching, Ordering)) and question.scoring == "all_or_nothing":
        return _NATIVE - {"matching"}  # its pairs earn points one by one
    return _NATIVE


def _notes(parts: Sequence[Sequence[Written[Fields]]], options: BlackboardOptions) -> Iterator[str]:
    if not parts:
        return
    limit = bb.MAX_ROWS[options.view]
    if len(parts) > 1:
        yield f"in {len(parts)} files, since Blackboard takes {limit} questions a file; upload each"
    yield "the file holds no points: set default points in Blackboard before the upload, else questions may have none"
    if any(one.form[0] == "MA" for part in parts for one in part):
        yield "leave partial credit of Multiple Answer questions off in Blackboard: it would pay for ticking everything"
    if any(one.form[0] == "ORD" for part in parts for one in part):
        yield "ordering questions are taken by the Original course view only"
    yield settings_to_choose(options.mode)
