from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import lxml.html
import pytest

from quizforge.markup import Markup, blank_names
from quizforge.model.fields import Text, marked
from quizforge.model.questions.cloze import Cloze
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.questions.option import Choice
from quizforge.model.questions.ordering import Ordering
from quizforge.model.questions.single_choice import SingleChoice
from quizforge.model.questions.true_false import TrueFalse
from quizforge.model.quiz import whole_bank
from tests.unit.exporters.paper import SAMPLES, loaded, printed, quiz_of
from tests.unit.exporters.test_html_exam import page, texts

FULL = sorted(SAMPLES.glob("*/full.yaml"))
BANKS = sorted(SAMPLES.glob("*/*.yaml"))


def glance(key: lxml.html.HtmlElement) -> list[str]:
    """The answers of the table at the top."""
    return texts(key, "//section[@class='glance']//tbody/tr/td[1]")


@pytest.mark.parametrize("path", FULL, ids=lambda path: path.parent.name)
def test_the_key_holds_everything_else(path: Path) -> None:
    """Every text of a question stands in the key, and so do its id, revision, scores and sources."""
    bank = loaded(path)
    quiz = whole_bank(bank)
    source = printed(quiz)[1]
    for item in quiz.items:
        for place, text, _ in marked(item.question, Text):
            if re.fullmatch(r"[\w ]+", text):
                assert text in source, place
        assert item.question.id in source
        assert item.revision in source
        for reference in item.question.references:
            assert bank.citation(reference) in source
        for concept in item.question.concepts:
            assert bank.concept_by_id[concept].title in source
        for objective in item.question.objectives:
            assert bank.objective_by_id[objective].text in source


@pytest.mark.parametrize("path", BANKS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_marking_with_the_key_gives_full_points(path: Path) -> None:
    """Who fills in the printed exam by the key's table at the top earns every point."""
    quiz = whole_bank(loaded(path))
    exam_page, key_page = (page(source) for source in printed(quiz))
    asked = [item.question for item in quiz.items if item.question.graded]
    answers = glance(key_page)
    assert len(answers) == len(asked)
    for number, (question, answer) in enumerate(zip(asked, answers, strict=True), 1):
        (place,) = exam_page.xpath(f"//article[@id='q{number}']")
        score = score_of(question, answer, place)
        assert score in {None, Fraction(1)}, answer


def score_of(  # noqa: PLR0911  # one case for each type
    question: object, answer: str, place: lxml.html.HtmlElement
) -> Fraction | None:
    """What an answer of the table earns on the printed question; None for types that are typed or written."""
    given = answer.split(", ")
    if isinstance(question, SingleChoice):
        return question.score(chosen(place, question.choices, given)[0])
    if isinstance(question, MultipleAnswer):
        return question.score(frozenset(chosen(place, question.choices, given)))
    if isinstance(question, TrueFalse):
        return question.score({"True": True, "False": False}[answer])
    if isinstance(question, Ordering):
        original = {as_printed(item.text): index for index, item in enumerate(question.items)}
        boxes = dict(zip((int(number) for number in given), texts(place, ".//ul[@class='fill']/li"), strict=True))
        return question.score(tuple(original[boxes[number]] for number in sorted(boxes)))
    if isinstance(question, Matching):
        offer = lettered(place)
        written = dict(zip(texts(place, ".//ul[@class='fill']/li"), given, strict=True))
        rights = {as_printed(right): right for right in question.rights}
        return question.score(tuple(rights[offer[written[as_printed(pair.left)]]] for pair in question.pairs))
    if isinstance(question, Cloze) and all(blank.choices for blank in question.blanks.values()):
        parts = [part.partition(": ")[2] or part for part in answer.split("; ")]
        picks = place.xpath(".//div[@class='pick']")
        names = [name for name, *_ in blank_names(question.stem)]
        return question.score(
            {
                name: chosen(pick, question.blanks[name].choices, [part])[0]
                for name, pick, part in zip(names, picks, parts, strict=True)
            }
        )
    return None


def lettered(place: lxml.html.HtmlElement) -> dict[str, str]:
    """The printed options by their letters."""
    rows = place.xpath(".//ul[starts-with(@class, 'opts')]/li")
    signs = [row.xpath("string(./b[1])") for row in rows]
    return {sign: text.removeprefix(sign).strip() for sign, text in zip(signs, map(in_one_line, rows), strict=True)}


def chosen(place: lxml.html.HtmlElement, choices: Sequence[Choice], letters: list[str]) -> list[int]:
    """Indices of the choices with these letters, as the author wrote them."""
    original = {as_printed(choice.text): index for index, choice in enumerate(choices)}
    return [original[lettered(place)[sign]] for sign in letters]


def as_printed(text: str) -> str:
    """Inline Markdown as it looks on paper."""
    html = Markup(loaded().media).dialect("html").inline(text)
    return in_one_line(lxml.html.fragment_fromstring(html, create_parent="p"))


def in_one_line(element: lxml.html.HtmlElement) -> str:
    """The text of an element."""
    return " ".join(element.text_content().split())


def test_letters_and_numbers_are_those_of_the_exam() -> None:
    """Options, pairs and items stand in the key as on the exam."""
    exam_page, key_page = (page(source) for source in printed())
    for number in (1, 2, 9, 10, 11):
        (on_exam,), (on_key,) = (tree.xpath(f"//article[@id='q{number}']") for tree in (exam_page, key_page))
        for sign, text in lettered(on_exam).items():
            assert lettered(on_key)[sign].startswith(text)


def test_the_table_at_the_top() -> None:
    """All answers in few words, with their points and the sum."""
    key_page = page(printed()[1])
    assert glance(key_page) == [
        "B", "B, C", "False", "instruction tuning / supervised fine-tuning*", "0.73 ± 0.01 nats", "B, A, D",
        "3, 4, 1, 2", "1: cross-entropy; 2: token; 3: A; 4: 2", "B", "A", "A", "marked by hand",
    ]  # fmt: skip
    assert texts(key_page, "//section[@class='glance']//tfoot//td") == ["24.5"]


def test_credit_and_misconception_stand_beside_an_option() -> None:
    """The key says what a wrong option earns, what its feedback is, and which belief it rests on."""
    (question,) = page(printed()[1]).xpath("//article[@id='q1']")
    options = lettered(question)
    # No blank stands between blocks in the text of a tree.
    assert options["B"].endswith("correctIt continues the text. That is all it has been trained for.")
    assert options["C"].endswith("25% of the points")
    assert options["D"].endswith(
        "obeysA command is only text to a base model.Misconception 1 A language model obeys commands by nature."
    )
    assert question.xpath(".//div[@class='belief']/a/@href") == ["#m1"]


def test_misconceptions_are_told_once_in_full() -> None:
    """Those that the key mentions are numbered in order of mention, and told at its end."""
    key_page = page(printed()[1])
    assert texts(key_page, "//article[starts-with(@id, 'm')]/h3") == ["Misconception 1", "Misconception 2"]
    (first,) = key_page.xpath("//article[@id='m1']")
    assert texts(first, ".//p[@class='label']") == ["Why it is tempting", "What is correct", "References"]
    assert all(key_page.xpath(f"//*[@id='{href[1:]}']") for href in key_page.xpath("//main//a/@href") if href[0] == "#")


@pytest.mark.parametrize(
    ("scoring", "choices", "shares"),
    [
        (
            "per_option",
            [{"text": "a", "correct": "true"}, {"text": "b", "correct": "true"}, {"text": "c"}],
            ["50%", "50%"],
        ),
        (
            "per_option",
            [
                {"text": "a", "correct": "true", "credit": "33.333"},
                {"text": "b", "correct": "true", "credit": "66.667"},
                {"text": "c", "credit": "-12.5"},
            ],
            ["33.33%", "66.67%", "\N{MINUS SIGN}12.5%"],
        ),
        ("plus_minus", [{"text": "a", "correct": "true"}, {"text": "b"}], []),
    ],
)
def test_shares_of_options(scoring: str, choices: list[dict[str, object]], shares: list[str]) -> None:
    """Where each option has a share of its own, the key names it."""
    one = {"type": "multiple_answer", "stem": "Which?", "scoring": scoring, "choices": choices}
    shown = texts(page(printed(quiz_of(one))[1]), "//em[@class='share']")
    assert sorted(shown) == sorted(f"{share} of the points" for share in shares)


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ({"answer": "-0.50", "tolerance": "0.10"}, "\N{MINUS SIGN}0.5 ± 0.1"),
        ({"answer": "1000", "tolerance": "2.5%"}, "1000 ± 2.5%"),
        ({"answer": "7"}, "7"),
        ({"answer": "6.02e23", "unit": "1/mol"}, "6.02E+23 1/mol"),
        ({"answers": [{"value": "1"}, {"value": "2"}, {"value": "3", "credit": "50"}]}, "1 / 2"),
    ],
)
def test_numbers(answer: dict[str, object], shown: str) -> None:
    """Numbers stand as people write them, with tolerance and unit; those that earn everything come to the top."""
    assert glance(page(printed(quiz_of({"type": "numerical", "stem": "How many?", **answer}))[1])) == [shown]


