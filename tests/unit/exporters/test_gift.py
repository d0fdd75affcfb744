"""GIFT is read by Moodle's own rules, and says what Moodle XML says of the same question."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from quizforge.api import export
from quizforge.exporters.base import Export
from quizforge.formats import gift
from quizforge.model.bank import Bank
from quizforge.model.codes.fidelity import NUMBER_ROUNDED, SCORE_LOWERED
from quizforge.model.quiz import Item, Quiz, Section
from tests.tools import gift_reader, samples
from tests.tools.gift_replay import replay
from tests.tools.moodle_export import bank, choices, imported
from tests.tools.moodle_model import MoodleQuestion

GOLDEN = Path(__file__).parent.parent.parent / "golden/all-types/bank"
UNSCORED = {"essay", "information"}


def made(source: Bank) -> Export:
    """The export of a bank."""
    return export(source, "gift")


def read(source: Bank) -> dict[str, MoodleQuestion]:
    """What Moodle makes of a bank's GIFT, by id."""
    return {found.idnumber: found for file in made(source).files for found in gift_reader.read(file.data)}


def one(question: dict[str, Any], **parts: Any) -> MoodleQuestion:
    """What Moodle makes of one question."""
    (found,) = read(bank(question, **parts)).values()
    return found


def refused(question: dict[str, Any]) -> str:
    """Why a question is left out."""
    found = made(bank(question))
    assert found.files == ()
    ((_, reason),) = found.left_out
    return reason


