"""What stands on the sheet for each question, before anything has a place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from typing_extensions import assert_never

from quizforge.exporters.arrange import choice_order, item_order, left_order, right_order
from quizforge.exporters.bubble_sheet.options import Numbers
from quizforge.exporters.numbering import Seat, letter
from quizforge.exporters.words import Words
from quizforge.formats.omr_map import Asked, Shape, Value
from quizforge.markup import blank_names
from quizforge.model.question import Question
from quizforge.model.questions.cloze import Blank, Cloze
from quizforge.model.questions.essay import Essay
from quizforge.model.questions.information import Information
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.questions.numerical import Numerical, NumericalAnswer
from quizforge.model.questions.option import Choice
from quizforge.model.questions.ordering import Ordering
from quizforge.model.questions.short_answer import ShortAnswer
from quizforge.model.questions.single_choice import SingleChoice
from quizforge.model.questions.true_false import TrueFalse

Names = tuple[tuple[str, Value], ...]

CHARACTERS = 6
"""Columns of a number: enough for -0.001 and 12000, whatever the answer is, since their count must not tell it."""
_DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class Spot:
    """A bubble without a place.

    Attributes:
        text: Printed in it.
        meaning: What a mark says.
    """

    text: str
    meaning: Names


@dataclass(frozen=True, slots=True)
class Strip:
    """Bubbles side by side.

    Attributes:
        label: In front of them.
        part: Which part of the question they answer; empty for all of it.
        marks: How many may be marked.
        spots: The bubbles.
    """

    label: str
    part: Names
    marks: Literal["one", "many"]
    spots: tuple[Spot, ...]

    @property
    def shape(self) -> Shape:
        """As on the exam: round where one is chosen, square where several may be."""
        return "circle" if self.marks == "one" else "square"


@dataclass(frozen=True, slots=True)
class Grid:
    """A number, one column a character.

    Attributes:
        label: In front of it.
        part: Which part of the question it answers.
        columns: The bubbles of each column, from the top.
    """

    label: str
    part: Names
    columns: tuple[tuple[Spot, ...], ...]


@dataclass(frozen=True, slots=True)
class Written:
    """An answer on the exam paper.

    Attributes:
        label: Of the question, or of a part of it.
    """

    label: str


Line = Strip | Grid | Written


@dataclass(frozen=True, slots=True)
class Block:
    """A question on the sheet; it is not split over columns or pages.

    Attributes:
        asked: The question, for the map.
        lines: Its lines.
    """

    asked: Asked
    lines: tuple[Line, ...]

    @property
    def about(self) -> Names:
        """What each of its rows says in the map."""
        asked = self.asked
        return (("number", asked.number), ("bank", asked.bank), ("question", asked.id), ("type", asked.type))


def block_of(seat: Seat, words: Words, *, numbers: Numbers) -> Block:
    """The lines of one question.

    Args:
        seat: A numbered question.
        words: For the letters of true and false, and the decimal mark.
        numbers: Whether numbers get a grid.
    """
    lines = tuple(_lines(seat, words, numbers=numbers))
    written = [isinstance(line, Written) for line in lines]
    how: Literal["marked", "written", "both"] = "both" if any(written) else "marked"
    question = seat.item.question
    return Block(
        Asked(
            number=seat.number,
            bank=seat.item.bank.id,
            id=question.id,
            revision=seat.item.revision,
            type=question.type,
            answer="written" if all(written) else how,
        ),
        lines,
    )


def fits(answer: NumericalAnswer) -> bool:
    """Whether some number that the answer accepts can be marked in a grid."""
    if answer.value.adjusted() >= CHARACTERS:
        return False
    nearest = [answer.value.quantize(Decimal(1).scaleb(-decimals)) for decimals in range(CHARACTERS)]
    return any(len(_shortest(number)) <= CHARACTERS and answer.accepts(Fraction(number)) for number in nearest)


def _shortest(number: Decimal) -> str:
    """``0.730`` is marked as ``.73``."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("0.", ".", 1) if text.lstrip("-").startswith("0.") else text


def numbers_of(question: Question) -> Iterator[tuple[tuple[str, ...], Sequence[NumericalAnswer]]]:
    """Where a question is answered by a number: the path of the field, and the answers that earn everything."""
    if isinstance(question, Numerical):
        yield ("answers" if question.answers else "answer",), [each for each in question.accepted if each.credit == 100]
    if isinstance(question, Cloze):
        for name, blank in question.blanks.items():
            if blank.kind == "number":
                yield ("blanks", name, "answer"), (blank.number,)


