from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest

from quizforge.exporters.html import HtmlOptions
from quizforge.exporters.words import words
from quizforge.model.fields import Text, marked
from quizforge.model.quiz import Section, whole_bank
from tests.unit.exporters.paper import SAMPLES, exam, loaded, printed, quiz_of

FULL = sorted(SAMPLES.glob("*/full.yaml"))
HOSTILE = sorted(SAMPLES.glob("*/hostile.yaml"))


def page(source: str) -> lxml.html.HtmlElement:
    """A page as a tree."""
    return lxml.html.document_fromstring(source)


def texts(tree: lxml.html.HtmlElement, path: str) -> list[str]:
    """The text of each element that an XPath finds, in one line."""
    return [" ".join(found.text_content().split()) for found in tree.xpath(path)]


@pytest.mark.parametrize("path", FULL, ids=lambda path: path.parent.name)
def test_an_exam_holds_what_students_may_see(path: Path) -> None:
    """Every text for the exam stands in it, and no text for practice or staff, and no id."""
    bank = loaded(path)
    shown = printed(whole_bank(bank))[0].replace(bank.id, "")
    for question in bank.questions:
        for _, text, mark in marked(question, Text):
            if not re.fullmatch(r"[\w ]+", text) or len(text) < 8:
                continue
            assert (text in shown) is (mark.audience == "student-exam"), text
        assert question.id not in shown
    others = {entry.id for entry in bank.concepts} | {entry.id for entry in bank.objectives}
    others |= {entry.id for entry in bank.misconceptions} | {entry.id for entry in bank.references}
    for name in others:
        assert not re.search(rf'["\s>]{re.escape(name)}["\s<]', shown)


def test_nothing_of_the_authors_stands_in_attributes() -> None:
    """Ids are numbers of questions and cases; there is no data attribute, no script, no comment, no file name."""
    source = printed()[0]
    tree = page(source)
    names = tree.xpath("//@id")
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"(q|case)[1-9][0-9]*", name) for name in names)
    assert not tree.xpath("//@*[starts-with(name(), 'data-') or starts-with(name(), 'on')]")
    assert not tree.xpath("//script | //link | //iframe | //comment()")
    assert "stages.svg" not in source
    assert [meta.get("name") for meta in tree.xpath("//meta[@name]")] == ["viewport", "generator"]


def test_a_page_needs_nothing_but_itself() -> None:
    """Images are inside, and neither page names a source that a browser would fetch."""
    for source in printed():
        tree = page(source)
        assert all(src.startswith("data:image/") for src in tree.xpath("//@src"))
        assert "url(" not in tree.xpath("string(//style)")
        assert "@import" not in tree.xpath("string(//style)")
        assert "default-src 'none'" in tree.xpath("string(//meta[@http-equiv]/@content)")


def test_questions_are_numbered_through_all_sections() -> None:
    """Texts without a question take no number; a new section goes on counting."""
    quiz = exam()
    items = tuple(quiz.items)
    halves = (
        Section(items[:5], title="First part"),
        Section(items[5:], title="Second part", instructions="Be *quick*."),
    )
    tree = page(printed(replace(quiz, sections=halves))[0])
    assert texts(tree, "//article/h3 | //article/h4") == [f"Question {number}" for number in range(1, 13)]
    assert texts(tree, "//main//h2") == ["Instructions", "First part", "Second part"]
    assert texts(tree, "//div[@class='rules']") == ["Be quick."]


def test_points_and_their_sum() -> None:
    """Each question has its points beside it, and the head their number and sum."""
    tree = page(printed()[0])
    assert texts(tree, "//p[@class='pts']")[:6] == [
        "1 point",
        "2 points",
        "1 point",
        "1 point",
        "1.5 points",
        "3 points",
    ]
    assert texts(tree, "//p[@class='sum']") == ["12 questions · 24.5 points"]
    assert texts(tree, "//p[@class='score']") == ["Points / 24.5"]
    assert texts(tree, "//div[@class='fields']/p") == ["Name", "Student ID", "Date"]


