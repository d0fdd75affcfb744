"""``quizforge expand``: variants of item models."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from quizforge.cli.common import load, paths_argument, plural, show

if TYPE_CHECKING:
    from pathlib import Path

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
    if check:
        for path, count in (pair for one in loaded.generated for pair in one.counts.items()):
            click.echo(f"fresh   {path.as_posix()}: {plural(count, 'variant')}")
        return 0
    _write(loaded.generated)
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


def _write(banks: Sequence[Generated]) -> None:
    """Write what has changed in all banks, or nothing, and then remove what no model makes any more.

    Raises:
        EnvironmentFault: A file cannot be written or removed, or the folder of variants leads elsewhere.
    """
    from quizforge.cli.files import write_all
    from quizforge.errors import EnvironmentFault

    for one in banks:
        for folder in {path.parent for path in one.texts}:
            if folder.exists() and not folder.resolve().is_relative_to(one.folder.resolve()):
                message = f"'{folder.as_posix()}' leads outside the bank's folder"
                raise EnvironmentFault(message, hint="replace the link by a folder; nothing was written")
    changed = {
        path: text.encode() for one in banks for path, text in one.texts.items() if one.present.get(path) != text
    }
    write_all(changed)
    for path in (path for one in banks for path in one.orphans):
        _remove(path)
        click.echo(f"removed {path.as_posix()}")
    counts = {path: count for one in banks for path, count in one.counts.items()}
    for path, count in counts.items():
        word = "wrote  " if path in changed else "kept   "
        click.echo(f"{word} {path.as_posix()}: {plural(count, 'variant')}")


def _remove(path: Path) -> None:
    from quizforge.errors import EnvironmentFault

    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise EnvironmentFault(f"'{path.as_posix()}' cannot be removed: {error.strerror}") from error
