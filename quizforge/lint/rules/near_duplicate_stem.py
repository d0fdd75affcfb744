"""Two questions whose stems say nearly the same.

What:
    The stems of two questions have at least the share `near_duplicate` of their runs of three words in common (of a
    script without blanks between words, of three characters). Members of one family, enemies, and questions on
    different scenarios are left out: they are alike on purpose, or ask about other cases. Numbers and signs count as
    words. Short stems whose options differ are a hint only.
Why:
    Twins in one exam count one piece of knowledge twice, and help each other. In a deck they are learned twice.
Flagged:
    questions:
      - id: boiling
        type: numerical
        stem: At which temperature in degrees Celsius does pure water boil at sea level under normal pressure?
        answer: 100
      - id: boiling-again
        type: short_answer
        stem: At which temperature in degrees Celsius does pure water boil at sea level under normal air pressure?
        answers: ["100"]
Instead:
    questions:
      - id: boiling
        type: numerical
        family: boiling-point
        stem: At which temperature in degrees Celsius does pure water boil at sea level under normal pressure?
        answer: 100
      - id: boiling-again
        type: short_answer
        family: boiling-point
        stem: At which temperature in degrees Celsius does pure water boil at sea level under normal air pressure?
        answers: ["100"]
Source:
    Haladyna, Downing & Rodriguez (2002), Applied Measurement in Education 15(3), 309-334, guideline 4: keep items
    independent. Broder (1997), On the resemblance and containment of documents, SEQUENCES '97, for the measure.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from quizforge.lint.alike import Alike, shingles
from quizforge.lint.item import Item
from quizforge.lint.kinship import kin
from quizforge.lint.rule import BankRule, Collection, Limits, limits
from quizforge.lint.tokens import tokens
from quizforge.model.diagnostic import Code, Problem

CODE = Code("QF401", "near-duplicate-stem", "warning", "Two questions whose stems say nearly the same.")
_GENERIC = 8
"""A stem of fewer tokens may be as short as 'Which statement is true?', which asks nothing of its own."""


def _check(collection: Collection, given: Limits) -> Iterator[Problem]:
    items = collection.graded
    found = [tokens(item.stem) for item in items]
    alike = Alike([shingles(each) for each in found], max(Fraction(given["near_duplicate"]), Fraction(1, 10)))
    for item, stem, twins in zip(items, found, alike, strict=True):
        for index, share in twins:
            twin = items[index]
            if kin(item.question, twin.question) or item.question.scenario != twin.question.scenario:
                continue
            generic = len(stem) < _GENERIC and not _options(item) & _options(twin)
            yield item.problem(
                CODE,
                f"the stem says {_how_far(share)} what that of '{twin.question.id}' says",
                hint="make both one 'family' or 'enemies', so that they never meet in one exam, or remove one",
                severity="info" if generic else None,
            )
            break


def _options(item: Item) -> frozenset[str]:
    return frozenset(option.lower for options in item.option_sets for option in options.options)


def _how_far(share: Fraction) -> str:
    return "exactly" if share == 1 else f"nearly ({float(share):.0%})"


RULE = BankRule(CODE, _check, __doc__, limits=limits(near_duplicate="0.8"))
