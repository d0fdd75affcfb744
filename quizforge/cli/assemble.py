"""``quizforge assemble``: parallel forms from a quiz file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from quizforge.cli.class_list import class_list_options, open_roll, write_papers
from quizforge.cli.common import plural, show
from quizforge.cli.export_options import check_options, format_options, options_for
from quizforge.cli.written import Written, fails, line_of, now, say

if TYPE_CHECKING:
    from quizforge.assembly.assemble import Assembly
    from quizforge.assembly.ledger import Ledger
    from quizforge.cli.files import Writing
    from quizforge.exporters.base import Env, ExportFile
    from quizforge.loading.quizzes import LoadedQuizzes, QuizSource
    from quizforge.model.diagnostic import Diagnostic
    from quizforge.model.quiz import Quiz

DEFAULT_FORMATS = ("html", "moodle-xml")
PAPERS = ("html", "bubble-sheet")
"""What each student of a class list gets."""


@click.command()
@click.argument("quiz", type=click.Path())
@click.option("-f", "--format", "names", multiple=True, metavar="FORMAT", help="A format; repeat it for several.")
@click.option("-o", "--output", default="exams", show_default=True, type=click.Path(file_okay=False), help="Folder.")
@click.option("--forms", metavar="N", type=click.IntRange(1, 26), help="How many forms, instead of what the quiz says.")
@click.option("--seed", type=click.IntRange(0, 2**63), help="Other forms than with the seed of the quiz.")
@click.option(
    "--solver",
    type=click.Choice(["search", "highs"]),
    default="search",
    show_default=True,
    help="highs proves what it finds (extra 'solver').",
)
@click.option("--ledger", type=click.Path(dir_okay=False), help="What earlier exams used; written anew.")
@click.option("--renew", is_flag=True, help="Assemble anew what the ledger says was assembled before.")
@click.option("--pools", is_flag=True, help="Instead of forms, a pool of questions for each cell to draw from.")
@click.option("--exam-pool", is_flag=True, help="Decks hold questions of the exam pool too.")
@click.option("--strict", is_flag=True, help="Fail and write nothing where a target loses something.")
@click.option("-v", "--verbose", is_flag=True, help="Name every question that loses a field.")
@class_list_options
@format_options
def command(  # one for each option
    quiz: str,
    names: tuple[str, ...],
    output: str,
    forms: int | None,
    seed: int | None,
    solver: Literal["search", "highs"],
    ledger: str | None,
    **chosen: Any,  # noqa: ANN401  # the flags and the options of formats
) -> int:
    """Assemble the forms of a quiz file and write them; without -f: html and moodle-xml.

    Questions are picked for every cell of the blueprint, so that the forms are alike in difficulty,
    points and time; each form shows questions and options in an order of its own. The same quiz
    file, banks and seed give the same forms. Beside them stand a report, and a map from form,
    position and option back to the questions. Nothing is written if anything is wrong.

    With a class list, each student gets an exam and a bubble sheet with name and number, in the
    form of the list or in the next one in turn. These papers go to a private folder, which git has
    to ignore; no name stands anywhere else.

    \b
    Examples:
        quizforge assemble banks/llm-alignment/quizzes/exam.yaml
        quizforge assemble quizzes/midterm.yaml --forms 2 --seed 7 -f html --ledger ledger.json
        quizforge assemble quizzes/midterm.yaml -f moodle-xml --pools
        quizforge assemble quizzes/midterm.yaml -f html --class-list private/class.csv --pdf
    """  # noqa: D301  # \b keeps click from reflowing
    from quizforge.api import Env, assemble
    from quizforge.cli.files import Writing

    formats = tuple(dict.fromkeys(names or DEFAULT_FORMATS))
    class_list = _class_list(chosen)
    check_options(formats if class_list is None else (*formats, *PAPERS), chosen)
    _check_pools(formats, wanted=chosen["pools"])
    loaded = _load(quiz)
    source = loaded.quizzes[0]
    book = ledger_path(source, ledger)
    known = read_ledger(book)
    codes = None if forms is None else form_codes(source, forms)
    roll = open_roll(class_list, chosen["private"], quiz=source.file.id, forms=codes or source.file.forms)
    made = assemble(source, forms=codes, seed=seed, solver=solver, ledger=known, renew=chosen["renew"])
    findings = loaded.kept(source.locate(problem) for problem in made.problems)
    if roll is not None:
        roll.show()
    if not made.ok or (roll is not None and not roll.read.ok):
        show([*loaded.diagnostics, *findings], loaded, to_stderr=True)
        click.echo("Nothing was written.", err=True)
        return 1
    folder = Path(output) / source.file.id
    replaced = _replaced(folder / f"{source.file.id}-map.json", made)
    with Writing() as writing:
        job = _Job(made, folder, chosen, Env(now=now()), writing)
        written = [one for name in formats for one in job.format(name)]
        if fails(written, loaded, strict=chosen["strict"]):
            return 1
        records = [] if chosen["pools"] else list(job.records())
        if book is not None and not chosen["pools"]:
            records.append(job.ledger(known, book, renewed=_day(source)))
        papers = [] if roll is None else list(write_papers(roll, made.forms, chosen, env=job.env, writing=writing))
        writing.finish()
    show(findings, loaded)
    _say_written(written, loaded, verbose=chosen["verbose"])
    _say_lines(f"{source.file.id} → report and map", records)
    _say_lines(f"{source.file.id} → papers with names", papers)
    if records:
        click.echo(_closing(made))
    if replaced and records:
        click.echo(f"Other forms stood here before: {replaced}.", err=True)
    return 0


@dataclass(frozen=True, slots=True)
class _Job:
    """What is the same for every file of one call."""

    made: Assembly
    folder: Path
    chosen: Mapping[str, Any]
    env: Env
    writing: Writing

    def format(self, name: str) -> Iterator[Written]:
        """Write all forms in one format; a deck to practise with, and pools to draw from, are one for all."""
        from quizforge.assembly.whole import deck_of, pools_of
        from quizforge.exporters import registry

        if registry.get(name).drill:
            quiz, kept_back = deck_of(self.made, exam_pool=self.chosen["exam_pool"])
            reason = "of the exam pool; --exam-pool writes them"
            left_out = {reason: kept_back} if kept_back else {}
            if any(True for _ in quiz.items):
                yield self._written(quiz, name, left_out)
            else:
                yield Written(quiz.id, name, (), (), ("no file: the quiz has no question to practise with",), left_out)
        elif self.chosen["pools"]:
            yield self._written(pools_of(self.made), name, {})
        else:
            for form in self.made.forms:
                yield self._written(form, name, {})

    def _written(self, quiz: Quiz, name: str, left_out: Mapping[str, int]) -> Written:
        from quizforge.api import export
        from quizforge.cli.pdf import files_of
        from quizforge.exporters import registry

        unit = "note" if registry.get(name).drill else "question"
        lock = self.made.source.path.with_suffix(".anki.lock.json")
        made = export(quiz, name, options=options_for(name, self.chosen, lock=lock), env=self.env)
        lines = tuple(
            self.write(lock if file.beside == "bank" else self.folder / file.name, file, unit=unit)
            for file in files_of(made, name, pdf=self.chosen["pdf"], folder=self.folder)
        )
        missing = Counter(reason for _, reason in made.left_out) + Counter(left_out)
        return Written(quiz.id, name, lines, self._located(quiz, made.problems), made.notes, missing)

    def _located(self, quiz: Quiz, problems: Sequence[Any]) -> tuple[Diagnostic, ...]:
        """An exporter speaks of ids; in a quiz of several banks the first bank that has one is meant."""
        maps = self.made.source.maps
        found = []
        for problem in problems:
            section, entry = problem.subject or ("", "")
            owners = [maps[bank.id] for bank in quiz.banks if maps[bank.id].has(section, entry)]
            found.append((owners or [maps[bank.id] for bank in self.made.source.shelf.banks])[0].locate(problem))
        return tuple(found)

    def write(self, path: Path, file: ExportFile, *, unit: str = "question") -> str:
        """Write one file under a temporary name; the line that is printed for it."""
        from quizforge.cli.files import unchanged

        if not unchanged(path, file.data):
            self.writing.add(path, file.data)
        return line_of(path, file, unit=unit)

    def records(self) -> Iterator[str]:
        """Write the report and the map."""
        from quizforge.assembly.records import record_files
        from quizforge.exporters.base import ExportFile

        for one in record_files(self.made):
            file = ExportFile(one.name, one.data, one.audience, one.description)
            yield self.write(self.folder / file.name, file)

    def ledger(self, known: Ledger, path: Path, *, renewed: str) -> str:
        """Write the ledger with this quiz in it."""
        from quizforge.exporters.base import ExportFile

        data = known.recorded(self.made.forms, quiz=self.made.source.file.id, date=renewed).dump()
        return self.write(path, ExportFile(path.name, data, "staff", "ledger: what exams used, and when"))


def _class_list(chosen: Mapping[str, Any]) -> str | None:
    from quizforge.errors import UsageError

    path: str | None = chosen["class_list"]
    if path is not None and chosen["pools"]:
        raise UsageError("pools have no papers for a class", hint="leave out --pools or --class-list")
    return path


def _check_pools(formats: Sequence[str], *, wanted: bool) -> None:
    """See that pools are written for those who can draw from them.

    Raises:
        UsageError: Another format than Moodle's is to be written with pools.
    """
    from quizforge.errors import UsageError

    others = [name for name in formats if name != "moodle-xml"]
    if wanted and others:
        message = f"'--pools' is for moodle-xml, and not for {', '.join(others)}"
        raise UsageError(message, hint="add -f moodle-xml")


def _say_written(written: Sequence[Written], loaded: LoadedQuizzes, *, verbose: bool) -> None:
    """Print what was written; what is to be done alike with all forms of a format is said once, after the last."""
    last = {(one.name, note): number for number, one in enumerate(written) for note in one.notes}
    for number, one in enumerate(written):
        notes = tuple(note for note in one.notes if last[one.name, note] == number)
        say(replace(one, notes=notes), loaded, verbose=verbose)


def _say_lines(heading: str, lines: Sequence[str]) -> None:
    if lines:
        click.echo(heading)
    for line in lines:
        click.echo(f"  {line}")


def _load(path: str) -> LoadedQuizzes:
    """The one quiz behind a path, free of errors; else findings are printed and the command ends."""
    from quizforge.errors import UsageError
    from quizforge.loading.quizzes import is_quiz, load_quizzes
    from quizforge.loading.report import summary

    file = Path(path)
    if not file.is_file():
        message = f"there is no file '{path}'"
        raise UsageError(message, hint="name a quiz file, such as banks/my-bank/quizzes/midterm.yaml")
    if not is_quiz(file):
        message = f"'{path}' is no quiz file"
        raise UsageError(message, hint="a quiz is a .yaml file that begins with 'quiz: 1'")
    loaded = load_quizzes([file])
    if not loaded.ok or not loaded.quizzes:
        show(loaded.diagnostics, loaded, to_stderr=True)
        click.echo(f"{summary(loaded.diagnostics)}. Nothing was written.", err=True)
        raise click.exceptions.Exit(1)
    return loaded


def form_codes(source: QuizSource, count: int) -> tuple[str, ...]:
    """The codes of so many forms: those of the quiz file as far as they go, then letters."""
    given = source.file.forms[:count]
    letters = (letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if letter not in map(str.upper, given))
    return (*given, *(letter for letter, _ in zip(letters, range(count - len(given)), strict=False)))


def ledger_path(source: QuizSource, given: str | None) -> Path | None:
    """Where the ledger is: as the command line says, else as the quiz file does; None without one."""
    if given is not None:
        return Path(given)
    return None if source.file.ledger is None else source.path.parent / source.file.ledger


def read_ledger(path: Path | None) -> Ledger:
    """A ledger that need not exist yet.

    Raises:
        UsageError: It is no ledger.
        EnvironmentFault: It cannot be read.
    """
    from quizforge.assembly.ledger import Ledger, parse_ledger
    from quizforge.errors import EnvironmentFault

    if path is None:
        return Ledger()
    try:
        return parse_ledger(path.read_bytes(), source=str(path))
    except FileNotFoundError:
        return Ledger()
    except OSError as error:
        message = f"'{path}' cannot be read: {error.strerror}"
        raise EnvironmentFault(message) from error


def _replaced(path: Path, made: Assembly) -> str:
    """How the forms that stand under these names differ from the new ones; empty where they are the same."""
    from quizforge.assembly.form_map import read_uses
    from quizforge.assembly.ledger import uses_of

    try:
        before = read_uses(path.read_bytes())
    except OSError:
        return ""
    now = uses_of(made.forms)
    if not before or before == now:
        return ""
    old = {use.key: use.revision for uses in before.values() for use in uses}
    new = {use.key: use.revision for uses in now.values() for use in uses}
    changed = sorted(name for _, name in (key for key in old.keys() & new.keys() if old[key] != new[key]))
    gone = len(old.keys() - new.keys())
    parts = [f"{plural(gone, 'question')} of theirs {'is' if gone == 1 else 'are'} not in these"] if gone else []
    parts += [f"changed since: {', '.join(changed)}"] if changed else []
    return "; ".join(parts) or "the same questions in another order"


def _day(source: QuizSource) -> str:
    return source.file.date or datetime.fromtimestamp(now(), tz=timezone.utc).strftime("%Y-%m-%d")


def _closing(made: Assembly) -> str:
    report = made.report
    assert report is not None  # noqa: S101  # there are forms
    *fewer, most = sorted({form.questions for form in report.forms})
    questions = "".join(f"{count}, " for count in fewer) + plural(most, "question")
    alike = f"; mean facilities within {report.mean_range:.4f}" if len(report.forms) > 1 else ""
    return f"{plural(len(report.forms), 'form')} of {questions}{alike}."
