"""What came out: the table of specifications, how alike the forms are, and what that rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import sqrt

from quizforge.assembly.forms import key_slot
from quizforge.assembly.keys import counts, longest_run
from quizforge.assembly.pool import SCALE, Plan
from quizforge.assembly.search import Slot
from quizforge.model.questions.single_choice import SingleChoice
from quizforge.model.questions.true_false import TrueFalse
from quizforge.model.quiz import Item, Quiz
from quizforge.model.shelf import Key, key_of

_DIGITS = 6  # of the floats: facilities are whole millionths

CURVE = 5
"""The difficulty curve is the mean facility of each fifth of a form."""


@dataclass(frozen=True, slots=True)
class FormReport:
    """One form in numbers.

    Attributes:
        form: Its code.
        questions: How many are graded.
        points: In all.
        minutes: Sum over the questions that name any.
        untimed: How many name none.
        mean, spread: Mean and standard deviation (of the form as a whole, divided by n) of the expected facility.
        expected: Points that a class is expected to earn on average.
        guessing: Points that guessing earns on average.
        curve: Mean facility of each fifth, from the first questions to the last.
        keys: How often the key of single_choice questions stands at each place, by number of options.
        run: Longest stretch of questions with the key at one place.
        true: How many true_false questions are true, and how many there are.
        origins: How many facilities are measured, labels, and neither.
    """

    form: str
    questions: int
    points: Decimal
    minutes: Decimal
    untimed: int
    mean: float
    spread: float
    expected: float
    guessing: float
    curve: tuple[float, ...]
    keys: dict[int, tuple[int, ...]]
    run: int
    true: tuple[int, int]
    origins: dict[str, int]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table of specifications: a cell, what it asks for, and what each form holds."""

    section: str
    cell: str
    wanted: str
    held: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """An assembly in numbers.

    Attributes:
        quiz, title: Of the quiz.
        seed: That gives the same forms again.
        solver: What chose the questions, and what it says of its result.
        forms: One by one.
        rows: The table of specifications.
        levels: For each level of thinking how many questions each form holds.
        shared: Picked questions that two forms share, by the indices of the forms.
        earlier: How many questions of earlier exams each form holds.
        labelled: Questions whose facility is the author's label only, and those with neither.
        picked_from: How many questions fitted some cell.
    """

    quiz: str
    title: str
    seed: int
    solver: str
    forms: tuple[FormReport, ...]
    rows: tuple[Row, ...]
    levels: dict[str, tuple[int, ...]]
    shared: tuple[tuple[int, ...], ...]
    earlier: tuple[int, ...]
    labelled: tuple[str, ...]
    unrated: tuple[str, ...]
    picked_from: int

    @property
    def mean_range(self) -> float:
        """Largest less smallest mean facility of the forms."""
        return _range([form.mean for form in self.forms])

    @property
    def spread_range(self) -> float:
        """Largest less smallest standard deviation."""
        return _range([form.spread for form in self.forms])


def make_report(
    forms: Sequence[Quiz],
    plan: Plan,
    chosen: Sequence[Sequence[Slot]],
    *,
    seed: int,
    solver: str,
    used: frozenset[Key],
    quiz: tuple[str, str],
) -> Report:
    """Measure the forms.

    Args:
        forms: As they are written.
        plan: What they were picked from.
        chosen: The cells and units of each.
        seed: Of the quiz.
        solver: What chose the questions.
        used: Questions of earlier exams.
        quiz: Id and title.
    """
    items = [item for form in forms for item in form.items if item.question.graded]
    ratings = plan.ratings
    labels = [_name(item) for item in items if ratings[key_of(item)].origin == "label"]
    unrated = [_name(item) for item in items if ratings[key_of(item)].origin == "none"]
    held = [{key_of(item) for item in form.items} for form in forms]
    picked = [{key for _, unit in slots for key in plan.units[unit].keys} for slots in chosen]
    return Report(
        quiz=quiz[0],
        title=quiz[1],
        seed=seed,
        solver=solver,
        forms=tuple(_form(form, plan) for form in forms),
        rows=tuple(_rows(forms, plan, chosen)),
        levels=_levels(forms),
        shared=tuple(tuple(len(one & other) for other in picked) for one in picked),
        earlier=tuple(len(keys & used) for keys in held),
        labelled=tuple(dict.fromkeys(labels)),
        unrated=tuple(dict.fromkeys(unrated)),
        picked_from=len({key for unit in plan.units for key in unit.keys}),
    )


