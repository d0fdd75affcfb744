"""The bubble sheet: its letters are those of the exam, its map leads back to the bank, and nothing overlaps."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import unescape
from itertools import combinations
from typing import Any

import pytest

from quizforge.errors import UsageError
from quizforge.exporters.base import Env, Export
from quizforge.exporters.bubble_sheet import BubbleSheet, SheetOptions
from quizforge.formats.omr_map import page_code
from quizforge.markup import Markup
from quizforge.model.arrangement import arranged, option_lists
from quizforge.model.candidate import Candidate
from quizforge.model.quiz import Quiz, Section
from tests.unit.exporters.paper import exam, loaded, printed, quiz_of

INLINE = Markup(loaded().media).dialect("html").inline
Tree = Mapping[str, Any]


def sheet(quiz: Quiz, options: SheetOptions | None = None) -> tuple[str, Tree]:
    """Page and map."""
    made = export(quiz, options)
    return made.files[0].data.decode(), json.loads(made.files[1].data)


def export(quiz: Quiz, options: SheetOptions | None = None) -> Export:
    """What the exporter gives back."""
    return BubbleSheet().render(quiz, options or SheetOptions(), Env())


def answers(chart: Tree) -> Iterator[Tree]:
    """The rows of all answers."""
    for page in chart["pages"]:
        yield from (row for row in page["rows"] if row["field"] == "answer")


def form() -> Quiz:
    """The exam with every list of options reversed, as form B."""
    items = []
    for item in exam().items:
        orders = {name: tuple(reversed(range(length))) for name, length in option_lists(item.question)}
        items.append(replace(item, question=arranged(item.question, orders), origin=item.question, orders=orders))
    return replace(exam(), form="B", sections=(Section(tuple(items)),))


@pytest.mark.parametrize("quiz", [exam(), form()], ids=["bank", "form"])
def test_letters_are_those_of_the_exam(quiz: Quiz) -> None:
    """The option behind each letter of the map is the text behind that letter on the exam."""
    paper, _ = printed(quiz)
    bank = {item.source.id: item.source for item in quiz.items}
    _, chart = sheet(quiz)
    checked = 0
    for row in answers(chart):
        question: Any = bank[row["question"]]
        if question.type not in {"single_choice", "multiple_answer"}:
            continue
        (article,) = re.findall(rf'id="q{row["number"]}">.*?</article>', paper, re.DOTALL)
        shown = dict(re.findall(r"<li><b>([A-Z])</b>(.*?)</li>", article))
        for bubble in row["bubbles"]:
            assert INLINE(question.choices[bubble["option"]].text) == shown[bubble["text"]]
            checked += 1

    assert checked > 15


@pytest.mark.parametrize("quiz", [exam(), form()], ids=["bank", "form"])
def test_rows_of_entries_are_those_of_the_exam(quiz: Quiz) -> None:
    """Row 6a is the entry with the small a on the exam, and its letters are the capital ones there."""
    paper, _ = printed(quiz)
    bank = {item.source.id: item.source for item in quiz.items}
    _, chart = sheet(quiz)
    for row in answers(chart):
        question: Any = bank[row["question"]]
        if question.type not in {"matching", "ordering"}:
            continue
        (article,) = re.findall(rf'id="q{row["number"]}">.*?</article>', paper, re.DOTALL)
        entries = re.findall(r'<li><span class="box"></span>(.*?)</li>', article)
        entry = unescape(entries["abcdefgh".index(row["label"][-1])])
        if question.type == "ordering":
            assert entry == question.items[row["item"]].text
            assert [bubble["option"] for bubble in row["bubbles"]] == list(range(len(question.items)))
        else:
            assert entry == question.pairs[row["pair"]].left
            offered = dict(re.findall(r"<li><b>([A-Z])</b>(.*?)</li>", article))
            assert {b["text"]: question.rights[b["option"]] for b in row["bubbles"]} == {
                letter: unescape(text) for letter, text in offered.items()
            }


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_overlaps(paper: Any, language: str, *, large: bool) -> None:
    """Bubbles keep apart from each other, from the squares and from the edge, and a question stays on one page."""
    quiz = replace(exam(language), form="C")
    _, chart = sheet(quiz, SheetOptions(paper=paper, large_print=large))
    homes: dict[int, set[int]] = {}
    for page in chart["pages"]:
        spots = [(b["x"], b["y"], row["radius"]) for row in page["rows"] for b in row["bubbles"]]
        spots += [(square["x"], square["y"], square["side"] / 2) for square in chart["fiducials"]]
        for (x, y, r), (u, v, s) in combinations(spots, 2):
            assert (x - u) ** 2 + (y - v) ** 2 > (r + s + 0.4) ** 2
        for x, y, r in spots:
            assert 6 < x - r < x + r < chart["width"] - 6
            assert 6 < y - r < y + r < chart["height"] - 6
        for row in page["rows"]:
            if row["field"] == "answer":
                homes.setdefault(row["number"], set()).add(page["page"])

    assert {number: len(pages) for number, pages in homes.items() if len(pages) != 1} == {}


def test_map_names_every_question() -> None:
    """Numbered questions are listed, with where they are answered; a text that asks nothing is not."""
    quiz = exam()
    _, chart = sheet(quiz)
    asked = [item.question for item in quiz.items if item.question.graded]
    how = {entry["question"]: entry["answer"] for entry in chart["questions"]}

    assert [entry["number"] for entry in chart["questions"]] == list(range(1, len(asked) + 1))
    assert list(how) == [question.id for question in asked]
    assert Counter(how.values()) == {"marked": 9, "written": 2, "both": 1}
    assert {row["question"] for row in answers(chart)} == {key for key, value in how.items() if value != "written"}


def test_form_is_printed_as_marked() -> None:
    """The sheet of form B has the B of its form row filled, and nothing else."""
    _, chart = sheet(form())
    filled = [
        bubble for page in chart["pages"] for row in page["rows"] for bubble in row["bubbles"] if "filled" in bubble
    ]

    assert [bubble["value"] for bubble in filled] == ["B"] * len(chart["pages"])


@pytest.mark.parametrize(
    ("code", "shown"), [("A", "ABCDEFGH"), ("H", "ABCDEFGH"), ("Z", "Z"), ("12", "12"), ("Morning1", "")]
)
def test_form_row(code: str, shown: str) -> None:
    """A to H stand in a row; another code stands alone."""
    _, chart = sheet(replace(exam(), form=code))
    row = next(row for row in chart["pages"][0]["rows"] if row["field"] == "form")

    assert [bubble["value"] for bubble in row["bubbles"]] == (list(shown) if len(code) == 1 else [code])
    assert "".join(bubble["text"] for bubble in row["bubbles"]) == shown
    assert [bubble["value"] for bubble in row["bubbles"] if "filled" in bubble] == [code]


def test_numbers_may_be_written_instead() -> None:
    """Without grids no number is marked."""
    _, chart = sheet(exam(), SheetOptions(numbers="written"))

    assert [row for row in answers(chart) if "character" in row] == []
    assert Counter(entry["answer"] for entry in chart["questions"]) == {"marked": 8, "written": 3, "both": 1}


def test_long_row_goes_on_in_the_next_line() -> None:
    """Thirty options take several lines of one question, with a letter for each."""
    choices = [{"text": f"Option {number}", "correct": str(number == 3).lower()} for number in range(30)]
    _, chart = sheet(quiz_of({"type": "single_choice", "stem": "Which?", "choices": choices}))
    rows = list(answers(chart))
    texts = [bubble["text"] for row in rows for bubble in row["bubbles"]]

    assert len(rows) > 1
    assert [row["label"] for row in rows] == ["1", *[""] * (len(rows) - 1)]
    assert texts == [*"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "AA", "AB", "AC", "AD"]
    assert sorted(bubble["option"] for row in rows for bubble in row["bubbles"]) == list(range(30))


def test_many_questions_take_several_pages() -> None:
    """Of 300 questions each has its row, on pages whose codes differ."""
    choices = [{"text": "Yes", "correct": "true"}, "No", "Perhaps", "Never"]
    _, chart = sheet(quiz_of(*[{"type": "single_choice", "stem": "Which?", "choices": choices}] * 300))

    assert [row["number"] for row in answers(chart)] == list(range(1, 301))
    assert len(chart["pages"]) == len({page["code"] for page in chart["pages"]}) == 3


@pytest.mark.parametrize(("paper", "count", "pages"), [("a4", 120, 1), ("letter", 112, 1), ("letter", 113, 2)])
def test_a_page_holds_so_many(paper: Any, count: int, pages: int) -> None:
    """120 questions with five options fit a page of A4, 112 one of US Letter."""
    choices = [{"text": "Yes", "correct": "true"}, "No", "Perhaps", "Never", "Always"]
    quiz = quiz_of(*[{"type": "single_choice", "stem": "Which?", "choices": choices}] * count)

    assert len(sheet(quiz, SheetOptions(paper=paper))[1]["pages"]) == pages


def test_too_many_pages_are_refused() -> None:
    """The code of a page tells 31 pages apart."""
    many = [{"type": "numerical", "stem": "How many?", "answer": "3"}] * 300
    with pytest.raises(UsageError, match="at most 31"):
        export(quiz_of(*many))


def test_code_shows_a_wrong_cell() -> None:
    """No code with one cell changed is a code."""
    codes = {page_code(identity, page) for identity in (0, 1, 77777, 2**20 - 1) for page in (1, 2, 31)}
    for code in codes:
        for place in range(1, len(code) - 1):
            other = code[:place] + "10"[int(code[place])] + code[place + 1 :]
            number = int(other[1:26], 2)
            assert page_code(number >> 5, number & 31) != other


@pytest.mark.parametrize(
    ("answer", "tolerance", "fits"),
    [
        ("0.73", "0", True),
        ("-0.0123", "0", True),
        ("-0.01234", "0", False),
        ("-0.01234", "0.001", True),
        ("123456", "0", True),
        ("1234567", "0", False),
        ("1234567", "1%", False),
        ("99999.5", "0", False),
        ("99999.5", "0.5", True),
        ("1e-30", "0", False),
        ("1e-30", "1", True),
        ("3.1415926535897932384626433832795028841", "0.001", True),
    ],
)
def test_number_that_cannot_be_marked_is_reported(answer: str, tolerance: str, *, fits: bool) -> None:
    """An accepted number that fits six columns is needed, whatever the author wrote."""
    quiz = quiz_of({"type": "numerical", "stem": "How many?", "answer": answer, "tolerance": tolerance})

    assert [problem.code.code for problem in export(quiz).problems] == ([] if fits else ["QF670"])
    assert export(quiz, SheetOptions(numbers="written")).problems == ()


def test_candidates_get_their_sheets_in_order() -> None:
    """Name, id and digits are filled in; the map stays that of the blank sheet."""
    people = (Candidate("Zoë <b>", "s0123", "B"), Candidate("李雷", "77", "B"))
    page, chart = sheet(form(), SheetOptions(candidates=people))
    _, blank = sheet(form())
    sections = page.split('<section class="sheet"')[1:]

    assert chart == blank
    assert len(sections) == 2 * len(chart["pages"])
    assert "Zoë &lt;b&gt;" in sections[0]
    assert "李雷" in sections[len(chart["pages"])]
    assert re.findall(r'<circle class="on"[^>]*/><text class="light"[^>]*>(.)', sections[0]) == [
        "B",
        "0",
        "1",
        "2",
        "3",
    ]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"paper": "a5"}, "there is no paper 'a5'"),
        ({"digits": 0}, "a student number of 0 digits"),
        ({"digits": 11}, "a student number of 11 digits"),
        ({"numbers": "roman"}, "numbers cannot be 'roman'"),
        ({"candidates": "all"}, "candidates cannot be named here"),
    ],
)
def test_options_are_checked(values: dict[str, Any], message: str) -> None:
    """A value that is none is refused with a hint."""
    with pytest.raises(UsageError, match=message) as raised:
        SheetOptions(**values)
    assert raised.value.hint
