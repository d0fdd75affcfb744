"""A key that gathers what the other options have in common.

What:
    Every content word or number of the key stands in another option too, and no other option shares as much with the
    rest: it is the centre from which the distractors were made.
Why:
    Distractors are often made by changing one part of the key at a time. A test-wise student takes the option whose
    parts occur most.
Flagged:
    - id: tools
      type: single_choice
      stem: Which instruments does the determination of a density need?
      choices:
        - microscope and balance
        - ruler and cylinder
        - {text: cylinder and balance, correct: true}
        - cylinder and thermometer
Instead:
    - id: tools
      type: single_choice
      stem: Which instruments does the determination of a density need?
      choices:
        - microscope and balance
        - ruler and microscope
        - {text: cylinder and balance, correct: true}
        - cylinder and ruler
Source:
    Haladyna, Downing & Rodriguez (2002), Applied Measurement in Education 15(3), 309-334, guideline 28; Case & Swanson
    (2002), Constructing written test questions, 3rd ed., National Board of Medical Examiners ("convergence strategy").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from quizforge.lint.item import Item, Option
from quizforge.lint.rule import ItemRule, Limits
from quizforge.model.diagnostic import Code, Problem

CODE = Code("QF218", "convergence", "info", "A key that gathers what the other options have in common.")
_PART = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]{2,}|[+\u2212*/=<>^-]")
_LONGEST = 200
_GLUE = frozenset(
    "a an the and or of to in on at by for from with is are was were be it its they as than that".split()  # noqa: SIM905  # a list of words is easiest to read as one text
)


def _check(item: Item, _limits: Limits) -> Iterator[Problem]:
    for options in item.option_sets:
        key = options.key
        plain = options.plain
        if key is None or key.is_meta or len(plain) < 4 or any(len(option.text) > _LONGEST for option in plain):
            continue
        if _is_centre(key, plain):
            yield item.problem(
                CODE,
                "each part of the key stands in other options too, and no distractor shares as much with the rest",
                at=key.at,
                hint="let distractors share parts with each other as often as with the key",
            )


def _is_centre(key: Option, options: Sequence[Option]) -> bool:
    parts = {option.index: frozenset(_PART.findall(option.lower)) - _GLUE for option in options}
    own = parts[key.index]
    counts = Counter(part for found in parts.values() for part in found)
    differing = {index: {part for part in found if counts[part] < len(options)} for index, found in parts.items()}
    if len(differing[key.index]) < 2 or any(counts[part] < 2 for part in own):
        return False
    shared = {index: sum(counts[part] - 1 for part in found) for index, found in differing.items()}
    others = [share for index, share in shared.items() if index != key.index]
    return shared[key.index] > max(others)


RULE = ItemRule(CODE, _check, __doc__, criterion="no_convergence_cues")
