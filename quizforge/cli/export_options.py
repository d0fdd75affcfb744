"""The options of ``quizforge export`` that belong to one format."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_type_hints

import click

if TYPE_CHECKING:
    from quizforge.exporters.anki import Lock
    from quizforge.exporters.base import Options
    from quizforge.exporters.manifest import Manifest

F = TypeVar("F", bound=Callable[..., Any])

_OWN: Mapping[str, tuple[str, ...]] = {
    "moodle-xml": ("since",),
    "anki": ("locked",),
    "html": ("columns", "guide", "answer_sheet", "templates"),
}
"""The options with a flag of their own, by format."""

_SHARED = ("mode", "cards", "essays", "paper", "large_print")
"""Options with a flag that is meant for every format that has them."""

_FLAGS = (
    click.option(
        "--mode",
        type=click.Choice(["exam", "practice"]),
        help="learning platforms: unpublished with results hidden, or repeatable with feedback.  [default: exam]",
    ),
    click.option(
        "--since",
        type=click.Path(dir_okay=False),
        metavar="MANIFEST",
        help="moodle-xml: only what is new or changed since that manifest.",
    ),
    click.option(
        "--cards",
        type=click.Choice(["choice", "recall", "both"]),
        help="anki: with options, without, or both kinds.  [default: choice]",
    ),
    click.option("--essays", is_flag=True, default=None, help="anki: essays too."),
    click.option("--locked", is_flag=True, default=None, help="anki: fail if the lock file would change."),
    click.option("--paper", type=click.Choice(["a4", "letter"]), help="on paper: its size.  [default: a4]"),
    click.option("--columns", type=click.IntRange(1, 2), help="html: columns of the exam.  [default: 1]"),
    click.option("--large-print", is_flag=True, default=None, help="on paper: large print."),
    click.option("--guide", is_flag=True, default=None, help="html: a guide for those who mark, too."),
    click.option("--answer-sheet", is_flag=True, default=None, help="html: say that answers go on a bubble sheet."),
    click.option("--templates", type=click.Path(file_okay=False), help="html: a folder with your own templates."),
    click.option("--pdf", is_flag=True, default=None, help="on paper: PDF too, made by a Chromium that is installed."),
    click.option("-O", "extra", multiple=True, metavar="FORMAT.OPTION=VALUE", help="Any option of any format."),
)


def format_options(command: F) -> F:
    """The flags of the built-in formats, and ``-O`` for everything else."""
    for option in reversed(_FLAGS):
        command = option(command)
    return command


def check_options(formats: Sequence[str], chosen: Mapping[str, Any]) -> None:
    """See that every option is for a format that is to be written, so that none is passed over in silence.

    Args:
        formats: The formats to write.
        chosen: What the command line gave.

    Raises:
        UsageError: A format does not exist, or an option is for a format that is not written.
    """
    from quizforge.errors import UsageError
    from quizforge.exporters import registry

    known = {name: _names(registry.get(name).options) for name in formats}
    for key in _SHARED:
        if chosen.get(key) is not None and not any(key in names for names in known.values()):
            message = f"'--{key.replace('_', '-')}' is for none of the formats that are written here"
            raise UsageError(message, hint=f"written are: {', '.join(formats)}; choose formats with -f")
    if chosen.get("pdf") and not any(registry.get(name).on_paper for name in formats):
        message = "'--pdf' is for formats on paper, and none is written here"
        raise UsageError(message, hint=f"written are: {', '.join(formats)}; choose html or bubble-sheet with -f")
    formed = (word for word in chosen.get("extra", ()) if "." in word.partition("=")[0])
    wanted = {f"-O {word}": word.partition(".")[0] for word in formed}
    for name, keys in _OWN.items():
        wanted |= {f"--{key.replace('_', '-')}": name for key in keys if chosen.get(key) is not None}
    for option, name in wanted.items():
        if name not in formats:
            message = f"'{option}' is for the format '{name}', which is not written here"
            raise UsageError(message, hint=f"written are: {', '.join(formats)}; choose formats with -f")


def options_for(name: str, chosen: Mapping[str, Any], *, lock: Path) -> Options:
    """The options object of one format.

    Args:
        name: The format.
        chosen: What the command line gave.
        lock: Where the lock file of the bank is.

    Raises:
        UsageError: An option that the format does not have, or a value that it does not take.
    """
    from quizforge.exporters import registry

    cls: Any = registry.get(name).options
    flags = (*_OWN.get(name, ()), *(key for key in _SHARED if key in _names(cls)))
    values = {key: chosen[key] for key in flags if chosen.get(key) is not None}
    values |= _extra(name, cls, chosen.get("extra", ()))
    for key, read in _READERS.get(name, {}).items():
        if key in values or key == "lock":
            values[key] = read(Path(values[key]) if key in values else lock)
    found: Options = cls(**values)
    return found


def _names(cls: type[Options]) -> frozenset[str]:
    return frozenset(option.name for option in fields(cls))


def _extra(name: str, cls: type[Options], given: tuple[str, ...]) -> dict[str, Any]:
    from quizforge.errors import UsageError
    from quizforge.loading.translate import did_you_mean

    values: dict[str, Any] = {}
    known = {option.name: option for option in fields(cls)}
    for word in given:
        target, _, rest = word.partition(".")
        key, equals, text = rest.partition("=")
        if not equals:
            message = f"'-O {word}' is not of the form FORMAT.OPTION=VALUE"
            raise UsageError(message)
        if target != name:
            continue
        if key not in known or known[key].default is MISSING:
            message = f"the format '{name}' has no option '{key}'"
            raise UsageError(message, hint=did_you_mean(key, known) or f"options: {', '.join(known) or 'none'}")
        values[key] = _value(word, text, known[key].default, get_args(get_type_hints(cls)[key]))
    return values


def _value(word: str, text: str, default: object, allowed: tuple[object, ...]) -> object:
    from quizforge.errors import UsageError

    words = [one for one in allowed if isinstance(one, str)]
    if words and text not in words:
        message = f"'-O {word}': one of {', '.join(words)} is expected"
        raise UsageError(message)
    if isinstance(default, bool):
        if text in {"true", "false"}:
            return text == "true"
        message = f"'-O {word}': true or false is expected"
        raise UsageError(message)
    if isinstance(default, int):
        if text.isascii() and text.isdigit():
            return int(text)
        message = f"'-O {word}': a whole number is expected"
        raise UsageError(message)
    return text


def _read(path: Path) -> bytes:
    from quizforge.errors import EnvironmentFault, UsageError

    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        message = f"there is no file '{path}'"
        raise UsageError(message) from error
    except OSError as error:
        message = f"'{path}' cannot be read: {error.strerror}"
        raise EnvironmentFault(message) from error


def _templates(folder: Path) -> dict[str, str]:
    from quizforge.errors import UsageError

    if not folder.is_dir():
        message = f"there is no folder '{folder}'"
        raise UsageError(message)
    try:
        return {path.name: _read(path).decode("utf-8") for path in sorted(folder.glob("*.jinja"))}
    except UnicodeDecodeError as error:
        message = f"a template in '{folder}' is not UTF-8 text"
        raise UsageError(message) from error


def _manifest(path: Path) -> Manifest:
    from quizforge.exporters.manifest import read_manifest

    return read_manifest(_read(path), source=str(path))


def _lock(path: Path) -> Lock | None:
    from quizforge.exporters.anki import parse_lock

    return parse_lock(_read(path)) if path.exists() else None


_READERS: Mapping[str, Mapping[str, Callable[[Path], Any]]] = {
    "moodle-xml": {"since": _manifest},
    "anki": {"lock": _lock},
    "anki-tsv": {"lock": _lock},
    "html": {"templates": _templates},
}
"""Options whose value is read from a file or folder; a lock is read without being asked for."""
