"""Every sample, and every way of scoring, earns in Moodle what it earns in the bank."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from quizforge.model.bank import Bank
from quizforge.model.codes.fidelity import NUMBER_ROUNDED, SCORE_LOWERED
from tests.tools import samples
from tests.tools.moodle_export import bank, choices, exported, imported, one, problems
from tests.tools.moodle_replay import Replay

UNSCORED = {"essay", "information"}


def shares(source: Bank) -> list[tuple[str, Fraction, float]]:
    """Label, due and earned share of each sample response to each question."""
    questions, replay = imported(source).by_id(), Replay(source)
    return [
        (
            f"{question.id}, {sample.label}",
            sample.fraction,
            replay.score(question, questions[question.id], sample.response),
        )
        for question in source.questions
        if question.type not in UNSCORED
        for sample in question.samples()
    ]


@pytest.mark.parametrize("path", samples.PATHS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_samples_score_as_in_the_bank(path: Path) -> None:
    """Each sample bank is imported without a fault, and each response earns what is due, or less after a warning."""
    (source,) = samples.loaded(path).banks
    warned = {problem.code for problem in exported(source).problems}
    for label, due, earned in shares(source):
        if NUMBER_ROUNDED in warned:
            continue
        assert earned <= float(due) + 1e-6, label
        assert SCORE_LOWERED in warned or earned == pytest.approx(float(due), abs=1e-6), label


@pytest.mark.parametrize("scoring", ["plus_minus", "ratio"])
@pytest.mark.parametrize("keys", [1, 2, 3, 5, 7, 10, 11, 13, 20])
@pytest.mark.parametrize("others", [1, 3, 7, 11])
def test_multiple_answer_of_any_size(scoring: str, keys: int, others: int) -> None:
    """No number of keys and wrong options makes Moodle give more; where it gives less there is a warning."""
    source = bank({"type": "multiple_answer", "scoring": scoring, "choices": choices(keys, others)})
    lowered = ("score-lowered", "warning") in problems(source)
    for label, due, earned in shares(source):
        assert earned <= float(due) + 1e-6, label
        assert lowered or earned == pytest.approx(float(due), abs=1e-6), label


def test_eleven_keys_become_a_text_with_check_boxes() -> None:
    """Shares that Moodle's list lacks are written as a cloze gap, which takes any."""
    found = one(bank({"type": "multiple_answer", "points": 3, "choices": choices(11, 2)}))

    assert (found.kind, found.mark) == ("cloze", 3)
    assert found.gaps[0].several


def test_an_unlisted_penalty_is_rounded_to_a_harsher_one() -> None:
    """Eleven wrong options under 'ratio' cost 1/11 each; Moodle's next is a ninth."""
    source = bank({"type": "multiple_answer", "scoring": "ratio", "choices": choices(2, 11)})

    assert [problem.message for problem in exported(source).problems] == [
        "ticking a wrong option costs 10 % instead of 9.091 %, the next fraction that Moodle takes"
    ]


@pytest.mark.parametrize(
    ("credits", "kind"),
    [
        ({0: 75, 1: 25, 2: -50}, "multichoice"),
        ({0: 65, 1: 35, 2: -35}, "cloze"),
        ({0: 75, 1: 25, 2: 10}, "multichoice"),
    ],
)
def test_per_option_credits(credits: dict[int, int], kind: str) -> None:  # noqa: A002  # the field's own name
    """Credits that Moodle lists stay a choice question; others that add up to 100 become a cloze gap."""
    options = [{**choice, "credit": credits[index]} for index, choice in enumerate(choices(2, 1))]
    source = bank({"type": "multiple_answer", "scoring": "per_option", "choices": options})

    assert one(source).kind == kind
    for label, due, earned in shares(source):
        assert earned == pytest.approx(float(due), abs=1e-6), label


def test_credits_that_moodle_cannot_hold_are_refused() -> None:
    """Unlisted credits beside credit for a wrong option can be written in no way that keeps the score."""
    options = [{**choice, "credit": credit} for choice, credit in zip(choices(2, 1), (65, 35, 7), strict=True)]
    found = exported(bank({"type": "multiple_answer", "scoring": "per_option", "choices": options}))

    assert [problem.code.name for problem in found.problems] == ["question-refused"]
    assert [name for name, _ in found.left_out] == ["q"]
    assert [file.questions for file in found.files] == [0]


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ({"type": "multiple_answer", "scoring": "all_or_nothing", "choices": choices(2, 2)}, "shortanswer"),
        ({"type": "multiple_answer", "scoring": "all_or_nothing", "choices": choices(1, 2)}, "multichoice"),
        (
            {
                "type": "matching",
                "scoring": "all_or_nothing",
                "pairs": [{"left": "a", "right": "1"}, {"left": "b", "right": "2"}],
            },
            "ordering",
        ),
        (
            {
                "type": "matching",
                "scoring": "all_or_nothing",
                "pairs": [{"left": "a", "right": "1"}, {"left": "b", "right": "1"}],
                "distractors": ["2"],
            },
            "shortanswer",
        ),
        ({"type": "ordering", "scoring": "all_or_nothing", "items": ["a", "b", "c"]}, "ordering"),
    ],
)
def test_all_or_nothing_stays_so(question: dict[str, Any], kind: str) -> None:
    """What is all or nothing in the bank earns nothing for a part in Moodle, whatever it has to become."""
    source = bank(question)

    assert one(source).kind == kind
    for label, due, earned in shares(source):
        assert earned == float(due), label


def test_credits_are_rounded_down_and_never_negative() -> None:
    """A credit that Moodle does not know becomes the next lower one, with a warning; a negative one nothing."""
    options = [
        {"text": "key", "correct": True},
        {"text": "third", "credit": "33.333"},
        {"text": "odd", "credit": 45},
        {"text": "minus", "credit": -50},
    ]
    source = bank({"type": "single_choice", "choices": options})

    assert [answer.fraction for answer in one(source).answers] == [1, 0.3333333, 0.4, 0]
    assert [(problem.at, problem.message) for problem in exported(source).problems] == [
        (("choices", 2, "credit"), "credit 45 becomes 40, the next lower one that Moodle takes")
    ]


def test_the_best_answer_comes_first() -> None:
    """Moodle takes the first answer that fits, so answers stand in falling order of credit, patterns last."""
    answers = [{"text": "*", "credit": 0}, {"text": "half*", "credit": 50}, {"text": "half way", "credit": 50}, "full"]
    source = bank({"type": "short_answer", "answers": answers})

    assert [answer.text for answer in one(source).answers] == ["full", "half way", "half*", "*"]


def test_numbers_are_exact() -> None:
    """A tolerance in per cent becomes an absolute one without rounding; numbers have a decimal point."""
    answers = [{"value": "0.30", "tolerance": "2%"}, {"value": "1e20", "tolerance": "1", "credit": 50}]
    source = bank({"type": "numerical", "answers": answers, "unit": "m/s"})
    found = one(source)

    assert [(answer.text, answer.tolerance) for answer in found.answers] == [("0.3", 0.006), ("1e20", 1.0)]
    assert found.unit == "m/s"
