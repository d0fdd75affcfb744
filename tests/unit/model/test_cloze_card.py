from __future__ import annotations

import pytest

from quizforge.model.bank import FLASHCARD_INVARIANTS, Flashcard
from quizforge.model.cloze_card import card_numbers, deletions


def problems(text: str) -> list[tuple[str, str]]:
    """Code and marked stretch of each problem of a cloze flashcard with that text."""
    card = Flashcard.model_validate({"id": "c", "cloze": text})
    found = [problem for invariant in FLASHCARD_INVARIANTS for problem in invariant.check(card)]
    assert all(problem.at == ("cloze",) for problem in found)
    return [(problem.code.code, text if problem.span is None else text[slice(*problem.span)]) for problem in found]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("SFT needs {{c1::labelled}} data", (1,)),
        ("{{c2::b}} {{c1::a}} {{c2::c}}", (1, 2)),
        ("{{c1,3::x}}", (1, 3)),
        ("{{c1::a {{c2::b}} c}}", (1, 2)),
        ("`{{c4::x}}` and \\(y^{{{c5::2}}}\\)", (4, 5)),
        ("{{c1::a\nb}}", (1,)),
        ("{{c0::a}}", ()),
        ("{{c501::a}}", ()),
        ("{{C1::a}} {{c 1::a}} {{c1:a}}", ()),
        ("{{c1::a}} {{c2::b", (1,)),
        ("{{c2::b {{c1::a}}", ()),
        ("}} {{c1::a}}", (1,)),
    ],
)
def test_cards_are_those_that_anki_makes(text: str, numbers: tuple[int, ...]) -> None:
    """A text has the cards that Anki's own parser finds (compared with it in tests/external)."""
    assert card_numbers(text) == numbers


def test_text_and_hint_are_parted() -> None:
    """The hint follows the first '::' behind the last inner deletion."""
    text = "{{c1::a::h::k}} {{c2::b{{c3::c::x}}d::y}} {{c4::e}}"

    assert [(found.numbers, found.text, found.hint) for found in deletions(text)] == [
        ((1,), "a", "h::k"),
        ((2,), "b{{c3::c::x}}d", "y"),
        ((3,), "c", "x"),
        ((4,), "e", None),
    ]


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("no deletion", "no deletion"),
        ("an {{c1::open one", "{{c1::"),
        ("a {{c1:: }} void", "{{c1:: }}"),
        ("a {{c1::::hint}} void", "{{c1::::hint}}"),
        ("a {{c1:single}} colon", "{{c1:"),
        ("a {{C1::capital}}", "{{C1::"),
        ("a {{1::letter}} short", "{{1::"),
        ("a {{c0::zero}}", "{{c0::zero}}"),
        ("a {{c501::high}} number", "{{c501::high}}"),
        ("a {{c70000::higher}} number", "{{c70000::"),
        ("\\(\\frac{{{c1::a^{2}}}}{b}\\)", "{{c1::a^{2}}"),
        ('{{c1::{"a": {"b": 1}} }}', '{{c1::{"a": {"b": 1}}'),
    ],
)
def test_a_broken_deletion_is_marked(text: str, marked: str) -> None:
    """Each fault is reported once, at the stretch that is to be changed."""
    assert problems(text) == [("QF138", marked)]


@pytest.mark.parametrize("text", ["{{c1::a^{2} }}", "{{c1::{x} }} and {y}}", "use `{{ name }}` as in {{c1::Jinja}}"])
def test_braces_that_do_no_harm_are_left_alone(text: str) -> None:
    """Balanced braces in a deletion, and any braces outside, are no fault."""
    assert problems(text) == []


def test_a_basic_card_has_no_cloze_problem() -> None:
    """A card with front and back is not looked at."""
    card = Flashcard.model_validate({"id": "c", "front": "a", "back": "b"})

    assert [problem for invariant in FLASHCARD_INVARIANTS for problem in invariant.check(card)] == []
