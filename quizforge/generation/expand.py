"""From an item model to its variants: plain questions in a plain tree, each with what it was made from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from quizforge.generation.blueprint import Blueprint, read
from quizforge.generation.combinations import (
    DRAWS_PER_VARIANT,
    ENUMERATED,
    LEAST_DRAWS,
    digest,
    draws,
    every,
    how_many,
    label,
)
from quizforge.generation.evaluation import evaluate, truth
from quizforge.generation.expression import Node
from quizforge.generation.rendering import Rendered, render
from quizforge.generation.template import Template
from quizforge.generation.values import Names, Row, Value, describe
from quizforge.generation.work import MODEL_STEPS, OutOfWorkError, ValueFault, Work
from quizforge.model.codes.generation import (
    EQUAL_VARIANTS,
    NO_VARIANT,
    NOT_COMPUTABLE,
    TOO_MUCH_WORK,
    UNKNOWN_REJECT,
)
from quizforge.model.diagnostic import Code, Path, Problem
from quizforge.model.item_model import MAX_VARIANTS, ItemModel
from quizforge.model.table import Table

MAX_NOTE = 200
_NO_MEANING = frozenset({"id", "formerly", "title", "notes"})
"""Keys by which two variants differ without being two questions."""

_STEPS_HINT = "use fewer values, set 'count', or split the model"


@dataclass(frozen=True, slots=True)
class Variant:
    """One variant.

    Attributes:
        id: ``<model>.v-<8 hex>``.
        note: What makes it this variant.
        values: Its values in words, for messages.
        rows: Places of the table rows that it was made from.
        tree: The question, a plain tree as it will stand in the file.
        texts: Each filled-in text by its path, to find the place in the model.
    """

    id: str
    note: str
    values: str
    rows: tuple[str, ...]
    tree: Mapping[str, Any]
    texts: Mapping[Path, Rendered]

    @property
    def hash(self) -> str:
        """The eight digits behind the model's id."""
        return self.id[-8:]


@dataclass(frozen=True, slots=True)
class Expansion:
    """What became of a model.

    Attributes:
        model: The model.
        variants: In the order of the values; empty where something is wrong.
        problems: Counted from the model's entry.
    """

    model: ItemModel
    variants: tuple[Variant, ...]
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """Whether the variants are what the author asked for."""
        return not any((problem.severity or problem.code.severity) == "error" for problem in self.problems)


def expand(model: ItemModel, *, bank: str, tables: Mapping[str, Table | None], bank_work: Work) -> Expansion:
    """Make the variants of a model.

    Args:
        model: The model.
        bank: Id of the bank, which takes part in sampling.
        tables: The tables that the model names; None for one that could not be read.
        bank_work: The steps that are left for all models of the bank.
    """
    blueprint, problems = read(model, tables)
    if blueprint is None:
        return Expansion(model, (), tuple(problems))
    steps = max(0, min(MODEL_STEPS, bank_work.left))
    work = Work(steps)
    maker = _Maker(blueprint, f"{bank}\0{model.id}", work)
    try:
        variants = maker.make()
    except OutOfWorkError:
        message = "the model takes too long to work out"
        maker.problems.append(Problem(TOO_MUCH_WORK, message, ("vars",), hint=_STEPS_HINT, on_key=True))
        variants = ()
    bank_work.left -= steps - max(work.left, 0)
    return Expansion(model, variants, (*problems, *maker.collected()))


class _Computing(dict[str, Value]):
    """The names of one combination; what is computed is worked out when it is first asked for."""

    def __init__(self, drawn: Mapping[str, Value], computed: Mapping[str, Node], work: Work) -> None:
        super().__init__(drawn)
        self._computed = computed
        self._work = work

    def __missing__(self, name: str) -> Value:
        try:
            value = evaluate(self._computed[name], self, self._work)
        except ValueFault as fault:
            raise _LocatedFault(("compute", name), fault) from fault
        if isinstance(value, str):
            hint = "choose between texts with <% if %> in the text"
            text = ValueFault(f"a number is computed here, not {describe(value)}", hint=hint)
            raise _LocatedFault(("compute", name), text)
        self[name] = value
        return value


class _LocatedFault(Exception):  # noqa: N818  # becomes a diagnostic
    """A fault with the path of the expression or text that it lies in."""

    def __init__(self, at: Path, fault: ValueFault) -> None:
        super().__init__(fault.message)
        self.at = at
        self.fault = fault


