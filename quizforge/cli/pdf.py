"""PDF of the pages that are made for paper, by a Chromium that is on this machine.

Why no library does it: docs/decisions/0030-pdf-by-chromium.md.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from quizforge.errors import EnvironmentFault
from quizforge.exporters import registry
from quizforge.exporters.base import Export, ExportFile

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
"""Names that Chromium and its kin go by. The environment variable CHROMIUM names another."""

TIMEOUT = 180
"""Seconds for one file. An exam of 250 questions takes about three."""

_FLAGS = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-extensions",
    # The page asks for nothing outside itself; if it did, it would find nothing there, nor on this machine.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    # Without these Chromium calls its maker at every start.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pdf-header-footer",
)
_DATES = re.compile(rb"/(?:CreationDate|ModDate) \(D:[0-9]{14}[^)]{0,10}\)")


def files_of(made: Export, name: str, *, pdf: bool | None, folder: Path) -> tuple[ExportFile, ...]:
    """The files of an export, and behind each page for paper the same as PDF if that is wanted.

    Args:
        made: The export.
        name: Its format.
        pdf: Whether PDF is wanted.
        folder: Where the files will stand; it need not exist yet.

    Raises:
        EnvironmentFault: There is no Chromium, or it fails.
    """
    if not pdf or not registry.get(name).on_paper:
        return made.files
    found: list[ExportFile] = []
    for file in made.files:
        found.append(file)
        if file.name.endswith(".html"):
            title, description = f"{file.name.removesuffix('.html')}.pdf", f"{file.description} as PDF"
            found.append(replace(file, name=title, data=to_pdf(file.data, folder), description=description))
    return tuple(found)


def to_pdf(html: bytes, folder: Path) -> bytes:
    """A page as PDF.

    Chromium runs with a new profile and without a network. The times at which the file was
    made are taken out of it, so that the same page gives the same bytes with the same Chromium and fonts.

    Args:
        html: A page that needs nothing outside itself.
        folder: Where the PDF will stand. The page lies in a folder of its own below it for a while: there a Chromium
            that is confined to its user's files (a snap) can read it, and what is personal does not leave that place.

    Raises:
        EnvironmentFault: There is no Chromium, it fails, or it takes longer than three minutes.
    """
    browser = find_browser()
    real = folder.resolve()
    home = next(parent for parent in (real, *real.parents) if parent.is_dir())
    with _temporary(home) as place:
        page, pdf = place / "page.html", place / "page.pdf"
        page.write_bytes(html)
        command = [browser, *_FLAGS, *_sandbox(), f"--user-data-dir={place / 'profile'}", f"--print-to-pdf={pdf}"]
        said = _run([*command, page.as_uri()])
        data = pdf.read_bytes() if pdf.is_file() else b""
    if not data.startswith(b"%PDF-"):
        raise EnvironmentFault(f"'{browser}' made no PDF: {_last_line(said)}", hint=_HINT)
    return _DATES.sub(lambda date: b" " * len(date[0]), data)


@contextlib.contextmanager
def _temporary(home: Path) -> Iterator[Path]:
    try:
        made = tempfile.TemporaryDirectory(prefix="quizforge-", dir=home, ignore_cleanup_errors=True)
    except OSError as error:
        raise EnvironmentFault(f"'{home}' cannot be written: {error.strerror}") from error
    with made as name:
        yield Path(name)


def stacked(pages: Iterable[bytes]) -> bytes:
    """Several PDFs as one. Each begins on a new sheet, also where both sides are printed.

    Args:
        pages: From :func:`to_pdf`.

    Raises:
        EnvironmentFault: pypdf is not installed.
    """
    try:
        from pypdf import PdfReader, PdfWriter
    except ImportError as error:
        message = "pypdf is not installed, which puts the papers of a class together"
        raise EnvironmentFault(message, hint="pip install 'quizforge[pdf]', or leave out --pdf") from error
    stack = PdfWriter()
    for data in pages:
        stack.append(PdfReader(BytesIO(data)), import_outline=False)
        if len(stack.pages) % 2:
            stack.add_blank_page()
    found = BytesIO()
    stack.write(found)
    return found.getvalue()


def find_browser() -> str:
    """Path of a Chromium.

    Raises:
        EnvironmentFault: There is none.
    """
    named = os.environ.get("CHROMIUM")
    found = next(filter(None, map(shutil.which, (named,) if named else BROWSERS)), None)
    if found is None:
        what = f"there is no program '{named}'" if named else "there is no Chromium on this machine"
        raise EnvironmentFault(f"{what}, which makes the PDF", hint=_HINT)
    return found


_HINT = "install Chromium or Chrome, name one in the variable CHROMIUM, or leave out --pdf and print from a browser"


def _sandbox() -> tuple[str, ...]:
    """Chromium's sandbox refuses to start for root, as in containers; what is opened is only our own page."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return ("--no-sandbox",) if root else ()


def _run(command: Sequence[str]) -> str:
    """What a program says; it is ended with all its children when it takes too long or we are interrupted."""
    try:
        process = subprocess.Popen(  # noqa: S603  # a program that the user has installed, with arguments of our own
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as error:
        raise EnvironmentFault(f"'{command[0]}' cannot be started: {error.strerror}", hint=_HINT) from error
    try:
        _, said = process.communicate(timeout=TIMEOUT)
    except subprocess.TimeoutExpired as error:
        raise EnvironmentFault(f"'{command[0]}' took longer than {TIMEOUT} seconds for a page", hint=_HINT) from error
    finally:
        if process.poll() is None:
            _end(process)
    return said.decode("utf-8", errors="replace")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program and its children, which share its session."""
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.communicate()


def _last_line(said: str) -> str:
    lines = [line for line in said.splitlines() if line.strip()]
    return lines[-1][:200] if lines else "it said nothing"
