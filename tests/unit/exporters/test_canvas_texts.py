"""Texts, feedback, formulas and images reach Canvas' fields as they were written."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest

from quizforge.exporters.canvas.choice import VISIBLE
from quizforge.markup import Markup
from quizforge.model.media import Media
from tests.tools.canvas_export import READERS, exported, one, package, questions
from tests.tools.canvas_package import images_of, stem_of
from tests.tools.moodle_export import bank, choices

BOTH = pytest.mark.parametrize("name", READERS)
CLASSIC, NEW = "canvas", "canvas-newquizzes"
RAMP = Media("img/the key.png", b"\x89PNG ramp", "image/png")
DOTS = Media("img/dots+more.png", b"\x89PNG dots", "image/png")

HOSTILE = [
    "`List<int>`",
    "a < b && c",
    "\"double\" and 'single'",
    r"\(x<y\) and \(\sqrt[3]{x_{[1]}}\)",
    "[x] and [b1]",
    "{x} -> ]]> &amp; %41 a+b",
    "tab\there",
    "👩‍🔬 你好 مرحبا",
    "<script>alert(1)</script> &#120;",
    r"a\(b and $$",
]


def html_of(source: str, *, inline: bool = False) -> str:
    """Our own rendering."""
    dialect = Markup({}).dialect("canvas")
    return dialect.inline(source) if inline else dialect.block(source)


@BOTH
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_survive(name: str, text: str) -> None:
    """Stem, options, left sides and every kind of feedback are read back as exactly our HTML."""
    said = {"feedback": text, "feedback_correct": text, "feedback_incorrect": text, "stem": text}
    choice = {"type": "single_choice", "choices": [{"text": text, "correct": True, "feedback": text}, "other"], **said}
    pair = {"type": "matching", "pairs": [{"left": text, "right": "a"}, {"left": "other", "right": "b"}]}
    chosen, matched = questions(bank({**choice, "id": "a"}, {**pair, "id": "b"}), name)
    (key,) = chosen.shown["right"]

    assert chosen.stem == html_of(text)
    assert chosen.options[key].removesuffix(VISIBLE) == html_of(text, inline=True)
    assert chosen.feedback == dict.fromkeys(("general", "right", "wrong"), html_of(text))
    assert chosen.answer_feedback == {key: html_of(text)}
    assert html_of(text, inline=True) in {left.removesuffix(VISIBLE) for left in matched.lefts.values()}


PLAIN = ["List<int>", "a < b && c", "\"x\" 'y'", "[x]", "{x}", "->", "]]>", "%41", "&amp;", "👩‍🔬 你好", "a+b"]


@BOTH
@pytest.mark.parametrize("text", PLAIN)
def test_plain_labels_are_escaped_once(name: str, text: str) -> None:
    """Accepted texts, labels of blanks and right sides come back as they were typed."""
    code = f"`{text}`"
    source = bank(
        {"id": "a", "type": "short_answer", "answers": [text]},
        {"id": "b", "type": "cloze", "stem": "A [[x]].", "blanks": {"x": {"answers": [text]}}},
        {"id": "c", "type": "matching", "pairs": [{"left": "1", "right": code}, {"left": "2", "right": "two"}]},
    )
    typed, blank, matched = questions(source, name)
    rights = set(matched.options.values())

    assert list(typed.options) == [text]
    assert [list(labels.values()) for labels in blank.blanks.values()] == [[text]]
    assert text in (set(map(unescape, rights)) if name == NEW else rights)


def test_right_sides_are_html_to_new_quizzes() -> None:
    """Their reader sanitises them, so that a tag in a plain text would vanish."""
    source = bank({"type": "matching", "pairs": [{"left": "1", "right": "`List<int>`"}, {"left": "2", "right": "b"}]})

    assert set(one(source, NEW).options.values()) == {"List&lt;int&gt;", "b"}
    assert set(one(source, CLASSIC).options.values()) == {"List<int>", "b"}


@BOTH
def test_titles_are_attributes(name: str) -> None:
    """Quotes, angles and line breaks in titles of quiz and question stay inside their attributes."""
    title = "A \"quoted\" <b> & 'c'\n]]> 你"
    source = bank({"type": "true_false", "answer": "true", "title": title}, header={"title": title})
    made = package(source, name)

    assert made.quizzes[0].title == " ".join(title.split())
    assert made.quizzes[0].settings["title"] == title
    assert one(source, name).title == " ".join(title.split())


@BOTH
def test_long_title_is_cut(name: str) -> None:
    """Canvas takes 255 characters; a stem names its question in eighty."""
    source = bank({"type": "true_false", "answer": "true", "title": "word " * 80})

    assert len(one(source, name).title) <= 255
    assert [found.code.name for found in exported(source, name).problems] == ["text-shortened"]
    assert len(one(bank({"type": "information", "stem": "word " * 80}), name).title) <= 80


@BOTH
def test_draft_is_marked(name: str) -> None:
    """Who includes drafts sees which they are."""
    from quizforge.api import export
    from quizforge.model.quiz import Selection

    source = bank({"type": "true_false", "answer": "true", "status": "draft", "title": "New"})
    made = export(source, name, selection=Selection(statuses=frozenset({"draft"})))
    from tests.tools.canvas_package import unpack

    assert unpack(made.files[0].data).quizzes[0].items[0].get("title") == "draft: New"


def test_formula_is_an_image_that_carries_its_tex() -> None:
    """As Canvas' own editor writes it; brackets in it are kept apart, which its other reader would spoil."""
    read = one(bank({"type": "information", "stem": r"So \(\sqrt[3]{x} < y\) and \[\sum_i i\]."}), CLASSIC)

    assert 'class="equation_image"' in read.stem
    assert r'data-equation-content="\sqrt[ 3]{x} &lt; y"' in read.stem
    assert 'src="/equation_images/%5Csqrt%5B%203%5D%7Bx%7D%20%3C%20y?scale=1"' in read.stem
    assert r'data-equation-content="\displaystyle \sum_i i"' in read.stem


