"""Checks for what Markdown reads in another way than the author meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from quizforge.markup.attributes import LANGUAGE_ATTRIBUTES
from quizforge.markup.lines import Line, paragraphs_of
from quizforge.markup.problem import Subject, TextProblem
from quizforge.markup.spans import FILL
from quizforge.model.codes.text import (
    ACCIDENTAL_CODE,
    ACCIDENTAL_LIST,
    ACCIDENTAL_QUOTE,
    BLOCK_IN_INLINE,
    DUNDER_BOLD,
    EXCESS_CELL,
    HEADING_WITHOUT_BLANK,
    HTML_AS_TEXT,
    LOST_BACKSLASH,
    SHALLOW_NESTING,
    SWALLOWED_LIST,
    UNKNOWN_ATTRIBUTE,
)

_MARKER_FIRST = re.compile(r"[ \t>]*(?:[-+*]|[0-9]{1,9}\.)[ ]")
_MARKER_LATER = re.compile(r"\n[ \t>]*(?:[-+*]|[0-9]{1,9}\.)[ ]")
_HEADING = re.compile(r"#{1,6}[ ]")
_RULE = re.compile(r"(?:-[ ]?){3,}\Z|(?:\*[ ]?){3,}\Z|(?:_[ ]?){3,}\Z")
_HASHTAG = re.compile(r"(#{1,6})[^\W\d_]")
_AMOUNT = re.compile(r"[-+][ ]+[$€£]?[0-9.]")
_COMPARISON = re.compile(r"(?:^|\n)([ ]{0,3}>=?)[ ]?[-+]?[$€£]?[0-9][^\n]*(?=\n[ \t]*\n|\n?\Z)")
_DUNDER = re.compile(r"(?<![\w\\])__([A-Za-z]\w*?)__(?!\w)")
_DRIVE = re.compile(r"(?<![\w\\])[A-Za-z]:\\\S*")
_SHARE = re.compile(r"(?<!\\)\\\\\w[\w.-]*\\(?!\\)\w\S*")
_EATEN = re.compile(r"\\\\|(\\[`*_{}\[\]()>#+.!|-])")
_TAG = re.compile(
    r"<!--|</?(?P<name>a|abbr|audio|b|big|blockquote|br|center|code|dd|del|details|div|dl|dt|em|figcaption|figure|font|"
    r"h[1-6]|hr|i|iframe|img|ins|kbd|li|ol|p|pre|samp|small|span|strike|strong|sub|summary|sup|table|tbody|td|th|thead|"
    r"tr|u|ul|var|video)(?:\s+[A-Za-z-]+(?:\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>]+))?)*\s*/?>",
    re.IGNORECASE,
)
_INSIDE_WORDS = frozenset({"br", "sub", "sup", "img"})
_ATTRIBUTES = re.compile(r"(?P<before>.?)(?P<all>\{:(?P<inner>[^{}\n]*)\})", re.DOTALL)
_PARAGRAPHS = re.compile(r"\S[ \t]*\n([ \t]*\n\s*)\S")
_TABLE_RULE = re.compile(r"^[ ]*\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-+:?[ ]*)+\|?[ ]*$", re.MULTILINE)
_RULE_CELLS = re.compile(r"[|:\- ]+")
_LAST_PIPE = re.compile(r"(?<!\\)(?:\\\\)*\|\Z")
_PIPE = re.compile(r"\\.|\|")
_FENCE = re.compile(r"^[ ]*(?:`{3,}|~{3,})", re.MULTILINE)


def block_traps(subject: Subject) -> Iterator[TextProblem]:
    """Traps of block Markdown: lists, headings, quotes and code that are none, or that were not meant."""
    masked = subject.masked
    if _MARKER_FIRST.match(masked) or ("\n" in masked and _MARKER_LATER.search(masked)):
        numbers: set[int] = set()
        for run in paragraphs_of(subject.lines):
            yield from _swallowed_list(run)
            yield from _accidental_list(run, numbers)
            numbers.update(int(line.item[1]) for line in run if line.item is not None and line.item[1])
        yield from _nesting(subject)
    if "    " in masked or "\t" in masked:
        yield from _indented_code(subject)
    if "#" in masked:
        yield from _hashtags(subject)
    if "|" in masked:
        for run in paragraphs_of(subject.lines):
            yield from _excess_cells(run)
    if ">" in subject.masked:
        for match in _COMPARISON.finditer(subject.masked):
            hint = r"write \> for the sign, or put words before it"
            message = "a line that begins with > is shown as a quotation"
            yield TextProblem(ACCIDENTAL_QUOTE, match.start(1), match.end(1), message, hint)


def _swallowed_list(run: list[Line]) -> Iterator[TextProblem]:
    if run[0].item is not None or len(run) == 1:
        return
    for previous, line in pairwise(run):
        item = line.item
        if (
            item is None
            or line.indent >= 4 + run[0].indent
            or _HEADING.match(previous.text)
            or _RULE.match(previous.text)
        ):
            continue
        if previous.item is not None or _RULE.match(line.text):
            return
        if item[1] is not None and int(item[1]) > 1 and sum(other.item is not None for other in run) < 2:
            continue
        message = "this list is shown as part of the line above it"
        yield TextProblem(
            SWALLOWED_LIST, line.start, line.start + item.end(), message, "put a blank line before the list"
        )
        return


def _accidental_list(run: list[Line], numbers: set[int]) -> Iterator[TextProblem]:
    if not run or run[0].item is None or run[0].indent >= 4 or any(line.item is not None for line in run[1:]):
        return
    line, item = run[0], run[0].item
    if line.in_list:
        return
    if item[1] is not None and int(item[1]) > 1 and int(item[1]) - 1 not in numbers:
        number = item[1]
        message = f"'{number}.' at the beginning of a paragraph starts a numbered list at {number}"
        yield TextProblem(ACCIDENTAL_LIST, line.start, line.start + len(number) + 1, message, rf"write {number}\.")
    elif _AMOUNT.match(line.text) and line.text[0] in "+-":
        sign = line.text[0]
        message = f"'{sign} ' at the beginning of a paragraph starts a list, and the sign is not shown"
        yield TextProblem(
            ACCIDENTAL_LIST, line.start, line.start + 1, message, rf"write \{sign}, or no blank behind the sign"
        )


def _nesting(subject: Subject) -> Iterator[TextProblem]:
    for line in subject.lines:
        if not line.in_list or line.indent % 4 == 0:
            continue
        needed = -(-line.indent // 4) * 4
        if line.item is not None:
            message = f"this item is indented by {line.indent} blanks and is shown on the level above"
        elif line.first and line.indent < 4:
            message = f"this paragraph is indented by {line.indent} blanks and ends the list"
        else:
            continue
        hint = f"indent by {needed} blanks what belongs to the item above"
        yield TextProblem(SHALLOW_NESTING, line.start, line.end, message, hint)
        return


def _indented_code(subject: Subject) -> Iterator[TextProblem]:
    for line in subject.lines:
        if line.first and line.indent >= 4 and not line.in_list:
            message = "this line is indented by four blanks and is shown as code"
            hint = "remove the blanks, or put code between ``` lines"
            yield TextProblem(ACCIDENTAL_CODE, line.start, line.end, message, hint)
            return


def _excess_cells(run: list[Line]) -> Iterator[TextProblem]:
    """Cells beyond the last column, which Python-Markdown leaves out; runs that are no table have no rule."""
    if len(run) < 3 or not _RULE_CELLS.fullmatch(run[1].text) or "|" not in run[0].text:
        return
    header = run[0].text.strip()
    bordered = header[0] == "|" or _LAST_PIPE.search(header) is not None
    columns = len(_cells(run[0].text, bordered=bordered))
    if len(_cells(run[1].text, bordered=bordered)) != columns:
        return
    for line in run[2:]:
        cells = _cells(line.text, bordered=bordered)
        if len(cells) > columns and any(line.text[start:end].strip() for start, end in cells[columns:]):
            message = (
                f"this row has {len(cells)} cells, but the table has {columns} columns; the last cells are not shown"
            )
            hint = r"a '|' that is text is written \|"
            yield TextProblem(EXCESS_CELL, line.start + cells[columns][0], line.end, message, hint)


def _cells(row: str, *, bordered: bool) -> list[tuple[int, int]]:
    """Start and end of each cell of a table row."""
    start, end = 0, len(row.rstrip())
    if bordered:
        start = 1 if row.startswith("|") else 0
        end -= 1 if _LAST_PIPE.search(row[start:end]) else 0
    cells: list[tuple[int, int]] = []
    for match in _PIPE.finditer(row, start, end):
        if match[0] == "|":
            cells.append((start, match.start()))
            start = match.end()
    return [*cells, (start, end)]


def _hashtags(subject: Subject) -> Iterator[TextProblem]:
    for line in subject.lines:
        match = _HASHTAG.match(line.text) if line.indent < 4 else None
        if match is not None:
            hint = rf"for a heading write '{match[1]} ', for the sign \#"
            message = "a # without a blank behind it is shown as it is, not as a heading"
            yield TextProblem(HEADING_WITHOUT_BLANK, line.start, line.start + len(match[1]), message, hint)


def inline_blocks(subject: Subject) -> Iterator[TextProblem]:
    """Blocks in a text that is one line: they are shown as they are written, and run together."""
    text = subject.scan.text
    if "\n" not in text.strip():
        return
    hint = "choices, pairs and items take text, code spans, formulas and images, but no blocks"
    break_ = _PARAGRAPHS.search(subject.masked)
    if break_ is not None:
        yield TextProblem(
            BLOCK_IN_INLINE, break_.start(1), break_.end(1), "a blank line where one line is expected", hint
        )
    items = [line for line in subject.lines if line.item is not None]
    found: list[tuple[str, re.Match[str] | None]] = [
        ("a table", _TABLE_RULE.search(subject.masked)),
        ("a code block", _FENCE.search(text)),
    ]
    if len(items) > 1:
        yield TextProblem(BLOCK_IN_INLINE, items[0].start, items[0].end, "a list where one line is expected", hint)
    for what, match in found:
        if match is not None:
            message = f"{what} where one line is expected"
            yield TextProblem(BLOCK_IN_INLINE, match.start(), match.end(), message, hint)


def inline_traps(subject: Subject) -> Iterator[TextProblem]:
    """Traps of inline Markdown."""
    masked = subject.masked
    if "__" in masked:
        for match in _DUNDER.finditer(masked):
            message = f"'{match[0]}' is shown as a bold '{match[1]}'"
            hint = f"for the name write `{match[0]}`, for bold text **{match[1]}**"
            yield TextProblem(DUNDER_BOLD, match.start(), match.end(), message, hint)
    if "\\" in masked:
        yield from _lost_backslashes(masked)
    if "<" in masked:
        yield from _tags(masked)
    if "{:" in masked:
        yield from _attributes(masked)


def _lost_backslashes(masked: str) -> Iterator[TextProblem]:
    hint = "put the path between backticks, `like this`"
    for match in _DRIVE.finditer(masked):
        eaten = [found for found in _EATEN.finditer(match[0]) if found[1] and match[0][: found.start()][-2:] != "\\\\"]
        if eaten:
            start = match.start() + eaten[0].start()
            yield TextProblem(LOST_BACKSLASH, start, start + 2, f"the backslash of '{eaten[0][1]}' is not shown", hint)
    for match in _SHARE.finditer(masked):
        yield TextProblem(
            LOST_BACKSLASH, match.start(), match.start() + 2, "one of the two backslashes is not shown", hint
        )


def _tags(masked: str) -> Iterator[TextProblem]:
    for match in _TAG.finditer(masked):
        name = match["name"]
        if name is None:
            message, hint = "the comment is shown to students", "use a YAML comment or the key 'notes'"
        else:
            inside_word = match.start() and (masked[match.start() - 1].isalnum() or masked[match.start() - 1] == FILL)
            if inside_word and match[0][1] != "/" and name.lower() not in _INSIDE_WORDS:
                continue
            message = f"HTML has no effect: '{match[0]}' is shown as it is written"
            hint = f"use Markdown, or `{match[0]}` if the tag itself is meant"
        yield TextProblem(HTML_AS_TEXT, match.start(), match.end(), message, hint)
        return


def _attributes(masked: str) -> Iterator[TextProblem]:
    for match in _ATTRIBUTES.finditer(masked):
        attached = match["before"] in {"*", "_", ")", "]", "`", FILL} and match["before"]
        if LANGUAGE_ATTRIBUTES.fullmatch(match["all"]) and attached and match["before"] not in {"`", FILL}:
            continue
        if attached or "=" in match["inner"]:
            message = f"'{match['all']}' is shown as it is written"
            hint = "behind *text*, **text** or [text](url), {: lang=fr} and {: dir=rtl} are known, and nothing else"
            yield TextProblem(UNKNOWN_ATTRIBUTE, match.start("all"), match.end("all"), message, hint)