def test_a_rubric_is_a_table_with_heads() -> None:
    """Criteria head their levels, and points that differ from the rubric's are explained."""
    (question,) = page(printed()[1]).xpath("//article[@id='q12']")
    (table,) = question.xpath(".//table")
    assert texts(table, "./caption | .//th[@scope='col']") == ["Rubric", "Criterion", "Points", "Level"]
    assert [(th.get("rowspan"), th.text_content()) for th in table.xpath(".//th[@scope='rowgroup']")] == [
        ("3", "Cause"),
        ("2", "Remedy"),
    ]
    assert texts(table, ".//td[1]")[:2] == ["0", "1"]
    assert "The rubric gives up to 4 points; multiply by 3/2 for the points of this question." in texts(
        question, ".//p[@class='task']"
    )
    labels = texts(question, "./div[@class='note']/p[@class='label']")
    assert labels == ["Model answer", "Sample answer 1 (1 point)"]


def test_facts_are_told_in_own_words() -> None:
    """What the bank says about a question stands at its end, in the words of the page's language."""
    facts = texts(page(printed()[1]), "//article[@id='q1']/dl/div")
    assert facts[0] == "Id base-model-continues"
    assert facts[2:] == [
        "Title A base model meets a command", "Difficulty medium", "Cognitive level analyze", "Time 1.5 min",
        "Concepts Pre-training", "Tags ch1, base model", "Objectives Tell a base model from an aligned one.",
        "Provenance q-translate", "Family of variants translate-base", "Formerly old-base-model",
        "Authors A. Author", "License CC-BY-4.0", "Penalty per further try 33.33%", "Use of AI assisted",
        "Based on An older item, https://example.org/item, MIT",
    ]  # fmt: skip
