"""A quiz: what an exporter is given. Questions in order, each with the bank that it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from quizforge.model.arrangement import Orders
from quizforge.model.bank import Bank, Concept, Flashcard, Scenario
from quizforge.model.question import Question
from quizforge.model.questions.base import Pool, Status

_UNMOVED: Orders = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Item:
    """One question in a quiz.

    Attributes:
        question: The question as it is shown. In a form its options stand in the form's order and ``shuffle`` is
            off, and its points are those of the quiz.
        bank: Where its concepts, misconceptions, references and images are found.
        origin: The question as it stands in the bank, where ``question`` is another.
        orders: For each list of options of a form's question, the place in the bank of each option as shown.
    """

    question: Question
    bank: Bank
    origin: Question | None = None
    orders: Orders = field(default_factory=lambda: _UNMOVED)

    @property
    def source(self) -> Question:
        """The question as it stands in the bank."""
        return self.question if self.origin is None else self.origin

    @property
    def order(self) -> tuple[int, ...]:
        """The place in the bank of each option (choice, item or left side) as shown; empty where none was moved."""
        named = (self.orders.get(name) for name in ("choices", "items", "left"))
        return next((order for order in named if order is not None), ())

    @property
    def scenario(self) -> Scenario | None:
        """The case that the question belongs to."""
        scenario = self.question.scenario
        return None if scenario is None else self.bank.scenario_by_id[scenario]

    @property
    def revision(self) -> str:
        """Hash of all that affects meaning or score: question, scenario and images; computed once for a bank.

        A form's question has the revision of the question in the bank.
        """
        source = self.source
        known = self.bank.revisions.get(source.id)
        if known is not None and known[0] is source:
            return known[1]
        found = self._revision(source)
        self.bank.revisions[source.id] = (source, found)
        return found

    def _revision(self, source: Question) -> str:
        context = list(self.bank.image_digests("questions", source.id))
        scenario = self.scenario
        if scenario is not None:
            context += [scenario.text, *self.bank.image_digests("scenarios", scenario.id)]
        return source.revision(*context)


@dataclass(frozen=True, slots=True)
class Section:
    """A run of questions under one heading.

    Attributes:
        items: In order; the questions of one scenario follow each other.
        title: Plain text; the heading.
        instructions: Block Markdown, below the heading.
        id: Names the section in manifests and reports; None where a quiz has one section without a name.
        draw: How many of the items each student gets, where the section is a pool to draw from; else None.
    """

    items: tuple[Item, ...]
    title: str | None = None
    instructions: str | None = None
    id: str | None = None
    draw: int | None = None


@dataclass(frozen=True, slots=True)
class Grading:
    """What the points are worth.

    Attributes:
        passing: Share of the points in per cent that is needed to pass, or None.
        grades: Name of a grade and the per cent from which it is given, the best first.
    """

    passing: Decimal | None = None
    grades: tuple[tuple[str, Decimal], ...] = ()


@dataclass(frozen=True, slots=True)
class Quiz:
    """Questions to write, and what drill targets write beside them.

    Attributes:
        id: Names files and identifies decks; the bank's id where the quiz is a whole bank, and
            ``midterm-a`` for form A of the quiz ``midterm``.
        title: Plain text.
        language: BCP 47; chooses the exporters' own words.
        instructions: Block Markdown for the printed exam, or None.
        sections: In order.
        banks: The banks that the items come from, in order of first use.
        concepts: Concepts for drill targets, with the bank of each.
        flashcards: Flashcards for drill targets, with the bank of each.
        retired: Retired questions, which only targets with a memory of them need.
        form: Code of the form, such as ``A``; None where there is one for all.
        minutes: Time for the whole quiz, or None.
        grading: What the points are worth.
        assembled: Whether the quiz was put together from a quiz file, so that its sections matter more than the
            concepts of its questions.
    """

    id: str
    title: str
    language: str
    sections: tuple[Section, ...]
    banks: tuple[Bank, ...]
    instructions: str | None = None
    concepts: tuple[tuple[Concept, Bank], ...] = ()
    flashcards: tuple[tuple[Flashcard, Bank], ...] = ()
    retired: tuple[Item, ...] = ()
    form: str | None = None
    minutes: Decimal | None = None
    grading: Grading = Grading()
    assembled: bool = False

    @property
    def items(self) -> Iterator[Item]:
        """All items in order."""
        return (item for section in self.sections for item in section.items)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which entries of a bank are wanted. An empty attribute does not restrict.

    Attributes:
        ids: Ids of questions, flashcards or concepts.
        concepts: Concept ids; an entry fits when it names one of them.
        tags: Tags; an entry fits when it has one of them.
        types: Question types, ``flashcard`` or ``concept``.
        pools: Pools.
        statuses: States; retired questions are left out unless asked for.
    """

    ids: frozenset[str] = frozenset()
    concepts: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    pools: frozenset[Pool] = frozenset()
    statuses: frozenset[Status] = frozenset({"ready"})

    def takes(self, question: Question, *, any_status: bool = False) -> bool:
        """Whether a question is wanted."""
        return (any_status or not self.statuses or question.status in self.statuses) and (
            self._fits(question.id, question.concepts, question.tags, question.type)
            and (not self.pools or question.pool in self.pools)
        )

    def takes_flashcard(self, card: Flashcard) -> bool:
        """Whether a flashcard is wanted; drafts and retired ones follow ``statuses``."""
        return (
            (not self.statuses or card.status in self.statuses)
            and (not self.pools or card.pool in self.pools)
            and self._fits(card.id, card.concepts, card.tags, "flashcard")
        )

    def takes_concept(self, concept: Concept) -> bool:
        """Whether a concept is wanted."""
        return self._fits(concept.id, (concept.id,), concept.tags, "concept")

    def _fits(self, entry: str, concepts: tuple[str, ...], tags: tuple[str, ...], kind: str) -> bool:
        return (
            (not self.ids or entry in self.ids)
            and (not self.types or kind in self.types)
            and (not self.concepts or not self.concepts.isdisjoint(concepts))
            and (not self.tags or not self.tags.isdisjoint(tags))
        )


EVERYTHING_READY = Selection()


def whole_bank(bank: Bank, selection: Selection = EVERYTHING_READY) -> Quiz:
    """A quiz of all wanted entries of a bank, in the order of its files; questions of one scenario together."""
    chosen = [Item(question, bank) for question in bank.questions if selection.takes(question)]
    retired = [q for q in bank.questions if q.status == "retired" and selection.takes(q, any_status=True)]
    present = {item.question.id for item in chosen}
    return Quiz(
        id=bank.id,
        title=bank.header.title,
        language=bank.header.language,
        instructions=bank.header.instructions,
        sections=(Section(_scenarios_together(chosen)),),
        banks=(bank,),
        concepts=tuple((concept, bank) for concept in bank.concepts if selection.takes_concept(concept)),
        flashcards=tuple((card, bank) for card in bank.flashcards if selection.takes_flashcard(card)),
        retired=tuple(Item(question, bank) for question in retired if question.id not in present),
    )


def _scenarios_together(items: list[Item]) -> tuple[Item, ...]:
    if not any(item.question.scenario for item in items):
        return tuple(items)
    groups: dict[tuple[str, str], list[Item]] = {}
    for item in items:
        scenario = item.question.scenario
        key = ("question", item.question.id) if scenario is None else ("scenario", scenario)
        groups.setdefault(key, []).append(item)
    return tuple(item for group in groups.values() for item in group)
