"""The entries of one bank, read from its documents: decoded, with their ids, places and problems."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from quizforge.loading.decode import decode, dotted, failed_invariants
from quizforge.loading.references import unknown_references
from quizforge.loading.sources import HEADER, SourceMap, located
from quizforge.loading.translate import did_you_mean
from quizforge.loading.yaml.nodes import Document
from quizforge.model.bank import FLASHCARD_INVARIANTS, SECTIONS, SHARED_IDS, Defaults, Flashcard, Header
from quizforge.model.codes.structure import (
    DUPLICATE_ID,
    HEADER_IN_PART,
    MISSING_KEY,
    UNKNOWN_KEY,
    UNKNOWN_TYPE,
    WRONG_SHAPE,
)
from quizforge.model.diagnostic import Diagnostic, Path, Place, Problem
from quizforge.model.fields import Entry
from quizforge.model.item_model import OWN_KEYS, ItemModel
from quizforge.model.question import QUESTION_TYPES
from quizforge.model.questions.base import BaseQuestion

QUESTIONS = "questions"
DEFAULTS = "defaults"
ITEM_MODELS = "item_models"
LISTS = (*SECTIONS, QUESTIONS, ITEM_MODELS)
_HEADER_KEYS = tuple(field.alias or name for name, field in Header.model_fields.items())
_MOVED: Mapping[str, str] = {"quiz": "a quiz file lies in the folder quizzes/ of its bank"}
"""Keys of files that lie at the wrong place: what to do."""
_ID_SPACES: Mapping[str, tuple[str, ...]] = {
    section: SHARED_IDS if section in SHARED_IDS else (section,) for section in LISTS
} | {ITEM_MODELS: (*SHARED_IDS, ITEM_MODELS)}
"""The sections that share their ids with a section, itself included."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One entry and where it came from.

    Attributes:
        section: ``questions``, ``concepts`` ..., or ``bank`` and ``defaults``.
        entry: As decoded; broken fields hold stand-ins.
        document: The file.
        start: The path of the entry in it.
        broken: Dotted fields that could not be read.
    """

    section: str
    entry: Any
    document: Document
    start: Path
    broken: frozenset[str]


class Entries:
    """Everything that stands in the documents of one bank.

    Attributes:
        header: None where it could not be read.
        kept: The entries of each section, in the order of the files.
        twins: Entries whose id another one has already, which are looked at and not kept.
        defaulted: Question fields that the bank's defaults set.
        diagnostics: What was found.
        sources: Where each entry stands.
    """

    def __init__(self, documents: Sequence[Document], *, home: Place) -> None:
        self.kept: dict[str, list[Kept]] = {section: [] for section in (HEADER, DEFAULTS, *LISTS)}
        self.twins: list[Kept] = []
        self.defaulted: frozenset[str] = frozenset()
        self.diagnostics: list[Diagnostic] = []
        self.sources = SourceMap(home)
        self._documents = documents
        self._defaults: dict[str, Any] = {}
        self._known = {section: frozenset(self._ids(section)) for section in LISTS}

    @property
    def known(self) -> Mapping[str, frozenset[str]]:
        """The ids of each section."""
        return self._known

    @property
    def defaults(self) -> Mapping[str, Any]:
        """Question fields that the bank's defaults set, as they stand in the file."""
        return self._defaults

    @property
    def header(self) -> Header | None:
        """The bank's header; None where it could not be read."""
        kept = self.kept[HEADER]
        return kept[0].entry if kept else None

    @property
    def language(self) -> str:
        """The language of the bank's texts, BCP 47; English where the header cannot be read."""
        return self.header.language if self.header is not None else "en"

    def read(self) -> None:
        """Read header, lists, defaults and questions, and check each entry by itself."""
        for number, document in enumerate(self._documents):
            if isinstance(document.root, dict):
                self._top_level(document, first=number == 0)
        for section, cls in SECTIONS.items():
            for document, index, raw in self._raw(section):
                self._entry(section, cls, raw, document, index)
        self._read_defaults()
        for document, index, raw in self._raw(QUESTIONS):
            self._question(raw, document, index)
        for document, index, raw in self._raw(ITEM_MODELS):
            self._item_model(raw, document, index)

    def _raw(self, section: str) -> Iterable[tuple[Document, int, Any]]:
        for document in self._documents:
            entries = document.root.get(section) if isinstance(document.root, dict) else None
            if isinstance(entries, list):
                yield from ((document, index, raw) for index, raw in enumerate(entries))

    def _ids(self, section: str) -> Iterable[str]:
        for _, _, raw in self._raw(section):
            entry = raw.get("id") if isinstance(raw, dict) else None
            if isinstance(entry, str):
                yield entry

    def _top_level(self, document: Document, *, first: bool) -> None:
        assert isinstance(document.root, dict)  # noqa: S101  # the caller has looked
        lists = {key: value for key, value in document.root.items() if key in LISTS}
        for key, value in lists.items():
            if not isinstance(value, list) and (key,) not in document.broken:
                self._report(Problem(WRONG_SHAPE, f"'{key}' is a list of entries", (key,)), document)
        others = {key: value for key, value in document.root.items() if key not in LISTS}
        for key in others:
            if key in _HEADER_KEYS or key == DEFAULTS:
                if not first:
                    hint = "move it to bank.yaml; further files hold lists only"
                    message = f"'{key}' stands once in a bank, in its first file"
                    self._report(Problem(HEADER_IN_PART, message, (key,), hint=hint, on_key=True), document)
            else:
                known = (*_HEADER_KEYS, DEFAULTS, *LISTS) if first else LISTS
                hint = _MOVED.get(key) or did_you_mean(key, known) or f"known keys: {', '.join(known)}"
                message = f"unknown key '{key}' in {'bank' if first else 'a further file of a bank'}"
                self._report(Problem(UNKNOWN_KEY, message, (key,), hint=hint, on_key=True), document)
        if first:
            self._read_header({key: value for key, value in others.items() if key in _HEADER_KEYS}, document)

    def _read_header(self, raw: Mapping[str, Any], document: Document) -> None:
        lost = [path for path in document.broken if path and path[0] in _HEADER_KEYS]
        decoded = decode(Header, dict(raw), lost=lost, incomplete=[path for path in document.incomplete if not path])
        self._report_all(decoded.problems, document, ())
        self.sources.add(HEADER, HEADER, document, ())
        if decoded.entry is not None:
            self.kept[HEADER].append(Kept(HEADER, decoded.entry, document, (), decoded.broken))

    def _read_defaults(self) -> None:
        document = self._documents[0]
        raw: Any = document.root.get(DEFAULTS) if isinstance(document.root, dict) else None
        if raw is None:
            return
        start: Path = (DEFAULTS,)
        decoded = decode(Defaults, raw, lost=_below(document, start))
        self._report_all(decoded.problems, document, start)
        if decoded.entry is None:
            return
        self.kept[DEFAULTS].append(Kept(DEFAULTS, decoded.entry, document, start, decoded.broken))
        faults = {field.split(".")[0] for field in decoded.broken}
        for problem in unknown_references(DEFAULTS, decoded.entry, self._known):
            self._report(problem, document, start)
            faults.add(str(problem.at[0]))
        self._defaults = {
            key: value for key, value in raw.items() if key in Defaults.model_fields and key not in faults
        }
        self.defaulted = frozenset(self._defaults)

    def _entry(self, section: str, cls: type[Entry], raw: Any, document: Document, index: int) -> None:  # noqa: ANN401  # a plain tree
        start: Path = (section, index)
        decoded = decode(cls, raw, lost=_below(document, start), incomplete=_incomplete(document, start))
        self._report_all(decoded.problems, document, start)
        if decoded.entry is not None:
            invariants = FLASHCARD_INVARIANTS if cls is Flashcard else ()
            self._keep(section, decoded.entry, document, start, decoded.broken, invariants)

    def _question(self, raw: Any, document: Document, index: int) -> None:  # noqa: ANN401  # a plain tree
        start: Path = (QUESTIONS, index)
        if not isinstance(raw, dict):
            message = "a question is expected here: a mapping with id, type and stem"
            self._report(Problem(WRONG_SHAPE, message), document, start)
            return
        kind = raw.get("type")
        cls: type[BaseQuestion] | None = QUESTION_TYPES.get(kind) if isinstance(kind, str) else None
        if cls is None and kind is None and start in document.incomplete:
            return
        if cls is None:
            self._report(_bad_type(kind), document, start)
            return
        whole = {**self._defaults, **raw} if self._defaults else raw
        decoded = decode(cls, whole, lost=_below(document, start), incomplete=_incomplete(document, start))
        if decoded.problems:
            self._report_all(decoded.problems, document, start)
        if decoded.entry is not None:
            self._keep(QUESTIONS, decoded.entry, document, start, decoded.broken, cls.invariants)

    def _item_model(self, raw: Any, document: Document, index: int) -> None:  # noqa: ANN401  # a plain tree
        start: Path = (ITEM_MODELS, index)
        if not isinstance(raw, dict):
            message = "an item model is expected here: a question with 'vars' and 'note'"
            self._report(Problem(WRONG_SHAPE, message), document, start)
            return
        kind = raw.get("type")
        if not isinstance(kind, str) or kind not in QUESTION_TYPES:
            if not (kind is None and start in document.incomplete):
                self._report(_bad_type(kind), document, start)
            return
        own = {key: value for key, value in raw.items() if key in OWN_KEYS}
        question = {key: value for key, value in raw.items() if key not in OWN_KEYS}
        lost, incomplete = _below(document, start), _incomplete(document, start)
        decoded = decode(ItemModel, {**own, "question": question}, lost=lost, incomplete=incomplete)
        self._report_all(decoded.problems, document, start)
        if decoded.entry is not None:
            self._keep(ITEM_MODELS, decoded.entry, document, start, decoded.broken, ())

    def _keep(
        self,
        section: str,
        entry: Any,  # noqa: ANN401  # an entry of any section
        document: Document,
        start: Path,
        broken: frozenset[str],
        invariants: Any,  # noqa: ANN401  # of the entry's own class
    ) -> None:
        distinct = "id" in broken or self._distinct(section, entry.id, document, start)
        if distinct and "id" not in broken:
            self.sources.add(section, entry.id, document, start)
        for problem in failed_invariants(entry, invariants, broken=broken):
            self._report(problem, document, start)
        for problem in unknown_references(section, entry, self._known):
            from_defaults = problem.at[0] in self.defaulted and section == QUESTIONS
            if dotted(problem.at) not in broken and not from_defaults:
                self._report(problem, document, start)
        (self.kept[section] if distinct else self.twins).append(Kept(section, entry, document, start, broken))

    def _distinct(self, section: str, entry: str, document: Document, start: Path) -> bool:
        for other in _ID_SPACES[section]:
            if self.sources.has(other, entry):
                where = self.sources.place(other, entry, ("id",))
                message = f"the id '{entry}' stands twice; first at {where}"
                hint = "questions, flashcards and concepts share one id space" if other != section else "rename one"
                problem = Problem(DUPLICATE_ID, message, ("id",), hint=hint)
                self.diagnostics.append(located(problem, document, start, related=(where,)))
                return False
        return True

    def _report(self, problem: Problem, document: Document, start: Path = ()) -> None:
        self.diagnostics.append(located(problem, document, start))

    def _report_all(self, problems: Iterable[Problem], document: Document, start: Path) -> None:
        self.diagnostics.extend(located(problem, document, start) for problem in problems)


def _below(document: Document, start: Path) -> list[Path]:
    if not document.broken:
        return []
    depth = len(start)
    return [path[depth:] for path in document.broken if path[:depth] == start and len(path) > depth]


def _incomplete(document: Document, start: Path) -> list[Path]:
    if not document.incomplete:
        return []
    depth = len(start)
    return [path[depth:] for path in document.incomplete if path[:depth] == start]


def _bad_type(kind: object) -> Problem:
    known = ", ".join(QUESTION_TYPES)
    if kind is None:
        return Problem(MISSING_KEY, "the question has no 'type'", ("type",), hint=f"one of: {known}", on_key=True)
    if not isinstance(kind, str):
        return Problem(WRONG_SHAPE, "the type of a question is a text", ("type",), hint=f"one of: {known}")
    hint = did_you_mean(kind, QUESTION_TYPES) or f"one of: {known}"
    return Problem(UNKNOWN_TYPE, f"there is no question type '{kind}'", ("type",), hint=hint)
