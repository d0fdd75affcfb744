"""``quizforge expand``: variants of item models."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from quizforge.cli.common import load, paths_argument, plural, show

if TYPE_CHECKING:
    from quizforge.loading.bank import Loaded
    from quizforge.loading.item_models import Generated
    from quizforge.model.diagnostic import Diagnostic


@click.command()
@paths_argument
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 where a file is not up to date.")
@click.option("--force", is_flag=True, help="Write also over files of variants that were changed by hand.")
def command(paths: tuple[str, ...], check: bool, force: bool) -> int:  # noqa: FBT001  # click passes flags so
    """Make the variants of item models and write them as questions into variants/ of the bank.

    Each item model has a file of its own. The same model gives the same bytes, so that what changes is
    read in a diff. Every variant is checked like any question, its options must lie apart, and if one
    fails, nothing is written. A file whose model is gone is removed. To leave a variant out, list
    the last eight signs of its id under 'reject' of the model.

    \b
    Examples:
        quizforge expand
        quizforge expand banks/llm-alignment --check
    """  # noqa: D301  # \b keeps click from reflowing
    loaded = load(paths)
    stopping = _stopping(loaded, check=check, force=force)
    if stopping:
        from quizforge.loading.report import summary

        show(stopping, loaded, to_stderr=True)
        click.echo(f"{summary(stopping)}.{'' if check else ' Nothing was written.'}", err=True)
        return 1
    if not loaded.generated:
        click.echo("There are no item models.")
        return 0
    for one in loaded.generated:
        if check:
            _say(one)
        else:
            _write(one)
    return 0


def _stopping(loaded: Loaded, *, check: bool, force: bool) -> Sequence[Diagnostic]:
    """The findings for which nothing is written; what writing mends is none of them."""
    from quizforge.loading.item_models import FILE_CODES
    from quizforge.model.codes.generation import EDITED_VARIANTS

    foreign = {path.as_posix() for one in loaded.generated for path in one.foreign}
    variants = {path.as_posix() for one in loaded.generated for path in (*one.texts, *one.orphans)}

    def stops(found: Diagnostic) -> bool:
        if found.severity != "error":
            return False
        if found.code in FILE_CODES:
            edited = found.code is EDITED_VARIANTS
            return check or (edited and not (force and found.place.path not in foreign))
        return found.place.path not in variants

    return [found for found in loaded.diagnostics if stops(found)]


def _write(generated: Generated) -> None:
    from quizforge.cli.files import write_all

    changed = {path: text.encode() for path, text in generated.texts.items() if generated.present.get(path) != text}
    write_all(changed)
    for path in generated.orphans:
        path.unlink(missing_ok=True)
        click.echo(f"removed {path.as_posix()}")
    for path in generated.texts:
        word = "wrote  " if path in changed else "kept   "
        click.echo(f"{word} {path.as_posix()}: {plural(generated.counts[path], 'variant')}")


def _say(generated: Generated) -> None:
    for path, count in generated.counts.items():
        click.echo(f"fresh   {path.as_posix()}: {plural(count, 'variant')}")
