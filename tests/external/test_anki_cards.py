"""Cards in Chromium, under every condition in which Anki's clients show them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from quizforge.loading.bank import load_banks
from quizforge.model.bank import Bank
from tests.external.anki_backend import deck, learner
from tests.tools.external import CHROMIUM_FLAGS, chromium, node

pytestmark = pytest.mark.external("anki", "chromium", "node", "npm-tools")

_DRIVER = Path(__file__).with_name("anki_cards.mjs")
_SAMPLES = Path(__file__).parents[1] / "samples"

_BANK = """
schema: 1
id: cards
title: Cards
report_url: "https://example.org/report?id={id}"
references:
  - {id: book, text: A book, url: "https://example.org/book"}
misconceptions:
  - {id: m1, claim: The first belief, tempting_because: It looks so., correct: It is not so.}
  - {id: m2, claim: The second belief}
concepts:
  - {id: idea, title: Some idea, definition: "A short definition, which says what some idea is.", aliases: [a notion]}
questions:
  - id: single
    type: single_choice
    title: What the title tells
    stem: "Which option is right, if \\\\(a_1 < b\\\\) and `code` holds?"
    choices:
      - {text: The key, correct: true, feedback: Why the key is right.}
      - {text: First wrong, feedback: Why the first is wrong., misconception: m1}
      - {text: Second wrong, feedback: Why the second is wrong., misconception: m2}
      - {text: "`a_very_long_identifier_without_any_blank_that_would_make_a_narrow_phone_scroll_sideways()`"}
      - {text: None of the other options, pin: last}
    hints: [A first hint., A second hint.]
    feedback: General feedback.
    feedback_correct: Well done.
    feedback_incorrect: Try again.
    references: ["book#2"]
  - id: many
    type: multiple_answer
    stem: Which are even?
    choices: [{text: Two, correct: true}, {text: Three}, {text: Four, correct: true}, {text: Five}]
    feedback_partial: Some of it.
  - {id: numeric, type: single_choice, stem: How many?, choices: ["1", {text: "2", correct: true}, "3", "10"]}
  - {id: statement, type: true_false, stem: It holds., answer: false, misconception: m1, feedback_true: It does not.}
  - {id: word, type: short_answer, stem: Which word?, answers: [{text: Word, feedback: Yes.}, {text: "w*", credit: 50}]}
  - {id: amount, type: numerical, stem: How much?, answer: -2.5, tolerance: 0.1, unit: kg}
  - id: pairs
    type: matching
    stem: What belongs together?
    pairs: [{left: One, right: Uno, feedback: Of course.}, {left: Two, right: Dos}]
    distractors: [Tres]
  - {id: steps, type: ordering, stem: In which order?, items: [First, Second, Third]}
  - id: gaps
    type: cloze
    stem: "A [[what]] of [[much]] and [[which]] in `code`."
    blanks:
      what: {answers: [{text: thing}]}
      much: {answer: 3, unit: kg}
      which: {choices: [{text: "this::one", correct: true}, {text: "that {x}"}]}
  - id: letter
    type: essay
    stem: Write a letter.
    model_answer: Dear reader, ...
    rubric: [{criterion: Form, levels: [{points: 0, text: None.}, {points: 2, text: A salutation.}]}]
    sample_answers: [{text: Hi, points: 0, reason: No salutation.}]
    min_words: 80
flashcards:
  - {id: basic, front: A front, back: "| a | b |\\n|---|---|\\n| 1 | 2 |"}
  - {id: deletion, cloze: "Some {{c1::hidden::hint}} and {{c2::more}} text", extra: And more.}
"""

_ARABIC = """
schema: 1
id: cards-ar
title: بطاقات
language: ar
questions:
  - id: arabic
    type: single_choice
    stem: ما هو الجواب الصحيح؟
    choices: [{text: هذا هو الجواب, correct: true, feedback: نعم}, ذلك ليس الجواب]
