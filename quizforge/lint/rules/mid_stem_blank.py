"""A blank to fill in that stands in the middle of the stem.

What:
    The stem has a blank (`___`, `[blank]`, `.....`) with words behind it. A cloze question has blanks of its own and is
    not meant.
Why:
    The reader has to keep the first half in mind, jump over the gap and come back. A question, or a sentence that the
    options complete, is read once.
Flagged:
    - id: heart
      type: single_choice
      stem: The human heart has ____ chambers.
      choices: [two, three, {text: four, correct: true}]
Instead:
    - id: heart
      type: single_choice
      stem: How many chambers does the human heart have?
      choices: [two, three, {text: four, correct: true}]
Source:
    Haladyna, Downing & Rodriguez (2002), Applied Measurement in Education 15(3), 309-334, guideline 15; Statman (1988),
    Ask a clear question and get a clear answer, System 16(3), 367-376.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizforge.lint.item import Item
from quizforge.lint.rule import ItemRule, Limits
from quizforge.model.diagnostic import Code, Problem

CODE = Code("QF205", "mid-stem-blank", "warning", "A blank to fill in that stands in the middle of the stem.")
_MEANT = ("_", "...", "\u2026\u2026", "blank", "( )", "[ ]", "[]")
_BLANK = re.compile(
    r"_{3,}|(?<![^\W_])__(?![^\W_])|(?<![^\s(\"'])_(?=[\s,.;?)-])|\.{4,}|\u2026{2,}|[\[(]\s*(?:blank|_+|\s)\s*[\])]|\[\]"
)
_WORD_BEHIND = re.compile(r"[^\W_]")


def _check(item: Item, _limits: Limits) -> Iterator[Problem]:
    stem = item.stem
    if not any(sign in stem for sign in _MEANT) or item.question.type in {"cloze", "essay", "information"}:
        return
    found = list(_BLANK.finditer(stem))
    if found and _WORD_BEHIND.search(stem, found[-1].end()):
        yield item.problem(
            CODE,
            "the stem has a blank with words behind it",
            phrase=found[-1][0],
            hint="ask a question, let the blank end the stem, or make it a cloze question",
        )


RULE = ItemRule(CODE, _check, __doc__, criterion="no_fill_in_blank")
