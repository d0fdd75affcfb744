"""Sets that are nearly equal among many, without comparing each with each.

Jaccard similarity with prefix filtering: two sets of which at least a share t is common have one of their n - ceil(t n)
+ 1 rarest members in common, so that only sets which share such a member are compared (Bayardo, Ma & Srikant, Scaling
up all pairs similarity search, WWW 2007; Xiao et al., Efficient similarity joins for near-duplicate detection, ACM
TODS 36(3), 2011). Nothing is drawn at random, and no hash of Python's is used for an order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil

Shingle = tuple[str, ...]
MOST_COMPARED = 200
"""Most sets that one set is compared with. More share a rare member with it in banks only that were made to be slow:
there, a twin may be missed."""


def shingles(tokens: Sequence[str], size: int = 3) -> tuple[Shingle, ...]:
    """The runs of some tokens of a text, each once, in order; one shorter run for a shorter text."""
    if len(tokens) <= size:
        return (tuple(tokens),) if tokens else ()
    return tuple(dict.fromkeys(zip(*(tokens[start:] for start in range(size)), strict=False)))


class Alike:
    """Finds for each of some sets the earlier ones that are alike.

    Args:
        sets: Members of each set, each once.
        threshold: The share of the members of both that two sets must have in common, above 0.
    """

    def __init__(self, sets: Sequence[Sequence[Shingle]], threshold: Fraction) -> None:
        self._threshold = threshold
        self._numbers: dict[Shingle, int] = {}
        self._counts: Counter[int] = Counter()
        numbers, counts = self._numbers, self._counts
        self._sets = [[numbers.setdefault(member, len(numbers)) for member in members] for members in sets]
        for members in self._sets:
            counts.update(members)
        self._members: list[frozenset[int]] = []
        self._firsts: dict[frozenset[int], list[int]] = {}
        self._holders: dict[int, list[int]] = {}

    def __iter__(self) -> Iterator[Iterator[tuple[int, Fraction]]]:
        """For each set in order, lazily: the index of an earlier set that is alike, and the share that is common."""
        for index, raw in enumerate(self._sets):
            members = frozenset(raw)
            self._members.append(members)
            if not members:
                yield iter(())
                continue
            ordered = sorted(raw, key=lambda member: (self._counts[member], member))
            prefix = ordered[: len(ordered) - ceil(self._threshold * len(ordered)) + 1]
            yield self._like(members, prefix)
            same = self._firsts.setdefault(members, [])
            same.append(index)
            if len(same) == 1:  # a set that is equal to an earlier one is found with it
                for member in prefix:
                    self._holders.setdefault(member, []).append(index)

    def _like(self, members: frozenset[int], prefix: Sequence[int]) -> Iterator[tuple[int, Fraction]]:
        for index in self._firsts.get(members, ())[:MOST_COMPARED]:
            yield index, Fraction(1)
        for first in self._candidates(prefix):
            other = self._members[first]
            small, large = sorted((len(members), len(other)))
            if other == members or small < self._threshold * large:
                continue
            common = len(members & other)
            share = Fraction(common, small + large - common)
            if share >= self._threshold:
                for index in self._firsts[other][:MOST_COMPARED]:
                    yield index, share

    def _candidates(self, prefix: Sequence[int]) -> Iterator[int]:
        seen: set[int] = set()
        for member in prefix:
            for index in self._holders.get(member, ())[:MOST_COMPARED]:
                if index not in seen:
                    if len(seen) == MOST_COMPARED:
                        return
                    seen.add(index)
                    yield index
