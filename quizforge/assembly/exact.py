"""The same task as a mixed-integer program, for HiGHS: optimal, or proven to have no solution.

One 0-1 variable says whether a form holds a unit for a cell (van der Linden, Linear Models for Optimal Test Design,
2005, chapters 4 to 6). The work is limited by nodes of the search tree and not by time, and runs in one thread, so
that the same input gives the same forms.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

from quizforge.assembly.pool import SCALE, Plan
from quizforge.assembly.search import Found, target_of, values_of
from quizforge.errors import EnvironmentFault
from quizforge.model.codes.assembly import NO_ASSEMBLY
from quizforge.model.diagnostic import Problem

if TYPE_CHECKING:
    import highspy

NODES = 2_000
"""Nodes of the search tree; what is best by then is taken, and said not to be proven."""

GAP = 1e-3
"""A result within this of the best possible for each form, counted in mean facility, is taken as optimal."""


def solve(
    plan: Plan, counts: Sequence[int], *, seed: int, start: Found | None = None
) -> tuple[Found | None, str, list[Problem]]:
    """Fill the forms.

    Args:
        plan: What may be picked.
        counts: Questions of each cell in each form, for the target; where a cell leaves room, others may be chosen.
        seed: Of the solver's own choices.
        start: A valid result to begin from, which what comes out is at least as good as.

    Returns:
        The forms or None, what the solver says of them, and why there are none.

    Raises:
        EnvironmentFault: The extra ``solver`` is not installed.
    """
    try:
        import highspy
    except ImportError as error:
        message = "the solver HiGHS is not installed"
        raise EnvironmentFault(message, hint="pip install 'quizforge[solver]', or leave out --solver highs") from error
    program = _Program(plan, counts, highspy.Highs(), seed)
    solver = program.solver
    program.run(start)
    status = solver.getModelStatus()
    states = highspy.HighsModelStatus
    if status in {states.kInfeasible, states.kUnboundedOrInfeasible}:
        message = "it is proven that no forms meet all conditions together"
        hint = "let forms share more, ask for fewer questions, or remove enemies"
        return None, "", [Problem(NO_ASSEMBLY, message, ("sections",), hint=hint, on_key=True)]
    if solver.getInfo().primal_solution_status != 2:  # kSolutionStatusFeasible
        message = f"HiGHS found no forms within {NODES:,} nodes, and no proof that there are none"
        return None, "", [Problem(NO_ASSEMBLY, message, ("sections",), hint="widen the cells", on_key=True)]
    said = "HiGHS, optimal" if status == states.kOptimal else f"HiGHS, best within {NODES:,} nodes"
    return Found(program.forms(), 0), said, []


class _Program:
    """Variables and constraints."""

    def __init__(self, plan: Plan, counts: Sequence[int], solver: highspy.Highs, seed: int) -> None:
        self.solver = solver
        self._plan = plan
        for name, value in (
            ("output_flag", False),
            ("threads", 1),
            ("random_seed", seed % 2**31),
            ("mip_max_nodes", NODES),
            ("mip_abs_gap", GAP * plan.forms),
        ):
            solver.setOptionValue(name, value)
        self._held = [
            [{unit: solver.addBinary() for unit in cell.units} for cell in plan.cells] for _ in range(plan.forms)
        ]
        sizes = self._sizes()
        for form in range(plan.forms):
            self._fill(form, sizes)
            self._apart(form)
        self._uses()
        self._shared()
        self._aim = self._distance(counts)

    def run(self, start: Found | None) -> None:
        """Solve it; a start comes after the objective, whose change would take it back."""
        import highspy
        import numpy as np

        self.solver.setObjective(self._aim, highspy.ObjSense.kMinimize)
        if start is not None:
            held = {(form, cell, unit) for form, slots in enumerate(start.forms) for cell, unit in slots}
            columns = {
                variable.index: float((form, cell, unit) in held)
                for form, cells in enumerate(self._held)
                for cell, units in enumerate(cells)
                for unit, variable in units.items()
            }
            numbers = np.array(list(columns), dtype=np.int32)
            self.solver.setSolution(len(columns), numbers, np.array(list(columns.values())))
        self.solver.solve()

    def forms(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """The cells and units of each form."""
        return tuple(
            tuple(
                (number, unit)
                for number, cell in enumerate(cells)
                for unit, held in cell.items()
                if self.solver.val(held) > 0.5
            )
            for cells in self._held
        )

    def _sum(self, terms: Sequence[Any]) -> Any:  # noqa: ANN401  # an expression of highspy
        return self.solver.qsum(terms)

    def _of(self, form: int, unit: int) -> list[Any]:
        return [cell[unit] for cell in self._held[form] if unit in cell]

    def _sizes(self) -> list[Any]:
        """How many questions of each cell every form holds: within its limits, together what the section asks for."""
        sizes = [self.solver.addIntegral(lb=cell.low, ub=cell.high) for cell in self._plan.cells]
        for section in self._plan.sections:
            if section.cells:
                self.solver.addConstr(self._sum([sizes[cell] for cell in section.cells]) == section.low)
        return sizes

    def _fill(self, form: int, sizes: Sequence[Any]) -> None:
        units = self._plan.units
        for cell, size in zip(self._held[form], sizes, strict=True):
            self.solver.addConstr(self._sum([units[unit].size * held for unit, held in cell.items()]) - size == 0)

    def _apart(self, form: int) -> None:
        """A unit once, and no two that exclude each other."""
        for unit in range(len(self._plan.units)):
            mine = self._of(form, unit)
            if len(mine) > 1:
                self.solver.addConstr(self._sum(mine) <= 1)
            for other in sorted(self._plan.conflicts[unit] | self._plan.rivals[unit]):
                if other > unit:
                    self.solver.addConstr(self._sum([*mine, *self._of(form, other)]) <= 1)
        if self._plan.earlier is not None and self._plan.used:
            used = [
                self._plan.units[unit].size * held for unit in sorted(self._plan.used) for held in self._of(form, unit)
            ]
            if used:
                self.solver.addConstr(self._sum(used) <= self._plan.earlier)

    def _uses(self) -> None:
        plan = self._plan
        for unit in range(len(plan.units)):
            everywhere = [held for form in range(plan.forms) for held in self._of(form, unit)]
            if not everywhere:
                continue
            if not plan.overlap:
                self.solver.addConstr(self._sum(everywhere) <= 1)
            if unit in plan.included:
                self.solver.addConstr(self._sum(everywhere) >= 1)

    def _shared(self) -> None:
        """At most so many questions in two forms; a shared one is marked by a variable of its own."""
        plan = self._plan
        if not plan.overlap:
            for unit, rivals in enumerate(plan.rivals):
                for rival in sorted(rivals):
                    if rival > unit:
                        held = [h for form in range(plan.forms) for one in (unit, rival) for h in self._of(form, one)]
                        self.solver.addConstr(self._sum(held) <= 1)
            return
        for one, other in combinations(range(plan.forms), 2):
            marks = []
            for unit, found in enumerate(plan.units):
                both = [*self._of(one, unit), *self._of(other, unit)]
                if both:
                    mark = self.solver.addVariable(lb=0, ub=1)
                    self.solver.addConstr(mark - self._sum(both) >= -1)
                    marks.append(found.size * mark)
            self.solver.addConstr(self._sum(marks) <= plan.overlap)

    def _distance(self, counts: Sequence[int]) -> Any:  # noqa: ANN401  # an expression of highspy
        """How far the forms lie from what they aim at, in the measures of the built-in search."""
        plan, values = self._plan, values_of(self._plan)
        target = target_of(plan, counts)
        size = max(1, sum(counts))
        measures = (
            ("facility", target.facility, 1 / (SCALE * size)),
            ("square", target.square, 1 / (SCALE * size)),
            ("points", target.points, 0.5 / target.points if target.points else 0.0),
            ("seconds", target.seconds, 0.1 / target.seconds if target.seconds else 0.0),
        )
        terms = []
        for cells in self._held:
            for name, aim, weight in measures:
                if not weight:
                    continue
                away = self.solver.addVariable(lb=0)
                have = self._sum(
                    [
                        weight * getattr(values[number][unit], name) * held
                        for number, cell in enumerate(cells)
                        for unit, held in cell.items()
                    ]
                )
                self.solver.addConstr(have - away <= weight * aim)
                self.solver.addConstr(have + away >= weight * aim)
                terms.append(away)
        return self._sum(terms)
