"""A concept whose questions are all of one cognitive level.

What:
    All questions whose first concept this is, two at least, carry the same `bloom` level. Questions without a level are
    not counted.
Why:
    Questions of one level show one kind of knowing: who can recite a definition need not be able to use it, and who
    fails to use it may still know it.
Flagged:
    concepts:
      - {id: inertia, title: Inertia}
    questions:
      - id: definition
        type: true_false
        concepts: [inertia]
        bloom: remember
        stem: Inertia is the tendency of a body to keep its velocity.
        answer: true
      - id: law
        type: short_answer
        concepts: [inertia]
        bloom: remember
        stem: Who wrote down the law of inertia as his first law of motion?
        answers: [Newton, Isaac Newton]
Instead:
    concepts:
      - {id: inertia, title: Inertia}
    questions:
      - id: definition
        type: true_false
        concepts: [inertia]
        bloom: remember
        stem: Inertia is the tendency of a body to keep its velocity.
        answer: true
      - id: bus
        type: true_false
        concepts: [inertia]
        bloom: apply
        stem: When a bus brakes, its standing passengers are thrown towards the front.
        answer: true
Source:
    Anderson & Krathwohl (2001), A Taxonomy for Learning, Teaching, and Assessing, chapter 5: the taxonomy table of
    objectives and levels.
"""

from __future__ import annotations

from collections.abc import Iterator

from quizforge.lint.rule import BankRule, Collection, Limits
from quizforge.model.diagnostic import Code, Problem

CODE = Code("QF406", "single-level-concept", "info", "A concept whose questions are all of one cognitive level.")


def _check(collection: Collection, _limits: Limits) -> Iterator[Problem]:
    if not collection.whole:
        return
    levels: dict[str, list[str]] = {}
    for item in collection.graded:
        question = item.question
        if question.concepts and question.bloom:
            levels.setdefault(question.concepts[0], []).append(question.bloom)
    for concept in collection.bank.concepts:
        found = levels.get(concept.id, [])
        if len(found) > 1 and len(set(found)) == 1:
            message = f"all {len(found)} questions on '{concept.title}' are of the level '{found[0]}'"
            yield collection.concept_problem(
                CODE, concept.id, message, hint="ask for something else to be done with it"
            )


RULE = BankRule(CODE, _check, __doc__, basis="exact", exams=False)
