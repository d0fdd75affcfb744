"""Keys that stand at one position too often, or too often in a row.

What:
    Among the `single_choice` questions with `shuffle: false`, whose options are shown as written, the key's positions
    differ from equal shares by more than chance (chi-square, p < 0.01; for each number of options alone, where each
    position would have five keys or more, then added up), or the same position comes so often in a row as chance makes
    it in less than one of a hundred exams.
Why:
    Test-wise students choose the position that is right most often, and break a series that seems too long. Either way
    the position decides, and not what they know.
Flagged:
    questions:
      - {id: a, type: single_choice, shuffle: false, stem: What is 2 + 2?, choices: ["3", {text: "4", correct: true}, "5"]}
      - {id: b, type: single_choice, shuffle: false, stem: What is 3 + 4?, choices: ["6", {text: "7", correct: true}, "8"]}
      - {id: c, type: single_choice, shuffle: false, stem: What is 4 + 5?, choices: ["8", {text: "9", correct: true}, "10"]}
      - {id: d, type: single_choice, shuffle: false, stem: What is 1 + 2?, choices: ["2", {text: "3", correct: true}, "4"]}
      - {id: e, type: single_choice, shuffle: false, stem: What is 5 + 6?, choices: ["9", {text: "11", correct: true}, "13"]}
      - {id: f, type: single_choice, shuffle: false, stem: What is 8 + 8?, choices: ["14", {text: "16", correct: true}, "18"]}
Instead:
    questions:
      - {id: a, type: single_choice, shuffle: false, stem: What is 2 + 2?, choices: ["3", {text: "4", correct: true}, "5"]}
      - {id: b, type: single_choice, shuffle: false, stem: What is 3 + 4?, choices: ["6", {text: "7", correct: true}, "8"]}
      - {id: c, type: single_choice, shuffle: false, stem: What is 4 + 5?, choices: [{text: "9", correct: true}, "10", "11"]}
      - {id: d, type: single_choice, shuffle: false, stem: What is 1 + 2?, choices: ["1", "2", {text: "3", correct: true}]}
      - {id: e, type: single_choice, shuffle: false, stem: What is 5 + 6?, choices: [{text: "11", correct: true}, "13", "15"]}
      - {id: f, type: single_choice, shuffle: false, stem: What is 8 + 8?, choices: ["12", "14", {text: "16", correct: true}]}
Source:
    Attali & Bar-Hillel (2003), Guess where: the position of correct answers in multiple-choice test items as a
    psychometric variable, Journal of Educational Measurement 40(2), 109-128; Haladyna, Downing & Rodriguez (2002),
    guideline 20; Pearson (1900), Philosophical Magazine 50(302), 157-175, for the test.
"""  # noqa: E501  # one question a line is easiest to compare

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quizforge.lint.chance import chi_square_tail, longest_run, run_tail
from quizforge.lint.item import Item
from quizforge.lint.rule import BankRule, Collection, Limits
from quizforge.model.diagnostic import Code, Problem
from quizforge.model.questions.single_choice import SingleChoice

CODE = Code(
    "QF403", "key-position-imbalance", "warning", "Keys that stand at one position too often, or too often in a row."
)
_CHANCE = 0.01
_PER_POSITION = 5
"""Keys expected at each position from which on the chi-square distribution is near enough (Cochran, 1952, Annals of
Mathematical Statistics 23(3), 315-345)."""


@dataclass(frozen=True, slots=True)
class Positions:
    """Where the keys stand in the questions with some number of options.

    Attributes:
        options: Number of options.
        counts: Keys at each position.
    """

    options: int
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """Number of questions."""
        return sum(self.counts)

    @property
    def chi_square(self) -> float:
        """Distance from equal shares."""
        expected = self.total / self.options
        return sum((count - expected) ** 2 for count in self.counts) / expected


def _check(collection: Collection, _limits: Limits) -> Iterator[Problem]:
    items = unshuffled(collection.items)
    groups = [group for group in positions(items) if group.total >= _PER_POSITION * group.options]
    degrees = sum(group.options - 1 for group in groups)
    if degrees:
        statistic = sum(group.chi_square for group in groups)
        chance = chi_square_tail(statistic, degrees)
        if chance < _CHANCE:
            told = "; ".join(f"of {group.options} options {_counts(group)}" for group in groups)
            message = f"keys by position, {told}: chi-square {statistic:.1f}, p {_small(chance)}"
            yield collection.problem(CODE, message, hint="move some keys, or let the options be shuffled")
    yield from _runs(items)


def _runs(items: Sequence[Item]) -> Iterator[Problem]:
    keys = [_key(item) for item in items]
    length, start = longest_run(keys)
    if length < 2:
        return
    chance = run_tail(length, [1 / len(_choices(item)) for item in items])
    if chance < _CHANCE:
        message = f"from here on {length} keys in a row stand at position {keys[start] + 1}: p {_small(chance)}"
        hint = "move some of these keys, or put the questions in another order"
        yield items[start].problem(CODE, message, at=("choices", keys[start], "text"), hint=hint)


def unshuffled(items: Sequence[Item]) -> tuple[Item, ...]:
    """The questions with one key whose options are shown as they are written."""
    return tuple(
        item
        for item in items
        if isinstance(item.question, SingleChoice)
        and not item.question.shuffle
        and len(item.question.choices) > 1
        and sum(choice.correct for choice in item.question.choices) == 1
    )


def positions(items: Sequence[Item]) -> tuple[Positions, ...]:
    """Where the keys of some questions with one key stand, by number of options in ascending order."""
    counts: dict[int, Counter[int]] = {}
    for item in items:
        counts.setdefault(len(_choices(item)), Counter())[_key(item)] += 1
    return tuple(
        Positions(options, tuple(counts[options][place] for place in range(options))) for options in sorted(counts)
    )


def _choices(item: Item) -> tuple[object, ...]:
    return item.question.choices if isinstance(item.question, SingleChoice) else ()


def _key(item: Item) -> int:
    return item.question.key if isinstance(item.question, SingleChoice) else 0


def _counts(group: Positions) -> str:
    return ", ".join(str(count) for count in group.counts)


def _small(chance: float) -> str:
    return f"= {chance:.3f}" if chance >= 0.001 else "< 0.001"


RULE = BankRule(CODE, _check, __doc__, basis="statistical")
