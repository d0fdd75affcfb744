"""The marker ``external``, the option ``--update-goldens`` and the surroundings, as pytest really runs them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tools import external

_ROOT = Path(__file__).parents[3]


def _pytest(folder: Path, test: str, *arguments: str, **environment: str) -> tuple[int, str]:
    """Run one test file in a pytest of its own; returns the exit code and what was printed."""
    path = folder / "test_it.py"
    path.write_text(f"import os, time, pytest\n{test}\n", encoding="utf-8")
    clean = {name: value for name, value in os.environ.items() if name not in {"CI", "CHROMIUM"}}
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-p", "no:cacheprovider", "-c", "pyproject.toml"]
    run = subprocess.run(
        [*command, str(path), *arguments],
        cwd=_ROOT,
        env=clean | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return run.returncode, run.stdout + run.stderr


_NEEDS_CHROMIUM = "@pytest.mark.external('chromium')\ndef test_page(): ..."


def test_absent_tool_skips_with_the_cure(tmp_path: Path) -> None:
    """Without its program a test is skipped, and the reason says how to get the program."""
    code, printed = _pytest(tmp_path, _NEEDS_CHROMIUM, CHROMIUM="/nowhere/chromium")

    assert code == 0
    assert "chromium is not installed (apt install chromium)" in printed
    assert "1 skipped" in printed


def test_absent_tool_fails_in_ci(tmp_path: Path) -> None:
    """Where CI is set, an absent program is a failure and not a skip."""
    code, printed = _pytest(tmp_path, _NEEDS_CHROMIUM, CI="true", CHROMIUM="/nowhere/chromium")

    assert code == 1
    assert "in CI nothing may be absent" in printed


def test_present_tool_runs(tmp_path: Path) -> None:
    """With its program the test runs."""
    code, printed = _pytest(tmp_path, _NEEDS_CHROMIUM, CI="true", CHROMIUM=sys.executable)

    assert code == 0
    assert "1 passed" in printed


@pytest.mark.parametrize("marker", ["external", "external('chromum')"])
def test_marker_without_a_known_tool_fails(tmp_path: Path, marker: str) -> None:
    """A misspelled or forgotten tool never lets a test pass or skip."""
    code, printed = _pytest(tmp_path, f"@pytest.mark.{marker}\ndef test_page(): ...")

    assert code == 1
    assert "external() takes chromium, node" in printed


def test_goldens_are_not_blessed_in_ci(tmp_path: Path) -> None:
    """``--update-goldens`` is refused where CI is set, and taken elsewhere."""
    test = "def test_it(update_goldens): assert update_goldens"

    refused, printed = _pytest(tmp_path, test, "--update-goldens", CI="true")
    taken, _ = _pytest(tmp_path, test, "--update-goldens")

    assert refused == pytest.ExitCode.USAGE_ERROR
    assert "refused where CI is set" in printed
    assert taken == 0


def test_surroundings_do_not_show(tmp_path: Path) -> None:
    """Zone, language, width and colour of the machine do not reach a test."""
    test = (
        "def test_it():\n"
        "    assert time.tzname == ('UTC', 'UTC')\n"
        "    assert os.environ['LC_ALL'] == 'C.UTF-8'\n"
        "    assert os.environ['COLUMNS'] == '80'\n"
        "    assert 'FORCE_COLOR' not in os.environ\n"
        "    assert 'SOURCE_DATE_EPOCH' not in os.environ\n"
    )

    code, printed = _pytest(
        tmp_path, test, TZ="Asia/Kathmandu", LC_ALL="tr_TR.UTF-8", COLUMNS="40", FORCE_COLOR="1", SOURCE_DATE_EPOCH="1"
    )

    assert code == 0, printed


def test_missing_names_each_absent_tool(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is absent is named with its cure, what is present is not, and an unknown name is refused."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("CHROMIUM", sys.executable)

    assert external.missing(("chromium", "node")) == ["node is not installed (apt install nodejs npm)"]
    with pytest.raises(KeyError, match="chromum"):
        external.missing(("chromum",))
