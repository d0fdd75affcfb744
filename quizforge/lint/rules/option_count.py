"""Fewer options than guard against guessing, or more than work.

What:
    A question with one key has fewer than `options_min` (3) or more than `options_max` (5) options.
Why:
    With two options a guess earns half; beyond four or five, distractors are hardly ever chosen and cost reading time.
    Three good options do as well as more.
Flagged:
    - id: colour
      type: single_choice
      stem: Which colour is absorbed most by a green leaf?
      choices: [Green, {text: Red, correct: true}]
Instead:
    - id: colour
      type: single_choice
      stem: Which colour is absorbed most by a green leaf?
      choices: [Green, {text: Red, correct: true}, Yellow]
Source:
    Rodriguez (2005), Three options are optimal for multiple-choice items, Educational Measurement: Issues and Practice
    24(2), 3-13; Haladyna, Downing & Rodriguez (2002), guideline 18.
"""

from __future__ import annotations

from collections.abc import Iterator

from quizforge.lint.item import Item
from quizforge.lint.rule import ItemRule, Limits, limits
from quizforge.model.diagnostic import Code, Problem

CODE = Code("QF221", "option-count", "info", "Fewer options than guard against guessing, or more than work.")


def _check(item: Item, given: Limits) -> Iterator[Problem]:
    for options in item.option_sets:
        count = len(options.options)
        if not options.single or given["options_min"] <= count <= given["options_max"]:
            continue
        few = count < given["options_min"]
        yield item.problem(
            CODE,
            f"{count} options; {given['options_min']} to {given['options_max']} are customary",
            at=options.at,
            hint="add a plausible distractor" if few else "leave out the least plausible ones",
        )


RULE = ItemRule(CODE, _check, __doc__, basis="exact", limits=limits(options_min=3, options_max=5))
