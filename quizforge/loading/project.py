"""The file in which a project sets what holds for all its banks: ``quizforge.toml`` or ``pyproject.toml``.

It is searched upwards from each bank, so that the working directory makes no difference: in the bank's folder, then in
the folders above it, as far as the one that holds ``.git``. ``quizforge.toml`` counts before ``pyproject.toml``, and a
``pyproject.toml`` only if it has a table ``tool.quizforge``.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path as FilePath

from quizforge.loading.toml import Toml, TomlFaultError, read
from quizforge.model.diagnostic import Path

OWN = "quizforge.toml"
SHARED = "pyproject.toml"
_SHARED_TABLE: Path = ("tool", "quizforge")


@dataclass(frozen=True)
class Project:
    """A project's file.

    Attributes:
        toml: Its content.
        table: Path of QuizForge's own table in it.
    """

    toml: Toml
    table: Path

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of QuizForge's table, in the order of the file."""
        table = _below(self.toml.data, self.table)
        return tuple(table) if isinstance(table, dict) else ()

    def section(self, name: str) -> object:
        """What stands under a key of QuizForge's table; None if nothing does."""
        return _below(self.toml.data, (*self.table, name))


class Projects:
    """Finds the project of each bank and reads each file once.

    Attributes:
        faults: Files that could not be read, in the order in which they were met.
    """

    def __init__(self) -> None:
        self._read: dict[FilePath, Project | None] = {}
        self.faults: list[TomlFaultError] = []

    def of(self, home: FilePath) -> Project | None:
        """The project that a bank belongs to; None where it belongs to none.

        Args:
            home: ``bank.yaml`` or the single file of the bank.
        """
        folder = FilePath(os.path.abspath(home)).parent  # noqa: PTH100  # links are left as the user sees them
        for place in (folder, *folder.parents):
            found = self._in(place)
            if found is not None:
                return found
            if (place / ".git").exists():
                return None
        return None

    def _in(self, folder: FilePath) -> Project | None:
        for name, table in ((OWN, ()), (SHARED, _SHARED_TABLE)):
            file = folder / name
            if file not in self._read:
                self._read[file] = self._open(file, table) if file.is_file() else None
            found = self._read[file]
            if found is not None:
                return found
        return None

    def _open(self, file: FilePath, table: Path) -> Project | None:
        try:
            toml = read(file, shown=_shown(file))
        except TomlFaultError as fault:
            self.faults.append(fault)
            return None
        return Project(toml, table) if _below(toml.data, table) is not None else None


def _below(data: object, path: Path) -> object:
    for step in path:
        data = data.get(str(step)) if isinstance(data, dict) else None
    return data


def _shown(file: FilePath) -> str:
    """Relative to the working directory where it lies below, else as it is."""
    current = FilePath.cwd()
    return file.relative_to(current).as_posix() if file.is_relative_to(current) else file.as_posix()
