"""The traps of Canvas' two readers in scoring and idents: each of them once swallowed or changed an answer."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import pytest

from quizforge.model.bank import Bank
from tests.tools.canvas_export import READERS, exported, one, package, questions
from tests.tools.canvas_package import all_of
from tests.tools.moodle_export import bank, choices

BOTH = pytest.mark.parametrize("name", READERS)
CLASSIC, NEW = "canvas", "canvas-newquizzes"


def texts(options: Any, idents: Any) -> set[str]:
    """Options by their idents."""
    return {options[ident] for ident in idents}


def problems(source: Bank, name: str) -> list[tuple[str, str]]:
    """Code and beginning of the message of each problem."""
    return [(found.code.name, found.message) for found in exported(source, name).problems]


def codes(source: Bank, name: str) -> list[str]:
    """Names of the problems' codes."""
    return [code for code, _ in problems(source, name)]


def reasons(source: Bank, name: str) -> list[str]:
    """Why questions are left out."""
    return [reason for _, reason in exported(source, name).left_out]


CREDITED = {
    "type": "single_choice",
    "points": "2.5",
    "choices": [
        {"text": "right", "correct": True, "feedback": "Yes."},
        {"text": "half", "credit": 50, "feedback": "Half."},
        {"text": "worse", "credit": -50},
        "wrong",
    ],
}


def test_classic_takes_any_credit_for_right_so_that_none_is_written() -> None:
    """Only the key scores, also with feedback on every option, and each lost credit is a warning."""
    read = one(bank(CREDITED), CLASSIC)

    assert read.kind == "multiple_choice_question"
    assert texts(read.options, read.shown["right"]) == {"right"}
    assert codes(bank(CREDITED), CLASSIC) == ["score-lowered"]


def test_new_quizzes_take_credits_in_points() -> None:
    """Points vary by answer: in points of the question, negative ones as nothing, the key marked."""
    read = one(bank(CREDITED), NEW)
    points = {read.options[ident]: value for ident, value in read.shown["points"].items()}

    assert points == {"right": Fraction("2.5"), "half": Fraction("1.25"), "worse": 0, "wrong": 0}
    assert texts(read.options, read.shown["right"]) == {"right"}
    assert codes(bank(CREDITED), NEW) == []


@BOTH
def test_credits_of_a_question_without_points(name: str) -> None:
    """Nothing is worth a share of nothing, so that the key alone is named."""
    read = one(bank({**CREDITED, "points": 0}), name)

    assert texts(read.options, read.shown["right"]) == {"right"}


@BOTH
def test_idents_hold_digits_only(name: str) -> None:
    """Words in the ids of options would make their feedback that of the question."""
    options = [
        {"text": word, "id": word, "correct": not place, "feedback": f"On {word}."}
        for place, word in enumerate(("correct_1", "incorrect", "general_x", "wrong_all", "solution"))
    ]
    source = bank({"type": "single_choice", "choices": options, "feedback_correct": "Well done."})
    read = one(source, name)

    assert all(re.fullmatch("[1-9][0-9]{8}", ident) for ident in read.options)
    assert read.feedback == {"right": "<p>Well done.</p>"}
    assert {read.options[ident]: html for ident, html in read.answer_feedback.items()} == {
        option["text"]: f"<p>On {option['text']}.</p>" for option in options
    }


@BOTH
def test_item_idents_are_names_and_do_not_tell_the_id(name: str) -> None:
    """A letter and hexadecimal digits; the same when other questions come and go."""
    question = {**CREDITED, "id": "the.answer-is.newton"}
    alone = package(bank(question), name).quizzes[0].items[0].get("ident")
    among = [item.get("ident") for item in package(bank({**CREDITED, "id": "a"}, question), name).quizzes[0].items]

    assert re.fullmatch("i[0-9a-f]{16}", alone)
    assert among[1] == alone


@BOTH
def test_several_right_options(name: str) -> None:
    """Right ones and wrong ones stand in one condition; a share for each right tick, and off for each wrong one."""
    read = one(bank({"type": "multiple_answer", "choices": choices(2, 2)}), name)
    right = read.shown["right"]
    wrong = next(iter(set(read.options) - right))

    assert texts(read.options, right) == {"option 0", "option 1"}
    assert [read.score(ticked) for ticked in (right, {*right, wrong}, {wrong}, ())] == [1, Fraction(1, 2), 0, 0]


