"""QTI packages: what they hold, by a reader of the tests' own; what players make of them is in tests/external."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml

from quizforge.api import export, load_bank
from quizforge.exporters.base import Env, Mode
from quizforge.exporters.qti import Qti21, Qti30, QtiOptions
from quizforge.formats.qti import QTI_21, QTI_30, camel, kebab
from quizforge.model.bank import Bank
from quizforge.model.quiz import Item, Quiz, Section, Selection
from tests.tools import samples
from tests.tools.qti_banks import FORMATS, GOLDEN, bank_of, full, item_of, messages, package
from tests.tools.qti_package import read_package
from tests.tools.qti_player import Player
from tests.tools.qti_replay import Replay

_MODES: tuple[Mode, ...] = ("exam", "practice")
SCORES = yaml.safe_load((samples.FOLDER / "scores.yaml").read_text(encoding="utf-8"))
CLOSE = 1e-12


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("question", samples.banks(), ids=lambda bank: bank.id)
def test_samples_earn_what_they_must(question: Bank, name: str) -> None:
    """Each answer to a sample question, and those worked out by hand, earn their share exactly."""
    (found,) = question.questions
    (item,) = package(question, name).items
    points = float(found.max_points)
    answers: list[tuple[Any, Fraction]] = []
    if found.type != "essay":
        answers = [(sample.response, sample.fraction) for sample in found.samples()]
        answers += [(_read(found.type, given), Fraction(str(share))) for given, share in SCORES.get(found.id, ())]
    for response, fraction in answers:
        values = Replay(question, name).answers(found, item, response)
        for anchored in (True, False):
            score = Player(item, anchored=anchored).play(values)["SCORE"]
            if found.id == "hostile-numerical" and fraction != 1:
                continue  # more digits than a float has, as a warning says
            assert abs(score - float(fraction) * points) < CLOSE, (response, values)
            assert fraction != 1 or score == points


def _read(kind: str, given: Any) -> Any:
    """A response of ``scores.yaml`` in the form that ``score`` takes."""
    if kind == "multiple_answer":
        return frozenset(given)
    return tuple(given) if isinstance(given, list) else given


@pytest.mark.parametrize("name", FORMATS)
def test_every_interaction_of_the_specification(name: str) -> None:
    """Each type is asked by the interaction that QTI has for it."""
    kinds = {
        "single_choice": ["choiceInteraction"],
        "multiple_answer": ["choiceInteraction"],
        "true_false": ["choiceInteraction"],
        "short_answer": ["textEntryInteraction"],
        "numerical": ["textEntryInteraction"],
        "matching": ["matchInteraction"],
        "ordering": ["orderInteraction"],
        "cloze": ["textEntryInteraction", "inlineChoiceInteraction", "textEntryInteraction"],
        "essay": ["extendedTextInteraction"],
        "information": [],
    }
    for kind, expected in kinds.items():
        (item,) = package(full(kind), name).items
        assert [found for found, _ in item.interactions] == expected, kind


def test_empty_responses_earn_nothing_and_no_score_is_negative() -> None:
    """Whoever gives nothing gets nothing; all wrong options together take nothing away."""
    for bank in samples.banks():
        (item,) = package(bank).items
        assert Player(item).play({})["SCORE"] == 0
    (item,) = package(full("multiple_answer")).items
    wrong = [key for key, mark, _ in item.responses["RESPONSE"].mapping or () if mark < 0]
    assert Player(item).play({"RESPONSE": wrong})["SCORE"] == 0


def test_normal_maximum_is_the_points_as_written() -> None:
    """SCORE says what can be earned, digit by digit."""
    for kind, points in (("single_choice", "2.5"), ("essay", "2.5"), ("information", "0")):
        (item,) = package(full(kind)).items
        assert f'identifier="SCORE" cardinality="single" baseType="float" normalMaximum="{points}"' in str(item.source)


@pytest.mark.parametrize("name", FORMATS)
def test_modes(name: str) -> None:
    """An exam has one attempt and shows nothing, not even a title; practice may be repeated and shows all."""
    exam, practice = (package(full("single_choice"), name, mode) for mode in ("exam", "practice"))

    assert exam.control["maxAttempts"] == "1"
    assert practice.control["maxAttempts"] == "0"
    for key in ("showFeedback", "showSolution", "allowReview"):
        assert (exam.control[key], practice.control[key]) == ("false", "true")
    assert (exam.items[0].title, exam.items[0].label) == ("Question 1", "Sentinel question title")
    assert (practice.items[0].title, practice.items[0].label) == ("Sentinel question title", None)


def test_points_are_weights_and_sections_are_kept() -> None:
    """The test names each item once, with its points; a section with a title or instructions is seen."""
    bank = load_bank(GOLDEN)
    items = tuple(Item(question, bank) for question in bank.questions)
    quiz = Quiz(
        id="two",
        title="Two <parts>",
        language="de",
        sections=(Section(items[:1]), Section(items[1:3], title="Part & B", instructions="Read *well*.")),
        banks=(bank,),
    )
    (file,) = Qti21().render(quiz, QtiOptions(), Env()).files
    found = read_package(file.data)

    assert found.title == "Two <parts>"
    assert found.weights == tuple(float(item.question.max_points) for item in items[:3])
    assert [(title, visible) for title, visible, _ in found.sections] == [("1", "false"), ("Part & B", "true")]
    assert found.sections[1][2] == "<p>Read <em>well</em>.</p>"
    assert [item.title for item in found.items] == ["Frage 1", "Frage 2", "Frage 3"]


def test_a_time_limit_is_for_exams() -> None:
    """The minutes of a quiz are seconds in the test of an exam; practice has no limit."""
    bank = load_bank(GOLDEN)
    items = (Item(bank.questions[0], bank),)
    quiz = Quiz(
        id="timed", title="T", language="en", sections=(Section(items),), banks=(bank,), minutes=Decimal("1.505")
    )
    for exporter, limit in ((Qti21(), b'<timeLimits maxTime="91"/>'), (Qti30(), b'<qti-time-limits max-time="91"/>')):
        made = {
            mode: exporter.render(quiz, QtiOptions(mode=mode), Env()).files[0].data for mode in ("exam", "practice")
        }
        assert limit in _member(made["exam"], "assessment.xml")
        assert b"ime-limits" not in _member(made["practice"], "assessment.xml")
        assert b"timeLimits" not in _member(made["practice"], "assessment.xml")


def _member(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read(name)


def test_drafts_are_marked(tmp_path: Path) -> None:
    """Who imports a draft sees that it is one."""
    question = {"id": "q", "type": "true_false", "stem": "Now.", "title": "T", "answer": True, "status": "draft"}
    wanted = Selection(statuses=frozenset({"draft"}))
    (file,) = export(bank_of(tmp_path, question), "qti21", selection=wanted).files

    assert read_package(file.data).items[0].label == "[draft] T"


def test_feedback_of_every_kind() -> None:
    """What was chosen, the whole, and right, partly right or wrong: each is shown when it is due."""
    bank = full("single_choice")
    (item,) = package(bank).items
    player, answers = Player(item), Replay(bank, "qti21").answers
    shown = {}
    for index in range(3):
        outcomes = player.play(answers(bank.questions[0], item, index))
        shown[index] = " ".join(item.feedback[key] for key in item.feedback if key[1] in player.shown(outcomes))

    assert "Sentinel key feedback" in shown[0]
    assert "Sentinel feedback correct" in shown[0]
    assert "Sentinel half feedback" in shown[1]
    assert "Sentinel claim one" in shown[1]
    assert "Sentinel feedback partial" in shown[1]
    assert "Sentinel feedback incorrect" in shown[2]
    assert all("Sentinel general feedback" in text for text in shown.values())
    assert "Sentinel key feedback" not in shown[1]


def test_feedback_of_every_ticked_option() -> None:
    """Several ticks show several replies."""
    bank = full("multiple_answer")
    (item,) = package(bank).items
    values = Replay(bank, "qti21").answers(bank.questions[0], item, frozenset({0, 2}))
    shown = Player(item).shown(Player(item).play(values))

    assert set(values["RESPONSE"]) < set(shown)


def test_without_points_right_and_wrong_cannot_be_told(tmp_path: Path) -> None:
    """Feedback on right answers of a question without points is left out, and that is said."""
    choices = [{"text": "A", "correct": True}, "B"]
    question = {"type": "single_choice", "choices": choices, "points": 0, "feedback_correct": "Right."}
    made = export(bank_of(tmp_path, {"id": "q", "stem": "What?", **question}), "qti21")

    assert "without points there is no telling them apart" in messages(made)
    assert b"Right." not in read_package(made.files[0].data).items[0].source


def test_standard_templates_where_they_say_the_same(tmp_path: Path) -> None:
    """A platform that knows only the standard templates reads plain questions."""
    single = {"type": "single_choice", "choices": [{"text": "A", "correct": True}, {"text": "B", "credit": 50}]}
    several = {"type": "multiple_answer", "choices": [{"text": "A", "correct": True}, "B", "C"], "points": 2}
    exact = {**several, "scoring": "all_or_nothing", "points": 1}

    assert item_of(tmp_path, single).template == "map_response"
    assert item_of(tmp_path, several).template == "map_response"
    assert item_of(tmp_path, exact).template == "match_correct"
    assert item_of(tmp_path, {**exact, "points": 2}).template is None
    assert (
        item_of(tmp_path, {**single, "choices": [*single["choices"], {"text": "C", "feedback": "No."}]}).template
        is None
    )


def test_tenths_add_up(tmp_path: Path) -> None:
    """Ten keys of one point: floats would give 0.9999999999999999."""
    choices = [{"text": f"key {index}", "correct": True} for index in range(10)] + ["wrong"]
    item = item_of(tmp_path, {"type": "multiple_answer", "choices": choices})
    keys = list(item.responses["RESPONSE"].correct)

    assert sum([0.1] * 10) != 1
    assert Player(item).play({"RESPONSE": keys})["SCORE"] == 1
    assert Player(item).play({"RESPONSE": keys[:5]})["SCORE"] == 0.5


def test_wrong_options_do_not_stand_out(tmp_path: Path) -> None:
    """Identifiers, order and the width of boxes tell nothing of the key."""
    choices = [{"text": "first written", "correct": True}, "second", "third", {"text": "last", "pin": "last"}]
    item = item_of(tmp_path, {"type": "single_choice", "choices": choices})
    options = item.options["RESPONSE"]

    assert all(re.fullmatch("c[1-9][0-9]{8}", identifier) for identifier in options.values())
    assert list(options)[-1] == "last"
    assert 'fixed="true"' in item.body
    short, long = (
        item_of(tmp_path, {"type": "short_answer", "answers": [text]}).attributes["RESPONSE"]
        for text in ("a", "a very long answer to this")
    )
    assert short == long


def test_numbers_in_order_are_not_shuffled(tmp_path: Path) -> None:
    """Options that rise keep their order."""
    question = {"type": "single_choice", "choices": ["1", {"text": "2", "correct": True}, "3"]}

    assert item_of(tmp_path, question).attributes["RESPONSE"]["shuffle"] == "false"
    assert item_of(tmp_path, {**question, "shuffle": False}).attributes["RESPONSE"]["shuffle"] == "false"


def test_identifiers_stay_when_the_bank_changes(tmp_path: Path) -> None:
    """Adding a question, moving one, or adding an option changes no identifier of what was there."""
    first = {"id": "a", "type": "single_choice", "stem": "A?", "choices": [{"text": "x", "correct": True}, "y"]}
    second = {"id": "b", "type": "true_false", "stem": "B.", "answer": True}
    before = package(bank_of(tmp_path, first)).items[0]
    grown = {**first, "choices": [*first["choices"], "z"]}
    after = package(bank_of(tmp_path, second, grown)).items[1]

    assert after.identifier == before.identifier
    assert before.options["RESPONSE"].items() < after.options["RESPONSE"].items()


def test_two_banks_may_use_one_id() -> None:
    """Questions of one id from two banks are two items."""
    one = full("true_false")
    other = replace(one, header=one.header.model_copy(update={"id": "another"}))
    items = tuple(Item(bank.questions[0], bank) for bank in (one, other))
    quiz = Quiz(id="both", title="Both", language="en", sections=(Section(items),), banks=(one, other))
    (file,) = Qti30().render(quiz, QtiOptions(), Env()).files

    assert len({item.identifier for item in read_package(file.data).items}) == 2


def test_essays_are_for_people() -> None:
    """The scorer finds rubric and model answer; there are no rules, and QTI 3 says that a person scores."""
    for name in FORMATS:
        (item,) = package(full("essay"), name).items
        assert item.template is None
        assert "Sentinel model answer" in item.body
        assert re.search(r'<(qti-)?rubric-?[bB]lock view="scorer"', item.body)
    assert b'external-scored="human"' in package(full("essay"), "qti30").items[0].source


def test_names_are_mapped_both_ways() -> None:
    """Every name of 2.1 becomes the name of 3.0, and back."""
    for name in ("simpleChoice", "responseElseIf", "baseValue", "itemSessionControl", "or", "isNull"):
        assert camel(kebab(name)) == name
    assert QTI_30.element("simpleAssociableChoice") == "qti-simple-associable-choice"
    assert QTI_30.attribute("xml:lang") == "xml:lang"
    assert QTI_21.element("simpleAssociableChoice") == "simpleAssociableChoice"
    assert QTI_21.template("map_response") == "http://www.imsglobal.org/question/qti_v2p1/rptemplates/map_response"
    assert QTI_30.template("map_response").endswith("/rptemplates/map_response.xml")
