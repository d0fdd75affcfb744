"""Largest flows in small networks (Dinic, Soviet Math. Doklady 11, 1970)."""

from __future__ import annotations

from collections import deque


class Flow:
    """A network whose capacities may grow while flow stands in it. Node 0 is the source, node 1 the sink.

    A flow that has reached the sink is never taken back, only led another way: what one call of
    :meth:`fill` has filled at the source and at the sink stays filled.
    """

    source = 0
    sink = 1

    def __init__(self) -> None:
        self._out: list[list[int]] = [[], []]
        self._to: list[int] = []
        self._left: list[int] = []
        self._capacity: list[int] = []

    def node(self) -> int:
        """A new node."""
        self._out.append([])
        return len(self._out) - 1

    def edge(self, start: int, end: int, capacity: int) -> int:
        """A new edge; its number."""
        number = len(self._to)
        for here, there, room in ((start, end, capacity), (end, start, 0)):
            self._out[here].append(len(self._to))
            self._to.append(there)
            self._left.append(room)
            self._capacity.append(room)
        return number

    def widen(self, edge: int, capacity: int) -> None:
        """Give an edge another capacity, not below its flow."""
        self._left[edge] += capacity - self._capacity[edge]
        self._capacity[edge] = capacity

    def flow(self, edge: int) -> int:
        """What runs through an edge."""
        return self._capacity[edge] - self._left[edge]

    def is_full(self, edge: int) -> bool:
        """Whether an edge has no room left."""
        return self._left[edge] == 0

    def state(self) -> tuple[list[int], list[int]]:
        """The flow and the capacities, to come back to."""
        return self._left.copy(), self._capacity.copy()

    def restore(self, state: tuple[list[int], list[int]]) -> None:
        """Come back to an earlier flow."""
        self._left, self._capacity = state[0].copy(), state[1].copy()

    def fill(self) -> None:
        """Send as much as possible from source to sink, beyond what flows already."""
        while True:
            levels = self._levels(self.source)
            if levels[self.sink] < 0:
                return
            turns = [0] * len(self._out)
            while self._path(levels, turns):
                pass

    def reached(self, start: int) -> frozenset[int]:
        """The nodes to which a node could still send something; the source is not gone through."""
        levels = self._levels(start, closed=self.source)
        return frozenset(node for node, level in enumerate(levels) if level >= 0)

    def cut(self, nodes: frozenset[int]) -> int:
        """What may leave some nodes at most, the source not counted."""
        return sum(
            self._capacity[edge]
            for node in nodes
            if node != self.source
            for edge in self._out[node]
            if edge % 2 == 0 and self._to[edge] not in nodes
        )

    def _levels(self, start: int, *, closed: int | None = None) -> list[int]:
        levels = [-1] * len(self._out)
        levels[start] = 0
        queue = deque([start])
        while queue:
            node = queue.popleft()
            for edge in self._out[node]:
                there = self._to[edge]
                if self._left[edge] > 0 and levels[there] < 0 and there != closed:
                    levels[there] = levels[node] + 1
                    queue.append(there)
        return levels

    def _path(self, levels: list[int], turns: list[int]) -> int:
        """One augmenting path along rising levels, without recursion."""
        trail: list[int] = []
        node = self.source
        while node != self.sink:
            edge = self._next(node, levels, turns)
            if edge is not None:
                trail.append(edge)
                node = self._to[edge]
            elif trail:
                node = self._to[trail.pop() ^ 1]
                turns[node] += 1
            else:
                return 0
        amount = min(self._left[edge] for edge in trail)
        for edge in trail:
            self._left[edge] -= amount
            self._left[edge ^ 1] += amount
        return amount

    def _next(self, node: int, levels: list[int], turns: list[int]) -> int | None:
        edges = self._out[node]
        while turns[node] < len(edges):
            edge = edges[turns[node]]
            if self._left[edge] > 0 and levels[self._to[edge]] == levels[node] + 1:
                return edge
            turns[node] += 1
        return None