def test_a_case_stands_once_before_its_questions() -> None:
    """The case names its questions, which are one heading level below it."""
    tree = page(printed()[0])
    (case,) = tree.xpath("//section[@class='group']")
    assert texts(case, ".//h3") == ["Case: A shop and its bot"]
    assert texts(case, ".//p[@class='refer']") == ["Questions 11 to 12 refer to this case."]
    assert texts(case, ".//article/h4") == ["Question 11", "Question 12"]
    assert case.get("aria-labelledby") == case.xpath(".//h3/@id")[0]


def test_a_case_with_one_question() -> None:
    """One question is not a range."""
    one = {"type": "true_false", "stem": "It is a bot.", "answer": "true", "scenario": "support-bot"}
    tree = page(printed(quiz_of(one))[0])
    assert texts(tree, "//p[@class='refer']") == ["Question 1 refers to this case."]


def test_options_have_letters_and_boxes_by_kind() -> None:
    """One answer has round boxes, several have square ones, and both say so in words."""
    tree = page(printed()[0])
    assert texts(tree, "//article[@id='q1']//ul[@class='opts one']/li/b") == list("ABCDE")
    assert texts(tree, "//article[@id='q2']//ul[@class='opts many']/li/b") == list("ABCD")
    assert texts(tree, "//article[@id='q1']/p[@class='task']")[0].startswith("Choose the one best answer.")
    assert texts(tree, "//article[@id='q2']/p[@class='task']")[0].startswith("Tick every correct answer.")


def test_the_author_s_order_of_options_does_not_show() -> None:
    """The same choices and pairs, written backwards, give the same page."""
    choices = [{"text": text} for text in ("alpha", "beta", "gamma", "delta", "epsilon")]
    choices[1]["correct"] = "true"
    pairs = [{"left": f"left {name}", "right": f"right {name}"} for name in ("one", "two", "three", "four")]
    pages = [
        printed(
            quiz_of(
                {"type": "single_choice", "stem": "Which?", "choices": choices[::step]},
                {"type": "matching", "stem": "Which?", "pairs": pairs[::step], "distractors": ["x y", "z"][::step]},
            )
        )[0]
        for step in (1, -1)
    ]
    assert pages[0] == pages[1]


def test_an_ordering_is_never_printed_solved() -> None:
    """Whatever the question, the printed order is not the right one."""
    for number in range(60):
        items = [f"step {number} {letter}" for letter in "abc"]
        tree = page(printed(quiz_of({"type": "ordering", "id": f"o{number}", "stem": "Order.", "items": items}))[0])
        shown = texts(tree, "//ul[@class='fill']/li")
        assert sorted(shown) == items
        assert shown != items


def test_twenty_six_options_are_not_the_end() -> None:
    """After Z comes AA."""
    choices = [{"text": f"number {number} x", "correct": str(number == 3).lower()} for number in range(28)]
    tree = page(printed(quiz_of({"type": "single_choice", "stem": "Which?", "choices": choices}))[0])
    assert texts(tree, "//ul[@class='opts one']/li/b")[24:] == ["Y", "Z", "AA", "AB"]


CHOICES = [{"text": "a", "correct": "true"}, {"text": "b"}, {"text": "c"}]
PAIRS = [{"left": "l1", "right": "r1"}, {"left": "l2", "right": "r2"}]


