r"""Escapes in double quotes that were meant as TeX or Markdown.

In ``"\theta"`` YAML reads a tab and ``heta``, in ``"\nabla"`` a line break and ``abla``: the file is
well-formed and the text is wrong. What gives a tab or a control character is an error, what could
be meant either way is a warning.
"""

from __future__ import annotations

import re
import sys

from quizforge.loading.yaml.scan import Finding, Offsets
from quizforge.model.codes.source import CONTROL_CHARACTER, SWALLOWED_ESCAPE, TEX_NEWLINE, YAML_SYNTAX

_ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[\s\S])")
_SCALAR = re.compile(r'"(?:[^"\\]|\\[\s\S])*"?')
_LETTERS = re.compile("[A-Za-z]*")
_ALLOWED_CONTROLS = (0xA, 0x85)  # U+0085 and its like may be meant where they are spelled out
_SURROGATES = re.compile(r"\\u([Dd][89ABab][0-9A-Fa-f]{2})\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})")

_PLAIN_LETTERS = frozenset('nNLP_ \t"/\\\r\n')

_CONTROL_LETTERS = {
    "t": "a tab",
    "a": "a bell character (U+0007)",
    "b": "a backspace character (U+0008)",
    "e": "an escape character (U+001B)",
    "f": "a form feed (U+000C)",
    "r": "a carriage return (U+000D)",
    "v": "a vertical tab (U+000B)",
    "0": "a NUL character (U+0000)",
}
_SEPARATOR_LETTERS = {"N": "U+0085", "L": "the line separator U+2028", "P": "the paragraph separator U+2029"}

# Command names of LaTeX, amsmath and amssymb that begin with n, L, P or N, without that letter.
# fmt: off
_AFTER_N = frozenset((
    "abla", "approx", "atural", "colon", "cong", "e", "earrow", "eg", "egthinspace", "eq", "equiv", "ewcommand",
    "ewline", "exists", "geq", "geqq", "geqslant", "gtr", "i", "ll", "leftarrow", "leftrightarrow", "leq", "leqq",
    "leqslant", "less", "mid", "obreak", "ocite", "oindent", "olimits", "onumber", "opagebreak", "ormalsize", "ot",
    "otag", "otin", "parallel", "prec", "preceq", "rightarrow", "shortmid", "shortparallel", "sim", "subseteq",
    "subseteqq", "succ", "succeq", "supseteq", "supseteqq", "triangleleft", "trianglelefteq", "triangleright",
    "trianglerighteq", "u", "vDash", "vdash", "warrow",
))
_AFTER_SEPARATOR = {
    "L": frozenset((
        "ambda", "arge", "ARGE", "aTeX", "eftarrow", "eftrightarrow", "leftarrow", "leftrightarrow", "ongleftarrow",
        "ongleftrightarrow", "ongrightarrow", "oplus", "sh",
    )),
    "P": frozenset(("hi", "i", "r", "si")),
    "N": frozenset(("abla", "ewarrow")),
}
# fmt: on


def escapes_at(source: str, start: int) -> list[Finding]:
    """What is wrong with the escapes of the double-quoted scalar that begins at an offset."""
    scalar = _SCALAR.match(source, start)
    return check_escapes(source, scalar.span()) if scalar else []


def check_escapes(source: str, at: Offsets) -> list[Finding]:
    """Check every escape of one double-quoted scalar.

    Args:
        source: The text of the file.
        at: Where the scalar stands, quotes included.

    Returns:
        What is wrong, in the order of the text.
    """
    found: list[Finding] = []
    position = source.find("\\", *at)
    while 0 <= position < at[1]:
        escape = _ESCAPE.match(source, position, at[1])
        if escape is None:
            break
        finding = _check_escape(source, escape.span(), at[1])
        if finding is not None:
            found.append(finding)
        pair = _SURROGATES.match(source, position, at[1])
        position = source.find("\\", (pair or escape).end(), at[1])
    return found


def _check_escape(source: str, at: Offsets, limit: int) -> Finding | None:
    start, end = at
    letter = source[start + 1]
    if letter in "xuU" and end - start > len("\\x"):
        return _check_number(source, at)
    name = _LETTERS.match(source, start + 1, limit)
    word = (name[0] if name else "") or letter
    if letter in _CONTROL_LETTERS or (letter in _SEPARATOR_LETTERS and word[1:] in _AFTER_SEPARATOR[letter]):
        return _swallowed(start, word, _CONTROL_LETTERS.get(letter) or _SEPARATOR_LETTERS[letter])
    whole = (start, start + 1 + len(word))
    if letter not in _PLAIN_LETTERS:
        return Finding(YAML_SYNTAX, whole, f"'\\{word}' means nothing in double quotes", _mend(word))
    if letter == "n" and word[1:] in _AFTER_N:
        message = f"'\\n' in double quotes is a line break here, not the start of '\\{word}'"
        return Finding(TEX_NEWLINE, whole, message, _mend(word))
    if letter == "_":
        message = "'\\_' in double quotes is a no-break space, not an underscore"
        return Finding(SWALLOWED_ESCAPE, at, message, f"{_mend('_')}, or write '\\u00a0'", severity="warning")
    return None


def _swallowed(start: int, word: str, character: str) -> Finding:
    message = f"'\\{word[0]}' in double quotes is {character}"
    if len(word) > 1:
        message += f", not the start of '\\{word}'"
    return Finding(SWALLOWED_ESCAPE, (start, start + 1 + len(word)), message, _mend(word))


def _mend(word: str) -> str:
    return f"write the text in single quotes, or '\\\\{word}' with two backslashes"


def _check_number(source: str, at: Offsets) -> Finding | None:
    start, end = at
    code = int(source[start + 2 : end], 16)
    name = f"'{source[start:end]}'"
    if 0xD800 <= code <= 0xDFFF:
        return _surrogate(source, start)
    if code > sys.maxunicode:
        return Finding(CONTROL_CHARACTER, at, f"{name} is no character", "write the character itself")
    if code not in _ALLOWED_CONTROLS and (code < 0x20 or 0x7F <= code < 0xA0 or code in (0xFFFE, 0xFFFF)):
        character = "a tab" if code == 0x9 else f"the control character U+{code:04X}"
        return Finding(CONTROL_CHARACTER, at, f"{name} is {character}, which a text cannot hold", "remove it")
    return None


def _surrogate(source: str, start: int) -> Finding:
    r"""The problem of ``\ud83d``, half of a character, at an offset of the source."""
    pair = _SURROGATES.match(source, start)
    if pair is None:
        at = (start, min(start + len("\\ud83d"), len(source)))
        message = f"'{source[slice(*at)]}' is no character"
        return Finding(CONTROL_CHARACTER, at, message, "write the character itself")
    code = 0x10000 + ((int(pair[1], 16) & 0x3FF) << 10) + (int(pair[2], 16) & 0x3FF)
    message = f"'{pair[0]}' is one character in JSON but none in YAML"
    return Finding(CONTROL_CHARACTER, pair.span(), message, f"write '{chr(code)}' itself, or '\\U{code:08X}'")
