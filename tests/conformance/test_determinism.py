"""The same input gives the same bytes, wherever and whenever."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
WORLDS = (
    {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"},
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "4242"},
)


def test_same_bytes_in_another_world(tmp_path: Path) -> None:
    """Another time zone, locale, hash seed, working directory and moment change no byte."""
    made = []
    for number, world in enumerate(WORLDS):
        out, cwd = tmp_path / f"out{number}", tmp_path / f"cwd{number}"
        cwd.mkdir()
        environment = {**os.environ, **world, "PYTHONPATH": str(ROOT)}
        subprocess.run([sys.executable, "-m", "tests.tools.export_all", str(out)], check=True, cwd=cwd, env=environment)
        made.append({path.relative_to(out): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()})
        time.sleep(2.1 if number == 0 else 0)  # zip archives tell times in steps of two seconds

    assert made[0].keys() == made[1].keys()
    assert [str(path) for path in made[0] if made[0][path] != made[1][path]] == []
