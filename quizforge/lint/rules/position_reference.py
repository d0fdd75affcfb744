"""An option that names others by their place, though the places change.

What:
    Options are shuffled, and one says "both A and C", "the first option" or "options 1 and 2"; or one says "above" and
    is not pinned to the end.
Why:
    After shuffling, the option speaks of other options than the author meant: the key may be wrong.
Flagged:
    - id: prime
      type: single_choice
      stem: Which of these numbers is prime?
      choices:
        - Fifty-one
        - {text: Fifty-three, correct: true}
        - Both A and B
Instead:
    - id: prime
      type: single_choice
      stem: Which of these numbers is prime?
      shuffle: false
      choices:
        - Fifty-one
        - {text: Fifty-three, correct: true}
        - Both A and B
Source:
    How the formats shuffle: docs/formats.md. Moodle shuffles all answers where shuffling is on (question.php).
"""

from __future__ import annotations

from collections.abc import Iterator

from quizforge.lint.item import Item
from quizforge.lint.rule import ENGLISH, ItemRule, Limits
from quizforge.lint.text import quoted
from quizforge.markup.positions import above, place_in_option
from quizforge.model.diagnostic import Code, Problem

CODE = Code("QF223", "position-reference", "error", "An option that names others by their place, though places change.")


def _check(item: Item, _limits: Limits) -> Iterator[Problem]:
    for options in item.option_sets:
        if not options.shuffled:
            continue
        for option in options.options:
            place = place_in_option(option.text, len(options.options), item.stem)
            if place:
                message = f"{quoted(place)} names options by their place, and the options are shuffled"
                hint = "say 'shuffle: false', or name what the other options say"
                yield item.problem(CODE, message, at=option.at, phrase=place, hint=hint)
            elif option.source.pin != "last" and (word := above(option.text)):
                message = f"{quoted(word)} is not always below the others, since the options are shuffled"
                yield item.problem(
                    CODE,
                    message,
                    at=option.at,
                    phrase=word,
                    hint="add 'pin: last', or 'shuffle: false' to the question",
                )


RULE = ItemRule(CODE, _check, __doc__, languages=ENGLISH)
