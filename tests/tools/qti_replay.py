"""Replays responses to a question of ours on what the test reader made of the exported one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

from quizforge.exporters.words import words
from quizforge.markup import Markup, plain
from quizforge.model.bank import Bank
from quizforge.model.question import Question
from quizforge.model.questions.cloze import Cloze
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.questions.numerical import Numerical, read_number
from quizforge.model.questions.ordering import Ordering
from quizforge.model.questions.single_choice import SingleChoice
from quizforge.model.questions.true_false import TrueFalse
from tests.tools.qti_item import QtiItem, inner
from tests.tools.qti_player import Ordered


class Replay:
    """Answers exported questions of one bank the way a student would who gave our response.

    Args:
        bank: The exported bank.
        name: Of the format.
    """

    def __init__(self, bank: Bank, name: str) -> None:
        self._bank = bank
        self._inline = Markup(bank.media).dialect("qti21" if name == "qti21" else "qti30").inline

    def answers(self, question: Question, item: QtiItem, response: Any) -> Mapping[str, Any]:
        """The values of the item's response variables for a response in the form of the question's own ``score``."""
        if response is None:
            return {}
        if isinstance(question, Cloze):
            return {
                f"RESPONSE_{name}": self._blank(question, name, item, given)
                for name, given in response.items()
                if given is not None
            }
        return {"RESPONSE": self._single(question, item.options.get("RESPONSE", {}), response)}

    def _single(  # noqa: PLR0911  # one case for each type
        self, question: Question, options: Mapping[str, str], response: Any
    ) -> Any:
        if isinstance(question, SingleChoice):
            return options[self._html(question.choices[response].text)]
        if isinstance(question, MultipleAnswer):
            return [options[self._html(question.choices[index].text)] for index in sorted(response)]
        if isinstance(question, TrueFalse):
            return options[words(self._bank.header.language)[f"common.{str(response).lower()}"]]
        if isinstance(question, Matching):
            return [
                f"{options['0:' + self._html(pair.left)]} {options['1:' + self._html(right)]}"
                for pair, right in zip(question.pairs, response, strict=True)
                if right is not None
            ]
        if isinstance(question, Ordering):
            return Ordered(options[self._html(question.items[index].text)] for index in response)
        if isinstance(question, Numerical):
            return as_typed(response, question.unit)
        return response

    def _blank(self, question: Cloze, name: str, item: QtiItem, given: Any) -> Any:
        blank = question.blanks[name]
        if blank.kind == "choice":
            text = " ".join(plain(blank.choices[given].text, "inline").split())
            return item.options[f"RESPONSE_{name}"][_as_xml(text)]
        return as_typed(given, blank.unit) if blank.kind == "number" else given

    def _html(self, text: str) -> str:
        root = etree.fromstring(f"<o>{self._inline(text)}</o>".encode())
        return inner(root)


def _as_xml(text: str) -> str:
    element = etree.Element("o")
    element.text = text
    return inner(element)


def as_typed(response: str, unit: str | None) -> str:
    """A number as a player's box takes it: with a decimal point and without the unit; any other text as it is."""
    number = read_number(response, unit=unit)
    return response if number is None else repr(float(number))
