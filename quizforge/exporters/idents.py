"""Idents that a target asks for in place of the author's ids: derived, stable, and telling nothing.

They come from a hash of what they name, so that they stay the same when other entries are added, removed or moved.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Final

_LOWEST: Final = 100_000_000
_HIGHEST: Final = 999_999_999


def ncname(*parts: str, prefix: str = "i") -> str:
    """An XML name (NCName) without dots or colons for an entry.

    Args:
        parts: What names the entry: bank id, question id.
        prefix: A letter; the first character.

    Returns:
        The prefix and 16 hexadecimal digits.
    """
    return prefix + blake2b("\0".join(parts).encode(), digest_size=8, person=b"quizforge-ident").hexdigest()


class DigitIdents:
    """Idents of nine digits that differ from each other inside one item.

    Nine digits without a leading zero are one number also to a reader that keeps the first run of digits,
    drops leading zeros and stores 32 bits, as Canvas does with the labels of a matching question.
    """

    __slots__ = ("_hash", "_taken")

    def __init__(self) -> None:
        self._hash = blake2b(digest_size=8, person=b"quizforge-digits")
        self._taken: set[int] = set()

    def new(self, *parts: str) -> str:
        """An ident that this object has not given yet.

        Args:
            parts: What names the option: the kind of part, then its id or text. Where two parts of an item hash
                alike, the later one takes the next free number.
        """
        state = self._hash.copy()  # a third of the time of a new one
        state.update("\0".join(parts).encode())
        number = _LOWEST + int.from_bytes(state.digest(), "big") % (_HIGHEST - _LOWEST + 1)
        while number in self._taken:
            number = _LOWEST if number == _HIGHEST else number + 1
        self._taken.add(number)
        return str(number)
