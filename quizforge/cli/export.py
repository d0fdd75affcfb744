"""``quizforge export``: write banks in one or several formats."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quizforge.cli.common import load, paths_argument, plural, selection, selection_options, show, stop_on_errors
from quizforge.cli.export_options import check_options, format_options, options_for

if TYPE_CHECKING:
    from quizforge.cli.files import Writing
    from quizforge.exporters.base import Env, ExportFile
    from quizforge.loading.bank import Loaded
    from quizforge.model.bank import Bank
    from quizforge.model.diagnostic import Diagnostic
    from quizforge.model.quiz import Selection


@dataclass(frozen=True, slots=True)
class Written:
    """One bank in one format, under temporary names; the bytes are gone from memory.

    Attributes:
        bank: The bank's id.
        name: The format.
        files: A line for each file.
        findings: The exporter's problems with their places.
        notes: What to tell the person who exports.
        left_out: How many questions are in no file, by reason.
    """

    bank: str
    name: str
    files: tuple[str, ...]
    findings: tuple[Diagnostic, ...]
    notes: tuple[str, ...]
    left_out: Mapping[str, int]


@click.command()
@paths_argument
@click.option("-f", "--format", "names", multiple=True, metavar="FORMAT", help="A format; repeat it for several.")
@click.option("-o", "--output", default="exports", show_default=True, type=click.Path(file_okay=False), help="Folder.")
@click.option("--strict", is_flag=True, help="Fail and write nothing where a target loses something.")
@click.option("--include-drafts", is_flag=True, help="Write drafts too; they are marked.")
@click.option("-v", "--verbose", is_flag=True, help="Name every question that loses a field.")
@selection_options
@format_options
def command(
    paths: tuple[str, ...],
    names: tuple[str, ...],
    output: str,
    strict: bool,  # noqa: FBT001  # click passes flags so
    include_drafts: bool,  # noqa: FBT001  # click passes flags so
    verbose: bool,  # noqa: FBT001  # click passes flags so
    **chosen: Any,  # noqa: ANN401  # the options of selection and formats
) -> int:
    """Validate banks and write them; without -f: moodle-xml, anki and html.

    Nothing is written if a bank has an error. Each bank gets a folder of its own below the output
    folder. What a target cannot hold is said after each file. Anki decks hold the practice pool
    unless --pool says otherwise, and remember when each note last changed in anki.lock.json beside
    the bank: commit that file.

    \b
    Examples:
        quizforge export
        quizforge export banks/llm-alignment -f html --pool exam --columns 2
        quizforge export -f anki --cards both --essays
        quizforge export -f moodle-xml --since exports/llm-alignment/llm-alignment.manifest.json
    """  # noqa: D301  # \b keeps click from reflowing
    from quizforge.api import Env
    from quizforge.cli.files import Writing
    from quizforge.errors import UsageError
    from quizforge.exporters.registry import DEFAULT_FORMATS
    from quizforge.loading.report import summary

    loaded = load(paths)
    stop_on_errors(loaded, undone="written")
    wanted = _selection(chosen, include_drafts=include_drafts)
    formats = tuple(dict.fromkeys(names or DEFAULT_FORMATS))
    check_options(formats, chosen)
    work = [(bank, name) for bank in loaded.banks for name in formats if _has_entries(bank, name, wanted)]
    if not work:
        message = "no question is chosen, so there is nothing to write"
        raise UsageError(message, hint="'quizforge list' shows what there is")
    with Writing() as writing:
        job = _Job(loaded, wanted, chosen, Path(output), Env(now=_now()), writing)
        with _progress(len(work)) as step:
            made = [step(job.write(bank, name)) for bank, name in work]
        if _fails(made, loaded, strict=strict):
            return 1
        writing.finish()
    for one in made:
        _say(one, loaded, verbose=verbose)
    if loaded.diagnostics:
        click.echo(f"{summary(loaded.diagnostics)}: see 'quizforge validate'.", err=True)
    return 0


def _has_entries(bank: Bank, name: str, wanted: Selection) -> bool:
    """Whether a format would write anything of what is chosen; concepts and flashcards are for drill targets only."""
    from quizforge.api import quiz_for
    from quizforge.exporters import registry

    quiz = quiz_for(bank, name, wanted)
    return any(True for _ in quiz.items) or (registry.get(name).drill and bool(quiz.flashcards or quiz.concepts))


@dataclass(frozen=True, slots=True)
class _Job:
    """What is the same for every bank and format of one call."""

    loaded: Loaded
    wanted: Selection
    chosen: Mapping[str, Any]
    output: Path
    env: Env
    writing: Writing

    def write(self, bank: Bank, name: str) -> Written:
        """Write one bank in one format under temporary names."""
        from quizforge.api import export
        from quizforge.cli.files import unchanged
        from quizforge.cli.pdf import files_of
        from quizforge.exporters import registry

        lock = lock_path(self.loaded.homes[bank.id])
        options = options_for(name, self.chosen, lock=lock)
        made = export(bank, name, selection=self.wanted, options=options, env=self.env)
        unit = "note" if registry.get(name).drill else "question"
        lines = []
        for file in files_of(made, name, pdf=self.chosen.get("pdf")):
            path = lock if file.beside == "bank" else self.output / bank.id / file.name
            if not unchanged(path, file.data):
                self.writing.add(path, file.data)
            lines.append(_line(path, file, unit=unit))
        findings = self.loaded.maps[bank.id].locate_all(made.problems)
        left_out = Counter(reason for _, reason in made.left_out)
        return Written(bank.id, name, tuple(lines), findings, made.notes, left_out)


def lock_path(home: Path) -> Path:
    """Where the lock file of a bank is kept: beside it, and committed with it."""
    return home.parent / ("anki.lock.json" if home.name == "bank.yaml" else f"{home.stem}.anki.lock.json")


def _selection(chosen: Mapping[str, Any], *, include_drafts: bool) -> Selection:
    return selection(chosen, default_statuses=("draft", "ready") if include_drafts else ("ready",))


def _now() -> int:
    """SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch/), or the clock."""
    from quizforge.errors import UsageError

    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given is None:
        return int(time.time())
    if not given.isascii() or not given.isdigit() or len(given) > 11:
        message = f"SOURCE_DATE_EPOCH is '{given}', not a number of seconds since 1970"
        raise UsageError(message)
    return int(given)


def _fails(made: Sequence[Written], loaded: Loaded, *, strict: bool) -> bool:
    stopping = [
        found
        for one in made
        for found in one.findings
        if found.severity == "error" or (strict and found.severity == "warning")
    ]
    if stopping:
        show(stopping, loaded, to_stderr=True)
        lost = all(found.severity != "error" for found in stopping)
        reason = "a target would lose something (--strict)" if lost else "mend the errors first"
        click.echo(f"Nothing was written: {reason}.", err=True)
    return bool(stopping)


def _line(path: Path, file: ExportFile, *, unit: str) -> str:
    held = f", {plural(file.questions, unit)}" if file.questions else ""
    return f"{path}  ({file.description}{held}, {_size(len(file.data))}, for {_AUDIENCES[file.audience]})"


def _say(one: Written, loaded: Loaded, *, verbose: bool) -> None:
    click.echo(f"{one.bank} → {one.name}")
    for line in one.files:
        click.echo(f"  {line}")
    warnings = [found for found in one.findings if found.severity == "warning"]
    show(one.findings if verbose else warnings, loaded)
    if not verbose:
        _say_losses(found for found in one.findings if found.severity == "info")
    for reason, count in sorted(one.left_out.items()):
        click.echo(f"  not in it: {plural(count, 'question')}: {reason}")
    for note in one.notes:
        click.echo(f"  note: {note}")


def _say_losses(found: Iterable[Diagnostic]) -> None:
    """Each kind of loss on one line, with the number of questions that it befalls."""
    losses = Counter(item.message for item in found)
    fields = [f"{text.removesuffix(_DROPPED)} ({count})" for text, count in losses.items() if text.endswith(_DROPPED)]
    if fields:
        click.echo(f"  left out, with the number of questions: {', '.join(sorted(fields))}")
    for text, count in sorted(losses.items(), key=lambda pair: (-pair[1], pair[0])):
        if not text.endswith(_DROPPED):
            click.echo(f"  {plural(count, 'question')}: {text}")


_DROPPED = " is left out"
_AUDIENCES = {"student-exam": "students in an exam", "student-practice": "students who practise", "staff": "staff only"}


def _size(count: int) -> str:
    return f"{count:,} bytes" if count < 10_000 else f"{count / 1000:,.0f} kB"


@contextmanager
def _progress(steps: int) -> Iterator[Callable[[Written], Written]]:
    """A bar on the terminal of a person; silence elsewhere."""
    if not sys.stderr.isatty():
        yield lambda done: done
        return
    with click.progressbar(length=steps, label="Writing", file=sys.stderr) as bar:

        def step(done: Written) -> Written:
            bar.update(1)
            return done

        yield step