"""


def _load(path: Path) -> Bank:
    loaded = load_banks([path])
    assert loaded.ok, loaded.diagnostics
    return loaded.banks[0]


def _banks(folder: Path) -> Iterator[Bank]:
    for name, text in (("cards.yaml", _BANK), ("arabic.yaml", _ARABIC)):
        (folder / name).write_text(text, encoding="utf-8")
        yield _load(folder / name)
    for path in sorted(_SAMPLES.glob("*/*.yaml")):
        yield _load(path)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What the driver saw of all cards."""
    folder = tmp_path_factory.mktemp("cards")
    with learner(folder / "anki") as anki:
        for bank in _banks(folder):
            anki.imports(deck(bank, essays=True, cards="both")[0])
        cards = [vars(card) for card in anki.cards()]
    # A recall note bears the id of its question too; the driver looks for the choice card.
    cards.sort(key=lambda card: card["note_type"] != "QuizForge Choice")
    listed = folder / "cards.json"
    listed.write_text(json.dumps(cards), encoding="utf-8")
    command = [str(node()), str(_DRIVER), str(chromium()), str(listed), *CHROMIUM_FLAGS]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def _texts(options: list[dict[str, Any]], key: str) -> set[str]:
    return {option["text"] for option in options if option[key]}


def test_nothing_goes_wrong(report: Any) -> None:
    """No script fails on any card, and no card asks for anything from the network."""
    assert report["errors"] == []
    assert report["requests"] == []


def test_no_card_breaks_an_accessibility_rule(report: Any) -> None:
    """axe-core finds nothing in WCAG 2.2 A and AA, on both sides, by day and by night."""
    found = {(card["entry"], card["side"], card["mode"]): card["violations"] for card in report["every"]}

    assert {card: violations for card, violations in found.items() if violations} == {}


def test_no_card_scrolls_sideways(report: Any) -> None:
    """On a phone of 320 px every card is as wide as the screen, whatever stands in it."""
    assert [(card["entry"], card["side"]) for card in report["every"] if card["wide"] > 0] == []


def test_everything_to_tap_is_large_and_known_to_ankimobile(report: Any) -> None:
    """Options, hints and fields are at least 44 px high, and hints are tappable."""
    small = [(card["entry"], target) for card in report["every"] for target in card["targets"] if target < 44]

    assert small == []
    assert all(card["tappable"] for card in report["every"])


@pytest.mark.parametrize(("mode", "dark"), [("", False), ("nightMode", True), ("night_mode", True)])
def test_the_paper_follows_the_mode(report: Any, mode: str, dark: bool) -> None:  # noqa: FBT001  # a table
    """White by day, dark at night, under the class of each client."""
    papers = {card["background"] for card in report["every"] if card["mode"] == mode}

    assert papers == {"rgb(27, 29, 33)" if dark else "rgb(255, 255, 255)"}


def test_front_does_not_tell_the_answer(report: Any) -> None:
    """Feedback, title, misconceptions and answers are seen on the back only."""
    telling = ("Why the", "belief", "What the title", "Well done", "General", "Uno\n", "Dear reader", "salutation")
    fronts = {
        card["entry"]: card["text"]
        for card in report["every"]
        if card["side"] == "front" and card["entry"] in {"single", "letter", "statement"}
    }

    assert [(entry, word) for entry, text in fronts.items() for word in telling if word in text] == []


@pytest.mark.parametrize("storage", [0, 1], ids=["stored", "refused"])
def test_one_document_serves_all_cards(report: Any, storage: int) -> None:
    """On desktop each front is answerable again and again, and each back has its front's order and pick."""
    steps = report["desktop"][storage]["steps"]

    for front, back in zip(steps[::2], steps[1::2], strict=True):
        assert None not in {option["role"] for option in front["options"]}
        assert [option["n"] for option in front["options"]] == [option["n"] for option in back["options"]]
        assert [option["n"] for option in back["options"] if option["picked"]] == ["2"]


@pytest.mark.parametrize("storage", [0, 1], ids=["stored", "refused"])
def test_keys_on_the_back_are_left_to_anki(report: Any, storage: int) -> None:
    """A digit on the back grades the card; the script neither takes it nor picks by it."""
    assert report["desktop"][storage]["graded"] is True
    assert report["desktop"][storage]["picked"] == ["2"]


