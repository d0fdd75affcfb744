"""Quiz files: found, read, checked against their banks; every problem reported in one run."""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from quizforge import markup
from quizforge.errors import EnvironmentFault
from quizforge.loading.bank import Loaded, load_banks, read_yaml, suppressed
from quizforge.loading.decode import Decoded, decode
from quizforge.loading.discover import HOME, RESERVED_FOLDERS, yml_diagnostic
from quizforge.loading.sources import SourceMap, located
from quizforge.loading.texts import text_problems
from quizforge.loading.yaml.nodes import Document
from quizforge.model.bank import Bank
from quizforge.model.codes.assembly import LEDGER_PATH, QUIZ_BANK, QUIZ_IMAGE
from quizforge.model.codes.source import NO_BANK
from quizforge.model.codes.structure import DUPLICATE_ID
from quizforge.model.diagnostic import Diagnostic, Place, Problem
from quizforge.model.fields import Text, marked

if TYPE_CHECKING:  # imported where a quiz is read, so that a bank alone does not wait for it
    from quizforge.model.quiz_file import QuizFile
    from quizforge.model.shelf import Shelf
    from quizforge.model.stats import Stats

QUIZZES = "quizzes"
SUBJECT = "quiz"
"""Section of the subject of a problem in a quiz file; its id is the quiz's."""

MAX_CLIMB = 2
"""So many folders a bank's path may go up: from ``quizzes/`` to the bank, and to the folder that holds its sisters."""

_HEAD = 65_536
_MARK = re.compile(rb"(?m)^(?:\xef\xbb\xbf)?[\"']?quiz[\"']?[ \t]*:")
_MAX_DEPTH = 32


@dataclass(frozen=True)
class QuizSource:
    """A quiz file, with all that it needs.

    Attributes:
        file: As decoded.
        path: The file.
        document: Its tree and places.
        shelf: Its banks.
        maps: Where the entries of each bank stand, by bank id.
        stats: Measured statistics of each bank that has any, by bank id and question id.
    """

    file: QuizFile
    path: FilePath
    document: Document
    shelf: Shelf
    maps: Mapping[str, SourceMap] = field(default_factory=dict)
    stats: Mapping[str, Stats] = field(default_factory=dict)

    def locate(self, problem: Problem) -> Diagnostic:
        """A problem of the quiz file, or of ``("questions", "bank/id")``, with its place."""
        section, _, name = ("", "", "") if problem.subject is None else (problem.subject[0], "", problem.subject[1])
        if section == SUBJECT or problem.subject is None:
            return located(problem, self.document, ())
        bank, _, entry = name.partition("/")
        return self.maps[bank].locate(replace(problem, subject=(section, entry)))