@BOTH
@pytest.mark.parametrize("option", [r"\(x^2\)", "![A ramp](img/the%20key.png)"])
def test_option_that_is_only_an_image_counts_as_text(name: str, option: str) -> None:
    """Classic puts a text of its own beside an option that has none."""
    source = bank({"type": "single_choice", "choices": [{"text": option, "correct": True}, "other"]}, media=(RAMP,))
    read = one(source, name)

    assert not any("No answer text provided" in html for html in read.options.values())


@BOTH
def test_every_image_is_packed_and_every_packed_image_is_shown(name: str) -> None:
    """In stem, option, feedback, scenario, instructions and misconception; not for a question that is left out."""
    ramp, dots = "![A ramp](img/the%20key.png)", "![Dots](img/dots+more.png)"
    unused = Media("img/unused.png", b"\x89PNG unused", "image/png")
    lost = Media("img/lost.png", b"\x89PNG lost", "image/png")
    source = bank(
        {"id": "a", "type": "single_choice", "scenario": "case", "choices": [
            {"text": f"left {ramp}", "correct": True}, {"text": "other", "feedback": dots}]},
        {"id": "b", "type": "cloze", "stem": "[[x]] [[y]] ![Lost](img/lost.png)",
         "blanks": {"x": {"answers": ["a"], "weight": 2}, "y": {"answers": ["b"]}}},
        {"id": "c", "type": "cloze", "stem": f"[[x]] {ramp}", "blanks": {"x": {"answers": ["a"]}}},
        scenarios=[{"id": "case", "text": f"A case {dots}"}],
        media=(RAMP, DOTS, unused, lost),
    )  # fmt: skip
    made = package(source, name)
    shown = {path for read in questions(source, name) for html in _all_html(read) for path in images_of(html)}

    assert set(made.media) == shown == {f"media/{image.content_name}" for image in (RAMP, DOTS)}
    assert made.media[f"media/{RAMP.content_name}"] == RAMP.data


def _all_html(read: Any) -> list[str]:
    return [read.stem, *read.options.values(), *read.feedback.values(), *read.answer_feedback.values()]


@BOTH
def test_instructions_describe_the_quiz(name: str) -> None:
    """With their images."""
    source = bank(
        {"type": "information"},
        header={"instructions": "Read **all** of it. ![A ramp](img/the%20key.png)"},
        media=(RAMP,),
    )
    made = package(source, name)

    assert made.quizzes[0].settings["description"].startswith("<p>Read <strong>all</strong> of it.")
    assert list(made.media) == [f"media/{RAMP.content_name}"]


