"""What the writers of the exam and of the key share: texts, own words, and the frame of a question."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from quizforge.exporters.html.sheet import Seat, letter
from quizforge.exporters.words import Words
from quizforge.markup import Dialect

LETTERS: tuple[str, ...] = tuple(letter(index) for index in range(702))
"""A to ZZ."""


class Voice:
    """Own words as HTML, marked with their language where the page has another one.

    Attributes:
        words: The catalogue.
        mark: A ``lang`` attribute for an element that holds own words, with a blank in front; empty
            where the page has the same language (WCAG 2.2, 3.1.2).
    """

    def __init__(self, words: Words, language: str) -> None:
        self.words = words
        same = language.lower().split("-")[0] == words.language.split("-")[0]
        self.mark = "" if same else f' lang="{words.language}"'
        self._heading = _hide(words["common.question"])
        self._blank = _hide(words["exam.blank"])
        self._points: dict[Decimal, str] = {}

    def __getitem__(self, key: str) -> str:
        """A text of the catalogue, escaped."""
        return escape(self.words[key])

    def say(self, key: str, **values: object) -> str:
        """A text with its placeholders filled in, escaped as a whole."""
        return escape(self.words.say(key, **values))

    def points(self, points: Decimal) -> str:
        """``2 points``."""
        found = self._points.get(points)
        if found is None:
            found = self._points[points] = escape(self.words.count("common.points", points))
        return found

    def heading(self, number: int) -> str:
        """``Question 3``, of which only the number is seen."""
        return self._heading.replace("{n}", str(number))

    def blank(self, number: int) -> str:
        """``Blank 2``, of which only the number is seen."""
        return self._blank.replace("{n}", str(number))

    def own(self, key: str) -> str:
        """A text of the catalogue that stands among the author's."""
        return f"<span{self.mark}>{self[key]}</span>"

    def around(self, key: str, name: str, inner: str) -> str:
        """Own words around one text of the author's.

        Args:
            key: Of a text with one placeholder.
            name: Of the placeholder.
            inner: HTML to stand there.
        """
        parts = self.words[key].split(f"{{{name}}}")
        return inner.join(f"<span{self.mark}>{escape(part)}</span>" if part else "" for part in parts)


class Writer:
    """Base of the two writers; one for each bank, since a bank has its own images.

    Attributes:
        texts: Renders the bank's texts.
        voice: Own words.
        bank: Id of the bank, which seeds orders.
    """

    def __init__(self, texts: Dialect, voice: Voice, bank: str) -> None:
        self.texts = texts
        self.voice = voice
        self.bank = bank
        self.block = texts.block
        self.inline = texts.inline

    def frame(self, seat: Seat, inner: str, *, level: int, long: bool = False) -> str:
        """A question with its number and its points.

        Args:
            seat: The question.
            inner: Everything below the number.
            level: Of its heading, 3 or 4.
            long: Whether it may be split over pages.
        """
        number, voice = seat.number, self.voice
        return (
            f'<article class="{"q long" if long else "q"}" id="q{number}">\n'
            f"<h{level}{voice.mark}>{voice.heading(number)}</h{level}>\n"
            f'<p class="pts"{voice.mark}>{voice.points(seat.item.question.max_points)}</p>\n'
            f"{inner}</article>\n"
        )

    def note(self, label: str, inner: str, **values: object) -> str:
        """A text of the key under a label in own words."""
        voice = self.voice
        return f'<div class="note">\n<p class="label"{voice.mark}>{voice.say(label, **values)}</p>\n{inner}\n</div>\n'

    def fact(self, label: str, inner: str) -> str:
        """A name and a value of a list of facts."""
        return f"<div><dt{self.voice.mark}>{self.voice[label]}</dt> <dd>{inner}</dd></div>\n"

    def options(self, texts: Sequence[str], order: Sequence[int], *, many: bool = False) -> str:
        """Lettered options: round boxes where one is chosen, square ones where many may be."""
        inline = self.inline
        rows = "".join(
            f"<li><b>{mark}</b>{inline(texts[index])}</li>\n" for mark, index in zip(LETTERS, order, strict=False)
        )
        return f'<ul class="opts {"many" if many else "one"}">\n{rows}</ul>\n'


def _hide(pattern: str) -> str:
    parts = pattern.split("{n}")
    return "{n}".join(f'<span class="vh">{escape(part)}</span>' if part else "" for part in parts)


def escape(text: str) -> str:
    """Text for HTML content and for attributes in double quotes."""
    if "&" in text or "<" in text or ">" in text or '"' in text:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return text
