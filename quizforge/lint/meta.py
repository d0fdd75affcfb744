"""Options that speak of the other options: "all of the above", "none of these", "both A and C".

Patterns take the folded text of an option; they are English.
"""

from __future__ import annotations

import re

_OTHERS = r"(?:options?|answers?|choices?|alternatives?|statements?|responses?|others?|reasons?|factors?)"
_MORE = r"(?: (?:other|two|three|four|five|above|following|given|listed|mentioned|preceding|provided))*"
_WHICH = rf"(?: (?:of )?(?:the|these|those|them))?{_MORE}(?: {_OTHERS})?"
_WHERE = r"(?: (?:listed|given|above|below|mentioned|here|provided|preceding))*"
_TRUE = r"(?: (?:(?:is|are|were) (?:all )?)?(?:correct|right|true|possible|valid|plausible))?"

_ALL = re.compile(rf"(?:all|both|each|every one|any|any one)(?: of)?{_WHICH}{_WHERE}{_TRUE}")
_ALL_NEEDS = re.compile(
    rf"of (?:the|these|those|them)|above|listed|{_OTHERS}|(?:three|four|five)\b|(?:correct|right|true)$"
)
_NONE = re.compile(
    rf"(?:none|neither|no(?:t any)?)(?: one)?(?: of)?{_WHICH}{_WHERE}{_TRUE}"
    r"|(?:the )?(?:right |correct )?answer is not (?:listed|given|here|provided|among .*)"
    r"|(?:(?:it|this|that|the [\w-]+(?: [\w-]+)?) )?(?:cannot|can't|can not|could not) be (?:determined|known|decided)"
    r"(?: .*)?"
    r"|(?:there is )?(?:not enough|insufficient) (?:information|data)(?: .*)?"
)
_NOT_NONE = frozenset({"no", "not any", "no one", "no other", "no others", "no two", "no three"})
_NONE_STARTS = frozenset("ntciar")


_LABEL = re.compile(r"[ivx]{1,5}|[a-h]|\d")
_GLUE_WORDS = (
    "and or only both but not neither nor all of either just alone together statements statement are is correct true "
    "right"
)
_GLUE = frozenset(_GLUE_WORDS.split())
_STARTS = re.compile(rf"\W*(?:(?:both|either|neither|only|all of|none of|statements?) \W*)?(?:{_LABEL.pattern})\b")
_SEPARATOR = re.compile(r"[\s,;/&+]+")


def says_all(lower: str) -> bool:
    """Whether an option says that all the others are right."""
    if lower[:1] not in "abe":
        return False
    words = _bare(lower)
    return _ALL.fullmatch(words) is not None and _ALL_NEEDS.search(words) is not None and words != "each other"


def says_none(lower: str) -> bool:
    """Whether an option says that none of the others is right, or that nobody can tell."""
    words = _bare(lower)
    return words[:1] in _NONE_STARTS and words not in _NOT_NONE and _NONE.fullmatch(words) is not None


def _bare(lower: str) -> str:
    return " ".join(lower.strip(" .!").split())


def labels(lower: str) -> tuple[str, ...]:
    """The labels that an option consists of; empty where it holds anything else."""
    if _STARTS.match(lower) is None:
        return ()
    found = []
    for token in _SEPARATOR.split(lower):
        bare = token.strip("()[].")
        if _LABEL.fullmatch(bare):
            found.append(bare)
        elif bare and bare not in _GLUE:
            return ()
    return tuple(found)
