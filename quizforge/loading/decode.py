"""Plain tree to model, entry by entry, with every problem of an entry in one go.

A field that cannot be read never hides a problem elsewhere: the entry is built again with stand-ins
for what is broken, and each invariant runs unless it reads one of those fields.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from quizforge.loading.translate import noun, problem_of
from quizforge.model.codes.structure import WRONG_SHAPE
from quizforge.model.diagnostic import Path, Problem
from quizforge.model.questions.base import Invariant

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

E = TypeVar("E", bound=BaseModel)

_STAND_INS: Sequence[object] = ("x", "0", "true", [], {})
_NAMED_FIELDS = frozenset({"blanks", "limits", "vars", "compute", "allow"})
"""Fields whose keys are the author's own names, which are no fields."""


@dataclass(frozen=True, slots=True)
class Decoded(Generic[E]):
    """What came of one entry.

    Attributes:
        entry: The entry, with stand-ins in broken places; None where nothing could be made of it.
        problems: What was wrong with its fields.
        broken: Dotted fields that hold stand-ins or nothing.
    """

    entry: E | None
    problems: tuple[Problem, ...] = ()
    broken: frozenset[str] = frozenset()


def decode(cls: type[E], raw: object, *, lost: Iterable[Path] = (), incomplete: Collection[Path] = ()) -> Decoded[E]:
    """Read one entry.

    Args:
        cls: What it must be.
        raw: The plain tree of the entry.
        lost: Paths inside the entry whose value the YAML reader had to leave out.
        incomplete: Mappings inside it (``()`` for itself) that lack keys for the same reason.
    """
    broken = frozenset(dotted(path) for path in lost)
    try:
        return Decoded(cls.model_validate(raw), (), broken)
    except ValidationError as error:
        errors = error.errors(include_url=False)
    if not isinstance(raw, dict):
        return Decoded(None, (Problem(WRONG_SHAPE, f"a {noun(cls)} is expected here: a mapping of keys to values"),))
    lost_paths = set(lost)
    problems = [
        problem_of(item, cls)
        for item in errors
        if tuple(item["loc"]) not in lost_paths
        and not (item["type"] == "missing" and tuple(item["loc"][:-1]) in incomplete)
    ]
    broken |= {dotted(tuple(item["loc"])) for item in errors if item["type"] != "extra_forbidden"}
    return Decoded(_rebuild(cls, raw, errors), tuple(problems), broken)


def failed_invariants(
    entry: BaseModel, invariants: Iterable[Invariant], *, broken: frozenset[str] = frozenset()
) -> list[Problem]:
    """The problems that an entry's invariants find, but for those that read a broken field."""
    problems: list[Problem] = []
    for invariant in invariants:
        if not (broken and any(_touches(read, broken) for read in invariant.reads)):
            problems.extend(invariant.check(entry))
    return problems


def dotted(path: Path) -> str:
    """A path as invariants name it: ``choices.credit`` for ``("choices", 2, "credit")``."""
    names: list[str] = []
    own_name = False
    for step in path:
        if isinstance(step, str) and not own_name:
            names.append(step)
        own_name = step in _NAMED_FIELDS and not own_name
    return ".".join(names)


def _touches(read: str, broken: frozenset[str]) -> bool:
    return any(field in ("", read) or read.startswith(field + ".") for field in broken)


def _rebuild(cls: type[E], raw: dict[str, Any], errors: list[ErrorDetails]) -> E | None:
    patched = deepcopy(raw)
    for stand_in in (None, *_STAND_INS):
        for error in errors:
            _patch(patched, tuple(error["loc"]), error["type"], stand_in)
        try:
            return cls.model_validate(patched)
        except ValidationError as error:
            errors = error.errors(include_url=False)
    return None


def _patch(root: dict[str, Any], at: Path, kind: str, stand_in: object) -> None:
    """Take a faulty value out, or put a stand-in where one must stand; lists keep their length."""
    node: Any = root
    steps = list(at)
    while len(steps) > 1 and isinstance(child := _child(node, steps[0]), (dict, list)):
        node = child
        steps.pop(0)
    step = steps[0]
    if isinstance(node, list):
        if isinstance(step, int) and step < len(node):
            node[step] = deepcopy(stand_in) if stand_in is not None else "x"
    elif kind == "extra_forbidden" or stand_in is None:
        node.pop(step, None)
    else:
        node[step] = deepcopy(stand_in)


def _child(node: Any, step: str | int) -> Any:  # noqa: ANN401  # any node of a plain tree
    if isinstance(node, dict):
        return node.get(step)
    return node[step] if isinstance(step, int) and step < len(node) else None