@pytest.mark.parametrize(
    ("question", "rule"),
    [
        ({"type": "single_choice", "choices": [*CHOICES, {"text": "d", "credit": "50"}]}, "partial"),
        ({"type": "multiple_answer", "choices": CHOICES}, "plus_minus"),
        ({"type": "multiple_answer", "choices": CHOICES, "scoring": "ratio"}, "ratio"),
        ({"type": "multiple_answer", "choices": CHOICES, "scoring": "per_option"}, "per_option"),
        (
            {"type": "multiple_answer", "choices": [*CHOICES, {"text": "d", "credit": "-50"}], "scoring": "per_option"},
            "per_option_minus",
        ),
        ({"type": "multiple_answer", "choices": CHOICES, "scoring": "all_or_nothing"}, "all_or_nothing"),
        ({"type": "short_answer", "answers": [{"text": "a"}, {"text": "b", "credit": "30"}]}, "partial"),
        ({"type": "numerical", "answers": [{"value": "1"}, {"value": "2", "credit": "30"}]}, "partial"),
        ({"type": "matching", "pairs": PAIRS}, "per_pair"),
        ({"type": "matching", "pairs": PAIRS, "scoring": "all_or_nothing"}, "all_or_nothing"),
        ({"type": "ordering", "items": ["a", "b"]}, "position"),
        ({"type": "ordering", "items": ["a", "b"], "scoring": "all_or_nothing"}, "all_or_nothing"),
    ],
)
def test_the_scoring_rule_is_stated(question: dict[str, object], rule: str) -> None:
    """Each way of scoring that is not simply right or wrong is told to the student, in the key as in the exam."""
    for source in printed(quiz_of({"stem": "Which?", **question})):
        assert words("en")[f"exam.rule.{rule}"] in texts(page(source), "//p[@class='task']")[0]


@pytest.mark.parametrize(
    "question",
    [
        {"type": "single_choice", "choices": [*CHOICES, {"text": "d", "credit": "0"}]},
        {"type": "true_false", "answer": "true"},
        {"type": "short_answer", "answers": [{"text": "a"}, {"text": "b", "credit": "0"}]},
        {"type": "numerical", "answer": "1"},
    ],
)
def test_what_is_right_or_wrong_states_no_rule(question: dict[str, object]) -> None:
    """A question without partial credit has one plain instruction."""
    task = texts(page(printed(quiz_of({"stem": "Which?", **question}))[0]), "//p[@class='task']")[0]
    assert task == words("en")[f"exam.task.{question['type']}"]


def test_cloze_blanks_are_numbered_in_the_order_of_the_text() -> None:
    """Blanks are as wide as their kind asks for; options stand below; weights are told in the text's order."""
    tree = page(printed()[0])
    (question,) = tree.xpath("//article[@id='q8']")
    assert texts(question, ".//span[starts-with(@class, 'gap')]") == ["Blank 1", "Blank 2", "Blank 3", "Blank 4"]
    assert question.xpath(".//span/@class[starts-with(., 'gap')]") == [
        "gap text",
        "gap text",
        "gap choice",
        "gap number",
    ]
    assert texts(question, ".//div[@class='pick']/p") == ["Blank 3"]
    assert "share the points as 2 : 1 : 1 : 1." in texts(question, "./p[@class='task']")[0]


def test_a_single_blank_has_no_number() -> None:
    """One blank needs no number, and its unit stands behind it."""
    one = {"type": "cloze", "stem": "It weighs [[w]].", "blanks": {"w": {"answer": "3", "unit": "kg"}}}
    exam_page, key_page = printed(quiz_of(one))
    assert texts(page(exam_page), "//div[@class='text']") == ["It weighs kg."]
    assert texts(page(key_page), "//div[@class='text']") == ["It weighs 3 kg kg."]


def test_case_matters_is_told() -> None:
    """A student is told where upper and lower case count."""
    one = {"type": "short_answer", "stem": "Name it.", "answers": ["SFT"], "case_sensitive": "true"}
    assert "Upper and lower case matter." in printed(quiz_of(one))[0]


@pytest.mark.parametrize(
    ("fields", "lines"),
    [({}, 10), ({"lines": "4"}, 4), ({"max_words": "90"}, 12), ({"max_words": "5"}, 3), ({"max_words": "99999"}, 200)],
)
def test_an_essay_has_lines(fields: dict[str, object], lines: int) -> None:
    """The author's number of lines, else enough for the words, else ten."""
    tree = page(printed(quiz_of({"type": "essay", "stem": "Explain.", **fields}))[0])
    assert len(tree.xpath("//div[@class='lines']/i")) == lines


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"min_words": "80", "max_words": "250"}, ["Write 80 to 250 words."]),
        ({"min_words": "80"}, ["Write at least 80 words."]),
        ({"max_words": "250"}, ["Write at most 250 words."]),
        ({}, []),
    ],
)
def test_word_limits(fields: dict[str, object], text: list[str]) -> None:
    """Limits are told where there are some."""
    tree = page(printed(quiz_of({"type": "essay", "stem": "Explain.", **fields}))[0])
    assert texts(tree, "//p[@class='task']") == text


