"""An option that contains another, or ranges that meet.

What:
    One option repeats another and adds to it ("proteins", "proteins and fats"), or two numeric ranges have a number in
    common ("10-20", "20-30").
Why:
    If the narrower one is right, so is the wider: two keys, or a hint that neither can be the key.
Flagged:
    - id: share
      type: single_choice
      stem: Which share of the Earth's surface is covered by water?
      choices: ["40-60 %", {text: "60-80 %", correct: true}, "80-90 %"]
Instead:
    - id: share
      type: single_choice
      stem: Which share of the Earth's surface is covered by water?
      choices: ["below 50 %", {text: "about 70 %", correct: true}, "over 90 %"]
Source:
    Haladyna, Downing & Rodriguez (2002), Applied Measurement in Education 15(3), 309-334, guideline 22.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from quizforge.lint.item import Item, Option
from quizforge.lint.meta import labels
from quizforge.lint.rule import ItemRule, Limits
from quizforge.lint.text import quoted
from quizforge.model.diagnostic import Code, Problem

CODE = Code("QF209", "overlapping-options", "warning", "An option that contains another, or ranges that meet.")
_MOST_COMPARED = 12
"""Each option is compared with each; longer lists are no set of alternatives."""

_ADDS = re.compile(r"(?:,|;| and| or| with| plus| but| because| if| when| only)\b|[,;]")
_JOINS = re.compile(r"(?:\b(?:and|or|plus)|[,;])$")
_NEGATES = re.compile(r"\b(?:not|no|never|without|neither|nor)\b|n't\b")


def _check(item: Item, _limits: Limits) -> Iterator[Problem]:
    if item.question.type == "multiple_answer":
        return  # there every option is judged by itself
    for options in item.option_sets:
        plain = options.plain[:_MOST_COMPARED]
        for wide, narrow in _containing(plain):
            yield item.problem(
                CODE,
                f"{quoted(wide.text)} contains {quoted(narrow.text)}: if one is right, so may be the other",
                at=wide.at,
                hint="let the options exclude each other",
            )
        for one, other in _meeting(plain):
            yield item.problem(
                CODE,
                f"{quoted(other.text)} overlaps with {quoted(one.text)}",
                at=other.at,
                hint="let each range begin behind the end of the one before",
            )


def _containing(options: Sequence[Option]) -> Iterator[tuple[Option, Option]]:
    texts = [option.lower.strip(" .") for option in options]
    for narrow, short in zip(options, texts, strict=True):
        if len(short) < 3 or not narrow.words or narrow.quantity is not None or labels(short):
            continue  # numbers are compared as such, and "I and II" beside "II" is another rule's
        for wide, long in zip(options, texts, strict=True):
            if len(long) > len(short) and short in long and _is_added_to(short, long):
                yield wide, narrow


def _is_added_to(short: str, long: str) -> bool:
    """Whether a text is another with something joined to it, and nothing that turns its sense round."""
    if long.startswith(short):
        rest = long[len(short) :]
        return _ADDS.match(rest) is not None
    if long.endswith(short):
        before = long[: -len(short)].rstrip()
        return _JOINS.search(before) is not None and _NEGATES.search(before) is None
    return False


def _meeting(options: Sequence[Option]) -> Iterator[tuple[Option, Option]]:
    ranges = [(option, option.quantity) for option in options]
    known = [(option, number) for option, number in ranges if number is not None]
    if all(number.single for _, number in known):
        return
    for index, (option, number) in enumerate(known):
        for other, further in known[index + 1 :]:
            if number.unit == further.unit and not (number.single and further.single) and number.meets(further):
                yield option, other


RULE = ItemRule(CODE, _check, __doc__, basis="exact")
