"""Tags, by which learners find and filter cards."""

from __future__ import annotations

from collections.abc import Iterable

from quizforge.exporters.anki.texts import slug
from quizforge.model.bank import Concept, Flashcard
from quizforge.model.questions.base import BaseQuestion

RETIRED = "qf::retired"
"""A package cannot delete notes; learners find retired ones by this tag."""

_DRAFT = "qf::draft"


def question_tags(question: BaseQuestion, kind: str, *, retired: bool = False) -> tuple[str, ...]:
    """The tags of a question, sorted.

    Args:
        question: The question.
        kind: Its type, as in YAML.
        retired: Whether it is no longer asked.
    """
    found = [f"type::{kind}", *_shared(question.concepts, question.tags, question.status)]
    if question.objectives:
        found += [f"objective::{objective}" for objective in question.objectives]
    if question.difficulty is not None:
        found.append(f"difficulty::{question.difficulty}")
    if question.bloom is not None:
        found.append(f"level::{question.bloom}")
    if question.scenario is not None:
        found.append(f"scenario::{question.scenario}")
    if question.family is not None:
        found.append(f"family::{question.family}")
    if question.pool != "practice":
        found.append(f"pool::{question.pool}")
    if retired:
        found.append(RETIRED)
    return _sorted(found)


def flashcard_tags(card: Flashcard) -> tuple[str, ...]:
    """The tags of a flashcard, sorted."""
    found = ["type::flashcard", *_shared(card.concepts, card.tags, card.status)]
    if card.pool != "practice":
        found.append(f"pool::{card.pool}")
    return _sorted(found)


def concept_tags(concept: Concept) -> tuple[str, ...]:
    """The tags of a concept, sorted."""
    return _sorted(["type::concept", *_shared((concept.id,), concept.tags, "ready")])


def _shared(concepts: Iterable[str], tags: Iterable[str], status: str) -> list[str]:
    found = [f"concept::{concept}" for concept in concepts]
    if tags:
        found += [f"topic::{name}" for tag in tags if (name := slug(tag))]
    if status == "draft":
        found.append(_DRAFT)
    elif status == "retired":
        found.append(RETIRED)
    return found


def _sorted(tags: list[str]) -> tuple[str, ...]:
    return tuple(sorted(set(tags)))
