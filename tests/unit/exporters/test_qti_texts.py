"""Texts in QTI items: every character, image, formula and language arrives, or is refused with its place."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from quizforge.api import export, load_bank
from quizforge.exporters.base import Export
from tests.tools.qti_banks import FORMATS, GOLDEN, bank_of, full, item_of, messages, package
from tests.tools.qti_package import read_package
from tests.tools.qti_player import Player


@pytest.mark.parametrize("name", FORMATS)
def test_images_lie_with_their_item(name: str) -> None:
    """An image is in the package, belongs to the item's resource, and its name tells nothing of the author's file."""
    bank = load_bank(GOLDEN)
    (file,) = export(bank, name).files
    with zipfile.ZipFile(BytesIO(file.data)) as archive:
        images = [member for member in archive.namelist() if "/media/" in member]
        data = {archive.read(member) for member in images}

    assert data == {media.data for media in bank.media.values()}
    assert all(re.fullmatch(r"items/media/[0-9a-f]{16}\.[a-z]+", member) for member in images)
    assert [item.images for item in read_package(file.data).items if item.images] == [("media/" + images[0][12:],)]


def test_drop_down_lists_take_plain_text(tmp_path: Path) -> None:
    """Markup in a drop-down list is lost with a note, an image is an error, and twins are an error."""

    def made(*texts: str) -> Export:
        choices = [{"text": texts[0], "correct": True}, *texts[1:]]
        blanks = {"one": {"choices": choices}}
        question = {"id": "q", "type": "cloze", "stem": "It is [[one]].", "blanks": blanks}
        return export(bank_of(tmp_path, question), "qti21")

    (item,) = read_package(made(r"\(x<y\)", "*b*").files[0].data).items
    assert sorted(item.options["RESPONSE_one"]) == [r"\(x&lt;y\)", "b"]
    assert "a drop-down list shows this option as plain text" in messages(made(r"\(x<y\)", "*b*"))
    assert "are the same plain text" in messages(made("*b*", "b"))
    assert made("*b*", "b").files == ()
    (tmp_path / "dot.png").write_bytes((GOLDEN / "media" / "ramp.png").read_bytes())
    assert "cannot show an image" in messages(made("![dot](dot.png)", "b"))
    assert made("![dot](dot.png)", "b").files == ()


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    "text",
    [
        "`List<int>`", "a < b && c", "\"double\" and 'single'", r"\(x<y\)", "[x]", "{x}", "->", "]]>", "%41",
        "\N{SMILING FACE WITH SUNGLASSES}", "\u4f60\u597d", "\u0645\u0631\u062d\u0628\u0627", "&amp; &#38; &copy;",
    ],
)  # fmt: skip
def test_hostile_texts_survive(tmp_path: Path, name: str, text: str) -> None:
    """Each stands in stem, options, typed answers, feedback and titles as it was written."""
    question = {
        "title": text,
        "stem": f"Stem {text} end [[one]] [[two]]",
        "type": "cloze",
        "blanks": {
            "one": {"answers": [{"text": text, "feedback": f"Because {text}."}]},
            "two": {"choices": [{"text": f"o {text}", "correct": True}, "p"]},
        },
    }
    item = item_of(tmp_path, question, name)
    shown = re.sub("<[^>]*>", "", item.body)

    assert item.label == text
    assert item.responses["RESPONSE_one"].correct == (text,)
    assert Player(item).play({"RESPONSE_one": text})["SCORE"] == 0.5
    assert Player(item, anchored=False).play({"RESPONSE_one": f" {text} "})["SCORE"] == 0.5
    if "(" not in text and "&" not in text and "`" not in text:
        assert text.replace(">", "&gt;").replace("<", "&lt;") in shown


@pytest.mark.parametrize("name", FORMATS)
def test_long_and_right_to_left(tmp_path: Path, name: str) -> None:
    """A stem of 10 kB is written whole, and an item says its language."""
    stem = "\u0645\u0631\u062d\u0628\u0627 " * 2000
    bank = bank_of(tmp_path, {"id": "q", "type": "true_false", "stem": stem, "answer": True}, language="ar")
    (item,) = package(bank, name).items

    assert item.language == "ar"
    assert stem.strip() in item.body
    assert len(stem.encode()) > 10_000


def test_control_characters_are_refused() -> None:
    """What XML cannot hold is an error with the place, and nothing is written."""
    bank = full("short_answer")
    question: Any = bank.questions[0]
    bad = question.answers[0].model_copy(update={"text": "a\x07b"})
    made = export(replace(bank, questions=(question.model_copy(update={"answers": (bad,)}),)), "qti21")

    assert made.files == ()
    assert "U+0007 cannot stand in XML" in messages(made)
    assert {problem.at for problem in made.problems if "U+0007" in problem.message} == {("answers", 0, "text")}


def test_languages_and_tables_in_both_versions(tmp_path: Path) -> None:
    """Each version has its own word for languages and for the alignment of cells."""
    stem = "*chat*{: lang=fr}\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n"
    question = {"type": "true_false", "stem": stem, "answer": True}
    old, new = (item_of(tmp_path, question, name).body for name in FORMATS)

    assert '<em xml:lang="fr">' in old
    assert '<td align="right">' in old
    assert '<em lang="fr">' in new
    assert '<td class="qti-align-right">' in new


def test_images_and_formulas_stand_in_paragraphs(tmp_path: Path) -> None:
    """QTI has images in paragraphs only; beside a block of code they used to lose theirs."""
    stem = "![dot](dot.png)\n\n```\ncode\n```\n\n\\[x\\]\n"
    (tmp_path / "dot.png").write_bytes((GOLDEN / "media" / "ramp.png").read_bytes())
    item = item_of(tmp_path, {"type": "true_false", "stem": stem, "answer": True})

    assert re.search("<p><img [^>]*/></p>", item.body)
    assert re.search('<p><math alttext="x" [^>]*>.*</math></p>', item.body)
    assert '<pre class="code"><code>code</code></pre>' in item.body
