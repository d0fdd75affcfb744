"""Numbers in different units among the options.

What:
    The options are numbers of which some have one unit and some another, or none.
Why:
    Comparing them takes conversions that are not what is asked; an option with a unit of its own stands out.
Flagged:
    - id: desk
      type: single_choice
      stem: How high is a desk?
      choices: ["72 cm", "1 m", {text: "75 cm", correct: true}]
Instead:
    - id: desk
      type: single_choice
      stem: How high is a desk?
      choices: ["50 cm", {text: "75 cm", correct: true}, "100 cm"]
Source:
    Haladyna, Downing & Rodriguez (2002), Applied Measurement in Education 15(3), 309-334, guideline 23 (homogeneous
    options).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from quizforge.lint.item import Item
from quizforge.lint.quantity import Quantity
from quizforge.lint.rule import ItemRule, Limits
from quizforge.lint.text import quoted
from quizforge.model.diagnostic import Code, Problem

CODE = Code("QF219", "mixed-units", "info", "Numbers in different units among the options.")
_LONGEST_UNIT = 20


def _check(item: Item, _limits: Limits) -> Iterator[Problem]:
    for options in item.option_sets:
        plain = options.plain
        if len(plain) < 3 or plain[0].quantity is None:
            continue
        units = [None if option.quantity is None else _unit(option.quantity) for option in plain]
        commonest, count = Counter(units).most_common(1)[0]
        if None in units or count in (1, len(units)):
            continue
        odd = next(option for option, unit in zip(plain, units, strict=True) if unit != commonest)
        yield item.problem(
            CODE,
            f"{quoted(odd.text)} has another unit than the other options ({commonest or 'none'})",
            at=odd.at,
            hint="write all numbers in one unit; if the unit is the question, allow it",
        )


def _unit(number: Quantity) -> str | None:
    """The unit without its plural; None where what stands around the number is more than a unit, or half a day."""
    unit = number.unit
    if len(unit) > _LONGEST_UNIT or len(unit.split()) > 2 or unit.casefold() in {"am", "pm", "a.m", "p.m"}:
        return None
    return unit.removesuffix("s") if len(unit) > 3 else unit


RULE = ItemRule(CODE, _check, __doc__, basis="exact")
