"""The forms: the picked questions in an order of each form's own, with their options in one too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from quizforge.assembly.dice import Dice, rank
from quizforge.assembly.keys import KeySlot, balanced
from quizforge.assembly.pool import Plan
from quizforge.assembly.search import Slot
from quizforge.loading.quizzes import QuizSource
from quizforge.model.arrangement import arranged, free_places, pins_apart
from quizforge.model.bank import Bank
from quizforge.model.question import Question
from quizforge.model.questions.cloze import Cloze
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.questions.ordering import Ordering
from quizforge.model.questions.single_choice import SingleChoice
from quizforge.model.quiz import Grading, Item, Quiz, Section
from quizforge.model.quiz_file import QuizFile, SectionFile


def make_form(source: QuizSource, plan: Plan, slots: Sequence[Slot], *, code: str, seed: int) -> Quiz:
    """One form as a quiz to write.

    Args:
        source: The quiz file and its banks.
        plan: What was picked from.
        slots: The cells and units of the form.
        code: Of the form.
        seed: Of the quiz; with the code it names all orders.
    """
    file = source.file
    sections = [
        _section(part, index, plan, slots, rank_of=(seed, file.id, code)) for index, part in enumerate(file.sections)
    ]
    moved = iter(_moved([item for section in sections for item in section], code=code, seed=seed, quiz=file.id))
    titled = tuple(
        Section(
            tuple(next(moved) for _ in items),
            title=part.title,
            instructions=part.instructions,
            id=part.id or f"section-{index}",
        )
        for index, (part, items) in enumerate(zip(file.sections, sections, strict=True), 1)
    )
    return quiz_of(source, titled, form=code)


def quiz_of(source: QuizSource, sections: tuple[Section, ...], *, form: str | None) -> Quiz:
    """A quiz of some sections with all that the quiz file says about the whole."""
    file = source.file
    used: dict[str, Bank] = {item.bank.id: item.bank for section in sections for item in section.items}
    language = file.language or source.shelf.banks[0].header.language
    return Quiz(
        id=file.id if form is None else f"{file.id}-{form.lower()}",
        title=file.title,
        language=language,
        sections=sections,
        banks=tuple(used.values()),
        instructions=file.instructions,
        form=form,
        minutes=file.minutes,
        grading=Grading(file.grading.passing, _grades(file)),
        assembled=True,
    )


def _grades(file: QuizFile) -> tuple[tuple[str, Decimal], ...]:
    return tuple(sorted(file.grading.grades.items(), key=lambda pair: -pair[1]))


def _section(
    part: SectionFile,
    index: int,
    plan: Plan,
    slots: Sequence[Slot],
    *,
    rank_of: tuple[int, str, str],
) -> list[Item]:
    """The items of a section in order: texts that ask nothing first, questions of a scenario together."""
    fixed = [worth(item, part.points) for item in plan.sections[index].fixed]
    picked = [
        worth(item, plan.cells[cell].points)
        for cell, unit in slots
        if plan.cells[cell].section == index
        for item in plan.units[unit].items
    ]
    texts = [item for item in fixed if not item.question.graded]
    blocks = list(_blocks([*(item for item in fixed if item.question.graded), *picked]))
    if part.shuffle:
        seed, *names = rank_of
        blocks.sort(key=lambda block: rank(seed, *names, "questions", block[0].bank.id, block[0].question.id))
    return [*texts, *(item for block in blocks for item in block)]


def _blocks(items: Iterable[Item]) -> Iterator[list[Item]]:
    blocks: dict[tuple[str, str, str], list[Item]] = {}
    for item in items:
        scenario = item.question.scenario
        key = ("question", item.question.id) if scenario is None else ("scenario", scenario)
        blocks.setdefault((item.bank.id, *key), []).append(item)
    for block in blocks.values():
        order = {question.id: place for place, question in enumerate(block[0].bank.questions)} if block[1:] else {}
        yield sorted(block, key=lambda item: order.get(item.question.id, 0))


def worth(item: Item, points: Decimal | None) -> Item:
    """An item with the points that it has in a quiz."""
    question = item.question
    if points is None or not question.graded or question.max_points == points:
        return item
    return Item(question.model_copy(update={"points": points}), item.bank, origin=question)


def _moved(items: Sequence[Item], *, code: str, seed: int, quiz: str) -> Iterator[Item]:
    """The items with their options in the order of the form."""
    choosing = [item for item in items if isinstance(item.question, SingleChoice)]
    slots = [key_slot(item.question) for item in choosing]
    keys = iter(balanced(slots, Dice(seed, f"keys {quiz} {code}")))
    for item in items:
        question = item.question
        key = next(keys) if isinstance(question, SingleChoice) else None
        orders = dict(_orders(question, item.bank.id, key=key, quiz=quiz, code=code, seed=seed))
        origin = item.source
        yield Item(arranged(question, orders), item.bank, origin=origin, orders=orders)


def key_slot(question: Question) -> KeySlot:
    """Where the key of a single_choice question may stand."""
    assert isinstance(question, SingleChoice)  # noqa: S101  # the callers have looked
    key = next(index for index, choice in enumerate(question.choices) if choice.correct)
    free = free_places(question.choices, shuffle=question.shuffle)
    if key not in free:
        whole = pins_apart(question.choices, free) if free else _as_written(question)
        return KeySlot(len(question.choices), (whole.index(key),))
    first = sum(choice.pin == "first" for choice in question.choices)
    return KeySlot(len(question.choices), tuple(range(first, first + len(free))))


def _as_written(question: SingleChoice | MultipleAnswer) -> tuple[int, ...]:
    """The order of choices that do not change places: as written, but for pins where the author lets them move."""
    if not question.shuffle:
        return tuple(range(len(question.choices)))
    return pins_apart(question.choices, [i for i, choice in enumerate(question.choices) if choice.pin is None])


def _orders(
    question: Question, bank: str, *, key: int | None, quiz: str, code: str, seed: int
) -> Iterator[tuple[str, tuple[int, ...]]]:
    def ranked(name: str, indices: Iterable[int]) -> tuple[int, ...]:
        return tuple(sorted(indices, key=lambda index: rank(seed, quiz, code, bank, question.id, name, str(index))))

    if isinstance(question, (SingleChoice, MultipleAnswer)):
        free = free_places(question.choices, shuffle=question.shuffle)
        order = pins_apart(question.choices, ranked("choices", free)) if free else _as_written(question)
        if key is not None and free:
            order = _with_key_at(order, key, next(i for i, c in enumerate(question.choices) if c.correct))
        yield "choices", order
    elif isinstance(question, Cloze):
        for name, blank in question.blanks.items():
            free = free_places(blank.choices, shuffle=question.shuffle)
            if free:
                yield f"blanks.{name}", pins_apart(blank.choices, ranked(name, free))
    elif isinstance(question, Ordering):
        solved = tuple(range(len(question.items)))
        order = ranked("items", solved)
        yield "items", (*order[1:], order[0]) if order == solved else order
    elif isinstance(question, Matching):
        lefts = ranked("left", range(len(question.pairs))) if question.shuffle else tuple(range(len(question.pairs)))
        yield "left", lefts
        yield "right", _unsolved(question, lefts, ranked("right", range(len(question.rights))))


def _with_key_at(order: tuple[int, ...], place: int, key: int) -> tuple[int, ...]:
    """An order in which the key and the option at its new place have changed places."""
    moved = list(order)
    old = moved.index(key)
    moved[old], moved[place] = moved[place], key
    return tuple(moved)


def _unsolved(question: Matching, lefts: Sequence[int], order: tuple[int, ...]) -> tuple[int, ...]:
    """Right sides that do not line up with the left sides as shown."""
    rights = question.rights
    solved = list(dict.fromkeys(rights.index(question.pairs[index].right) for index in lefts))
    return (*order[1:], order[0]) if list(order[: len(solved)]) == solved and len(order) > 1 else order
