"""Numbers that look random and are the same everywhere: a keyed hash of a seed and of what they are for.

Python's own generator promises its sequence for one of its methods only, and its hash differs from run to run.
"""

from __future__ import annotations

from hashlib import blake2b


def rank(seed: int, *parts: str) -> bytes:
    """A place in an order that tells nothing: equal parts give equal ranks.

    Args:
        seed: From 0 to 2^63.
        parts: What is to be placed, and in which order: quiz, form, question, option.
    """
    return blake2b("\0".join(parts).encode(), key=seed.to_bytes(8, "big"), digest_size=16).digest()


class Dice:
    """A stream of whole numbers.

    Args:
        seed: From 0 to 2^63.
        purpose: Streams for different purposes differ.
    """

    def __init__(self, seed: int, purpose: str) -> None:
        self._key = seed.to_bytes(8, "big") + purpose.encode()[:56]
        self._round = 0
        self._waiting: list[int] = []

    def below(self, limit: int) -> int:
        """A number from 0 to ``limit - 1``; limits are small against 2^32, so that all are all but equally likely."""
        if not self._waiting:
            block = blake2b(self._round.to_bytes(8, "big"), key=self._key).digest()
            self._round += 1
            self._waiting = [int.from_bytes(block[at : at + 4], "big") for at in range(0, 64, 4)]
        return (self._waiting.pop() * limit) >> 32