@pytest.mark.parametrize("path", samples.PATHS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_samples_score_as_in_the_bank(path: Path) -> None:
    """Each sample is read without a fault, and each response earns what is due, or less after a warning."""
    (source,) = samples.loaded(path).banks
    found, problems = read(source), {problem.code for problem in made(source).problems}
    left_out = {name for name, _ in made(source).left_out}

    assert found.keys() == {question.id for question in source.questions} - left_out
    for question in source.questions:
        if question.type in UNSCORED or question.id in left_out or NUMBER_ROUNDED in problems:
            continue
        for sample in question.samples():
            earned = replay(source).score(question, found[question.id], sample.response)
            assert earned <= float(sample.fraction) + 1e-6, sample.label
            if SCORE_LOWERED not in problems:
                assert earned == pytest.approx(float(sample.fraction), abs=1e-6), sample.label


@pytest.mark.parametrize("path", samples.PATHS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_says_what_moodle_xml_says(path: Path) -> None:
    """Text, answers with their feedback, tags and categories are those of Moodle XML, character for character."""
    (source,) = samples.loaded(path).banks
    xml = imported(source).by_id()
    for name, found in read(source).items():
        other = xml[name]
        assert (found.tags, found.category) == (other.tags, other.category)
        assert found.name.partition(" ")[2] == other.name.partition(" ")[2]
        if found.kind != other.kind:
            assert other.kind in {"cloze", "ordering"}
            continue
        if found.kind == "numerical" and other.unit is not None:
            assert found.text.startswith(other.text)
        else:
            assert found.text == other.text
        if found.kind != "description":
            assert found.general == other.general
        assert sorted(map(str, found.answers)) == sorted(map(str, other.answers))
        assert sorted(zip(found.stems, found.rights, strict=True)) == sorted(
            zip(other.stems, other.rights, strict=True)
        )
        assert set(found.offered) == set(other.offered)


def test_every_type_has_its_form() -> None:
    """Six types are Moodle's own, an ordering is matched with its places, and images keep a question out."""
    from quizforge.api import load_bank

    source = load_bank(GOLDEN)
    kinds = {name: found.kind for name, found in read(source).items()}

    assert kinds == {
        "response-rate-bias": "multichoice",
        "properties-of-the-mean": "multichoice",
        "larger-is-better": "truefalse",
        "name-the-frame": "shortanswer",
        "rate-in-per-cent": "numerical",
        "order-of-a-study": "matching",
        "plan-a-survey": "essay",
        "before-you-start": "description",
    }
    assert [name for name, _ in made(source).left_out] == ["match-designs", "blanks-of-inference"]


def test_multiple_answer_shows_check_boxes() -> None:
    """Without any '=' Moodle shows check boxes, even where one option is right."""
    found = one({"type": "multiple_answer", "choices": choices(1, 2)})

    assert found.settings["single"] == "false"
    assert sorted(answer.fraction for answer in found.answers) == [-1, -1, 1]


@pytest.mark.parametrize(
    "text",
    [
        "a -> b",
        "x = y",
        "{x}",
        "~50%",
        "# 1",
        "50%",
        "\\n",
        "\\neq",
        "C:\\new",
        "=%50%a",
        "[html]b",
        "TRUE",
        "//",
        ":: a",
    ],
)
def test_typed_answers_survive_or_are_refused(text: str) -> None:
    """What a student must type is read as it is written; '->' would make a matching question."""
    question = {"type": "short_answer", "answers": [text]}
    if "->" in text:
        assert "pair" in refused(question)
        return
    assert [answer.text for answer in one(question).answers] == [text]


def test_what_would_earn_more_is_refused() -> None:
    """Moodle's GIFT ignores case, merges equal right sides, and has no blanks."""
    assert "case" in refused({"type": "short_answer", "answers": ["Na"], "case_sensitive": True})
    pairs = [{"left": "a", "right": "*x*"}, {"left": "b", "right": "x"}]
    assert "same as plain text" in refused({"type": "matching", "pairs": pairs})
    blanks = {"a": {"answers": ["1"]}, "b": {"answers": ["2"]}}
    assert "cloze" in refused({"type": "cloze", "stem": "[[a]] [[b]]", "blanks": blanks})


def test_placeholders_of_the_reader() -> None:
    """No escape keeps Moodle from changing '&&058;' in a typed answer; in HTML it is written with entities."""
    assert "'&&058;'" in refused({"type": "short_answer", "answers": ["&&058;"]})
    found = one({"type": "true_false", "stem": "&&058; stays", "title": "&&058; name", "answer": True})

    assert found.text == "<p>&amp;&amp;058; stays</p>"
    assert found.name == "0001 & &058; name"


def test_a_single_blank_becomes_a_question() -> None:
    """A text with one blank is asked as what the blank is."""
    found = one({"type": "cloze", "stem": "2 + 2 = [[n]]", "blanks": {"n": {"answer": 4}}})

    assert (found.kind, found.answers[0].text) == ("numerical", "4")


def test_tags_and_categories_with_signs() -> None:
    """Brackets in tags, slashes, colons and braces in categories are read back."""
    source = bank(
        {"type": "true_false", "answer": True, "tags": ["a]b", "c: {d}"], "concepts": ["c"]},
        header={"title": "Bank: {1/2} #3 \\ ~="},
        concepts=[{"id": "c", "title": "C = 1"}],
    )
    (found,) = read(source).values()

    assert found.tags == ("a]b", "c: {d}", "concept:c")
    assert found.category == ("Bank: {1/2} #3 \\ ~=", "practice", "C = 1")


def test_a_tag_that_cannot_be_written_is_reported() -> None:
    """A backslash would escape the bracket that closes a tag."""
    source = bank({"type": "true_false", "answer": True, "tags": ["a\\"]})

    assert one({"type": "true_false", "answer": True, "tags": ["a\\"]}).tags == ()
    assert [problem.message for problem in made(source).problems] == ["a tag with a backslash is left out"]


def test_no_question_no_file() -> None:
    """Moodle refuses a file without questions, so none is written."""
    assert made(bank({"type": "short_answer", "answers": ["a"], "case_sensitive": True})).files == ()


def test_both_verdicts_have_their_feedback() -> None:
    """The reply to a wrong verdict comes first in the file; each stands with its verdict in Moodle."""
    replies = {"feedback_true": "It holds.", "feedback_false": "It does not."}
    for answer in (True, False):
        found = one({"type": "true_false", "answer": answer, **replies})
        assert [reply.feedback for reply in found.answers] == ["<p>It holds.</p>", "<p>It does not.</p>"]
        assert found.answers[0].fraction == float(answer)


@pytest.mark.parametrize("text", ["", "\\", "\\n\n", "a\\=b", "~=#{}:\\", "\\\\n"])
def test_escapes_are_undone(text: str) -> None:
    """What a reader takes back is what was escaped, and stands on one line."""
    assert gift.unescape(gift.escape(text)) == text
    assert "\n" not in gift.escape(text)


def test_an_assembled_quiz_is_filed_by_its_sections() -> None:
    """In a quiz that was put together, sections are the categories; what is to be drawn from them is said."""
    source = bank({"type": "true_false", "answer": True, "id": "a"}, {"type": "true_false", "answer": True, "id": "b"})
    first, second = (Item(question, source) for question in source.questions)
    sections = (Section((first,), title="Basics"), Section((second,), title="More", draw=1))
    found = export(Quiz("test", "Test", "en", sections, (source,), assembled=True), "gift")

    assert [question.category for question in gift_reader.read(found.files[0].data)] == [
        ("Test", "Basics"),
        ("Test", "More"),
    ]
    assert found.notes[-1] == "the file draws nothing: let the platform draw 1 from 'More'"