@BOTH
def test_misconception_and_references_are_told(name: str) -> None:
    """Behind the feedback of the option, and at the end of the general feedback."""
    source = bank(
        {"type": "single_choice", "references": ["book#2"], "choices": [
            {"text": "a", "correct": True}, {"text": "b", "misconception": "m"}]},
        misconceptions=[{"id": "m", "claim": "Big is good."}],
        references=[{"id": "book", "text": "A book & more", "url": "https://example.org/?a=1&b=2"}],
    )  # fmt: skip
    read = one(source, name)

    assert ["Big is good." in html for html in read.answer_feedback.values()] == [True]
    assert '<a href="https://example.org/?a=1&amp;b=2">A book &amp; more, 2</a>' in read.feedback["general"]


@BOTH
def test_hints_are_told_on_request(name: str) -> None:
    """Otherwise they are left out, which the export says."""
    source = bank({"type": "true_false", "answer": "true", "hints": ["Think *hard*."]})

    assert one(source, name).feedback == {}
    assert [found.message for found in exported(source, name).problems] == ["hints is left out"]
    assert "Think <em>hard</em>." in one(source, name, hints="feedback").feedback["general"]
    assert exported(source, name, hints="feedback").problems == ()


@BOTH
def test_character_that_xml_cannot_hold(name: str) -> None:
    """Nothing is written, and the place is named."""
    made = exported(bank({"type": "short_answer", "answers": ["a\x07b"]}), name)

    assert made.files == ()
    assert [(found.code.name, found.at) for found in made.problems] == [("unwritable", ("answers", 0, "text"))]


@BOTH
def test_long_stem(name: str) -> None:
    """Ten thousand characters are no more than ten."""
    text = "word & <b> " * 1000
    read = one(bank({"type": "true_false", "answer": "true", "stem": text}), name)

    assert read.stem == html_of(text)


@BOTH
def test_code_is_a_block_of_its_own(name: str) -> None:
    """Both readers split a paragraph that holds ``pre``."""
    read = one(bank({"type": "information", "stem": "Run:\n\n```python\nif a < b: pass\n```"}), name)

    assert "</p>\n<pre style=" in read.stem


@BOTH
def test_options_do_not_stand_in_the_authors_order(name: str) -> None:
    """A hash orders them, unless the author does not let them be moved; numbers in order and pins stay."""
    source = bank(
        {"id": "a", "type": "single_choice", "choices": [*choices(1, 5), {"text": "none", "pin": "last"}]},
        {"id": "b", "type": "single_choice", "choices": choices(1, 5), "shuffle": "false"},
        {
            "id": "c",
            "type": "single_choice",
            "choices": [{"text": "1"}, {"text": "2", "correct": True}, {"text": "10"}],
        },
    )
    moved, kept, numbers = (list(read.options.values()) for read in questions(source, name))
    written = [f"option {number}" for number in range(6)]

    assert moved[-1] == "none"
    assert sorted(moved[:-1]) == written != moved[:-1]
    assert kept == written
    assert numbers == ["1", "2", "10"]


def test_shuffling() -> None:
    """New Quizzes shuffle by question and lock what is pinned; classic shuffles all questions of a quiz or none."""
    free = {"type": "single_choice", "choices": choices(1, 3)}
    pinned = {"type": "single_choice", "choices": [*choices(1, 2), {"text": "none", "pin": "last"}]}
    source = bank({**free, "id": "a"}, {**pinned, "id": "b"}, {**free, "id": "c", "shuffle": "false"})
    shown = [read.shown for read in questions(source, NEW)]

    assert [one["shuffled"] for one in shown] == [True, True, False]
    assert [len(one["locked"]) for one in shown] == [0, 1, 0]
    assert package(source, NEW).quizzes[0].settings["shuffle_answers"] == "false"
    assert package(source, CLASSIC).quizzes[0].settings["shuffle_answers"] == "false"
    assert package(bank(free), CLASSIC).quizzes[0].settings["shuffle_answers"] == "true"
    assert any("some must keep their order (2)" in note for note in exported(source, CLASSIC).notes)
    assert stem_of(package(source, CLASSIC).quizzes[0].items[0]) == "<p>What?</p>"
