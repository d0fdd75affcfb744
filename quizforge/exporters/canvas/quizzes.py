"""Which quizzes an archive holds: one for each pool, in parts that Canvas can take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from quizforge.exporters.idents import ncname
from quizforge.exporters.words import Words
from quizforge.model.quiz import Item, Quiz, Section


@dataclass(frozen=True, slots=True)
class Part:
    """One quiz of an archive.

    Attributes:
        ident: NCName.
        title: For people.
        sections: In order.
    """

    ident: str
    title: str
    sections: tuple[Section, ...]


def parts_of(quiz: Quiz, limit: int, words: Words) -> Iterator[Part]:
    """The quizzes of an archive.

    Args:
        quiz: A whole bank is parted by pool, since students may see the one and not the other; an assembled quiz is
            one.
        limit: At most so many questions each, but the questions of a scenario stay together, and so does a section
            to draw from; 0 for no limit.
        words: Of the quiz's language.
    """
    pools = list(dict.fromkeys(item.question.pool for item in quiz.items))
    if quiz.assembled or len(pools) < 2:
        yield from _split(quiz.id, quiz.title, quiz.sections, limit)
        return
    for pool in pools:
        chosen = tuple(
            replace(section, items=tuple(item for item in section.items if item.question.pool == pool))
            for section in quiz.sections
        )
        yield from _split(f"{quiz.id}\0{pool}", f"{quiz.title} ({words[f'key.pool.{pool}']})", chosen, limit)


def _split(name: str, title: str, sections: tuple[Section, ...], limit: int) -> Iterator[Part]:
    runs = list(_runs(sections)) if limit else [sections]
    parts: list[list[Section]] = []
    room = 0
    for run in runs if limit else ():
        size = sum(len(section.items) for section in run)
        if not parts or size > room:
            parts.append([])
            room = limit
        parts[-1].extend(run)
        room -= size
    found = [tuple(_joined(part)) for part in parts] if limit else [sections]
    for number, part in enumerate(found, 1):
        ident = ncname(name, str(number), prefix="q")
        yield Part(ident, title if len(found) == 1 else f"{title} {number}/{len(found)}", part)


def _runs(sections: Iterable[Section]) -> Iterator[tuple[Section, ...]]:
    """What must stay together: a section to draw from, the questions of one scenario, else a single question."""
    for section in sections:
        if section.draw is not None:
            yield (section,)
            continue
        for _, run in groupby(section.items, key=_group):
            yield (replace(section, items=tuple(run)),)


def _group(item: Item) -> tuple[str, str]:
    scenario = item.question.scenario
    return (item.bank.id, f"question {item.question.id}" if scenario is None else f"scenario {scenario}")


def _joined(sections: Iterable[Section]) -> Iterator[Section]:
    """Pieces of one section as one again."""
    current: Section | None = None
    for section in sections:
        if current is not None and section.draw is None and replace(current, items=section.items) == section:
            current = replace(current, items=(*current.items, *section.items))
            continue
        if current is not None:
            yield current
        current = section
    if current is not None:
        yield current
