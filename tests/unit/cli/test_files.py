"""Files are written whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from quizforge.cli.files import write_all
from quizforge.errors import EnvironmentFault


def _holdings(folder: Path) -> Mapping[str, bytes]:
    """Every file below a folder, hidden ones too."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _failing(real: Callable[..., object], error: BaseException, *, after: int) -> Callable[..., object]:
    """A function that does what it should a few times, and then fails as a machine would."""
    left = [after]

    def call(*arguments: object, **options: object) -> object:
        if not left[0]:
            raise error
        left[0] -= 1
        return real(*arguments, **options)

    return call


@pytest.fixture
def old(tmp_path: Path) -> dict[Path, bytes]:
    """Two files that stand there already."""
    files = {tmp_path / "a.xml": b"old a", tmp_path / "b.html": b"old b"}
    for path, data in files.items():
        path.write_bytes(data)
    return files


@pytest.fixture
def new(old: dict[Path, bytes], tmp_path: Path) -> dict[Path, bytes]:
    """What is to stand there, and a third file that does not exist yet."""
    return dict.fromkeys(old, b"new") | {tmp_path / "below" / "c.apkg": b"new"}


def test_files_are_written_with_their_folders(new: dict[Path, bytes], tmp_path: Path) -> None:
    """All files get their bytes, missing folders are made, and nothing else is left behind."""
    write_all(new)

    assert _holdings(tmp_path) == {"a.xml": b"new", "b.html": b"new", "below/c.apkg": b"new"}


@pytest.mark.skipif(os.name != "posix", reason="modes are a matter of POSIX")
def test_files_have_the_usual_mode(tmp_path: Path) -> None:
    """A written file may be read by those who may read any new file."""
    plain = tmp_path / "plain"
    plain.touch()
    write_all({tmp_path / "a.xml": b"a"})

    assert stat.S_IMODE((tmp_path / "a.xml").stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)


@pytest.mark.parametrize("after", [0, 1, 2])
def test_full_disk_changes_nothing(
    old: dict[Path, bytes], new: dict[Path, bytes], after: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the disk is full at any of the files, the old ones stand as they were, and no part of a new one is left."""
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    monkeypatch.setattr(os, "fsync", _failing(os.fsync, full, after=after))

    with pytest.raises(EnvironmentFault, match=r"cannot be written: No space left on device") as fault:
        write_all(new)

    assert str(list(new)[after]) in fault.value.message
    assert fault.value.hint == "nothing was changed"
    assert _holdings(tmp_path) == {path.name: data for path, data in old.items()}


@pytest.mark.parametrize("after", [0, 1, 2])
def test_refused_name_puts_everything_back(
    old: dict[Path, bytes], new: dict[Path, bytes], after: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a file that is open elsewhere cannot be replaced, the files before it get their old content back."""
    refused = PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(list(new)[after]))
    real = Path.replace
    failing = _failing(real, refused, after=after)
    monkeypatch.setattr(Path, "replace", lambda path, to: (failing if path.suffix == ".part" else real)(path, to))

    with pytest.raises(EnvironmentFault, match=f"{list(new)[after].name}' cannot be written: Permission denied"):
        write_all(new)

    assert _holdings(tmp_path) == {path.name: data for path, data in old.items()}


def test_interrupt_puts_everything_back(
    old: dict[Path, bytes], new: dict[Path, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C between two files leaves both as they were, and goes on up."""
    real = Path.replace
    failing = _failing(real, KeyboardInterrupt(), after=1)
    monkeypatch.setattr(Path, "replace", lambda path, to: (failing if path.suffix == ".part" else real)(path, to))

    with pytest.raises(KeyboardInterrupt):
        write_all(new)

    assert _holdings(tmp_path) == {path.name: data for path, data in old.items()}


def test_disk_without_links_is_served_by_copies(
    old: dict[Path, bytes], new: dict[Path, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a disk without hard links (FAT) the old content is put back as well."""
    no_links = OSError(errno.EPERM, os.strerror(errno.EPERM))
    monkeypatch.setattr(Path, "hardlink_to", _failing(Path.hardlink_to, no_links, after=0))
    real = Path.replace
    failing = _failing(real, KeyboardInterrupt(), after=1)
    monkeypatch.setattr(Path, "replace", lambda path, to: (failing if path.suffix == ".part" else real)(path, to))

    with pytest.raises(KeyboardInterrupt):
        write_all(new)

    assert _holdings(tmp_path) == {path.name: data for path, data in old.items()}


def test_folder_in_the_place_of_a_file_is_refused(old: dict[Path, bytes], tmp_path: Path) -> None:
    """A folder that has the name of an output is not replaced, and its neighbours stay as they are."""
    (tmp_path / "c.xml").mkdir()

    with pytest.raises(EnvironmentFault, match=r"c\.xml' cannot be written: Is a directory"):
        write_all(dict.fromkeys(old, b"new") | {tmp_path / "c.xml": b"new"})

    assert _holdings(tmp_path) == {path.name: data for path, data in old.items()}
