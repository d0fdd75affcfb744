"""Options that speak of the places or letters of other options, which stops being true when options are moved."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizforge.markup import plain
from quizforge.model.arrangement import free_places
from quizforge.model.codes.assembly import POSITION_WORDS
from quizforge.model.diagnostic import Path, Problem
from quizforge.model.questions.cloze import Cloze
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.questions.option import Choice
from quizforge.model.questions.single_choice import SingleChoice
from quizforge.model.quiz import Item

_AND = r"(?:and|or|nor|und|oder|noch|et|ou|ni|y|o|&|\+)"
_LETTER = r"\(?[A-H]\)?"
_NUMBER = r"\(?(?:[1-9]|I{1,3}|IV|VI{0,3})\)?"
_OPTION = (
    r"(?:options?|answers?|choices?|statements?|Antwort(?:en)?|Optionen?|Aussagen?"
    r"|réponses?|propositions?|opci(?:ón|ones)|respuestas?)"
)
_LETTERS = re.compile(
    rf"(?:\b(?i:both|either|neither|only|just|sowohl|weder|nur|seulement|solo|sólo)\s+)?"
    rf"(?:(?i:{_OPTION})\s+)?{_LETTER}(?:\s*,\s*{_LETTER})*\s*,?\s+{_AND}\s+{_LETTER}"
    rf"(?:\s+(?:are|is|sind|sont|son)\b.*|\s+only|\s+alone)?\.?"
)
_NAMED = re.compile(rf"\b{_OPTION}\s+(?:{_LETTER}|{_NUMBER})(?!\w)", re.IGNORECASE)
_PLACES = re.compile(
    r"\b(?:first|second|third|last|previous|next|preceding)\s+(?:(?:two|three)\s+)?(?:option|answer|choice)s?\b"
    r"|^(?:(?:both|all|only)\s+(?:of\s+)?)?the\s+(?:first|last|previous|preceding)\s+(?:two|three|one)\.?$"
    r"|\b(?:two|three|both|all|none|any|one)\s+of\s+the\s+(?:above|below|previous|preceding)\b"
    r"|\b(?:option|answer|choice)s?\s+(?:above|below)\b"
    r"|\b(?:die|alle|keine)\s+(?:beiden\s+)?(?:ersten|letzten|obigen|oben genannten|vorherigen)\b"
    r"|\b(?:toutes|aucune|les deux)\s+(?:les\s+|des\s+)?(?:réponses?\s+)?(?:ci-dessus|précédentes)\b"
    r"|\b(?:todas|ninguna|las dos)\s+(?:las\s+|de las\s+)?anteriores\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"\b(?:all|none|any|alle|keine|toutes|aucune|todas|ninguna)\b.*\b(?:above|previous|preceding|obigen|genannten|vorherigen|ci-dessus|précédentes|anteriores)\b",
    re.IGNORECASE,
)
"""True wherever it stands behind all others, so that pinning it last is enough."""


def position_problems(item: Item) -> Iterator[Problem]:
    """Options of a question that its forms would make wrong."""
    question = item.question
    subject = ("questions", f"{item.bank.id}/{question.id}")
    lists: list[tuple[Path, tuple[Choice, ...]]] = []
    if isinstance(question, (SingleChoice, MultipleAnswer)):
        lists.append((("choices",), question.choices))
    elif isinstance(question, Cloze):
        lists += [(("blanks", name, "choices"), blank.choices) for name, blank in question.blanks.items()]
    for path, choices in lists:
        if not free_places(choices, shuffle=question.shuffle):
            continue
        for index, choice in enumerate(choices):
            found = spoken(choice.text)
            if found and not (choice.pin == "last" and _WHOLE.search(found)):
                message = f"'{found}' in an option is wrong once the options are moved"
                hint = "name what is meant instead, pin it where it is true of all others, or set 'shuffle: false'"
                yield Problem(POSITION_WORDS, message, (*path, index, "text"), hint=hint, subject=subject)


def spoken(text: str) -> str:
    """The words of an option by which it speaks of places or letters; empty where it does not."""
    told = " ".join(plain(text, "inline").split())
    if _LETTERS.fullmatch(told):
        return told
    found = _NAMED.search(told) or _PLACES.search(told)
    return found[0] if found else ""
