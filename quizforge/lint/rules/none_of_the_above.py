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

from collections.abc import Iterator

from quizforge.lint.item import Item, Option, OptionSet
from quizforge.lint.meta import says_none
from quizforge.lint.rule import ENGLISH, ItemRule, Limits
from quizforge.lint.text import quoted
from quizforge.model.diagnostic import Code, Problem

CODE = Code("QF202", "none-of-the-above", "warning", "An option that says that none of the others is right.")


def _check(item: Item, _limits: Limits) -> Iterator[Problem]:
    sets = item.option_sets
    none = [option for options in sets for option in options.options if option.is_none and not _counts(option, options)]
    found = [(option.text, option.at) for option in none]
    found += [(text, at) for text, at in item.rights if item.english and text.strip(" .") != "none" and says_none(text)]
    for text, at in found:
        yield item.problem(
            CODE,
            f"{quoted(text)} tests only whether the other options are recognised as wrong",
            at=at,
            hint="put a plausible option in its place, or remove it: three options are enough",
        )


def _counts(option: Option, options: OptionSet) -> bool:
    """Whether a bare "None" is the number nought, before one, two, three."""
    if option.lower.strip(" .!") != "none":
        return False
    others = [other.quantity for other in options.plain]
    numbers = [other.low for other in others if other is not None and other.low is not None]
    return len(numbers) == len(others) > 0 and 0 < min(numbers) <= 2


RULE = ItemRule(CODE, _check, __doc__, languages=ENGLISH, criterion="no_none_of_the_above")
