"""YAML syntax errors in words that help.

libyaml and PyYAML's own parser speak of tokens, nodes and block mappings. Here each of their
errors becomes what the author probably did, where, and how to mend it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quizforge.loading.yaml.escapes import escapes_at
from quizforge.loading.yaml.scan import Finding, Offsets
from quizforge.model.codes.source import EXPLICIT_TAG, TAB_INDENTATION, YAML_SYNTAX

if TYPE_CHECKING:
    import yaml

_QUOTE_IT = "put the text in quotes"
_WORD = re.compile(r"\S+")
_DASHES = re.compile(r" *(?:- +)*")
_COMMENT = re.compile(r"[ \t]+#")
_ENTRY = re.compile(r"-\s|[\w-]+:(?:\s|$)")
_KEY = re.compile(r"[^\r\n:#]*")


@dataclass(frozen=True, slots=True)
class _Fault:
    """What a parser said, and what stands around it.

    Attributes:
        source: The text of the file.
        problem: The parser's own words, without what it was doing.
        context: What the parser was doing; may be empty.
        at: Offset of the problem.
        opened: Offset where the thing began that it was reading; ``at`` where it does not say.
        last: Where the last text before the problem stands; None if there is none.
    """

    source: str
    problem: str
    context: str
    at: int
    opened: int
    last: Offsets | None

    @property
    def character(self) -> str:
        """The character at the problem; empty at the end of the file."""
        return self.source[self.at : self.at + 1]

    def line_between(self, start: int, end: int) -> bool:
        """Whether a line ends between two offsets."""
        return "\n" in self.source[start:end] or "\r" in self.source[start:end]

    def is_outside(self, offset: int) -> bool:
        """Whether a line is indented too little to belong to the entry in which ``opened`` stands."""
        start, entry_start = self._line_start(offset), self._line_start(self.opened)
        indent = len(self.source[start:offset]) - len(self.source[start:offset].lstrip(" "))
        dashes = _DASHES.match(self.source, entry_start)
        column = dashes.end() - entry_start if dashes else 0
        return indent < column or (indent == column and entry_start + column < self.opened)

    def _line_start(self, offset: int) -> int:
        return max(self.source.rfind("\n", 0, offset), self.source.rfind("\r", 0, offset)) + 1

    def finding(self, message: str, hint: str = "", at: Offsets | None = None) -> Finding:
        """A syntax error here, at one character unless told otherwise."""
        width = 0 if self.character in ("", "\r", "\n") else 1
        return Finding(YAML_SYNTAX, at or (self.at, self.at + width), message, hint)


def syntax_findings(error: yaml.MarkedYAMLError, source: str, last: Offsets | None) -> tuple[Finding, ...]:
    """Put a parser's error in our words.

    Args:
        error: As raised by libyaml or by PyYAML's own scanner and parser.
        source: The text of the file.
        last: Where the last text before the error stands.

    Returns:
        One finding, or one for each bad escape of a text; in the parser's own words only where we
        know none better.
    """
    problem_mark = error.problem_mark or error.context_mark
    at = min(problem_mark.index, len(source)) if problem_mark else 0
    opened = min(error.context_mark.index, len(source)) if error.context_mark else at
    fault = _Fault(source, error.problem or "", error.context or "", at, opened, last)
    tab = _tab_in_indentation(source, at)
    if tab is not None:
        message = "a tab is used for indentation"
        return (Finding(TAB_INDENTATION, (tab, tab + 1), message, "indent with blanks only, two for each level"),)
    escapes = escapes_at(source, opened) if any(words in fault.problem for words in _ESCAPES) else []
    if escapes:
        return tuple(escapes)
    for words, explain in _EXPLANATIONS:
        if words in fault.problem or words in fault.context:
            return (explain(fault),)
    return (fault.finding(f"this is not well-formed YAML ({fault.problem or 'the parser stopped here'})"),)


def _tab_in_indentation(source: str, at: int) -> int | None:
    """Offset of a tab among the blanks that a line begins with, if the problem stands in or just behind them."""
    start = max(source.rfind("\n", 0, at), source.rfind("\r", 0, at)) + 1
    end = at
    while source[end : end + 1] in (" ", "\t"):
        end += 1
    blanks = source[start:end]
    return start + blanks.index("\t") if "\t" in blanks and not blanks.strip(" \t") else None


def _colon(fault: _Fault) -> Finding:
    last = fault.last
    if last is None:
        return fault.finding("a ':' where no key stands before it", _QUOTE_IT)
    start, end = last
    if fault.source[start : start + 1] in ("'", '"') and end <= fault.at:
        return fault.finding("a ':' after a quoted text", "put the whole text in one pair of quotes")
    if fault.line_between(start, fault.at):
        hint = "indent it like the keys beside it; or put the text in quotes"
        return fault.finding("a ': ' in a line that continues the text above it", hint)
    return fault.finding("a ': ' inside an unquoted text", _QUOTE_IT)


def _bad_start(fault: _Fault) -> Finding:
    if fault.character == "\t":
        return fault.finding("a tab cannot stand here", "use blanks")
    word = _WORD.match(fault.source, fault.at)
    example = word[0][:20] if word else fault.character
    quote = "'" if "'" not in example else '"'
    return fault.finding(
        f"an unquoted text cannot begin with '{fault.character}'" if fault.character else "the text ends too early",
        f"put the text in quotes: {quote}{example} …{quote}" if fault.character else "",
    )


def _bad_name(fault: _Fault) -> Finding:
    """``*b*`` and the like: read as an alias with an impossible name."""
    sign = fault.source[fault.opened : fault.opened + 1]
    at = (fault.opened, max(fault.at, fault.opened + 1))
    return fault.finding(f"an unquoted text cannot begin with '{sign}'", _QUOTE_IT, at)


def _dash(fault: _Fault) -> Finding:
    hint = "put the text in quotes; or begin the list on the next line"
    return fault.finding("a '- ' where no list can begin", hint)


def _question_mark(fault: _Fault) -> Finding:
    return fault.finding("an unquoted text cannot begin with '? '", _QUOTE_IT)


def _unexpected(fault: _Fault) -> Finding:
    """Something stands where a key or list entry of the open block was expected."""
    last = fault.last
    line_end = fault.source.find("\n", fault.at)
    if last is not None:
        before = fault.source[last[0] : fault.at]
        sign = fault.source[last[0] : last[0] + 1]
        between = fault.source[last[1] : fault.at]
        if sign in ("|", ">"):
            hint = "give all lines of that text the same indentation"
            return fault.finding("this line is indented less than the first line of the text above", hint)
        if not fault.line_between(last[1], fault.at):
            return _trailing_text(fault, sign, before)
        comment = _COMMENT.match(between)
        if comment and not _ENTRY.match(fault.source, fault.at):
            at = (last[1] + comment.end() - 1, last[1] + comment.end())
            message = "' #' begins a comment and ends the text; the text cannot go on in the next line"
            return fault.finding(message, _QUOTE_IT, at)
    rest = (fault.at, line_end if line_end >= 0 else len(fault.source))
    if fault.character == ":":
        return fault.finding("a key is missing before ':'", _QUOTE_IT)
    if fault.character in ("]", "}"):
        return fault.finding(f"a '{fault.character}' that closes nothing", _QUOTE_IT)
    dash = fault.source[fault.at : fault.at + 2] in ("- ", "-\n")
    found = "a list entry" if dash else "this line"
    expected = "a list entry ('- …')" if "'-' indicator" in fault.problem or "collection" in fault.context else "a key"
    hint = "indent it like the lines it belongs to"
    return fault.finding(f"{found} stands where {expected} of the lines above was expected", hint, _trim(fault, rest))


def _trailing_text(fault: _Fault, sign: str, before: str) -> Finding:
    if fault.last and sign in ("'", '"') and fault.line_between(*fault.last):
        start = (fault.last[0], fault.last[0] + 1)
        line = fault.source.count("\n", 0, start[0]) + 1
        message = f"more text after the quote that ends the text of line {line}"
        found = fault.finding(message, f"look for a missing or unwanted {sign} in between")
        return replace(found, related=(start,))
    if sign == "'":
        hint = "write '' for an apostrophe inside single quotes, or use double quotes"
        return fault.finding("more text after the closing quote", hint)
    if sign == '"':
        hint = 'write \\" for a quote inside double quotes, or use single quotes'
        return fault.finding("more text after the closing quote", hint)
    if before.rstrip().endswith(("]", "}")):
        return fault.finding(f"more text after '{before.rstrip()[-1]}'", "put the whole text in quotes")
    return fault.finding("this cannot stand here", _QUOTE_IT)


def _trim(fault: _Fault, at: Offsets) -> Offsets:
    text = fault.source[slice(*at)]
    return at[0], at[0] + max(len(text.rstrip()), 1)


def _no_colon(fault: _Fault) -> Finding:
    key = _KEY.match(fault.source, fault.opened)
    name = key[0].rstrip() if key else ""
    if name.startswith("-") and name[1:2] not in ("", "-", " "):
        hint = f"write '- {name[1:]}'"
        return fault.finding("a '-' without a blank behind it is no list entry", hint, (fault.opened, fault.opened + 1))
    at = (fault.opened, fault.opened + max(len(name), 1))
    hint = "write 'key: value'; indent the line if it continues the text above"
    return fault.finding("this line has no ': '", hint, at)


def _open_quote(fault: _Fault) -> Finding:
    sign = fault.source[fault.opened : fault.opened + 1]
    hint = f"add the closing {sign}"
    return fault.finding(f"this {sign} is never closed", hint, (fault.opened, fault.opened + 1))


def _open_bracket(fault: _Fault) -> Finding:
    sign = fault.source[fault.opened : fault.opened + 1]
    closing = {"[": "]", "{": "}"}.get(sign, "]")
    if not fault.source[fault.at :].strip() or (
        fault.line_between(fault.opened, fault.at) and fault.is_outside(fault.at)
    ):
        hint = f"add the '{closing}'; or put the text in quotes"
        return fault.finding(f"this '{sign}' is never closed", hint, (fault.opened, fault.opened + 1))
    hint = f"put texts that hold one of , : [ ] {{ }} in quotes; or add the '{closing}'"
    return fault.finding(f"a ',' or '{closing}' was expected here", hint)


def _block_header(fault: _Fault) -> Finding:
    sign = fault.source[fault.opened : fault.opened + 1]
    hint = f"begin the text on the next line; or put it in quotes if '{sign}' belongs to it"
    return fault.finding(f"text after '{sign}' in the same line", hint)


def _tag(fault: _Fault) -> Finding:
    word = _WORD.match(fault.source, fault.opened)
    at = word.span() if word else (fault.opened, fault.opened + 1)
    hint = "quote the text if it is meant to begin with '!'; otherwise remove the tag"
    return Finding(EXPLICIT_TAG, at, f"the YAML tag '{fault.source[slice(*at)]}' is not allowed", hint)


def _directive(fault: _Fault) -> Finding:
    return fault.finding("a line that begins with '%' is no part of a bank", "remove it, or quote the text")


def _second_start(fault: _Fault) -> Finding:
    if fault.source.startswith("%"):
        return _directive(fault)
    return fault.finding("text after the end of the document", "remove the line '...', or what follows it")


_ESCAPES = ("unknown escape character", "decimal number", "invalid Unicode character escape")

_EXPLANATIONS: tuple[tuple[str, Callable[[_Fault], Finding]], ...] = (
    # libyaml | PyYAML: words of `problem` or `context`, the more special ones first
    ("mapping values are not allowed", _colon),
    ("sequence entries are not allowed", _dash),
    ("mapping keys are not allowed", _question_mark),
    ("cannot start any token", _bad_start),
    ("expected alphabetic or numeric character", _bad_name),
    ("expected node content", _bad_start),
    ("expected the node content", _bad_start),
    ("expected comment or line break", _block_header),
    ("expected a comment or a line break", _block_header),
    ("indentation indicator", _block_header),
    ("chomping or indentation", _block_header),
    ("while scanning a quoted scalar", _open_quote),
    ("while parsing a flow", _open_bracket),
    ("could not find expected ':'", _no_colon),
    ("tag", _tag),
    ("directive", _directive),
    ("<document start>", _second_start),
    ("expected key", _unexpected),
    ("'-' indicator", _unexpected),
    ("<block end>", _unexpected),
)
