"""Which values meet in a variant: all combinations, or a sample that hashes draw.

The sample is drawn from hashes of the bank's id, the model's id and what the draw is about, never
from a random number, so that it is the same everywhere. It is made to last: a row that is added to a table
takes the place of few variants, most often of none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import blake2b
from itertools import product
from math import prod

from quizforge.generation.values import Given, Row, Value
from quizforge.generation.variables import Variable
from quizforge.generation.work import Work

ENUMERATED = 20_000
"""Up to so many combinations are all looked at."""

DRAWS_PER_VARIANT = 100
LEAST_DRAWS = 1000


def how_many(variables: Mapping[str, Variable]) -> int:
    """The number of all combinations."""
    return prod(len(variable.values) for variable in variables.values())


def every(variables: Mapping[str, Variable], work: Work) -> Iterator[dict[str, Value]]:
    """All combinations, the last variable changing fastest."""
    for values in product(*(variable.values for variable in variables.values())):
        work.take(1 + len(values))
        yield dict(zip(variables, values, strict=True))


def draws(variables: Mapping[str, Variable], seed: str, draw_count: int, work: Work) -> Iterator[dict[str, Value]]:
    """Draws from all combinations; one may come twice.

    In each draw a variable takes the value whose hash is highest (rendezvous hashing: Thaler and
    Ravishankar, IEEE/ACM Transactions on Networking 6(1), 1998). So one value more changes only the
    draws that it wins.
    """
    labels = {name: _labels(variable.values) for name, variable in variables.items()}
    for number in range(draw_count):
        drawn = {}
        for name, variable in variables.items():
            work.take(len(variable.values))
            start = f"{seed}\0{number}\0{name}\0"
            best = max(range(len(variable.values)), key=lambda at: digest(start + labels[name][at]))
            drawn[name] = variable.values[best]
        yield drawn


def digest(text: str, size: int = 8) -> str:
    """Hexadecimal digits of a hash that is the same on every machine."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).hexdigest()


def label(value: Value) -> str:
    """A value in a message, and in the draws: a row goes by its first cell."""
    if isinstance(value, Row):
        return next(iter(value.cells.values())).text if value.cells else ""
    return value.text if isinstance(value, Given) else str(value)


def _labels(values: tuple[Value, ...]) -> list[str]:
    """Names of values, with a number where rows begin alike."""
    seen: dict[str, int] = {}
    found = []
    for value in values:
        name = label(value)
        seen[name] = seen.get(name, 0) + 1
        found.append(f"{name}\0{seen[name]}")
    return found
