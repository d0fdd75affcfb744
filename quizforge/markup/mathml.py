"""MathML Core, as math-core writes it and browsers read it, as MathML 2 and 3, which other formats ask for.

Core lets every element set ``displaystyle`` and ``scriptlevel``, where the full languages have ``mstyle`` (MathML 3,
3.3.4), and HTML inside ``mtext``, where they have ``mathvariant`` (3.2.2).
"""

from __future__ import annotations

import re

_TOKEN = re.compile(r"<(/?)([a-z]+)([^>]*?)(/?)>")
_STYLE = re.compile(r' (?:displaystyle|scriptlevel)="[^"]*"')
_SCRIPT_LEVEL = re.compile(r' scriptlevel="0"')
_STYLED = re.compile(r"<mtext><(b|i|code|span)([^>]*)>")
_HTML = re.compile(r"</?(?:b|i|code|span)\b[^>]*>")
_VARIANTS = {"b": "bold", "i": "italic", "code": "monospace", "span": "normal"}


def full_mathml(core: str) -> str:
    """A formula in MathML Core as one in MathML 2 and 3 that looks the same."""
    if "<mtext><" in core:
        core = _HTML.sub("", _STYLED.sub(_variant, core))
    if 'displaystyle="' not in core:
        return core
    parts: list[str] = []
    ends: list[str] = []
    at = 0
    for token in _TOKEN.finditer(core):
        parts.append(core[at : token.start()])
        at = token.end()
        closing, name, attributes, alone = token.groups()
        if closing:
            parts.append(ends.pop())
            continue
        start, end = _styled(name, attributes)
        parts.append(f"{start}{alone}>" if alone else f"{start}>")
        if not alone:
            ends.append(end)
    return "".join((*parts, core[at:]))


def _styled(name: str, attributes: str) -> tuple[str, str]:
    """The start of an element, without its last sign, and its end; styles in an element of their own."""
    if name == "mtable":  # the one that may say displaystyle itself
        return f"<{name}{_SCRIPT_LEVEL.sub('', attributes)}", f"</{name}>"
    style = "".join(_STYLE.findall(attributes))
    if not style or name in {"math", "mstyle"}:
        return f"<{name}{attributes}", f"</{name}>"
    return f"<mstyle{style}><{name}{_STYLE.sub('', attributes)}", f"</{name}></mstyle>"


def _variant(found: re.Match[str]) -> str:
    variant = "sans-serif" if "sans-serif" in found[2] else _VARIANTS[found[1]]
    return f'<mtext mathvariant="{variant}"><{found[1]}>'
