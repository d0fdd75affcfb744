"""Texts as rows of tokens, for comparing them: words, numbers and signs, in any script."""

from __future__ import annotations

import re
from collections.abc import Iterable

from quizforge.lint.text import STOP_WORDS

_UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    r"\U00020000-\U0003ffff"
)
"""Thai, Lao, Burmese, Khmer, kana and Chinese characters, which are written without blanks between words."""
_SIGNS = r"-+*/=<>^%$~|\\\u00a3\u00b1\u00d7\u00f7\u20ac\u2200-\u22ff"
_TOKEN = re.compile(rf"[{_UNSPACED}]|(?:(?![{_UNSPACED}])[^\W_])+|[{_SIGNS}]")
_UNSPACED_ONE = re.compile(rf"[{_UNSPACED}]")


def tokens(text: str) -> tuple[str, ...]:
    """The tokens of a text, folded, in order.

    A word is a token, a number too, so that two sums with other numbers differ, and so is each mathematical sign. Of a
    script without blanks between words each character is one. Punctuation is left out.
    """
    return tuple(_TOKEN.findall(text.casefold()))


def telling(found: Iterable[str]) -> tuple[str, ...]:
    """The tokens that tell what a text is about, in order: words of four letters or more, and unspaced characters."""
    return tuple(token for token in found if is_telling(token))


def is_telling(token: str) -> bool:
    """Whether a token tells what a text is about."""
    if len(token) > 3:
        return token.isalpha() and token not in STOP_WORDS
    return len(token) == 1 and _UNSPACED_ONE.match(token) is not None
