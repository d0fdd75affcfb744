"""Findings for people and for machines: text with the source line, JSON, SARIF, GitHub annotations.

Every form lists each finding once, in the order of :attr:`Diagnostic.sort_key`, and ends with a line break
unless it is empty.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import quote

from quizforge.loading.excerpt import Excerpts, visible
from quizforge.model.diagnostic import Code, Diagnostic, Place, Severity

_BOLD, _RED, _YELLOW, _CYAN, _RESET = "\x1b[1m", "\x1b[1;31m", "\x1b[1;33m", "\x1b[1;36m", "\x1b[0m"
_COLORS: Mapping[Severity, str] = {"error": _RED, "warning": _YELLOW, "info": _CYAN}
_SARIF_LEVELS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}
_GITHUB_COMMANDS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "info": "notice"}
_SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def ordered(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Findings in the order of printing, exact duplicates merged."""
    unique = dict.fromkeys(diagnostics)
    return tuple(sorted(unique, key=lambda found: (*found.sort_key, found.place, found.severity, found.hint)))


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """A line such as ``2 errors, 1 warning in 3 files``; ``no findings`` where there are none."""
    found = ordered(diagnostics)
    if not found:
        return "no findings"
    counts = {severity: sum(each.severity == severity for each in found) for severity in _COLORS}
    words = {"error": "error", "warning": "warning", "info": "note"}
    parts = [_plural(count, words[severity]) for severity, count in counts.items() if count]
    return f"{', '.join(parts)} in {_plural(len({each.place.path for each in found}), 'file')}"


def _plural(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def render_text(diagnostics: Iterable[Diagnostic], sources: Mapping[str, str], *, color: bool) -> str:
    """Findings for a terminal, each with its source line, carets and hint.

    Args:
        diagnostics: In any order.
        sources: Text of each file by the path in its places; a file without text has no excerpts.
        color: Whether to write ANSI colours.

    Returns:
        Lines that hold no control character but line breaks and colours.
    """
    paint: Callable[[str, str], str] = (lambda style, text: f"{style}{text}{_RESET}") if color else lambda _, text: text
    excerpts = Excerpts(sources)
    lines: list[str] = []
    for found in ordered(diagnostics):
        style = _COLORS[found.severity]
        head = paint(style, f"{found.severity}[{found.code.code}]")
        lines.append(f"{paint(_BOLD, visible(str(found.place)))}: {head} {visible(found.message)}")
        excerpt = excerpts.of(found.place)
        if excerpt is not None:
            lines += [f"    {excerpt.line}".rstrip(), f"    {excerpt.margin}{paint(style, excerpt.carets)}"]
        if found.hint:
            lines.append(f"  {paint(_BOLD, 'hint:')} {visible(found.hint)}")
        lines += [f"  {visible(str(place))}: also here" for place in found.related]
    return "".join(f"{line}\n" for line in lines)


def render_json(diagnostics: Iterable[Diagnostic]) -> str:
    """Findings as one JSON object, ``{"version": 1, "findings": […]}``; line 0 is the file as a whole."""
    return _dump({"version": 1, "findings": [_json_finding(found) for found in ordered(diagnostics)]})


def _json_finding(found: Diagnostic) -> dict[str, str | int]:
    place = found.place
    return {
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "code": found.code.code,
        "name": found.code.name,
        "severity": found.severity,
        "message": found.message,
        "hint": found.hint,
    }


def render_sarif(diagnostics: Iterable[Diagnostic]) -> str:
    """Findings as a SARIF 2.1.0 log with one run, as code hosts show them beside the lines of a change."""
    found = ordered(diagnostics)
    rules = sorted({each.code for each in found}, key=lambda code: code.code)
    index = {rule.code: position for position, rule in enumerate(rules)}
    driver = {"name": "QuizForge", "rules": [_sarif_rule(rule) for rule in rules]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(each, index[each.code.code]) for each in found],
    }
    return _dump({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def _sarif_rule(rule: Code) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "defaultConfiguration": {"level": _SARIF_LEVELS[rule.severity]},
    }


def _sarif_result(found: Diagnostic, rule: int) -> dict[str, Any]:
    text = f"{found.message}\nhint: {found.hint}" if found.hint else found.message
    result: dict[str, Any] = {
        "ruleId": found.code.code,
        "ruleIndex": rule,
        "level": _SARIF_LEVELS[found.severity],
        "message": {"text": text},
        "locations": [{"physicalLocation": _sarif_location(found.place)}],
    }
    if found.related:
        result["relatedLocations"] = [
            {"id": number, "physicalLocation": _sarif_location(place), "message": {"text": "also here"}}
            for number, place in enumerate(found.related, 1)
        ]
    return result


def _sarif_location(place: Place) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": _uri(place.path)}}
    if place.line:
        location["region"] = {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
        }
    return location


def _uri(path: str) -> str:
    """A path as a URI reference: relative as the user named it, or ``file:`` where it is absolute (RFC 8089)."""
    if path.startswith("/"):
        return f"file://{quote(path)}"
    if path[1:3] == ":/":
        return f"file:///{quote(path, safe='/:')}"
    return quote(path)


def render_github(diagnostics: Iterable[Diagnostic]) -> str:
    """Findings as workflow commands, which GitHub shows as annotations of a change."""
    return "".join(f"{_github_command(found)}\n" for found in ordered(diagnostics))


def _github_command(found: Diagnostic) -> str:
    place = found.place
    properties: dict[str, str | int] = {"file": place.path}
    if place.line:
        properties |= {"line": place.line, "col": place.column, "endLine": place.end_line}
    properties["title"] = f"{found.code.code} {found.code.name}"
    listed = ",".join(f"{name}={_github_escape(str(value), ':,')}" for name, value in properties.items())
    message = f"{found.message}\nhint: {found.hint}" if found.hint else found.message
    return f"::{_GITHUB_COMMANDS[found.severity]} {listed}::{_github_escape(message)}"


def _github_escape(text: str, more: str = "") -> str:
    """Escape as the runner reads it (actions/toolkit, ``core/src/command.ts``): the per cent sign first."""
    for sign in f"%\r\n{more}":
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


def _dump(value: object) -> str:
    return f"{json.dumps(value, indent=2)}\n"
