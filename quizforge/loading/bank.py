"""Banks from files: everything read, checked and put together; every problem reported in one run."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

from quizforge.loading.collector import paused_collector
from quizforge.loading.discover import BankFiles, find_banks
from quizforge.loading.entries import ITEM_MODELS, LISTS, QUESTIONS, Entries, Kept
from quizforge.loading.pictures import Pictures
from quizforge.loading.references import cycles, former_ids, split_families
from quizforge.loading.sources import HEADER, SourceMap, located
from quizforge.loading.suppressions import Suppressions
from quizforge.loading.texts import blank_problems, image_problems, rebased, text_problems
from quizforge.loading.yaml.nodes import Document, parse
from quizforge.model.bank import SHARED_IDS, Bank
from quizforge.model.codes.source import FILE_TOO_LARGE, UNREADABLE_FILE
from quizforge.model.codes.structure import DUPLICATE_ID
from quizforge.model.diagnostic import Diagnostic, Place, Problem
from quizforge.model.fields import Text, marked
from quizforge.model.media import Media
from quizforge.model.questions.cloze import Cloze

if TYPE_CHECKING:
    from quizforge.loading.item_models import Generated

MAX_FILE_BYTES = 256_000_000


@dataclass(frozen=True)
class Loaded:
    """What became of some paths.

    Attributes:
        banks: Banks in order. A bank with errors holds what could be read of it.
        diagnostics: All findings, sorted by place, without the suppressed ones.
        documents: Every file that was read, by its path as printed.
        maps: Where the entries of each bank stand, by bank id.
        homes: ``bank.yaml`` or the single file of each bank, by bank id.
        generated: The files of variants of each bank that has item models.
        data: Text of the tables that item models draw from, by path as printed.
    """

    banks: tuple[Bank, ...]
    diagnostics: tuple[Diagnostic, ...]
    documents: Mapping[str, Document] = field(default_factory=dict)
    maps: Mapping[str, SourceMap] = field(default_factory=dict)
    homes: Mapping[str, FilePath] = field(default_factory=dict)
    generated: tuple[Generated, ...] = ()
    data: Mapping[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong enough to stop an export."""
        return not any(found.severity == "error" for found in self.diagnostics)

    @property
    def sources(self) -> Mapping[str, str]:
        """The text of every file, for showing the lines of findings."""
        return {path: document.source for path, document in self.documents.items()} | dict(self.data)


def load_banks(paths: Sequence[str | os.PathLike[str]]) -> Loaded:
    """Read and check the banks behind paths.

    Args:
        paths: Files and folders, see :func:`quizforge.loading.discover.find_banks`.

    Raises:
        UsageError: A path does not exist.
        EnvironmentFault: A folder cannot be listed.
    """
    found, diagnostics = find_banks(paths)
    banks: list[Bank] = []
    documents: dict[str, Document] = {}
    maps: dict[str, SourceMap] = {}
    homes: dict[str, FilePath] = {}
    generated: list[Generated] = []
    data: dict[str, str] = {}
    findings = list(diagnostics)
    with paused_collector():
        for files in found:
            read, faults = read_documents(files)
            findings += faults
            if not read or not (files.certain or _looks_like_bank(read[0])):
                continue
            documents.update((document.path, document) for document in read)
            entries = read_entries(read)
            bank, problems = build(entries, files.folder, read)
            findings += problems
            if _may_have_variants(entries, read):
                from quizforge.loading.item_models import check_models

                modelled = check_models(entries, files.folder, read)
                findings += [*modelled.diagnostics, *_cut_texts(modelled.examples, read)]
                data |= modelled.sources
                generated += [modelled.generated] if modelled.generated else []
            if bank is not None:
                findings += _same_bank_twice(bank, maps, entries)
                banks.append(bank)
                maps.setdefault(bank.id, entries.sources)
                homes.setdefault(bank.id, files.files[0])
    kept = suppressed(findings, documents.values(), ran=_checked_by_validate)
    return Loaded(tuple(banks), kept, documents, maps, homes, tuple(generated), data)


def _may_have_variants(entries: Entries, documents: Sequence[Document]) -> bool:
    """Whether there is an item model, or a file that may hold variants: those begin with a comment."""
    return bool(entries.kept[ITEM_MODELS]) or any(document.source.startswith("#") for document in documents)


def read_documents(files: BankFiles) -> tuple[tuple[Document, ...], list[Diagnostic]]:
    """The YAML trees of a bank's files, and what stopped a file from being read."""
    documents: list[Document] = []
    faults: list[Diagnostic] = []
    for file in files.files:
        document, fault = read_yaml(file)
        documents += [] if document is None else [document]
        faults += [] if fault is None else [fault]
    return tuple(documents), faults


def read_yaml(file: FilePath) -> tuple[Document | None, Diagnostic | None]:
    """The tree of one file, or what stopped it from being read."""
    name = file.as_posix()
    try:
        size = file.stat().st_size
        if size > MAX_FILE_BYTES:
            message = f"the file has {size:,} bytes; at most {MAX_FILE_BYTES:,} are read"
            return None, Diagnostic.of(FILE_TOO_LARGE, Place(name), message, hint="split the bank into files")
        data = file.read_bytes()
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        return None, Diagnostic.of(UNREADABLE_FILE, Place(name), message)
    return parse(data, path=name), None


def read_entries(documents: Sequence[Document]) -> Entries:
    """The entries of a bank, each checked by itself (validation without texts)."""
    entries = Entries(documents, home=Place(documents[0].path))
    for document in documents:
        entries.diagnostics.extend(document.diagnostics)
    entries.read()
    return entries


