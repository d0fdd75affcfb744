"""A stem that asks for what is not so.

What:
    The sentence that asks holds a negation: not, except, never, least, "which is false". One that is emphasised,
    NOT or **not**, is a hint only. A negated statement in a true_false question of one sentence is a hint too.
Why:
    A reader who misses one small word answers the opposite question, and picking out an exception shows that three
    options are known to be right, not that the wrong idea is understood.
Flagged:
    - id: planet
      type: single_choice
      stem: Which of these is not a planet?
      choices: [Mars, {text: Pluto, correct: true}, Neptune]
Instead:
    - id: planet
      type: single_choice
      stem: Which of these is a dwarf planet?
      choices: [Mars, {text: Pluto, correct: true}, Neptune]
Source:
    Haladyna, Downing & Rodriguez (2002), Applied Measurement in Education 15(3), 309-334, guideline 17. For true-false
    statements: Frisbie & Becker (1991), An analysis of textbook advice about true-false tests, Applied Measurement in
    Education 4(1), 67-83.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizforge.lint.item import Item
from quizforge.lint.rule import ENGLISH, ItemRule, Limits
from quizforge.lint.text import quoted
from quizforge.model.diagnostic import Code, Problem

CODE = Code("QF203", "negative-stem", "warning", "A stem that asks for what is not so.")
_ANY = re.compile(
    r"not\b|n['\u2019]t\b|except|never|least\b|incorrect|false\b|untrue|wrong\b|odd\b|but\b|neither|inappropriate"
)
"""Told cheaply: no stem without one of these is negative."""

_ASKS = re.compile(r"\b(?:which|what|who|whom|whose|where|when|why|how(?! (?:many|much|long|often|far)\b))\b")
_ASKS_FIRST = re.compile(rf"(?:^|[,;:]\s*|\b(?:of|in|to|for|by|at|with|from|on) ){_ASKS.pattern}")
"""A question word that begins the question: "When it does not rain, what happens?" asks what."""

_ALSO_CONJUNCTIONS = ("when", "where", "how", "why")
_CLAUSE_ENDS = re.compile(
    r"[,;:]|\b(?:that|who|whom|whose|if|unless|because|since|while|when|where|although|though|so|but|than|"
    r"given|assuming|in order|to whom|even)\b(?! of)"
)
_NEGATION = re.compile(
    r"\b(?:not(?! (?:only|just|necessarily|to mention))|never|cannot|\w+n['\u2019]t|neither|incorrect(?:ly)?|untrue"
    r"|inappropriate|(?<!at )least(?! (?:one|two|three|four|squares?|common|upper|\d)))\b"
    r"|\b(?:is|are|be) (?:false|wrong)\b"
)
_EXCEPTION = re.compile(
    r"\b(?:all|each|any|every|everything|anything|both|following|these)\b.*\b(?P<word>except|but(?=\s*[:.?\u2026_]*$))\b"
    r"|\b(?P<last>except)(?: for)?\s*[:.?\u2026_]*$"
)
_PICK = re.compile(
    r"(?:^|[,;:.]\s*|please )(?:choose|find|identify|select|mark|tick|pick|name|indicate|point out) "
    r"(?:the |an? |one )?(?:\w+ ){0,2}(?P<word>incorrect|false|wrong|untrue|exception|odd)\b"
)
_FOLLOWING = re.compile(
    r"\b(?:the following|these|options?|statements?|answers?)\b[^,;.]*?\b(?:is|are|do|does|can|has|have)\s+"
    r"(?P<word>not)\b"
)


def _check(item: Item, _limits: Limits) -> Iterator[Problem]:
    if _ANY.search(item.stem_lower) is None:
        return
    kind = item.question.type
    if kind in {"information", "essay", "cloze"}:
        return
    if kind == "true_false":
        word = _in_statement(item.stem) if len(item.sentences) == 1 else None
    else:
        word = _in_question(item.lead)
    if word is None:
        return
    plain = kind != "true_false" and not _emphasised(word, item.question.stem)
    hint = "ask for what is so; if the exception is the point, emphasise the word: **not**"
    yield item.problem(
        CODE,
        f"the question turns on {quoted(word)}, which is easily overlooked" if plain else f"negative: {quoted(word)}",
        phrase=word,
        hint=hint if plain else "a positive statement is easier to read",
        severity=None if plain else "info",
    )


def _in_question(lead: str) -> str | None:
    """The negation of the main clause that asks."""
    lower = lead.lower()
    exception = _EXCEPTION.search(lower)
    if exception is not None:
        start, end = exception.span("word") if exception["word"] else exception.span("last")
        return lead[start:end]
    turned = _FOLLOWING.search(lower) or _PICK.search(lower)
    if turned is not None:
        return lead[turned.start("word") : turned.end("word")]
    begins = list(_ASKS_FIRST.finditer(lower))
    asks = begins[-1] if begins else _ASKS.search(lower)
    if asks is None or (asks[0].endswith(_ALSO_CONJUNCTIONS) and not lower.endswith("?")):
        return None
    ends = _CLAUSE_ENDS.search(lower, asks.end())
    found = _NEGATION.search(lower, asks.end(), ends.start() if ends else len(lower))
    return lead[found.start() : found.end()] if found else None


def _in_statement(stem: str) -> str | None:
    found = _NEGATION.search(stem.lower())
    return stem[found.start() : found.end()] if found else None


def _emphasised(word: str, source: str) -> bool:
    """Whether the author made a word stand out, by capitals or by markup."""
    if word.isupper():
        return True
    marked = rf"(?P<mark>\*\*|__|\*|_)[^*_\n]*\b{re.escape(word)}\b[^*_\n]*(?P=mark)"
    return re.search(marked, source) is not None


RULE = ItemRule(CODE, _check, __doc__, languages=ENGLISH, criterion="avoid_negatives")
