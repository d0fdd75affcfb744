"""A bubble sheet printed by Chromium, filled in by what is printed on it, and read back with its map."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from quizforge.api import assemble, load_quiz
from quizforge.exporters.base import Env
from quizforge.exporters.bubble_sheet import BubbleSheet, SheetOptions
from quizforge.exporters.html import HtmlOptions, PrintableHtml
from quizforge.exporters.words import Words, words
from quizforge.model.arrangement import arranged, option_lists
from quizforge.model.question import Question
from quizforge.model.questions.cloze import Cloze
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.questions.numerical import Numerical
from quizforge.model.questions.ordering import Ordering
from quizforge.model.questions.single_choice import SingleChoice
from quizforge.model.questions.true_false import TrueFalse
from quizforge.model.quiz import Item, Quiz, Section
from tests.tools import external
from tests.tools.answers import form_of, responses, student_of
from tests.tools.pen import Paper, turned
from tests.tools.scan import Image, load_map, offsets, read_sheet
from tests.unit.exporters.paper import exam

VARIANTS: Mapping[str, tuple[str, SheetOptions]] = {
    "a4": ("en", SheetOptions()),
    "letter": ("de", SheetOptions(paper="letter", digits=6)),
    "large": ("fr", SheetOptions(large_print=True)),
    "arabic": ("ar", SheetOptions()),
}
BANKS = Path(__file__).parents[2] / "banks"
TOLERANCE = 0.15
"""Millimetres; a pixel at 150 dots per inch has 0.17."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A form on paper."""

    quiz: Quiz
    pdf: Path
    sheet: Mapping[str, Any]
    answers: Mapping[int, str]
    rtl: bool


def form(language: str) -> Quiz:
    """The exam as form B: the options of each question in an order of its own."""
    quiz = replace(exam(language), form="B")
    return replace(quiz, sections=(Section(tuple(_moved(item) for item in quiz.items)),))


def _moved(item: Item) -> Item:
    orders = {name: (*range(1, length), 0) for name, length in option_lists(item.question)}
    return replace(item, question=arranged(item.question, orders), origin=item.question, orders=orders)


def key_at_a_glance(quiz: Quiz) -> dict[int, str]:
    """The table at the top of the answer key: the answers by number, as text."""
    _, key = PrintableHtml().render(quiz, HtmlOptions(), Env()).files
    rows = re.findall(r'<a href="#q(\d+)">\d+</a></th><td>(.*?)</td>', key.data.decode())
    return {int(number): unescape(re.sub(r"<[^>]+>", "", answer)) for number, answer in rows}


@pytest.fixture(scope="module", params=VARIANTS)
def printed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Printed:
    """A sheet as PDF, with its map and the answers of the key."""
    language, options = VARIANTS[request.param]
    return on_paper(form(language), options, tmp_path_factory.mktemp(request.param))


