"""A question that prints the answer to another one.

What:
    The key of one question, an option or an answer to be typed, stands in the stem of another question of the same
    pool or exam, next to words that the first one's stem asks with. `cue_context` is the share of these words, weighed
    by how rare they are in the bank, that must stand there too; from half of them on it is a warning. A term to be
    typed, several words or an abbreviation, is a hint if one of these words stands there. Feedback of practice
    questions is looked at like a stem, but is a hint at most. Members of one family and enemies never meet; a text
    that names a wrong option beside the key gives nothing away.
Why:
    Whoever reads the whole exam finds the answer without knowing it, and the first question tests attention.
Flagged:
    questions:
      - id: capital
        type: short_answer
        stem: Which city is the capital of Australia?
        answers: [Canberra]
      - id: territory
        type: short_answer
        stem: In which territory does Canberra lie, the capital of Australia?
        answers: [Australian Capital Territory]
Instead:
    questions:
      - id: capital
        type: short_answer
        stem: Which city is the capital of Australia?
        answers: [Canberra]
        enemies: [territory]
      - id: territory
        type: short_answer
        stem: In which territory does Canberra lie, the capital of Australia?
        answers: [Australian Capital Territory]
Source:
    Haladyna, Downing & Rodriguez (2002), Applied Measurement in Education 15(3), 309-334, guideline 4: keep items
    independent of one another. Spärck Jones (1972), A statistical interpretation of term specificity, Journal of
    Documentation 28(1), 11-21, for the weights.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from math import log

from quizforge.lint.item import Item
from quizforge.lint.kinship import kin
from quizforge.lint.rule import BankRule, Collection, Limits, limits
from quizforge.lint.text import quoted
from quizforge.lint.tokens import is_telling, telling, tokens
from quizforge.markup import plain
from quizforge.model.diagnostic import Code, Path, Problem
from quizforge.model.fields import Text, marked
from quizforge.model.questions.cloze import Cloze
from quizforge.model.questions.short_answer import Answer, ShortAnswer, has_wildcard, literal

CODE = Code("QF402", "cross-item-cue", "info", "A question that prints the answer to another one.")
_WARNED = Decimal("0.5")
_STEM: Path = ("stem",)
_LONGEST_KEY = 40
_ABBREVIATION = re.compile(r"[A-Z][A-Z0-9]{2,9}")
_MOST = 25
"""Most keys of one question, questions that are looked at for one key, and keys for one run of words.

