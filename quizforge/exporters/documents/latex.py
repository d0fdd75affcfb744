r"""LaTeX: an exam and its key for the document class ``exam``.

Source: P. Hirschhorn, "Using the exam document class" (CTAN, exam 2.704).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from quizforge.exporters.base import Env, Export, Exporter, ExportFile, Options
from quizforge.exporters.documents.making import Page, pages, refused_images, source_of
from quizforge.exporters.documents.pandoc import Node, write
from quizforge.exporters.documents.rewriting import SPACE, Asked, Hand, Ticked, led, text
from quizforge.model.fields import Audience
from quizforge.model.media import Media
from quizforge.model.question import QUESTION_TYPES
from quizforge.model.quiz import Quiz

_IMAGES = frozenset({"image/png", "image/jpeg"})
_CHARACTERS = (
    "\\tracinglostchars=3\n\\usepackage{newunicodechar}\n"
    "\\newunicodechar{\N{THIN SPACE}}{\\,}\n"
    "\\newunicodechar{\N{NARROW NO-BREAK SPACE}}{\\,}\n"
    "\\newunicodechar{\N{MINUS SIGN}}{\\ensuremath{-}}\n"
)
"""Signs of our own words are set by any font. Other characters that a font lacks stop pdflatex; xelatex is told to stop
(TeX Live 2021 and later); lualatex leaves them out and says so in its log only (seen with TeX Live 2022)."""

_COMPILE = (
    "compile with pdflatex; for scripts other than Latin with lualatex and a \\setmainfont that has them: "
    "look for 'Missing character' in its log, since it leaves out what a font lacks"
)

_HALF = r"\half"
_LINE_MM = 8
_WIDTH_MM = 2
"""Width of a character of room, as wide as handwriting needs."""


class LatexHand(Hand):
    """The commands of the class; the key has the same questions, with its right options marked."""

    def questions(self, asked: Sequence[Asked]) -> list[Node]:
        r"""``\question[points]`` where the class can count them, else with the points in words."""
        listed = [block for one in asked for block in self._question(one)]
        # The class begins to number anew with each environment.
        start = [_raw(rf"\setcounter{{question}}{{{asked[0].number - 1}}}")] if asked[0].number > 1 else []
        return [_raw(r"\begin{questions}"), *start, *listed, _raw(r"\end{questions}")]

    def _question(self, one: Asked) -> list[Node]:
        whole, half = divmod(one.points * 2, 2)
        if one.points and one.points * 2 == (one.points * 2).to_integral_value():
            return led([_code(rf"\question[{whole:f}{_HALF if half else ''}]")], one.body)
        return led([_code(r"\question"), SPACE, text("("), *one.worth, text(")")], one.body)

    def between(self, blocks: list[Node]) -> list[Node]:
        """As it is."""
        return blocks

    def options(self, options: Sequence[Ticked], *, many: bool, lettered: bool) -> list[Node]:
        r"""``choices``, or ``checkboxes`` where several may be right or there are no letters."""
        environment = "checkboxes" if many or not lettered else "choices"
        listed = []
        for option in options:
            listed += led([_code(r"\CorrectChoice" if option.right else r"\choice")], option.blocks)
        return [_raw(rf"\begin{{{environment}}}"), *listed, _raw(rf"\end{{{environment}}}")]

    def lines(self, count: int) -> list[Node]:
        r"""``\fillwithlines``."""
        return [_raw(rf"\fillwithlines{{{count * _LINE_MM}mm}}")]

    def room(self, width: int) -> Node:
        """A rule."""
        return _code(rf"\rule{{{width * _WIDTH_MM}mm}}{{0.4pt}}")


class Latex(Exporter[Options]):
    """Two LaTeX sources and the images that they show."""

    name: ClassVar[str] = "latex"
    title: ClassVar[str] = "LaTeX exam and answer key"
    suffix: ClassVar[str] = ".tex"
    media_type: ClassVar[str] = "application/x-tex"
    native: ClassVar[frozenset[str]] = frozenset(QUESTION_TYPES)
    drops: ClassVar[Mapping[str, frozenset[str]]] = {}
    options: ClassVar[type[Options]] = Options

    def render(self, quiz: Quiz, options: Options, env: Env) -> Export:  # noqa: ARG002  # it has none
        """Write the exam and the key.

        Returns:
            ``<id>-exam.tex`` and ``<id>-key.tex``, then each image once; nothing where an image cannot be shown.

        Raises:
            EnvironmentFault: There is no pandoc.
        """
        problems = tuple(refused_images(quiz, _IMAGES, target="LaTeX"))
        if problems:
            return Export((), problems)
        media = {source_of(one): one for bank in quiz.banks for one in bank.media.values()}
        names = {source: one.content_name for source, one in media.items()}
        hand = LatexHand()
        files = [self._file(page) for page in pages(quiz, env, exam=hand, key=hand, images=names)]
        shown: dict[str, tuple[Media, Audience]] = {}
        for file in files:
            for one in media.values():
                if one.content_name.encode() in file.data:
                    shown.setdefault(one.content_name, (one, file.audience))
        files += [ExportFile(name, one.data, audience, "image") for name, (one, audience) in shown.items()]
        return Export(tuple(files), notes=(_COMPILE, f"{files[1].name} is for staff only"))

    def _file(self, page: Page) -> ExportFile:
        printed = page.printed
        meta = {**page.meta, "documentclass": _string("exam"), "classoption": _string("addpoints")}
        shown = r"\printanswers" if printed.audience == "staff" else ""
        meta["header-includes"] = {"t": "MetaBlocks", "c": [_raw(_CHARACTERS + shown)]}
        source = write(page.blocks, meta, to="latex", arguments=("--standalone", "--syntax-highlighting=none"))
        name = printed.name.removesuffix(".html") + self.suffix
        description = printed.description.replace("printable", "LaTeX")
        return ExportFile(name, source, printed.audience, description, printed.questions)


def _code(code: str) -> Node:
    return {"t": "RawInline", "c": ["latex", code]}


def _raw(code: str) -> Node:
    return {"t": "RawBlock", "c": ["latex", code]}


def _string(value: str) -> Node:
    return {"t": "MetaString", "c": value}
