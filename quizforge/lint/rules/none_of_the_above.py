"""An option that says that none of the others is right.

What:
    One option stands for "none of the options", by whatever words: "none of the above", "neither of these", "cannot
    be determined".
Why:
    Who picks it shows only that the other options were recognised as wrong, not what the right answer is. It is
    harder and discriminates less. As a distractor that is never right it is soon crossed out.
Flagged:
    - id: capital
      type: single_choice
      stem: Which city is the capital of Australia?
      choices:
        - Sydney
        - Melbourne
        - {text: None of the above, correct: true}
Instead:
    - id: capital
      type: single_choice
      stem: Which city is the capital of Australia?
      choices:
        - Sydney
        - Melbourne
        - {text: Canberra, correct: true}
Source:
    Haladyna, Downing & Rodriguez (2002), A review of multiple-choice item-writing guidelines for classroom assessment,
    Applied Measurement in Education 15(3), 309-334, guideline 25.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizforge.lint.item import Item
from quizforge.lint.rule import ENGLISH, ItemRule, Limits
from quizforge.lint.text import quoted
from quizforge.model.diagnostic import Code, Problem

CODE = Code("QF202", "none-of-the-above", "warning", "An option that says that none of the others is right.")
_NONE = re.compile(
    r"(?:none|neither|no(?:t any)?)(?: one)?(?: of)?(?: (?:the|these|those|them))?(?: (?:other|two|three|four))?"
    r"(?: (?:above|options?|answers?|choices?|alternatives|statements?|others?))?"
    r"(?: (?:listed|given|above|mentioned))?(?: (?:is|are) (?:correct|right|true))?"
    r"|(?:the )?(?:correct )?answer is not (?:listed|given|here)"
    r"|(?:it )?(?:cannot|can't|can not) be (?:determined|known|decided)(?: from .*)?|not enough information(?: .*)?"
)
_ALONE = frozenset({"no", "not any"})


def _check(item: Item, _limits: Limits) -> Iterator[Problem]:
    for options in item.option_sets:
        for option in options.options:
            words = " ".join(option.lower.strip(" .!").split())
            if words[:1] in "nciat" and words not in _ALONE and _NONE.fullmatch(words):
                yield item.problem(
                    CODE,
                    f"{quoted(option.text)} tests only whether the other options are recognised as wrong",
                    at=option.at,
                    hint="put a plausible option in its place, or remove it: three options are enough",
                )


RULE = ItemRule(CODE, _check, __doc__, languages=ENGLISH, criterion="no_none_of_the_above")
