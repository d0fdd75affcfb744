"""Numbers among the options that neither rise nor fall.

What:
    Three options or more are numbers or ranges of one unit, and stand in no order. Options such as "None of these" and
    pinned ones are left out. A question that says `shuffle: true`, or whose bank's `defaults` do, wants no order and is
    left alone.
    `quizforge lint --fix` puts the entries in rising order.
Why:
    Who has worked out a number looks it up: in order it is found at once, and the key's place tells nothing.
Flagged:
    - id: boiling
      type: single_choice
      stem: At how many degrees Celsius does water boil at sea level?
      choices: ["80", {text: "100", correct: true}, "60"]
Instead:
    - id: boiling
      type: single_choice
      stem: At how many degrees Celsius does water boil at sea level?
      choices: ["60", "80", {text: "100", correct: true}]
Source:
    Haladyna, Downing & Rodriguez (2002), Applied Measurement in Education 15(3), 309-334, guideline 21.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from quizforge.lint.item import Item, Option, OptionSet
from quizforge.lint.positions import speaks_of_positions
from quizforge.lint.quantity import Quantity
from quizforge.lint.rule import Fix, ItemRule, Limits
from quizforge.model.diagnostic import Code, Problem

CODE = Code("QF206", "unordered-numbers", "warning", "Numbers among the options that neither rise nor fall.")
_BY_HAND = "put them in rising order, and mind the text that names an option by its place"
Numbered = tuple[Option, Quantity]


def _check(item: Item, _limits: Limits) -> Iterator[Problem]:
    for options, numbers in _unordered(item):
        shown = ", ".join(option.text for option, _ in numbers[:6])
        yield item.problem(
            CODE,
            f"the numbers stand in no order: {shown if len(shown) <= 80 else f'{shown[:79]}…'}",
            at=options.at,
            hint=_BY_HAND if speaks_of_positions(item) else "put them in rising order; 'quizforge lint --fix' does",
        )


def _fix(item: Item, _limits: Limits) -> Iterator[Fix]:
    if speaks_of_positions(item):
        return  # "option B is the boiling point of …" would become wrong
    for options, numbers in _unordered(item):
        rising = sorted(numbers, key=lambda numbered: numbered[1].rank)
        order = list(range(len(options.options)))
        for (place, _), (option, _) in zip(numbers, rising, strict=True):
            order[place.index] = option.index
        yield Fix(("questions", item.question.id), options.at, tuple(order))


def _unordered(item: Item) -> Iterator[tuple[OptionSet, Sequence[Numbered]]]:
    if item.question.shuffle and "shuffle" in item.question.model_fields_set:
        return
    for options in item.option_sets:
        numbers = _numbers(options)
        if len(numbers) < 3:
            continue
        steps = [_step(before, after) for (_, before), (_, after) in pairwise(numbers)]
        if min(steps) < 0 < max(steps):
            yield options, numbers


def _step(before: Quantity, after: Quantity) -> int:
    return (after.rank > before.rank) - (after.rank < before.rank)


def _numbers(options: OptionSet) -> Sequence[Numbered]:
    """The options that are numbers; empty where another option is none, or the units differ."""
    found = []
    unit = None
    for option in options.options:
        number = option.quantity
        if number is None or (unit is not None and number.unit != unit):
            if option.is_meta or option.source.pin is not None:
                continue
            return ()
        if option.source.pin is None:
            unit = number.unit
            found.append((option, number))
    return found


RULE = ItemRule(CODE, _check, __doc__, fix=_fix, criterion="ordered_options")