SEVERAL: list[tuple[dict[str, Any], str, str]] = [
    ({"scoring": "ratio", "choices": choices(2, 2)}, "multiple_answers_question", ""),
    ({"scoring": "ratio", "choices": choices(1, 3)}, "multiple_answers_question", "takes off for a wrong option"),
    ({"scoring": "ratio", "choices": choices(3, 2)}, "short_answer_question", "only the fully right answer"),
    ({"scoring": "all_or_nothing", "choices": choices(1, 2)}, "multiple_answers_question", ""),
    ({"scoring": "all_or_nothing", "choices": choices(2, 2)}, "short_answer_question", "written as short_answer"),
    ({"scoring": "per_option", "choices": choices(2, 1)}, "multiple_answers_question", "takes off for a wrong option"),
    (
        {"scoring": "per_option", "choices": [{"text": "a", "correct": True, "credit": 70},
                                             {"text": "b", "correct": True, "credit": 30}, "c"]},
        "short_answer_question",
        "only the fully right answer",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("fields", "kind", "message"), SEVERAL)
def test_scoring_that_classic_lacks_becomes_stricter_or_another_type(
    fields: dict[str, Any], kind: str, message: str
) -> None:
    """What plus and minus would score more generously is typed as letters; what it scores less generously warns."""
    source = bank({"type": "multiple_answer", **fields})
    said = " ".join(text for _, text in problems(source, CLASSIC))

    assert one(source, CLASSIC).kind == kind
    assert message in said if message else said == ""


@pytest.mark.parametrize(("fields", "kind", "message"), SEVERAL)
def test_new_quizzes_know_all_or_nothing(fields: dict[str, Any], kind: str, message: str) -> None:
    """Several answers stay several answers; where shares cannot be kept they are all or nothing."""
    source = bank({"type": "multiple_answer", **fields})
    read = one(source, NEW)

    assert read.kind == "choice"
    assert read.score(read.shown["right"]) == 1
    if kind == "short_answer_question":
        assert read.score(list(read.shown["right"])[:1]) == 0
    assert bool(message) == bool(problems(source, NEW)) or fields["scoring"] == "all_or_nothing"


@BOTH
def test_true_and_false_are_these_words(name: str) -> None:
    """Classic takes other words for a multiple choice question."""
    source = bank(
        {"type": "true_false", "answer": "false", "feedback_true": "No.", "feedback_false": "Yes."},
        header={"language": "de"},
    )
    read = one(source, name)

    assert read.kind in {"true_false_question", "choice"}
    assert sorted(read.options.values()) == ["False", "True"]
    assert texts(read.options, read.shown["right"]) == {"False"}
    assert {read.options[ident]: html for ident, html in read.answer_feedback.items()} == {
        "True": "<p>No.</p>",
        "False": "<p>Yes.</p>",
    }


ANSWERS = [
    {"text": "SFT", "feedback": "Right."},
    r"a\*b",
    {"text": "RLHF", "credit": 0, "feedback": "Comes later."},
    {"text": "instruction *", "credit": 50, "feedback": "Nearly."},
    "fine *",
    {"text": "tuning", "credit": 50},
]


@BOTH
def test_only_full_literal_answers_are_listed(name: str) -> None:
    """Each text that a condition names is right in classic, so that no other is named; what is said of it is kept."""
    source = bank({"type": "short_answer", "answers": ANSWERS})
    read = one(source, name)

    assert set(read.options) == {"SFT", "a*b"}
    assert [read.score(text) for text in (" sft ", "a*b", "RLHF", "fine tuning", "tuning", "")] == [1, 1, 0, 0, 0, 0]
    assert read.answer_feedback == {"SFT": "<p>Right.</p>"}
    assert "Comes later." in read.feedback["general"]
    assert "Nearly." in read.feedback["general"]
    assert sorted(codes(source, name)) == ["field-dropped", "score-lowered", "score-lowered", "score-lowered"]


def test_case_matters_to_new_quizzes_only() -> None:
    """Classic would take another spelling, which the bank does not: such a question is left out there."""
    source = bank({"type": "short_answer", "answers": ["SFT"], "case_sensitive": "true"})

    assert reasons(source, CLASSIC) == [
        "Canvas classic quizzes do not mind upper and lower case, and would accept more"
    ]
    assert exported(source, CLASSIC).files == ()
    assert [one(source, NEW).score(text) for text in ("SFT", "sft")] == [1, 0]


def test_case_of_digits_does_not_matter() -> None:
    """Where there is nothing to write in another case, classic takes the question."""
    source = bank({"type": "short_answer", "answers": ["1984", "你好"], "case_sensitive": "true"})

    assert one(source, CLASSIC).kind == "short_answer_question"


@BOTH
def test_question_that_only_patterns_answer_is_left_out(name: str) -> None:
    """Canvas knows no wildcards."""
    source = bank({"type": "short_answer", "answers": ["fine *", {"text": "x", "credit": 50}]})

    assert reasons(source, name) == ["Canvas has no wildcards, and no other answer earns full points"]


NUMBERS: list[tuple[dict[str, Any], list[tuple[str, int]]]] = [
    ({"answer": "3.14", "tolerance": "0.01"}, [("3.15", 1), ("3.13", 1), ("3.1501", 0), ("x", 0)]),
    ({"answer": "42"}, [("42", 1), ("42.0", 1), ("42.0000001", 0)]),
    ({"answer": "0.3", "tolerance": "0.1"}, [("0.2", 1), ("0.4", 1), ("0.19999999", 0)]),
    ({"answer": "6.02e23", "tolerance": "1%"}, [("6.0802e23", 1), ("6.09e23", 0)]),
    ({"answer": "-1e-9", "tolerance": "0"}, [("-1e-9", 1), ("-1.1e-9", 0)]),
    ({"answers": [{"value": "1"}, {"value": "2", "credit": 50}, {"value": "3"}]}, [("1", 1), ("2", 0), ("3", 1)]),
]


@BOTH
@pytest.mark.parametrize(("fields", "cases"), NUMBERS)
def test_numbers_and_margins_are_exact(name: str, fields: dict[str, Any], cases: list[tuple[str, int]]) -> None:
    """A number stands with both of its bounds, since a lone one is no answer; its margin is told, not subtracted."""
    read = one(bank({"type": "numerical", **fields}), name)

    assert read.kind in {"numerical_question", "numeric"}
    assert [read.score(typed) for typed, _ in cases] == [Fraction(due) for _, due in cases]


@BOTH
def test_number_with_more_digits_than_a_float(name: str) -> None:
    """That Canvas rounds it is a warning."""
    assert codes(bank({"type": "numerical", "answer": "1.2345678901234567"}), name) == ["number-rounded"]


MATCHING = {
    "type": "matching",
    "pairs": [
        {"left": "Titan", "right": "1a", "feedback": "Huygens saw it."},
        {"left": "Io", "right": "1b"},
        {"left": "Rhea", "right": "1a"},
    ],
    "distractors": [{"text": "1c", "feedback": "Has no moon."}],
}


@BOTH
def test_right_sides_do_not_collide(name: str) -> None:
    """Labels are numbers that differ; two left sides may share one; the distractor belongs to none."""
    read = one(bank(MATCHING), name)
    numbers = {int(re.search(r"\d+", ident)[0]) for ident in read.options}  # type: ignore[index]
    right = {
        read.lefts[left]: read.options[answer] if name == CLASSIC else answer
        for left, answer in read.shown["right"].items()
    }

    assert len(numbers) == len(read.options) == 3
    assert right == {"Titan": "1a", "Io": "1b", "Rhea": "1a"}
    assert "Has no moon." in read.feedback["general"]


def test_feedback_of_a_pair_survives_the_scoring() -> None:
    """Classic keeps what the last condition of a left side shows; for New Quizzes it is told in general."""
    classic, new = one(bank(MATCHING), CLASSIC), one(bank(MATCHING), NEW)

    assert {classic.lefts[left]: html for left, html in classic.answer_feedback.items()} == {
        "Titan": "<p>Huygens saw it.</p>"
    }
    assert "Huygens" not in classic.feedback["general"]
    assert "Huygens saw it." in new.feedback["general"]


def test_all_or_nothing_pairs() -> None:
    """New Quizzes have it; in classic the letters are typed."""
    source = bank({**MATCHING, "scoring": "all_or_nothing"})
    new = one(source, NEW)
    labels = {text: ident for ident, text in new.options.items()}
    key = {left: labels[right] for left, right in new.shown["right"].items()}

    assert one(source, CLASSIC).kind == "short_answer_question"
    assert [new.score(key), new.score(dict(list(key.items())[1:]))] == [1, 0]


@pytest.mark.parametrize(
    ("pairs", "reason"),
    [
        ([("a", "*x*"), ("b", "x")], "two right sides are the same as plain text"),
        ([("a", "![A ramp](ramp.png)"), ("b", "x")], "Canvas shows no image on a right side"),
    ],
)
@BOTH
def test_right_sides_that_plain_text_cannot_hold(name: str, pairs: list[tuple[str, str]], reason: str) -> None:
    """Such a question is left out, not written wrong."""
    from quizforge.model.media import Media

    image = Media("ramp.png", b"\x89PNG", "image/png")
    source = bank({"type": "matching", "pairs": [{"left": a, "right": b} for a, b in pairs]}, media=(image,))

    assert reasons(source, name) == [reason]


ORDERING = {"type": "ordering", "items": [{"text": "one", "feedback": "First."}, "two", "three"]}


@BOTH
def test_ordering_by_place_is_a_matching_that_keeps_the_scores(name: str) -> None:
    """Items are matched with the numbers of their places, which a reader of either kind scores one by one."""
    read = one(bank(ORDERING), name)

    assert read.kind.startswith("matching")
    assert sorted(read.options.values()) == ["1", "2", "3"]
    assert codes(bank(ORDERING), name) == ["type-lowered"]


def test_ordering_as_a_whole() -> None:
    """New Quizzes have it; classic, to which it would be an error, has letters typed."""
    source = bank({**ORDERING, "scoring": "all_or_nothing"})
    new = one(source, NEW)

    assert new.kind == "ordering"
    assert [new.options[ident] for ident in new.shown["order"]] == ["one", "two", "three"]
    assert list(new.options.values()) != ["one", "two", "three"]
    assert "First." in new.feedback["general"]
    assert one(source, CLASSIC).kind == "short_answer_question"
    assert not any(
        node.get("rcardinality") == "Ordered"
        for node in all_of(package(source, CLASSIC).quizzes[0].items[0], "response_lid")
    )


def test_ordering_by_place_can_be_an_ordering_on_request() -> None:
    """Then what is partly right earns nothing, which is a warning."""
    source = bank(ORDERING)

    assert one(source, NEW, ordering="ordering").kind == "ordering"
    assert [found.code.name for found in exported(source, NEW, ordering="ordering").problems] == ["score-lowered"]


def cloze(stem: str, **blanks: Any) -> Bank:
    """A bank of one text with blanks."""
    return bank({"type": "cloze", "stem": stem, "blanks": blanks})


YES_NO = {"choices": [{"text": "yes", "correct": True, "feedback": "So it is."}, {"text": "no", "credit": 50}]}


@BOTH
def test_dropdowns_with_the_same_words(name: str) -> None:
    """Labels differ across blanks: classic would count a label that stands in two of them for both."""
    source = cloze("[[a]] or [[b]]?", a=YES_NO, b={"choices": ["yes", {"text": "no", "correct": True}]})
    read = one(source, name)
    idents = [ident for labels in read.blanks.values() for ident in labels]
    key = {
        place: next(ident for ident, text in labels.items() if text == word)
        for (place, labels), word in zip(read.blanks.items(), ("yes", "no"), strict=True)
    }

    assert read.kind in {"multiple_dropdowns_question", "blanks"}
    assert len(set(idents)) == 4
    assert [read.score(key), read.score(dict(list(key.items())[:1]))] == [1, Fraction(1, 2)]
    assert list(read.answer_feedback.values()) == ["<p>So it is.</p>"]
    assert codes(source, name) == ["score-lowered"]


@BOTH
def test_blanks_are_named_so_that_no_text_looks_like_one(name: str) -> None:
    """What the author wrote in brackets stays text, also where it looks like our name of a blank."""
    read = one(cloze("[b1] and [bb2] and \\[[größe]] [[it]] `[x]`", it={"answers": ["word"]}), name)
    (blank,) = read.blanks

    assert re.fullmatch("[A-Za-z][A-Za-z0-9_]*", blank)
    assert blank not in {"b1", "bb2", "it"}
    assert read.stem.count(f"[{blank}]") == 1
    assert "[b1] and [bb2]" in read.stem


@BOTH
def test_a_text_blank_lists_no_wrong_answer(name: str) -> None:
    """Every label counts as right."""
    answers = ["word", {"text": "deed", "credit": 0, "feedback": "No."}, {"text": "w*", "credit": 25}]
    read = one(cloze("A [[it]].", it={"answers": answers}), name)

    assert [list(labels.values()) for labels in read.blanks.values()] == [["word"]]
    assert "No." in read.feedback["general"]


MIXED = cloze(
    "[[word]] and [[pick]] make [[n]] [[sure]].",
    word={"answers": ["Alpha", "Aleph"]},
    pick={"choices": [{"text": "*beta*", "correct": True}, "gamma", {"text": "delta", "pin": "last"}]},
    n={"answer": "2.50", "unit": "m"},
    sure={"answers": ["indeed"]},
)


def test_mixed_blanks_in_new_quizzes() -> None:
    """Each label says how it is compared; the option that the reader takes for right is the key."""
    read = one(MIXED, NEW)
    word, pick, number, sure = read.blanks
    key = next(ident for ident, text in read.blanks[pick].items() if text == "beta")

    assert read.kind == "blanks"
    assert read.shown["rich"]
    assert read.score({word: "aleph", pick: key, number: "2.5 m", sure: "indeed"}) == 1
    assert read.score({pick: next(ident for ident in read.blanks[pick] if ident != key)}) == 0
    assert "a number in a blank is compared as a text" in problems(MIXED, NEW)[-1][1]


def test_mixed_blanks_in_classic_are_typed() -> None:
    """The options stand behind the blank, and only the right one is a label."""
    read = one(MIXED, CLASSIC)
    word, pick, number, _ = read.blanks

    assert read.kind == "fill_in_multiple_blanks_question"
    assert list(read.blanks[pick].values()) == ["beta"]
    assert re.search(rf"\[{pick}\] \((gamma / beta|beta / gamma) / delta\)", read.stem)
    assert f"[{number}] m" in read.stem
    assert read.score({word: "alpha", pick: "Beta", number: "2,5"}) == Fraction(3, 4)


def test_case_in_a_blank() -> None:
    """Classic leaves the question out; New Quizzes compare one text exactly."""
    source = cloze("[[a]] [[b]]", a={"answers": ["Ab", "aB"], "case_sensitive": "true"}, b={"answers": ["x"]})
    read = one(source, NEW)
    first, second = read.blanks

    assert "do not mind upper and lower case" in reasons(source, CLASSIC)[0]
    assert [read.score({first: text}) for text in ("Ab", "aB", "ab")] == [Fraction(1, 2), 0, 0]
    assert read.score({second: "X"}) == Fraction(1, 2)
    assert codes(source, NEW) == ["score-lowered"]


@BOTH
@pytest.mark.parametrize(
    ("blanks", "reason"),
    [
        ({"a": {"answers": ["x"], "weight": 2}, "b": {"answers": ["y"]}}, "all blanks have equal shares in Canvas"),
        (
            {"a": {"choices": [{"text": "*x*", "correct": True}, "x"]}, "b": {"answers": ["y"]}},
            "two options of a blank",
        ),
        ({"a": {"answers": ["x*"]}, "b": {"answers": ["y"]}}, "Canvas has no wildcards"),
    ],
)
def test_blanks_that_canvas_cannot_hold(name: str, blanks: dict[str, Any], reason: str) -> None:
    """Left out with the reason, since no other type scores alike."""
    assert reason in reasons(cloze("[[a]] [[b]]", **blanks), name)[0]


@BOTH
def test_a_single_number_blank_is_a_number(name: str) -> None:
    """So it keeps its tolerance."""
    read = one(cloze("It is [[n]].", n={"answer": "2.5", "tolerance": "0.1", "unit": "m"}), name)

    assert read.score("2.6") == 1
    assert "Unit: m" in read.stem


ESSAY = {
    "type": "essay",
    "model_answer": "It *bends*.",
    "rubric": [{"criterion": "Depth", "levels": [{"points": 0, "text": "None"}, {"points": 4, "text": "Deep"}]}],
    "min_words": 50,
    "max_words": 200,
    "response_template": "First, …",
}


def test_essay_in_classic() -> None:
    """No answer is named; what the grader reads is general feedback, the limits stand in the text."""
    read = one(bank(ESSAY), CLASSIC)

    assert (read.kind, read.points) == ("essay_question", "4")
    assert "It <em>bends</em>." in read.feedback["general"]
    assert "Deep" in read.feedback["general"]
    assert "Write 50 to 200 words." in read.stem
    assert "First, …" in read.stem


def test_essay_in_new_quizzes() -> None:
    """Notes for the grader and limits have their own places, and students see neither."""
    read = one(bank(ESSAY), NEW)

    assert read.kind == "essay"
    assert "It <em>bends</em>." in read.shown["notes"]
    assert (read.shown["enabled"], read.shown["min"], read.shown["max"]) == ("Yes", "50", "200")
    assert "general" not in read.feedback
    assert "bends" not in read.stem


@BOTH
def test_points_of_every_kind(name: str) -> None:
    """Points are the bank's; a text has none."""
    source = bank({**CREDITED, "id": "a", "points": "0.25"}, {"id": "b", "type": "information"})
    scored, text = questions(source, name)

    assert scored.points == "0.25"
    assert text.kind in {"text_only_question", "stimulus"}
