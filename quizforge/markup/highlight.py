"""Coloured code: Pygments finds the tokens, we write a dozen classes of our own.

Few classes keep the style sheet small enough for every card template, and let each colour be checked
for contrast. Without Pygments (extra ``code``) code is shown uncoloured.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from html import escape
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pygments.lexer import Lexer
    from pygments.token import _TokenType

MAX_CODE = 20_000
"""Longer code stays uncoloured: lexers are regular expressions, and some are quadratic."""


class Palette(NamedTuple):
    """Colours of a code block; every text colour has a contrast of at least 4.5:1 on the background (WCAG 1.4.3)."""

    background: str
    text: str
    classes: Mapping[str, str]


LIGHT = Palette(
    "#f6f8fa",
    "#1f2328",
    MappingProxyType(
        {
            "k": "#a40e26",
            "n": "#6639ba",
            "b": "#0550ae",
            "s": "#0a3069",
            "m": "#0550ae",
            "c": "#57606a",
            "o": "#a40e26",
            "d": "#82071e",
            "a": "#116329",
        }
    ),
)
DARK = Palette(
    "#161b22",
    "#e6edf3",
    MappingProxyType(
        {
            "k": "#ff7b72",
            "n": "#d2a8ff",
            "b": "#79c0ff",
            "s": "#a5d6ff",
            "m": "#79c0ff",
            "c": "#9198a1",
            "o": "#ff7b72",
            "d": "#ffa198",
            "a": "#7ee787",
        }
    ),
)

_CLASSES: tuple[tuple[str, str], ...] = (
    ("Comment", "c"),
    ("Keyword.Constant", "b"),
    ("Keyword", "k"),
    ("Name.Function", "n"),
    ("Name.Class", "n"),
    ("Name.Decorator", "n"),
    ("Name.Builtin", "b"),
    ("Name.Exception", "b"),
    ("Name.Tag", "a"),
    ("Name.Attribute", "a"),
    ("Literal.String", "s"),
    ("Literal.Number", "m"),
    ("Operator", "o"),
    ("Generic.Deleted", "d"),
    ("Generic.Inserted", "a"),
    ("Generic.Heading", "n"),
    ("Generic.Prompt", "c"),
)

Run = tuple[str, str]
"""Class (empty for plain code) and code, not yet escaped."""


def runs(code: str, language: str) -> tuple[Run, ...]:
    """The code in stretches of one colour; joined they are the code.

    Args:
        code: The text of a code block.
        language: Any name that Pygments knows; others give one plain stretch.
    """
    lexer = _lexer(language) if language and len(code) <= MAX_CODE else None
    if lexer is None:
        return (("", code),)
    found: list[Run] = []
    for _, kind, text in lexer.get_tokens_unprocessed(code):
        name = _class_of(kind)
        if found and (found[-1][0] == name or text.isspace()):
            found[-1] = (found[-1][0], found[-1][1] + text)
        else:
            found.append((name, text))
    return tuple(found) if "".join(text for _, text in found) == code else (("", code),)


@cache
def _lexer(language: str) -> Lexer | None:
    try:
        from pygments.lexers import get_lexer_by_name
        from pygments.util import ClassNotFound
    except ImportError:
        return None
    try:
        return get_lexer_by_name(language)
    except ClassNotFound:
        return None


@cache
def _class_of(kind: _TokenType) -> str:
    name = str(kind).removeprefix("Token.")
    return next((short for prefix, short in _CLASSES if name == prefix or name.startswith(prefix + ".")), "")


def with_classes(found: tuple[Run, ...]) -> str:
    """HTML whose colours come from :func:`highlight_css`."""
    return "".join(
        f'<span class="{name}">{escape(text, quote=False)}</span>' if name else escape(text, quote=False)
        for name, text in found
    )


def with_styles(found: tuple[Run, ...]) -> str:
    """HTML that carries its colours, for pages whose style sheet is not ours; light palette."""
    return "".join(
        f'<span style="color:{LIGHT.classes[name]}">{escape(text, quote=False)}</span>'
        if name
        else escape(text, quote=False)
        for name, text in found
    )


PRE_STYLE = (
    f"background:{LIGHT.background};color:{LIGHT.text};padding:.5em .75em;"
    "overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere"
)


def highlight_css(*, dark: bool = False, scope: str = "") -> str:
    """Style rules for code blocks, one a line.

    Args:
        dark: Colours for light text on a dark page.
        scope: A selector to set before each rule, such as ``.nightMode``.
    """
    palette = DARK if dark else LIGHT
    before = f"{scope} " if scope else ""
    rules = [f"{before}pre.code {{ background: {palette.background}; color: {palette.text}; }}"]
    rules += (f"{before}pre.code .{name} {{ color: {colour}; }}" for name, colour in palette.classes.items())
    return "\n".join(rules) + "\n"
