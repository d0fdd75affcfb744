"""``quizforge completion``: shell completion."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the completion script for a shell.

    \b
    Examples:
        quizforge completion bash >> ~/.bashrc
        quizforge completion fish > ~/.config/fish/completions/quizforge.fish
    """  # noqa: D301  # \b keeps click from reflowing
    from quizforge.cli.group import cli

    found = get_completion_class(shell)
    if found is None:
        raise click.UsageError(f"There is no completion for '{shell}'.")
    click.echo(found(cli, {}, "quizforge", "_QUIZFORGE_COMPLETE").source())
