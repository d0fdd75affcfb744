"""Word: an exam and its key as .docx, with real numbering and native formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import ClassVar

from quizforge.exporters.base import Env, Export, Exporter, ExportFile, Options
from quizforge.exporters.documents.making import pages, refused_images
from quizforge.exporters.documents.pandoc import Node, write
from quizforge.exporters.documents.rewriting import Asked, Hand, Ticked, led, para, text
from quizforge.model.question import QUESTION_TYPES
from quizforge.model.quiz import Quiz

_IMAGES = frozenset({"image/png", "image/jpeg", "image/gif"})
_LINE = 70
"""Underscores that fill a line of the default page."""


class WordHand(Hand):
    """Numbered lists of Word; room is made of underscores, which stay where a document is edited."""

    def questions(self, asked: Sequence[Asked]) -> list[Node]:
        """A list for each run of consecutive numbers."""
        runs = groupby(enumerate(asked), key=lambda place: place[1].number - place[0])
        return [self._list([one for _, one in run]) for _, run in runs]

    def _list(self, asked: Sequence[Asked]) -> Node:
        items = [led([text("("), *one.worth, text(")")], one.body) for one in asked]
        style = [asked[0].number, {"t": "Decimal"}, {"t": "Period"}]
        return {"t": "OrderedList", "c": [style, items]}

    def between(self, blocks: list[Node]) -> list[Node]:
        """As it is."""
        return blocks

    def options(self, options: Sequence[Ticked], *, many: bool, lettered: bool) -> list[Node]:  # noqa: ARG002  # Word shows both alike
        """A lettered list; verdicts without letters get a box."""
        items = [option.blocks for option in options]
        if not lettered:
            return [{"t": "BulletList", "c": items}]
        return [{"t": "OrderedList", "c": [[1, {"t": "UpperAlpha"}, {"t": "Period"}], items]}]

    def lines(self, count: int) -> list[Node]:
        """Paragraphs of underscores."""
        return [para([text("_" * _LINE)]) for _ in range(count)]

    def room(self, width: int) -> Node:
        """Underscores."""
        return text("_" * width)


class Word(Exporter[Options]):
    """Two documents for Word, LibreOffice and the like."""

    name: ClassVar[str] = "word"
    title: ClassVar[str] = "Word exam and answer key"
    suffix: ClassVar[str] = ".docx"
    media_type: ClassVar[str] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    native: ClassVar[frozenset[str]] = frozenset(QUESTION_TYPES)
    drops: ClassVar[Mapping[str, frozenset[str]]] = {}
    options: ClassVar[type[Options]] = Options

    def render(self, quiz: Quiz, options: Options, env: Env) -> Export:  # noqa: ARG002  # it has none
        """Write the exam and the key.

        Returns:
            ``<id>-exam.docx`` and ``<id>-key.docx``; nothing where an image cannot be shown.

        Raises:
            EnvironmentFault: There is no pandoc.
        """
        problems = tuple(refused_images(quiz, _IMAGES, target="Word"))
        if problems:
            return Export((), problems)
        hand = WordHand()
        files = tuple(
            ExportFile(
                page.printed.name.removesuffix(".html") + self.suffix,
                write(page.blocks, page.meta, to="docx", arguments=("--syntax-highlighting=none",)),
                page.printed.audience,
                page.printed.description.replace("printable", "Word"),
                page.printed.questions,
            )
            for page in pages(quiz, env, exam=hand, key=hand, images={})
        )
        return Export(files, notes=(f"{files[1].name} is for staff only",))
