"""Figures of item form: lengths, cues and guessing strategies, for tests over a bank."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from statistics import mean
from typing import Any

from quizforge.markup import plain
from quizforge.model.fields import Kind

ABSOLUTES = frozenset("always never only all none every no completely entirely must cannot impossible".split())
HEDGES = frozenset("typically usually often may might can tend tends likely mostly generally sometimes some".split())
NEGATIVE = re.compile(r"\b(?:not|except|least)\b", re.IGNORECASE)
_WORD = re.compile(r"[\w'\u2019-]+")
_STOP = frozenset(
    (
        "the a an of to in on for and or is are was be it its that this which with as by from at than then "
        "when what how who does do did has have not their they them these those there more most one two "
    ).split()
)


def words(text: str, kind: Kind = "block") -> list[str]:
    """The words of a Markdown text in lower case."""
    return [word.lower() for word in _WORD.findall(plain(text, kind))]


def content_words(text: str) -> frozenset[str]:
    """Words that carry meaning."""
    return frozenset(word for word in words(text) if word not in _STOP and len(word) > 3)


def option_words(question: Any) -> list[list[str]]:
    """The words of each option of a choice question."""
    return [words(choice.text, "inline") for choice in question.choices]


def key_is_longest(question: Any) -> bool:
    """Whether the key has more characters than every other option."""
    lengths = [len(plain(choice.text, "inline")) for choice in question.choices]
    key = lengths.pop(question.key)
    return key > max(lengths)


def length_ratio(question: Any) -> float:
    """Longest over shortest option, in words; 1 where all options are single terms."""
    counts = [len(option) for option in option_words(question)]
    return 1.0 if max(counts) <= 3 else max(counts) / max(1, min(counts))


def key_to_distractors(question: Any) -> float:
    """Words of the key over the mean of the other options."""
    counts = [len(option) for option in option_words(question)]
    key = counts.pop(question.key)
    return key / mean(counts)


def guessing_accuracy(questions: Sequence[Any], strategy: Callable[[Any, int], float]) -> float:
    """Expected share of keys found by taking the option that a strategy ranks first; ties are drawn."""
    found = 0.0
    for question in questions:
        ranks = [strategy(question, index) for index in range(len(question.choices))]
        best = [index for index, rank in enumerate(ranks) if rank == max(ranks)]
        found += (question.key in best) / len(best)
    return found / len(questions)


def longest(question: Any, index: int) -> float:
    """Takes the longest option."""
    return len(plain(question.choices[index].text, "inline"))


def overlap(question: Any, index: int) -> float:
    """Takes the option that shares most content words with the stem."""
    return len(content_words(question.choices[index].text) & content_words(question.stem))


def hedged(question: Any, index: int) -> float:
    """Takes the option with most hedges."""
    return sum(word in HEDGES for word in option_words(question)[index])


def absolutes_ratio(questions: Iterable[Any]) -> float:
    """Absolute terms per distractor over those per key."""
    keys: list[int] = []
    others: list[int] = []
    for question in questions:
        for choice, option in zip(question.choices, option_words(question), strict=True):
            (keys if choice.correct else others).append(sum(word in ABSOLUTES for word in option))
    return mean(others) / max(mean(keys), 1 / len(keys))


def near_duplicates(questions: Sequence[Any], limit: float) -> list[tuple[str, str, float]]:
    """Pairs of stems of different families whose content words agree more than a limit (Jaccard)."""
    sets = [(question, content_words(question.stem)) for question in questions]
    found = []
    for (first, one), (second, other) in combinations(sets, 2):
        if first.family is not None and first.family == second.family:
            continue
        share = len(one & other) / max(1, len(one | other))
        if share > limit:
            found.append((first.id, second.id, share))
    return found