def build(entries: Entries, folder: FilePath, documents: Sequence[Document]) -> tuple[Bank | None, list[Diagnostic]]:
    """Check what holds between entries and inside their texts, and put the bank together."""
    findings = entries.diagnostics
    findings += entries.sources.locate_all(_between(entries))
    findings += _cut_texts((kept for section in entries.kept.values() for kept in section), documents)
    lists, media, images = _check_texts(entries, folder)
    if entries.header is None:
        return None, findings
    parts: dict[str, Any] = {section: tuple(lists[section]) for section in LISTS}
    return Bank(header=entries.header, media=media, images=images, **parts), findings


def suppressed(
    diagnostics: Iterable[Diagnostic], documents: Iterable[Document], *, ran: Callable[[str], bool]
) -> tuple[Diagnostic, ...]:
    """Findings without those that a comment allows, with a finding for each comment that allows nothing.

    Args:
        diagnostics: Of any files.
        documents: The files whose comments count.
        ran: Whether the checks behind a code ran, so that an unused comment is worth a word.

    Returns:
        Sorted by place.
    """
    by_path: dict[str, list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        by_path.setdefault(diagnostic.place.path, []).append(diagnostic)
    kept: list[Diagnostic] = []
    for document in documents:
        left, unused = Suppressions.of(document).apply(by_path.pop(document.path, []), ran=ran)
        kept += [*left, *unused]
    kept += [diagnostic for rest in by_path.values() for diagnostic in rest]
    return tuple(sorted(kept, key=lambda diagnostic: diagnostic.sort_key))


def _checked_by_validate(code: str) -> bool:
    return code.startswith(("QF0", "QF1", "QF3"))


def _looks_like_bank(document: Document) -> bool:
    if not isinstance(document.root, dict):
        return True
    return not document.root.keys().isdisjoint({"schema", *LISTS})


def _same_bank_twice(bank: Bank, maps: Mapping[str, SourceMap], entries: Entries) -> list[Diagnostic]:
    if bank.id not in maps:
        return []
    other = maps[bank.id].place(HEADER, HEADER, ("id",))
    message = f"the bank id '{bank.id}' stands twice; first at {other}"
    problem = Problem(DUPLICATE_ID, message, ("id",), hint="the id names decks and files; rename one")
    return [located(problem, entries.kept[HEADER][0].document, (), related=(other,))]


def _between(entries: Entries) -> Iterable[Problem]:
    shared = [(section, kept.entry) for section in SHARED_IDS for kept in entries.kept[section]]
    yield from cycles([kept.entry for kept in entries.kept["concepts"]])
    yield from split_families(kept.entry for kept in entries.kept[QUESTIONS])
    yield from former_ids(shared, frozenset(entry.id for _, entry in shared))


def _cut_texts(entries: Iterable[Kept], documents: Sequence[Document]) -> list[Diagnostic]:
    """Warnings for texts that a comment cuts; after numbers, ids and switches comments are welcome."""
    cut = {(document.path, path): document for document in documents for path in document.cut_by_comment}
    if not cut:
        return []
    found = []
    for kept in entries:
        for path, _, _ in marked(kept.entry, Text):
            whole = (*kept.start, *path)
            for candidate in (whole, whole[:-1]) if whole[-1] == "text" else (whole,):
                document = cut.get((kept.document.path, candidate))
                if document is not None:
                    found.append(document.comment_warning(candidate))
    return found


def _check_texts(
    entries: Entries, folder: FilePath
) -> tuple[dict[str, list[Any]], Mapping[str, Media], dict[tuple[str, str], tuple[str, ...]]]:
    """Check every text and read every image.

    Returns:
        The entries of each section, with image paths counted from the bank's folder; the images by
        path; the images that each entry shows.
    """
    pictures = Pictures(folder)
    images: dict[tuple[str, str], tuple[str, ...]] = {}
    lists: dict[str, list[Any]] = {section: [] for section in entries.kept}
    illustrated: dict[str, bool] = {}

    def checked(kept: Kept) -> tuple[str, ...]:
        """Check the texts of one entry; gives the images that it shows."""
        problems = list(_entry_texts(kept, entries))
        used: tuple[str, ...] = ()
        path = kept.document.path
        if path not in illustrated:
            illustrated[path] = "![" in kept.document.source
        if illustrated[path]:
            used, faults = image_problems(kept.entry, pictures, _base(kept.document, folder))
            problems += faults
        entries.diagnostics += [located(problem, kept.document, kept.start) for problem in problems]
        return used

    for section, kept_entries in entries.kept.items():
        for kept in kept_entries:
            entry, used = kept.entry, checked(kept)
            if used and section in LISTS:
                images[section, entry.id] = used
                base = _base(kept.document, folder)
                entry = rebased(entry, base) if base else entry
            lists[section].append(entry)
    for twin in entries.twins:
        checked(twin)
    return lists, pictures.media, images


def _entry_texts(kept: Kept, entries: Entries) -> Iterable[Problem]:
    for problem in text_problems(kept.entry, entries.language):
        if not (kept.section == QUESTIONS and problem.at[0] in entries.defaulted):
            yield problem
    if isinstance(kept.entry, Cloze) and not kept.broken & {"stem", "blanks"}:
        yield from blank_problems(kept.entry)


def _base(document: Document, folder: FilePath) -> str:
    inside = posixpath.relpath(posixpath.dirname(document.path) or ".", folder.as_posix())
    return "" if inside == "." else inside