A word that stands everywhere is vocabulary and no cue, and a bank whose keys are all alike must not take quadratic
time."""

Tokens = tuple[str, ...]


@dataclass(slots=True)
class _Asked:
    """What one question asks for.

    Attributes:
        item: The question.
        text: The key as it is printed.
        key: Its tokens.
        others: Tokens of the wrong options.
        term: Whether it is a term to be typed: several words, or an abbreviation.
        context: The telling words of the stem with their weights, without those of the key.
        found: Questions in which one of the question's keys was met so far.
    """

    item: Item
    text: str
    key: Tokens
    others: tuple[Tokens, ...]
    term: bool
    context: dict[str, float]
    found: set[str]


def _check(collection: Collection, given: Limits) -> Iterator[Problem]:
    items = collection.graded
    stems = [tokens(item.stem) for item in items]
    weights = _weights(stems)
    asked: dict[Tokens, list[_Asked]] = {}
    lengths: dict[str, set[int]] = {}
    for item, stem in zip(items, stems, strict=True):
        for each in _asked(item, stem, weights):
            same = asked.setdefault(each.key, [])
            if len(same) < _MOST:
                same.append(each)
                lengths.setdefault(each.key[0], set()).add(len(each.key))
    for giver, stem in zip(items, stems, strict=True):
        for at, found in _texts(giver, stem, exam=collection.exam):
            printed = frozenset(found)
            for each in _met(found, asked, lengths):
                if not _meet(each, giver, exam=collection.exam):
                    continue
                severity = _severity(each, at, printed, given["cue_context"])
                if severity is not None and not _tells_apart(each, found):
                    each.found.add(giver.question.id)
                    yield _problem(each, giver, at, warned=severity == "warning")


def _weights(stems: Sequence[Tokens]) -> dict[str, float]:
    counts: dict[str, int] = {}
    for stem in stems:
        for word in dict.fromkeys(telling(stem)):
            counts[word] = counts.get(word, 0) + 1
    return {word: log(1 + len(stems) / count) for word, count in counts.items()}


def _asked(item: Item, stem: Tokens, weights: dict[str, float]) -> Iterator[_Asked]:
    words = dict.fromkeys(telling(stem))
    met: set[str] = set()
    for text, others, typed in islice(_keys(item), _MOST):
        key = tokens(text)
        term = typed and (len(telling(key)) > 1 or _ABBREVIATION.fullmatch(text) is not None)
        if len(key) <= _LONGEST_KEY and (term or _is_distinct(key)) and not _stands_in(key, stem):
            context = {word: weights[word] for word in words if word not in key}
            yield _Asked(item, text, key, others, term, context, met)


def _keys(item: Item) -> Iterator[tuple[str, tuple[Tokens, ...], bool]]:
    for options in item.option_sets:
        others = tuple(tokens(option.text) for option in options.distractors)
        for option in options.keys:
            yield option.text, others, False
    question = item.question
    answers: list[Answer] = []
    if isinstance(question, ShortAnswer):
        answers += question.answers
    elif isinstance(question, Cloze):
        answers += [answer for blank in question.blanks.values() for answer in blank.answers]
    for answer in answers:
        if answer.credit == 100 and not has_wildcard(answer.text):
            yield literal(answer.text), (), True


def _is_distinct(key: Tokens) -> bool:
    """Whether a key is more than a number, a stop word or a single character."""
    found = [token for token in key if is_telling(token)]
    return len(found) > 1 or any(len(token) > 1 for token in found)


def _texts(giver: Item, stem: Tokens, *, exam: bool) -> Iterator[tuple[Path, Tokens]]:
    yield _STEM, stem
    question = giver.question
    if question.pool == "practice" and not exam:
        for path, text, mark in marked(question, Text):
            if mark.audience == "student-practice" and str(path[-1]).startswith("feedback"):
                yield path, tokens(plain(text))


def _met(found: Tokens, asked: dict[Tokens, list[_Asked]], lengths: dict[str, set[int]]) -> Iterator[_Asked]:
    """The keys that stand in a text, in the order of the text; of those that begin together, the longest first."""
    for start, token in enumerate(found):
        for length in sorted(lengths.get(token, ()), reverse=True):
            yield from asked.get(found[start : start + length], ())


def _meet(each: _Asked, giver: Item, *, exam: bool) -> bool:
    """Whether two questions may stand in one exam, and the one is not known to give away the other yet."""
    asker, other = each.item.question, giver.question
    return (
        asker.id != other.id
        and (exam or asker.pool == other.pool)
        and other.id not in each.found
        and len(each.found) < _MOST
        and not kin(asker, other)
    )


def _severity(each: _Asked, at: Path, printed: frozenset[str], limit: Decimal) -> str | None:
    """How much a text that holds a key gives away; None for nothing."""
    shared = [word for word in each.context if word in printed]
    least = "info" if each.term and at == _STEM and shared else None
    if len(shared) < min(2, len(each.context)):
        return least
    share = sum(each.context[word] for word in shared) / (sum(each.context.values()) or 1)
    if share >= _WARNED and at == _STEM:
        return "warning"
    return "info" if share >= limit else least


def _tells_apart(each: _Asked, found: Tokens) -> bool:
    """Whether a text names a wrong option too."""
    return any(_stands_in(other, found) for other in each.others)


def _stands_in(part: Tokens, whole: Tokens) -> bool:
    if not part or part[0] not in whole:
        return False
    return any(whole[at : at + len(part)] == part for at in range(len(whole) - len(part) + 1))


def _problem(each: _Asked, giver: Item, at: Path, *, warned: bool) -> Problem:
    asker = each.item.question.id
    where = "the stem" if at == _STEM else "this feedback"
    return giver.problem(
        CODE,
        f"{where} prints {quoted(each.text)}, the answer to '{asker}'",
        at=at,
        phrase=each.text,
        hint=f"word it without the answer, or keep both apart: 'enemies: [{asker}]'",
        severity="warning" if warned else None,
    )


RULE = BankRule(CODE, _check, __doc__, limits=limits(cue_context="0.25"))
