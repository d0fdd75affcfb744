"""A question bank: its header, its lists, and look-ups between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from quizforge.model.cloze_card import cloze_problems
from quizforge.model.codes.structure import AMBIGUOUS_FIELDS
from quizforge.model.diagnostic import Problem
from quizforge.model.fields import (
    BlockExam,
    BlockPractice,
    BlockStaff,
    ConceptId,
    Entry,
    Id,
    Number,
    PlainExam,
    PlainPractice,
    PlainStaff,
    ReferenceId,
)
from quizforge.model.item_model import ItemModel
from quizforge.model.media import Media
from quizforge.model.question import Question
from quizforge.model.questions.base import AiUse, BasedOn, CommonFields, Invariant, Pool, Status

Language = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"]+$", max_length=2000)]


class Reference(Entry):
    """A source that entries cite by id, with an optional locator: ``xiao-2025#4.2``."""

    id: Id
    text: PlainPractice
    url: Url | None = None


class Misconception(Entry):
    """A wrong belief that a distractor rests on."""

    id: Id
    claim: BlockPractice
    tempting_because: BlockPractice | None = None
    correct: BlockPractice | None = None
    references: tuple[ReferenceId, ...] = ()
    tags: tuple[PlainPractice, ...] = ()


class Concept(Entry):
    """A thing to be learned; ``before`` names what must be learned first."""

    id: Id
    title: PlainPractice
    aliases: tuple[PlainPractice, ...] = ()
    definition: BlockPractice | None = None
    before: tuple[ConceptId, ...] = ()
    related: tuple[ConceptId, ...] = ()
    confusable_with: tuple[ConceptId, ...] = ()
    tags: tuple[PlainPractice, ...] = ()
    references: tuple[ReferenceId, ...] = ()
    source: tuple[PlainStaff, ...] = ()
    formerly: tuple[Id, ...] = ()
    notes: BlockStaff | None = None


class Objective(Entry):
    """What a learner can do afterwards."""

    id: Id
    text: BlockPractice
    concepts: tuple[ConceptId, ...] = ()


class Scenario(Entry):
    """A case that several questions share; they stay together."""

    id: Id
    title: PlainExam | None = None
    text: BlockExam


class Flashcard(Entry):
    """A note to drill: ``front`` and ``back``, or a ``cloze`` text with ``{{c1::…}}``."""

    id: Id
    front: BlockPractice | None = None
    back: BlockPractice | None = None
    cloze: BlockPractice | None = None
    extra: BlockPractice | None = None
    concepts: tuple[ConceptId, ...] = ()
    tags: tuple[PlainPractice, ...] = ()
    references: tuple[ReferenceId, ...] = ()
    source: tuple[PlainStaff, ...] = ()
    pool: Pool = "practice"
    status: Status = "ready"
    formerly: tuple[Id, ...] = ()
    notes: BlockStaff | None = None
    license: PlainPractice | None = None
    authors: tuple[PlainPractice, ...] = ()
    based_on: BasedOn | None = None
    ai: AiUse | None = None


def _card_form(card: Flashcard) -> tuple[Problem, ...]:
    basic = card.front is not None or card.back is not None
    if basic and card.cloze is not None:
        return (Problem(AMBIGUOUS_FIELDS, "'cloze' excludes 'front' and 'back'", ("cloze",), on_key=True),)
    if card.cloze is None and (card.front is None or card.back is None):
        hint = "write both 'front' and 'back', or 'cloze'"
        return (Problem(AMBIGUOUS_FIELDS, "a flashcard needs a front and a back, or a cloze text", hint=hint),)
    return ()


FLASHCARD_INVARIANTS = (
    Invariant(("front", "back", "cloze"), _card_form),
    Invariant(("cloze",), lambda card: () if card.cloze is None else cloze_problems(card.cloze)),
)


