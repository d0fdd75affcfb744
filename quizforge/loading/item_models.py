"""The item models of a bank: their tables read, their variants made, checked, and compared with the files."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath
from typing import Any

from quizforge import markup
from quizforge.generation import emit
from quizforge.generation.expand import Expansion, expand
from quizforge.generation.variables import table_names
from quizforge.generation.work import BANK_STEPS, Work
from quizforge.loading.discover import HOME
from quizforge.loading.entries import ITEM_MODELS, Entries, Kept
from quizforge.loading.pictures import Pictures
from quizforge.loading.sources import located
from quizforge.loading.tables import Tables
from quizforge.loading.variants import Surroundings, example, structure_problems, variant_problems
from quizforge.loading.yaml.nodes import Document, parse
from quizforge.model.codes.generation import (
    BAD_DATA_FILE,
    EDITED_VARIANTS,
    NO_FOLDER,
    ORPHANED_VARIANTS,
    STALE_VARIANTS,
)
from quizforge.model.diagnostic import Diagnostic, Place, Problem

FILE_CODES = frozenset({STALE_VARIANTS, EDITED_VARIANTS, ORPHANED_VARIANTS})
"""What expanding mends."""

_RUN = "run 'quizforge expand'"


@dataclass(frozen=True)
class Generated:
    """The files of variants that a bank should have, and what it has.

    Attributes:
        folder: The bank's folder.
        texts: What each file should hold, by its path; not for models with errors.
        counts: Number of variants in each.
        present: Text of the files that are there, by path.
        orphans: Files whose model is gone.
        edited: Files that were changed by hand.
        foreign: Files that were written by somebody else and stand in the way.
    """

    folder: FilePath
    texts: Mapping[FilePath, str]
    counts: Mapping[FilePath, int]
    present: Mapping[FilePath, str]
    orphans: tuple[FilePath, ...] = ()
    edited: tuple[FilePath, ...] = ()
    foreign: tuple[FilePath, ...] = ()


@dataclass(frozen=True)
class Modelled:
    """What became of the item models of a bank.

    Attributes:
        generated: None for a bank without item models and without files of variants.
        diagnostics: Everything found.
        sources: Text of the tables by path as printed.
        examples: One variant of each model, in the place of the model.
    """

    generated: Generated | None = None
    diagnostics: Sequence[Diagnostic] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    examples: Sequence[Kept] = ()


def check_models(entries: Entries, folder: FilePath, documents: Sequence[Document]) -> Modelled:
    """Expand the models of a bank and compare what they give with the files in ``variants/``."""
    written = [document for document in documents if emit.model_of(document.source) is not None]
    if not entries.kept[ITEM_MODELS] and not written:
        return Modelled()
    return _Models(entries, folder, documents).checked()


class _Models:
    def __init__(self, entries: Entries, folder: FilePath, documents: Sequence[Document]) -> None:
        self._entries = entries
        self._folder = folder
        self._documents = {document.path: document for document in documents}
        self._home = documents[0]
        self._shown = posixpath.dirname(self._home.path) or "."
        self._tables = Tables(folder, self._shown)
        self._found: list[Diagnostic] = []
        self._examples: list[Kept] = []
        self._texts: dict[FilePath, str] = {}
        self._counts: dict[FilePath, int] = {}
        self._edited: list[FilePath] = []
        self._foreign: list[FilePath] = []

    def checked(self) -> Modelled:
        work = Work(BANK_STEPS)
        pictures = Pictures(self._folder)
        in_folder = posixpath.basename(self._home.path) == HOME
        for kept in self._entries.kept[ITEM_MODELS]:
            expansion = self._expanded(kept, work)
            problems = [*expansion.problems, *self._variant_problems(kept, expansion, pictures)]
            self._report(problems, kept)
            question = example(expansion, self._entries.defaults)
            self._examples += [replace(kept, entry=question)] if question else []
            if not in_folder:
                self._report([_no_folder()], kept)
            elif expansion.variants and not any(_is_error(problem) for problem in problems):
                self._compare(kept, _rebased(expansion, self._base(kept)))
        orphans = tuple(self._orphans()) if in_folder else ()
        found = [*self._found, *self._tables.diagnostics]
        return Modelled(self._generated(orphans), found, self._tables.sources, self._examples)

    def _expanded(self, kept: Kept, work: Work) -> Expansion:
        model = kept.entry
        if kept.broken:
            return Expansion(model, (), ())
        for at, name in table_names(model.vars):
            wrong = self._tables.take(name)
            if wrong is not None:
                self._report([Problem(BAD_DATA_FILE, wrong[0], at, hint=wrong[1])], kept)
        header = self._entries.header
        return expand(model, bank=header.id if header else "", tables=self._tables.tables, bank_work=work)

    def _variant_problems(self, kept: Kept, expansion: Expansion, pictures: Pictures) -> Iterable[Problem]:
        if not expansion.variants:
            return structure_problems(expansion)
        entries = self._entries
        surroundings = Surroundings(entries.defaults, entries.known, pictures, self._base(kept), entries.language)
        return variant_problems(expansion, surroundings)

    def _base(self, kept: Kept) -> str:
        inside = posixpath.relpath(posixpath.dirname(kept.document.path) or ".", self._shown)
        return "" if inside == "." else inside

    def _report(self, problems: Iterable[Problem], kept: Kept) -> None:
        self._found += [located(problem, kept.document, kept.start) for problem in problems]

    # Files ----------------------------------------------------------------------------------------------------

    def _compare(self, kept: Kept, expansion: Expansion) -> None:
        name = emit.file_name(expansion.model.id)
        text, path = emit.write(expansion), self._folder / name
        if self._unreadable(kept, text):
            return
        self._texts[path] = text
        self._counts[path] = len(expansion.variants)
        document = self._documents.get(posixpath.normpath(posixpath.join(self._shown, name)))
        document = document or self._documents.get(posixpath.join(self._shown, name))
        count = len(expansion.variants)
        if document is None:
            message = f"the {count} variants of '{expansion.model.id}' are not in the bank yet"
            self._stale(kept, message, ())
            return
        present = _plain(document)
        if present == text:
            return
        top = Place(document.path, 1, 1, 1, 1)
        if emit.model_of(present) is None:
            self._foreign.append(path)
            message = f"the file of the variants of '{expansion.model.id}' was not written by quizforge expand"
            self._add_file(message, top, "move the file away: its name is taken")
        elif emit.is_edited(present):
            self._edited.append(path)
            message = f"the variants of '{expansion.model.id}' were changed by hand"
            self._add_file(message, top, "change the item model instead, then run 'quizforge expand --force'")
        else:
            message = f"'{expansion.model.id}' gives other variants now than stand in {name}"
            self._stale(kept, message, (top,))

    def _unreadable(self, kept: Kept, text: str) -> bool:
        """Whether the file could not be read again: it holds characters that no bank may hold."""
        found = parse(text.encode("utf-8", "replace"), path="").diagnostics
        for fault in found[:1]:
            hint = "look at the texts of the model and the cells of its tables"
            message = f"the variants cannot stand in a bank: {fault.message}"
            self._report([Problem(fault.code, message, ("id",), hint=hint)], kept)
        return bool(found)

    def _stale(self, kept: Kept, message: str, related: tuple[Place, ...]) -> None:
        problem = Problem(STALE_VARIANTS, message, ("id",), hint=_RUN)
        self._found.append(located(problem, kept.document, kept.start, related=related))

    def _add_file(self, message: str, place: Place, hint: str) -> None:
        self._found.append(Diagnostic.of(EDITED_VARIANTS, place, message, hint=hint))

    def _orphans(self) -> Iterator[FilePath]:
        models = self._entries.known[ITEM_MODELS]
        for path, document in self._documents.items():
            model = emit.model_of(_plain(document))
            if model is None:
                continue
            inside = posixpath.relpath(path, self._shown)
            if model in models and inside == emit.file_name(model):
                continue
            message = f"there is no item model '{model}'"
            if model in models:
                message = f"the variants of '{model}' belong into {emit.file_name(model)}"
            place = Place(path, 1, 1, 1, 1)
            self._found.append(Diagnostic.of(ORPHANED_VARIANTS, place, message, hint=f"{_RUN}, which removes the file"))
            yield self._folder / inside

    def _generated(self, orphans: tuple[FilePath, ...]) -> Generated:
        present = {
            self._folder / posixpath.relpath(path, self._shown): _plain(document)
            for path, document in self._documents.items()
        }
        return Generated(
            self._folder, self._texts, self._counts, present, orphans, tuple(self._edited), tuple(self._foreign)
        )


def _plain(document: Document) -> str:
    """The text of a file, whatever line ends a checkout has given it."""
    return document.source.replace("\r\n", "\n")


def _is_error(problem: Problem) -> bool:
    return (problem.severity or problem.code.severity) == "error"


def _no_folder() -> Problem:
    hint = "make a folder with bank.yaml, so that the variants have a place"
    return Problem(NO_FOLDER, "variants are files of their own, and this bank is a single file", ("id",), hint=hint)


def _rebased(expansion: Expansion, base: str) -> Expansion:
    """The same variants with their images' paths counted from the folder of the generated files."""
    folder = posixpath.relpath(base or ".", emit.FOLDER)
    if folder == ".":
        return expansion
    variants = tuple(replace(one, tree=_rebased_tree(one.tree, folder)) for one in expansion.variants)
    return replace(expansion, variants=variants)


def _rebased_tree(tree: Any, folder: str) -> Any:  # noqa: ANN401  # a plain tree
    if isinstance(tree, dict):
        return {key: _rebased_tree(value, folder) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_rebased_tree(value, folder) for value in tree]
    return markup.rebase_images(tree, folder)
