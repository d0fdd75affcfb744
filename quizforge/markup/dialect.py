"""Dialects: what each target makes of a fragment."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from base64 import b64encode
from collections.abc import Callable, Mapping
from html import escape
from posixpath import normpath
from typing import Literal
from urllib.parse import quote, unquote

from quizforge.markup import highlight
from quizforge.markup.fragment import Fragment, Renderer
from quizforge.markup.mathml import full_mathml
from quizforge.markup.maths import to_mathml
from quizforge.markup.plaintext import flatten
from quizforge.markup.simple import PLAIN
from quizforge.markup.source import images
from quizforge.markup.spans import ILLEGAL, Blank, Code, Fence, Image, Maths, Span, Verbatim
from quizforge.model.media import Media

CANVAS_FILES = "%24IMS-CC-FILEBASE%24/media"
"""Where images of a Canvas package lie, as their ``src`` says: ``$IMS-CC-FILEBASE$`` percent-encoded."""

DialectName = Literal["moodle", "anki", "html", "canvas", "qti21", "qti30", "olx"]

_DELIMITER = re.compile(r"<[^>]*>|\\(?=[()\[\]])|\$(?=\$)")
_BLANK_LOOK = re.compile(r"\[(?=[A-Za-z0-9_.-]+\])", re.ASCII)
_ALIGNED = re.compile(r' style="text-align: ?(left|center|right);?"')
_LANGUAGE = re.compile(r'(<(?:em|strong|a)\b[^>]*?) lang="')
_NOT_IN_QTI = re.compile(r'(?<=<)((?:a|ol|img)\b[^>]*?) (?:title|start)="[^"]*"')
_DIRECTION = re.compile(r'(<(?:a|em|strong)\b[^>]*?) dir="[^"]*"')
_HEADING = re.compile(r"(</?h)([1-6])>")


class Markup:
    """Renders the texts of one bank, each once, whatever the number of targets.

    Args:
        media: The bank's images by their path from its folder.

    Attributes:
        plain_texts: Texts that have been found to have no markup: their HTML is the text itself. To
            look there costs a twentieth of finding out.
    """

    def __init__(self, media: Mapping[str, Media]) -> None:
        self.plain_texts: set[str] = set()
        self._media = media
        self._renderer = Renderer()
        self._fragments: dict[tuple[str, str], Fragment] = {}
        self._runs: dict[tuple[str, str], tuple[highlight.Run, ...]] = {}
        self._dialects: dict[str, Dialect] = {}

    def dialect(self, name: DialectName) -> Dialect:
        """The one object that writes this dialect."""
        found = self._dialects.get(name)
        if found is None:
            found = self._dialects[name] = _DIALECTS[name](self)
        return found

    def fragment(self, kind: Literal["block", "inline", "cloze"], text: str) -> Fragment:
        """A text rendered as far as all dialects agree."""
        key = (kind, text)
        found = self._fragments.get(key)
        if found is None:
            found = self._renderer.render(text, blocks=kind != "inline", blanks=kind == "cloze")
            self._fragments[key] = found
        return found

    def runs(self, code: str, language: str) -> tuple[highlight.Run, ...]:
        """The code in stretches of one colour."""
        key = (code, language)
        found = self._runs.get(key)
        if found is None:
            found = self._runs[key] = highlight.runs(code, language)
        return found

    def media(self, href: str) -> Media | None:
        """The image that an href means, counted from the bank's folder."""
        return self._media.get(href) or self._media.get(normpath(unquote(href)))


