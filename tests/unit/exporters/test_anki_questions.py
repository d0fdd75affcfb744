from __future__ import annotations

import re
from typing import Any

import pytest

from quizforge.exporters.anki.choice import stands_alone
from quizforge.model.bank import Misconception
from tests.tools import apkg
from tests.tools.anki_making import bank, export, only, package, question, single


def _items(html: str) -> list[str]:
    return re.findall(r"<li[^>]*>.*?</li>", html, flags=re.DOTALL)


def test_options_carry_key_pin_and_feedback() -> None:
    """Each option is an item with its number; key, pin and feedback stand with it; the order is not the author's."""
    choices = [{"text": f"Option {n}", "feedback": f"Because {n}"} for n in range(6)]
    choices[0]["correct"] = "true"
    choices.append({"text": "None of these", "pin": "last"})

    options = only(question("single_choice", choices=choices))["Options"]

    items = _items(options)
    texts = [re.sub(r"<div.*|<[^>]*>", "", item) for item in items]
    assert sorted(texts[:-1]) == [f"Option {n}" for n in range(6)] != texts[:-1]
    assert texts[-1] == "None of these"
    assert [item for item in items if "data-ok" in item] == [
        next(item for item in items if 'data-ok="Correct">Option 0<div class="qf-f"><p>Because 0</p></div>' in item)
    ]
    assert [re.findall(r'data-n="(\d)"', item) for item in items] == [[str(n)] for n in range(1, 8)]
    assert ["data-fixed" in item for item in items] == [False] * 6 + [True]
    assert "data-keep" not in options
    assert "data-many" not in options


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"shuffle": "false"}, True),
        ({"choices": [{"text": "1", "correct": "true"}, {"text": "20"}, {"text": "100"}]}, True),
        ({"choices": [{"text": "1", "correct": "true"}, {"text": "100"}, {"text": "20"}]}, False),
    ],
)
def test_an_order_with_a_meaning_is_kept(fields: dict[str, Any], *, kept: bool) -> None:
    """Options that are not to be shuffled and rising numbers stay as they are."""
    assert ("data-keep" in only(single(**fields))["Options"]) is kept


def test_several_keys_are_ticked() -> None:
    """A multiple_answer says so to the script, and its answer lists all keys."""
    choices = [{"text": "A", "correct": "true"}, {"text": "B", "correct": "true"}, {"text": "C"}]
    note = only(question("multiple_answer", choices=choices, scoring="ratio"))

    assert 'data-many="1"' in note["Options"]
    assert note["Answer"] == '<div lang="en"><ul><li>A</li><li>B</li></ul></div>'


def test_partial_credit_is_told() -> None:
    """An option with credit says how much."""
    choices = [{"text": "A", "correct": "true"}, {"text": "B", "credit": "33.3"}]
    header = {"language": "fr"}

    (note,) = package(bank(question("single_choice", choices=choices), header=header)).notes

    assert 'B<div class="qf-f"><b>33,3\N{NO-BREAK SPACE}%</b> </div>' in note["Options"].replace(
        "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"
    )


def test_true_and_false_stand_in_this_order() -> None:
    """The misconception belongs to the wrong verdict."""
    misconceptions = (Misconception.model_validate({"id": "m", "claim": "A belief", "correct": "A truth"}),)
    asked = question("true_false", answer="false", feedback_true="No.", misconception="m")

    (note,) = package(bank(asked, misconceptions=misconceptions)).notes

    assert [re.sub("<div.*|<[^>]*>", "", item) for item in _items(note["Options"])] == ["True", "False"]
    assert "data-keep" in note["Options"]
    assert '<details class="qf-x" data-n="1">' in note["Misconceptions"]
    assert "A truth" in note["Misconceptions"]


@pytest.mark.parametrize(
    ("answers", "typed"),
    [
        ([{"text": "half", "credit": "50"}, {"text": "full"}], "full"),
        ([{"text": "pattern *"}, {"text": "plain"}], "plain"),
        ([{"text": "instruction *"}], "instruction …"),
        ([{"text": r"a \* b"}], "a * b"),
        ([{"text": "*"}], "…"),
    ],
)
def test_a_text_is_compared_with_the_best_plain_answer(answers: list[Any], typed: str) -> None:
    """Anki compares letter by letter, so it is given one text without wildcards."""
    note = only(question("short_answer", answers=answers))

    assert note["Answer"] == typed
    assert note.note_type == "QuizForge Type-in"


