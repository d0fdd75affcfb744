"""The programs that tests of the ``external`` kind need, and how to find them on this machine.

A test says what it needs: ``@pytest.mark.external("chromium", "node", "npm-tools")``. ``tests/conftest.py`` skips it
with a reason where something is absent, and fails it where ``CI`` is set.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

EXTERNAL = Path(__file__).parents[1] / "external"
NODE_MODULES = EXTERNAL / "node_modules"
"""Where ``tests/external/setup.sh`` installs puppeteer-core and axe-core."""

CHROMIUM_FLAGS: tuple[str, ...] = (
    "--headless",
    "--no-sandbox",  # CI runs as root, where Chromium's sandbox refuses to start
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    # Without these three Chromium calls its maker at every start.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""What Chromium needs to run alike everywhere. Add a new, empty ``--user-data-dir`` for each run."""


def chromium() -> str | None:
    """Path of Chromium or Chrome: the one named in ``CHROMIUM``, else the first on the path; None when absent."""
    named = os.environ.get("CHROMIUM")
    names = (named,) if named else ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


def node() -> str | None:
    """Path of Node.js; None when absent."""
    return shutil.which("node")


def npm_tools() -> str | None:
    """Folder with the page-test tools; None when not all of them are installed."""
    installed = (NODE_MODULES / ".quizforge").is_file()
    return str(NODE_MODULES) if installed else None


def openedx() -> str | None:
    """Python of the environment with Open edX's grader (AGPL: tests only); None when absent."""
    folder = EXTERNAL / ".openedx"
    return str(folder / "bin" / "python") if (folder / ".quizforge").is_file() else None


def anki() -> str | None:
    """Folder of the Anki backend (PyPI ``anki``, AGPL: tests only); None when absent."""
    spec = importlib.util.find_spec("anki")
    return next(iter(spec.submodule_search_locations or ()), None) if spec else None


def poppler() -> str | None:
    """Path of ``pdftotext``; None when absent."""
    return shutil.which("pdftotext")


TOOLS: Mapping[str, tuple[Callable[[], str | None], str]] = MappingProxyType(
    {
        "chromium": (chromium, "apt install chromium"),
        "node": (node, "apt install nodejs npm"),
        "npm-tools": (npm_tools, "make external"),
        "openedx": (openedx, "make external"),
        "anki": (anki, "make test installs it"),
        "poppler": (poppler, "apt install poppler-utils"),
    }
)
"""Name in the marker: how to find it, and how to get it."""


def missing(names: tuple[str, ...]) -> list[str]:
    """One sentence for each named tool that is absent.

    Raises:
        KeyError: A name that stands in no row of ``TOOLS``.
    """
    return [f"{name} is not installed ({cure})" for name in names for find, cure in [TOOLS[name]] if find() is None]
