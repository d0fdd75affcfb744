"""From a quiz file to its forms, with everything that a person must know about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from quizforge.assembly.forms import key_slot, make_form
from quizforge.assembly.keys import LONGEST_RUN
from quizforge.assembly.ledger import Ledger, changes
from quizforge.assembly.pool import Plan, make_plan, opponents
from quizforge.assembly.positions import position_problems
from quizforge.assembly.report import Report, make_report
from quizforge.assembly.search import Found, Slot, search
from quizforge.assembly.supply import Supply, check_supply
from quizforge.loading.quizzes import QuizSource
from quizforge.model.codes.assembly import (
    FIXED_ENEMIES,
    FORMS_DIFFER,
    GIVEN_AWAY,
    KEYS_UNBALANCED,
    NO_ASSEMBLY,
    OVER_TIME,
    SPLIT_SCENARIO,
    UNRATED_QUESTION,
)
from quizforge.model.diagnostic import Problem
from quizforge.model.questions.single_choice import SingleChoice
from quizforge.model.quiz import Quiz
from quizforge.model.shelf import key_of

Solver = Literal["search", "highs"]

ALIKE_MEAN = 0.02
ALIKE_SPREAD = 0.03
ALIKE_POINTS = 0.02
ALIKE_MINUTES = 0.05
"""From here on a person should look: means and spreads of the facility, shares of points and minutes."""

_SHOWN = 8  # so many ids in one message


@dataclass(frozen=True)
class Assembly:
    """What came of a quiz.

    Attributes:
        source: The quiz file and its banks.
        forms: The forms, ready to be written; empty where there are errors.
        plan: What was picked from.
        counts: Questions of each cell in each form.
        chosen: The cells and units of each form.
        report: The forms in numbers; None where there are errors.
        problems: Errors and warnings, of the quiz file or with the subject ``("questions", "bank/id")``.
        ledger: With this quiz in it, but for its day.
    """

    source: QuizSource
    forms: tuple[Quiz, ...]
    plan: Plan
    counts: tuple[int, ...] = ()
    chosen: tuple[tuple[Slot, ...], ...] = ()
    report: Report | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether there are forms."""
        return bool(self.forms)


def assemble(
    source: QuizSource,
    *,
    forms: tuple[str, ...] | None = None,
    seed: int | None = None,
    solver: Solver = "search",
    ledger: Ledger | None = None,
    renew: bool = False,
) -> Assembly:
    """Pick the questions of a quiz and put its forms together.

    Args:
        source: Free of errors.
        forms: Codes of the forms; those of the quiz file if None.
        seed: Another one gives other forms; that of the quiz file if None.
        solver: ``search`` is built in; ``highs`` needs the extra ``solver`` and proves what it says.
        ledger: Earlier exams, this quiz among them where it was assembled before.
        renew: Whether a quiz that was assembled before may come out otherwise.

    Raises:
        EnvironmentFault: ``highs`` is not installed.
    """
    file = source.file
    codes = file.forms if forms is None else forms
    number = file.seed if seed is None else seed
    known = Ledger() if ledger is None else ledger
    used = known.used(besides=file.id, since=file.overlap.since)
    plan = make_plan(source, forms=len(codes), used=used)
    supply = check_supply(plan)
    problems = list(plan_problems(source, plan, supply))
    if _has_errors(problems):
        return Assembly(source, (), plan, problems=tuple(problems))
    found, said, faults = _choose(plan, supply, solver=solver, seed=number, tries=file.iterations, codes=codes)
    problems += faults
    if found is None:
        return Assembly(source, (), plan, problems=tuple(problems))
    made = tuple(
        make_form(source, plan, slots, code=code, seed=number) for code, slots in zip(codes, found.forms, strict=True)
    )
    own = known.own(file.id)
    if own is not None and not renew:
        problems += changes(own, made, source.shelf)
    report = make_report(made, plan, found.forms, seed=number, solver=said, used=used, quiz=(file.id, file.title))
    problems += _remarks(source, plan, made, report)
    if _has_errors(problems):
        return Assembly(source, (), plan, problems=tuple(problems))
    return Assembly(source, made, plan, supply.counts, found.forms, report, tuple(problems))


def check(source: QuizSource, *, ledger: Ledger | None = None) -> tuple[Problem, ...]:
    """What keeps a quiz from being assembled, as far as that shows without picking questions."""
    used = (ledger or Ledger()).used(besides=source.file.id, since=source.file.overlap.since)
    plan = make_plan(source, forms=len(source.file.forms), used=used)
    return tuple(plan_problems(source, plan, check_supply(plan)))


def plan_problems(source: QuizSource, plan: Plan, supply: Supply) -> Iterator[Problem]:
    """Shortages, named questions that exclude each other, and questions that cannot be moved or picked."""
    yield from supply.problems
    yield from _fixed_enemies(source, plan)
    items = {key_of(item): item for section in plan.sections for item in section.fixed}
    items |= {key_of(item): item for unit in plan.units for item in unit.items}
    for item in items.values():
        yield from position_problems(item)
    for section, stranded in plan.stranded.items():
        names = dict.fromkeys(str(item.question.scenario) for item in stranded)
        message = (
            f"no cell takes all questions of a scenario together, so none of these is picked: {_listed(list(names))}"
        )
        hint = "add a cell that all its questions fit, for example with 'scenario'"
        yield Problem(SPLIT_SCENARIO, message, plan.sections[section].at, hint=hint)
    for item, reason in plan.dropped:
        subject = ("questions", f"{item.bank.id}/{item.question.id}")
        message = f"'{item.question.id}' is not asked with the others of its scenario: {reason}"
        hint = "word one of the two otherwise, or give one a scenario of its own"
        yield Problem(GIVEN_AWAY, message, ("stem",), hint=hint, subject=subject)


