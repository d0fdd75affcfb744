"""Numbers for the misconceptions that the key meets."""

from __future__ import annotations

from quizforge.model.bank import Bank


class Beliefs:
    """Misconceptions in the order in which the key meets them."""

    def __init__(self) -> None:
        self._met: dict[tuple[str, str], tuple[int, Bank]] = {}

    def number(self, bank: Bank, misconception: str) -> int:
        """The number of a misconception, from 1; a new one at the first call."""
        return self._met.setdefault((bank.id, misconception), (len(self._met) + 1, bank))[0]

    @property
    def met(self) -> tuple[tuple[int, Bank, str], ...]:
        """Number, bank and id of each."""
        return tuple((number, bank, name) for (_, name), (number, bank) in self._met.items())
