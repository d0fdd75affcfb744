"""The sheet as HTML: one page of SVG after the other, with the texts of the head laid over it.

One unit of the drawings is a hundredth of a millimetre, the same as in the map. What has to be found by a machine
is black; letters in bubbles are grey, so that they are not taken for marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from importlib.resources import files
from string import Template

from quizforge.exporters.bubble_sheet.layout import Box, Label, Layout, Page
from quizforge.exporters.bubble_sheet.metrics import MARGIN, TOP
from quizforge.exporters.words import Words
from quizforge.formats.omr_map import Bubble, OmrMap, Row, Square
from quizforge.model.candidate import Candidate
from quizforge.model.quiz import Quiz

_SMALL = 500


class Drawing:
    """Draws one sheet, blank or for candidates.

    Args:
        quiz: Title, form and language.
        layout: The places of what is not in the map.
        sheet: The map.
        words: Own words.
    """

    def __init__(self, quiz: Quiz, layout: Layout, sheet: OmrMap, words: Words) -> None:
        self.quiz, self.layout, self.sheet, self.words = quiz, layout, sheet, words
        self.count = len(sheet.pages)
        same = quiz.language.lower().split("-")[0] == words.language.split("-")[0]
        self.mark = "" if same else f' lang="{words.language}"'
        self.form = "" if quiz.form is None else escape(words.say("common.form", form=quiz.form))

    def document(self, pages: Sequence[Page], candidates: Sequence[Candidate]) -> bytes:
        """All pages, once for each candidate in their order; once without a name where there is none."""
        codes = self.sheet.codes()
        body = "".join(
            self._page(page, number, codes[number - 1], candidate)
            for candidate in candidates or (None,)
            for number, page in enumerate(pages, 1)
        )
        name = escape(self.words.say("sheet.page_title", title=self.quiz.title))
        rtl = ' dir="rtl"' if self.layout.rtl else ""
        return (
            f'<!DOCTYPE html>\n<html lang="{self.quiz.language}"{rtl}>\n<head>\n<meta charset="utf-8">\n'
            f"<title>{' · '.join(filter(None, (name, self.form)))}</title>\n"
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            '<meta name="generator" content="QuizForge">\n'
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
            f"<style>\n{_style(self.layout)}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
        ).encode()

    def _page(self, page: Page, number: int, code: str, candidate: Candidate | None) -> str:
        """One page."""
        words, layout = self.words, self.layout
        place = escape(words.say("exam.page", page=number, pages=self.count))
        digits = "" if candidate is None else candidate.number
        cells = [cell for cell, bit in zip(self.sheet.cells, code, strict=True) if bit == "1"]
        parts = [
            *(_square(square) for square in (*self.sheet.fiducials, *cells)),
            *(self._row(row, digits) for row in page.rows),
            *(self._box(box, place, digits) for place, box in enumerate(page.boxes)),
            *(self._label(label) for label in page.labels),
        ]
        view = f"0 0 {layout.width} {layout.height}"
        return (
            f'<section class="sheet" aria-label="{place}">\n'
            f'<svg viewBox="{view}" role="img" aria-label="{escape(words["sheet.drawing"])}"{self.mark}>\n'
            f"{''.join(parts)}</svg>\n"
            f"{self._head(number, candidate)}{self._caption()}{self._foot(place)}</section>\n"
        )

    def _row(self, row: Row, digits: str) -> str:
        typed = ""
        if row.field == "number":
            place = int(dict(row.about)["place"])
            typed = digits[place : place + 1]
        drawn = []
        for bubble in row.bubbles:
            filled = bubble.filled or (typed != "" and bubble.text == typed)
            drawn.append(self._bubble(bubble, row, filled=filled))
        return "".join(drawn)

    def _bubble(self, bubble: Bubble, row: Row, *, filled: bool) -> str:
        kind = "on" if filled else "bubble"
        r = row.radius
        if row.shape == "circle":
            shape = f'<circle class="{kind}" cx="{bubble.x}" cy="{bubble.y}" r="{r}"/>'
        else:
            side = 2 * r
            shape = f'<rect class="{kind}" x="{bubble.x - r}" y="{bubble.y - r}" width="{side}" height="{side}"/>'
        light = ' class="light"' if filled else ""
        y = bubble.y + _drop(self.layout.metrics.letter)
        return f'{shape}<text{light} x="{bubble.x}" y="{y}">{bubble.text}</text>\n'

    def _box(self, box: Box, place: int, digits: str) -> str:
        drawn = f'<rect class="box" x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}"/>\n'
        digit = digits[place : place + 1] if place < self.layout.digits else ""
        if digit:
            y = box.y + box.height // 2 + _drop(self.layout.metrics.text)
            drawn += f'<text class="digit" x="{box.x + box.width // 2}" y="{y}">{digit}</text>\n'
        return drawn

    def _label(self, label: Label) -> str:
        size = self.layout.metrics.text
        drawn = (
            f'<text class="name" x="{label.x}" y="{label.y + _drop(size)}">{label.text}</text>\n' if label.text else ""
        )
        if label.written:
            gap = -size if self.layout.rtl else size
            text = escape(self.words["sheet.written"])
            drawn += f'<text class="note" x="{label.x + gap}" y="{label.y + _drop(size)}">{text}</text>\n'
        return drawn

    def _head(self, number: int, candidate: Candidate | None) -> str:
        words, layout = self.words, self.layout
        left, width = layout.beside
        kind = " · ".join(filter(None, (self.form, escape(words["sheet.heading"]))))
        name = "" if candidate is None else f'<bdi dir="auto">{escape(candidate.name)}</bdi>'
        lines = [
            f"<h1>{escape(self.quiz.title)}</h1>",
            f'<p class="form"{self.mark}>{kind}</p>',
            f'<p class="line"{self.mark}>{escape(words["exam.name"])} <i>{name}</i></p>',
        ]
        if candidate is not None:
            lines.append(
                f'<p class="line"{self.mark}>{escape(words["exam.student_id"])} <i>{escape(candidate.id)}</i></p>'
            )
        else:
            lines.append(f'<p class="line"{self.mark}>{escape(words["exam.date"])} <i></i></p>')
        lines.append(f'<p class="how"{self.mark}>{escape(words["sheet.how"])}</p>' if number == 1 else "")
        height = layout.form_line - TOP - layout.metrics.line // 2 - (layout.metrics.caption if self.quiz.form else 0)
        position = _position(left, TOP, width, height)
        caption = ""
        if self.quiz.form is not None:
            top = layout.form_line - layout.metrics.line // 2 - layout.metrics.caption
            where = _position(left, top, width, layout.metrics.caption)
            caption = f'<p class="caption" style="{where}"{self.mark}>{self.form}</p>\n'
        return f'<div class="head" style="{position}">\n{"".join(lines)}\n</div>\n{caption}'

    def _caption(self) -> str:
        layout = self.layout
        width = layout.digits * layout.metrics.digit_pitch
        where = _position(layout.number_left, TOP, width, layout.metrics.caption)
        return f'<p class="caption" style="{where}"{self.mark}>{escape(self.words["exam.student_id"])}</p>\n'

    def _foot(self, place: str) -> str:
        layout = self.layout
        height = 900 if layout.metrics.text > _SMALL else 500
        where = _position(MARGIN, layout.height - 1250, layout.width - 2 * MARGIN, height)
        text = " · ".join(filter(None, (self.form, place)))
        return f'<p class="foot" style="{where}"><span{self.mark}>{text}</span> · {escape(self.quiz.title)}</p>\n'


def _square(square: Square) -> str:
    side = square.side
    x, y = square.x - side // 2, square.y - side // 2
    return f'<rect class="cell" x="{x}" y="{y}" width="{side}" height="{side}"/>\n'


def _drop(size: int) -> int:
    """From the middle of a line of text down to its base line: half the height of a capital letter."""
    return size * 36 // 100


def _mm(length: int) -> str:
    return f"{length / 100:g}mm"


def _position(left: int, top: int, width: int, height: int) -> str:
    return f"left:{_mm(left)};top:{_mm(top)};width:{_mm(width)};height:{_mm(height)}"


def _style(layout: Layout) -> str:
    metrics = layout.metrics
    large = metrics.text > _SMALL
    source = files("quizforge.exporters.bubble_sheet").joinpath("sheet.css").read_text("utf-8")
    return Template(source).substitute(
        width=_mm(layout.width),
        height=_mm(layout.height),
        # A page of exactly its height would be followed by an empty one where a program rounds up.
        clipped=_mm(layout.height - 100),
        text=_mm(metrics.text),
        leading="1.25",
        stroke=metrics.stroke,
        letter=metrics.letter,
        size=metrics.text,
        note=metrics.text if large else metrics.letter,
        foot=_mm(metrics.text if large else 280),
        how="1em" if large else ".92em",
        heading="1em" if large else "1.25em",
        line=_mm(metrics.caption + 180),
        anchor="start" if layout.rtl else "end",
        other="end" if layout.rtl else "start",
    )