def test_a_reload_keeps_order_and_picks(report: Any) -> None:
    """AnkiDroid reloads the page between the sides: same order, same options marked."""
    seen = report["reloading"]

    assert seen["front"] == seen["back"]
    assert set(seen["chosen"]) == {"Two", "Five"}
    assert _texts(seen["options"], "picked") == {"Two", "Five"}


def test_refused_storage_keeps_the_order(report: Any) -> None:
    """Without storage and with a reload the pick is lost, and the order is not."""
    seen = report["refused"]

    assert seen["front"] == seen["back"]
    assert seen["chosen"] == ["The key"]
    assert _texts(seen["options"], "picked") == set()
    assert seen["verdicts"] == ["correct", "incorrect"]


def test_fronts_are_shuffled_but_for_pinned_options(report: Any) -> None:
    """The order changes from one showing to the next; what is pinned stays last."""
    orders = [order.split() for order in report["orders"]]

    assert len({tuple(order) for order in orders}) > 3
    assert {order[-1] for order in orders} == {"5"}
    assert all(sorted(order) == ["1", "2", "3", "4", "5"] for order in orders)


def test_numbers_keep_their_order(report: Any) -> None:
    """Options that are rising numbers are not shuffled."""
    assert set(report["numeric"]) == {"1 2 3 4"}


def test_marks_name_key_and_choice(report: Any) -> None:
    """The key and what was picked are told in words, not only by colour."""
    wrong = {option["text"]: option["label"] for option in report["wrong"]["options"]}
    both = {option["text"]: option["label"] for option in report["reloading"]["options"]}

    assert wrong["The key"] == '"Correct"'
    assert wrong["First wrong"] == '"Your choice"'
    assert wrong["Second wrong"] == "none"
    assert both == {
        "Two": '"Correct\xa0·\xa0Your choice"',
        "Three": "none",
        "Four": '"Correct"',
        "Five": '"Your choice"',
    }


def test_misconceptions_stand_with_their_options(report: Any) -> None:
    """The script moves each claim to its option, and the emptied list goes."""
    seen = report["wrong"]
    named = {option["text"]: " ".join(option["named"]) for option in seen["options"] if option["named"]}

    assert set(named) == {"First wrong", "Second wrong"}
    assert "The first belief" in named["First wrong"]
    assert "The second belief" in named["Second wrong"]
    assert seen["list"] is False


def test_combined_feedback_fits_the_answer(report: Any) -> None:
    """Of the feedback for right, partly right and wrong answers the fitting one is seen."""
    assert report["wrong"]["verdicts"] == ["incorrect"]
    assert report["reloading"]["verdicts"] == ["partial"]


def test_without_script_everything_is_there(report: Any) -> None:
    """Where nothing runs, the front has all options and no feedback, the back the key with all feedback."""
    front, back = report["withoutScript"]["front"], report["withoutScript"]["back"]

    assert [option["n"] for option in front["options"]] == ["1", "2", "3", "4", "5"]
    assert {option["feedback"] for option in front["options"]} == {False, None}
    assert {option["role"] for option in front["options"]} == {None}
    assert {option["feedback"] for option in back["options"]} == {True, None}
    assert [option["text"] for option in back["options"] if "Correct" in option["label"]] == ["The key"]
    assert "The first belief" in back["text"]
    assert "What the title tells" in back["text"]
    assert {option["border"] for option in front["options"]} == {front["options"][0]["border"]}


def test_keyboard_answers(report: Any) -> None:
    """Digits pick, Tab and the arrows move, Space, Enter and x pick what has the focus, which is seen."""
    seen = report["keyboard"]

    assert seen["digit"] == [2]
    assert seen["tabSpace"] == [3]
    assert seen["arrow"] == [2]
    assert seen["outline"] == "solid"
    assert seen["toggled"] == [1]
    assert sorted(seen["many"]) == [2]


def test_other_keys_are_left_to_anki(report: Any) -> None:
    """Space and Enter without focus, digits without an option and everything with Control stay Anki's."""
    assert report["keyboard"]["left"] == {"prevented": [False] * 7, "checked": []}


def test_right_to_left_text_starts_at_the_right(report: Any) -> None:
    """In an Arabic bank the number stands at the right of its option."""
    seen = report["arabic"]

    assert seen["direction"] == "rtl"
    assert seen["right"] > 40
    assert seen["wide"] is False
