"""Often, usually, some, may: a word that everyone reads differently.

What:
    An option holds a word of vague frequency or amount. Off unless selected: in many subjects such words are precise
    enough, and they are needed to make a statement true.
Why:
    "Often" means a third of the time to one reader and nine tenths to another; and test-wise students take the
    cautious option for the key.
Flagged:
    - id: rain
      type: single_choice
      stem: When does it rain in the Atacama desert?
      choices:
        - Often in summer
        - {text: In few years of a century, correct: true}
        - Each spring
Instead:
    - id: rain
      type: single_choice
      stem: How much rain falls in the Atacama desert in a year?
      choices:
        - {text: Below 20 mm, correct: true}
        - 200 to 400 mm
        - Over 1000 mm
Source:
    Case & Swanson (2002), Constructing written test questions for the basic and clinical sciences, 3rd ed., National
    Board of Medical Examiners; Haladyna, Downing & Rodriguez (2002), guideline 14.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizforge.lint.item import Item
from quizforge.lint.rule import ENGLISH, ItemRule, Limits
from quizforge.lint.text import quoted
from quizforge.model.diagnostic import Code, Problem

CODE = Code("QF212", "vague-term", "info", "Often, usually, some, may: a word that everyone reads differently.")
_TERM = re.compile(
    r"\b(?:often|usually|frequently|sometimes|occasionally|rarely|seldom|generally|typically|normally|commonly"
    r"|probably|possibly|perhaps|likely|many|some|several|few|most(?= [a-z]+s\b)|mostly|largely|might|may(?! \d)"
    r"|could|tends? to|relatively|fairly"
    r"|rather(?! than)|somewhat|quite|various|about(?= \d)|nearly|almost|virtually|a lot)\b"
)


def _check(item: Item, _limits: Limits) -> Iterator[Problem]:
    for options in item.option_sets:
        for option in options.plain:
            found = _TERM.search(option.lower)
            if found is not None:
                yield item.problem(
                    CODE,
                    f"{quoted(found[0])} is read differently by different people",
                    at=option.at,
                    phrase=found[0],
                    hint="give a number or a condition",
                )


RULE = ItemRule(CODE, _check, __doc__, languages=ENGLISH, default=False, criterion="no_vague_terms")
