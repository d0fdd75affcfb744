"""A question whose language is above a set school grade.

What:
    The Flesch-Kincaid grade of the stem and its options is above the limit `reading_grade`. Off unless that limit is
    set (0 means none). Texts of fewer than 20 words are left alone: the formula is for passages.
Why:
    A question is to test the subject, not reading. Readers in a second language are hit first.
Flagged:
    lint: {limits: {reading_grade: 12}}
    questions:
      - id: photosynthesis
        type: true_false
        stem: >-
          Photosynthetically active organisms, notwithstanding considerable physiological heterogeneity, predominantly
          utilise electromagnetic radiation of the visible wavelengths, thereby transforming atmospheric carbon dioxide
          into energetically advantageous carbohydrates while simultaneously liberating molecular oxygen.
        answer: true
Instead:
    lint: {limits: {reading_grade: 12}}
    questions:
      - id: photosynthesis
        type: true_false
        stem: >-
          Green plants take in light. They use it to turn the carbon dioxide of the air and the water of the soil into
          sugar, and they give off oxygen as they do so.
        answer: true
Source:
    Kincaid, Fishburne, Rogers & Chissom (1975), Derivation of new readability formulas for Navy enlisted personnel,
    Research Branch Report 8-75; Haladyna, Downing & Rodriguez (2002), guideline 8 (simple vocabulary).
"""

from __future__ import annotations

from collections.abc import Iterator

from quizforge.lint.item import Item
from quizforge.lint.rule import ENGLISH, ItemRule, Limits, limits
from quizforge.lint.text import syllables
from quizforge.model.diagnostic import Code, Problem

CODE = Code("QF224", "hard-to-read", "info", "A question whose language is above a set school grade.")
_FEWEST_WORDS = 20


def _check(item: Item, given: Limits) -> Iterator[Problem]:
    limit = given["reading_grade"]
    if limit <= 0:
        return
    grade = reading_grade(item)
    if grade is not None and grade > limit:
        yield item.problem(
            CODE,
            f"it reads like grade {grade:.0f}; {limit} is the limit here",
            hint="shorter sentences and commoner words",
        )


def reading_grade(item: Item) -> float | None:
    """The Flesch-Kincaid grade of stem and options; None for a short text."""
    words = list(item.stem_words)
    sentences = len(item.sentences)
    for options in item.option_sets:
        for option in options.options:
            words += option.words
        sentences += 1  # the options complete one sentence, or are one each and short
    if len(words) < _FEWEST_WORDS:
        return None
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


RULE = ItemRule(CODE, _check, __doc__, limits=limits(reading_grade=0), languages=ENGLISH)
