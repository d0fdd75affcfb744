"""What ``quizforge export`` does around the exporters: options, the clock, and never half a result."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from quizforge.cli.main import run

_BANK = """\
schema: 1
id: planets
title: Planets
questions:
  - {id: nearest, type: short_answer, stem: Nearest?, answers: [Mercury]}
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a bank in it, as the working folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    (tmp_path / "planets.yaml").write_text(_BANK, encoding="utf-8")
    return tmp_path


def _export(*words: str) -> int:
    with pytest.raises(SystemExit) as stop:
        run(["export", "planets.yaml", *words])
    assert isinstance(stop.value.code, int)
    return stop.value.code


def _holdings(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_full_disk_leaves_the_previous_export(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the disk full in mid-write, an export ends with 3 and every file is the one of before."""
    assert _export() == 0
    before = _holdings(home)
    (home / "planets.yaml").write_text(_BANK.replace("Nearest?", "Which is nearest?"), encoding="utf-8")
    changed = _holdings(home)
    left = [2]

    def fill(_descriptor: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fill)
    capsys.readouterr()

    assert _export() == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert "No space left on device" in err
    assert "Traceback" not in err
    assert _holdings(home) == changed
    assert {name: data for name, data in changed.items() if name != "planets.yaml"} == {
        name: data for name, data in before.items() if name != "planets.yaml"
    }


def test_interrupt_leaves_the_previous_export(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ctrl-C in mid-write ends with 130, and every file is the one of before."""
    assert _export() == 0
    (home / "planets.yaml").write_text(_BANK.replace("Nearest?", "Which is nearest?"), encoding="utf-8")
    before = _holdings(home)

    def interrupt(_descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)

    assert _export() == 130
    assert "interrupted" in capsys.readouterr().err
    assert _holdings(home) == before


def test_second_export_writes_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Files whose content would be the same are not touched, so that their times stay."""
    assert _export() == 0
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*") if path.is_file()}
    assert "new or changed" in capsys.readouterr().out

    assert _export() == 0
    assert "new or changed" not in capsys.readouterr().out
    assert {path: path.stat().st_mtime_ns for path in home.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["-f", "anki", "--columns", "2"], "'--columns' is for the format 'html', which is not written here"),
        (["-f", "html", "--essays"], "'--essays' is for none of the formats that are written here"),
        (["-f", "html", "-O", "htlm.columns=2"], "'-O htlm.columns=2' is for the format 'htlm', which is not written"),
        (["-f", "html", "-O", "html.colums=2"], "the format 'html' has no option 'colums'"),
        (["-f", "html", "-O", "html.columns"], "'-O html.columns' is not of the form FORMAT.OPTION=VALUE"),
        (["-f", "html", "-O", "columns=2"], "'-O columns=2' is not of the form FORMAT.OPTION=VALUE"),
        (["-f", "html", "-O", "html.columns=two"], "'-O html.columns=two': a whole number is expected"),
        (["-f", "html", "-O", "html.large_print=yes"], "'-O html.large_print=yes': true or false is expected"),
        (["-f", "html", "--templates", "nowhere"], "there is no folder 'nowhere'"),
        (["-f", "docx"], "there is no format 'docx'"),
        (["-f", "html", "--mode", "practice"], "'--mode' is for none of the formats that are written here"),
        (["-f", "anki", "-O", "anki.cards=all"], "'-O anki.cards=all': one of choice, recall, both is expected"),
        (["--id", "nonsense"], "no question is chosen, so there is nothing to write"),
    ],
)
def test_option_without_effect_is_refused(
    home: Path, words: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """An option that would change nothing, or is not understood, stops the export before anything is written."""
    assert _export(*words) == 2
    assert message in capsys.readouterr().err
    assert set(_holdings(home)) == {"planets.yaml"}


def test_manifest_that_cannot_be_read(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A manifest that is not there, or is no manifest, stops the export before anything is written."""
    (home / "junk.json").write_bytes(b"\xff")

    assert _export("-f", "moodle-xml", "--since", "nowhere.json") == 2
    assert _export("-f", "moodle-xml", "--since", "junk.json") == 2
    assert "Traceback" not in capsys.readouterr().err
    assert set(_holdings(home)) == {"planets.yaml", "junk.json"}


def test_lock_that_cannot_be_read_stops_the_export(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A damaged lock file is not overwritten: learners would get every note as changed."""
    lock = home / "planets.anki.lock.json"
    lock.write_text("{", encoding="utf-8")

    assert _export("-f", "anki") == 1
    assert "anki.lock.json cannot be read" in capsys.readouterr().err
    assert _holdings(home) == {"planets.yaml": _BANK.encode(), lock.name: b"{"}


def test_lock_of_the_bank_is_read_and_kept(home: Path) -> None:
    """A second export without a change gives the same deck and the same lock, whatever the time is."""
    assert _export("-f", "anki") == 0
    before = _holdings(home)
    os.environ["SOURCE_DATE_EPOCH"] = "1893456000"

    assert _export("-f", "anki", "--locked") == 0
    assert _holdings(home) == before
