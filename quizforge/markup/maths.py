r"""Formulas: TeX to MathML with math-core, and the limits that keep math-core alive.

math-core 0.9.0 ends the whole process (stack overflow) on some 5,000 nested groups, and on chains such
as 20,000 times ``\sqrt``; with every opening delimiter that does not close it doubles its time. So the
nesting of a formula is bounded before math-core sees it.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from quizforge.markup.tex_commands import CLOSING_DELIMITERS, OPENING_DELIMITERS

if TYPE_CHECKING:
    from math_core import LatexToMathML

MAX_DEPTH = 100
MAX_LENGTH = 5_000
MAX_UNCLOSED = 10

_SIMPLE = re.compile(r"[^\\{(\[]*(?:[\\{(\[][^\\{(\[]*){0,9}\Z")
_TOKEN = re.compile(r"\\(?:[A-Za-z]+|.)|[{}()\[\]]", re.DOTALL)
_CHAIN = re.compile(r"(?:\\[A-Za-z]+\*?[ \n]*(?:\{[^{}]*\}|\[[^\[\]]*\]|[_^]|[^\\{}\[\]\s])?[ \n]*){100}", re.DOTALL)
_DECLARATION = re.compile(
    r"\\(?:color|over|atop|choose|brace|brack|above|(?:display|text|script|scriptscript)style|rm|bf|it|tt|sf|cal|"
    r"normalsize|tiny|small|large|Large|LARGE|huge|Huge|scriptsize|footnotesize|limits|nolimits)(?![A-Za-z])"
)
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|#[0-9]+|#x[0-9A-Fa-f]+);)([A-Za-z]+);")
_ENTITIES = {"ApplyFunction": "\u2061", "InvisibleTimes": "\u2062"}
_OFFSET = re.compile(r"([0-9]+): (.*)", re.DOTALL)


class Rejected(NamedTuple):
    """Why a formula cannot be MathML: offset inside the TeX, and math-core's words."""

    offset: int
    message: str


def too_deep(tex: str) -> int | None:
    """Where a formula becomes nested too deep for math-core, or too long.

    Args:
        tex: A formula without its delimiters.

    Returns:
        Offset of the first token beyond a limit; None where all is well.
    """
    if len(tex) > MAX_LENGTH:
        return MAX_LENGTH
    if _SIMPLE.match(tex) is not None:
        return None
    depth = unclosed = 0
    for match in _TOKEN.finditer(tex):
        token = match[0]
        if token in {"{", r"\left", r"\begin"}:
            depth += 1
        elif token in {"}", r"\right", r"\end"}:
            depth = max(0, depth - 1)
        elif token in {"(", "[", r"\{"} or token[1:] in OPENING_DELIMITERS:
            unclosed += 1
        elif token in {")", "]", r"\}"} or token[1:] in CLOSING_DELIMITERS:
            unclosed = max(0, unclosed - 1)
        if depth > MAX_DEPTH or unclosed > MAX_DEPTH:
            return match.start()
    if unclosed > MAX_UNCLOSED:
        return len(tex) - 1
    return _chained(tex)


def _chained(tex: str) -> int | None:
    if tex.count("\\") < MAX_DEPTH:
        return None
    chain = _CHAIN.search(tex)
    if chain is not None:
        return chain.end() - 1
    declarations = [match.start() for match in _DECLARATION.finditer(tex)]
    return declarations[MAX_DEPTH] if len(declarations) > MAX_DEPTH else None


def to_mathml(tex: str, *, display: bool) -> str | Rejected:
    """MathML of a formula, well-formed XML without named entities.

    Args:
        tex: A formula without its delimiters.
        display: Whether it stands on a line of its own, with large operators.

    Returns:
        ``<math>…</math>`` with the TeX as ``alttext``, or why math-core rejects it.
    """
    deep = too_deep(tex)
    if deep is not None:
        return Rejected(deep, "nested too deep or too long")
    from math_core import LatexError

    try:
        mathml = _converter().convert_with_local_state(tex, displaystyle=display)
    except LatexError as error:
        found = _OFFSET.fullmatch(str(error))
        return Rejected(int(found[1]), found[2].rstrip(".")) if found else Rejected(0, str(error))
    if "&" in mathml:
        mathml = _ENTITY.sub(lambda match: _ENTITIES.get(match[1], "\ufffd"), mathml)
    alt = escape(" ".join(tex.split()))
    return f'<math alttext="{alt}"{mathml[5:]}'


@cache
def _converter() -> LatexToMathML:
    from math_core import LatexToMathML

    return LatexToMathML(fancy_error=False)
