"""The marker's guide: what those who mark by hand need, and room for their marks."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import lxml.html
import pytest

from quizforge.exporters.base import Env, ExportFile
from quizforge.exporters.html import HtmlOptions, PrintableHtml
from quizforge.model.questions.essay import Essay
from quizforge.model.quiz import Quiz
from tests.unit.exporters.paper import exam, loaded, quiz_of


def guide(quiz: Quiz, *, answer_sheet: bool = False) -> ExportFile:
    """The third file."""
    options = HtmlOptions(guide=True, answer_sheet=answer_sheet)
    *_, found = PrintableHtml().render(quiz, options, Env()).files
    return found


def tree(file: ExportFile) -> lxml.html.HtmlElement:
    """The page, parsed."""
    return lxml.html.document_fromstring(file.data.decode())


def test_guide_is_for_staff_and_only_on_demand() -> None:
    """Without the option there are two files; with it, the third is for staff."""
    assert len(PrintableHtml().render(exam(), HtmlOptions(), Env()).files) == 2
    assert (guide(exam()).name, guide(exam()).audience) == ("llm-basics-guide.html", "staff")


def test_rubrics_samples_and_accepted_answers_are_there() -> None:
    """What a marker has to know of an open question: rubric, samples with points, accepted answers."""
    text = " ".join(tree(guide(exam())).text_content().split())
    for question in (item.question for item in exam().items):
        if question.type == "short_answer":
            assert all(answer.text in text for answer in question.answers)
        if isinstance(question, Essay):
            assert all(row.criterion in text for row in question.rubric)
            assert all(sample.text.split(".")[0] in text for sample in question.sample_answers)
            assert question.sample_answers
            assert question.rubric


def test_every_question_stands_with_its_points() -> None:
    """The table at the top has the answers and the points of all questions."""
    rows = tree(guide(exam())).xpath("//section[@class='glance']//tbody/tr")
    points = [row.xpath("string(td[2])") for row in rows]

    assert len(rows) == 12
    assert sum(float(value) for value in points) == float(sum(item.question.max_points for item in exam().items))


def test_choices_are_not_told_again() -> None:
    """Questions that a key of letters marks are not repeated in full."""
    numbers = tree(guide(exam())).xpath("//article/@id")

    assert numbers == ["q4", "q5", "q8", "q12"]


@pytest.mark.parametrize(("answer_sheet", "hand"), [(False, range(1, 13)), (True, (4, 8, 12))])
def test_marks_have_room(*, answer_sheet: bool, hand: range | tuple[int, ...]) -> None:
    """Each question that is marked by hand has a column with its points, an essay one for each criterion too."""
    page = tree(guide(exam(), answer_sheet=answer_sheet))
    heads = [
        " ".join(head.text_content().split()) for head in page.xpath("//table[contains(@class, 'marks')]/thead//th")
    ]
    essay = next(item.question for item in exam().items if isinstance(item.question, Essay))
    columns = [head for head in heads if re.match(r"\d", head)]

    assert len(columns) == len(hand) + len(essay.rubric)
    assert columns[-1] == f"12 of {essay.max_points}"
    assert heads[-1] == "Total"
    assert {len(row) for row in page.xpath("//table[contains(@class, 'marks')][last()]/tbody/tr")} != {0}


def test_links_lead_somewhere() -> None:
    """Misconceptions are named, but their chapter is in the key."""
    page = tree(guide(exam()))

    assert [link for link in page.xpath("//a/@href") if link.startswith("#")] == []


def test_notes_for_staff_and_form_are_there() -> None:
    """What the author noted for markers stands with the question; the form stands at the top and on every page."""
    quiz = replace(
        quiz_of({"type": "short_answer", "stem": "Name it.", "answers": ["x"], "notes": "Be kind."}), form="C"
    )
    source = unescape(guide(quiz).data.decode())

    assert "Be kind." in source
    assert "<strong>Form C</strong>" in source
    assert '@bottom-left { content: "Form C ' in source


def test_nothing_to_mark_is_said() -> None:
    """An exam of choices has a guide without questions and without a table of marks."""
    quiz = quiz_of({"type": "true_false", "stem": "Is it so?", "answer": "true"}, bank=loaded())
    page = tree(guide(quiz, answer_sheet=True))

    assert "No question has to be marked by hand." in page.text_content()
    assert page.xpath("//table[contains(@class, 'marks')]") == []
