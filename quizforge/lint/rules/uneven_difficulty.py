"""Questions that are nearly all equally hard.

What:
    More than the share `one_difficulty` of the questions with a `difficulty` carry the same one: of 20 questions or
    more among all, or of 6 or more among those of one concept.
Why:
    Questions of one difficulty tell students apart near one point of the scale only: weak students all look alike on
    hard questions, strong ones on easy ones. Practice needs something to begin with, too.
Flagged:
    concepts:
      - {id: sums, title: Sums}
    questions:
      - {id: a, type: numerical, concepts: [sums], difficulty: easy, stem: What is 3 + 4?, answer: 7}
      - {id: b, type: numerical, concepts: [sums], difficulty: easy, stem: What is 5 + 4?, answer: 9}
      - {id: c, type: numerical, concepts: [sums], difficulty: easy, stem: What is 2 + 6?, answer: 8}
      - {id: d, type: numerical, concepts: [sums], difficulty: easy, stem: What is 1 + 5?, answer: 6}
      - {id: e, type: numerical, concepts: [sums], difficulty: easy, stem: What is 8 + 1?, answer: 9}
      - {id: f, type: numerical, concepts: [sums], difficulty: easy, stem: What is 2 + 1?, answer: 3}
Instead:
    concepts:
      - {id: sums, title: Sums}
    questions:
      - {id: a, type: numerical, concepts: [sums], difficulty: easy, stem: What is 3 + 4?, answer: 7}
      - {id: b, type: numerical, concepts: [sums], difficulty: easy, stem: What is 5 + 4?, answer: 9}
      - {id: c, type: numerical, concepts: [sums], difficulty: medium, stem: What is 28 + 67?, answer: 95}
      - {id: d, type: numerical, concepts: [sums], difficulty: medium, stem: What is 19 + 56?, answer: 75}
      - {id: e, type: numerical, concepts: [sums], difficulty: hard, stem: What is 1 + 2 + ... + 20?, answer: 210}
      - {id: f, type: numerical, concepts: [sums], difficulty: hard, stem: What is 1 + 3 + ... + 19?, answer: 100}
Source:
    Lord (1980), Applications of Item Response Theory to Practical Testing Problems, chapter 5: information lies where
    difficulty and ability meet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from quizforge.lint.rule import BankRule, Collection, Limits, limits
from quizforge.model.diagnostic import Code, Problem

CODE = Code("QF410", "uneven-difficulty", "info", "Questions that are nearly all equally hard.")
_OF_ALL = 20
_OF_CONCEPT = 6
_HINT = "write some that are easier or harder, or look again at the labels"


def _check(collection: Collection, given: Limits) -> Iterator[Problem]:
    every: Counter[str] = Counter()
    by_concept: dict[str, Counter[str]] = {}
    for item in collection.graded:
        question = item.question
        if question.difficulty:
            every[question.difficulty] += 1
            if question.concepts:
                by_concept.setdefault(question.concepts[0], Counter())[question.difficulty] += 1
    share = given["one_difficulty"]
    if every.total() >= _OF_ALL and _most(every)[1] > share * every.total():
        yield collection.problem(CODE, f"{_told(every)} questions with a difficulty", hint=_HINT)
        return
    if collection.exam:
        return
    for concept in collection.bank.concepts:
        found = by_concept.get(concept.id, Counter())
        if found.total() >= _OF_CONCEPT and _most(found)[1] > share * found.total():
            message = f"{_told(found)} questions on '{concept.title}'"
            yield collection.concept_problem(CODE, concept.id, message, hint=_HINT)


def _most(counts: Counter[str]) -> tuple[str, int]:
    return counts.most_common(1)[0]


def _told(counts: Counter[str]) -> str:
    name, count = _most(counts)
    return f"'{name}' is the difficulty of {count} of the {counts.total()}"


RULE = BankRule(CODE, _check, __doc__, basis="exact", limits=limits(one_difficulty="0.8"))
