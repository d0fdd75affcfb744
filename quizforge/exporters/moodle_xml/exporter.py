"""The Moodle XML exporter: one file to import, and the manifest beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from types import MappingProxyType
from typing import ClassVar, NamedTuple

from quizforge.exporters.base import (
    ANY_TYPE,
    Env,
    Export,
    Exporter,
    ExportFile,
    Mode,
    ModeOptions,
    Options,
    dropped_fields,
)
from quizforge.exporters.lower import Refused
from quizforge.exporters.manifest import Manifest, manifest_line, quoted_list, write_manifest
from quizforge.exporters.moodle.labels import NAME_LIMIT, category_of, category_path, name_of, section_category
from quizforge.exporters.moodle_xml.admission import LOWERABLE, NATIVE, admit
from quizforge.exporters.moodle_xml.bodies import body_of
from quizforge.exporters.moodle_xml.common import general_feedback, hints, question_text, tags
from quizforge.exporters.moodle_xml.pen import Pen, cdata
from quizforge.exporters.moodle_xml.summary import text_of
from quizforge.exporters.names import shortened
from quizforge.exporters.words import words
from quizforge.model.bank import Bank
from quizforge.model.codes.fidelity import TEXT_SHORTENED, UNWRITABLE
from quizforge.model.diagnostic import Problem
from quizforge.model.question import Question
from quizforge.model.quiz import Item, Quiz

_COMBINED = frozenset({"feedback_correct", "feedback_partial", "feedback_incorrect"})
_UNUSED = frozenset(
    {"minutes", "enemies", "source", "formerly", "notes", "license", "authors", "based_on", "ai"},
)


_SETTINGS: Mapping[Mode, str] = MappingProxyType(
    {
        "exam": (
            "settings to choose in the quiz for an exam: 'Hide on course page', 'Attempts allowed' 1, "
            "behaviour 'Deferred feedback', nothing ticked under 'Review options'"
        ),
        "practice": (
            "settings to choose in the quiz for practice: 'Attempts allowed' unlimited, "
            "behaviour 'Interactive with multiple tries', feedback ticked under 'Review options'"
        ),
    }
)
"""Labels of Moodle's form for a quiz (``mod/quiz/lang/en/quiz.php``, 4.5)."""


@dataclass(frozen=True, slots=True)
class MoodleOptions(ModeOptions):
    """Options of the Moodle XML exporter.

    A file for the question bank holds no settings of a quiz, so that ``mode`` only chooses which are advised.

    Attributes:
        since: Manifest of an earlier export; only questions that are new or changed since are
            written. The new manifest lists all.
    """

    since: Manifest | None = None


class Written(NamedTuple):
    """One question as it goes into the file; a tuple, since one is made for every question.

    Attributes:
        id, bank, revision, content, category: As in the manifest.
        line: Of the manifest.
        head, rest: The ``<question>`` element as far as its name, and behind it.
    """

    id: str
    bank: str
    revision: str
    content: str
    category: tuple[str, ...]
    line: str
    head: bytes
    rest: bytes

    @property
    def key(self) -> tuple[str, str]:
        """Bank and id."""
        return (self.bank, self.id)


class MoodleXml(Exporter[MoodleOptions]):
    """Moodle XML as the question bank of Moodle 4.5 and later imports it."""

    name: ClassVar[str] = "moodle-xml"
    title: ClassVar[str] = "Moodle XML"
    suffix: ClassVar[str] = ".xml"
    media_type: ClassVar[str] = "application/xml"
    native: ClassVar[frozenset[str]] = NATIVE
    drops: ClassVar[Mapping[str, frozenset[str]]] = MappingProxyType(
        {
            ANY_TYPE: _UNUSED,
            "true_false": _COMBINED | {"penalty"},
            "short_answer": _COMBINED,
            "numerical": _COMBINED,
            "cloze": _COMBINED,
            "essay": _COMBINED | {"hints", "penalty"},
            "information": _COMBINED | {"hints", "penalty", "points"},
        }
    )
    options: ClassVar[type[Options]] = MoodleOptions

    def render(self, quiz: Quiz, options: MoodleOptions, env: Env) -> Export:
        """Write a quiz as one file to import and its manifest.

        A problem that Moodle would swallow is an error, and then there are no files.
        """
        items = tuple(quiz.items)
        scribe = _Scribe(quiz, env)
        written = list(scribe.all())
        problems = [
            *scribe.problems,
            *dropped_fields(items, self.drops),
            *(_clashes(written) if len(quiz.banks) > 1 else ()),
        ]
        chosen = _since(written, options.since)
        if any((problem.severity or problem.code.severity) == "error" for problem in problems):
            return Export((), tuple(problems), left_out=tuple(scribe.left_out))
        files = [_manifest_file(quiz, written)]
        if chosen:
            main = ExportFile(f"{quiz.id}.xml", _document(chosen), "staff", "Moodle XML", questions=len(chosen))
            files.insert(0, main)
        notes = (
            *_notes(written, chosen, options.since),
            *((_SETTINGS[options.mode],) if chosen else ()),
            *_draws(quiz),
        )
        return Export(tuple(files), tuple(problems), tuple(notes), tuple(scribe.left_out))


