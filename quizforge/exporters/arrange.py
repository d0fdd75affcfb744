"""The order in which options stand where the target does not shuffle by itself.

The order comes from a hash of the bank's id, the question's id and each option's text, so that it is
the same everywhere and tells nothing about the order in which the author wrote.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

from quizforge.model.arrangement import ArrangedMatching, ArrangedOrdering, in_numeric_order, pins_apart
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.option import Choice
from quizforge.model.questions.ordering import Ordering
from quizforge.model.questions.short_answer import Answer, has_wildcard


def choice_order(choices: Sequence[Choice], seed: Sequence[str], *, shuffle: bool) -> tuple[int, ...]:
    """Indices of the choices in the order to show.

    Args:
        choices: As the author wrote them.
        seed: What names the question: bank id, question id, blank name ...
        shuffle: Whether the author lets them be shuffled.

    Returns:
        Pinned options at their end, ordered numbers as written, the others by hash.
    """
    if not shuffle:
        return tuple(range(len(choices)))
    free = [index for index, choice in enumerate(choices) if choice.pin is None]
    texts = [choices[index].text for index in free]
    if not in_numeric_order(texts):
        ranks = _ranks(seed, texts)
        free = [free[place] for place in sorted(range(len(free)), key=ranks.__getitem__)]
    return pins_apart(choices, free)


def answer_order(answers: Sequence[Answer]) -> list[int]:
    """Indices of typed answers in the order in which a target is to try them that takes the first that fits.

    The bank takes the best one, so credits fall; of equal ones the exact comes before the pattern.
    """
    return sorted(range(len(answers)), key=lambda index: (-answers[index].credit, has_wildcard(answers[index].text)))


def item_order(question: Ordering, bank: str) -> tuple[int, ...]:
    """Indices of an ordering's items in the order to show, which is never the solved one.

    A form has an order of its own.
    """
    if isinstance(question, ArrangedOrdering):
        return question.shown
    texts = [item.text for item in question.items]
    return _unsolved(texts, (bank, question.id))


def left_order(question: Matching, bank: str) -> tuple[int, ...]:
    """Indices of the pairs in the order in which their left sides are shown.

    Where the right sides count up, as in an ordering that became a matching, it is never their own order.
    """
    solved = tuple(range(len(question.pairs)))
    if not question.shuffle:
        return solved
    order = tuple(sorted(solved, key=lambda index: _rank((bank, question.id, "left"), question.pairs[index].left)))
    if order == solved and in_numeric_order([pair.right for pair in question.pairs]):
        return (*order[1:], order[0])
    return order


def right_order(question: Matching, bank: str) -> tuple[str, ...]:
    """The right sides in the order to show, which never lines up with the left sides shown.

    A form has an order of its own.
    """
    if isinstance(question, ArrangedMatching):
        return question.shown
    rights = question.rights
    ordered = tuple(sorted(rights, key=lambda text: _rank((bank, question.id, "right"), text)))
    solved = tuple(dict.fromkeys(question.pairs[index].right for index in left_order(question, bank)))
    if ordered[: len(solved)] == solved and len(ordered) > 1:
        return (*ordered[1:], ordered[0])
    return ordered


def _unsolved(texts: Sequence[str], seed: Sequence[str]) -> tuple[int, ...]:
    solved = tuple(range(len(texts)))
    order = tuple(sorted(solved, key=lambda index: _rank(seed, texts[index])))
    return (*order[1:], order[0]) if order == solved else order


def _ranks(seed: Sequence[str], texts: Sequence[str]) -> list[bytes]:
    common = blake2b("\0".join((*seed, "")).encode(), digest_size=8)
    ranks = []
    for text in texts:
        state = common.copy()
        state.update(text.encode())
        ranks.append(state.digest())
    return ranks


def _rank(seed: Sequence[str], text: str) -> bytes:
    return _ranks(seed, (text,))[0]
