"""The exporter's own words as HTML."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from quizforge.exporters.words import Words

_EMPTY_HEAD = re.compile(r"<th[^>]*></th>")
_FORMULA_HEAD = re.compile(r'(<th[^>]*>)<math alttext="([^"]*)"')
_CENT = Decimal("0.01")


class Voice:
    """Own words as HTML, marked with their language where the page has another one.

    Attributes:
        words: The catalogue.
        mark: A ``lang`` attribute for an element that holds own words, with a blank in front; empty
            where the page has the same language (WCAG 2.2, 3.1.2).
        number: A number in the page's language.
        worth: ``2 points`` as a paragraph, by points.
        identity: What stands before, between and after id and revision.
        headings: What stands before and after the number of a question, by level.
    """

    def __init__(self, words: Words, language: str) -> None:
        self.words = words
        same = language.lower().split("-")[0] == words.language.split("-")[0]
        self.mark = "" if same else f' lang="{words.language}"'
        self._question = _hide(words["common.question"])
        self._blank = _hide(words["exam.blank"])
        self.number = _Memo(words.number)
        self.worth = _Memo(
            lambda points: f'<p class="pts"{self.mark}>{escape(words.count("common.points", points))}</p>\n'.replace(
                "\xa0", "&nbsp;"
            )
        )
        self._notes: dict[str, str] = {}
        self._facts: dict[str, str] = {}
        shown = self.fact("key.id", "<code>\0</code>") + self.fact("key.revision", "<code>\0</code>")
        before, between, after = shown.split("\0")
        self.identity = (before, between, after)
        self.headings = {level: self._heading(level) for level in (3, 4)}

    def __getitem__(self, key: str) -> str:
        """A text of the catalogue, escaped."""
        return escape(self.words[key])

    def say(self, key: str, **values: object) -> str:
        """A text with its placeholders filled in, escaped as a whole."""
        return escape(self.words.say(key, **values))

    def blank(self, number: int) -> str:
        """``Blank 2``, of which only the number is seen."""
        return self._blank.replace("{n}", str(number))

    def _heading(self, level: int) -> tuple[str, str]:
        before, _, after = self._question.partition("{n}")
        return f"<h{level}{self.mark}>{before}", f"{after}</h{level}>\n"

    def own(self, key: str) -> str:
        """A text of the catalogue that stands among the author's."""
        return f"<span{self.mark}>{self[key]}</span>" if self.mark else self[key]

    def note(self, key: str, inner: str, **values: object) -> str:
        """A text of the author's under a label."""
        start = self._notes.get(key)
        if start is None:
            start = self._notes[key] = f'<div class="note">\n<p class="label"{self.mark}>{self[key]}</p>\n'
        if values:
            start = start.format_map({name: escape(str(value)) for name, value in values.items()})
        return f"{start}{inner}</div>\n"

    def fact(self, key: str, inner: str) -> str:
        """A name and a value of a list of facts."""
        start = self._facts.get(key)
        if start is None:
            start = self._facts[key] = f"<div><dt{self.mark}>{self[key]}</dt> <dd>"
        return f"{start}{inner}</dd></div>\n"

    def aside(self, key: str, **values: object) -> str:
        """A verdict behind an option of the key."""
        return f' <em class="share"{self.mark}>{self.say(key, **values)}</em>'

    def percent(self, share: Fraction | Decimal) -> str:
        """A share as a percentage with at most two decimals."""
        exact = Fraction(share) * 100
        rounded = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(_CENT)
        return self.words.say("common.percent", n=self.words.number(rounded))

    def around(self, key: str, name: str, inner: str) -> str:
        """Own words around one text of the author's.

        Args:
            key: Of a text with one placeholder.
            name: Of the placeholder.
            inner: HTML to stand there.
        """
        parts = self.words[key].split(f"{{{name}}}")
        return inner.join(
            f"<span{self.mark}>{escape(part)}</span>" if part and self.mark else escape(part) for part in parts
        )


class _Memo(dict[Decimal, str]):
    """Texts that are made from a number, each once."""

    def __init__(self, make: Callable[[Decimal], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, number: Decimal) -> str:
        return self.setdefault(number, self._make(number))


def _hide(pattern: str) -> str:
    parts = pattern.split("{n}")
    return "{n}".join(f'<span class="vh">{escape(part)}</span>' if part else "" for part in parts)


def named_heads(html: str) -> str:
    """HTML whose table heads all have a name, which screen readers say before each cell of the column.

    Browsers make none from MathML, so that a formula in a head gets its TeX; a head without anything,
    as in the corner of a table, is a cell.
    """
    if "<th" not in html:
        return html
    html = _EMPTY_HEAD.sub("<td></td>", html)
    return _FORMULA_HEAD.sub(r'\1<math aria-label="\2" alttext="\2"', html) if "<math" in html else html


def escape(text: str) -> str:
    """Text for HTML content and for attributes in double quotes."""
    if "&" in text or "<" in text or ">" in text or '"' in text:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return text
