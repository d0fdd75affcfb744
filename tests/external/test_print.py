"""The printed pages in Chromium: paper, page numbers, page breaks, accessibility on a screen and for low vision."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from quizforge.exporters.base import Env
from quizforge.exporters.bubble_sheet import BubbleSheet, SheetOptions
from quizforge.exporters.html import HtmlOptions, PrintableHtml
from quizforge.model.quiz import whole_bank
from tests.tools import external
from tests.unit.exporters.paper import SAMPLES, exam, loaded, printed

BANKS = Path(__file__).parents[2] / "banks"
SCRIPT = Path(__file__).with_name("print_pages.mjs")
VARIANTS: Mapping[str, tuple[str, HtmlOptions]] = {
    "a4": ("en", HtmlOptions()),
    "letter": ("en", HtmlOptions(paper="letter")),
    "columns": ("en", HtmlOptions(columns=2)),
    "large": ("en", HtmlOptions(large_print=True)),
    "german": ("de", HtmlOptions()),
    "arabic": ("ar", HtmlOptions()),
}
LARGE_PRINT = 24.0
"""18 points in CSS pixels."""


def chromium_command(profile: Path) -> list[str]:
    """Chromium as a command, with an empty profile."""
    return [external.chromium() or "", *external.CHROMIUM_FLAGS, f"--user-data-dir={profile}"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All variants of the exam and its key as files."""
    target = tmp_path_factory.mktemp("print")
    for name, (language, options) in VARIANTS.items():
        for kind, source in zip(("exam", "key"), printed(exam(language), options), strict=True):
            (target / f"{name}-{kind}.html").write_text(source, encoding="utf-8")
    return target


