"""Input that is too large or too deep ends soon, with a place, a code and no traceback."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from quizforge.cli.main import run

_HEADER = "schema: 1\nid: big\ntitle: Big\n"
_BOMB = _HEADER + "".join(
    f"{name}: &{name} [{', '.join([below] * 9)}]\n"
    for name, below in zip("abcdef", ("x", "*a", "*b", "*c", "*d", "*e"), strict=True)
)


def _validate(tmp_path: Path, data: bytes) -> tuple[int, float]:
    """Exit code and seconds of ``quizforge validate`` for a file of these bytes."""
    file = tmp_path / "bank.yaml"
    file.write_bytes(data)
    start = time.perf_counter()
    with pytest.raises(SystemExit) as stop:
        run(["validate", "--format", "github", str(file)])
    assert isinstance(stop.value.code, int)
    return stop.value.code, time.perf_counter() - start


@pytest.mark.parametrize("bracket", ["[", "{a: ", "- ", "? "])
def test_nested_brackets(bracket: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """100,000 nested lists or mappings are refused at the 65th, in a blink."""
    code, seconds = _validate(tmp_path, f"{_HEADER}questions:\n {bracket * 100_000}".encode())
    out, err = capsys.readouterr()

    assert code == 1
    assert err == ""
    assert "line=5," in out
    assert "title=QF011 too-deep" in out
    assert seconds < 5


def test_alias_bomb(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """300 bytes that other readers blow up to gigabytes are refused in under a second."""
    assert 250 < len(_BOMB) < 350
    code, seconds = _validate(tmp_path, _BOMB.encode())
    out, err = capsys.readouterr()

    assert code == 1
    assert err == ""
    assert "title=QF008 anchor-or-alias" in out
    assert seconds < 1


def test_one_text_of_thirty_megabytes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A text far over 1 MB is left out, with its place; what stands beside it is still checked."""
    text = "x" * 30_000_000
    data = f"{_HEADER}questions:\n  - id: q\n    type: essay\n    stem: {text}\n    lines: none\n"
    code, seconds = _validate(tmp_path, data.encode())
    out, err = capsys.readouterr()

    assert code == 1
    assert err == ""
    assert "line=7,col=11,endLine=7,title=QF013 text-too-large" in out
    assert "line=8,col=12,endLine=8,title=QF106 bad-number" in out
    assert len(out) < 2000
    assert seconds < 20


@pytest.mark.parametrize(
    "data",
    [bytes(range(256)) * 400, b"\x7fELF" + bytes(100_000), b"\xff" * 100_000, b"PK\x03\x04" + bytes(range(1, 256)) * 9],
    ids=["all-bytes", "program", "ones", "archive"],
)
def test_binary_junk(data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is no text is named as such, with a bounded number of lines."""
    code, seconds = _validate(tmp_path, data)
    out, err = capsys.readouterr()

    assert code == 1
    assert err == ""
    assert "bank.yaml" in out
    assert len(out.splitlines()) < 100
    assert seconds < 5


def test_many_findings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two thousand faulty questions give two thousand findings, each with its own line."""
    questions = "".join(f"  - {{id: q{number}, type: true_false, stem: S, answer: no}}\n" for number in range(2_000))
    code, _ = _validate(tmp_path, f"{_HEADER}questions:\n{questions}".encode())
    lines = capsys.readouterr().out.splitlines()

    assert code == 1
    assert len(lines) == 2_000
    assert all(f"line={number}," in line for number, line in enumerate(lines, 5))
