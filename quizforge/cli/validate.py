"""``quizforge validate``: check banks."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizforge.cli.common import load_all, paths_argument, plural, show

if TYPE_CHECKING:
    from quizforge.assembly.ledger import Ledger
    from quizforge.loading.quizzes import LoadedQuizzes
    from quizforge.model.diagnostic import Diagnostic

_FORMATS = ("text", "json", "sarif", "github")


@click.command()
@paths_argument
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", help="How findings are written.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info"]),
    default="error",
    show_default=True,
    help="Exit with 1 when a finding is at least this severe.",
)
@click.option("-q", "--quiet", is_flag=True, help="Print findings only, no closing line.")
def command(paths: tuple[str, ...], form: str, fail_on: str, quiet: bool) -> int:  # noqa: FBT001  # click passes flags so
    """Check banks and quizzes: the YAML, every field, references, texts, formulas and images.

    A folder stands for the banks and the quiz files in it, a quiz file for itself and its banks; for
    a quiz it is also checked whether there are enough questions for every cell of it.

    All problems of all files are reported in one run, each with file, line, column and code;
    'quizforge explain CODE' tells more about one. What you have looked at is allowed in place by a
    comment with a reason; errors of the file and its structure (QF0xx, QF1xx) cannot be:

    \b
        choices:     # quizforge: allow[QF126] the class knows the scoring rule

    \b
    Examples:
        quizforge validate
        quizforge validate banks/llm-alignment --fail-on warning
        quizforge validate --format sarif > findings.sarif
    """  # noqa: D301  # \b keeps click from reflowing
    from quizforge.loading import report
    from quizforge.model.diagnostic import SEVERITY_ORDER

    loaded = load_all(paths)
    found = _checked(loaded)
    if form == "text":
        show(found, loaded)
        if not quiet:
            click.echo(_closing(loaded, report.summary(found) if found else ""))
    else:
        render = {"json": report.render_json, "sarif": report.render_sarif, "github": report.render_github}[form]
        click.echo(render(found), nl=False)
    limit = SEVERITY_ORDER[fail_on]  # type: ignore[index]  # click has checked the word
    return int(any(SEVERITY_ORDER[diagnostic.severity] <= limit for diagnostic in found))


def _checked(loaded: LoadedQuizzes) -> tuple[Diagnostic, ...]:
    """All findings; what assembles exams and writes formats is imported where there is a quiz."""
    if not loaded.quizzes:
        return loaded.diagnostics
    from quizforge.api import check_quizzes

    return check_quizzes(loaded, _ledgers(loaded))


def _ledgers(loaded: LoadedQuizzes) -> Mapping[Path, Ledger]:
    """The ledgers that the quizzes name, where one can be read."""
    named = [source for source in loaded.quizzes if source.file.ledger is not None] if loaded.ok else []
    if not named:
        return {}
    from quizforge.cli.assemble import ledger_path, read_ledger

    return {source.path: read_ledger(ledger_path(source, None)) for source in named}


def _closing(loaded: LoadedQuizzes, summary: str) -> str:
    banks, quizzes = loaded.banks.banks, loaded.quizzes
    questions = sum(len(bank.questions) for bank in banks)
    cards = sum(len(bank.flashcards) for bank in banks)
    concepts = sum(len(bank.concepts) for bank in banks)
    holds = f"{plural(questions, 'question')}, {plural(cards, 'flashcard')}, {plural(concepts, 'concept')}"
    exams = "" if not quizzes else " and 1 quiz" if len(quizzes) == 1 else f" and {len(quizzes)} quizzes"
    return f"Checked {plural(len(banks), 'bank')} with {holds}{exams}: {summary or 'no problems'}."
