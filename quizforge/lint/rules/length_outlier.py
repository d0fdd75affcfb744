"""An option that is far longer than all the others.

What:
    One option has at least 14 characters and is longer than the next longest by the factor `length_outlier` (1.5).
    A key that the rule longest-key speaks of is not told twice.
Why:
    What stands out is picked or dismissed for its looks.
Flagged:
    - id: bees
      type: single_choice
      stem: What do bees collect?
      choices:
        - {text: Nectar, correct: true}
        - Bark
        - Seeds of grasses and of other plants that grow in meadows
Instead:
    - id: bees
      type: single_choice
      stem: What do bees collect?
      choices:
        - {text: Nectar, correct: true}
        - Bark
        - Seeds
Source:
    Haladyna, Downing & Rodriguez (2002), Applied Measurement in Education 15(3), 309-334, guideline 24.
"""

from __future__ import annotations

from collections.abc import Iterator

from quizforge.lint.item import Item
from quizforge.lint.rule import ItemRule, Limits, limits
from quizforge.lint.text import quoted
from quizforge.model.diagnostic import Code, Problem

CODE = Code("QF208", "length-outlier", "info", "An option that is far longer than all the others.")
_SHORTEST = 14


def _check(item: Item, given: Limits) -> Iterator[Problem]:
    for options in item.option_sets:
        if len(options.plain) < 3:
            continue
        by_length = sorted(options.plain, key=lambda option: len(option.text))
        longest, following = by_length[-1], by_length[-2]
        if longest.is_key and len(longest.words) >= 4:
            continue  # QF207 speaks of it
        if len(longest.text) >= _SHORTEST and len(longest.text) > given["length_outlier"] * len(following.text):
            yield item.problem(
                CODE,
                f"{quoted(longest.text)} has {len(longest.text)} characters, the next longest {len(following.text)}",
                at=longest.at,
                hint="let all options say about as much",
            )


RULE = ItemRule(CODE, _check, __doc__, limits=limits(length_outlier=1.5), criterion="equal_length_options")
