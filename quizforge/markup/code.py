"""Finding code: fences by lines, code spans by backtick runs of equal length (CommonMark 0.31, 4.5 and 6.1).

Python-Markdown knows no fences in list items and quotes, so fences are found here, whatever holds them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from quizforge.markup.spans import Code, Fault, Fence, mask

_FENCE = re.compile(
    r"^(?P<before>[ \t]*(?:>[ ]?)*(?:(?:[-+*]|[0-9]{1,9}\.)[ \t]+)*)"
    r"(?P<fence>`{3,}|~{3,})[ \t]*(?P<info>[^`\n]*)$",
    re.MULTILINE,
)
_ITEM = re.compile(r"[ ]{0,3}(?:>[ ]?)*[ ]{0,3}(?:[-+*]|[0-9]{1,9}\.)[ \t]")
_RUN = re.compile("`+")
_BOUNDARY = re.compile(r"\n(?=[ \t]*(?:\n|[-+*][ \t]|[0-9]{1,9}\.[ \t]|#{1,6}[ ]|>|\|))")
_BOUNDARY_INLINE = re.compile(r"\n(?=[ \t]*\n)")


class Found(NamedTuple):
    """All code of a text, in order, and the text with the code masked."""

    spans: list[Code | Fence]
    faults: list[Fault]
    masked: str


def find_code(text: str, *, blocks: bool) -> Found:
    """Find code.

    Args:
        text: A clean text.
        blocks: Whether fences count; otherwise ``` is a code span like any other.

    Returns:
        Spans and faults in ascending order, and the masked text. Linear in the length of the text, but
        for a sort.
    """
    if "`" not in text and (not blocks or "~~~" not in text):
        return Found([], [], text)
    spans: list[Code | Fence] = []
    faults: list[Fault] = []
    if blocks and ("```" in text or "~~~" in text):
        _find_fences(text, spans, faults)
    masked = _masked(text, spans)
    if "`" in masked:
        skipped = {fault.start for fault in faults}
        boundary = _BOUNDARY if blocks else _BOUNDARY_INLINE
        limits = [match.start() for match in boundary.finditer(masked)] if "\n" in masked else []
        limits = sorted([*limits, *(fence.start for fence in spans), len(masked)])
        inline, stray = _find_code_spans(masked, text, limits)
        masked = _masked(masked, inline)
        spans += inline
        faults += (fault for fault in stray if fault.start not in skipped)
        spans.sort(key=lambda span: span.start)
        faults.sort(key=lambda fault: fault.start)
    return Found(spans, faults, masked)


def _masked(text: str, spans: list[Code | Fence] | list[Code]) -> str:
    pieces: list[str] = []
    at = 0
    for span in spans:
        pieces += text[at : span.start], mask(text, span)
        at = span.end
    pieces.append(text[at:])
    return "".join(pieces)


def _find_fences(text: str, spans: list[Code | Fence], faults: list[Fault]) -> None:
    at = 0
    lists = _Lists(text)
    while (match := _FENCE.search(text, at)) is not None:
        at = match.end()
        before = match["before"]
        width = len(before.expandtabs(4))
        in_list = lists.open_at(match.start())
        if width >= 4 and not before.strip() and not in_list:
            continue
        fence = match["fence"]
        depth = before.count(">")
        closing = re.compile(
            rf"^[ \t]*(?:>[ ]?){{{depth}}}[ \t]*{re.escape(fence[0])}{{{len(fence)},}}[ \t]*$", re.MULTILINE
        )
        end = closing.search(text, at)
        if end is None:
            faults.append(Fault("fence", match.start("fence"), match.end("fence")))
            return  # CommonMark would take all the rest as code; as text it is at least seen
        code = _body(text[at + 1 : end.start()], before)
        info = match["info"].split()
        language = info[0].strip("{.}").lower() if info else ""
        spans.append(Fence(match.start(), end.end(), code, language, _indented(before, in_list=in_list), "> " * depth))
        at = end.end()


def _body(body: str, before: str) -> str:
    """The code of a fence without the indentation and quote marks of what holds it."""
    depth = before.count(">")
    width = len(before[before.rfind(">") + 1 :].expandtabs(4))
    if depth:
        quote = re.compile(rf"^[ \t]*(?:>[ ]?){{{depth}}}", re.MULTILINE)
        body = quote.sub("", body)
        width = max(0, width - 1)
    if width:
        body = re.sub(rf"^[ ]{{1,{width}}}", "", body, flags=re.MULTILINE)
    return body


def _indented(before: str, *, in_list: bool) -> str:
    """What precedes the placeholder: Python-Markdown wants whole fours of blanks inside list items."""
    if before.strip():
        return before.expandtabs(4)
    width = len(before.expandtabs(4))
    return " " * (-(-width // 4) * 4) if in_list else ""


class _Lists:
    """Tells whether a list is open at a line, walking through the text once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._open = False
        self._after_blank = True

    def open_at(self, start: int) -> bool:
        """Whether the line at ``start`` could belong to a list item; calls must come in ascending order."""
        while self._at < start:
            end = self._text.find("\n", self._at)
            end = len(self._text) if end < 0 else end
            self._step(self._text[self._at : end])
            self._at = end + 1
        return self._open

    def _step(self, line: str) -> None:
        if not line.strip():
            self._after_blank = True
            return
        if _ITEM.match(line):
            self._open = True
        elif self._after_blank and not line.startswith((" ", "\t")):
            self._open = False
        self._after_blank = False


def _find_code_spans(masked: str, text: str, limits: list[int]) -> tuple[list[Code], list[Fault]]:
    """Code spans and backticks left over; no span goes beyond one of the limits, which ascend."""
    runs = [(match.start(), match.end()) for match in _RUN.finditer(masked)]
    by_length: dict[int, list[int]] = {}
    for index, (start, end) in enumerate(runs):
        by_length.setdefault(end - start, []).append(index)
    spans: list[Code] = []
    stray: list[Fault] = []
    index = 0
    while index < len(runs):
        start, end = runs[index]
        start += _escaped(masked, start)
        limit = limits[bisect_right(limits, start)] if start < len(masked) else len(masked)
        same = by_length.get(end - start, [])
        after = bisect_right(same, index)
        index += 1
        if start == end:
            continue
        if after < len(same) and runs[same[after]][0] < limit:
            closing = same[after]
            spans.append(Code(start, runs[closing][1], _code_text(text[end : runs[closing][0]])))
            index = closing + 1
        else:
            stray.append(Fault("code", start, end))
    return spans, stray


def _escaped(text: str, start: int) -> bool:
    """Whether an odd number of backslashes precedes, so that the first backtick is an ordinary character."""
    at = start
    while at and text[at - 1] == "\\":
        at -= 1
    return (start - at) % 2 == 1


def _code_text(raw: str) -> str:
    """The code between the backticks: line breaks are blanks, and one blank at both ends is padding."""
    code = raw.replace("\n", " ")
    if len(code) > 2 and code[0] == code[-1] == " " and code.strip():
        return code[1:-1]
    return code