@dataclass(frozen=True)
class LoadedQuizzes:
    """What became of some paths.

    Attributes:
        quizzes: Quiz files that could be read, in order; one with errors holds what could be read of it.
        banks: The banks behind the paths and behind the quizzes.
        diagnostics: Findings in all of them, sorted by place.
    """

    quizzes: tuple[QuizSource, ...]
    banks: Loaded
    diagnostics: tuple[Diagnostic, ...]
    documents: Mapping[str, Document] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong enough to stop an assembly."""
        return not any(found.severity == "error" for found in self.diagnostics)

    @property
    def sources(self) -> Mapping[str, str]:
        """The text of every file, for showing the lines of findings."""
        return {path: document.source for path, document in self.documents.items()}

    def kept(self, findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """Findings of an assembly without the warnings and hints that a comment allows; errors stay."""
        every = list(findings)
        milder = [found for found in every if found.severity != "error"]
        left = suppressed(milder, self.documents.values(), ran=lambda _: False)
        return tuple(found for found in every if found.severity == "error" or found in left)


@dataclass(frozen=True, slots=True)
class _Read:
    """A quiz file before its banks are known."""

    path: FilePath
    document: Document
    decoded: Decoded[QuizFile]
    homes: Mapping[int, FilePath]


def load_quizzes(paths: Sequence[str | os.PathLike[str]]) -> LoadedQuizzes:
    """Read and check the quizzes and banks behind paths.

    A quiz file stands for itself and its banks; a folder for the banks and quizzes in it.

    Raises:
        UsageError: A path does not exist.
        EnvironmentFault: A folder cannot be listed.
    """
    given = [FilePath(path) for path in paths]
    try:
        files = [file for path in given for file in find_quizzes(path)]
    except OSError as error:
        message = f"'{error.filename}' cannot be listed: {error.strerror}"
        raise EnvironmentFault(message) from error
    reads: list[_Read] = []
    findings: list[Diagnostic] = []
    for path in dict.fromkeys(files):
        read, faults = (None, [yml_diagnostic(path)]) if _is_misnamed(path) else _read(path)
        findings += faults
        if read is not None:
            reads.append(read)
    wanted = [path for path in given if not is_quiz(path)]
    homes = [home for read in reads for home in read.homes.values()]
    banks = load_banks([*wanted, *homes]) if wanted or homes else Loaded((), ())
    sources, problems = _connected(reads, banks)
    findings += [*problems, *_twins(reads)]
    documents = {**banks.documents, **{read.document.path: read.document for read in reads}}
    own = suppressed(findings, [read.document for read in reads], ran=lambda code: code[2] in "013")
    kept = [found for found in banks.diagnostics if not (found.code is NO_BANK and _holds(found.place, files))]
    ordered = tuple(sorted([*kept, *own], key=lambda found: found.sort_key))
    return LoadedQuizzes(sources, banks, ordered, documents)


def is_quiz(path: FilePath) -> bool:
    """Whether a file is a quiz: it lies in ``quizzes/``, or has the key ``quiz``."""
    if path.suffix != ".yaml" or not path.is_file():
        return False
    if path.parent.name == QUIZZES:
        return True
    try:
        with path.open("rb") as stream:
            return _MARK.search(stream.read(_HEAD)) is not None
    except OSError:
        return False


def find_quizzes(path: FilePath) -> Iterator[FilePath]:
    """The quiz files behind one path, in order; in a folder also those that only their suffix keeps from being read."""
    if path.is_file():
        if is_quiz(path):
            yield path
    elif path.is_dir():
        yield from _search(path, 0)


def _search(folder: FilePath, depth: int) -> Iterator[FilePath]:
    if depth > _MAX_DEPTH:
        return
    for entry in sorted(folder.iterdir()):
        hidden = entry.name.startswith(".") or entry.is_symlink()
        if entry.is_dir():
            if not hidden and (entry.name == QUIZZES or entry.name not in RESERVED_FOLDERS):
                yield from _search(entry, depth + 1)
        elif not hidden and (is_quiz(entry) or _is_misnamed(entry)):
            yield entry


def _is_misnamed(path: FilePath) -> bool:
    """Whether a file would be a quiz but for its suffix."""
    return path.suffix == ".yml" and path.parent.name == QUIZZES


def _twins(reads: Iterable[_Read]) -> Iterator[Diagnostic]:
    """Quizzes of one folder with one id: the files of either would take the place of the other's."""
    first: dict[tuple[FilePath, str], Place] = {}
    for read in reads:
        quiz = read.decoded.entry
        if quiz is None or "id" in read.decoded.broken:
            continue
        place = located(Problem(DUPLICATE_ID, "", ("id",)), read.document, ()).place
        other = first.setdefault((read.path.parent, quiz.id), place)
        if other is not place:
            message = f"the quiz id '{quiz.id}' stands twice; first at {other}"
            hint = "the id names files and categories; rename one"
            yield Diagnostic.of(DUPLICATE_ID, place, message, hint=hint, related=(other,))


def _holds(place: Place, files: Iterable[FilePath]) -> bool:
    folder = FilePath(place.path)
    return any(file.is_relative_to(folder) for file in files)


def _read(path: FilePath) -> tuple[_Read | None, list[Diagnostic]]:
    from quizforge.model.quiz_file import QuizFile

    document, fault = read_yaml(path)
    if document is None:
        return None, [fault] if fault else []
    findings = list(document.diagnostics)
    if not isinstance(document.root, dict):
        return None, findings
    lost = [broken for broken in document.broken if broken]
    decoded = decode(QuizFile, document.root, lost=lost, incomplete=document.incomplete)
    problems = list(decoded.problems)
    homes: dict[int, FilePath] = {}
    if decoded.entry is not None:
        problems += text_problems(decoded.entry, language=decoded.entry.language or "en")
        problems += _images(decoded.entry)
        homes, faults = _bank_paths(decoded.entry, path)
        problems += faults
        problems += _ledger_problems(decoded.entry, path)
    findings += [located(problem, document, ()) for problem in problems]
    return _Read(path, document, decoded, homes), findings


def _images(file: QuizFile) -> Iterator[Problem]:
    for path, text, mark in marked(file, Text):
        if mark.kind != "plain" and "![" in text:
            for image in markup.images(text, mark.kind):
                hint = "put it into an information question of a bank"
                message = "a quiz file cannot hold an image"
                yield Problem(QUIZ_IMAGE, message, path, hint=hint, span=(image.start, image.end))


