"""``quizforge list``: the questions of banks."""

from __future__ import annotations

import json
from typing import Any

import click

from quizforge.cli.common import load, paths_argument, selection, selection_options, stop_on_errors

_EVERY_STATUS = ("draft", "ready", "retired")


@click.command()
@paths_argument
@selection_options
@click.option("--format", "form", type=click.Choice(["text", "ids", "json"]), default="text", help="How it is written.")
def command(paths: tuple[str, ...], form: str, **chosen: tuple[str, ...]) -> None:
    """List questions with type, pool, level, difficulty and title, in the order of the files.

    \b
    Examples:
        quizforge list --concept supervised-fine-tuning --pool exam
        quizforge list --type essay --format ids
    """  # noqa: D301  # \b keeps click from reflowing
    loaded = load(paths)
    stop_on_errors(loaded, undone="listed")
    wanted = selection(chosen, default_statuses=_EVERY_STATUS)
    rows = [_row(bank, question) for bank in loaded.banks for question in bank.questions if wanted.takes(question)]
    if form == "json":
        click.echo(json.dumps({"version": 1, "questions": rows}, indent=2, ensure_ascii=False))
    elif form == "ids":
        click.echo("".join(f"{row['id']}\n" for row in rows), nl=False)
    else:
        _print_table(rows)


def _row(bank: Any, question: Any) -> dict[str, Any]:  # noqa: ANN401  # a bank and one of its questions
    from quizforge.markup import plain

    return {
        "bank": bank.id,
        "id": question.id,
        "type": question.type,
        "pool": question.pool,
        "status": question.status,
        "bloom": question.bloom,
        "difficulty": question.difficulty,
        "points": str(question.max_points),
        "concepts": list(question.concepts),
        "title": question.title or plain(question.stem),
    }


def _print_table(rows: list[dict[str, Any]]) -> None:
    columns = ("id", "type", "pool", "status", "bloom", "difficulty", "points")
    if not rows:
        click.echo("No question fits.")
        return
    widths = [max(len(column), *(len(str(row[column] or "-")) for row in rows)) for column in columns]
    click.echo("  ".join(f"{name:<{width}}" for name, width in zip(columns, widths, strict=True)) + "  title")
    for row in rows:
        cells = (f"{row[name] or '-':<{width}}" for name, width in zip(columns, widths, strict=True))
        title = " ".join(row["title"].split())
        click.echo("  ".join(cells) + "  " + (title if len(title) <= 70 else title[:69] + "…"))
