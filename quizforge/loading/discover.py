"""From the paths that a user names to the banks behind them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from quizforge.errors import EnvironmentFault, UsageError
from quizforge.model.codes.source import NO_BANK, OUTSIDE_BANK, YML_SUFFIX
from quizforge.model.diagnostic import Diagnostic, Place

HOME = "bank.yaml"
RESERVED_FOLDERS = frozenset({"data", "media", "quizzes", "translations", "node_modules", "__pycache__"})
RESERVED_FILES = frozenset({"stats.yaml", "reviews.yaml"})
_MAX_DEPTH = 32


@dataclass(frozen=True, slots=True)
class BankFiles:
    """The files of one bank.

    Attributes:
        folder: The bank's folder, which no path inside the bank may leave.
        files: ``bank.yaml`` or the single file first, then the others by path.
        certain: Whether it must be a bank; a single file met on a search need not be one.
    """

    folder: Path
    files: tuple[Path, ...]
    certain: bool


def find_banks(paths: Sequence[str | os.PathLike[str]]) -> tuple[tuple[BankFiles, ...], tuple[Diagnostic, ...]]:
    """The banks behind paths, in order and each once.

    A file is a bank, or a part of the bank whose ``bank.yaml`` stands above it. A folder with
    ``bank.yaml`` is one bank; any other folder is searched.

    Raises:
        UsageError: A path does not exist, or is neither a file nor a folder.
        EnvironmentFault: A folder cannot be listed.
    """
    diagnostics: list[Diagnostic] = []
    found: dict[str, BankFiles] = {}
    for name in paths:
        path = Path(name)
        if not (path.is_file() or path.is_dir()):
            message = f"there is no file or folder '{_shown(path)}'"
            raise UsageError(message, hint="name a bank's folder, a .yaml file, or a folder to search")
        try:
            banks = list(_banks_at(path, diagnostics))
        except OSError as error:
            message = f"'{error.filename}' cannot be listed: {error.strerror}"
            raise EnvironmentFault(message) from error
        if not banks:
            hint = "a bank is a .yaml file with 'schema: 1', or a folder with bank.yaml; 'quizforge init DIR' makes one"
            diagnostics.append(Diagnostic.of(NO_BANK, Place(_shown(path)), "there is no question bank here", hint=hint))
        for bank in banks:
            found.setdefault(os.path.realpath(bank.files[0]), bank)
    return tuple(found.values()), tuple(diagnostics)


def _banks_at(path: Path, diagnostics: list[Diagnostic]) -> Iterator[BankFiles]:
    if path.is_file():
        home = _home_above(path)
        if home is not None:
            yield _folder_bank(home, diagnostics)
        elif path.suffix == ".yml":
            diagnostics.append(yml_diagnostic(path))
        else:
            yield BankFiles(path.parent, (path,), certain=True)
    elif (path / HOME).is_file():
        yield _folder_bank(path, diagnostics)
    else:
        yield from _search(path, diagnostics, 0)


def _home_above(file: Path) -> Path | None:
    folder = file.parent
    for _ in range(_MAX_DEPTH):
        if (folder / HOME).is_file():
            return folder
        if folder.name in RESERVED_FOLDERS or folder in (folder.parent, Path()):
            return None
        folder = folder.parent
    return None


def _search(folder: Path, diagnostics: list[Diagnostic], depth: int) -> Iterator[BankFiles]:
    if depth > _MAX_DEPTH:
        return
    for entry in sorted(folder.iterdir()):
        if entry.is_dir():
            if _skipped(entry) or entry.is_symlink():
                continue
            if (entry / HOME).is_file():
                yield _folder_bank(entry, diagnostics)
            else:
                yield from _search(entry, diagnostics, depth + 1)
        elif entry.suffix == ".yml":
            diagnostics.append(yml_diagnostic(entry))
        elif entry.suffix == ".yaml" and entry.name not in RESERVED_FILES and not entry.name.startswith("."):
            yield BankFiles(folder, (entry,), certain=False)


def _folder_bank(folder: Path, diagnostics: list[Diagnostic]) -> BankFiles:
    home = folder / HOME
    root = folder.resolve()
    parts = []
    for file in _files_below(folder, 0):
        if file.suffix == ".yml":
            diagnostics.append(yml_diagnostic(file))
        elif file != home and file.suffix == ".yaml":
            if file.resolve().is_relative_to(root):
                parts.append(file)
            else:
                message = "this link leads outside the bank's folder and is not read"
                place = Place(_shown(file))
                diagnostics.append(Diagnostic.of(OUTSIDE_BANK, place, message, hint="copy the file into the folder"))
    parts.sort(key=lambda file: file.relative_to(folder).as_posix())
    return BankFiles(folder, (home, *parts), certain=True)


def _files_below(folder: Path, depth: int) -> Iterator[Path]:
    if depth > _MAX_DEPTH:
        return
    for entry in folder.iterdir():
        if entry.is_dir():
            if not _skipped(entry) and not entry.is_symlink():
                yield from _files_below(entry, depth + 1)
        elif entry.name not in RESERVED_FILES and not entry.name.startswith("."):
            yield entry


def _skipped(folder: Path) -> bool:
    return folder.name in RESERVED_FOLDERS or folder.name.startswith(".")


def yml_diagnostic(file: Path) -> Diagnostic:
    """That a file is not read because of its suffix."""
    hint = f"rename it to {file.with_suffix('.yaml').name}"
    return Diagnostic.of(YML_SUFFIX, Place(_shown(file)), "a file that ends in .yml is not read", hint=hint)


def _shown(path: Path) -> str:
    return path.as_posix()


def shown(paths: Iterable[Path]) -> tuple[str, ...]:
    """Paths as they are printed, with ``/`` between folders on every system."""
    return tuple(_shown(path) for path in paths)
