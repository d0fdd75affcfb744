"""What was written: printed in one way by every command that writes files."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizforge.cli.common import Sources, plural, show

if TYPE_CHECKING:
    from quizforge.exporters.base import ExportFile
    from quizforge.model.diagnostic import Diagnostic


@dataclass(frozen=True, slots=True)
class Written:
    """One bank or form in one format, under temporary names; the bytes are gone from memory.

    Attributes:
        source: The bank's id, or the form.
        name: The format.
        files: A line for each file.
        findings: The exporter's problems with their places.
        notes: What to tell the person who exports.
        left_out: How many questions are in no file, by reason.
    """

    source: str
    name: str
    files: tuple[str, ...]
    findings: tuple[Diagnostic, ...]
    notes: tuple[str, ...]
    left_out: Mapping[str, int]


def now() -> int:
    """SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch/), or the clock."""
    from quizforge.errors import UsageError

    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given is None:
        return int(time.time())
    if not given.isascii() or not given.isdigit() or len(given) > 11:
        message = f"SOURCE_DATE_EPOCH is '{given}', not a number of seconds since 1970"
        raise UsageError(message)
    return int(given)


def fails(made: Sequence[Written], loaded: Sources, *, strict: bool) -> bool:
    """Whether something is wrong enough to write nothing; if so, says what."""
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


def line_of(path: Path, file: ExportFile, *, unit: str) -> str:
    """A file, what it holds and for whom it is."""
    held = f", {plural(file.questions, unit)}" if file.questions else ""
    return f"{path}  ({file.description}{held}, {_size(len(file.data))}, for {_AUDIENCES[file.audience]})"


def say(one: Written, loaded: Sources, *, verbose: bool) -> None:
    """Print what was written, and what was lost."""
    click.echo(f"{one.source} → {one.name}")
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
