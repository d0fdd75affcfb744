"""``quizforge schema``: the JSON Schema of banks and quiz files."""

from __future__ import annotations

import json

import click


@click.command()
@click.option("--quiz", is_flag=True, help="That of quiz files instead.")
def command(quiz: bool) -> None:  # noqa: FBT001  # click passes flags so
    """Print the JSON Schema of bank files, generated from the model that validates them.

    Editors with a YAML language server complete and check banks by it, when the first line of a
    file names it:

    \b
        # yaml-language-server: $schema=quizforge-bank.schema.json

    \b
    Examples:
        quizforge schema > quizforge-bank.schema.json
        quizforge schema --quiz > quizforge-quiz.schema.json
    """  # noqa: D301  # \b keeps click from reflowing
    from quizforge.loading.schema import bank_schema, quiz_schema

    click.echo(json.dumps(quiz_schema() if quiz else bank_schema(), indent=2, ensure_ascii=False))
