"""``quizforge formats``: what can be written."""

from __future__ import annotations

import json

import click


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How the list is written.")
def command(form: str) -> None:
    """List the formats, the question types that each has itself, and the fields that it loses.

    Other question types are written as one that the format has, if that never earns more than the
    original; what is lost is said at every export.

    \b
    Examples:
        quizforge formats
        quizforge formats --format json
    """  # noqa: D301  # \b keeps click from reflowing
    from quizforge.exporters import registry
    from quizforge.model.question import QUESTION_TYPES

    exporters = [registry.get(name) for name in registry.names()]
    if form == "json":
        listed = [
            {
                "name": exporter.name,
                "title": exporter.title,
                "suffix": exporter.suffix,
                "media_type": exporter.media_type,
                "native": [name for name in QUESTION_TYPES if name in exporter.native],
                "drops": {kind: sorted(fields) for kind, fields in sorted(exporter.drops.items())},
            }
            for exporter in exporters
        ]
        click.echo(json.dumps({"version": 1, "formats": listed}, indent=2, ensure_ascii=False))
        return
    for exporter in exporters:
        click.echo(f"{exporter.name:<12} {exporter.title} ({exporter.suffix})")
        missing = [name for name in QUESTION_TYPES if name not in exporter.native]
        click.echo(f"{'':<12} types: {'all' if not missing else 'all but ' + ', '.join(missing)}")
        for kind, fields in sorted(exporter.drops.items()):
            scope = "left out" if kind == "*" else f"left out of {kind}"
            click.echo(f"{'':<12} {scope}: {', '.join(sorted(fields))}")