def _lines(seat: Seat, words: Words, *, numbers: Numbers) -> Iterable[Line]:  # noqa: PLR0911  # a case a type
    item, label = seat.item, str(seat.number)
    question, whole = item.question, item.source
    match question:
        case SingleChoice() | MultipleAnswer():
            order = choice_order(question.choices, (item.bank.id, question.id), shuffle=question.shuffle)
            spots = _options([question.choices[index] for index in order], _choices(whole))
            return [Strip(label, (), "one" if isinstance(question, SingleChoice) else "many", spots)]
        case TrueFalse():
            return [Strip(label, (), "one", _verdicts(words))]
        case ShortAnswer() | Essay():
            return [Written(label)]
        case Numerical():
            return [_number(label, (), words) if numbers == "grid" else Written(label)]
        case Matching():
            return _matching(label, question, whole, item.bank.id)
        case Ordering():
            return _ordering(label, question, whole, item.bank.id)
        case Cloze():
            return _cloze(label, question, whole, item.bank.id, words, numbers)
        case Information():
            return []
        case _:
            assert_never(question)


def _choices(question: Question) -> Sequence[Choice]:
    return question.choices if isinstance(question, SingleChoice | MultipleAnswer) else ()


def _options(shown: Sequence[Choice], written: Sequence[Choice]) -> tuple[Spot, ...]:
    """Letters in the order shown; the meaning is the place in the bank."""
    return tuple(
        Spot(letter(place), (("position", place), ("option", written.index(choice))))
        for place, choice in enumerate(shown)
    )


def _verdicts(words: Words) -> tuple[Spot, Spot]:
    return (
        Spot(words["sheet.true"], (("position", 0), ("option", True))),
        Spot(words["sheet.false"], (("position", 1), ("option", False))),
    )


def _number(label: str, part: Names, words: Words) -> Grid:
    mark = Spot(words["common.decimal"], (("value", "."),))
    digits = tuple(Spot(digit, (("value", digit),)) for digit in _DIGITS)
    minus = Spot("\N{MINUS SIGN}", (("value", "-"),))
    first = (minus, mark, *digits)
    return Grid(label, part, (first, *(((mark, *digits),) * (CHARACTERS - 1))))


def _matching(label: str, question: Matching, whole: Question, bank: str) -> list[Line]:
    if not isinstance(whole, Matching):
        raise TypeError(whole.type)
    rights = whole.rights
    spots = tuple(
        Spot(letter(place), (("position", place), ("option", rights.index(text))))
        for place, text in enumerate(right_order(question, bank))
    )
    pairs = [question.pairs[index] for index in left_order(question, bank)]
    return [
        Strip(f"{label}{letter(place).lower()}", (("pair", whole.pairs.index(pair)),), "one", spots)
        for place, pair in enumerate(pairs)
    ]


def _ordering(label: str, question: Ordering, whole: Question, bank: str) -> list[Line]:
    if not isinstance(whole, Ordering):
        raise TypeError(whole.type)
    spots = tuple(
        Spot(str(place + 1), (("position", place), ("option", place))) for place in range(len(question.items))
    )
    items = [question.items[index] for index in item_order(question, bank)]
    return [
        Strip(f"{label}{letter(place).lower()}", (("item", whole.items.index(item)),), "one", spots)
        for place, item in enumerate(items)
    ]


def _cloze(  # what the other types are given, too
    label: str, question: Cloze, whole: Question, bank: str, words: Words, numbers: Numbers
) -> list[Line]:
    if not isinstance(whole, Cloze):
        raise TypeError(whole.type)
    names = [name for name, *_ in blank_names(question.stem)]
    labels = [f"{label}.{place}" for place in range(1, len(names) + 1)] if len(names) > 1 else [label]
    lines: list[Line] = []
    for name, text in zip(names, labels, strict=True):
        blank: Blank = question.blanks[name]
        if blank.kind == "choice":
            order = choice_order(blank.choices, (bank, question.id, name), shuffle=question.shuffle)
            spots = _options([blank.choices[index] for index in order], whole.blanks[name].choices)
            lines.append(Strip(text, (("blank", name),), "one", spots))
        elif blank.kind == "number" and numbers == "grid":
            lines.append(_number(text, (("blank", name),), words))
        else:
            lines.append(Written(text))
    return lines
