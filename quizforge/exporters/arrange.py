"""The order in which options stand where the target does not shuffle by itself.

The order comes from a hash of the bank's id, the question's id and each option's text, so that it is
the same everywhere and tells nothing about the order in which the author wrote.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b
from itertools import pairwise

from quizforge.model.questions.matching import Matching
from quizforge.model.questions.option import Choice
from quizforge.model.questions.ordering import Ordering

_NUMBER = re.compile(r"[^\w.+-]*([+-]?\d[\d ,_]*(?:\.\d+)?(?:[eE][+-]?\d+)?)\W*(\D{0,20})", re.ASCII)


def choice_order(choices: Sequence[Choice], seed: Sequence[str], *, shuffle: bool) -> tuple[int, ...]:
    """Indices of the choices in the order to show.

    Args:
        choices: As the author wrote them.
        seed: What names the question: bank id, question id, blank name ...
        shuffle: Whether the author lets them be shuffled.

    Returns:
        Pinned options at their end, ordered numbers as written, the others by hash.
    """
    indices = tuple(range(len(choices)))
    if not shuffle:
        return indices
    first = [index for index in indices if choices[index].pin == "first"]
    last = [index for index in indices if choices[index].pin == "last"]
    free = [index for index in indices if choices[index].pin is None]
    if not in_numeric_order([choices[index].text for index in free]):
        free.sort(key=lambda index: _rank(seed, choices[index].text))
    return (*first, *free, *last)


def item_order(question: Ordering, bank: str) -> tuple[int, ...]:
    """Indices of an ordering's items in the order to show, which is never the solved one."""
    texts = [item.text for item in question.items]
    return _unsolved(texts, (bank, question.id))


def left_order(question: Matching, bank: str) -> tuple[int, ...]:
    """Indices of the pairs in the order in which their left sides are shown."""
    indices = tuple(range(len(question.pairs)))
    if not question.shuffle:
        return indices
    return tuple(sorted(indices, key=lambda index: _rank((bank, question.id, "left"), question.pairs[index].left)))


def right_order(question: Matching, bank: str) -> tuple[str, ...]:
    """The right sides in the order to show, which never lines up with the left sides shown."""
    rights = question.rights
    ordered = tuple(sorted(rights, key=lambda text: _rank((bank, question.id, "right"), text)))
    solved = tuple(dict.fromkeys(question.pairs[index].right for index in left_order(question, bank)))
    if ordered[: len(solved)] == solved and len(ordered) > 1:
        return (*ordered[1:], ordered[0])
    return ordered


def in_numeric_order(texts: Sequence[str]) -> bool:
    """Whether options are numbers of one unit that rise or fall."""
    matches = [_NUMBER.fullmatch(text.strip()) for text in texts]
    if len(matches) < 2 or not all(matches):
        return False
    found = [match for match in matches if match is not None]
    if len({match[2].strip() for match in found}) > 1:
        return False
    numbers = [float(re.sub(r"[ ,_]", "", match[1])) for match in found]
    pairs = list(pairwise(numbers))
    return all(a < b for a, b in pairs) or all(a > b for a, b in pairs)


def _unsolved(texts: Sequence[str], seed: Sequence[str]) -> tuple[int, ...]:
    solved = tuple(range(len(texts)))
    order = tuple(sorted(solved, key=lambda index: _rank(seed, texts[index])))
    return (*order[1:], order[0]) if order == solved else order


def _rank(seed: Sequence[str], text: str) -> bytes:
    return blake2b("\0".join((*seed, text)).encode(), digest_size=8).digest()