def _bank_paths(file: QuizFile, path: FilePath) -> tuple[dict[int, FilePath], list[Problem]]:
    """The banks that a quiz names, by index; those that cannot be had are reported."""
    if not file.banks:
        own = path.parent.parent
        if path.parent.name == QUIZZES and (own / HOME).is_file():
            return {0: own}, []
        hint = "add 'banks: [path/to/bank]', counted from this file"
        return {}, [Problem(QUIZ_BANK, "the quiz names no bank and lies in none", ("id",), hint=hint)]
    found: dict[int, FilePath] = {}
    problems = []
    for index, name in enumerate(file.banks):
        place, fault = _bank_path(name, path.parent)
        if fault:
            hint = "name a bank's folder or file by its path from this file, such as ../../other-bank"
            problems.append(Problem(QUIZ_BANK, fault, ("banks", index), hint=hint))
        else:
            found[index] = place
    return found, problems


def _ledger_problems(file: QuizFile, path: FilePath) -> Iterator[Problem]:
    """A ledger is written, so that a quiz from anywhere must not choose just any file for it."""
    if file.ledger is None:
        return
    fault = _path_near(file.ledger, path.parent)[1]
    if not fault and not file.ledger.endswith(".json"):
        fault = f"'{file.ledger}' does not end in .json"
    if fault:
        yield Problem(LEDGER_PATH, fault, ("ledger",), hint="name a .json file by its path from this file: ledger.json")


def _path_near(name: str, folder: FilePath) -> tuple[FilePath, str]:
    """A path from the quiz file, and what is wrong with it: it may climb a little, and no link leads further."""
    inside = posixpath.normpath(name)
    climbs = inside.split("/").count("..")
    if not name.strip() or name.startswith("/") or any(sign in name for sign in "\\\0:~") or climbs > MAX_CLIMB:
        return folder, f"'{name}' is no path that a quiz may name: relative, and at most {MAX_CLIMB} folders up"
    found = FilePath(posixpath.normpath((folder / inside).as_posix()))
    top = FilePath(os.path.realpath(folder))
    for _ in range(climbs):
        top = top.parent
    if not FilePath(os.path.realpath(found)).is_relative_to(top):
        return folder, f"'{name}' leads out of the folders that a quiz may name"
    return found, ""


def _bank_path(name: str, folder: FilePath) -> tuple[FilePath, str]:
    """Where a bank lies, and what is wrong with its path."""
    found, fault = _path_near(name, folder)
    if fault:
        return folder, fault
    if not ((found / HOME).is_file() or (found.is_file() and found.suffix == ".yaml")):
        return folder, f"there is no bank at '{name}'"
    return found, ""


def _connected(reads: Sequence[_Read], loaded: Loaded) -> tuple[tuple[QuizSource, ...], list[Diagnostic]]:
    """Each quiz with its banks and their statistics, and what is wrong between them."""
    if not reads:
        return (), []
    from quizforge.loading.quiz_checks import quiz_problems
    from quizforge.loading.statistics import read_stats
    from quizforge.model.shelf import Shelf

    homes = {os.path.realpath(home): loaded_bank for home, loaded_bank in _by_home(loaded)}
    known: dict[str, tuple[Stats, list[Diagnostic]]] = {}
    sources: list[QuizSource] = []
    findings: list[Diagnostic] = []
    for read in reads:
        file = read.decoded.entry
        if file is None:
            continue
        paths = (home / HOME if home.is_dir() else home for home in read.homes.values())
        found = [homes[home] for home in dict.fromkeys(map(os.path.realpath, paths)) if home in homes]
        banks = tuple(found)
        for bank in banks:
            if bank.id not in known:
                known[bank.id] = read_stats(loaded.homes[bank.id], bank)
                findings += known[bank.id][1]
        stats = {bank.id: known[bank.id][0] for bank in banks if known[bank.id][0]}
        source = QuizSource(file, read.path, read.document, Shelf(banks), loaded.maps, stats)
        whole = len(banks) == len(read.homes) > 0
        broken = frozenset(problem.at for problem in read.decoded.problems if problem.at) | read.document.broken - {()}
        problems = quiz_problems(file, source.shelf, whole=whole, broken=broken)
        findings += [located(problem, read.document, ()) for problem in problems]
        sources.append(source)
    return tuple(sources), findings


def _by_home(loaded: Loaded) -> Iterator[tuple[FilePath, Bank]]:
    for bank in loaded.banks:
        yield loaded.homes[bank.id], bank