def test_only_long_questions_may_be_split() -> None:
    """A question stays on one page unless it would fill two thirds of it; an image's bytes do not count."""
    image = {"type": "essay", "stem": "![Three stages](media/stages.svg)"}
    code = {"type": "essay", "stem": "```\n" + "x = 1\n" * 70 + "```"}
    prose = {"type": "true_false", "stem": "word " * 700, "answer": "true"}
    tree = page(printed(quiz_of(image, code, prose, {"type": "essay", "stem": "Write.", "lines": "40"}))[0])
    assert tree.xpath("//article/@class") == ["q", "q long", "q long", "q long"]


def test_heads_of_columns_have_names() -> None:
    """A formula in a table head is named by its TeX, and an empty corner is no head."""
    table = "| | $p_i$ | loss $l$ |\n| --- | --- | --- |\n| a | 1 | 2 |"
    (row,) = page(printed(quiz_of({"type": "essay", "stem": table}))[0]).xpath("//article//thead/tr")
    assert [cell.tag for cell in row] == ["td", "th", "th"]
    assert row.xpath("string(./th[1]/math/@aria-label)") == "p_i"


def test_own_words_come_in_the_quiz_s_language() -> None:
    """A German quiz has German words and decimal commas, and needs no marks for the language of parts."""
    source = printed(exam("de-AT"))[0]
    tree = page(source)
    assert tree.get("lang") == "de-AT"
    assert texts(tree, "//p[@class='sum']") == ["12 Fragen · 24,5 Punkte"]
    assert texts(tree, "//div[@class='fields']/p") == ["Name", "Matrikelnummer", "Datum"]
    assert not tree.xpath("//body//@lang")
    assert '"Seite " counter(page) " von " counter(pages) ""' in source


def test_a_language_without_words_falls_back_to_english() -> None:
    """English words on another page are marked as English (WCAG 3.1.2), and the page runs its own way."""
    tree = page(printed(exam("ar"))[0])
    assert (tree.get("lang"), tree.get("dir")) == ("ar", "rtl")
    own = ["task", "pts", "sum", "score", "fields", "refer"]
    assert all(found.get("lang") == "en" for name in own for found in tree.xpath(f"//*[@class='{name}']"))
    assert {found.get("lang") for found in tree.xpath("//article/h3 | //article/h4 | //main//h2")} == {"en"}
    assert tree.xpath("//div[@class='case']/h3/span/@lang") == ["en"]


@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.parent.name)
def test_hostile_texts_stay_texts(path: Path) -> None:
    """Whatever an author writes, no element comes into the page but those of Markdown and of the exporter."""
    allowed = set(
        "html head meta title style body header main section article footer div p h1 h2 h3 h4 h5 h6 span b i em strong "
        "small ul ol li a code pre blockquote table caption thead tbody tfoot tr th td br hr img dl dt dd".split()
    )
    for source in printed(whole_bank(loaded(path))):
        tree = page(source)
        for math in tree.xpath("//math"):
            math.drop_tree()
        assert {element.tag for element in tree.iter() if isinstance(element.tag, str)} <= allowed
        assert not tree.xpath("//@*[starts-with(name(), 'on')]")
        assert all(href.startswith(("#", "http://", "https://", "mailto:")) for href in tree.xpath("//@href"))


def test_same_quiz_same_bytes() -> None:
    """Two runs give the same files, whatever was rendered before."""
    assert printed() == printed()
    assert printed(exam(), HtmlOptions(columns=2)) != printed()
