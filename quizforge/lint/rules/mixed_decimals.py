"""Numbers of different precision among the options.

What:
    The options are decimal numbers that are written with different numbers of places.
Why:
    The most precise number looks worked out, and is taken for the key.
Flagged:
    - id: density
      type: single_choice
      stem: What is the density of ice, in grams per cubic centimetre?
      choices: ["0.5", {text: "0.917", correct: true}, "1.1"]
Instead:
    - id: density
      type: single_choice
      stem: What is the density of ice, in grams per cubic centimetre?
      choices: ["0.5", {text: "0.9", correct: true}, "1.1"]
Source:
    Haladyna, Downing & Rodriguez (2002), Applied Measurement in Education 15(3), 309-334, guidelines 23 and 28.
"""

from __future__ import annotations

from collections.abc import Iterator

from quizforge.lint.item import Item
from quizforge.lint.rule import ItemRule, Limits
from quizforge.model.diagnostic import Code, Problem

CODE = Code("QF220", "mixed-decimals", "info", "Numbers of different precision among the options.")


def _check(item: Item, _limits: Limits) -> Iterator[Problem]:
    for options in item.option_sets:
        plain = options.plain
        if len(plain) < 3 or plain[0].quantity is None:
            continue
        places = [None if option.quantity is None else option.quantity.places for option in plain]
        known = {count for count in places if count is not None}
        if None not in places and len(known) > 1:
            yield item.problem(
                CODE,
                f"the numbers have {min(known)} to {max(known)} decimal places",
                at=options.at,
                hint="write all of them with the same number of places",
            )


RULE = ItemRule(CODE, _check, __doc__, basis="exact")
