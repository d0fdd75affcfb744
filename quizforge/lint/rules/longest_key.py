"""A key that is clearly the longest option.

What:
    The key has four words or more and is longer than every distractor by the factor `key_length` (1.25). With several
    keys the shortest counts. Texts without blanks between words, such as Chinese, count by their characters.
Why:
    Authors word the right answer with more care and qualification; test-wise students pick the longest option and are
    right too often.
Flagged:
    - id: lungs
      type: single_choice
      stem: What happens in the lungs?
      choices:
        - Blood is filtered.
        - {text: Carbon dioxide leaves the blood and oxygen enters it through thin walls., correct: true}
        - Food is digested.
Instead:
    - id: lungs
      type: single_choice
      stem: What happens in the lungs?
      choices:
        - Blood is filtered.
        - {text: Gases are exchanged., correct: true}
        - Food is digested.
Source:
    Haladyna, Downing & Rodriguez (2002), Applied Measurement in Education 15(3), 309-334, guidelines 24 and 28; the
    effect on scores: Pham et al. (2018), PMC10711986.
"""

from __future__ import annotations

from collections.abc import Iterator

from quizforge.lint.item import Item, Option
from quizforge.lint.rule import ItemRule, Limits, limits
from quizforge.model.diagnostic import Code, Problem

CODE = Code("QF207", "longest-key", "warning", "A key that is clearly the longest option.")
_LONG_WITHOUT_BLANKS = 12
"""Characters that stand for four words where a script sets no blanks between them."""


def _check(item: Item, given: Limits) -> Iterator[Problem]:
    for options in item.option_sets:
        if not options.keys or len(options.distractors) < 1 or len(options.options) < 3:
            continue
        key = min(options.keys, key=lambda option: len(option.text))
        longest = max(len(option.text) for option in options.distractors)
        if len(key.text) > given["key_length"] * longest and _is_wordy(key):
            yield item.problem(
                CODE,
                f"the key has {len(key.text)} characters, the longest distractor {longest}",
                at=key.at,
                hint="shorten the key, move its reasons to the feedback, or give the distractors as much detail",
            )


def _is_wordy(option: Option) -> bool:
    if len(option.words) >= 4 or option.text.isascii():
        return len(option.words) >= 4
    return bool(option.words) and " " not in option.text and len(option.text) >= _LONG_WITHOUT_BLANKS


RULE = ItemRule(CODE, _check, __doc__, basis="exact", limits=limits(key_length=1.25), criterion="equal_length_options")
