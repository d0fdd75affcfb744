"""How the time of a review grows with the length of a text: ``python -m benchmarks.long_texts``.

A rule with a careless pattern takes quadratic time on a text that nobody foresaw, and nothing else shows it.
"""

from __future__ import annotations

import time
from statistics import median

from quizforge.lint.engine import item_problems
from quizforge.lint.item import Item
from quizforge.lint.registry import built_in
from quizforge.lint.rule import ItemRule
from quizforge.model.question import QUESTION_TYPES

WORDS = (
    "word ", "which of these is ", "not that ", "all of the ", "____ ", "1 ", "(i) and ", "...", "[blank ",
    "except all ", "A and B, ", "水", "e.g. ", r"\(x\) ", "_ ", "find ", "which is true about ",
    "cannot be determined from ", "x\n", "? ",
)  # fmt: skip
"""What the texts repeat: the beginnings of what rules look for."""

SHORT, LONG = 5_000, 40_000
BAR = 1.5
"""Growth of the time over that of the length; quadratic time would be 8."""


def long_item(text: str, place: int) -> Item:
    """A question with a long text as its stem (0) or as its key (1)."""
    stem, *options = ("What is it?", text, "y", "z") if place else (text, "x", "y", "z")
    choices = [{"text": each, "correct": not index} for index, each in enumerate(options)]
    fields = {"type": "single_choice", "id": "q", "stem": stem, "choices": choices}
    return Item(QUESTION_TYPES["single_choice"].model_validate(fields))


def measure(runs: int = 3) -> None:
    """Print the worst growth among all kinds of text."""
    growths = []
    for place, name in enumerate(("stem", "option")):
        for word in WORDS:
            short, long = (_seconds(word * count, place, runs) for count in (SHORT, LONG))
            # Below a few milliseconds the clock and the start of each rule say more than the text.
            growths.append((long / max(short, 0.004) / (LONG / SHORT), f"{word!r} in the {name}"))
    worst, kind = max(growths)
    print(f"\nlong texts, {LONG:,} words over {SHORT:,}: worst growth {worst:.2f} (bar {BAR}), {kind}")


def _seconds(text: str, place: int, runs: int) -> float:
    rules = [(rule, rule.limits) for rule in built_in() if isinstance(rule, ItemRule)]
    taken = []
    for _ in range(runs):
        item = long_item(text, place)
        item.stem_lower  # noqa: B018  # the reading of the Markdown comes before the review
        began = time.process_time()
        sum(1 for _ in item_problems(item, rules))
        taken.append(time.process_time() - began)
    return median(taken)


if __name__ == "__main__":
    measure()
