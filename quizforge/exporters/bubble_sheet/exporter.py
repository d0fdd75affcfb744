"""The exporter: a quiz becomes a bubble sheet for students and its map for the reader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from quizforge.errors import UsageError
from quizforge.exporters.base import ANY_TYPE, Env, Export, Exporter, ExportFile, Options
from quizforge.exporters.bubble_sheet.drawing import Drawing
from quizforge.exporters.bubble_sheet.layout import Layout
from quizforge.exporters.bubble_sheet.metrics import code_cells, fiducials
from quizforge.exporters.bubble_sheet.options import SheetOptions
from quizforge.exporters.bubble_sheet.rows import CHARACTERS, block_of, fits, numbers_of
from quizforge.exporters.numbering import lay_out
from quizforge.exporters.words import direction, words
from quizforge.formats.omr_map import MAX_PAGES, OmrMap
from quizforge.model.codes.paper import UNMARKABLE_NUMBER
from quizforge.model.diagnostic import Problem
from quizforge.model.question import QUESTION_TYPES
from quizforge.model.quiz import Quiz

_ADVICE = (
    "print the sheet at 100 % and on one side, together with the exam of the same export; keep {map} for the reader"
)
_TEXTS = frozenset(
    {"title", "stem", "scenario", "choices", "answers", "pairs", "distractors", "items", "blanks", "unit"}
    | {"points", "minutes", "difficulty", "bloom", "concepts", "objectives", "tags", "hints", "feedback"}
    | {"feedback_correct", "feedback_partial", "feedback_incorrect", "feedback_true", "feedback_false", "penalty"}
    | {"references", "source", "family", "enemies", "pool", "status", "formerly", "notes", "license", "authors"}
    | {"based_on", "ai", "misconception", "scoring", "answer", "tolerance", "case_sensitive"}
    | {"model_answer", "response_template", "rubric", "sample_answers", "lines", "min_words", "max_words"}
)


class BubbleSheet(Exporter[SheetOptions]):
    """A page of bubbles for each exam, for pens and scanners, and the map of the bubbles.

    It holds no text of a question: those are on the exam, whose numbers and letters it shares.
    """

    name: ClassVar[str] = "bubble-sheet"
    title: ClassVar[str] = "Bubble sheet and its map"
    suffix: ClassVar[str] = ".html"
    media_type: ClassVar[str] = "text/html"
    native: ClassVar[frozenset[str]] = frozenset(QUESTION_TYPES)
    drops: ClassVar[Mapping[str, frozenset[str]]] = {ANY_TYPE: _TEXTS}
    on_paper: ClassVar[bool] = True
    options: ClassVar[type[Options]] = SheetOptions

    def render(self, quiz: Quiz, options: SheetOptions, env: Env) -> Export:  # noqa: ARG002  # no text is rendered
        """Write the sheet and the map.

        Args:
            quiz: Its questions are numbered as on the exam.
            options: Paper, large print, digits, candidates.
            env: Not used.

        Returns:
            ``<id>-sheet.html`` and ``<id>-sheet.map.json``, or ``<id>-sheet-large-print`` with both endings. The map
            is for staff: it names questions, and its places in the bank tell the key of some.

        Raises:
            UsageError: The sheet would have more pages than its code can number.
        """
        own = words(quiz.language)
        seats = [seat for part in lay_out(quiz).parts for group in part.groups for seat in group.seats if seat.number]
        blocks = [block_of(seat, own, numbers=options.numbers) for seat in seats]
        layout = Layout(options, quiz.form, rtl=direction(quiz.language) == "rtl")
        pages = layout.pages(blocks)
        if len(pages) > MAX_PAGES:
            raise UsageError(
                f"the bubble sheet of '{quiz.id}' would have {len(pages)} pages; at most {MAX_PAGES} can be told apart",
                hint="choose fewer questions",
            )
        sheet = OmrMap(
            quiz=quiz.id,
            form=quiz.form,
            layout="large-print" if options.large_print else "standard",
            paper=options.paper,
            width=layout.width,
            height=layout.height,
            fiducials=fiducials(layout.width, layout.height),
            cells=code_cells(layout.width),
            questions=tuple(block.asked for block in blocks),
            pages=tuple(page.rows for page in pages),
        )
        # Both layouts of a form may lie in one folder, each with the map of its own.
        name = f"{quiz.id}-sheet-large-print" if options.large_print else f"{quiz.id}-sheet"
        drawn = Drawing(quiz, layout, sheet, own).document(pages, options.candidates)
        asked = len(tuple(quiz.items))
        html = ExportFile(f"{name}.html", drawn, "student-exam", "bubble sheet", asked)
        chart = ExportFile(f"{name}.map.json", sheet.write(), "staff", "map of the sheet", asked)
        problems = tuple(_unmarkable(quiz)) if options.numbers == "grid" else ()
        return Export((html, chart), problems, notes=(_ADVICE.format(map=chart.name),))


def _unmarkable(quiz: Quiz) -> Iterator[Problem]:
    for item in quiz.items:
        question = item.source
        for path, answers in numbers_of(question):
            if answers and not any(map(fits, answers)):
                yield Problem(
                    UNMARKABLE_NUMBER,
                    f"no accepted number can be marked in {CHARACTERS} columns",
                    path,
                    hint="widen the tolerance, choose another unit, or set -O bubble-sheet.numbers=written",
                    subject=("questions", question.id),
                )
