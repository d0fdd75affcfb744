"""``--pdf`` without a Chromium that works: what is wrong is said, and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizforge.cli import pdf
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
    (tmp_path / "planets.yaml").write_text(_BANK, encoding="utf-8")
    return tmp_path


def browser(home: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> Path:
    """A program that stands in for Chromium."""
    path = home / "browser"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    monkeypatch.setenv("CHROMIUM", str(path))
    return path


def export(*words: str) -> object:
    """The exit code of an export."""
    with pytest.raises(SystemExit) as stop:
        run(["export", "planets.yaml", "-f", "html", "--pdf", *words])
    return stop.value.code


def test_no_chromium(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Without one, the machine refuses, and says what to install."""
    monkeypatch.setenv("CHROMIUM", str(home / "gone"))

    assert export() == 3
    assert "there is no program" in (said := capsys.readouterr().err)
    assert "install Chromium or Chrome" in said
    assert not (home / "exports").exists()


def test_failing_chromium(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """One that makes no PDF is quoted with its last words."""
    browser(home, monkeypatch, "echo first >&2; echo 'no space left' >&2; exit 1")

    assert export() == 3
    assert "made no PDF: no space left" in capsys.readouterr().err
    assert not (home / "exports").exists()


def test_hanging_chromium(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """One that does not end is ended, with its children."""
    browser(home, monkeypatch, f"(sleep 2; touch {home / 'survivor'}) & sleep 60")
    monkeypatch.setattr(pdf, "TIMEOUT", 0.5)

    assert export() == 3
    assert "took longer than 0.5 seconds" in capsys.readouterr().err
    assert not (home / "exports").exists()


def test_program_that_cannot_start(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that is no program is said to be none."""
    path = browser(home, monkeypatch, "")
    path.write_bytes(b"\x7fELF is not here")

    assert export() == 3
    assert "cannot be started" in capsys.readouterr().err


def test_pdf_is_for_paper(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where no format is for paper, --pdf is a wrong use."""
    with pytest.raises(SystemExit) as stop:
        run(["export", "planets.yaml", "-f", "moodle-xml", "--pdf"])

    assert stop.value.code == 2
    assert "choose html or bubble-sheet with -f" in capsys.readouterr().err
    assert not (home / "exports").exists()
