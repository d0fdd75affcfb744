"""A quiz as one whole instead of forms: all its questions once for a deck, or its cells as pools to draw from."""

from __future__ import annotations

from quizforge.assembly.assemble import Assembly
from quizforge.assembly.forms import quiz_of, worth
from quizforge.assembly.pool import Plan
from quizforge.model.quiz import Item, Quiz, Section
from quizforge.model.shelf import Key, key_of


def deck_of(made: Assembly, *, exam_pool: bool = False) -> tuple[Quiz, int]:
    """All questions of all forms once, as they stand in the bank, to practise with.

    Args:
        made: With forms.
        exam_pool: Whether questions of the exam pool go into it.

    Returns:
        The quiz, and how many questions of the exam pool were left out.
    """
    seen: dict[Key, Item] = {}
    for form in made.forms:
        for item in form.items:
            seen.setdefault(key_of(item), Item(item.source, item.bank))
    kept = [item for item in seen.values() if exam_pool or item.question.pool == "practice"]
    quiz = quiz_of(made.source, (Section(tuple(kept)),), form=None)
    return quiz, len(seen) - len(kept)


def pools_of(made: Assembly) -> Quiz:
    """Every question that fits a cell, in one section for each cell, from which a platform draws at random.

    A question that fits several cells lies in the one that has least to spare, so that no student is asked it twice.
    """
    source, plan = made.source, made.plan
    sections: list[Section] = []
    homes = _homes(plan)
    for index, part in enumerate(source.file.sections):
        found = plan.sections[index]
        if found.fixed:
            fixed = tuple(worth(item, part.points) for item in found.fixed)
            sections.append(
                Section(fixed, part.title or part.id, part.instructions, id=part.id or f"section-{index + 1}")
            )
        for number in found.cells:
            cell = plan.cells[number]
            items = [item for unit in homes[number] for item in plan.units[unit].items]
            title = cell.label if part.title in {None, cell.label} else f"{part.title}: {cell.label}"
            draw = made.counts[number]
            sections.append(
                Section(tuple(worth(item, cell.points) for item in items), title, id=f"cell-{number + 1}", draw=draw)
            )
    return quiz_of(source, tuple(section for section in sections if section.items), form=None)


def _homes(plan: Plan) -> list[list[int]]:
    """For each cell the units that lie in it; each unit once, scarce cells first."""
    order = sorted(range(len(plan.cells)), key=lambda at: (len(plan.cells[at].units) / max(1, plan.cells[at].low), at))
    homes: list[list[int]] = [[] for _ in plan.cells]
    placed: set[int] = set()
    keys: set[Key] = set()
    for cell in order:
        for unit in plan.cells[cell].units:
            found = plan.units[unit].keys
            if unit not in placed and keys.isdisjoint(found):
                placed.add(unit)
                keys.update(found)
                homes[cell].append(unit)
    return [sorted(units) for units in homes]
