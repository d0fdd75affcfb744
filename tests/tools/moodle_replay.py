"""Replays responses to a question of ours on what the test reader made of the exported one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from quizforge.exporters.lower import Lowered, lower
from quizforge.exporters.moodle_xml.admission import admit
from quizforge.exporters.words import words
from quizforge.markup import Markup, blank_names, plain
from quizforge.model.bank import Bank
from quizforge.model.question import Question
from quizforge.model.questions.cloze import Cloze
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.questions.option import Choice
from quizforge.model.questions.ordering import Ordering
from quizforge.model.questions.single_choice import SingleChoice
from tests.tools.moodle_cloze import Alternative
from tests.tools.moodle_reader import MoodleQuestion, grade


class Replay:
    """Scores responses to questions of one bank as Moodle would.

    Args:
        bank: The exported bank.
        native: What the format has for a question that was exported as another type; None for Moodle XML.
    """

    def __init__(self, bank: Bank, native: Callable[[MoodleQuestion], Collection[str]] | None = None) -> None:
        self._bank = bank
        self._native = native
        self._inline = Markup(bank.media).dialect("moodle").inline

    def score(self, question: Question, moodle: MoodleQuestion, response: Any) -> float:
        """Share of the mark that a response, in the form of the question's own ``score``, earns in Moodle."""
        own = words(self._bank.header.language)
        if self._native is None:
            admitted = admit(question, bank=self._bank.id, words=own)
        else:
            admitted = lower(question, self._native(moodle), bank=self._bank.id, words=own)
        if isinstance(admitted, Lowered):
            question, response = admitted.question, admitted.translate(response)
        return grade(moodle, None if response is None else self._translated(question, moodle, response))

    def _translated(self, question: Question, moodle: MoodleQuestion, response: Any) -> object:
        if isinstance(question, SingleChoice):
            return self._places(question.choices, moodle.answers)[response]
        if isinstance(question, MultipleAnswer):
            gap = moodle.kind == "cloze"
            places = self._places(question.choices, moodle.gaps[0].alternatives if gap else moodle.answers)
            ticked = frozenset(places[index] for index in response)
            return (ticked,) if gap else ticked
        if isinstance(question, Matching):
            stems = {stem: index for index, stem in enumerate(moodle.stems)}
            found: list[str | None] = [None] * len(stems)
            for pair, right in zip(question.pairs, response, strict=True):
                found[stems[self._html(pair.left)]] = None if right is None else plain(right, "inline")
            return tuple(found)
        if isinstance(question, Ordering):
            items = {answer.text: index for index, answer in enumerate(moodle.answers)}
            return tuple(items[self._html(question.items[index].text)] for index in response)
        if isinstance(question, Cloze):
            return tuple(
                self._part(question, name, gap.alternatives, response.get(name))
                for (name, _, _), gap in zip(blank_names(question.stem), moodle.gaps, strict=True)
            )
        return response

    def _part(self, question: Cloze, name: str, alternatives: Sequence[Alternative], response: Any) -> object:
        choices = question.blanks[name].choices
        return self._places(choices, alternatives)[response] if choices and response is not None else response

    def _places(self, choices: Sequence[Choice], answers: Sequence[Alternative]) -> list[int]:
        """Where each choice stands in the file."""
        places = {answer.text: index for index, answer in enumerate(answers)}
        return [places[self._html(choice.text)] for choice in choices]

    def _html(self, text: str) -> str:
        return self._inline(text).strip()
