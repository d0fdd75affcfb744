"""Writing files so that each is whole or untouched."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from typing_extensions import Self

from quizforge.errors import EnvironmentFault


class Writing:
    """Several files that are written together: all of them, or none.

    Each goes to a temporary file in its own folder and is flushed to the disk as it is added, so that
    its bytes need not be kept. Only :meth:`finish` gives them their names. What stood under a name
    keeps a second one until the last file has its name, so that it can be put back. Folders that are
    missing are made. Leaving the context without having finished changes nothing.
    """

    def __init__(self) -> None:
        self._waiting: list[tuple[Path, Path]] = []
        self._folders: list[Path] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        _remove(temporary for temporary, _ in self._waiting)
        for folder in reversed(self._folders):
            with contextlib.suppress(OSError):  # not empty: something was written after all
                folder.rmdir()

    def add(self, path: Path, data: bytes, *, mode: int | None = None) -> None:
        """Write a file under a temporary name.

        Args:
            path: The name that it gets in the end.
            data: Its bytes.
            mode: Who may read it; as usual if None.

        Raises:
            EnvironmentFault: The folder or the file cannot be written, or the disk is full.
        """
        try:
            self._folders += _made_folders(path.parent)
            self._waiting.append((_to_temporary(path, data, _usual_mode() if mode is None else mode), path))
        except OSError as error:
            raise _fault(error) from error

    def finish(self) -> None:
        """Give every file its name.

        Raises:
            EnvironmentFault: One cannot have it; the others have got their former content back.
        """
        former: list[tuple[Path, Path | None]] = []
        try:
            for temporary, path in self._waiting:
                former.append((path, _second_name(path)))
                temporary.replace(path)
        except BaseException as error:
            _put_back(former)
            if isinstance(error, OSError):
                raise _fault(error) from error
            raise
        finally:
            _remove(before for _, before in former if before is not None)


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write several files; if one cannot be written, none is changed.

    Raises:
        EnvironmentFault: A folder or file cannot be written, or the disk is full.
    """
    with Writing() as writing:
        for path, data in files.items():
            writing.add(path, data)
        writing.finish()


def unchanged(path: Path, data: bytes) -> bool:
    """Whether a file has this content already."""
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _fault(error: OSError) -> EnvironmentFault:
    message = f"'{error.filename2 or error.filename or '?'}' cannot be written: {error.strerror}"
    return EnvironmentFault(message, hint="nothing was changed")


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink()


def _second_name(path: Path) -> Path | None:
    """Another name for the file that stands under a name; None where nothing does."""
    if not path.exists():
        return None
    second = path.with_name(f".{path.name}.before")
    second.unlink(missing_ok=True)
    try:
        second.hardlink_to(path)
    except OSError:  # FAT has no links, and a folder can have none: then copying says what is wrong
        shutil.copy2(path, second)
    return second


def _put_back(former: list[tuple[Path, Path | None]]) -> None:
    for path, before in reversed(former):
        with contextlib.suppress(OSError):
            if before is None:
                path.unlink(missing_ok=True)
            else:
                before.replace(path)


def _made_folders(folder: Path) -> list[Path]:
    """Make a folder; those that were missing, outermost first."""
    missing = [part for part in (folder, *folder.parents) if not part.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing[::-1]


def _to_temporary(path: Path, data: bytes, mode: int) -> Path:
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(mode)
    except BaseException as error:
        Path(name).unlink()
        if isinstance(error, OSError) and error.filename is None:
            error.filename = str(path)
        raise
    return Path(name)


def _usual_mode() -> int:
    """The mode that a plain ``open`` would have given; ``mkstemp`` makes files for the owner only."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