def _fixed_enemies(source: QuizSource, plan: Plan) -> Iterator[Problem]:
    opposed = opponents(source.shelf)
    named = [
        (key_of(item), ("sections", index, "questions", place))
        for index, part in enumerate(source.file.sections)
        for place, name in enumerate(part.questions)
        if (item := source.shelf.item(name)) is not None
    ]
    for (one, _), (other, at) in combinations(named, 2):
        if other in opposed.get(one, ()):
            message = f"'{other[1]}' and '{one[1]}' are enemies or of one family, and both stand in every form"
            yield Problem(FIXED_ENEMIES, message, at, hint="keep one of them")
    del plan


def _choose(
    plan: Plan, supply: Supply, *, solver: Solver, seed: int, tries: int | None, codes: Sequence[str]
) -> tuple[Found | None, str, list[Problem]]:
    found = search(plan, supply.counts, supply.dealt, seed=seed, tries=tries)
    valid = not found.broken and not found.unfilled
    if solver == "highs":
        from quizforge.assembly.exact import solve

        return solve(plan, supply.counts, seed=seed, start=found if valid else None)
    if valid:
        return found, "built-in search", []
    return None, "", list(_failures(plan, found, codes))


def _failures(plan: Plan, found: Found, codes: Sequence[str]) -> Iterator[Problem]:
    for index in found.unfilled:
        cell = plan.cells[index]
        sizes = sorted({plan.units[unit].size for unit in cell.units})
        message = (
            f"cell '{cell.label}' cannot be filled in every form: its questions come in sets of"
            f" {', '.join(map(str, sizes))}, or are used up by other cells"
        )
        yield Problem(NO_ASSEMBLY, message, cell.at, hint="ask for another number, or widen the cell")
    if found.unfilled:
        return
    for code, slots in zip(codes, found.forms, strict=True):
        units = [unit for _, unit in slots]
        for one, other in combinations(units, 2):
            if other in plan.conflicts[one]:
                names = " and ".join("/".join(plan.units[unit].keys[0]) for unit in (one, other))
                message = f"form {code} would hold {names}, which exclude each other"
                hint = "try more 'iterations' or another seed; --solver highs finds a way or proves that there is none"
                yield Problem(NO_ASSEMBLY, message, ("sections",), hint=hint, on_key=True)
    if not any(set(plan.conflicts[one]) & {unit for _, unit in slots} for slots in found.forms for _, one in slots):
        message = "the forms would share more questions with each other or with earlier exams than 'overlap' allows"
        yield Problem(NO_ASSEMBLY, message, ("overlap",), hint="allow more, or widen the cells", on_key=True)


def _remarks(source: QuizSource, plan: Plan, forms: Sequence[Quiz], report: Report) -> Iterator[Problem]:
    yield from _differences(report)
    file = source.file
    for form in report.forms:
        if file.minutes is not None and form.minutes > file.minutes:
            message = f"form {form.form} needs {form.minutes} minutes, and the quiz gives {file.minutes}"
            yield Problem(OVER_TIME, message, ("minutes",), hint="give more time, or ask fewer questions")
    for made, measured in zip(forms, report.forms, strict=True):
        uneven = [options for options, held in measured.keys.items() if max(held) - min(held) > 1]
        if uneven or measured.run > LONGEST_RUN:
            slots = [key_slot(item.source) for item in made.items if isinstance(item.question, SingleChoice)]
            still = sum(len(slot.places) == 1 for slot in slots)
            said = "; ".join(f"{'-'.join(map(str, measured.keys[options]))} of {options} options" for options in uneven)
            message = (
                f"form {measured.form}: the keys stand unevenly ({said or f'{measured.run} in a row at one place'});"
                f" {still} of {len(slots)} cannot move"
            )
            yield Problem(KEYS_UNBALANCED, message, ("sections",), hint="let more questions be shuffled", on_key=True)
    if report.unrated:
        message = f"taken as of medium difficulty: {_listed(report.unrated)}"
        yield Problem(UNRATED_QUESTION, message, ("sections",), hint="give them a difficulty", on_key=True)
    del plan


def _differences(report: Report) -> Iterator[Problem]:
    forms = report.forms
    if len(forms) < 2:
        return
    points = [float(form.points) for form in forms]
    minutes = [float(form.minutes) for form in forms]
    found = []
    if report.mean_range > ALIKE_MEAN:
        found.append(f"mean facility by {report.mean_range:.3f}")
    if report.spread_range > ALIKE_SPREAD:
        found.append(f"spread by {report.spread_range:.3f}")
    if max(points) - min(points) > ALIKE_POINTS * max(points):
        found.append(f"points by {max(points) - min(points):g}")
    if max(minutes) - min(minutes) > ALIKE_MINUTES * max(minutes):
        found.append(f"minutes by {max(minutes) - min(minutes):g}")
    if found:
        hint = "widen cells, so that there is more to choose from, or try more 'iterations'"
        yield Problem(FORMS_DIFFER, f"the forms differ: {', '.join(found)}", ("sections",), hint=hint, on_key=True)


def _has_errors(problems: Sequence[Problem]) -> bool:
    return any((problem.severity or problem.code.severity) == "error" for problem in problems)


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
