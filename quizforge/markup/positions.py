"""Options that speak of others by place or letter: "both A and C", "the second option", "all of the above".

Both the review of a bank and the assembly of forms look for them, since moving options makes them wrong.
"""

from __future__ import annotations

import re

OPTION = r"(?:options?|answers?|choices?|alternatives?)"
ORDINAL = r"(?:first|second|third|fourth|fifth|last|previous|preceding|next)"
LABEL = r"\(?(?:[a-h]|[1-8])\)?"
_AND = r"(?:, (?:and |or )?| and | or | nor | & | but not )"
_ABOVE = re.compile(
    r"\b(?:all|none|any|some|each|both|either|neither|one|two|three|more than one)(?: of)?(?: the)?"
    rf"(?: {OPTION}| statements?)?(?: (?:listed|given|mentioned))? (?:above|below)\b"
    rf"|\b{OPTION} (?:above|below)\b|\b(?:above|below) {OPTION}\b"
)
_BY_PLACE = re.compile(
    r"(?:(?:both|either|neither|only|all of|none of|not) )?(?:the )?"
    rf"(?:{ORDINAL}(?:{_AND}(?:the )?{ORDINAL})*(?: (?:two|three|four))? {OPTION}"
    rf"|{OPTION} {LABEL}(?:{_AND}(?:{OPTION} )?{LABEL})*)"
    r"(?: only)?(?: (?:is|are) (?:correct|right|true|wrong|false))?\.?"
)
_SHOWN = re.compile(rf"\b(?:two|three|four|five|{ORDINAL}) (?:\w+ )?{OPTION}\b")
"""A stem that shows answers of its own, which options may name."""

_LETTERS = re.compile(rf"(?i:(?:both|either|neither|only|all of|not) )?\(?[A-H]\)?(?:{_AND}\(?[A-H]\)?)+(?: only)?\.?")
_SMALL_LETTERS = re.compile(
    rf"(?:(?i:both|either|neither|only|all of) \(?[a-h]\)?(?:{_AND}\(?[a-h]\)?)+|\([a-h]\)(?:{_AND}\([a-h]\))+)"
    r"(?: only)?\.?"
)
_LISTED = re.compile(r"(?:^|[\s(])[a-h][.)]")
_SMALL_LETTER = re.compile(r"\b[a-h]\b")
_LETTER = re.compile(r"\b[A-H]\b")
_ELSEWHERE = re.compile(
    r"\b(?:alle|keine[rs]?|beide|jede[rs]?)(?: der)? (?:obigen|vorigen|vorherigen|oben genannten)\b"
    r"|\b(?:toutes|aucune|chacune|les deux)(?: les| des)?(?: réponses?)? (?:ci-dessus|précédentes)\b"
    r"|\b(?:todas|ninguna|cada una|las dos)(?: las| de las)?(?: respuestas?)? anteriores\b"
)
"""The same in German, French and Spanish."""


def place_in_option(text: str, count: int, stem: str) -> str:
    """The text of an option that names other options by their place; empty where it does not.

    Only texts that say nothing else count: "the first choice of treatment" is a phrase like any other.

    Args:
        text: Of the option, without markup.
        count: How many options there are: a letter beyond them is none.
        stem: Letters that the stem speaks of, such as points A and B, are not options.
    """
    if _BY_PLACE.fullmatch(text.strip().lower()) is not None and _SHOWN.search(stem.lower()) is None:
        return text.strip()
    if _SMALL_LETTERS.fullmatch(text.strip()) is not None and _LISTED.search(stem) is None:
        known = all(ord(letter) - ord("a") < count for letter in _SMALL_LETTER.findall(text))
        return text.strip() if known else ""
    if _LETTERS.fullmatch(text.strip()) is None:
        return ""
    named = frozenset(_LETTER.findall(text))
    within = all(ord(letter) - ord("A") < count for letter in named)
    return text.strip() if within and not named & frozenset(_LETTER.findall(stem)) else ""


def above(text: str) -> str:
    """The word that says that other options stand above or below; empty where none does."""
    found = _ABOVE.search(text.lower()) or _ELSEWHERE.search(text.lower())
    return text[found.start() : found.end()] if found else ""