class LintSettings(Entry):
    """Rules to leave out or to add, and their limits."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    limits: dict[str, Annotated[Number, Field(ge=0)]] = Field(default_factory=dict)


class Header(Entry):
    """The keys that stand once in a bank."""

    schema_version: Annotated[Literal["1"], Field(alias="schema")]
    id: Id
    title: PlainExam
    language: Language = "en"
    license: PlainPractice | None = None
    authors: tuple[PlainPractice, ...] = ()
    description: BlockPractice | None = None
    instructions: BlockExam | None = None
    report_url: Url | None = None
    lint: LintSettings = LintSettings()


class Defaults(CommonFields):
    """``defaults``: a value for any common question field."""


SECTIONS: Mapping[str, type[Entry]] = {
    "references": Reference,
    "misconceptions": Misconception,
    "concepts": Concept,
    "objectives": Objective,
    "scenarios": Scenario,
    "flashcards": Flashcard,
}
"""The list sections but ``questions``, whose entries have one class per type."""

SHARED_IDS = ("questions", "flashcards", "concepts")
"""Sections whose ids are distinct from each other's in a bank."""


@dataclass(frozen=True)
class Bank:
    """A bank as it was read: all lists in the order of the files.

    Attributes:
        header: The keys that stand once.
        references, misconceptions, concepts, objectives, scenarios, questions, flashcards, item_models: The lists.
        media: Images by their path from the bank's folder.
        images: Paths of the images that an entry uses, by its section and id.
    """

    header: Header
    references: tuple[Reference, ...] = ()
    misconceptions: tuple[Misconception, ...] = ()
    concepts: tuple[Concept, ...] = ()
    objectives: tuple[Objective, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    questions: tuple[Question, ...] = ()
    flashcards: tuple[Flashcard, ...] = ()
    item_models: tuple[ItemModel, ...] = ()
    media: Mapping[str, Media] = field(default_factory=dict)
    images: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The bank's id."""
        return self.header.id

    @cached_property
    def revisions(self) -> dict[str, tuple[Question, str]]:
        """Memory of the questions' revisions, by id, which every target asks for."""
        return {}

    @cached_property
    def question_by_id(self) -> Mapping[str, Question]:
        """Questions by id."""
        return {question.id: question for question in self.questions}

    @cached_property
    def reference_by_id(self) -> Mapping[str, Reference]:
        """References by id."""
        return {reference.id: reference for reference in self.references}

    @cached_property
    def misconception_by_id(self) -> Mapping[str, Misconception]:
        """Misconceptions by id."""
        return {misconception.id: misconception for misconception in self.misconceptions}

    @cached_property
    def concept_by_id(self) -> Mapping[str, Concept]:
        """Concepts by id."""
        return {concept.id: concept for concept in self.concepts}

    @cached_property
    def scenario_by_id(self) -> Mapping[str, Scenario]:
        """Scenarios by id."""
        return {scenario.id: scenario for scenario in self.scenarios}

    @cached_property
    def objective_by_id(self) -> Mapping[str, Objective]:
        """Objectives by id."""
        return {objective.id: objective for objective in self.objectives}

    @cached_property
    def concept_order(self) -> Mapping[str, int]:
        """Position of each concept in a teaching order: prerequisites first, else as written.

        Kahn's algorithm (CACM 5(11), 1962) with ties broken by the order of the files. Concepts on a
        cycle come last, as written; a bank with a cycle does not pass validation.
        """
        waiting = {concept.id: set(concept.before) & self.concept_by_id.keys() for concept in self.concepts}
        order: dict[str, int] = {}
        while waiting:
            free = next((key for key, before in waiting.items() if not before - order.keys()), next(iter(waiting)))
            order[free] = len(order)
            del waiting[free]
        return order

    def citation(self, reference: str) -> str:
        """A reference as people read it: the source's text, and the locator where there is one."""
        key, _, locator = reference.partition("#")
        text = self.reference_by_id[key].text
        return f"{text}, {locator}" if locator else text

    def image_digests(self, section: str, entry: str) -> tuple[str, ...]:
        """SHA-256 of each image that an entry uses, in order of use."""
        return tuple(sha256(self.media[path].data).hexdigest() for path in self.images.get((section, entry), ()))