class Dialect(ABC):
    """Writes HTML for one target. All results are well-formed XML fragments without named entities but the five of XML.

    Texts that break a rule of the checks are rendered too, harmlessly; nothing here raises for any text.
    """

    heading_offset = 2
    """Added to the level of headings, so that they stand below those of the page."""
    pre = 'class="code"'
    """Attribute of code blocks."""

    def __init__(self, markup: Markup) -> None:
        self._markup = markup
        self._plain = markup.plain_texts
        self._blocks: dict[str, str] = {}
        self._inlines: dict[str, str] = {}

    def block(self, text: str) -> str:
        """HTML of block Markdown: paragraphs, lists, tables; empty for an empty text."""
        if text in self._plain:
            return f"<p>{text}</p>"
        found = self._blocks.get(text)
        if found is not None:
            return found
        if PLAIN.match(text) is not None:
            self._plain.add(text)
            return f"<p>{text}</p>"
        found = self._blocks[text] = self._write(self._markup.fragment("block", text))
        return found

    def inline(self, text: str) -> str:
        """HTML of inline Markdown, without a paragraph around it."""
        if text in self._plain:
            return text
        found = self._inlines.get(text)
        if found is not None:
            return found
        if PLAIN.match(text) is not None:
            self._plain.add(text)
            return text
        found = self._inlines[text] = self._write(self._markup.fragment("inline", text))
        return found

    def escape(self, text: str) -> str:
        """HTML of a text that is not Markdown, fit for attributes too."""
        return escape(ILLEGAL.sub("\ufffd", text))

    def cloze(self, text: str, fill: Callable[[str], str]) -> str:
        """HTML of block Markdown whose ``[[name]]`` are filled.

        Args:
            text: The stem.
            fill: Makes the string that is put in for a name, verbatim, after everything else.
        """
        return self._write(self._markup.fragment("cloze", text), fill)

    def media_of(self, text: str) -> tuple[Media, ...]:
        """The images that a text shows, each once, in order of first use."""
        if "![" not in text:
            return ()
        found = (self._markup.media(image.href) for image in images(text, "block"))
        return tuple(dict.fromkeys(media for media in found if media is not None))

    def _write(self, fragment: Fragment, fill: Callable[[str], str] | None = None) -> str:
        return "".join(
            [self._html(piece) if isinstance(piece, str) else self._piece(piece, fill) for piece in fragment]
        )

    def _html(self, html: str) -> str:
        if "<h" in html or "</h" in html:
            html = _HEADING.sub(lambda match: f"{match[1]}{min(6, int(match[2]) + self.heading_offset)}>", html)
        return html.replace("<pre>", f"<pre {self.pre}>") if "<pre>" in html else html

    def _piece(self, piece: Span, fill: Callable[[str], str] | None) -> str:
        if isinstance(piece, Maths):
            return self._maths(piece)
        if isinstance(piece, Code):
            return f"<code>{self._code(escape(piece.text, quote=False))}</code>"
        if isinstance(piece, Fence):
            return self._fence(piece)
        if isinstance(piece, Image):
            return self._image(piece)
        if isinstance(piece, Blank) and fill is not None:
            return fill(piece.name)
        return escape(piece.text if isinstance(piece, Verbatim) else f"[[{piece.name}]]", quote=False)

    def _image(self, image: Image) -> str:
        alt = flatten(self._markup.fragment("inline", image.alt), lines=False)
        media = self._markup.media(image.href)
        if media is None:
            return f"<span>{escape(alt, quote=False)}</span>"
        title = f' title="{self._attribute(image.title)}"' if image.title else ""
        return f'<img src="{self._source(media)}" alt="{self._attribute(alt)}"{title}{self._size(media)} />'

    def _size(self, media: Media) -> str:  # noqa: ARG002  # only the printed page lays out by it
        return ""

    def _attribute(self, text: str) -> str:
        return escape(text)

    def _code(self, html: str) -> str:
        return html

    def _fence(self, fence: Fence) -> str:
        code = self._colours(self._markup.runs(fence.text.rstrip("\n"), fence.language))
        return f"<pre {self.pre}><code>{self._code(code)}</code></pre>"

    def _colours(self, runs: tuple[highlight.Run, ...]) -> str:
        return highlight.with_classes(runs)

    @abstractmethod
    def _maths(self, maths: Maths) -> str:
        """HTML of a formula."""

    @abstractmethod
    def _source(self, media: Media) -> str:
        """Value of ``src``, escaped."""


class _MathJaxDialect(Dialect):
    r"""TeX between ``\(`` and ``\)``; the same characters elsewhere are kept apart, so that no filter takes them."""

    def _html(self, html: str) -> str:
        html = super()._html(html)
        return _break_delimiters(html) if "\\" in html or "$$" in html else html

    def _attribute(self, text: str) -> str:
        return escape(text).replace("\\", "&#92;").replace("$$", "&#36;&#36;")

    def _maths(self, maths: Maths) -> str:
        tex = escape(maths.tex, quote=False)
        return rf"\[{tex}\]" if maths.display else rf"\({tex}\)"


def _break_delimiters(html: str) -> str:
    r"""Part ``\(`` and the like: MathJax looks for them in the text, Moodle's filter in the HTML."""

    def part(match: re.Match[str]) -> str:
        found = match[0]
        if found[0] == "<":
            return found.replace("\\", "&#92;").replace("$$", "&#36;&#36;")
        return f"{found}<span></span>"

    return _DELIMITER.sub(part, html)


class MoodleDialect(_MathJaxDialect):
    """Moodle: files by @@PLUGINFILE@@, colours inline, for no style sheet of ours is there."""

    heading_offset = 4  # a question stands below an h3 and a hidden h4 of Moodle's own
    pre = f'style="{highlight.PRE_STYLE}"'

    def _code(self, html: str) -> str:
        return _break_delimiters(html) if "\\" in html or "$$" in html else html

    def _colours(self, runs: tuple[highlight.Run, ...]) -> str:
        return highlight.with_styles(runs)

    def _source(self, media: Media) -> str:
        return f"@@PLUGINFILE@@/{media.name}"


