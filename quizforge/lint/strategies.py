"""How students pick an option without knowing the answer, and how far each way takes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from quizforge.lint.chance import picking_tail
from quizforge.lint.item import Item, Option, OptionSet

_ABSOLUTE = frozenset(
    """all always any cannot completely each entirely every everyone everything exclusively impossible invariably must
    never nobody none nothing only solely totally""".split()  # noqa: SIM905  # a list of words is easiest to read as one text
)
_HEDGED = frozenset(
    """can could frequently generally largely likely mainly many may might mostly often partly perhaps possibly probably
    rarely seldom some sometimes tend tends typically usually""".split()  # noqa: SIM905  # as above
)
_NUMBER = re.compile(r"[-+\u2212]?[0-9]+(?:[., ][0-9]+)*", re.ASCII)

Pick = Callable[[Item, OptionSet], Sequence[Option]]


@dataclass(frozen=True, slots=True)
class Strategy:
    """A way to pick an option by its form.

    Attributes:
        name: What is picked.
        pick: The options that it picks; where it picks none or all, it does not decide.
        hint: What takes the way from under it.
        english: Whether it knows English words only.
    """

    name: str
    pick: Pick
    hint: str
    english: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """How far a strategy gets.

    Attributes:
        strategy: The strategy.
        decided: In how many questions it decides.
        found: Expected number of keys found, where one of several picked options is drawn.
        by_chance: Expected number of keys found by drawing from all options.
        chance: That it finds so many or more if the keys are random.
    """

    strategy: Strategy
    decided: int
    found: Fraction
    by_chance: Fraction
    chance: float

    @property
    def share(self) -> float:
        """Share of the keys found."""
        return float(self.found / self.decided) if self.decided else 0.0

    @property
    def chance_share(self) -> float:
        """Share of the keys that drawing from all options finds."""
        return float(self.by_chance / self.decided) if self.decided else 0.0


def outcomes(items: Iterable[Item]) -> tuple[Outcome, ...]:
    """Each strategy on all choices with one key, in the questions and in the blanks of cloze texts."""
    sets = [(item, options) for item in items for options in item.option_sets if _is_open(options)]
    return tuple(_outcome(strategy, sets) for strategy in STRATEGIES)


def _is_open(options: OptionSet) -> bool:
    return options.single and options.key is not None and len(options.options) > 1


def _outcome(strategy: Strategy, sets: Iterable[tuple[Item, OptionSet]]) -> Outcome:
    picks: list[tuple[int, int]] = []
    found, by_chance = Fraction(0), Fraction(0)
    for item, options in sets:
        if strategy.english and item.language.split("-", 1)[0].lower() != "en":
            continue
        picked = strategy.pick(item, options)
        count = len(options.options)
        if 0 < len(picked) < count:
            picks.append((len(picked), count))
            by_chance += Fraction(1, count)
            found += Fraction(any(option.is_key for option in picked), len(picked))
    return Outcome(strategy, len(picks), found, by_chance, picking_tail(found, picks) if picks else 1.0)


def _most(options: OptionSet, measure: Callable[[Option], int]) -> Sequence[Option]:
    measured = [(measure(option), option) for option in options.options]
    top = max(value for value, _ in measured)
    return [option for value, option in measured if value == top]


def _longest(_item: Item, options: OptionSet) -> Sequence[Option]:
    return _most(options, lambda option: len(option.text))


def _middle_position(_item: Item, options: OptionSet) -> Sequence[Option]:
    return () if options.shuffled else options.options[1:-1]


def _convergence(_item: Item, options: OptionSet) -> Sequence[Option]:
    holders: dict[str, int] = {}
    for option in options.options:
        for word in option.content:
            holders[word] = holders.get(word, 0) + 1
    return _most(options, lambda option: sum(holders[word] - 1 for word in option.content))


def _echo(item: Item, options: OptionSet) -> Sequence[Option]:
    return _most(options, lambda option: len(option.content & item.stem_content))


def _no_absolutes(_item: Item, options: OptionSet) -> Sequence[Option]:
    return [option for option in options.options if _ABSOLUTE.isdisjoint(option.words)]


def _hedged(_item: Item, options: OptionSet) -> Sequence[Option]:
    return _most(options, lambda option: sum(word in _HEDGED for word in option.words))


def _middle_value(_item: Item, options: OptionSet) -> Sequence[Option]:
    values = [_value(option) for option in options.options]
    numbers = [value for value in values if value is not None]
    if len(numbers) < len(values):
        return ()
    least, most = min(numbers), max(numbers)
    return [option for option, value in zip(options.options, numbers, strict=True) if least < value < most]


def _value(option: Option) -> Decimal | None:
    """The number of an option that has exactly one; blanks and commas between three digits only group them."""
    found = _NUMBER.findall(option.text)
    if len(found) != 1 or len(found[0]) > 40:
        return None
    digits = re.sub(r"[, ](?=[0-9]{3}(?:[^0-9]|\Z))", "", found[0]).replace("\u2212", "-").replace(",", ".")
    return Decimal(digits) if re.fullmatch(r"[-+]?[0-9]+(?:\.[0-9]+)?", digits) else None


STRATEGIES = (
    Strategy("the longest option", _longest, "shorten the keys, or let wrong options say as much"),
    Strategy("an option in the middle", _middle_position, "spread the keys over all positions, or shuffle the options"),
    Strategy("a value in the middle", _middle_value, "let the key be the smallest or the largest number now and then"),
    Strategy(
        "the option that shares most words with the others",
        _convergence,
        "vary several parts of the key among the wrong options, not one at a time",
    ),
    Strategy("the option that echoes the stem", _echo, "let wrong options take up words of the stem too"),
    Strategy(
        "an option without 'always', 'never', 'all'",
        _no_absolutes,
        "use such words in keys where they are true, and fewer of them in wrong options",
        english=True,
    ),
    Strategy(
        "the option with most of 'may', 'often', 'some'",
        _hedged,
        "qualify wrong options too, or qualify no option",
        english=True,
    ),
)
"""Mentioned by Millman, Bishop & Ebel (1965), An analysis of test-wiseness, Educational and Psychological Measurement
25(3), 707-726, and Haladyna, Downing & Rodriguez (2002), guideline 28."""