@pytest.fixture(scope="module")
def sheets(folder: Path) -> Mapping[str, list[str]]:
    """The text of each page of some PDFs, with runs of blanks made one."""
    found: dict[str, list[str]] = {}
    for name in ("a4-exam", "a4-key", "letter-exam", "letter-key", "columns-exam", "large-exam", "german-key"):
        source = folder / f"{name}.html"
        pdf = source.with_suffix(".pdf")
        command = [
            *chromium_command(folder / "profile"),
            "--no-pdf-header-footer",
            f"--print-to-pdf={pdf}",
            source.as_uri(),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        shown = subprocess.run(
            ["pdftotext", str(pdf), "-"], check=True, capture_output=True, timeout=60
        ).stdout.decode()
        found[name] = [" ".join(page.split()) for page in shown.split("\f")[:-1]]
    return found


@pytest.mark.external("chromium", "poppler")
@pytest.mark.parametrize(
    ("name", "least", "most"),
    [("a4-exam", 3, 5), ("letter-exam", 3, 5), ("columns-exam", 2, 3), ("large-exam", 7, 12), ("a4-key", 5, 8)],
)
def test_an_exam_takes_so_many_pages(sheets: Mapping[str, list[str]], name: str, least: int, most: int) -> None:
    """Twelve questions take a sensible number of pages, and the last of them is not empty."""
    assert least <= len(sheets[name]) <= most
    assert len(sheets[name][-1]) > 100


@pytest.mark.external("chromium", "poppler")
@pytest.mark.parametrize(
    ("name", "pattern"),
    [("a4-exam", "Page {} of {}"), ("columns-exam", "Page {} of {}"), ("german-key", "Seite {} von {}")],
)
def test_each_page_says_its_number(sheets: Mapping[str, list[str]], name: str, pattern: str) -> None:
    """Page x of y stands on every page, in the language of the quiz, with the title beside it."""
    pages = sheets[name]
    for number, text in enumerate(pages, 1):
        assert pattern.format(number, len(pages)) in text
        assert "Language models: from text to alignment \N{EN DASH}" in text


@pytest.mark.external("chromium", "poppler")
@pytest.mark.parametrize(
    ("name", "size"), [("a4-exam", (595, 842)), ("letter-exam", (612, 792)), ("letter-key", (612, 792))]
)
def test_paper(folder: Path, sheets: Mapping[str, list[str]], name: str, size: tuple[int, int]) -> None:
    """The PDF has the paper that was asked for."""
    assert sheets[name]
    shown = subprocess.run(["pdfinfo", str(folder / f"{name}.pdf")], check=True, capture_output=True).stdout.decode()
    found = re.search(r"Page size: +([\d.]+) x ([\d.]+)", shown)
    assert found is not None
    assert (round(float(found[1])), round(float(found[2]))) == size


WHOLE = {
    "1": ("A base model is given", "None of the other options"),
    "2": ("Which of these does alignment add", "A larger vocabulary of tokens"),
    "5": ("A model gives the right token", "nats"),
    "6": ("Which data does each stage", "parallel sentences"),
    "7": ("Bring the steps of RLHF", "Fine-tune it on demonstrations"),
    "8": ("Pre-training minimises the", "a low perplexity"),
    "9": ("The objective of DPO is", "It raises the learning rate only."),
    "10": ("What does this function return", "Always the end-of-text token"),
    "case": ("Case: A shop and its bot", "Which defect does the case show?"),
    "11": ("Which defect does the case show?", "The bot answers too slowly."),
    "12": ("Explain to the head", "Remedy:"),
}


@pytest.mark.external("chromium", "poppler")
@pytest.mark.parametrize("name", ["a4-exam", "letter-exam", "columns-exam", "large-exam"])
def test_no_question_is_split(sheets: Mapping[str, list[str]], name: str) -> None:
    """The beginning and the end of each question stand on one page, and a case on the page of its first question."""
    for label, (start, end) in WHOLE.items():
        assert [page for page in sheets[name] if start in page and end in page], label


@pytest.mark.external("chromium", "node", "npm-tools")
def test_pages_are_accessible(folder: Path) -> None:
    """On a wide screen, at 320 pixels and with wide spacing axe-core finds nothing, and nothing sticks out."""
    jobs = [
        {"file": str(source), "width": width, "media": "screen", "spaced": spaced}
        for source in sorted(folder.glob("*.html"))
        for width, spaced in ((1280, False), (320, False), (320, True))
    ]
    for job, report in zip(jobs, reports(folder, jobs), strict=True):
        assert report["violations"] == [], job
        assert report["wide"] == [], job
        assert report["requests"] == [], job


@pytest.mark.external("chromium", "node", "npm-tools")
def test_samples_and_shipped_banks_are_accessible(tmp_path: Path) -> None:
    """The full sample of each question type and each shipped bank have no violation either."""
    jobs: list[dict[str, object]] = []
    shipped = (path.parent for path in sorted(BANKS.glob("*/bank.yaml")))
    for number, path in enumerate([*sorted(SAMPLES.glob("*/full.yaml")), *shipped]):
        for kind, source in zip(("exam", "key"), printed(whole_bank(loaded(path))), strict=True):
            target = tmp_path / f"{number}-{kind}.html"
            target.write_text(source, encoding="utf-8")
            jobs.append({"file": str(target), "width": 320, "media": "screen", "spaced": False})
    for job, report in zip(jobs, reports(tmp_path, jobs), strict=True):
        assert report["violations"] == [], job
        assert report["wide"] == [], job


@pytest.mark.external("chromium", "node", "npm-tools")
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("large", [False, True], ids=["standard", "large"])
def test_guide_and_sheet_are_accessible(tmp_path: Path, language: str, *, large: bool) -> None:
    """The marker's guide and the bubble sheet have no violation, and large print holds for them too."""
    quiz = replace(exam(language), form="A")
    options = HtmlOptions(guide=True, answer_sheet=True, large_print=large)
    guide = PrintableHtml().render(quiz, options, Env()).files[2]
    sheet = BubbleSheet().render(quiz, SheetOptions(large_print=large), Env()).files[0]
    jobs: list[dict[str, object]] = []
    for file in (guide, sheet):
        target = tmp_path / file.name
        target.write_bytes(file.data)
        jobs.append({"file": str(target), "width": 1280, "media": "print", "spaced": False})
    for job, report in zip(jobs, reports(tmp_path, jobs), strict=True):
        assert report["violations"] == [], job
        assert report["requests"] == [], job
        assert (report["smallest"] == LARGE_PRINT) == large, job


@pytest.mark.external("chromium", "node", "npm-tools")
def test_large_print_is_large(folder: Path) -> None:
    """No letter of the large-print pages is smaller than 18 points on paper; those of the others are."""
    jobs = [
        {"file": str(folder / f"{name}.html"), "width": 800, "media": "print", "spaced": False}
        for name in ("large-exam", "large-key", "a4-exam")
    ]
    large_exam, large_key, usual = (report["smallest"] for report in reports(folder, jobs))
    assert large_exam == large_key == LARGE_PRINT
    assert 9 < usual < LARGE_PRINT


@pytest.mark.external("chromium", "node", "npm-tools")
def test_the_check_itself_finds_faults(tmp_path: Path) -> None:
    """A page with seeded faults is reported: axe runs, and widths and requests are seen."""
    bad = tmp_path / "bad.html"
    bad.write_text(
        "<!DOCTYPE html><html><head><title>x</title></head><body><img src='gone.png'>"
        "<p style='color: #ccc; width: 900px'>pale</p></body></html>",
        encoding="utf-8",
    )
    (report,) = reports(tmp_path, [{"file": str(bad), "width": 320, "media": "screen", "spaced": False}])
    rules = {str(each).partition(":")[0] for each in report["violations"]}
    assert {"image-alt", "html-has-lang", "color-contrast"} <= rules
    assert report["wide"]
    assert report["requests"] == [(tmp_path / "gone.png").as_uri()]


def reports(folder: Path, jobs: list[dict[str, object]]) -> list[dict[str, Any]]:
    """What ``print_pages.mjs`` says about pages."""
    command = [
        external.node() or "",
        str(SCRIPT),
        external.chromium() or "",
        str(folder / "axe"),
        *external.CHROMIUM_FLAGS,
    ]
    done = subprocess.run(command, input=json.dumps(jobs).encode(), check=False, capture_output=True, timeout=300)
    assert done.returncode == 0, done.stderr.decode()
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found
