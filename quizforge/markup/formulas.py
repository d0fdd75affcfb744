"""Checks of formulas."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizforge.markup import tex_commands as tex
from quizforge.markup.maths import MAX_DEPTH, MAX_LENGTH, Rejected, to_mathml, too_deep
from quizforge.markup.problem import TextProblem
from quizforge.markup.spans import Maths
from quizforge.model.codes.text import (
    BAD_MATHS,
    EMPTY_MATHS,
    MATHS_COMMENT,
    MATHS_EXTENSION,
    MATHS_TOO_DEEP,
    UNKNOWN_MATHS,
    UNSUPPORTED_MATHS,
)
from quizforge.model.diagnostic import Code

_COMMENT = re.compile(r"(?:\\.|[^\\%])*(%)", re.DOTALL)
_COMMAND = re.compile(r"\\(?:(?P<env>begin|end)[ ]*\{(?P<name>[A-Za-z]+\*?)\}|(?P<command>[A-Za-z]+)|.)", re.DOTALL)
_ACCENT = re.compile(r"\\[\"'`^~=.](?=[A-Za-z{])")
_FORMULA_IN_TEXT = re.compile(r"(?<!\\)\$[^$]*\$|\\\(.*?\\\)", re.DOTALL)
_OPERATOR = re.compile(r"\\DeclareMathOperator\*?[ ]*\{\\([A-Za-z]+)\}[ ]*\{[^{}]*\}")
_LIKE_TEXT = frozenset({"mbox", "hbox", "textnormal", "textup"})
_TAKEN_AWAY = frozenset({"substack", "smash", "widetilde", "dotsb", "dotsc", "dotsi", "dotsm", "dotso"})
_TAG = re.compile(r"\\tag\*?[ ]*\{[^{}]*\}")


def check_formula(maths: Maths) -> Iterator[TextProblem]:
    """What is wrong in one formula; of several faults in a row the first that hides the others."""
    source = maths.tex
    if not source.strip():
        hint = (
            r"for a dollar sign write \$"
            if maths.end - maths.start == 4
            else "write the formula or remove the delimiters"
        )
        yield TextProblem(EMPTY_MATHS, maths.start, maths.end, "the formula is empty", hint)
        return
    deep = too_deep(source)
    if deep is not None:
        message = (
            f"the formula has more than {MAX_LENGTH} characters"
            if len(source) > MAX_LENGTH
            else f"the formula is nested more than {MAX_DEPTH} deep, or leaves more than 10 brackets open"
        )
        yield _at(maths, MATHS_TOO_DEEP, deep, deep + 1, message, "split it into several formulas")
        return
    if "%" in source:
        comment = _COMMENT.match(source)
        if comment is not None:
            hint = r"for a per cent sign write \%"
            message = "TeX ignores what follows the % in this formula"
            yield _at(maths, MATHS_COMMENT, comment.start(1), comment.end(1), message, hint)
            return
    known = list(_known_faults(maths)) if "\\" in source or "$" in source else []
    rejected = to_mathml(source, display=maths.display)
    yield from (problem for problem in known if isinstance(rejected, Rejected) or problem.code is not UNSUPPORTED_MATHS)
    if any(problem.code is UNKNOWN_MATHS for problem in known):
        return
    if any(problem.code is UNSUPPORTED_MATHS for problem in known):
        source = _portable(source)
        rejected = to_mathml(source, display=maths.display)
    if isinstance(rejected, Rejected):
        yield _rejection(maths, source, rejected)


def _at(maths: Maths, code: Code, start: int, end: int, message: str, hint: str = "") -> TextProblem:
    """A problem at offsets inside the TeX; they are exact unless the formula runs over lines of a quote."""
    limit = maths.end - 1
    first = min(maths.tex_start + start, limit)
    return TextProblem(code, first, max(first + 1, min(maths.tex_start + end, maths.end)), message, hint)


def _known_faults(maths: Maths) -> Iterator[TextProblem]:
    """Constructs on which MathJax and math-core disagree, or that are forbidden."""
    source = maths.tex
    for match in _COMMAND.finditer(source):
        if match["env"] == "end":
            continue
        name = match["command"] or match["name"]
        found = _verdict(match["command"], match["name"]) if name else None
        if found is not None:
            code, message, hint = found
            yield _at(maths, code, match.start(), match.end(), message, hint)
    for match in _ACCENT.finditer(source):
        yield _at(
            maths,
            UNKNOWN_MATHS,
            match.start(),
            match.end(),
            f"MathJax does not know {match[0]}",
            "write the letter itself: é, ü",
        )
    if "$" in source or "\\(" in source:
        for match in _FORMULA_IN_TEXT.finditer(source):
            message = "a formula inside \\text is shown by MathJax, but HTML shows the TeX source"
            yield _at(maths, UNSUPPORTED_MATHS, match.start(), match.end(), message, "end \\text before the formula")


def _verdict(command: str | None, environment: str | None) -> tuple[Code, str, str] | None:
    if command in tex.FORBIDDEN:
        return UNKNOWN_MATHS, rf"\{command} is not allowed in formulas", "write out what it stands for"
    if command in tex.UNKNOWN_TO_MATHJAX:
        instead = tex.INSTEAD.get(command, "") if command else ""
        return UNKNOWN_MATHS, rf"MathJax, which Moodle and Anki use, does not know \{command}", _write(instead)
    if command in tex.NEEDS_EXTENSION or environment in tex.ENVIRONMENTS_NEED_EXTENSION:
        shown = rf"\{command}" if command else f"the environment {environment}"
        return MATHS_EXTENSION, f"MathJax knows {shown} only with an extension, which Moodle does not load", ""
    if command in tex.MATHJAX_ONLY or environment in tex.MATHJAX_ONLY_ENVIRONMENTS:
        shown = rf"\{command}" if command else f"the environment {environment}"
        instead = tex.PORTABLE.get((command or environment or "").rstrip("*"), "")
        return UNSUPPORTED_MATHS, f"HTML cannot show {shown} and will show the TeX source", _write(instead)
    return None


def _write(instead: str) -> str:
    return f"write {instead}" if instead else ""


def _portable(source: str) -> str:
    """The formula without what only MathJax knows, so that faults behind it are still seen; lengths are kept.

    Empty where that cannot be done without making new faults.
    """
    names = {match[1] for match in _OPERATOR.finditer(source)}
    for pattern in (_OPERATOR, _TAG, _FORMULA_IN_TEXT):
        source = pattern.sub(_blanks, source)

    def portable(match: re.Match[str]) -> str:
        command, environment = match["command"], match["name"]
        if environment in tex.MATHJAX_ONLY_ENVIRONMENTS:
            return f"\\{match['env']}{{matrix}}".ljust(len(match[0]))
        if command in _LIKE_TEXT:
            return r"\text".ljust(len(match[0]))
        return _blanks(match) if command in names or command in _TAKEN_AWAY else match[0]

    source = _COMMAND.sub(portable, source)
    left = (match["command"] for match in _COMMAND.finditer(source))
    return "" if any(command in tex.MATHJAX_ONLY for command in left) else source


def _blanks(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _rejection(maths: Maths, source: str, rejected: Rejected) -> TextProblem:
    offset = min(rejected.offset, len(source))
    token = re.match(r"\\(?:[A-Za-z]+|.)|\S", source[offset:], re.DOTALL)
    end = offset + (token.end() if token else 1)
    if offset == len(source):
        offset, end = max(0, offset - 1), offset
    message = f"the formula cannot be read: {rejected.message[:1].lower()}{rejected.message[1:]}"
    return _at(maths, BAD_MATHS, offset, end, message)
