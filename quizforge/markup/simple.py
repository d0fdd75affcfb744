"""Markdown without Python-Markdown: texts whose markup is so plain that there is one way to read it.

Whatever is not certainly read in the same way by Python-Markdown, its extensions and the sanitiser is left to
them; a differential test holds both to it. Most texts of a bank that have markup at all are done here, some
thirty times faster.
"""

from __future__ import annotations

import re

from quizforge.markup.spans import SPECIAL_CLASS

PLAIN = re.compile(rf"(?![0-9]+[.)])[^\s#+=\-:{SPECIAL_CLASS}][^{SPECIAL_CLASS}]*(?<!\s)\Z")
"""A text in which no character can be markup; its HTML is the text itself."""

_HARD = re.compile(
    r"\\(?=[^\w ]|\Z)|!\[|\]:|\{:|\t|\r|_(?<!\w_)|&(?=(?:#[0-9]+|#x[0-9a-fA-F]+|[a-zA-Z0-9]+);)"
    r"|<(?=[A-Za-z][A-Za-z0-9+.-]*:|[^<>\s]*@)"
)
"""Escapes, definitions, attribute lists, entities, automatic links; each begins with one character, which ``re``
then looks for at once."""
_HARD_BREAK = re.compile(r"\n(?=[^\S\n]|\n\n)|(?<=[^\S\n])\n(?!\n)")
_TEXT = r"[^\[\]{}<>*\s](?:[^\[\]<>*\n]*[^\[\]<>*\s])?"
_LINK = re.compile(rf"(?<!!)\[({_TEXT})\]\((https?://[A-Za-z0-9./?=#%+~@:_,;&-]+)\)")
_STRONG_OR_EM = re.compile(
    r"(?<!\*)(?:\*\*([^\s*<>](?:[^*<>\n]*[^\s*<>])?)\*\*|\*([^\s*<>](?:[^*<>\n]*[^\s*<>])?)\*)(?!\*)"
)
_BULLET = re.compile(r"[-*+] +(?=\S)")
_NUMBER = re.compile(r"([0-9]{1,9})\. +(?=\S)")
_BLOCK_START = re.compile(r"[#>=*+:|\-]|_|[0-9]+[.)]|\Z")


def render_inline(text: str) -> str | None:
    """HTML of inline Markdown, or None where Python-Markdown must read it.

    Args:
        text: Clean, with placeholders for what was lifted out.
    """
    if _is_hard(text) or "\n\n" in text:
        return None
    return _inline(text)


def render_blocks(text: str) -> str | None:
    """HTML of block Markdown: paragraphs, flat lists, placeholders on a line of their own.

    Args:
        text: Clean, with placeholders for what was lifted out.

    Returns:
        None where Python-Markdown must read the text.
    """
    text = text.strip("\n")
    if _is_hard(text):
        return None
    done: list[str] = []
    after_list = False
    for block in text.split("\n\n"):
        html = _list(block, after_list=after_list)
        after_list = html is not None
        if html is None:
            html = _paragraph(block)
        if html is None:
            return None
        done.append(html)
    return "\n".join(done)


def _is_hard(text: str) -> bool:
    if _HARD.search(text) is not None or text != text.strip():
        return True
    return "\n" in text and _HARD_BREAK.search(text) is not None


def _list(block: str, *, after_list: bool) -> str | None:
    """A tight list of one kind with one line an item; None for all else, which :func:`_paragraph` then refuses."""
    first = _BULLET.match(block)
    marker = _BULLET if first is not None else _NUMBER
    number = _NUMBER.match(block) if first is None else None
    if (first is None and number is None) or after_list:
        return None
    items: list[str] = []
    for line in block.split("\n"):
        found = marker.match(line)
        if found is None:
            return None
        text = line[found.end() :]
        html = None if _BLOCK_START.match(text) else _inline(text)
        if html is None:
            return None
        items.append(f"<li>{html}</li>\n")
    if number is None:
        return f"<ul>\n{''.join(items)}</ul>"
    start = "" if number[1] == "1" else f' start="{number[1]}"'
    return f"<ol{start}>\n{''.join(items)}</ol>"


def _paragraph(block: str) -> str | None:
    if _BLOCK_START.match(block):
        return None
    if "\n" in block and ("|" in block or any(_BLOCK_START.match(line) for line in block.split("\n"))):
        return None
    html = _inline(block)
    return None if html is None else f"<p>{html}</p>"


def _inline(text: str) -> str | None:
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    if "](" in text:
        text = _LINK.sub(r'<a href="\2">\1</a>', text)
        if "](" in text:
            return None
    if "*" in text:
        text = _STRONG_OR_EM.sub(_emphasis, text)
        if "*" in text:
            return None
    return text


def _emphasis(match: re.Match[str]) -> str:
    return f"<strong>{match[1]}</strong>" if match[1] is not None else f"<em>{match[2]}</em>"
