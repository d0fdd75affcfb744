"""A word of the stem that stands again in the key and in no distractor.

What:
    A content word of the stem, whatever its ending, is repeated in the key alone (with several keys: in all of them),
    and the key shares more words with the stem than any distractor.
Why:
    The sound of the word ("clang") leads to the key without any knowledge.
Flagged:
    - id: reward
      type: single_choice
      stem: What does a reward model learn to predict?
      choices:
        - The next token
        - {text: The reward that people would give, correct: true}
        - The length of an answer
Instead:
    - id: reward
      type: single_choice
      stem: What does a reward model learn to predict?
      choices:
        - The next token
        - {text: Which answer people would prefer, correct: true}
        - The length of an answer
Source:
    Haladyna, Downing & Rodriguez (2002), Applied Measurement in Education 15(3), 309-334, guideline 28b.
"""

from __future__ import annotations

from collections.abc import Iterator

from quizforge.lint.item import Item, OptionSet
from quizforge.lint.rule import ENGLISH, ItemRule, Limits
from quizforge.lint.text import base, quoted
from quizforge.model.diagnostic import Code, Problem

CODE = Code("QF210", "clang", "info", "A word of the stem that stands again in the key and in no distractor.")


def _check(item: Item, _limits: Limits) -> Iterator[Problem]:
    if not item.stem_bases:
        return
    for options in item.option_sets:
        shared = _only_in_key(item, options)
        if shared:
            word = next((word for word in options.keys[0].words if base(word) in shared), "")
            yield item.problem(
                CODE,
                f"{quoted(word)} stands in the stem and in the key, and in no other option",
                at=options.keys[0].at,
                phrase=word,
                hint="use another word in the key, or let distractors share it",
            )


def _only_in_key(item: Item, options: OptionSet) -> frozenset[str]:
    """Words that the stem shares with the key, where it shares fewer with every distractor."""
    if not options.keys or not options.distractors:
        return frozenset()
    in_key = item.stem_bases.intersection(*(key.bases for key in options.keys))
    if not in_key:
        return in_key
    elsewhere = [item.stem_bases & option.bases for option in options.distractors]
    if max(map(len, elsewhere)) >= len(in_key):
        return frozenset()
    return in_key.difference(*elsewhere)


RULE = ItemRule(CODE, _check, __doc__, languages=ENGLISH, criterion="avoid_repetition")
