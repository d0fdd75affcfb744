"""The largest flow, against all ways there are."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from quizforge.assembly.flow import Flow


@settings(max_examples=150)
@given(
    st.lists(st.frozensets(st.integers(0, 4)), min_size=1, max_size=4),
    st.lists(st.integers(0, 2), min_size=4, max_size=4),
)
def test_flow_serves_as_many_as_any_assignment(fits: list[frozenset[int]], wanted: list[int]) -> None:
    """Cells that ask for some of five things are served as well as the best of all assignments serves them."""
    flow = Flow()
    things = [flow.node() for _ in range(5)]
    for thing in things:
        flow.edge(thing, flow.sink, 1)
    starts = []
    for number, cell in enumerate(fits):
        node = flow.node()
        starts.append(flow.edge(flow.source, node, wanted[number]))
        for thing in sorted(cell):
            flow.edge(node, things[thing], 1)
    flow.fill()
    best = 0
    for owners in product(range(-1, len(fits)), repeat=5):
        if all(owner < 0 or thing in fits[owner] for thing, owner in enumerate(owners)):
            best = max(best, sum(min(owners.count(cell), wanted[cell]) for cell in range(len(fits))))

    assert sum(flow.flow(start) for start in starts) == best


def test_flow_goes_on_where_capacity_grows() -> None:
    """What was filled stays filled when an edge is widened, and the rest follows."""
    flow = Flow()
    middle = flow.node()
    start, end = flow.edge(flow.source, middle, 1), flow.edge(middle, flow.sink, 5)
    flow.fill()
    assert (flow.flow(end), flow.is_full(start)) == (1, True)
    before = flow.state()
    flow.widen(start, 3)
    flow.fill()
    assert flow.flow(end) == 3
    flow.restore(before)
    assert flow.flow(end) == 1
