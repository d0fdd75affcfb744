"""The nearest known word to one that is not known."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(word: str, known: Iterable[object]) -> str:
    """``did you mean 'x'?`` where something known is close, else nothing."""
    near = get_close_matches(word, [str(item) for item in known], n=1, cutoff=0.6)
    return f"did you mean '{near[0]}'?" if near else ""
