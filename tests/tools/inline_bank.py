"""Banks written inside a test."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from quizforge.loading.bank import Loaded, load_banks

HEADER = "schema: 1\nid: test\ntitle: Test bank\n"


def load(folder: Path, files: str | dict[str, str]) -> Loaded:
    """Write files into a folder and load it.

    Args:
        folder: An empty folder.
        files: The body of one bank (its header is added), or whole files by name.
    """
    whole = {"bank.yaml": HEADER + dedent(files)} if isinstance(files, str) else files
    for name, text in whole.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
    return load_banks([folder])


def found(loaded: Loaded) -> list[tuple[str, int, int]]:
    """Code, line and column of each finding."""
    return [(item.code.code, item.place.line, item.place.column) for item in loaded.diagnostics]


def codes(loaded: Loaded) -> list[str]:
    """The code of each finding."""
    return [item.code.code for item in loaded.diagnostics]
