"""A stem that takes long to read.

What:
    The stem has more words than the limit `stem_words`, its scenario not counted.
Why:
    Reading time and vocabulary are tested along with the subject; what is not needed for the answer hides what is
    asked. A case that several questions share belongs in a scenario, where it is read once.
Flagged:
    - id: boiling
      type: short_answer
      stem: |
        Water is among the most common substances on Earth, and people have watched it freeze and boil since before
        there was any science to explain what they saw. Engineers of the nineteenth century, who built steam engines of
        ever greater power, had to know at which temperature it turns into steam, as had cooks and brewers of all
        countries. At which temperature, in degrees Celsius, does it boil at sea level?
      answers: ["100"]
Instead:
    - id: boiling
      type: short_answer
      stem: At which temperature, in degrees Celsius, does water boil at sea level?
      answers: ["100"]
Source:
    Haladyna, Downing & Rodriguez (2002), Applied Measurement in Education 15(3), 309-334, guidelines 13 and 16.
"""

from __future__ import annotations

from collections.abc import Iterator

from quizforge.lint.item import Item
from quizforge.lint.rule import ItemRule, Limits, limits
from quizforge.model.diagnostic import Code, Problem

CODE = Code("QF216", "wordy-stem", "info", "A stem that takes long to read.")


def _check(item: Item, given: Limits) -> Iterator[Problem]:
    count = len(item.stem_words)
    if item.question.type != "information" and count > given["stem_words"]:
        yield item.problem(
            CODE,
            f"the stem has {count} words; {given['stem_words']} are the limit here",
            hint="leave out what the answer does not need, or make the case a scenario",
        )


RULE = ItemRule(CODE, _check, __doc__, limits=limits(stem_words=60), criterion="no_extraneous_info")
