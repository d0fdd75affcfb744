"""Options that combine other answers: "I and III only", "True, False", "both A and B".

What:
    Options are made of the same few parts in different combinations (the K-type item), or one option joins others.
Why:
    Comparing the combinations is a puzzle of its own: knowing one part right or wrong strikes out half of them. Such
    items are harder to read and less reliable than asking for each part.
Flagged:
    - id: primes
      type: single_choice
      stem: "Which of these numbers are prime? I. 51 II. 53 III. 57"
      choices:
        - I only
        - {text: II only, correct: true}
        - I and II
        - II and III
Instead:
    - id: primes
      type: multiple_answer
      stem: Which of these numbers are prime?
      choices: ["51", {text: "53", correct: true}, "57"]
Source:
    Haladyna, Downing & Rodriguez (2002), Applied Measurement in Education 15(3), 309-334, guideline 9; Albanese (1993),
    Type K and other complex multiple-choice items, Educational Measurement: Issues and Practice 12(1), 28-33.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from quizforge.lint.item import Item, Option
from quizforge.lint.meta import labels
from quizforge.lint.rule import ENGLISH, ItemRule, Limits
from quizforge.lint.text import quoted
from quizforge.model.diagnostic import Code, Problem

CODE = Code("QF204", "complex-options", "warning", "Options that combine other answers.")
_PARTS = re.compile(r"\s*(?:[,;]|,? and |,? but |/)\s*")
_JOINING = (" and ", ",", ";", "/", " but ")
_LONGEST = 60
"""Combinations are short; longer options are sentences."""


def _check(item: Item, _limits: Limits) -> Iterator[Problem]:
    for options in item.option_sets:
        found = _combined(options.options, item.stem_lower)
        if found is not None:
            yield item.problem(
                CODE,
                f"{quoted(found.text)} combines what other options say or the stem lists",
                at=found.at,
                hint="ask for each part by itself, or make it a multiple_answer question",
            )


def _combined(options: Sequence[Option], stem: str) -> Option | None:
    """The first option that is a combination."""
    short = [option for option in options if len(option.lower) <= _LONGEST]
    by_labels = [(option, found) for option in short if (found := labels(option.lower))]
    joined = [option for option, found in by_labels if len(found) > 1 and _are_labels(found, option.lower, stem)]
    if joined:
        return joined[0]
    return _same_parts(options) or _joined_texts(short)


def _are_labels(found: Sequence[str], lower: str, stem: str) -> bool:
    """Digits may be the answer itself: they are labels where the stem lists them, letters where no formula is."""
    if any(label.isdigit() for label in found):
        return all(re.search(rf"(?:^|\s)\(?{label}[.)]\s", stem) for label in found)
    return len(set(found)) > 1 and ("\\" not in lower)


def _same_parts(options: Sequence[Option]) -> Option | None:
    """Four options or more, each a pair of parts that stand in other options too: "True, False"."""
    if len(options) < 4:
        return None
    split = [tuple(part for part in _PARTS.split(option.lower.strip(" .")) if part) for option in options]
    if any(len(parts) < 2 or len(parts) != len(split[0]) for parts in split):
        return None
    if not all(any(map(str.isalpha, part)) and "\\" not in part for parts in split for part in parts):
        return None  # pairs of numbers or formulas are answers of their own
    counts = Counter((place, part) for parts in split for place, part in enumerate(parts))
    return options[0] if all(count > 1 for count in counts.values()) else None


def _joined_texts(options: Sequence[Option]) -> Option | None:
    """An option that names two others in full: "plants and animals" beside "plants" and "animals"."""
    texts = {option.lower.strip(" .") for option in options}
    for option in options:
        if not any(sign in option.lower for sign in _JOINING):
            continue
        parts = _PARTS.split(option.lower.strip(" .").removeprefix("both "))
        if len(parts) > 1 and all(part in texts and any(map(str.isalpha, part)) for part in parts):
            return option
    return None


RULE = ItemRule(CODE, _check, __doc__, languages=ENGLISH, criterion="avoid_k_type")
