"""An option that does not fit the stem as the others do.

What:
    The stem ends in "a" or "an" and some options begin with the other sound; or the options of a sentence to complete
    are all of one form (a verb in -ing, "to" with a verb, a clause with "because" or "that") but one.
Why:
    Options that do not complete the sentence can be struck out by ear, and the one that alone does is taken for the
    key.
Flagged:
    - id: mammal
      type: single_choice
      stem: The animal in the picture is an
      choices: [{text: otter, correct: true}, mole, beaver]
Instead:
    - id: mammal
      type: single_choice
      stem: Which animal is in the picture?
      choices: [{text: An otter, correct: true}, A mole, A beaver]
Source:
    Haladyna, Downing & Rodriguez (2002), Applied Measurement in Education 15(3), 309-334, guideline 28d (grammatical
    inconsistencies).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from quizforge.lint.item import Item, Option
from quizforge.lint.rule import ENGLISH, ItemRule, Limits
from quizforge.lint.text import quoted
from quizforge.model.diagnostic import Code, Problem

CODE = Code("QF213", "grammar-mismatch", "info", "An option that does not fit the stem as the others do.")
_ARTICLE = re.compile(r"\b(an?)[\s:_\u2026.]*$")
_VOWEL_SOUND = re.compile(r"[aeio]|u(?!ni(?!n|m)|s[aeiu]|r[aio]|t[ei]|b[ie]|k)|hour|honest|honou?r|heir|8|11\b|18\b")
_CONSONANT_SOUND = re.compile(r"one\b|once\b|eu|ewe|ouija")
_SPELT_OUT = re.compile(r"[A-Z]{2,}\b|[A-Z]-")
_CLAUSE_STARTS = frozenset({"because", "that", "when", "if", "by", "to"})
_NOUNS_IN_ING = frozenset(
    "thing something anything nothing everything string spring sibling morning evening during ceiling building".split()  # noqa: SIM905  # a list of words is easiest to read as one text
)


def _check(item: Item, _limits: Limits) -> Iterator[Problem]:
    options = item.options
    if options is None or len(options.plain) < 3:
        return
    article = _ARTICLE.search(item.stem_lower)
    if article is not None:
        wrong = [option for option in options.plain if _article(option.text) not in (article[1], "")]
        if 0 < len(wrong) < len(options.plain):
            yield item.problem(
                CODE,
                f"'{article[1]} {_first(wrong[0])}' is no English, so that the option can be struck out",
                at=wrong[0].at,
                hint="end the stem before the article and begin each option with its own",
            )
        return
    odd = _odd_one(options.plain)
    if odd is not None:
        option, form = odd
        yield item.problem(
            CODE,
            f"all options but {quoted(option.text)} begin with {form}",
            at=option.at,
            hint="word all options alike",
        )


def _article(text: str) -> str:
    """The article that a text takes; empty where its first character tells nothing."""
    if not text[:1].isalnum() or not text[:1].isascii():
        return ""
    if _SPELT_OUT.match(text):
        return "an" if text[0] in "AEFHILMNORSX" else "a"
    lower = text.casefold()
    return "an" if _VOWEL_SOUND.match(lower) and not _CONSONANT_SOUND.match(lower) else "a"


def _odd_one(options: Sequence[Option]) -> tuple[Option, str] | None:
    """The only option that does not begin as all the others do, and how those begin."""
    forms = [_form(option) for option in options]
    commonest, count = Counter(forms).most_common(1)[0]
    if not commonest or count != len(forms) - 1 or count < 3:
        return None
    return next((option, commonest) for option, form in zip(options, forms, strict=True) if form != commonest)


def _form(option: Option) -> str:
    first = _first(option)
    if first in _CLAUSE_STARTS:
        return f"'{first}'"
    if first.endswith("ing") and len(first) > 4 and first not in _NOUNS_IN_ING:
        return "a verb in -ing"
    return ""


def _first(option: Option) -> str:
    return option.words[0] if option.words else ""


RULE = ItemRule(CODE, _check, __doc__, languages=ENGLISH, criterion="grammatical_consistency")
