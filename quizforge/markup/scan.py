r"""Finding maths, blanks, images and link targets in a text, once code is out of the way.

One walk from left to right over the places where something may begin. What a formula, an image or a
link target has taken is not looked at again, so the first to open wins; code has won before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from quizforge.markup.code import find_code
from quizforge.markup.limits import MAX_OPENERS, MAX_SPANS, too_many_brackets
from quizforge.markup.spans import FILL, Blank, Definition, Excess, Fault, Image, Maths, Scan, Span, Verbatim, clean

_ANY = re.compile(r"`|\\|\$|~~~|!\[|\](?=[(:])|\[\[|<[A-Za-z][A-Za-z0-9+.-]*:")
_OPENER = re.compile(r"\\.|\$\$?|\[\[|!\[|\]\(|<[A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*>", re.DOTALL)

_NEWLINE = r"\n(?![ \t]*(?:\n|\Z))"
_PAREN = re.compile(rf"\\\(((?:[^\\\n{FILL}]|{_NEWLINE}|\\[^()\[\]\n{FILL}]|\\{_NEWLINE})*)\\\)")
_SQUARE = re.compile(rf"\\\[((?:[^\\\n{FILL}]|{_NEWLINE}|\\[^()\[\]\n{FILL}]|\\{_NEWLINE})*)\\\]")
_DOLLARS = re.compile(rf"\$\$((?:[^\\$\n{FILL}]|{_NEWLINE}|\\[^\n{FILL}]|\\{_NEWLINE}|\$(?!\$))*)\$\$")
_DOLLAR = re.compile(rf"\$(?=[^\s$])((?:[^\\$\n{FILL}]|\\[^\n{FILL}])+)(?<!\s)\$(?![0-9])")
_BLANK = re.compile(r"\[\[([a-z][a-z0-9_]*)\]\]")
_NO_BLANK = re.compile(rf"\[\[([^\[\]\n{FILL}]{{0,100}})\]\]")
_LITERAL_BLANK = re.compile(r"\\(\[\[[a-z][a-z0-9_]*\]\])")

_FORMULA_AHEAD = re.compile(r"[^\s$]{0,40}?(?:\\[A-Za-z]|[\^_]\{|\^[A-Za-z0-9]|\b[A-Za-z]_[A-Za-z0-9]\b)")
_BRACKET = re.compile(r"\\.|[\[\]]|\n[ \t]*\n", re.DOTALL)
_BARE = re.compile(r"\(([^\s()<>\"']*)\)")
_ANGLE = re.compile(r"\(\s*<([^<>\n]*)>(?:\s+(\"[^\"]*\"|'[^']*'))?\s*\)")
_TITLE = re.compile(r"\s*(\"[^\"]*\"|'[^']*')\s*\Z")
_REFERENCE = re.compile(r"[ \n]?\[([^\[\]]*)\]")
_DEFINITION = re.compile(
    r"^(?P<before>[ \t]*(?:(?:>|[-+*]|[0-9]{1,9}\.)[ \t]*)*)"
    r"\[(?P<label>[^\[\]]*)\]:[ \t]*(?:\n[ \t]*)?(?P<href>\S+)[ \t]*(?:\n[ \t]*)?"
    r"(?:(?P<quote>[\"'])(?P<title>.*)(?P=quote)[ \t]*|\((?P<bracketed>.*)\)[ \t]*)?$",
    re.MULTILINE,
)
_LIST_MARK = re.compile(r"(?:\A|\n)[ ]{0,3}(?:[-+*]|[0-9]{1,9}\.)[ ]")
_FORMULA_LENGTH = 200
_MAX_TARGET = 1_000


def scan(text: str, *, blocks: bool = True, blanks: bool = False) -> Scan:
    """Find all that is lifted out of a text.

    Args:
        text: As the author wrote it.
        blocks: Whether the text is block Markdown.
        blanks: Whether ``[[name]]`` is a blank.

    Returns:
        Offsets count in ``text``.
    """
    text = clean(text)
    if _ANY.search(text) is None:
        return Scan(text)
    code = find_code(text, blocks=blocks)
    excess = too_many_brackets(code.masked)
    if excess is not None:
        return Scan(text, excess=excess)
    definitions = _find_definitions(code.masked) if blocks and "]:" in code.masked else ()
    walk = _Walk(code.masked, text, definitions, blanks=blanks)
    spans = _merge(code.spans, walk.run())
    if walk.stopped is not None:
        return Scan(text, excess=Excess("escapes, brackets and dollar signs", walk.stopped, MAX_OPENERS))
    if len(spans) > MAX_SPANS:
        return Scan(text, excess=Excess("code spans, formulas, images and blanks", spans[MAX_SPANS].start, MAX_SPANS))
    faults = sorted((*code.faults, *walk.faults), key=lambda fault: fault.start)
    return Scan(text, spans, definitions, tuple(faults))


def _merge(code: Sequence[Span], found: Sequence[Span]) -> tuple[Span, ...]:
    """All spans in order; code inside an image's text alternative belongs to the image."""
    if not code or not found:
        return tuple(code or found)
    spans: list[Span] = []
    end = 0
    for span in sorted((*code, *found), key=lambda span: (span.start, -span.end)):
        if span.start >= end:
            spans.append(span)
            end = span.end
    return tuple(spans)


