"""Where the questions of one bank are written: its texts, own words, and the pieces that all types use."""

from __future__ import annotations

from typing import NamedTuple

from quizforge.exporters.html.beliefs import Beliefs
from quizforge.exporters.html.voice import Voice
from quizforge.exporters.numbering import letter
from quizforge.markup import Dialect
from quizforge.model.bank import Bank

LETTERS: tuple[str, ...] = tuple(letter(index) for index in range(702))
"""A to ZZ."""


class Answered(NamedTuple):
    """The part of a question below its stem, on both papers.

    It is made in one pass, so that letters and numbers cannot differ and each text is rendered once.

    Attributes:
        exam: Room to answer. Nothing but texts for ``student-exam`` may come in here.
        key: The solution.
        answer: The solution in few words, as HTML, for the table at the top of the key.
    """

    exam: str
    key: str
    answer: str


class Desk:
    """What the writers of the question types are given.

    Args:
        texts: Renders the bank's texts.
        voice: Own words.
        bank: Where concepts, misconceptions and references are found.
        beliefs: Takes up the misconceptions that are met.

    Attributes:
        block: HTML of block Markdown.
        inline: HTML of inline Markdown.
        correct: The verdict behind a key.
    """

    def __init__(self, texts: Dialect, voice: Voice, bank: Bank, *, beliefs: Beliefs) -> None:
        self.texts = texts
        self.voice = voice
        self.bank = bank
        self.block = texts.block
        self.inline = texts.inline
        self.correct = f' <em class="ok"{voice.mark}>{voice["key.correct"]}</em>'
        self._beliefs = beliefs

    def comment(self, feedback: str | None, misconception: str | None) -> str:
        """What the key says below an answer."""
        shown = "" if feedback is None else f'<div class="fb">{self.block(feedback)}</div>'
        return shown if misconception is None else shown + self.belief(misconception)

    def belief(self, misconception: str) -> str:
        """The claim of a misconception, with its number as a link to the full text."""
        number = self._beliefs.number(self.bank, misconception)
        claim = self.block(self.bank.misconception_by_id[misconception].claim)
        label = f"{self.voice.own('common.misconception')} {number}"
        return f'<div class="belief"><a href="#m{number}">{label}</a> {claim}</div>'
