"""What an exporter is: a pure function from a quiz to files, with its losses declared."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Generic, Literal, TypeVar

from quizforge.markup import Markup
from quizforge.model.bank import Bank
from quizforge.model.codes.fidelity import FIELD_DROPPED
from quizforge.model.diagnostic import Problem
from quizforge.model.fields import Audience
from quizforge.model.quiz import Item, Quiz


@dataclass(frozen=True, slots=True)
class ExportFile:
    """One file that an exporter made.

    Attributes:
        name: File name, without folders.
        data: Its bytes.
        audience: Who may see it.
        description: What it is, for the list that is printed: ``Moodle XML``.
        questions: How many questions (notes, for a deck) it holds.
        beside: ``output`` for the output folder, ``bank`` for a file that is kept beside the bank and
            committed with it.
    """

    name: str
    data: bytes
    audience: Audience
    description: str
    questions: int = 0
    beside: Literal["output", "bank"] = "output"


@dataclass(frozen=True, slots=True)
class Export:
    """What an exporter gives back.

    Attributes:
        files: In the order in which they are listed.
        problems: Losses and faults; each has its ``subject``.
        notes: Sentences for the person who exports: settings to choose after the import, ...
        left_out: Id and reason of each question that is in the quiz and in no file.
    """

    files: tuple[ExportFile, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Env:
    """What the world tells an exporter, so that it need not ask.

    Attributes:
        now: Seconds since 1970 for things that must carry a time: SOURCE_DATE_EPOCH or the clock.
    """

    now: int = 0
    _markups: dict[int, Markup] = field(default_factory=dict, repr=False, compare=False)

    def markup(self, bank: Bank) -> Markup:
        """The renderer of a bank's texts; each text is rendered once, whatever the number of targets."""
        found = self._markups.get(id(bank))
        if found is None:
            found = self._markups[id(bank)] = Markup(bank.media)
        return found


@dataclass(frozen=True, slots=True)
class Options:
    """Base of the options of an exporter: a frozen dataclass with a default for everything."""


AnyOptions = TypeVar("AnyOptions", bound=Options)

Mode = Literal["exam", "practice"]


@dataclass(frozen=True, slots=True)
class ModeOptions(Options):
    """Base of the options of a learning platform's exporter.

    Attributes:
        mode: ``exam``: the quiz arrives unpublished, with one attempt, and shows neither right answers
            nor results. ``practice``: it may be repeated and tells feedback. A format that cannot set
            this says what to choose, with :func:`settings_to_choose`.
    """

    mode: Mode = "exam"


def settings_to_choose(mode: Mode) -> str:
    """The settings of a quiz for a mode, as a note for formats that cannot hold them."""
    if mode == "exam":
        return (
            "this format holds no settings; for an exam choose: not visible until it begins, one attempt, "
            "neither right answers nor feedback nor results shown"
        )
    return (
        "this format holds no settings; for practice choose: several attempts, "
        "feedback and right answers shown after each"
    )


ANY_TYPE = "*"
"""In ``drops``: whatever the question type."""


class Exporter(ABC, Generic[AnyOptions]):
    """Base of all exporters. A subclass is stateless.

    Class attributes:
        name: As in ``-f name``.
        title: For people.
        suffix: Of the main file, with its dot.
        media_type: Of the main file.
        native: Question types that the format has itself; others go through ``lower``.
        drops: Fields that are lost, by question type or ``*``: dotted, without list indices.
        options: Class of its options.
        drill: Whether students practise with it alone, so that it holds the practice pool only.
        on_paper: Whether its HTML pages are made to be printed.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    suffix: ClassVar[str]
    media_type: ClassVar[str]
    native: ClassVar[frozenset[str]]
    drops: ClassVar[Mapping[str, frozenset[str]]]
    options: ClassVar[type[Options]] = Options
    drill: ClassVar[bool] = False
    on_paper: ClassVar[bool] = False

    @abstractmethod
    def render(self, quiz: Quiz, options: AnyOptions, env: Env) -> Export:
        """Write a quiz.

        Args:
            quiz: Valid: its banks had no error.
            options: Of this exporter's own class.
            env: The renderers and the time.

        Returns:
            The files, and everything that could not be written as it is.
        """


def dropped_fields(items: Iterable[Item], drops: Mapping[str, frozenset[str]]) -> list[Problem]:
    """A problem (info) for each field of a question that is set and that the target drops."""
    plans: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
    problems = []
    for item in items:
        question = item.question
        plan = plans.get(question.type)
        if plan is None:
            plan = plans[question.type] = _by_depth(
                drops.get(ANY_TYPE, frozenset()) | drops.get(question.type, frozenset())
            )
        names = (question.model_fields_set & plan[0]) | plan[1]
        problems += [
            Problem(FIELD_DROPPED, f"{name} is left out", (name.split(".")[0],), subject=("questions", question.id))
            for name in sorted(names)
            if is_set(question, name.split("."))
        ]
    return problems


def _by_depth(names: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Names of the question's own fields, and of fields further below."""
    deep = frozenset(name for name in names if "." in name)
    return names - deep, deep


def is_set(entry: object, steps: list[str]) -> bool:
    """Whether the author gave a field, dotted and through lists."""
    if not steps:
        return True
    if isinstance(entry, (tuple, list)):
        return any(is_set(part, steps) for part in entry)
    if isinstance(entry, dict):
        return any(is_set(part, steps) for part in entry.values())
    value = getattr(entry, steps[0], None)
    if len(steps) == 1:
        return steps[0] in getattr(entry, "model_fields_set", ()) and value not in (None, ())
    return value is not None and is_set(value, steps[1:])
