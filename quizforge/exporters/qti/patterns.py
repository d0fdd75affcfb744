"""Typed answers as regular expressions that every engine of QTI reads alike.

QTI takes the regular expressions of XML Schema, which match the whole text and have no flags; ``^`` and ``$`` are
plain characters there (XML Schema 2, appendix F). Some players hand them to JavaScript as they are, which finds them
anywhere in the text. So each pattern is written twice, and a pattern on a constant tells which kind of engine it is.
"""

from __future__ import annotations

import re

from quizforge.exporters.qti.tags import Tags
from quizforge.model.questions.short_answer import Answer, matches

BLANK = r"\s*"
"""A text without anything in it."""

_SPECIAL = frozenset("\\|.?*+(){}-[]^")
_WRITTEN = {"$": "[$]", "\t": r"\t", "\n": r"\n", "\r": r"\r"}
_SHARP_S = "(ss|Ss|sS|SS|\N{LATIN SMALL LETTER SHARP S}|\N{LATIN CAPITAL LETTER SHARP S})"
_DOUBLE_S = re.compile("[sS][sS]|\N{LATIN SMALL LETTER SHARP S}|\N{LATIN CAPITAL LETTER SHARP S}")
_FINAL = {"\N{GREEK SMALL LETTER SIGMA}": "\N{GREEK SMALL LETTER FINAL SIGMA}"}
_ASTRAL = 0x10000
_STAR = re.compile(r"\\\*|\*")


def pattern(answer: Answer, *, case_sensitive: bool) -> str:
    """What an answer accepts, blanks around it included.

    Case is left out of account letter by letter; of the letters that fold to several, sharp s is the one that counts.
    """
    text = answer.text.strip()
    parts, at = [BLANK], 0
    for star in _STAR.finditer(text):
        parts.append(_literal(text[at : star.start()], case_sensitive=case_sensitive))
        parts.append(r"[\s\S]*" if star[0] == "*" else r"\*")
        at = star.end()
    parts += [_literal(text[at:], case_sensitive=case_sensitive), BLANK]
    return "".join(parts)


def accepts_nothing(answer: Answer, *, case_sensitive: bool) -> bool:
    """Whether the pattern would take a text of blanks, which never earns anything."""
    return matches(answer.text, "", case_sensitive=case_sensitive)


def fits(tags: Tags, identifier: str, expression: str) -> str:
    """The condition that a response matches a pattern as a whole."""
    found_anywhere = tags("patternMatch", tags.base("string", "ab"), pattern="a")
    response = tags.variable(identifier)
    inside = tags("patternMatch", response, pattern=f"^({expression})$")
    whole = tags("patternMatch", response, pattern=expression)
    return tags("or", tags("and", found_anywhere + inside) + tags("and", tags("not", found_anywhere) + whole))


def _literal(text: str, *, case_sensitive: bool) -> str:
    if case_sensitive:
        return "".join(map(_escaped, text))
    return _SHARP_S.join("".join(map(_any_case, part)) for part in _DOUBLE_S.split(text))


def _any_case(letter: str) -> str:
    """A letter in all its cases, the author's first."""
    folded = letter.casefold()
    others = (folded, folded.upper(), _FINAL.get(folded, folded))
    forms = list(dict.fromkeys([letter, *(form for form in others if len(form) == 1 and form.casefold() == folded)]))
    if len(forms) == 1:
        return _escaped(letter)
    # A class of JavaScript holds halves of what lies beyond the basic plane.
    return f"({'|'.join(forms)})" if ord(letter) >= _ASTRAL else f"[{''.join(forms)}]"


def _escaped(character: str) -> str:
    if character in _SPECIAL:
        return "\\" + character
    return _WRITTEN.get(character, character)
