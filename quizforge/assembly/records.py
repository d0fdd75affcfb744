"""The files that stand beside the forms: report and map."""

from __future__ import annotations

from typing import NamedTuple

from quizforge.assembly.assemble import Assembly
from quizforge.assembly.form_map import form_map
from quizforge.assembly.report_files import report_json, report_markdown
from quizforge.model.fields import Audience


class Record(NamedTuple):
    """A file for staff.

    Attributes:
        name: File name, without folders.
        data: Its bytes.
        description: What it is.
    """

    name: str
    data: bytes
    description: str
    audience: Audience = "staff"


def record_files(made: Assembly) -> tuple[Record, ...]:
    """Report and map of an assembly that has forms."""
    report, quiz = made.report, made.source.file.id
    if report is None:
        return ()
    return (
        Record(f"{quiz}-report.md", report_markdown(report), "report"),
        Record(f"{quiz}-report.json", report_json(report), "report for programs"),
        Record(
            f"{quiz}-map.json", form_map(quiz, made.forms, seed=report.seed), "map from form and position to question"
        ),
    )
