"""The entry point: exit codes, messages instead of tracebacks, and what is imported for a help text."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import click
import pytest

from quizforge.cli import common
from quizforge.cli.group import COMMANDS, cli
from quizforge.cli.main import run
from quizforge.errors import EnvironmentFault, QuizForgeError, UsageError
from quizforge.loading import bank
from quizforge.model.question import QUESTION_TYPES

_ROOT = Path(__file__).parents[3]
_HEAVY = frozenset({"genanki", "jinja2", "markdown", "math_core", "nh3", "pydantic", "pygments", "yaml"})
_BANK = "schema: 1\nid: planets\ntitle: Planets\n"


def _code(*words: str) -> int:
    with pytest.raises(SystemExit) as stop:
        run(words)
    assert isinstance(stop.value.code, int)
    return stop.value.code


def _help(name: str) -> str:
    command: click.Command = import_module(COMMANDS[name][0]).command
    return command.get_help(click.Context(command, info_name=f"quizforge {name}"))


def _raising(error: BaseException) -> Callable[..., object]:
    def fail(*_arguments: object) -> object:
        raise error

    return fail


@pytest.mark.parametrize("name", COMMANDS)
def test_help_shows_an_example(name: str) -> None:
    """The help of every command shows at least one call that can be copied."""
    assert re.search(rf"Examples?:\n +quizforge {name}", _help(name))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_explained(name: str) -> None:
    """No option stands in a help text without words."""
    command: click.Command = import_module(COMMANDS[name][0]).command
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]

    assert [option.name for option in options if not option.help] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_examples_can_be_parsed(name: str) -> None:
    """Every call in a help text has the options and arguments that the command takes."""
    for line in re.findall(rf"^ +quizforge {name}(.*)$", _help(name), re.MULTILINE):
        words = line.split(">")[0].split()
        command: click.Command = import_module(COMMANDS[name][0]).command
        command.make_context(name, words)


def test_type_names_are_those_of_the_model() -> None:
    """The names that ``--type`` takes are the question types, and the two other kinds of entries."""
    assert (*QUESTION_TYPES, "flashcard", "concept") == common.QUESTION_TYPE_NAMES


@pytest.mark.parametrize("words", [["--help"], ["validate", "--help"], ["export", "--help"], ["explain", "--help"]])
def test_help_imports_nothing_heavy(words: list[str]) -> None:
    """A help text is there at once: of the dependencies, click alone is imported for it."""
    command = [sys.executable, "-X", "importtime", "-m", "quizforge", *words]
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=True)
    imported = set(re.findall(r"\|\s+(\w+)", done.stderr))

    assert "Usage: quizforge" in done.stdout
    assert imported & _HEAVY == set()


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (UsageError("no such thing", hint="try another"), 2, "error: no such thing\n  hint: try another\n"),
        (EnvironmentFault("the disk is gone"), 3, "error: the disk is gone\n"),
        (QuizForgeError("something else"), 3, "error: something else\n"),
        (KeyboardInterrupt(), 130, "\nerror: interrupted; files that were not finished are unchanged\n"),
        (click.Abort(), 130, "error: interrupted; files that were not finished are unchanged\n"),
        (MemoryError(), 3, "error: there is not enough memory\n  hint: split the bank into smaller ones\n"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else None,
)
def test_failures_end_with_a_message_and_a_code(
    error: BaseException,
    code: int,
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Whatever stops a command becomes one message on standard error and an exit code, never a traceback."""
    (tmp_path / "bank.yaml").write_text(_BANK, encoding="utf-8")
    monkeypatch.setattr(bank, "find_banks", _raising(error))

    assert _code("validate", str(tmp_path)) == code
    assert capsys.readouterr() == ("", message)


@pytest.mark.parametrize("words", [["--version"], ["-V"], ["--help"], ["validate", "--help"], ["explain"]])
def test_answers_end_with_zero(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Questions about the program itself are answered on standard output, with code 0."""
    assert _code(*words) == 0
    assert capsys.readouterr().out != ""


@pytest.mark.parametrize(
    "words", [["nonsense"], ["--nonsense"], ["validate", "--nonsense"], ["init"], ["explain", "x"]]
)
def test_wrong_usage_ends_with_two(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A call that cannot be understood is answered on standard error, with code 2."""
    assert _code(*words) == 2
    out, err = capsys.readouterr()
    assert (out, err != "") == ("", True)


def test_narrow_terminal_gets_escapes(tmp_path: Path) -> None:
    """A terminal that knows ASCII only gets an escape for each other character, and no crash."""
    (tmp_path / "bank.yaml").write_text(_BANK + "tïtle: Planète\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "quizforge", "validate", str(tmp_path)],
        cwd=_ROOT,
        env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"},
        capture_output=True,
        check=False,
    )

    assert done.returncode == 1
    assert rb"unknown key 't\xefle'" not in done.stdout
    assert rb"unknown key 't\xeftle'" in done.stdout
    assert done.stderr == b""


def test_every_command_is_listed() -> None:
    """The table of commands has the words of the help, and each module has its command."""
    context = click.Context(cli)

    assert cli.list_commands(context) == list(COMMANDS)
    assert all(isinstance(cli.get_command(context, name), click.Command) for name in COMMANDS)
    assert cli.get_command(context, "nonsense") is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are a matter of POSIX")
def test_real_interrupt_ends_without_a_traceback(tmp_path: Path) -> None:
    """Ctrl-C while a file is being read ends with 130 and one line."""
    (tmp_path / "bank.yaml").write_text(_BANK, encoding="utf-8")
    pipe = tmp_path / "endless.yaml"
    os.mkfifo(pipe)
    # A test run in the background ignores the signal, and its children would too.
    start = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from quizforge.cli.main import run"
    )
    command = [sys.executable, "-c", f"{start}; run(['validate', {str(tmp_path)!r}])"]
    process = subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with process, pipe.open("wb"):  # opens as soon as the other side reads
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)

    assert process.returncode == 130
    assert out == b""
    assert err.strip() == b"error: interrupted; files that were not finished are unchanged"