class _Scribe:
    """Writes the questions of a quiz one by one, and gathers what is to be said about them."""

    def __init__(self, quiz: Quiz, env: Env) -> None:
        self.problems: list[Problem] = []
        self.left_out: list[tuple[str, str]] = []
        self._env = env
        self._words = words(quiz.language)
        self._width = max(4, len(str(sum(1 for _ in quiz.items))))
        self._pens: dict[int, Pen] = {}
        self._categories: dict[tuple[int, str, str | None], tuple[tuple[str, ...], str]] = {}
        self._section: tuple[tuple[str, ...], str] | None = None
        self._quiz = quiz

    def all(self) -> Iterator[Written]:
        """All questions that Moodle can hold; those of an assembled quiz in a category for each section."""
        number = 0
        for index, section in enumerate(self._quiz.sections, 1):
            for item in section.items:
                number += 1
                if self._quiz.assembled:
                    names = section_category(self._quiz, section, index, self._words, bank=item.bank)
                    self._section = (names, quoted_list(names))
                found = self.write(item, number)
                if found is not None:
                    yield found

    def write(self, item: Item, number: int) -> Written | None:
        """One question, or None where Moodle cannot hold it."""
        question, bank = item.question, item.bank
        pen = self._pen(bank)
        admitted = None
        if question.type in LOWERABLE:
            admitted = admit(question, bank=bank.id, words=self._words)
        if isinstance(admitted, Refused):
            self.problems.append(admitted.problem)
            self.left_out.append((question.id, admitted.problem.message.removeprefix("left out: ")))
            return None
        if admitted is not None:
            self.problems += admitted.problems
            question = admitted.question
        found = self._written(item, question, pen, number)
        if pen.problems:
            subject = ("questions", question.id)
            self.problems += [replace(problem, subject=subject) for problem in pen.problems]
            pen.problems.clear()
        return found

    def _written(self, item: Item, question: Question, pen: Pen, number: int) -> Written:
        body, stem = body_of(question, pen), question.stem
        if stem in pen.plain_texts and question.scenario is None and body.stem is None:
            shown, text = f"<text><![CDATA[<p>{stem}</p>]]></text>", stem
        else:
            scenario = item.scenario
            shown, text = question_text(question, scenario, body, pen), text_of(question, scenario, pen)
        mark = "" if body.points is None else f"<defaultgrade>{body.points}</defaultgrade>\n"
        content = (
            f'<questiontext format="html">{shown}</questiontext>\n'
            f'<generalfeedback format="html">{general_feedback(question, pen)}</generalfeedback>\n'
            f"{mark}<penalty>{body.penalty}</penalty>\n<hidden>0</hidden>\n"
            f"<idnumber><![CDATA[{question.id}]]></idnumber>\n"
            f"{body.answers}{hints(question, body, pen) if question.hints else ''}{tags(question, pen)}</question>\n"
        ).encode()
        name = self._name(question, number, pen)
        category, category_json = self._category(question, item.bank, pen)
        head = f'<question type="{body.kind}">\n<name><text>{pen.plain(name, ("title",))}</text></name>\n'
        bank, revision, digest = item.bank.id, item.revision, sha256(content).hexdigest()[:16]
        line = manifest_line(
            id=question.id,
            bank=bank,
            revision=revision,
            content=digest,
            name=name,
            category=category_json,
            type=body.kind,
            text=text,
            options=body.options,
        )
        return Written(question.id, bank, revision, digest, category, line, head.encode(), content)

    def _name(self, question: Question, number: int, pen: Pen) -> str:
        name = f"{str(number).zfill(self._width)} {name_of(question, pen, pen.plain_texts)}"
        if len(name) > NAME_LIMIT:
            pen.report(TEXT_SHORTENED, f"the title is cut to Moodle's {NAME_LIMIT} characters", ("title",))
            return shortened(name, NAME_LIMIT)
        return name

    def _category(self, question: Question, bank: Bank, pen: Pen) -> tuple[tuple[str, ...], str]:
        """The names of a question's categories, also as JSON."""
        if self._section is not None:
            pen.plain("".join(self._section[0]), ("concepts",))
            return self._section
        concept = question.concepts[0] if question.concepts else None
        key = (id(bank), question.pool, concept)
        found = self._categories.get(key)
        if found is None:
            names = category_of(question, bank, self._words)
            found = self._categories[key] = (names, quoted_list(names))
            pen.plain("".join(names), ("concepts",))
        return found

    def _pen(self, bank: Bank) -> Pen:
        pen = self._pens.get(id(bank))
        if pen is None:
            pen = self._pens[id(bank)] = Pen(bank, self._env.markup(bank), self._words)
        return pen


