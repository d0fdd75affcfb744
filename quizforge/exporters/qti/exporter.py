"""The QTI exporters: one package with a test, its items and their images, in two versions of the names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import ClassVar, Final

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
from quizforge.exporters.idents import ncname
from quizforge.exporters.names import name_of, shortened
from quizforge.exporters.package import write_zip
from quizforge.exporters.qti.bodies import body_of
from quizforge.exporters.qti.contents import FOLDER, TEST, Part, Written, manifest_document, test_document
from quizforge.exporters.qti.item import document
from quizforge.exporters.qti.pen import Pen
from quizforge.exporters.qti.tags import Tags
from quizforge.exporters.words import words
from quizforge.formats.qti import QTI_21, QTI_30, Version
from quizforge.model.bank import Bank
from quizforge.model.codes.fidelity import FIELD_DROPPED
from quizforge.model.diagnostic import Problem
from quizforge.model.media import Media
from quizforge.model.question import QUESTION_TYPES
from quizforge.model.questions.cloze import Cloze
from quizforge.model.quiz import Item, Quiz, Section

_LABEL_LIMIT: Final = 256
"""Characters of an item's label (``String256`` in the schema of QTI 2.1)."""

_COMBINED = frozenset({"feedback_correct", "feedback_partial", "feedback_incorrect"})
_UNUSED = frozenset(
    {
        "ai",
        "authors",
        "based_on",
        "bloom",
        "concepts",
        "difficulty",
        "enemies",
        "family",
        "formerly",
        "hints",
        "license",
        "minutes",
        "notes",
        "objectives",
        "penalty",
        "source",
        "tags",
    }
)

_TYPING = (
    "numbers are typed with a decimal point and without their unit, which stands behind the box: "
    "players read nothing else as a number"
)


@dataclass(frozen=True, slots=True)
class QtiOptions(ModeOptions):
    """Options of both QTI exporters; the mode sets attempts, feedback and solutions in the test."""


class _Qti(Exporter[QtiOptions]):
    """What both versions share."""

    version: ClassVar[Version]
    suffix: ClassVar[str] = ".zip"
    media_type: ClassVar[str] = "application/zip"
    native: ClassVar[frozenset[str]] = frozenset(QUESTION_TYPES)
    drops: ClassVar[Mapping[str, frozenset[str]]] = MappingProxyType(
        {ANY_TYPE: _UNUSED, "essay": _COMBINED, "information": _COMBINED | {"points"}}
    )
    options: ClassVar[type[Options]] = QtiOptions

    def render(self, quiz: Quiz, options: QtiOptions, env: Env) -> Export:
        """Write a quiz as one package.

        A problem that a platform would swallow is an error, and then there is no file.
        """
        items = tuple(quiz.items)
        scribe = _Scribe(quiz, options.mode, env, self.version)
        parts = [scribe.part(section) for section in quiz.sections]
        problems = (*scribe.problems, *dropped_fields(items, self.drops))
        if any((problem.severity or problem.code.severity) == "error" for problem in problems):
            return Export((), problems)
        data = scribe.package(parts)
        title = f"QTI {self.version.number} package"
        file = ExportFile(f"{quiz.id}-{self.name}.zip", data, "staff", title, questions=len(items))
        return Export((file,), problems, tuple(_notes(items, options.mode)))


class Qti21(_Qti):
    """A QTI 2.1 package, for OpenOlat, TAO and other platforms."""

    name: ClassVar[str] = "qti21"
    title: ClassVar[str] = "QTI 2.1 package"
    version: ClassVar[Version] = QTI_21


class Qti30(_Qti):
    """A QTI 3.0 package, for the players of that version."""

    name: ClassVar[str] = "qti30"
    title: ClassVar[str] = "QTI 3.0 package"
    version: ClassVar[Version] = QTI_30


