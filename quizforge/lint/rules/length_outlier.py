"""An option that is far longer, or far shorter, than all the others.

What:
    Measured in characters, and only where an option has 14 or more: one option is longer than the next longest by the
    factor `length_outlier` (1.5); or, of three options or more, one is shorter than half the next shortest.
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

from quizforge.lint.item import Item, Option
from quizforge.lint.rule import ItemRule, Limits, limits
from quizforge.lint.text import quoted
from quizforge.model.diagnostic import Code, Problem

CODE = Code("QF208", "length-outlier", "info", "An option that is far longer, or far shorter, than all the others.")
_SHORTEST = 14
"""Where all options are shorter, they differ by chance."""


def _check(item: Item, given: Limits) -> Iterator[Problem]:
    for options in item.option_sets:
        by_length = sorted(options.plain, key=_length)
        if len(by_length) < 2 or _length(by_length[-1]) < _SHORTEST:
            continue
        longest, following = by_length[-1], by_length[-2]
        shortest, before = by_length[0], by_length[1]
        hint = "let all options say about as much"
        if _length(longest) > given["length_outlier"] * _length(following):
            message = f"{_length(longest)} characters, the next longest {_length(following)}"
            yield item.problem(CODE, f"{quoted(longest.text)} has {message}", at=longest.at, hint=hint)
        elif len(by_length) > 2 and _length(shortest) * 2 < _length(before):
            message = f"{_length(shortest)} characters, the next shortest {_length(before)}"
            yield item.problem(CODE, f"{quoted(shortest.text)} has {message}", at=shortest.at, hint=hint)


def _length(option: Option) -> int:
    return len(option.text)


RULE = ItemRule(CODE, _check, __doc__, limits=limits(length_outlier=1.5), criterion="equal_length_options")
