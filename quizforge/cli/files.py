"""Writing files so that each is whole or untouched."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from quizforge.errors import EnvironmentFault


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write several files; if one cannot be written, none is changed.

    Each goes to a temporary file in its own folder, is flushed to the disk, and only when all are
    there they take their names. Folders that are missing are made.

    Raises:
        EnvironmentFault: A folder or file cannot be written, or the disk is full.
    """
    waiting: list[tuple[Path, Path]] = []
    try:
        for path, data in files.items():
            waiting.append((_to_temporary(path, data), path))
        for temporary, path in waiting:
            temporary.replace(path)
    except OSError as error:
        message = f"'{error.filename2 or error.filename or '?'}' cannot be written: {error.strerror}"
        raise EnvironmentFault(message, hint="nothing was changed") from error
    finally:
        for temporary, _ in waiting:
            with contextlib.suppress(OSError):
                temporary.unlink()


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
