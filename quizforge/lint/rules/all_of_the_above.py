"""An option that says that all the others are right.

What:
    One option stands for "all of the options", by whatever words: "all of the above", "both of these", "all answers
    are correct".
Why:
    Who knows two of the options to be right has the key without knowing the third, and who knows one to be wrong has
    crossed out two. The item is easier and tells less.
Flagged:
    - id: gases
      type: single_choice
      stem: Which gas is part of the air?
      choices:
        - Nitrogen
        - Oxygen
        - {text: All of the above, correct: true}
Instead:
    - id: gases
      type: multiple_answer
      stem: Which of these gases make up more than one per cent of dry air?
      choices:
        - {text: Nitrogen, correct: true}
        - {text: Oxygen, correct: true}
        - Neon
        - Helium
Source:
    Haladyna, Downing & Rodriguez (2002), A review of multiple-choice item-writing guidelines for classroom assessment,
    Applied Measurement in Education 15(3), 309-334, guideline 26.
"""

from __future__ import annotations

from collections.abc import Iterator

from quizforge.lint.item import Item
from quizforge.lint.meta import says_all
from quizforge.lint.rule import ENGLISH, ItemRule, Limits
from quizforge.lint.text import quoted
from quizforge.model.diagnostic import Code, Problem

CODE = Code("QF201", "all-of-the-above", "warning", "An option that says that all the others are right.")


def _check(item: Item, _limits: Limits) -> Iterator[Problem]:
    found = [(option.text, option.at) for options in item.option_sets for option in options.options if option.is_all]
    found += [(text, at) for text, at in item.rights if item.english and says_all(text)]
    for text, at in found:
        yield item.problem(
            CODE,
            f"{quoted(text)} is solved by knowing two of the other options",
            at=at,
            hint="make it a multiple_answer question, or put a plausible option in its place",
        )


RULE = ItemRule(CODE, _check, __doc__, languages=ENGLISH, criterion="no_all_of_the_above")
