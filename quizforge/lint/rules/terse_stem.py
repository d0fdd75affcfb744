"""A stem of a few words that does not ask.

What:
    A choice question's stem has at most `terse_words` (6) words and no question mark.
Why:
    The problem then stands in the options: each has to be read as a statement of its own, and they may be about
    different things. A reader should know the task with the options covered.
Flagged:
    - id: gradient
      type: single_choice
      stem: Gradient descent is
      choices:
        - {text: a method that lowers a loss step by step, correct: true}
        - a kind of neural network
        - a way to draw samples
Instead:
    - id: gradient
      type: single_choice
      stem: What does gradient descent do?
      choices:
        - {text: It lowers a loss step by step, correct: true}
        - It adds layers to a network
        - It draws samples
Source:
    Haladyna, Downing & Rodriguez (2002), Applied Measurement in Education 15(3), 309-334, guideline 15.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizforge.lint.item import Item
from quizforge.lint.rule import ItemRule, Limits, limits
from quizforge.model.diagnostic import Code, Problem

CODE = Code("QF215", "terse-stem", "info", "A stem of a few words that does not ask.")
_ASKS = re.compile(r"[?\uff1f\u061f\u037e]|_{2,}")


def _check(item: Item, given: Limits) -> Iterator[Problem]:
    if item.options is None or _ASKS.search(item.stem):
        return
    words = item.stem_words
    if 0 < len(words) <= given["terse_words"] and item.stem.isascii() and "\\" not in item.stem:
        yield item.problem(
            CODE,
            f"the stem has {len(words)} words and does not ask",
            hint="move the problem from the options into the stem",
        )


RULE = ItemRule(CODE, _check, __doc__, limits=limits(terse_words=6), criterion="problem_in_stem")
