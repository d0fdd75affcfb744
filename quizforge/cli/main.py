"""The entry point: answers ``--version`` at once, otherwise hands over to the commands.

This is the only place that turns a :class:`~quizforge.errors.QuizForgeError` into a message and an
exit code. Commands are imported when they are called; their short help stands in a table, so that
``quizforge --help`` imports none of them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def run(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit.

    Args:
        arguments: Words after the program's name; those of the process if None.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words in (["--version"], ["-V"]):
        from quizforge import __version__

        sys.stdout.write(f"quizforge {__version__}\n")
        raise SystemExit(0)
    try:
        code = _run(words)
    except KeyboardInterrupt:  # also while modules are still being imported
        code = _said("interrupted; files that were not finished are unchanged", "", 130)
    raise SystemExit(code)


def _run(words: list[str]) -> int:
    import click

    from quizforge.cli.group import cli
    from quizforge.errors import QuizForgeError
    from quizforge.loading.collector import paused_collector

    # pydantic would read the metadata of every installed package in search of plugins: a tenth of the start-up.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    _tolerate_narrow_output()
    try:
        with paused_collector():
            result = cli.main(args=words, prog_name="quizforge", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.Abort as error:
        raise KeyboardInterrupt from error
    except click.ClickException as error:
        error.show()
        return 2
    except QuizForgeError as error:
        return _said(error.message, error.hint, error.exit_code)
    except BrokenPipeError:
        # The reader of our output has gone (``quizforge list | head``); Python would complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except MemoryError:
        return _said("there is not enough memory", "split the bank into smaller ones", 3)
    return result if isinstance(result, int) else 0


def _said(message: str, hint: str, code: int) -> int:
    sys.stderr.write(f"error: {message}\n")
    if hint:
        sys.stderr.write(f"  hint: {hint}\n")
    return code


def _tolerate_narrow_output() -> None:
    """A terminal that cannot show a character gets an escape instead of a crash."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
