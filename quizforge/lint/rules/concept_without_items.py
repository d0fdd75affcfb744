"""A concept that no question asks about.

What:
    The bank lists a concept, and no question that earns points names it under `concepts`. Nothing is said of a bank
    without such questions, or when only some questions are reviewed.
Why:
    What is taught and never asked about cannot be learned by practice, and no exam made from the bank can cover it.
Flagged:
    concepts:
      - {id: mitosis, title: Mitosis}
      - {id: meiosis, title: Meiosis}
    questions:
      - id: phases
        type: short_answer
        concepts: [mitosis]
        stem: In which phase of mitosis do the chromosomes line up at the equator of the cell?
        answers: [metaphase]
Instead:
    concepts:
      - {id: mitosis, title: Mitosis}
      - {id: meiosis, title: Meiosis}
    questions:
      - id: phases
        type: short_answer
        concepts: [mitosis]
        stem: In which phase of mitosis do the chromosomes line up at the equator of the cell?
        answers: [metaphase]
      - id: divisions
        type: numerical
        concepts: [meiosis]
        stem: How many cells come of one cell by meiosis?
        answer: 4
Source:
    AERA, APA & NCME (2014), Standards for Educational and Psychological Testing, standard 4.12: evidence that a test
    represents the domain that its specifications name.
"""

from __future__ import annotations

from collections.abc import Iterator

from quizforge.lint.rule import BankRule, Collection, Limits
from quizforge.model.diagnostic import Code, Problem

CODE = Code("QF405", "concept-without-items", "warning", "A concept that no question asks about.")


def _check(collection: Collection, _limits: Limits) -> Iterator[Problem]:
    if not (collection.whole and collection.graded):
        return
    asked = {concept for item in collection.graded for concept in item.question.concepts}
    for concept in collection.bank.concepts:
        if concept.id not in asked:
            message = f"no question asks about '{concept.title}'"
            hint = f"write one, or add '{concept.id}' to the 'concepts' of a question that needs it"
            yield collection.concept_problem(CODE, concept.id, message, hint=hint)


RULE = BankRule(CODE, _check, __doc__, basis="exact", exams=False)
