"""Golden files say that the output is unchanged; whether it is right, real consumers say.

A case is a folder with ``bank/`` and ``expected/<format>/``; a file ``only.txt`` names the formats that it
is for, else it is for all. To add one, write the bank and run ``make golden``, then look at every line of
the difference. An archive is kept as the text of its
members and rows, which can be read in a diff.
"""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pytest

from quizforge.api import Env, export, load_bank
from quizforge.exporters import registry
from quizforge.exporters.base import ExportFile
from tests.tools.extract import text_of

HERE = Path(__file__).parent
_ARCHIVES = (b"PK", b"\x1f\x8b")
"""How archives of zip and gzip begin."""


def _formats(case: Path) -> tuple[str, ...]:
    only = case / "only.txt"
    return tuple(only.read_text(encoding="utf-8").split()) if only.exists() else tuple(registry.BUILT_IN)


CASES = [(case.name, name) for case in sorted(HERE.iterdir()) if (case / "bank").is_dir() for name in _formats(case)]


@pytest.mark.parametrize(("case", "name"), CASES)
def test_output_is_unchanged(case: str, name: str, *, update_goldens: bool) -> None:
    """A bank is written as it was when somebody last looked."""
    folder = HERE / case / "expected" / name
    made = {file.name + _suffix(file): _readable(file) for file in _export(case, name)}
    if update_goldens:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for file, data in made.items():
            (folder / file).write_bytes(data)
    kept = {path.name: path.read_bytes() for path in sorted(folder.iterdir())}

    assert made.keys() == kept.keys()
    for file, data in made.items():
        hint = f"look at the difference, then: make golden ARGS='-k {case}'"
        assert data.decode(errors="replace") == kept[file].decode(errors="replace"), hint
        assert data == kept[file], hint


def _export(case: str, name: str) -> tuple[ExportFile, ...]:
    return export(load_bank(HERE / case / "bank"), name, env=Env(now=1_700_000_000)).files


def _suffix(file: ExportFile) -> str:
    return ".txt" if file.data.startswith(_ARCHIVES) else ""


def _readable(file: ExportFile) -> bytes:
    """A file as it is kept: archives as text, and of what pandoc wrote only what came from the bank."""
    if file.name.endswith(".docx"):
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            return archive.read("word/document.xml").replace(b"<w:p>", b"\n<w:p>")
    if file.name.endswith(".tex"):
        return file.data[file.data.index(rb"\begin{document}") :]
    return text_of(file).encode() if file.data.startswith(_ARCHIVES) else file.data
