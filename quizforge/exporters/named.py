"""Papers for named candidates: an exam and a bubble sheet each, and the maps of the sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from quizforge.exporters.base import Env, ExportFile
from quizforge.exporters.bubble_sheet import BubbleSheet, SheetOptions
from quizforge.exporters.html import HtmlOptions, PrintableHtml
from quizforge.model.candidate import Candidate
from quizforge.model.quiz import Quiz


@dataclass(frozen=True, slots=True)
class NamedPapers:
    """What is handed to one candidate.

    Attributes:
        exam: Of the candidate's form and layout.
        sheet: The same, with the number filled in.
    """

    exam: ExportFile
    sheet: ExportFile


class Stack:
    """The papers of a class, in the order of its list.

    Args:
        forms: The quiz of each form, by its code.
        candidates: Each with a form.
        exam: Options of the exams; layout and candidate are filled in.
        sheet: Options of the sheets; layout, candidate and the number of digits are filled in.
    """

    def __init__(
        self, forms: Mapping[str, Quiz], candidates: Sequence[Candidate], *, exam: HtmlOptions, sheet: SheetOptions
    ) -> None:
        self._forms = forms
        self._candidates = candidates
        self._exam = replace(exam, answer_sheet=True, guide=False)
        # One number of digits for all, so that the sheets of one form and layout have one map.
        self._sheet = replace(sheet, digits=max([sheet.digits, *(len(each.number) for each in candidates)]))

    def papers(self, env: Env) -> Iterator[NamedPapers]:
        """Exam and sheet of each candidate; the files are called by the place in the list, from 1."""
        width = len(str(len(self._candidates)))
        for place, candidate in enumerate(self._candidates, 1):
            quiz = self._quiz(candidate)
            (exam,) = PrintableHtml().render(quiz, self._exam_options(candidate), env).files
            sheet, _ = BubbleSheet().render(quiz, self._sheet_options(candidate, (candidate,)), env).files
            yield NamedPapers(
                replace(exam, name=f"{place:0{width}}-exam.html"), replace(sheet, name=f"{place:0{width}}-sheet.html")
            )

    def maps(self, env: Env) -> tuple[ExportFile, ...]:
        """The map of each form and layout that somebody has."""
        alike = {(candidate.form, candidate.layout): candidate for candidate in self._candidates}
        charts = []
        for candidate in alike.values():
            _, chart = BubbleSheet().render(self._quiz(candidate), self._sheet_options(candidate, ()), env).files
            charts.append(chart)
        return tuple(sorted(charts, key=lambda chart: chart.name))

    def roster(self) -> ExportFile:
        """Who got what, as CSV: also which form was dealt to whom."""
        head = ("place", "name", "id", "number", "form", "layout", "extra time")
        rows = [
            (str(place), one.name, one.id, one.number, one.form or "", one.layout, str(one.extra_time or ""))
            for place, one in enumerate(self._candidates, 1)
        ]
        text = "".join(f"{','.join(map(_quoted, row))}\r\n" for row in (head, *rows))
        return ExportFile("roster.csv", text.encode("utf-8-sig"), "staff", "who got what")

    def _quiz(self, candidate: Candidate) -> Quiz:
        if candidate.form is None:
            raise ValueError("a candidate without a form")
        return self._forms[candidate.form]

    def _exam_options(self, candidate: Candidate) -> HtmlOptions:
        large = candidate.layout == "large-print"
        return replace(self._exam, candidate=candidate, large_print=large, columns=1 if large else self._exam.columns)

    def _sheet_options(self, candidate: Candidate, whose: tuple[Candidate, ...]) -> SheetOptions:
        return replace(self._sheet, candidates=whose, large_print=candidate.layout == "large-print")


def _quoted(text: str) -> str:
    """A cell by RFC 4180."""
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ',;"\t') else text
