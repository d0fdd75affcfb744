"""Running pandoc: bytes in, bytes out, without files, network or clock."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

from quizforge.errors import EnvironmentFault

Node = dict[str, Any]
"""A block or inline of pandoc's document, ``{"t": type, "c": content}`` (pandoc-types 1.23)."""

_SECONDS = 300
_OLDEST = 3
_EPOCH = "315532800"
"""1980-01-01, the first day that a zip archive can hold; pandoc takes it for the clock."""
_HINT = "pip install 'quizforge[word]', or install pandoc 3"


def read_html(html: str) -> list[Node]:
    """The blocks of an HTML page.

    Raises:
        EnvironmentFault: There is no pandoc, or it fails.
    """
    document = json.loads(_run(["-f", "html-auto_identifiers", "-t", "json"], html.encode()))
    blocks: list[Node] = document["blocks"]
    return blocks


def write(blocks: list[Node], meta: dict[str, Node], *, to: str, arguments: tuple[str, ...] = ()) -> bytes:
    """A document in a format of pandoc's.

    Args:
        blocks: Its content.
        meta: Its metadata by name.
        to: The format.
        arguments: More of pandoc's.

    Raises:
        EnvironmentFault: There is no pandoc, or it fails.
    """
    document = {"pandoc-api-version": [1, 23, 1], "meta": meta, "blocks": blocks}
    return _run(["-f", "json", "-t", to, "-o", "-", *arguments], json.dumps(document).encode())


def _run(arguments: list[str], data: bytes) -> bytes:
    # In the sandbox pandoc reads and writes nothing but its standard streams (manual, "--sandbox").
    command = [_program(), "--sandbox", *arguments]
    environment = {"SOURCE_DATE_EPOCH": _EPOCH, "TZ": "UTC", "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(  # noqa: S603  # a program of ours or the user's, its arguments are ours
            command, input=data, capture_output=True, check=False, timeout=_SECONDS, env=environment
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EnvironmentFault(f"pandoc cannot be run: {error}", hint=_HINT) from error
    if done.returncode:
        said = done.stderr.decode("utf-8", errors="replace").strip().splitlines()
        raise EnvironmentFault(f"pandoc failed: {said[-1] if said else done.returncode}", hint=_HINT)
    return done.stdout


@cache
def _program() -> str:
    """The pandoc that ``pypandoc_binary`` brings, else the one on the path."""
    spec = importlib.util.find_spec("pypandoc")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        for name in ("pandoc", "pandoc.exe"):
            brought = Path(folder) / "files" / name
            if brought.is_file():
                return str(brought)
    found = shutil.which("pandoc")
    if found is None:
        raise EnvironmentFault("Word and LaTeX are written by pandoc, which is not installed", hint=_HINT)
    version = subprocess.run([found, "--version"], capture_output=True, text=True, check=False, timeout=30)  # noqa: S603  # found on the path
    number = version.stdout.split("\n", 1)[0].rpartition(" ")[2]
    if not number.split(".", 1)[0].isdecimal() or int(number.split(".", 1)[0]) < _OLDEST:
        raise EnvironmentFault(f"pandoc {number or '?'} is too old", hint=_HINT)
    return found
