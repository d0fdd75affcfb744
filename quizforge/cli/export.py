"""``quizforge export``: write banks in one or several formats."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quizforge.cli.common import load, paths_argument, selection, selection_options, stop_on_errors
from quizforge.cli.export_options import check_options, format_options, options_for
from quizforge.cli.written import Written, fails, line_of, now, say

if TYPE_CHECKING:
    from quizforge.cli.files import Writing
    from quizforge.exporters.base import Env
    from quizforge.loading.bank import Loaded
    from quizforge.model.bank import Bank
    from quizforge.model.quiz import Selection


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
        job = _Job(loaded, wanted, chosen, Path(output), Env(now=now()), writing)
        with _progress(len(work)) as step:
            made = [step(job.write(bank, name)) for bank, name in work]
        if fails(made, loaded, strict=strict):
            return 1
        writing.finish()
    for one in made:
        say(one, loaded, verbose=verbose)
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
        for file in files_of(made, name, pdf=self.chosen["pdf"], folder=self.output / bank.id):
            path = lock if file.beside == "bank" else self.output / bank.id / file.name
            if not unchanged(path, file.data):
                self.writing.add(path, file.data)
            lines.append(line_of(path, file, unit=unit))
        findings = self.loaded.maps[bank.id].locate_all(made.problems)
        left_out = Counter(reason for _, reason in made.left_out)
        return Written(bank.id, name, tuple(lines), findings, made.notes, left_out)


def lock_path(home: Path) -> Path:
    """Where the lock file of a bank is kept: beside it, and committed with it."""
    return home.parent / ("anki.lock.json" if home.name == "bank.yaml" else f"{home.stem}.anki.lock.json")


def _selection(chosen: Mapping[str, Any], *, include_drafts: bool) -> Selection:
    return selection(chosen, default_statuses=("draft", "ready") if include_drafts else ("ready",))


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