class _Scribe:
    """Writes the items of a quiz one by one, and gathers what is to be said about them."""

    def __init__(self, quiz: Quiz, mode: Mode, env: Env, version: Version) -> None:
        self.problems: list[Problem] = []
        self._quiz = quiz
        self._mode: Mode = mode
        self._env = env
        self._version = version
        self._words = words(quiz.language)
        self._pens: dict[int, Pen] = {}
        self._shown: dict[str, Media] = {}
        self._count = 0

    def part(self, section: Section) -> Part:
        """A section with its items."""
        instructions = None
        if section.instructions is not None and self._quiz.banks:
            pen = self._pen(self._quiz.banks[0])
            instructions = pen.shown(section.instructions).replace('src="media/', f'src="{FOLDER}/media/')
            self._shown |= pen.images
            pen.images.clear()
        return Part(section.title, instructions, tuple(self._item(item) for item in section.items), section.draw)

    def package(self, parts: Sequence[Part]) -> bytes:
        """The archive: the manifest first, then everything else by name."""
        quiz, items = self._quiz, [item for part in parts for item in part.items]
        tags = Tags(self._version)
        images = self._shown | {media.content_name: media for item in items for media in item.images}
        files = {
            TEST: test_document(
                tags, ncname("test", quiz.id), title=quiz.title, parts=parts, mode=self._mode, minutes=quiz.minutes
            ),
            **{item.path: item.data for item in items},
            **{f"{FOLDER}/media/{name}": media.data for name, media in images.items()},
        }
        manifest = manifest_document(tags, ncname("package", quiz.id), items, tuple(self._shown.values()))
        return write_zip([("imsmanifest.xml", manifest), *sorted(files.items())])

    def _item(self, item: Item) -> Written:
        question, pen = item.question, self._pen(item.bank)
        self._count += 1
        body = body_of(question, item.scenario, pen)
        judged = question.graded and not body.by_hand and question.max_points > 0
        if not judged and question.graded and not body.by_hand and question.model_fields_set & _COMBINED:
            message = "feedback on right and wrong answers is left out: without points there is no telling them apart"
            pen.report(FIELD_DROPPED, message, ("points",))
        comments = pen.comments(question, judged=judged)
        identifier = ncname(item.bank.id, question.id)
        name = pen.writable(name_of(question), ("title",) if question.title is not None else ("stem",))
        if question.status == "draft":
            name = f"[{self._words['key.status.draft']}] {name}"
        exam = self._mode == "exam"
        data = document(
            pen.tags,
            body,
            comments,
            question.max_points,
            identifier=identifier,
            # Players may show the title to who takes the test, who must not read in it what the item is about.
            title=self._words.say("common.question", n=self._count) if exam else name,
            label=shortened(name, _LABEL_LIMIT) if exam else None,
            xml_lang=item.bank.header.language,
        )
        subject = ("questions", question.id)
        self.problems += [replace(problem, subject=subject) for problem in pen.problems]
        pen.problems.clear()
        images = tuple(pen.images.values())
        pen.images.clear()
        return Written(identifier, question, data, images)

    def _pen(self, bank: Bank) -> Pen:
        pen = self._pens.get(id(bank))
        if pen is None:
            pen = self._pens[id(bank)] = Pen(bank, self._env.markup(bank), self._words, self._version)
        return pen


def _notes(items: Iterable[Item], mode: Mode) -> Iterator[str]:
    yield (
        "the test allows one attempt and shows neither feedback nor solutions; a platform that plays single items "
        "has settings of its own for that"
        if mode == "exam"
        else "the test may be repeated, and shows feedback and solutions after each attempt"
    )
    kinds = {item.question.type for item in items}
    numbers = any(
        blank.kind == "number"
        for item in items
        if isinstance(item.question, Cloze)
        for blank in item.question.blanks.values()
    )
    if "numerical" in kinds or numbers:
        yield _TYPING
    if "essay" in kinds:
        yield "essays carry no scoring rules: a person gives their points"