def _find_definitions(masked: str) -> tuple[Definition, ...]:
    found: list[Definition] = []
    for match in _DEFINITION.finditer(masked):
        before = match["before"]
        if (
            len(before.expandtabs(4)) >= 4
            and not before.strip()
            and _LIST_MARK.search(masked, 0, match.start()) is None
        ):
            continue  # code by indentation
        start = match.end("before")
        label = " ".join(match["label"].lower().split())
        href = match["href"]
        href_start = match.start("href") + href.startswith("<")
        title = match["title"] or match["bracketed"] or ""
        found.append(Definition(start, match.end(), label, href.lstrip("<").rstrip(">"), href_start, title))
    return tuple(found)


class Target(NamedTuple):
    """What stands in round brackets behind a link or an image."""

    end: int
    href: str
    href_start: int
    title: str


def read_target(text: str, at: int) -> Target | None:
    """Read ``(href "title")``; round brackets may nest, and blanks may stand in the href.

    Args:
        text: Any text.
        at: Where ``(`` stands.

    Returns:
        None where it does not close within the paragraph and 1,000 characters.
    """
    bare = _BARE.match(text, at)
    if bare is not None:
        return Target(bare.end(), bare[1], bare.start(1), "")
    angle = _ANGLE.match(text, at)
    if angle is not None:
        return Target(angle.end(), angle[1], angle.start(1), (angle[2] or "")[1:-1])
    end = _closing_bracket(text, at)
    if end is None:
        return None
    inner = text[at + 1 : end]
    title = _TITLE.search(inner)
    href = inner if title is None else inner[: title.start()]
    start = at + 1 + len(href) - len(href.lstrip())
    return Target(end + 1, href.strip(), start, title[1][1:-1] if title else "")


def _closing_bracket(text: str, at: int) -> int | None:
    depth = 0
    quote = ""
    limit = min(len(text), at + _MAX_TARGET)
    previous = ""
    for index in range(at, limit):
        char = text[index]
        if quote:
            if char == quote and text[index + 1 : index + 40].lstrip()[:1] == ")":
                quote = ""
        elif char in "\"'" and previous.isspace():
            quote = char
        elif char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
            if depth == 0:
                return index
        if char == "\n" and text[index + 1 : index + 2] in {"\n", ""}:
            return None
        previous = char
    return None


