"""Always, never, all, only: a word that leaves no exception.

What:
    Some options, but not all of them, hold a word that admits no exception. In a true_false question the statement
    itself is looked at.
Why:
    Hardly anything is always so: such a word marks the option as wrong for anyone who is wise to tests.
Flagged:
    - id: vaccines
      type: single_choice
      stem: What does a vaccine do?
      choices:
        - It always prevents an infection.
        - {text: It trains the immune system., correct: true}
        - It kills bacteria in the blood.
Instead:
    - id: vaccines
      type: single_choice
      stem: What does a vaccine do?
      choices:
        - It feeds white blood cells.
        - {text: It trains the immune system., correct: true}
        - It kills bacteria in the blood.
Source:
    Haladyna, Downing & Rodriguez (2002), Applied Measurement in Education 15(3), 309-334, guideline 28a (specific
    determiners).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizforge.lint.item import Item
from quizforge.lint.rule import ENGLISH, ItemRule, Limits
from quizforge.lint.text import quoted
from quizforge.model.diagnostic import Code, Problem

CODE = Code("QF211", "absolute-term", "info", "Always, never, all, only: a word that leaves no exception.")
_TERM = re.compile(
    r"\b(?:always|never|all(?! (?:over|right|of a sudden|along|else|day|night|the same))"
    r"|every(?! (?:day|other|few|so|\d))|everyone|everybody|everything|everywhere|no one|nobody|nothing|nowhere"
    r"|none|no(?= [a-z]{3})"
    r"|(?<!not )only(?! (?:one|two|three|four|\d))|must|completely|entirely|absolutely|totally|wholly"
    r"|exclusively|solely|invariably|inevitably|impossible|perfect(?:ly)?"
    r"|certainly|definitely|guaranteed?s?|any(?! more| longer))\b"
)


def _check(item: Item, _limits: Limits) -> Iterator[Problem]:
    if item.question.type == "true_false":
        found = _TERM.search(item.stem_lower)
        if found is not None:
            yield _problem(item, found[0], ("stem",))
        return
    for options in item.option_sets:
        matches = [(option, _TERM.search(option.lower) if option.english else None) for option in options.plain]
        found_in = [(option, match[0]) for option, match in matches if match is not None]
        if 0 < len(found_in) < len(options.plain):
            for option, word in found_in:
                yield _problem(item, word, option.at)


def _problem(item: Item, word: str, at: tuple[str | int, ...]) -> Problem:
    hint = "say what is so in most cases, or let several options be as absolute"
    return item.problem(
        CODE, f"{quoted(word)} leaves no exception, which marks a text as wrong", at=at, phrase=word, hint=hint
    )


RULE = ItemRule(CODE, _check, __doc__, languages=ENGLISH, criterion="no_absolute_terms")
