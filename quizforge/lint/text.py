"""Words and sentences of texts in any script, for the rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_](?:[^\W_]|['\u2019-](?=[^\W_]))*")
_FORMULA = re.compile(r"\\\(.*?\\\)|\\\[.*?\\\]", re.DOTALL)
_BLANK = re.compile(r"\[\[[a-z][a-z0-9_]*\]\]")
_SENTENCE_END = re.compile(r"(?<=[.!?:\u3002\uff01\uff1f])[\"'\u201d\u2019)\]]*\s+|\n+")
_ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|etc|vs|cf|Dr|Mr|Mrs|Ms|Prof|Fig|No|Eq|approx|St)|\b[A-Z])\.\Z")

STOP_WORDS = frozenset(
    """a about above after again against all also am an and any are as at be because been before being below between
    both but by can cannot could did do does doing down during each either every few for from further had has have
    having he her here hers him his how i if in into is it its itself just may me might more most must my neither no nor
    not now of off on once one only or other our ours out over own same shall she should so some such than that the
    their theirs them then there these they this those through to too under until up upon us use used very was we were
    what when where which while who whom whose why will with within without would you your yours""".split()  # noqa: SIM905  # a list of words is easiest to read as one text
)
"""English words that tell nothing about what a text is about."""


def words(text: str) -> tuple[str, ...]:
    """The words of a text, folded, in order; formulas and numbers are no words."""
    if "\\" in text:
        text = _FORMULA.sub(" ", text)
    if "[[" in text:
        text = _BLANK.sub(" ", text)
    return tuple(_WORD.findall(text.casefold().replace("\u2019", "'")))


def content(found: tuple[str, ...]) -> frozenset[str]:
    """The words that tell what a text is about: without stop words, four letters or more."""
    return frozenset([word for word in found if len(word) > 3 and word not in STOP_WORDS])


@lru_cache(maxsize=30_000)  # the words of a bank come again and again
def base(word: str) -> str:
    """A word without the commonest English endings, so that ``models``, ``model`` and ``modelled`` meet.

    A light stemmer in the manner of Harman (1991), How effective is suffixing?, JASIS 42(1): it joins forms of one
    word and seldom two words.
    """
    word = word.removesuffix("'s")
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)] + instead
    return word


_ENDINGS = (
    ("iness", "y"), ("ingly", ""), ("ational", "ate"), ("ations", "ate"), ("ation", "ate"), ("sses", "ss"),
    ("ies", "y"), ("ied", "y"), ("ings", ""), ("ing", ""), ("edly", ""), ("ed", ""), ("ches", "ch"), ("shes", "sh"),
    ("xes", "x"), ("ss", "ss"), ("us", "us"), ("is", "is"), ("es", "e"), ("s", ""),
)  # fmt: skip


_VOWELS = re.compile(r"[aeiouy\u00e0-\u00ff]+")
_SILENT = re.compile(r"(?:[^aeiouyl]e|[^aeioutd]ed|[^aeiousxzg]es)$")


def syllables(word: str) -> int:
    """About how many syllables an English word has: groups of vowels, without a silent e at the end."""
    groups = len(_VOWELS.findall(word))
    return max(groups - (groups > 1 and _SILENT.search(word) is not None), 1)


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text in order, without blanks at their ends; each line is one at least."""
    return tuple(_sentences(text))


def _sentences(text: str) -> Iterator[str]:
    start = 0
    for end in _SENTENCE_END.finditer(text):
        if "\n" not in end[0] and _ABBREVIATION.search(text, max(start, end.start() - 8), end.start()):
            continue
        piece = text[start : end.start()]
        if piece.strip():
            yield piece.strip()
        start = end.end()
    if text[start:].strip():
        yield text[start:].strip()


def quoted(text: str, limit: int = 40) -> str:
    """A text in quotation marks for a message, on one line and cut to a length."""
    line = " ".join(text.split())
    return f"'{line}'" if len(line) <= limit else f"'{line[: limit - 1]}…'"
