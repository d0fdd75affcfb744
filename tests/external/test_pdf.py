"""PDF from the command line, by the Chromium of this machine."""

from __future__ import annotations

import re
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from quizforge.cli.main import run
from quizforge.cli.pdf import to_pdf
from tests.unit.exporters.paper import FOLDER


def export(folder: Path) -> dict[str, bytes]:
    """Exam, key and sheet of the exam, as HTML and PDF."""
    with pytest.raises(SystemExit) as stop:
        run(["export", str(FOLDER), "-f", "html", "-f", "bubble-sheet", "--pdf", "-o", str(folder)])
    assert stop.value.code == 0
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.external("chromium", "poppler")
def test_each_page_for_paper_has_its_pdf(tmp_path: Path) -> None:
    """Beside each HTML file stands the same as PDF, twice the same bytes, without a date."""
    first, second = export(tmp_path / "one"), export(tmp_path / "two")
    pdfs = {name for name in first if name.endswith(".pdf")}

    assert pdfs == {f"{name.removesuffix('.html')}.pdf" for name in first if name.endswith(".html")}
    assert len(pdfs) == 3
    assert first == second
    for name in pdfs:
        assert re.search(rb"/CreationDate|/ModDate|D:20[0-9]{12}", first[name]) is None
        shown = subprocess.run(["pdftotext", "-", "-"], input=first[name], check=True, capture_output=True).stdout
        assert "Language models" in shown.decode()


@pytest.mark.external("chromium", "poppler")
def test_page_reaches_no_network(tmp_path: Path) -> None:
    """Not even a server on this machine is asked for an image or a style sheet."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        address = f"http://127.0.0.1:{server.server_port}"
        page = f'<img src="{address}/image.png"><p>Text</p><link rel="stylesheet" href="{address}/style.css">'
        pdf = to_pdf(page.encode(), tmp_path)
        with pytest.raises(HTTPError) as refused:
            urlopen(f"{address}/seen", timeout=10)  # noqa: S310  # the server above
        refused.value.close()
    finally:
        server.shutdown()
        server.server_close()
    shown = subprocess.run(["pdftotext", "-", "-"], input=pdf, check=True, capture_output=True).stdout.decode()

    assert shown.split() == ["Text"]
    assert list(tmp_path.iterdir()) == []
    assert asked == ["/seen"]


@pytest.mark.external("chromium", "poppler")
def test_stack_of_a_class(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One PDF has exam and sheet of each candidate in the order of the list, each on a new sheet of paper."""
    monkeypatch.chdir(tmp_path)
    bank = "schema: 1\nid: q\ntitle: Questions\nquestions:\n"
    bank += "".join(
        f"  - {{id: q{n}, type: true_false, stem: Statement {n} is true., answer: true}}\n" for n in range(4)
    )
    Path("q.yaml").write_text(bank, encoding="utf-8")
    quiz = "quiz: 1\nid: test\ntitle: Test\nbanks: [../q.yaml]\nforms: 2\nsections:\n  - cells: [{count: 2}]\n"
    Path("quizzes").mkdir()
    Path("quizzes/test.yaml").write_text(quiz, encoding="utf-8")
    Path("class.csv").write_text("name,id,form,layout\nAda,11,B,\nBob,22,A,large-print\nCid,33,,\n", encoding="utf-8")
    with pytest.raises(SystemExit) as stop:
        run(["assemble", "quizzes/test.yaml", "-f", "html", "--class-list", "class.csv", "--pdf"])
    assert stop.value.code == 0
    shown = subprocess.run(["pdftotext", "private/test/stack.pdf", "-"], check=True, capture_output=True).stdout
    pages = [" ".join(page.split()) for page in shown.decode().split("\f")[:-1]]

    assert len(pages) % 2 == 0
    starts = [number for number, page in enumerate(pages) if "Page 1 of" in page]
    assert [number % 2 for number in starts] == [0] * 6
    for exam, (name, form) in enumerate((("Ada", "B"), ("Bob", "A"), ("Cid", "B"))):
        start, sheet = starts[2 * exam : 2 * exam + 2]
        after = (*starts, len(pages))[2 * exam + 2]
        assert name in pages[start]
        assert name in pages[sheet]
        assert all(f"Form {form}" in page for page in pages[start:after] if page)
    assert all("Answer sheet" in pages[start] for start in starts[1::2])
