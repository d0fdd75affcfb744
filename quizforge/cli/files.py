"""Writing files so that each is whole or untouched."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from quizforge.errors import EnvironmentFault


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write several files; if one cannot be written, none is changed.

    Each goes to a temporary file in its own folder and is flushed to the disk; only when all are
    there they take their names. What stood under a name keeps a second one until the last file has
    its name, so that it can be put back. Folders that are missing are made.

    Raises:
        EnvironmentFault: A folder or file cannot be written, or the disk is full.
    """
    waiting: list[tuple[Path, Path]] = []
    former: list[tuple[Path, Path | None]] = []
    try:
        for path, data in files.items():
            waiting.append((_to_temporary(path, data), path))
        for temporary, path in waiting:
            former.append((path, _second_name(path)))
            temporary.replace(path)
    except BaseException as error:
        _put_back(former)
        if isinstance(error, OSError):
            message = f"'{error.filename2 or error.filename or '?'}' cannot be written: {error.strerror}"
            raise EnvironmentFault(message, hint="nothing was changed") from error
        raise
    finally:
        for leftover in (*(temporary for temporary, _ in waiting), *(before for _, before in former)):
            if leftover is not None:
                with contextlib.suppress(OSError):
                    leftover.unlink()


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


def _to_temporary(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(_usual_mode())
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
