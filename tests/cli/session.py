"""Console sessions in Markdown: commands, what they must print, and with which code they must end.

A ``console`` block holds commands behind ``$`` and their output, standard output and error as a terminal shows them::

    $ quizforge validate empty.yaml
    empty.yaml:1:1: error[QF003] the file holds nothing
    [1]

The last line is the exit code, where it is not 0. In the expected output a line ``...`` stands for any number of lines,
and ``[..]`` for any text inside a line; sizes of files may be any. ``quizforge`` runs in this process, everything else
in a shell.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import pytest

from quizforge.cli.main import run
from tests.docs.blocks import Block

_PROMPT = "$ "
_CODE = re.compile(r"\[(\d+)\]")
_ASSIGNMENT = re.compile(r"([A-Z_]+)=(.*)")
_SIZE = re.compile(r"\b[0-9,]+ (?:bytes|kB)\b")  # depends on the versions of libraries
_ANY_SIZE = "some bytes"
_SURROUNDINGS = {"SOURCE_DATE_EPOCH": "1767225600"}  # 2026-01-01: decks carry a time


@dataclass(frozen=True, slots=True)
class Step:
    """One command of a session.

    Attributes:
        command: As typed, without the prompt.
        output: The lines that follow it.
        code: Its exit code.
    """

    command: str
    output: tuple[str, ...]
    code: int

    def fits(self, other: Step) -> bool:
        """Whether what happened is what this step expects."""
        happened = "".join(f"{_SIZE.sub(_ANY_SIZE, line)}\n" for line in other.output)
        return self.code == other.code and re.fullmatch("".join(map(_pattern, self.output)), happened) is not None

    def __str__(self) -> str:
        code = (f"[{self.code}]",) if self.code else ()
        return "".join(f"{line}\n" for line in (_PROMPT + self.command, *self.output, *code))


def _pattern(line: str) -> str:
    line = _SIZE.sub(_ANY_SIZE, line)
    return r"(?:.*\n)*?" if line == "..." else re.escape(line).replace(r"\[\.\.\]", ".*?") + r"\n"


def read(text: str) -> tuple[Step, ...]:
    """The steps of a console block."""
    return tuple(_steps(text))


def _steps(text: str) -> Iterator[Step]:
    for part in re.split(r"^(?=\$ )", text, flags=re.MULTILINE):
        if not part:
            continue
        first, *output = part.splitlines()
        if not first.startswith(_PROMPT):
            message = f"a console block begins with '{first}' instead of a command"
            raise ValueError(message)
        code = _CODE.fullmatch(output[-1]) if output else None
        yield Step(first.removeprefix(_PROMPT), tuple(output[:-1] if code else output), int(code[1]) if code else 0)


def perform(step: Step, folder: Path) -> Step:
    """Run the command of a step in a folder, and say what happened."""
    words = shlex.split(step.command, comments=True)
    settings = dict(_SURROUNDINGS)
    while words and (assignment := _ASSIGNMENT.fullmatch(words[0])):
        settings[assignment[1]] = assignment[2]
        words.pop(0)
    plain = not {"|", ">", "&&", "<"}.intersection(words)
    if words[0] == "quizforge" and plain:
        code, output = _in_process(words[1:], folder, settings)
    else:
        code, output = _in_shell(step.command, folder, settings)
    return Step(step.command, tuple(line.rstrip() for line in output.splitlines()), code)


def _in_process(words: list[str], folder: Path, settings: dict[str, str]) -> tuple[int, str]:
    stream = io.StringIO()
    terminal = redirect_stdout(stream), redirect_stderr(stream)
    with _inside(folder), patch.dict(os.environ, settings), terminal[0], terminal[1], pytest.raises(SystemExit) as stop:
        run(words)
    assert isinstance(stop.value.code, int)
    return stop.value.code, stream.getvalue()


def _in_shell(command: str, folder: Path, settings: dict[str, str]) -> tuple[int, str]:
    programs = folder.parent / "programs"
    programs.mkdir(exist_ok=True)
    script = programs / "quizforge"
    script.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m quizforge "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    path = {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env=os.environ | settings | path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout


@contextmanager
def _inside(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def write_file(block: Block, folder: Path) -> None:
    """Write the file that a block with a title is the text of."""
    path = folder / block.title
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(block.text, encoding="utf-8")


def play(blocks: Iterable[Block], folder: Path) -> Iterator[tuple[Block, tuple[Step, ...], tuple[Step, ...]]]:
    """Go through the blocks of a session in order: write the files, run the commands.

    Yields:
        Each console block, what it expects, and what happened.
    """
    folder.mkdir(exist_ok=True)
    for block in blocks:
        if block.title:
            write_file(block, folder)
        elif block.language == "console" and "skip" not in block.options:
            expected = read(block.text)
            yield block, expected, tuple(perform(step, folder) for step in expected)


def rewrite(path: Path, changed: list[tuple[Block, str]]) -> None:
    """Replace the text of some blocks, from the last to the first, so that line numbers stay right."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    for block, text in reversed(changed):
        start = block.line - 1
        lines[start : start + block.text.count("\n")] = [text]
    path.write_text("".join(lines), encoding="utf-8")
