"""The group of commands, each imported when it is called."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

import click

COMMANDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "init": ("quizforge.cli.init", "Make a folder with a first bank, ready to edit."),
        "validate": ("quizforge.cli.validate", "Check banks; every problem with file, line and column."),
        "lint": ("quizforge.cli.lint", "Review questions: item-writing flaws, faults of whole banks."),
        "export": ("quizforge.cli.export", "Write Moodle XML, Anki decks, printable exams and more."),
        "expand": ("quizforge.cli.expand", "Make the variants of item models (template questions)."),
        "assemble": ("quizforge.cli.assemble", "Put parallel exam forms together from a quiz file."),
        "formats": ("quizforge.cli.formats", "List the formats, and what each cannot hold."),
        "list": ("quizforge.cli.listing", "List the questions of banks."),
        "stats": ("quizforge.cli.stats", "Count by type, concept, level and pool; show what is uncovered."),
        "explain": ("quizforge.cli.explain", "Explain a diagnostic code such as QF105."),
        "schema": ("quizforge.cli.schema", "Print the JSON Schema of banks, for editors."),
        "completion": ("quizforge.cli.completion", "Print the shell completion script for bash, zsh or fish."),
    }
)
"""Module and short help of each command, in the order of ``--help``."""


class LazyGroup(click.Group):
    """A group whose commands are modules with an attribute ``command``."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """The names in the order in which a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # click's signature
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(COMMANDS[cmd_name][0]).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Answer an unknown command with the nearest known one."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean '{near[0]}'?" if near else f" There are: {', '.join(COMMANDS)}."
            ctx.fail(f"There is no command '{args[0]}'.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # click's signature
        """The table of commands, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Start with 'quizforge init my-bank', edit the YAML, then 'quizforge validate my-bank'.",
)
@click.version_option(package_name="quizforge", message="%(prog)s %(version)s")
def cli() -> None:
    """A compiler for assessments.

    Question banks in YAML are validated and written to Moodle, Anki, printed exams and other places
    where students meet them. PATHS are files and folders; without any, banks/ is meant.

    Exit codes: 0 nothing found, 1 problems found, 2 wrong usage, 3 the machine refused.
    """
