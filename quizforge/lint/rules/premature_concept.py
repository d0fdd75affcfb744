"""A question that needs a concept which is taught after the one that it belongs to.

What:
    A question's first concept says where it belongs; another of its concepts has that one among its prerequisites
    (`before`, also over several steps), so that it is learned later. It is a hint: a question may touch a later concept
    without needing it.
Why:
    Whoever meets the question where it is filed, in a deck or after a chapter, cannot answer it yet. It tests then what
    has not been taught, or is guessed.
Flagged:
    concepts:
      - {id: mean, title: Mean}
      - {id: variance, title: Variance, before: [mean]}
    questions:
      - id: spread
        type: numerical
        concepts: [mean, variance]
        stem: What is the variance of 1, 2 and 3 if all three are the population?
        answer: 0.667
        tolerance: 0.001
Instead:
    concepts:
      - {id: mean, title: Mean}
      - {id: variance, title: Variance, before: [mean]}
    questions:
      - id: spread
        type: numerical
        concepts: [variance, mean]
        stem: What is the variance of 1, 2 and 3 if all three are the population?
        answer: 0.667
        tolerance: 0.001
Source:
    Gagné (1985), The Conditions of Learning, 4th edition, chapter 12: prerequisites are to be learned first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from quizforge.lint.rule import BankRule, Collection, Limits
from quizforge.model.bank import Bank
from quizforge.model.diagnostic import Code, Problem

CODE = Code(
    "QF407",
    "premature-concept",
    "info",
    "A question that needs a concept which is taught after the one that it belongs to.",
)


def _check(collection: Collection, _limits: Limits) -> Iterator[Problem]:
    place: Mapping[str, int] | None = None
    earlier: Mapping[str, int] = {}
    for item in collection.items:
        concepts = item.question.concepts
        if len(concepts) < 2:
            continue
        if place is None:
            place = {concept.id: number for number, concept in enumerate(collection.bank.concepts)}
            earlier = prerequisites(collection.bank, place)
        own = concepts[0]
        later = [index for index, key in enumerate(concepts) if own in place and earlier.get(key, 0) >> place[own] & 1]
        if later:
            named = " and ".join(f"'{concepts[index]}'" for index in later)
            yield item.problem(
                CODE,
                f"{named} {'is' if len(later) == 1 else 'are'} taught after '{own}', where the question belongs",
                at=("concepts", later[0]),
                hint="name the concept that is taught last first, so that the question comes after all of them",
            )


def prerequisites(bank: Bank, place: Mapping[str, int]) -> Mapping[str, int]:
    """All prerequisites of each concept, over any number of steps.

    Args:
        bank: Its cycles, which are errors of their own, are cut where they close.
        place: A number for each concept.

    Returns:
        By concept, a set of bits: that of ``place[p]`` is set where ``p`` is a prerequisite. A chain of 10,000
        concepts takes 10,000 times 10,000 bits, no more.
    """
    before = {concept.id: [key for key in concept.before if key in place] for concept in bank.concepts}
    found: dict[str, int] = {}
    for start, first in before.items():
        if start in found:
            continue
        entered = {start}
        waiting = [(start, iter(first))]
        while waiting:
            concept, ahead = waiting[-1]
            key = next((key for key in ahead if key not in found and key not in entered), None)
            if key is not None:
                entered.add(key)
                waiting.append((key, iter(before[key])))
                continue
            waiting.pop()
            bits = 0
            for done in before[concept]:
                bits |= found.get(done, 0) | 1 << place[done]
            found[concept] = bits
    return found


RULE = BankRule(CODE, _check, __doc__, exams=False)
