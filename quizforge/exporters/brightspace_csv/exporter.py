"""The Brightspace exporter: one CSV file for the Question Library."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar, Final

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
from quizforge.exporters.brightspace_csv.pen import BrightspacePen
from quizforge.exporters.brightspace_csv.rows import rows_of
from quizforge.exporters.itemwise import COMBINED_FEEDBACK, FILING, Written, draw_notes, write_each
from quizforge.formats import brightspace_csv as d2l
from quizforge.model.question import QUESTION_TYPES, Question
from quizforge.model.quiz import Quiz

_NATIVE: Final = frozenset(QUESTION_TYPES) - {"cloze", "information", "numerical"}
_CHOICE: Final = frozenset({"choices.id", "choices.pin"})
_TYPED: Final = frozenset({"answers.feedback", "answers.misconception"})


class BrightspaceCsv(Exporter[ModeOptions]):
    """Brightspace's CSV: questions with feedback, hints, points and partial credit, without images."""

    name: ClassVar[str] = "brightspace-csv"
    title: ClassVar[str] = "Brightspace CSV"
    suffix: ClassVar[str] = ".brightspace.csv"
    media_type: ClassVar[str] = "text/csv"
    native: ClassVar[frozenset[str]] = _NATIVE
    drops: ClassVar[Mapping[str, frozenset[str]]] = MappingProxyType(
        {
            ANY_TYPE: (FILING - {"difficulty"}) | COMBINED_FEEDBACK | {"penalty", "shuffle"},
            "single_choice": _CHOICE,
            "multiple_answer": _CHOICE,
            "short_answer": _TYPED,
            "numerical": _TYPED,
            "matching": frozenset({"distractors"}),
            "cloze": frozenset({f"blanks.{name}" for name in (*_CHOICE, *_TYPED)}),
            "essay": frozenset({"lines", "max_words", "min_words"}),
        }
    )
    options: ClassVar[type[Options]] = ModeOptions

    def render(self, quiz: Quiz, options: ModeOptions, env: Env) -> Export:
        """Write a quiz as one file; there is none where no question is left."""
        made = write_each(quiz, env, BrightspacePen, native=_native, write=rows_of, drops=self.drops)
        if not made.written:
            return Export((), made.problems, left_out=made.left_out)
        lines = (d2l.line(row) for one in made.written for row in one.form)
        # Where a reader keeps the mark at the start of the file, it lies in a comment, as in D2L's own sample.
        head = f"{d2l.BOM}{d2l.line((f'{d2l.COMMENT} Question Library > Import > Upload a File',))}"
        data = "".join((head, *lines)).encode()
        file = ExportFile(f"{quiz.id}{self.suffix}", data, "staff", self.title, questions=len(made.written))
        return Export((file,), made.problems, (*_notes(made.written, options), *draw_notes(quiz)), made.left_out)


def _native(_: Question) -> frozenset[str]:
    return _NATIVE


def _notes(written: Sequence[Written[tuple[d2l.Row, ...]]], options: ModeOptions) -> Iterator[str]:
    yield f"Brightspace: Question Library > Import > Upload a File; afterwards compare the number ({len(written)})"
    yield "do not save the file from a spreadsheet on the way: that changes numbers, formulas and signs"
    yield settings_to_choose(options.mode)