def test_all_answers_are_listed_where_there_is_more_to_say() -> None:
    """Credit, feedback and what the star means; nothing where the typed answer is all."""
    answers = [{"text": "a<b"}, {"text": "c*", "credit": "50", "feedback": "Half."}]
    extra = only(question("short_answer", answers=answers))["Extra"]

    assert "<li>a&lt;b</li>" in extra
    assert '<li>c*<div class="qf-f"><b>50%</b> <p>Half.</p></div></li>' in extra
    assert "stands for any text" in extra
    assert only(question("short_answer", answers=[{"text": "a"}]))["Extra"] == ""


@pytest.mark.parametrize(
    ("language", "fields", "typed", "shown"),
    [
        ("en", {"answer": "-2.50", "tolerance": "0.1", "unit": "kg"}, "-2.50", "\N{MINUS SIGN}2.5 ± 0.1 kg"),
        ("de", {"answer": "1.5", "tolerance": "2%"}, "1,5", "1,5 ± 2"),
        ("en", {"answer": "1e-299", "tolerance": "1e-300"}, "1E-299", "1E-299 ± 1E-300"),
    ],
)
def test_a_number_is_typed_plainly_and_shown_nicely(
    language: str, fields: dict[str, Any], typed: str, shown: str
) -> None:
    """The language's decimal mark; a hyphen to type, a minus to read; the tolerance on the back."""
    (note,) = package(bank(question("numerical", **fields), header={"language": language})).notes

    assert note["Answer"] == typed
    assert shown in note["Extra"]


def test_the_unit_and_the_case_are_told_before_typing() -> None:
    """What the answer should look like stands on the front."""
    assert "Unit: kg" in only(question("numerical", answer="1", unit="kg"))["Options"]
    strict = question("short_answer", answers=[{"text": "a"}], case_sensitive="true")
    assert "Upper and lower case matter." in only(strict)["Options"]


def test_matching_is_solved_on_the_back_only() -> None:
    """The front lists both sides unsolved, the back each pair with its feedback, and what belongs to none."""
    pairs = [{"left": f"L{n}", "right": f"R{n}", "feedback": f"F{n}"} for n in range(3)]
    note = only(question("matching", pairs=pairs, distractors=["Spare"]))

    lefts, rights = re.findall(r"<ol[^>]*>(.*?)</ol>", note["Options"])
    assert sorted(_items(lefts)) == [f"<li>L{n}</li>" for n in range(3)]
    assert sorted(_items(rights)) == [f"<li>R{n}</li>" for n in range(3)] + ["<li>Spare</li>"]
    solved = [f"R{left}" for left in re.findall(r"L(\d)", lefts)]
    assert re.findall(r"R\d", rights)[:3] != solved
    for n in range(3):
        assert f'<th scope="row">L{n}</th><td>R{n}<div class="qf-f"><p>F{n}</p></div></td>' in note["Answer"]
    assert "<li>Spare <em>(belongs to no entry)</em></li>" in note["Answer"]


def test_ordering_is_solved_on_the_back_only() -> None:
    """The front never shows the right order."""
    for number in range(20):
        note = only(question("ordering", f"q{number}", items=["First", {"text": "Second", "feedback": "Why"}, "Third"]))
        assert re.findall("First|Second|Third", note["Options"]) != ["First", "Second", "Third"]
        assert re.findall("First|Second|Third", note["Answer"]) == ["First", "Second", "Third"]
        assert "Why" in note["Answer"]
        assert "Why" not in note["Options"]


