"""Exports of banks written inside a test to Canvas, read back by both readers, and responses replayed on them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from quizforge.api import export
from quizforge.exporters.base import Export
from quizforge.exporters.canvas.admission import admit
from quizforge.exporters.canvas.choice import VISIBLE
from quizforge.exporters.canvas.pen import Pen
from quizforge.exporters.canvas.profile import CLASSIC, NEW_QUIZZES
from quizforge.exporters.lower import Lowered
from quizforge.exporters.words import words
from quizforge.markup import Markup, blank_names, plain
from quizforge.model.bank import Bank
from quizforge.model.question import Question
from quizforge.model.questions.cloze import Cloze
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.questions.ordering import Ordering
from quizforge.model.questions.single_choice import SingleChoice
from quizforge.model.questions.true_false import TrueFalse
from tests.tools import canvas_classic, canvas_newquizzes
from tests.tools.canvas_package import Package, Read, unpack

READERS: Mapping[str, Callable[[Any], Read]] = MappingProxyType(
    {"canvas": canvas_classic.read, "canvas-newquizzes": canvas_newquizzes.read}
)
"""The reader that each target is for."""
_PROFILES = {"canvas": CLASSIC, "canvas-newquizzes": NEW_QUIZZES}


def exported(source: Bank, name: str, **options: Any) -> Export:
    """The export of a bank."""
    chosen: Any = {"canvas": "CanvasOptions", "canvas-newquizzes": "NewQuizzesOptions"}[name]
    from quizforge.exporters import canvas

    return export(source, name, options=getattr(canvas, chosen)(**options))


def package(source: Bank, name: str, **options: Any) -> Package:
    """The package of a bank, unpacked."""
    return unpack(exported(source, name, **options).files[0].data)


def questions(source: Bank, name: str, **options: Any) -> list[Read]:
    """What the target's reader makes of a bank, texts without a question included."""
    read = READERS[name]
    return [read(item) for quiz in package(source, name, **options).quizzes for item in quiz.items]


def one(source: Bank, name: str, **options: Any) -> Read:
    """The only question of a bank."""
    (found,) = questions(source, name, **options)
    return found


class Replay:
    """Scores responses to questions of one bank as a reader would.

    Args:
        bank: The exported bank.
        name: The target.
    """

    def __init__(self, bank: Bank, name: str) -> None:
        self._pen = Pen(bank, Markup(bank.media), words(bank.header.language), _PROFILES[name])

    def score(self, question: Question, read: Read, response: Any) -> Fraction:
        """What a response, in the form of the question's own ``score``, earns."""
        admitted = admit(question, self._pen)
        if isinstance(admitted, Lowered):
            question, response = admitted.question, admitted.translate(response)
        return read.score(None if response is None else self._translated(question, read, response))

    def _translated(self, question: Question, read: Read, response: Any) -> object:  # noqa: PLR0911  # one for each type
        if isinstance(question, SingleChoice):
            return self._label(read.options, question.choices[response].text)
        if isinstance(question, MultipleAnswer):
            return {self._label(read.options, question.choices[index].text) for index in response}
        if isinstance(question, TrueFalse):
            return next(ident for ident, text in read.options.items() if text == str(response))
        if isinstance(question, Matching):
            lefts = {html: ident for ident, html in read.lefts.items()}
            return {
                lefts[self._html(pair.left)]: self._right(read, right)
                for pair, right in zip(question.pairs, response, strict=True)
                if right is not None
            }
        if isinstance(question, Ordering):
            return [self._label(read.options, question.items[index].text) for index in response]
        if isinstance(question, Cloze):
            names = [name for name, _, _ in blank_names(question.stem)]
            given = {name: response[name] for name in names if response.get(name) is not None}
            places = dict(zip(names, read.blanks, strict=True))
            return {
                places[name]: self._filled(question, name, read, places[name], value) for name, value in given.items()
            }
        return response

    def _filled(self, question: Cloze, name: str, read: Read, place: str, value: Any) -> object:
        choices = question.blanks[name].choices
        if not choices:
            return value
        text = " ".join(plain(choices[value].text, "inline").split())
        labels = read.blanks[place]
        return next((ident for ident, shown in labels.items() if shown == text and len(labels) > 1), text)

    def _right(self, read: Read, right: str) -> str:
        text = " ".join(plain(right, "inline").split())
        spellings = {text, text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")}
        return next(ident for ident, shown in read.options.items() if shown in spellings)

    def _label(self, options: Mapping[str, str], text: str) -> str:
        html = self._html(text)
        return next(ident for ident, shown in options.items() if shown == html)

    def _html(self, text: str) -> str:
        html = self._pen.inline(text)
        bare = html.startswith("<img") and html.endswith("/>") and html.count("<") == 1
        return f"{html}{VISIBLE}" if bare else html
