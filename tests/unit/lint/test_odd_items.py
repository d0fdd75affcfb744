"""Rules on items that nobody would write: no crash."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest

from benchmarks.long_texts import WORDS, long_item
from quizforge.lint.item import Item
from quizforge.lint.registry import built_in
from quizforge.lint.rule import ItemRule, Limits
from quizforge.model.question import QUESTION_TYPES, Question

_RULES = tuple(rule for rule in built_in() if isinstance(rule, ItemRule))
_PIECES = (
    "哪一个行星最大\uff1f", "太阳", "ما هو الكوكب؟", "الشمس", "What", "which of these", "is not", "all of the above",
    "none",
    r"\(x^2\)", r"\[\frac{1}{2}\]", "$a_1$", "`print(x)`", "```\ncode\n```", "12", "1,5", "٣", "½", "10-20 %", "> 5 kg",
    "____", "[blank]",
    "...", "A and B", "I, II", "both", "\u200b", "\u0301", "🪐", "e.g.", "?", "!", ":", "-", "_", "*",
    "\n\n", "\t", "x" * 300, "a\u00adb", "\uff11\uff12", "ǅ", "İ", "ß", "'s", "\u2019", "(i)", "not not", "always", "0",
    "-", "1e999",
)  # fmt: skip
_NUMBERS = ("1", "2.5", "1/3", "٣", "½", "-4", "1,000", r"\(7\)", "1e999", "0")
_LANGUAGES = ("en", "en-GB", "de", "zh-Hans", "ar", "tlh")


def _limits(rule: ItemRule) -> Limits:
    """The limits of a rule, with the one that switches it on."""
    return {**rule.limits, "reading_grade": 1} if "reading_grade" in rule.limits else rule.limits  # type: ignore[dict-item]  # a number like another


def _review(item: Item) -> int:
    return sum(1 for rule in _RULES for _ in rule.check(item, _limits(rule)))


def _fixes(item: Item) -> list[tuple[int, ...]]:
    return [fix.order for rule in _RULES if rule.fix is not None for fix in rule.fix(item, rule.limits)]


def _text(source: random.Random, longest: int = 6) -> str:
    return source.choice([" ", ""]).join(source.choices(_PIECES, k=source.randint(1, longest))).strip() or "x"


def _bodies(source: random.Random) -> dict[str, dict[str, Any]]:
    """Fields of a question of each type."""
    count = source.choice([1, 2, 3, 4, 5, 12])
    texts = source.choices(_NUMBERS, k=count) if source.random() < 0.2 else [_text(source) for _ in range(count)]
    options = [{"text": text, "correct": not index} for index, text in enumerate(texts)]
    source.shuffle(options)
    return {
        "single_choice": {"choices": options},
        "multiple_answer": {"choices": options},
        "true_false": {"answer": "true"},
        "short_answer": {"answers": [{"text": _text(source)}]},
        "numerical": {"answer": "1"},
        "matching": {"pairs": [{"left": _text(source), "right": _text(source)} for _ in range(2)]},
        "ordering": {"items": [{"text": _text(source)} for _ in range(3)]},
        "cloze": {"blanks": {"a": {"choices": options}}},
        "essay": {},
        "information": {},
    }


def _odd_items(count: int) -> Iterator[Item]:
    source = random.Random(20261126)  # noqa: S311  # no secrets here
    for number in range(count):
        kind = source.choice([*QUESTION_TYPES, "single_choice", "single_choice", "multiple_answer"])
        stem = _text(source, 40 if number % 500 else 2000) + (" [[a]]" if kind == "cloze" else "")
        fields = {"id": f"q{number}", "type": kind, "stem": stem, "shuffle": source.random() < 0.5}
        question = QUESTION_TYPES[kind].model_validate({**fields, **_bodies(source)[kind]})
        yield Item(question, language=source.choice(_LANGUAGES))


def test_five_thousand_odd_items() -> None:
    """Scripts, formulas, code, signs and long texts, in every type: the rules speak or are silent, and never fail."""
    items = tuple(_odd_items(5_000))
    spoken = sum(_review(item) for item in items)
    orders = [order for item in items for order in _fixes(item)]

    assert spoken > 1_000
    assert orders
    assert all(sorted(order) == list(range(len(order))) for order in orders)


def test_question_without_anything() -> None:
    """What is left of a broken question, without options and with empty texts, is reviewed like any other."""
    kinds = ("single_choice", "multiple_answer", "cloze", "true_false", "matching", "ordering")
    empty: dict[str, Any] = {"choices": (), "blanks": {}, "pairs": (), "distractors": (), "items": (), "answer": True}
    for kind in kinds:
        question: Question = QUESTION_TYPES[kind].model_construct(type=kind, id="q", stem="", **empty)
        assert _review(Item(question)) >= 0


@pytest.mark.parametrize("place", [0, 1], ids=["stem", "option"])
@pytest.mark.parametrize("word", WORDS, ids=repr)
def test_ten_thousand_words(word: str, place: int) -> None:
    """A text of ten thousand words is reviewed; how long that takes, ``benchmarks.long_texts`` measures."""
    assert _review(long_item(word * 10_000, place)) >= 0