def _form(form: Quiz, plan: Plan) -> FormReport:
    items = [item for item in form.items if item.question.graded]
    facilities = [plan.ratings[key_of(item)].facility / SCALE for item in items]
    minutes = [plan.ratings[key_of(item)].minutes for item in items]
    points = [item.question.max_points for item in items]
    mean = _mean(facilities)
    choosing = [item for item in items if isinstance(item.question, SingleChoice)]
    slots = [key_slot(item.source) for item in choosing]
    keys = key_places(choosing)
    verdicts = [item.question.answer for item in items if isinstance(item.question, TrueFalse)]
    guess = sum((item.question.expected_guess() * Fraction(item.question.max_points) for item in items), Fraction(0))
    origins = [plan.ratings[key_of(item)].origin for item in items]
    return FormReport(
        form=form.form or "",
        questions=len(items),
        points=sum(points, Decimal(0)),
        minutes=sum((one for one in minutes if one is not None), Decimal(0)),
        untimed=minutes.count(None),
        mean=round(mean, _DIGITS),
        spread=round(sqrt(_mean([(value - mean) ** 2 for value in facilities])), _DIGITS),
        expected=round(sum(value * float(worth) for value, worth in zip(facilities, points, strict=True)), _DIGITS),
        guessing=round(float(guess), _DIGITS),
        curve=_curve(facilities),
        keys=counts(slots, keys),
        run=longest_run(keys),
        true=(sum(verdicts), len(verdicts)),
        origins={origin: origins.count(origin) for origin in ("measured", "label", "none") if origin in origins},
    )


def key_places(items: Sequence[Item]) -> list[int]:
    """Where the keys of single_choice questions stand as shown, from 0."""
    questions = [item.question for item in items if isinstance(item.question, SingleChoice)]
    return [next(at for at, choice in enumerate(one.choices) if choice.correct) for one in questions]


def _rows(forms: Sequence[Quiz], plan: Plan, chosen: Sequence[Sequence[Slot]]) -> list[Row]:
    rows = []
    names = [section.title or section.id or "" for section in forms[0].sections] if forms else []
    for index, section in enumerate(plan.sections):
        graded = sum(item.question.graded for item in section.fixed)
        if graded:
            rows.append(Row(names[index], "named in the quiz", str(graded), (graded,) * len(forms)))
        for number in section.cells:
            cell = plan.cells[number]
            wanted = str(cell.low) if cell.low == cell.high else f"{cell.low}..{cell.high}"
            held = tuple(sum(plan.units[unit].size for at, unit in slots if at == number) for slots in chosen)
            rows.append(Row(names[index], cell.label, wanted, held))
    return rows


def _levels(forms: Sequence[Quiz]) -> dict[str, tuple[int, ...]]:
    order = ("remember", "understand", "apply", "analyze", "evaluate", "create", "none")
    found: list[list[str]] = [
        [item.question.bloom or "none" for item in form.items if item.question.graded] for form in forms
    ]
    table = {level: tuple(levels.count(level) for levels in found) for level in order}
    return {level: held for level, held in table.items() if any(held)}


def _curve(values: Sequence[float]) -> tuple[float, ...]:
    edges = [round(len(values) * part / CURVE) for part in range(CURVE + 1)]
    parts = [values[start:end] for start, end in pairwise(edges)]
    return tuple(round(_mean(part), _DIGITS) for part in parts if part)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _range(values: Sequence[float]) -> float:
    return max(values) - min(values) if values else 0.0


def _name(item: Item) -> str:
    return f"{item.bank.id}/{item.question.id}"
