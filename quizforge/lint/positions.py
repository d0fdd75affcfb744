"""Texts that speak of options by their place: "both A and C", "the second option", "options 1 and 2"."""

from __future__ import annotations

import re

from quizforge.lint.item import Item, OptionSet

_OPTION = r"(?:options?|answers?|choices?|alternatives?)"
_ORDINAL = r"(?:first|second|third|fourth|fifth|last|previous|preceding|next)"
_LABEL = r"\(?(?:[a-h]|[1-8])\)?"
_AND = r"(?:, (?:and |or )?| and | or | nor | & | but not )"
_ABOVE = re.compile(
    r"\b(?:all|none|any|some|each|both|either|neither|one|two|three|more than one)(?: of)?(?: the)?"
    rf"(?: {_OPTION}| statements?)?(?: (?:listed|given|mentioned))? (?:above|below)\b"
    rf"|\b{_OPTION} (?:above|below)\b|\b(?:above|below) {_OPTION}\b"
)
_BY_PLACE = re.compile(
    r"(?:(?:both|either|neither|only|all of|none of|not) )?(?:the )?"
    rf"(?:{_ORDINAL}(?:{_AND}(?:the )?{_ORDINAL})*(?: (?:two|three|four))? {_OPTION}"
    rf"|{_OPTION} {_LABEL}(?:{_AND}(?:{_OPTION} )?{_LABEL})*)"
    r"(?: only)?(?: (?:is|are) (?:correct|right|true|wrong|false))?\.?"
)
_SHOWN = re.compile(rf"\b(?:two|three|four|five|{_ORDINAL}) (?:\w+ )?{_OPTION}\b")
"""A stem that shows answers of its own, which options may name."""

_NAMED = re.compile(rf"\b(?:{_ORDINAL}(?: (?:two|three|four))? {_OPTION}|{_OPTION} {_LABEL}(?![\w'\u2019-]))")
_LETTERS = re.compile(rf"(?i:(?:both|either|neither|only|all of|not) )?\(?[A-H]\)?(?:{_AND}\(?[A-H]\)?)+(?: only)?\.?")
_LETTER = re.compile(r"\b[A-H]\b")
_LETTER_NAMED = re.compile(
    r"(?:\b(?:[Bb]oth|[Ee]ither|[Nn]either|[Aa]nswer|[Oo]ption|[Cc]hoice) |\()[B-H]\b|\b[A-H] (?:and|or) [A-H]\b"
)


def place_in_option(text: str, options: OptionSet, stem: str) -> str:
    """The text of an option that names other options by their place; empty where it does not.

    Only texts that say nothing else count: "the first choice of treatment" is a phrase like any other.

    Args:
        text: Of the option, without markup.
        options: All options: a letter beyond them is none.
        stem: Letters that the stem speaks of, such as points A and B, are not options.
    """
    if _BY_PLACE.fullmatch(text.strip().lower()) is not None and _SHOWN.search(stem.lower()) is None:
        return text.strip()
    letters = _LETTERS.fullmatch(text.strip())
    if letters is None:
        return ""
    named = frozenset(_LETTER.findall(text))
    within = all(ord(letter) - ord("A") < len(options.options) for letter in named)
    return text.strip() if within and not named & frozenset(_LETTER.findall(stem)) else ""


def above(text: str) -> str:
    """The word that says that other options stand above or below; empty where none does."""
    found = _ABOVE.search(text.lower())
    return text[found.start() : found.end()] if found else ""


def speaks_of_positions(item: Item) -> bool:
    """Whether any text of a question, as written, may name an option by its place."""
    question = item.question
    texts = [question.stem, question.feedback, question.feedback_correct, question.feedback_partial]
    texts += [question.feedback_incorrect, question.notes, *question.hints]
    for options in item.option_sets:
        for option in options.options:
            texts += [option.source.text, option.source.feedback]
    return any(text and (_NAMED.search(text.lower()) or _LETTER_NAMED.search(text)) for text in texts)