class _Walk:
    """One walk over a text whose code is masked."""

    def __init__(self, masked: str, text: str, definitions: tuple[Definition, ...], *, blanks: bool) -> None:
        self.masked = masked
        self.text = text
        self.labels = {definition.label: definition for definition in definitions}
        self.holes = [(definition.start, definition.end) for definition in definitions]
        self.blanks = blanks
        self.spans: list[Span] = []
        self.faults: list[Fault] = []
        self.stopped: int | None = None

    def run(self) -> list[Span]:
        """All spans in order."""
        at = seen = 0
        while (match := _OPENER.search(self.masked, at)) is not None and len(self.spans) <= MAX_SPANS:
            seen += 1
            if seen > MAX_OPENERS:
                self.stopped = match.start()
                break
            at = self._hole_end(match.start()) or self._step(match[0], match.start())
        return self.spans

    def _hole_end(self, start: int) -> int:
        while self.holes and self.holes[0][1] <= start:
            self.holes.pop(0)
        return self.holes[0][1] if self.holes and self.holes[0][0] <= start else 0

    def _step(self, opener: str, start: int) -> int:
        """Take what opens at ``start``; returns where to go on."""
        if opener[0] == "\\":
            return self._backslash(opener, start)
        if opener[0] == "$":
            return self._dollar(opener, start)
        if opener == "[[":
            return self._double_bracket(start)
        if opener == "![":
            return self._image(start)
        if opener == "](":
            target = read_target(self.masked, start + 1)
            return start + 2 if target is None else target.end
        return start + len(opener)

    def _backslash(self, opener: str, start: int) -> int:
        if opener == "\\$":
            self.spans.append(Verbatim(start, start + 2, "$"))
        elif opener == "\\(":
            return self._maths(_PAREN, start, 2, display=False)
        elif opener == "\\[":
            literal = _LITERAL_BLANK.match(self.masked, start) if self.blanks else None
            if literal is None:
                return self._maths(_SQUARE, start, 2, display=True)
            self.spans.append(Verbatim(start, literal.end(), literal[1]))
            return literal.end()
        return start + 2

    def _dollar(self, opener: str, start: int) -> int:
        if opener == "$$":
            return self._maths(_DOLLARS, start, 2, display=True)
        return self._maths(_DOLLAR, start, 1, display=False)

    def _maths(self, pattern: re.Pattern[str], start: int, width: int, *, display: bool) -> int:
        match = pattern.match(self.masked, start)
        if match is not None:
            tex = _unquoted(self.text, match[1], start)
            self.spans.append(Maths(start, match.end(), tex, start + width, display))
            return match.end()
        if self._meant_as_maths(start, width):
            self.faults.append(Fault("maths", start, start + width))
        return start + width

    def _meant_as_maths(self, start: int, width: int) -> bool:
        r"""Whether an opener without its partner was clearly meant to be one: ``$5`` and ``\[CLS]`` are not."""
        if _FORMULA_AHEAD.match(self.masked, start + width):
            return True
        if self.masked[start] == "$":
            return False
        closing = ")" if self.masked[start + 1] == "(" else "]"
        ahead = self.masked[start : start + _FORMULA_LENGTH].split("\n", 1)[0]
        return closing not in ahead

    def _double_bracket(self, start: int) -> int:
        if not self.blanks:
            return start + 2
        match = _BLANK.match(self.masked, start)
        if match is not None:
            self.spans.append(Blank(start, match.end(), match[1]))
            return match.end()
        wrong = _NO_BLANK.match(self.masked, start)
        if wrong is not None:
            self.faults.append(Fault("blank", start, wrong.end()))
        return start + 2

    def _image(self, start: int) -> int:
        closing = self._closing_square(start + 1)
        if closing is None:
            return start + 2
        alt = self.text[start + 2 : closing]
        if self.masked.startswith("(", closing + 1):
            target = read_target(self.masked, closing + 1)
            if target is not None:
                href = self.text[target.href_start : target.href_start + len(target.href)]
                self.spans.append(Image(start, target.end, alt, href, target.href_start, target.title))
                return target.end
        reference = _REFERENCE.match(self.masked, closing + 1)
        label = (reference[1] if reference and reference[1] else self.masked[start + 2 : closing]).strip().lower()
        definition = self.labels.get(" ".join(label.split()))
        end = reference.end() if reference else closing + 1
        if definition is None:
            self.faults.append(Fault("image", start, closing + 1))
            return start + 2
        self.spans.append(Image(start, end, alt, definition.href, definition.href_start, definition.title))
        return end

    def _closing_square(self, at: int) -> int | None:
        depth = 0
        for match in _BRACKET.finditer(self.masked, at):
            if match[0] == "[":
                depth += 1
            elif match[0] == "]":
                depth -= 1
                if depth == 0:
                    return match.start()
            elif match[0][0] == "\n":
                return None
        return None


def _unquoted(text: str, tex: str, start: int) -> str:
    """A formula over several lines of a quote, without the quote marks."""
    if "\n" not in tex:
        return tex
    line = text[text.rfind("\n", 0, start) + 1 : start]
    depth = line.count(">") if re.fullmatch(r"[ ]*(?:>[ ]?)+.*", line) else 0
    return re.sub(rf"^[ \t]*(?:>[ ]?){{{depth}}}", "", tex, flags=re.MULTILINE) if depth else tex