class _Maker:
    def __init__(self, blueprint: Blueprint, seed: str, work: Work) -> None:
        self._blueprint = blueprint
        self._model = blueprint.model
        self._seed = seed
        self._work = work
        self.problems: list[Problem] = []
        self._faults: dict[tuple[Path, str], tuple[ValueFault, list[str]]] = {}
        self._twins: set[str] = set()
        self._size = _nodes(self._model.question)

    def make(self) -> tuple[Variant, ...]:
        chosen = self._chosen()
        if self._faults or any(problem.code is EQUAL_VARIANTS for problem in self.problems):
            return ()
        variants = tuple(variant for note, names in chosen if (variant := self._variant(note, names)) is not None)
        if self._faults:
            return ()
        self._look_alike(variants)
        return variants

    def collected(self) -> Iterable[Problem]:
        """Everything that was found: a fault that many combinations share stands once."""
        yield from self.problems
        for (at, _), (fault, values) in self._faults.items():
            others = f" and {len(values) - 1:,} more" if len(values) > 1 else ""
            message = f"{fault.message} (for {values[0]}{others})"
            yield Problem(NOT_COMPUTABLE, message, at, hint=fault.hint, span=fault.span)

    # Choosing -------------------------------------------------------------------------------------------------

    def _chosen(self) -> list[tuple[str, _Computing]]:
        total = how_many(self._blueprint.variables)
        count = self._model.count
        if total > ENUMERATED and count is None:
            message = f"the variables have {total:,} combinations" if total < 10**15 else "too many combinations"
            hint = f"set 'count' to draw some; at most {ENUMERATED:,} combinations are tried one by one"
            self._add(TOO_MUCH_WORK, message, ("vars",), hint, on_key=True)
            return []
        if count is not None and total > ENUMERATED:
            found = self._drawn(count)
        else:
            found = self._all()
            if count is not None:
                found = self._sampled(found, count)
        self._check_count(found, count, total)
        return found

    def _all(self) -> list[tuple[str, _Computing]]:
        """Every combination that the conditions let through and nobody rejected."""
        found: dict[str, _Computing] = {}
        for drawn in every(self._blueprint.variables, self._work):
            taken = self._taken(drawn)
            if taken is not None:
                self._keep(found, *taken)
        return self._without_rejected(list(found.items()))

    def _drawn(self, count: int) -> list[tuple[str, _Computing]]:
        found: dict[str, _Computing] = {}
        rejected = set(self._model.reject)
        limit = max(LEAST_DRAWS, DRAWS_PER_VARIANT * count)
        for drawn in draws(self._blueprint.variables, self._seed, limit, self._work):
            taken = self._taken(drawn)
            if taken is not None and digest(taken[0], 4) not in rejected:
                self._keep(found, *taken)
            if len(found) == count:
                break
        return list(found.items())

    def _keep(self, found: dict[str, _Computing], note: str, names: _Computing) -> None:
        """Keep a combination under its note, which nothing else may have."""
        known = found.setdefault(note, names)
        if known != names and note not in self._twins:
            self._twins.add(note)
            variables = self._blueprint.variables
            both = f"for {_words(known, variables)}; and for {_words(names, variables)}"
            hint = "put into the note whatever tells them apart"
            self._add(EQUAL_VARIANTS, f"two variants have the note '{note}': {both}", ("note",), hint)

    def _sampled(self, found: list[tuple[str, _Computing]], count: int) -> list[tuple[str, _Computing]]:
        """Those with the lowest hashes, in the order of the values."""
        lowest = sorted(found, key=lambda one: digest(f"{self._seed}\0{one[0]}"))[:count]
        notes = {note for note, _ in lowest}
        return [one for one in found if one[0] in notes]

    def _taken(self, drawn: Mapping[str, Value]) -> tuple[str, _Computing] | None:
        """Note and names of a combination; None where a condition leaves it out or something is wrong."""
        names = _Computing(drawn, self._blueprint.computed, self._work)
        try:
            for index, condition in enumerate(self._blueprint.conditions):
                if not self._holds(condition, names, ("where", index)):
                    return None
            for name in self._blueprint.computed:
                names[name]
            note = self._render(self._blueprint.note, names, ("note",)).text.strip()
        except _LocatedFault as located:
            self._fault(located, drawn)
            return None
        if not note or "\n" in note or len(note) > MAX_NOTE:
            wrong = f"the note is empty, longer than {MAX_NOTE} characters, or more than one line"
            self._fault(_LocatedFault(("note",), ValueFault(wrong, hint="name the variant in a few words")), drawn)
            return None
        return note, names

    def _holds(self, condition: Node, names: Names, at: Path) -> bool:
        try:
            return truth(condition, names, self._work)
        except ValueFault as fault:
            raise _LocatedFault(at, fault) from fault

    def _without_rejected(self, found: list[tuple[str, _Computing]]) -> list[tuple[str, _Computing]]:
        present = {digest(note, 4) for note, _ in found}
        for index, rejected in enumerate(self._model.reject):
            if rejected not in present:
                message = f"no variant has the id '{self._model.id}.v-{rejected}'"
                self._add(UNKNOWN_REJECT, message, ("reject", index), "remove it")
        return [one for one in found if digest(one[0], 4) not in self._model.reject]

    def _check_count(self, found: list[tuple[str, _Computing]], count: int | None, total: int) -> None:
        if len(found) > MAX_VARIANTS:
            message = f"{len(found):,} variants; at most {MAX_VARIANTS:,} are made of one model"
            self._add(TOO_MUCH_WORK, message, ("vars",), "set 'count' to draw some", on_key=True)
            found.clear()
        elif not found and not self._faults:
            at: Path = ("where",) if self._model.where else ("vars",)
            message = f"none of the {total:,} combinations is left" if total < 10**15 else "no draw is left"
            self._add(NO_VARIANT, message, at, "loosen the conditions", on_key=True)
        elif count is not None and len(found) < count and not self._faults:
            message = f"{len(found)} variants are left of the {count} that are asked for"
            self._add(NO_VARIANT, message, ("count",), "loosen the conditions, or ask for fewer")

    # Making ---------------------------------------------------------------------------------------------------

    def _variant(self, note: str, names: _Computing) -> Variant | None:
        self._work.take(self._size)
        found = {path: self._tried(text, names, path) for path, text in self._blueprint.texts.items()}
        texts = {path: text for path, text in found.items() if text is not None}
        if len(texts) < len(found):
            return None
        hashed = digest(note, 4)
        key = f"{self._model.id}.v-{hashed}"
        filled = _filled(self._model.question, (), texts)
        tree = {"id": key, **filled}
        tree.setdefault("family", self._model.id)
        if self._model.formerly:
            tree["formerly"] = [f"{former}.v-{hashed}" for former in self._model.formerly]
        rows = tuple(value.place for value in names.values() if isinstance(value, Row) and value.place)
        return Variant(key, note, _words(names, self._blueprint.variables), rows, tree, texts)

    def _tried(self, text: Template, names: Names, at: Path) -> Rendered | None:
        """A filled-in text; None where it has a fault, so that the faults of the others are found too."""
        try:
            return self._render(text, names, at)
        except _LocatedFault as located:
            self._fault(located, names)
            return None

    def _render(self, text: Template, names: Names, at: Path) -> Rendered:
        try:
            return render(text, names, self._work)
        except ValueFault as fault:
            raise _LocatedFault(at, fault) from fault

    def _look_alike(self, variants: tuple[Variant, ...]) -> None:
        """Variants with one id, which only a clash of hashes gives, or with one content."""
        seen: dict[str, Variant] = {}
        for variant in variants:
            twin = seen.setdefault(variant.id, variant)
            if twin is not variant:
                message = f"the notes '{twin.note}' and '{variant.note}' give one id, {variant.id}"
                self._add(EQUAL_VARIANTS, message, ("note",), "change the note a little")
        contents: dict[str, Variant] = {}
        for variant in variants:
            meaning = {key: value for key, value in variant.tree.items() if key not in _NO_MEANING}
            content = digest(repr(meaning), 16)
            twin = contents.setdefault(content, variant)
            if twin is not variant:
                message = f"two variants are the same question: for {twin.values}; and for {variant.values}"
                self._add(EQUAL_VARIANTS, message, ("vars",), "leave one out with a condition", on_key=True)

    def _fault(self, located: _LocatedFault, names: Mapping[str, Value]) -> None:
        fault = located.fault
        key = (located.at, f"{fault.span}{fault.hint}")
        values = self._faults.setdefault(key, (fault, []))[1]
        values.append(_words(names, self._blueprint.variables) if not values else "")

    def _add(self, code: Code, message: str, at: Path, hint: str, *, on_key: bool = False) -> None:
        self.problems.append(Problem(code, message, at, hint=hint, on_key=on_key))


def _nodes(tree: Any) -> int:  # noqa: ANN401  # a plain tree
    """How many values a tree has: what a variant costs before a text is filled in."""
    below = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    return 1 + sum(map(_nodes, below))


def _words(names: Mapping[str, Value], variables: Iterable[str] | None = None) -> str:
    """Values for a message: ``n = 3, task = Bern (data/tasks.csv:4)``."""
    return ", ".join(_word(name, names[name]) for name in (variables or names) if name in names)


def _word(name: str, value: Value) -> str:
    text = " ".join(label(value).split())
    short = text if len(text) <= 30 else f"{text[:29]}…"
    place = f" ({value.place})" if isinstance(value, Row) and value.place else ""
    return f"{name} = {short}{place}"


def _filled(tree: Any, at: Path, texts: Mapping[Path, Rendered]) -> Any:  # noqa: ANN401  # a plain tree
    if isinstance(tree, dict):
        return {key: _filled(value, (*at, key), texts) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_filled(value, (*at, index), texts) for index, value in enumerate(tree)]
    return texts[at].text if at in texts else tree
