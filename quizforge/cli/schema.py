"""``quizforge schema``: the JSON Schema of banks."""

from __future__ import annotations

import json

import click


@click.command()
def command() -> None:
    """Print the JSON Schema of bank files, generated from the model that validates them.

    Editors with a YAML language server complete and check banks by it, when the first line of a
    file names it:

    \b
        # yaml-language-server: $schema=quizforge-bank.schema.json

    \b
    Example:
        quizforge schema > quizforge-bank.schema.json
    """  # noqa: D301  # \b keeps click from reflowing
    from quizforge.loading.schema import bank_schema

    click.echo(json.dumps(bank_schema(), indent=2, ensure_ascii=False))
