"""Whether there are enough questions: a flow from cells to questions, and which cells are short if it does not fill.

A unit gives its questions to at most one cell in each form, so cells that overlap share what they both could take.
The largest flow says whether all can be served at once; where not, the cells that the last unserved one competes
with, and all that they could take, are the shortage (max-flow min-cut: Ford and Fulkerson, 1956).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from quizforge.assembly.flow import Flow
from quizforge.assembly.pool import Plan, Unit
from quizforge.model.codes.assembly import CELL_SHORT
from quizforge.model.diagnostic import Problem


@dataclass(frozen=True, slots=True)
class Supply:
    """What the flow found.

    Attributes:
        counts: Questions of each cell in each form, where all can be served.
        dealt: For each cell the units that the flow gives it, each as often as it may be used.
        problems: The shortages; empty where all can be served.
    """

    counts: tuple[int, ...]
    dealt: tuple[tuple[int, ...], ...]
    problems: tuple[Problem, ...] = ()


def check_supply(plan: Plan) -> Supply:
    """Give each cell its questions, the same number in every form."""
    network = _Network(plan)
    problems: list[Problem] = []
    for index, cell in enumerate(plan.cells):
        if not network.serve(index, cell.low):
            problems += network.shortage(index)
    counts = [cell.low for cell in plan.cells]
    if not problems:
        problems += _widened(plan, network, counts)
    if not problems:
        problems += network.unplaced()
    return Supply(tuple(counts), network.dealt(), tuple(problems))


def _widened(plan: Plan, network: _Network, counts: list[int]) -> Iterator[Problem]:
    """Bring each section to its count by widening the cell that has most to spare, one question a form at a time."""
    for section in plan.sections:
        open_cells = {cell for cell in section.cells if counts[cell] < plan.cells[cell].high}
        missing = section.low - sum(counts[cell] for cell in section.cells)
        while missing > 0 and open_cells:
            chosen = max(sorted(open_cells), key=lambda cell: _spare(plan, cell, counts))
            if network.serve(chosen, counts[chosen] + 1):
                counts[chosen] += 1
                missing -= 1
            else:
                open_cells.remove(chosen)
            if counts[chosen] == plan.cells[chosen].high:
                open_cells.discard(chosen)
        if missing > 0:
            have = (section.low - missing) * plan.forms
            message = (
                f"the section is short: {_forms(plan)} {section.low * plan.forms} questions,"
                f" and its cells can give {have}"
            )
            hint = "ask for fewer, or widen a cell or its filter"
            yield Problem(CELL_SHORT, message, (*section.at, "count"), hint=hint)


def _spare(plan: Plan, cell: int, counts: Sequence[int]) -> float:
    return sum(plan.units[unit].size for unit in plan.cells[cell].units) / (counts[cell] + 1)


def _are(count: int) -> str:
    return f"there {'is' if count == 1 else 'are'} {count}"


def _forms(plan: Plan) -> str:
    return "1 form needs" if plan.forms == 1 else f"{plan.forms} forms need"


class _Network:
    """Source, cells, units, families, sink.

    A unit serves as many forms as it may be used in; of a family each form takes one. Units that must be used are
    served first.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._uses = plan.forms if plan.overlap else 1
        self._flow = flow = Flow()
        families: dict[tuple[str, str], int] = {}
        self._units = []
        self._ends = []
        for unit in plan.units:
            node = flow.node()
            family = _family(unit)
            if family is not None and family not in families:
                families[family] = flow.node()
                flow.edge(families[family], flow.sink, plan.forms)
            end = flow.sink if family is None else families[family]
            self._units.append(node)
            self._ends.append(flow.edge(node, end, 0))
        self._cells = [flow.node() for _ in plan.cells]
        self._starts = [flow.edge(flow.source, node, 0) for node in self._cells]
        self._takes = [
            {unit: flow.edge(node, self._units[unit], plan.units[unit].size * self._uses) for unit in cell.units}
            for node, cell in zip(self._cells, plan.cells, strict=True)
        ]
        self._short: set[frozenset[int]] = set()
        for index, cell in enumerate(plan.cells):
            flow.widen(self._starts[index], cell.low * plan.forms)
        self._fill()

    def _fill(self) -> None:
        """Serve from the units that must be used as far as they go, then from all."""
        included = self._plan.included
        for first in (True, False):
            for index, end in enumerate(self._ends):
                wanted = index in included or not first
                once = self._plan.units[index].size
                room = once * (1 if first else self._uses) if wanted else 0
                self._flow.widen(end, max(room, self._flow.flow(end)))
            if included or not first:
                self._flow.fill()

    def serve(self, cell: int, count: int) -> bool:
        """Give a cell so many questions in every form, or else leave it as it is."""
        before = self._flow.state()
        self._flow.widen(self._starts[cell], count * self._plan.forms)
        self._fill()
        if self._flow.is_full(self._starts[cell]):
            return True
        if count > self._plan.cells[cell].low:
            self._flow.restore(before)
        return False

    def shortage(self, cell: int) -> Iterator[Problem]:
        """What a cell lacks that could not be served, with the cells that compete for the same questions."""
        plan = self._plan
        nodes = self._flow.reached(self._cells[cell])
        rivals = frozenset(index for index, node in enumerate(self._cells) if node in nodes)
        if rivals in self._short:
            return
        self._short.add(rivals)
        need = sum(plan.cells[index].low for index in rivals) * plan.forms
        have = self._flow.cut(nodes)
        names = [f"'{plan.cells[index].label}'" for index in sorted(rivals)]
        start = f"cell {names[0]} is short" if len(names) == 1 else f"cells {_listed(names)} are short together"
        hint = "ask for fewer questions or forms, widen a filter, or let forms share some with 'overlap'"
        message = f"{start}: {_forms(plan)} {need} questions, and {_are(have)}"
        yield Problem(CELL_SHORT, message, plan.cells[cell].at, hint=hint)

    def unplaced(self) -> Iterator[Problem]:
        """Questions that must be used and for which no cell has room."""
        for unit in sorted(self._plan.included):
            if not self._flow.flow(self._ends[unit]):
                name = "/".join(self._plan.units[unit].keys[0])
                message = f"no cell has room for '{name}', which must be used"
                yield Problem(
                    CELL_SHORT, message, ("include",), hint="widen a cell that it fits, or name it in a section"
                )

    def dealt(self) -> tuple[tuple[int, ...], ...]:
        """For each cell its units, each once for every use."""
        return tuple(
            tuple(
                unit
                for unit, edge in sorted(takes.items())
                for _ in range(-(-self._flow.flow(edge) // self._plan.units[unit].size))
            )
            for takes in self._takes
        )


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _family(unit: Unit) -> tuple[str, str] | None:
    """The family of a single question; a set may hold several and is left out of this reckoning."""
    item = unit.items[0]
    return None if unit.size > 1 or item.question.family is None else (item.bank.id, item.question.family)
