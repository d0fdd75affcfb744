"""What holds between the entries of a bank: distinct ids, known references, no cycles, families in one pool."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from quizforge.loading.translate import did_you_mean
from quizforge.model.bank import Concept, Flashcard
from quizforge.model.codes.structure import (
    FORMERLY_CLASH,
    PREREQUISITE_CYCLE,
    SELF_REFERENCE,
    SPLIT_FAMILY,
    UNKNOWN_ID,
)
from quizforge.model.diagnostic import Problem
from quizforge.model.fields import Entry, Ref, marked
from quizforge.model.question import Question

_SINGULAR: Mapping[str, str] = {
    "references": "reference",
    "misconceptions": "misconception",
    "concepts": "concept",
    "objectives": "objective",
    "scenarios": "scenario",
    "questions": "question",
}


def unknown_references(section: str, entry: Entry, known: Mapping[str, frozenset[str]]) -> list[Problem]:
    """References of one entry that lead nowhere, or back to itself.

    Args:
        section: Where the entry stands.
        entry: Any entry.
        known: The ids of each section.
    """
    problems = []
    own = getattr(entry, "id", None)
    for path, value, ref in marked(entry, Ref):
        key = value.partition("#")[0] if ref.locator else value
        subject = (section, str(own))
        if key not in known[ref.section]:
            message = f"there is no {_SINGULAR[ref.section]} '{key}'"
            hint = did_you_mean(key, known[ref.section]) or f"add it under '{ref.section}:'"
            problems.append(Problem(UNKNOWN_ID, message, path, hint=hint, subject=subject))
        elif key == own and ref.section == section:
            message = f"'{key}' refers to itself"
            problems.append(Problem(SELF_REFERENCE, message, path, hint="remove it", subject=subject))
    return problems


def cycles(concepts: Sequence[Concept]) -> Iterator[Problem]:
    """Concepts that are each other's prerequisite; one problem a cycle, with the way round."""
    before = {concept.id: [key for key in concept.before if key != concept.id] for concept in concepts}
    done: set[str] = set()
    for start in before:
        trail: list[str] = []
        branches = [iter((start,))]
        while branches:
            key = next(branches[-1], None)
            if key is None:
                branches.pop()
                if trail:
                    done.add(trail.pop())
            elif key in trail:
                yield _cycle(trail[trail.index(key) :])
            elif key not in done and key in before:
                trail.append(key)
                branches.append(iter(before[key]))


def _cycle(members: list[str]) -> Problem:
    way = " → ".join((*members, members[0]))
    return Problem(
        PREREQUISITE_CYCLE,
        f"prerequisites run in a circle: {way}",
        ("before",),
        hint="remove one of these 'before' entries",
        subject=("concepts", members[0]),
    )


def split_families(questions: Iterable[Question]) -> Iterator[Problem]:
    """Variants of one item that lie in different pools."""
    first: dict[str, Question] = {}
    for question in questions:
        if question.family is None:
            continue
        other = first.setdefault(question.family, question)
        if other.pool != question.pool:
            yield Problem(
                SPLIT_FAMILY,
                f"family '{question.family}' has '{other.id}' in the {other.pool} pool"
                f" and '{question.id}' in the {question.pool} pool",
                ("pool" if "pool" in question.model_fields_set else "family",),
                hint="a family lies in one pool, so that practising one variant does not give away another",
                subject=("questions", question.id),
            )


def former_ids(
    entries: Iterable[tuple[str, Question | Flashcard | Concept]], taken: frozenset[str]
) -> Iterator[Problem]:
    """Former ids that something else has, or had.

    Args:
        entries: Section and entry of all that share one id space.
        taken: The ids in use there.
    """
    claimed: dict[str, str] = {}
    for section, entry in entries:
        for index, former in enumerate(entry.formerly):
            at, subject = ("formerly", index), (section, entry.id)
            if former in taken:
                hint = "an id in use cannot be the former id of another entry"
                yield Problem(FORMERLY_CLASH, f"'{former}' is in use", at, hint=hint, subject=subject)
            elif claimed.setdefault(former, entry.id) != entry.id:
                message = f"'{former}' is already the former id of '{claimed[former]}'"
                yield Problem(FORMERLY_CLASH, message, at, hint="keep one", subject=subject)
