"""What several commands share: paths, selection, and the printing of findings."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import click

if TYPE_CHECKING:
    from quizforge.loading.bank import Loaded
    from quizforge.loading.quizzes import LoadedQuizzes
    from quizforge.model.diagnostic import Diagnostic
    from quizforge.model.quiz import Selection

F = TypeVar("F", bound=Callable[..., Any])


class Sources(Protocol):
    """Something whose files can be shown."""

    @property
    def sources(self) -> Mapping[str, str]:
        """The text of each file by its path."""


DEFAULT_PATH = "banks"
QUESTION_TYPE_NAMES = (
    "single_choice",
    "multiple_answer",
    "true_false",
    "short_answer",
    "numerical",
    "matching",
    "ordering",
    "cloze",
    "essay",
    "information",
    "flashcard",
    "concept",
)
"""Written out, so that ``--help`` need not import the model; a test compares it with the union."""

paths_argument = click.argument("paths", nargs=-1, type=click.Path())


def selection_options(command: F) -> F:
    """Options that choose entries: they add up, and values of one option are alternatives."""
    for option in reversed(
        (
            click.option("--id", "ids", multiple=True, metavar="ID", help="Only the entry with this id."),
            click.option("--concept", "concepts", multiple=True, metavar="ID", help="Only entries on this concept."),
            click.option("--tag", "tags", multiple=True, metavar="TAG", help="Only entries with this tag."),
            click.option(
                "--type", "types", multiple=True, type=click.Choice(QUESTION_TYPE_NAMES), help="Only this type."
            ),
            click.option(
                "--pool", "pools", multiple=True, type=click.Choice(["practice", "exam"]), help="Only this pool."
            ),
            click.option(
                "--status",
                "statuses",
                multiple=True,
                type=click.Choice(["draft", "ready", "retired"]),
                help="Only this status; ready if not given.",
            ),
        )
    ):
        command = option(command)
    return command


def selection(chosen: Mapping[str, Sequence[str]], *, default_statuses: Iterable[str] = ("ready",)) -> Selection:
    """The selection behind the options of :func:`selection_options`."""
    from quizforge.model.quiz import Selection

    parts: dict[str, Any] = {key: frozenset(chosen[key]) for key in ("ids", "concepts", "tags", "types", "pools")}
    return Selection(**parts, statuses=frozenset(chosen["statuses"] or default_statuses))  # type: ignore[arg-type]  # click has checked the words


def load(paths: Sequence[str]) -> Loaded:
    """Load the banks behind the paths of a command line.

    Raises:
        UsageError: A path does not exist, or is a quiz.
    """
    from quizforge.errors import UsageError
    from quizforge.loading.bank import load_banks
    from quizforge.loading.quizzes import is_quiz

    for path in paths:
        if is_quiz(Path(path)):
            raise UsageError(f"'{path}' is a quiz file and no bank", hint=f"quizforge assemble {path}")
    return load_banks(given_or_default(paths))


def load_all(paths: Sequence[str]) -> LoadedQuizzes:
    """Load the banks and quizzes behind the paths of a command line.

    Raises:
        UsageError: A path does not exist.
    """
    from quizforge.loading.quizzes import load_quizzes

    return load_quizzes(given_or_default(paths))


def given_or_default(paths: Sequence[str]) -> Sequence[str]:
    """The paths of a command line, or the folder that is meant without any.

    Raises:
        UsageError: There is no such folder.
    """
    from quizforge.errors import UsageError

    if not paths and not Path(DEFAULT_PATH).is_dir():
        message = f"there is no folder '{DEFAULT_PATH}' here"
        raise UsageError(message, hint="name the bank: quizforge validate path/to/bank")
    return paths or [DEFAULT_PATH]


def show(diagnostics: Sequence[Diagnostic], loaded: Sources, *, to_stderr: bool = False) -> None:
    """Print findings with their source lines."""
    from quizforge.loading.report import render_text

    stream = sys.stderr if to_stderr else sys.stdout
    click.echo(render_text(diagnostics, loaded.sources, color=use_color(stream)), nl=False, file=stream)


def use_color(stream: Any) -> bool:  # noqa: ANN401  # any text stream
    """Whether a stream is a terminal that may show colours (https://no-color.org)."""
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb" and bool(stream.isatty())


def stop_on_errors(loaded: Loaded, *, undone: str) -> None:
    """End with exit code 1 where a bank has errors, after printing all findings.

    Args:
        loaded: What was read.
        undone: The word for what now is not done: ``written``, ``listed`` ...
    """
    if loaded.ok:
        return
    from quizforge.loading.report import summary

    show(loaded.diagnostics, loaded, to_stderr=True)
    click.echo(f"{summary(loaded.diagnostics)}. Nothing was {undone}.", err=True)
    raise click.exceptions.Exit(1)


def plural(count: int, word: str) -> str:
    """``1 question``, ``2 questions``."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"