def test_each_blank_is_a_card_numbered_as_defined() -> None:
    """The number follows the order under ``blanks``, so that the stem may be rewritten."""
    blanks = {
        "b": {"answers": [{"text": "beta"}]},
        "a": {"choices": [{"text": "alpha", "correct": "true"}, {"text": "omega"}]},
        "n": {"answer": "2", "unit": "kg"},
    }
    note = only(question("cloze", stem="[[a]], [[b]] and [[n]]", blanks=blanks))

    text = note["Question"]
    assert "{{c1::beta}}" in text
    assert re.search(r"\{\{c2::alpha::(alpha / omega|omega / alpha)\}\}", text)
    assert "{{c3::2 kg}}" in text
    assert [card.ordinal for card in note.cards] == [0, 1, 2]


def test_braces_cannot_break_a_deletion() -> None:
    """Anki ends a deletion at the first two closing braces, in maths and code too; a literal opening makes no card."""
    blanks = {"x": {"choices": [{"text": r"\(\frac{a}{b}\)", "correct": "true"}, {"text": "`std::{}`"}]}}
    stem = "`{{c1::no}}` and \\(\\frac{p}{{q}}\\): [[x]]}"
    note = only(question("cloze", stem=stem, blanks=blanks))

    (deletion,) = re.findall(r"\{\{c\d+::.*?\}\}", note["Question"])
    text, _, hint = deletion[len("{{c1::") : -2].partition("::")
    assert text == r"\(\frac&#123;a&#125;&#123;b&#125;\)"
    assert "<code>std&#58;&#58;&#123;&#125;</code>" in hint
    assert "{&#123;c1::no}}" in note["Question"]
    assert len(note.cards) == 1


def test_an_essay_is_written_on_demand() -> None:
    """With ``essays`` it has its own deck, limits on the front, model answer, rubric and samples on the back."""
    asked = question(
        "essay",
        model_answer="Model.",
        response_template="Outline here.",
        rubric=[{"criterion": "Form", "levels": [{"points": "0", "text": "None"}, {"points": "1.5", "text": "Good"}]}],
        sample_answers=[{"text": "Sample.", "points": "1.5", "reason": "Reason."}],
        min_words="80",
        max_words="250",
    )

    without = export(bank(asked))
    assert apkg.read(without.files[0].data).notes == ()
    assert without.left_out == (("q", "an essay; --essays writes it"),)

    note = only(asked, essays=True)
    assert "80" in note["Options"]
    assert "250" in note["Options"]
    assert "Outline here." in note["Options"]
    assert "Model." in note["Answer"]
    assert note["Extra"].index("1.5\N{NO-BREAK SPACE}points") < note["Extra"].index("0\N{NO-BREAK SPACE}points")
    assert "Reason." in note["Extra"]
    assert {card.deck for card in note.cards} == {"Bank::Long answers"}


@pytest.mark.parametrize(
    ("language", "stem", "alone"),
    [
        ("en", "What does SFT minimize?", True),
        ("en-GB", "What does SFT minimize?", True),
        ("en", "Which of the following is true?", False),
        ("en", "Which statement holds?", False),
        ("en", "Which is the BEST reason?", False),
        ("en", "SFT minimizes", False),
        ("de", "Was minimiert SFT?", True),
        ("de", "Welche der Aussagen trifft zu?", False),
        ("fr", "Que minimise le SFT ?", True),
        ("fr", "Laquelle est vraie ?", False),
        ("es", "¿Qué minimiza el SFT?", True),
        ("es", "¿Cuál de las siguientes es cierta?", False),
        ("it", "Che cosa minimizza SFT?", False),
    ],
)
def test_only_stems_that_stand_alone_are_recalled(language: str, stem: str, *, alone: bool) -> None:
    """A stem that speaks of its options, is no question, or is in an unknown language keeps them."""
    assert stands_alone(single(stem=stem), language) is alone


def test_a_pinned_option_keeps_the_options() -> None:
    """'None of the other options' makes no sense without them."""
    assert not stands_alone(single(choices=[{"text": "A", "correct": "true"}, {"text": "None", "pin": "last"}]), "en")


def test_recall_asks_without_options() -> None:
    """The front is the stem; the back is the key, and shows what the options were."""
    note = only(single(stem="What is it?"), cards="recall")

    assert note.note_type == "QuizForge Question"
    assert note["Options"] == ""
    assert note["Answer"] == '<div lang="en">Key</div>'
    assert "Worse" in note["Extra"]