class CanvasDialect(MoodleDialect):
    """Canvas: formulas as its own images, whose TeX stands in ``data-equation-content``; files by a token.

    An importer (instructure/qti 2.27.0, ``v1/models/base.rb``) writes ``[x]`` inside attributes in a way that is
    shown as entities, so that brackets around a word are kept apart there.
    """

    heading_offset = 2  # a question stands below an h2 of Canvas' own

    def _attribute(self, text: str) -> str:
        return super()._attribute(_BLANK_LOOK.sub("[\u2060", text))

    def _maths(self, maths: Maths) -> str:
        tex = " ".join(maths.tex.split())
        shown = _BLANK_LOOK.sub("[ ", rf"\displaystyle {tex}" if maths.display else tex)
        text = escape(shown)
        image = (
            f'<img class="equation_image" title="{text}" alt="LaTeX: {text}" '
            f'src="/equation_images/{quote(shown, safe="")}?scale=1" data-equation-content="{text}" />'
        )
        return f'<span style="display:block;text-align:center">{image}</span>' if maths.display else image

    def _source(self, media: Media) -> str:
        return f"{CANVAS_FILES}/{media.content_name}"


class OlxDialect(_MathJaxDialect):
    """Open edX: files of the course by their path below ``/static/``."""

    heading_offset = 3  # a problem's name is an h3

    def _source(self, media: Media) -> str:
        return f"/static/{media.content_name}"


class AnkiDialect(_MathJaxDialect):
    """Anki: files by their bare name, colours from the card's style sheet. ``{{`` is left as it is."""

    def _source(self, media: Media) -> str:
        return media.name


class HtmlDialect(Dialect):
    """One self-contained page: MathML, images inside, colours from the page's style sheet."""

    def __init__(self, markup: Markup) -> None:
        super().__init__(markup)
        self._sources: dict[str, str] = {}

    def _maths(self, maths: Maths) -> str:
        mathml = to_mathml(maths.tex, display=maths.display)
        if isinstance(mathml, str):
            return mathml
        return f'<code class="tex">{escape(maths.tex, quote=False)}</code>'

    def _source(self, media: Media) -> str:
        found = self._sources.get(media.path)
        if found is None:
            data = b64encode(media.data).decode("ascii")
            found = self._sources[media.path] = f"data:{media.media_type};base64,{data}"
        return found

    def _size(self, media: Media) -> str:
        if media.width is None or media.height is None:
            return ""
        return f' width="{media.width}" height="{media.height}"'


class QtiDialect(HtmlDialect):
    """QTI: MathML in its namespace, images beside the item, code without colours, since no style sheet is there.

    Neither version has titles of links and images, nor lists that start elsewhere than at 1.
    """

    def _html(self, html: str) -> str:
        html = super()._html(html)
        return _NOT_IN_QTI.sub(r"\1", html) if '="' in html else html

    def _image(self, image: Image) -> str:
        return _NOT_IN_QTI.sub(r"\1", super()._image(image))

    def _maths(self, maths: Maths) -> str:
        found = super()._maths(maths)
        if not found.startswith("<math "):
            return found
        return full_mathml(found).replace("<math ", '<math xmlns="http://www.w3.org/1998/Math/MathML" ', 1)

    def _colours(self, runs: tuple[highlight.Run, ...]) -> str:
        return escape("".join(text for _, text in runs), quote=False)

    def _source(self, media: Media) -> str:
        return f"media/{media.content_name}"


class Qti21Dialect(QtiDialect):
    """The HTML of QTI 2.1: a part of XHTML 1.0, without ``dir``, languages as ``xml:lang``."""

    def _html(self, html: str) -> str:
        html = super()._html(html)
        if '="' not in html:
            return html
        return _DIRECTION.sub(r"\1", _LANGUAGE.sub(r'\1 xml:lang="', _ALIGNED.sub(r' align="\1"', html)))


class Qti30Dialect(QtiDialect):
    """The HTML of QTI 3.0: a part of HTML5, with class names of its own for alignment."""

    def _html(self, html: str) -> str:
        html = super()._html(html)
        return _ALIGNED.sub(r' class="qti-align-\1"', html) if "text-align" in html else html


_DIALECTS: Mapping[DialectName, type[Dialect]] = {
    "moodle": MoodleDialect,
    "anki": AnkiDialect,
    "html": HtmlDialect,
    "canvas": CanvasDialect,
    "qti21": Qti21Dialect,
    "qti30": Qti30Dialect,
    "olx": OlxDialect,
}
