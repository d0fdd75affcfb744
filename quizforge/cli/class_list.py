"""Papers for a class: what comes from its list goes to a private folder, and nowhere else.

Nothing here prints a name, an id, or a line of the list.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from quizforge.cli.common import plural, use_color

if TYPE_CHECKING:
    from quizforge.cli.files import Writing
    from quizforge.exporters.base import Env, ExportFile
    from quizforge.loading.class_list import ClassList
    from quizforge.model.candidate import Candidate
    from quizforge.model.quiz import Quiz

F = TypeVar("F", bound=Callable[..., Any])

DEFAULT_FOLDER = "private"
_SENSITIVE = 0o600


def class_list_options(command: F) -> F:
    """``--class-list`` and ``--private``."""
    folder = click.option(
        "--private",
        default=DEFAULT_FOLDER,
        show_default=True,
        type=click.Path(file_okay=False),
        help="Folder for papers with names; git has to ignore it.",
    )
    listed = click.option(
        "--class-list",
        type=click.Path(dir_okay=False),
        metavar="CSV",
        help="An exam and a bubble sheet for each student: name,id,form,layout,extra time.",
    )
    command = folder(command)
    return listed(command)


@dataclass(frozen=True, slots=True)
class Roll:
    """A class list and where its papers go.

    Attributes:
        path: Of the list.
        folder: Of the papers.
        read: What is in it.
    """

    path: Path
    folder: Path
    read: ClassList

    def show(self) -> None:
        """Print the findings, without lines of the list."""
        from quizforge.loading.report import render_text

        color = use_color(sys.stderr)
        click.echo(render_text(self.read.diagnostics, {}, color=color), nl=False, err=True)


def open_roll(path: str | None, private: str, *, quiz: str, forms: Sequence[str]) -> Roll | None:
    """Read a class list, after seeing that the folder for its papers is private.

    Args:
        path: Of the list; None where there is none.
        private: The folder for what is personal.
        quiz: Id of the quiz, which names a folder in it.
        forms: Codes of the forms.

    Raises:
        UsageError: The folder is not private, or there is no such list.
        EnvironmentFault: Whether it is cannot be told, or the list cannot be read.
    """
    from quizforge.cli.private import check_private, is_ignored
    from quizforge.errors import EnvironmentFault, UsageError
    from quizforge.exporters.bubble_sheet.options import MAX_DIGITS
    from quizforge.loading.class_list import read_class_list

    if path is None:
        return None
    file, folder = Path(path), Path(private, quiz)
    check_private(folder)
    try:
        data = file.read_bytes()
    except FileNotFoundError as error:
        raise UsageError(f"there is no file '{path}'") from error
    except OSError as error:
        raise EnvironmentFault(f"'{path}' cannot be read: {error.strerror}") from error
    if not is_ignored(file):
        click.echo(f"warning: '{path}' is not ignored by git: keep class lists in '{private}'", err=True)
    return Roll(file, folder, read_class_list(data, path=path, forms=forms, digits=MAX_DIGITS))


def write_papers(
    roll: Roll, forms: Sequence[Quiz], chosen: Mapping[str, Any], *, env: Env, writing: Writing
) -> Iterator[str]:
    """Write the papers of a class under temporary names.

    Args:
        roll: Without errors.
        forms: The assembled forms.
        chosen: What the command line gave.
        env: The renderers.
        writing: Takes the files.

    Yields:
        Lines to print, which name no one.
    """
    from quizforge.cli.export_options import options_for
    from quizforge.cli.pdf import stacked, to_pdf
    from quizforge.exporters.named import Stack
    from quizforge.model.candidate import dealt

    by_code = {form.form or "": form for form in forms}
    candidates = dealt(roll.read.candidates, tuple(by_code))
    exam: Any = options_for("html", chosen, lock=roll.path)
    sheet: Any = options_for("bubble-sheet", chosen, lock=roll.path)
    stack = Stack(by_code, candidates, exam=exam, sheet=sheet)
    _refuse_leftovers(roll.folder, count=len(candidates))

    def write(file: ExportFile) -> None:
        writing.add(roll.folder / file.name, file.data, mode=_SENSITIVE)

    pdfs = [stacked(())] if chosen.get("pdf") else []  # says at once where pypdf is missing
    count = 0
    for papers in stack.papers(env):
        for file in (papers.exam, papers.sheet):
            write(file)
            count += 1
            if chosen.get("pdf"):
                pdfs.append(to_pdf(file.data, roll.folder))
    yield f"{roll.folder}/  ({plural(count, 'file')}: exam and bubble sheet of {_counted(candidates)})"
    if chosen.get("pdf"):
        writing.add(roll.folder / "stack.pdf", stacked(pdfs[1:]), mode=_SENSITIVE)
        yield f"{roll.folder / 'stack.pdf'}  (all of them in the order of the list, for printing on both sides)"
    write(stack.roster())
    yield f"{roll.folder / 'roster.csv'}  (who got what, for staff only)"
    for chart in stack.maps(env):
        write(chart)
        yield f"{roll.folder / chart.name}  ({chart.description}, for staff only)"


def _refuse_leftovers(folder: Path, *, count: int) -> None:
    """Papers of a longer list would be printed among the new ones.

    Raises:
        UsageError: There are papers in the folder that would not be written anew.
    """
    from quizforge.errors import UsageError

    width = len(str(count))
    kept = {f"{place:0{width}}" for place in range(1, count + 1)}
    left = [path.name for path in sorted(folder.glob("*-*.html")) if path.name.partition("-")[0] not in kept]
    if left:
        message = f"'{folder}' holds papers of another list: {plural(len(left), 'file')}, such as '{left[0]}'"
        raise UsageError(message, hint="remove that folder, or name another one with --private")


def _counted(candidates: Sequence[Candidate]) -> str:
    forms = Counter(candidate.form for candidate in candidates)
    parts = [f"{count} with form {form}" for form, count in sorted(forms.items(), key=lambda pair: str(pair[0]))]
    large = sum(candidate.layout == "large-print" for candidate in candidates)
    parts += [f"{large} in large print"] if large else []
    return f"{plural(len(candidates), 'candidate')}, {', '.join(parts)}"
