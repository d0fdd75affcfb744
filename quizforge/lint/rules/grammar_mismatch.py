"""An option that does not fit the stem as the others do.

What:
    The stem ends in "a" or "an" and some options begin with the other sound; or all options but one begin with one form
    (a verb in -ing, "to", "because", "that"); or a clause ("they shrink", "because it is hot") or a phrase with a
    preposition stands among options of one to three bare words.
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
_CLAUSE_SUBJECTS = frozenset(
    "i he she it they we you there this these because so when if that while since although".split()  # noqa: SIM905  # a list of words is easiest to read as one text
)
_PREPOSITIONS = frozenset("in on at by for from with during after before into under through of".split())  # noqa: SIM905  # as above
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
    odd = _odd_one(options.plain) or _among_bare_words(options.plain)
    if odd is not None:
        option, message = odd
        yield item.problem(CODE, message, at=option.at, hint="word all options alike")


def _article(text: str) -> str:
    """The article that a text takes; empty where its first character tells nothing."""
    if not text[:1].isalnum() or not text[:1].isascii():
        return ""
    if _SPELT_OUT.match(text):
        return "an" if text[0] in "AEFHILMNORSX" else "a"
    lower = text.casefold()
    return "an" if _VOWEL_SOUND.match(lower) and not _CONSONANT_SOUND.match(lower) else "a"


def _odd_one(options: Sequence[Option]) -> tuple[Option, str] | None:
    """The only option that does not begin as all the others do, and what is said of it."""
    forms = [_form(option) for option in options]
    commonest, count = Counter(forms).most_common(1)[0]
    if not commonest or count != len(forms) - 1 or count < 3:
        return None
    odd = next(option for option, form in zip(options, forms, strict=True) if form != commonest)
    return odd, f"all options but {quoted(odd.text)} begin with {commonest}"


def _among_bare_words(options: Sequence[Option]) -> tuple[Option, str] | None:
    """A clause or a phrase with a preposition where another option is a few bare words, and what is said of it."""
    starts = [_first(option) for option in options]
    if "yes" in starts or "no" in starts:
        return None  # "No, because …" beside "Yes" is another matter
    larger = [
        option
        for option, start in zip(options, starts, strict=True)
        if (start in _CLAUSE_SUBJECTS and len(option.words) > 2) or (start in _PREPOSITIONS and len(option.words) > 1)
    ]
    bare = [
        option
        for option, start in zip(options, starts, strict=True)
        if 0 < len(option.words) < 4 and start not in _CLAUSE_SUBJECTS and start not in _PREPOSITIONS
    ]
    if not larger or not bare:
        return None
    odd = larger[0] if len(larger) <= len(bare) else bare[0]
    return odd, f"{quoted(odd.text)} is of another form than {quoted((bare if odd is larger[0] else larger)[0].text)}"


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
