"""The console sessions in this folder: what a person types, and what the command line answers.

Every ``##`` heading begins a session in an empty folder. Blocks with a title are files.
``pytest tests/cli --update-goldens`` writes the answers anew; look at the difference before you commit it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.session import play, rewrite
from tests.docs.blocks import Block, blocks

_HERE = Path(__file__).parent


def _sessions() -> list[tuple[Path, str]]:
    found = [(path, block.heading) for path in sorted(_HERE.glob("*.md")) for block in _blocks(path)]
    return list(dict.fromkeys(found))


def _blocks(path: Path) -> tuple[Block, ...]:
    return blocks(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("path", "heading"), _sessions(), ids=lambda value: getattr(value, "stem", value))
def test_session(path: Path, heading: str, tmp_path: Path, *, update_goldens: bool) -> None:
    """Each command prints what the session shows, and ends with the code that it shows."""
    session = [block for block in _blocks(path) if block.heading == heading]
    changed: list[tuple[Block, str]] = []
    for block, expected, happened in play(session, tmp_path / "session"):
        if not all(one.fits(other) for one, other in zip(expected, happened, strict=True)):
            changed.append((block, "".join(map(str, happened))))
    if update_goldens:
        rewrite(path, changed)
        return
    for block, text in changed:
        assert text == block.text, f"{path.name}, line {block.line}: {heading}"


def test_every_session_has_a_name_of_its_own() -> None:
    """No heading stands twice in a file, so that no session hides another."""
    for path in _HERE.glob("*.md"):
        headings = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("## ")]
        assert len(headings) == len(set(headings)), path.name
