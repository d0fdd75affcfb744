"""A question that prints the answer to another one.

What:
    The key of one question, an option or an answer to be typed, stands in the stem of another question of the same
    pool, next to words that the first one's stem asks with. `cue_context` is the share of these words, weighed by how
    rare they are in the bank, that must stand there too; from half of them on it is a warning. A term to be typed that
    another stem prints is a hint whatever stands around it. For practice questions feedback is looked at like a stem,
    but is a hint at most. Members of one family and enemies never meet; a text that names a wrong option beside the
    key gives nothing away.
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

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
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
_LONGEST_KEY = 40
_MOST = 25
"""Most questions that are looked at for one key, and most keys for one run of words: a word that stands everywhere is
vocabulary and no cue, and a bank whose keys are all alike must not take quadratic time."""

Tokens = tuple[str, ...]


@dataclass(slots=True)
class _Asked:
    """What one question asks for.

    Attributes:
        item: The question.
        text: The key as it is printed.
        key: Its tokens.
        others: Tokens of the wrong options.
        typed: Whether it has to be typed.
        context: The telling words of the stem with their weights, without those of the key.
        found: Questions in which one of the question's keys was met so far.
    """

    item: Item
    text: str
    key: Tokens
    others: tuple[Tokens, ...]
    typed: bool
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
        for at, found in _texts(giver, stem):
            printed = frozenset(found)
            for each in _met(found, asked, lengths):
                severity = _severity(each, giver, at, printed, given["cue_context"])
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
    for text, others, typed in _keys(item):
        key = tokens(text)
        if len(key) <= _LONGEST_KEY and _is_distinct(key) and not _stands_in(key, stem):
            context = {word: weights[word] for word in words if word not in key}
            yield _Asked(item, text, key, others, typed, context, met)


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


def _texts(giver: Item, stem: Tokens) -> Iterator[tuple[Path, Tokens]]:
    yield ("stem",), stem
    question = giver.question
    if question.pool == "practice":
        for path, text, mark in marked(question, Text):
            if mark.audience == "student-practice" and str(path[-1]).startswith("feedback"):
                yield path, tokens(plain(text))


def _met(found: Tokens, asked: dict[Tokens, list[_Asked]], lengths: dict[str, set[int]]) -> Iterator[_Asked]:
    """The keys that stand in a text, in the order of the text; of those that begin together, the longest first."""
    for start, token in enumerate(found):
        for length in sorted(lengths.get(token, ()), reverse=True):
            yield from asked.get(found[start : start + length], ())


def _severity(each: _Asked, giver: Item, at: Path, printed: frozenset[str], limit: Decimal) -> str | None:
    """How much a text that holds a key gives away; None for nothing."""
    asker = each.item.question
    if (
        asker.id == giver.question.id
        or asker.pool != giver.question.pool
        or giver.question.id in each.found
        or len(each.found) >= _MOST
        or kin(asker, giver.question)
    ):
        return None
    shared = [word for word in each.context if word in printed]
    if len(shared) < min(2, len(each.context)):
        return None
    share = sum(each.context[word] for word in shared) / (sum(each.context.values()) or 1)
    if share >= _WARNED and at == ("stem",):
        return "warning"
    term = each.typed and at == ("stem",) and len(telling(each.key)) > 1
    return "info" if share >= limit or term else None


def _tells_apart(each: _Asked, found: Tokens) -> bool:
    """Whether a text names a wrong option too."""
    return any(_stands_in(other, found) for other in each.others)


def _stands_in(part: Tokens, whole: Tokens) -> bool:
    if not part or part[0] not in whole:
        return False
    return any(whole[at : at + len(part)] == part for at in range(len(whole) - len(part) + 1))


def _problem(each: _Asked, giver: Item, at: Path, *, warned: bool) -> Problem:
    asker = each.item.question.id
    where = "the stem" if at == ("stem",) else "this feedback"
    return giver.problem(
        CODE,
        f"{where} prints {quoted(each.text)}, the answer to '{asker}'",
        at=at,
        phrase=each.text,
        hint=f"word it without the answer, or keep both apart: 'enemies: [{asker}]'",
        severity="warning" if warned else None,
    )


RULE = BankRule(CODE, _check, __doc__, limits=limits(cue_context="0.25"))