def _clashes(written: Sequence[Written]) -> Iterator[Problem]:
    """Moodle adds the second question with an idnumber that its category has, but without the idnumber."""
    seen: dict[tuple[tuple[str, ...], str], str] = {}
    for found in written:
        if seen.setdefault((found.category, found.id), found.bank) != found.bank:
            yield Problem(
                UNWRITABLE,
                f"'{found.id}' of bank '{found.bank}' would lie in one category with that of "
                f"bank '{seen[found.category, found.id]}', and Moodle drops the id of one of them",
                subject=("questions", found.id),
                hint="give the banks different titles",
            )


def _since(written: list[Written], since: Manifest | None) -> list[Written]:
    if since is None:
        return written
    known = since.by_key()
    return [
        found
        for found in written
        if (before := known.get(found.key)) is None
        or (before.revision, before.content) != (found.revision, found.content)
    ]


def _document(written: Sequence[Written]) -> bytes:
    """The file, each category before its questions and after its parents."""
    groups: dict[tuple[str, ...], list[bytes]] = {}
    for found in written:
        groups.setdefault(found.category, []).extend((found.head, found.rest))
    announced: set[tuple[str, ...]] = set()
    parts = [b'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n']
    for names, questions in groups.items():
        for depth in range(1, len(names) + 1):
            path = names[:depth]
            if path not in announced or depth == len(names):
                announced.add(path)
                parts.append(_category(path).encode())
        parts += questions
    parts.append(b"</quiz>\n")
    return b"".join(parts)


def _category(names: tuple[str, ...]) -> str:
    return (
        f'<question type="category">\n<category><text>{cdata(category_path(names))}</text></category>\n'
        '<info format="html"><text></text></info>\n<idnumber></idnumber>\n</question>\n'
    )


def _manifest_file(quiz: Quiz, written: Sequence[Written]) -> ExportFile:
    data = write_manifest(quiz.id, [found.line for found in written])
    description = "manifest: joins Moodle's response files to the bank, and tells a later export what is new"
    return ExportFile(f"{quiz.id}.manifest.json", data, "staff", description, questions=len(written))


def _draws(quiz: Quiz) -> Iterator[str]:
    """What a quiz file says and the XML cannot: time, what is needed to pass, how many questions a pool gives."""
    limits = [] if quiz.minutes is None else [f"'Time limit' {quiz.minutes:f} minutes"]
    if quiz.grading.passing is not None:
        limits.append(f"'Grade to pass' {quiz.grading.passing:f} % of 'Maximum grade'")
    if limits:
        yield f"settings to choose in the quiz: {', '.join(limits)}"
    wanted = [f"{section.draw} from '{section.title}'" for section in quiz.sections if section.draw is not None]
    if wanted:
        below = "" if len(quiz.banks) < 2 else ", with questions from subcategories"
        yield f"in Moodle's quiz, add random questions{below}: {', '.join(wanted)}"


def _notes(written: Sequence[Written], chosen: Sequence[Written], since: Manifest | None) -> Iterator[str]:
    if not chosen:
        yield "nothing is new or changed since that manifest, so there is no file to import"
        return
    yield (
        "Moodle: Question bank > Import > Moodle XML, with 'Get category from file' and 'Stop on error' on; "
        f"afterwards compare the number of questions ({len(chosen)})"
    )
    if since is None:
        yield "Moodle adds copies when a file is imported again: later export only what is new, with --since"
        return
    known = since.by_key()
    changed = [found.id for found in chosen if found.key in known]
    if changed:
        yield f"changed, so that Moodle will hold an old copy of each: {', '.join(changed)}; see docs/moodle.md"
    moved = [
        found.id
        for found in written
        if (before := known.get(found.key)) is not None and before.category != found.category
    ]
    if moved:
        yield f"in another category now; move the old copies in Moodle: {', '.join(moved)}"
    gone = sorted(key[1] for key in known.keys() - {found.key for found in written})
    if gone:
        yield f"no longer exported, but still in Moodle: {', '.join(gone)}"