def on_paper(quiz: Quiz, options: SheetOptions, folder: Path) -> Printed:
    """A sheet printed by Chromium."""
    html, chart = BubbleSheet().render(quiz, options, Env()).files
    (folder / html.name).write_bytes(html.data)
    (folder / chart.name).write_bytes(chart.data)
    pdf = folder / "sheet.pdf"
    command = [external.chromium() or "", *external.CHROMIUM_FLAGS, f"--user-data-dir={folder / 'profile'}"]
    command += ["--no-pdf-header-footer", f"--print-to-pdf={pdf}", (folder / html.name).as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return Printed(quiz, pdf, load_map(folder / chart.name), key_at_a_glance(quiz), quiz.language == "ar")


@pytest.fixture(scope="module")
def filled(printed: Printed) -> list[Image]:
    """The pages with the answers of the key."""
    return [page.image for page in _filled(printed)]


@pytest.mark.external("chromium", "poppler")
def test_map_and_paper_agree(printed: Printed) -> None:
    """On every page there are as many rings as the map has bubbles, and each is where the map says."""
    for page in range(1, len(printed.sheet["pages"]) + 1):
        paper = Paper(printed.pdf, page)

        assert max(offsets(paper.image, printed.sheet, page)) < TOLERANCE


@pytest.mark.external("chromium", "poppler")
@pytest.mark.parametrize(
    "glass",
    [
        {},
        {"degrees": 1.4, "scale": 0.97, "shift": (9, -6)},
        {"degrees": -2, "scale": 0.94, "noise": 14},
        {"degrees": 180},
    ],
    ids=["straight", "turned", "shrunk copy", "upside down"],
)
def test_key_marked_by_hand_earns_all_points(printed: Printed, filled: list[Image], glass: dict[str, Any]) -> None:
    """What the key says, marked on the printed sheet and read with the map, earns full points in the bank."""
    assert_read(printed, [turned(image, **glass) for image in filled])


@pytest.mark.external("chromium", "poppler")
@pytest.mark.parametrize(
    "options", [SheetOptions(), SheetOptions(paper="letter", large_print=True)], ids=["a4", "large"]
)
def test_form_of_the_shipped_quiz(tmp_path: Path, options: SheetOptions) -> None:
    """An assembled form of forty questions on several pages, with rows that go on in a second line."""
    quiz = assemble(load_quiz(BANKS / "llm-alignment/quizzes/exam.yaml")).forms[1]
    printed = on_paper(quiz, options, tmp_path)
    for page in range(1, len(printed.sheet["pages"]) + 1):
        assert max(offsets(Paper(printed.pdf, page).image, printed.sheet, page)) < TOLERANCE

    assert len(printed.sheet["pages"]) > 1
    assert_read(printed, [turned(page.image, degrees=1.2, scale=0.96, noise=12) for page in _filled(printed)])


def assert_read(printed: Printed, images: list[Image]) -> None:
    """What was marked after the key is read back, and earns all points in the bank."""
    scanned = [read_sheet(image, printed.sheet) for image in images]
    marks = [mark for page in scanned for mark in page.marks]
    bank = {item.source.id: item.source for item in printed.quiz.items}
    found = responses(marks, bank)
    marked = {entry["question"] for entry in printed.sheet["questions"] if entry["answer"] != "written"}

    assert [page.page for page in scanned] == list(range(1, len(printed.sheet["pages"]) + 1))
    assert set(form_of(marks)) == {printed.quiz.form}
    assert [student_of(page.marks) for page in scanned] == ["31", *[""] * (len(scanned) - 1)]
    assert found.keys() == marked
    assert {key: _score(bank[key], response) for key, response in found.items()} == {
        key: _markable(bank[key]) for key in found
    }


@pytest.mark.external("chromium", "poppler")
def test_blank_sheet_has_no_answer(printed: Printed) -> None:
    """Letters in bubbles are not taken for marks: on a sheet as printed only the form is marked."""
    for page in range(1, len(printed.sheet["pages"]) + 1):
        marks = read_sheet(Paper(printed.pdf, page).image, printed.sheet).marks

        assert [(row["field"], bubble["text"]) for row, bubble in marks] == [("form", "B")]


def _filled(printed: Printed) -> list[Paper]:
    pages = [Paper(printed.pdf, page + 1, rtl=printed.rtl) for page in range(len(printed.sheet["pages"]))]
    pages[0].student("31")
    own = words(printed.quiz.language)
    numbered = [item.question for item in printed.quiz.items if item.question.graded]
    for number, question in enumerate(numbered, 1):
        for label, answer, as_number in _marks(number, question, printed.answers[number], own):
            page = next(page for page in pages if page.has(label))
            (page.write if as_number else page.mark)(label, answer)
    return pages


def _marks(number: int, question: Question, answer: str, own: Words) -> Iterator[tuple[str, str, bool]]:
    """What a person marks who copies the key: line, text of the bubble or number, and whether it is a number."""
    match question:
        case SingleChoice() | MultipleAnswer():
            yield from ((str(number), letter, False) for letter in answer.split(", "))
        case TrueFalse():
            yield str(number), own["sheet.true" if answer == own["common.true"] else "sheet.false"], False
        case Numerical():
            yield str(number), answer.split(" ", maxsplit=1)[0], True
        case Matching() | Ordering():
            letters = zip("abcdefgh", answer.split(", "), strict=False)
            yield from ((f"{number}{place}", letter, False) for place, letter in letters)
        case Cloze():
            for part in answer.split("; "):
                place, _, text = part.partition(": ")
                kind = _kind(question, int(place))
                if kind != "text":
                    yield f"{number}.{place}", text.split(" ")[0], kind == "number"
        case _:
            return


def _kind(question: Cloze, place: int) -> str:
    names = re.findall(r"\[\[([a-z0-9_]+)\]\]", question.stem)
    return question.blanks[names[place - 1]].kind


def _markable(question: Question) -> Fraction:
    """The share of the points that a sheet can earn: blanks to write in are on the exam paper."""
    if not isinstance(question, Cloze):
        return Fraction(1)
    marked = sum(blank.weight for blank in question.blanks.values() if blank.kind != "text")
    return Fraction(marked, question.total_weight)


def _score(question: Question, response: Any) -> Fraction:
    return question.score(response)
