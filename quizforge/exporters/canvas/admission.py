"""Which questions Canvas can hold as they are, and what becomes of the others.

Nothing may earn more in Canvas than in the bank: what a reader would score more generously is lowered to another type,
or left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Final, Literal

from quizforge.exporters.canvas.pen import Pen, flattened, shows_image, twins
from quizforge.exporters.lower import Lowered, Refused, lower
from quizforge.model.codes.fidelity import QUESTION_REFUSED, SCORE_LOWERED
from quizforge.model.diagnostic import Path, Problem
from quizforge.model.question import QUESTION_TYPES, Question
from quizforge.model.questions.cloze import Blank, Cloze
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.questions.ordering import Ordering
from quizforge.model.questions.short_answer import Answer, ShortAnswer, has_wildcard

CLASSIC_TYPES: Final = frozenset(QUESTION_TYPES) - {"ordering"}
NEW_QUIZZES_TYPES: Final = frozenset(QUESTION_TYPES)

OrderingAs = Literal["matching", "ordering"]

_PLAIN: Final = frozenset(QUESTION_TYPES) - {"multiple_answer", "matching", "ordering"}
"""Types whose responses cannot be partly right in Canvas where they cannot in the bank."""

_ALWAYS: Final = frozenset({"single_choice", "true_false", "numerical", "essay", "information"})
"""Types that are written as they are; what some of their answers lose is told when they are written."""

_FULL = 100


def admit(question: Question, pen: Pen, *, ordering: OrderingAs = "matching") -> Lowered | Refused | None:
    """How a question comes into Canvas.

    Args:
        question: Valid.
        pen: Of its bank.
        ordering: What New Quizzes are given where single places count.

    Returns:
        None where it is written as it is; else as what, or why not.
    """
    if question.type in _ALWAYS:
        return None
    lowered = _lowered(question, pen, ordering)
    if isinstance(lowered, Refused):
        return lowered
    refusal = next(_refusals(question if lowered is None else lowered.question, pen), None)
    if refusal is None:
        return lowered
    message, at = refusal
    at = at if lowered is None else ()
    return Refused(question, Problem(QUESTION_REFUSED, f"left out: {message}", at, subject=("questions", question.id)))


def _lowered(question: Question, pen: Pen, ordering: OrderingAs) -> Lowered | Refused | None:
    profile = pen.profile
    if isinstance(question, MultipleAnswer):
        return _several(question, pen)
    if isinstance(question, Ordering):
        whole = question.scoring == "all_or_nothing"
        if profile.order and (whole or ordering == "ordering"):
            return None if whole else _exact(question, "New Quizzes know no order that is partly right", ("scoring",))
        return _lower(question, _PLAIN if whole else CLASSIC_TYPES, pen)
    if isinstance(question, Matching) and question.scoring == "all_or_nothing" and not profile.exact:
        return _lower(question, _PLAIN, pen)
    if isinstance(question, Cloze) and len(question.blanks) == 1:
        (blank,) = question.blanks.values()
        return _lower(question, {"numerical"}, pen) if blank.kind == "number" else None
    return None


def _lower(question: Question, native: frozenset[str] | set[str], pen: Pen) -> Lowered | Refused:
    return lower(question, native, bank=pen.bank.id, words=pen.words)


def _several(question: MultipleAnswer, pen: Pen) -> Lowered | Refused | None:
    """Both readers score plus and minus; what would be scored less strictly must be all or nothing."""
    fit = _fit(question)
    if fit == "alike":
        return None
    if fit == "stricter":
        message = "Canvas takes off for a wrong option what a right one earns, which is more than the bank does"
        return Lowered(question, (_told(question, message),), _same)
    if pen.profile.exact:
        if question.scoring == "all_or_nothing":
            return None
        return _exact(
            question, "Canvas cannot share the points so; only the fully right answer earns any", ("scoring",)
        )
    return _lower(question, _PLAIN, pen)


def _fit(question: MultipleAnswer) -> Literal["alike", "stricter", "laxer"]:
    """How Canvas' plus and minus compares with the question's own scoring, whatever is ticked."""
    keys, others = len(question.keys), len(question.choices) - len(question.keys)
    if question.scoring == "plus_minus":
        return "alike"
    if question.scoring == "all_or_nothing":
        return "alike" if keys == 1 else "laxer"
    if question.scoring == "ratio":
        return "alike" if keys == others else "stricter" if keys < others else "laxer"
    part = Fraction(1, keys)
    shares = [question.credit_of(index) for index in range(len(question.choices))]
    theirs = [part if choice.correct else -part for choice in question.choices]
    if any(own < canvas for own, canvas in zip(shares, theirs, strict=True)):
        return "laxer"
    return "alike" if shares == theirs else "stricter"


def _exact(question: MultipleAnswer | Ordering, message: str, at: Path) -> Lowered:
    """The same question, all or nothing."""
    whole = question.model_copy(update={"scoring": "all_or_nothing"})
    return Lowered(whole, (_told(question, message, at),), _same)


def _told(question: Question, message: str, at: Path = ("scoring",)) -> Problem:
    return replace(Problem(SCORE_LOWERED, message, at), subject=("questions", question.id))


def _same(response: object) -> object:
    return response


def _refusals(question: Question, pen: Pen) -> Iterator[tuple[str, Path]]:
    """Why a question of a native type cannot be written, and where."""
    if isinstance(question, ShortAnswer):
        yield from _untypable(question.answers, ("answers",), pen, case=question.case_sensitive)
    elif isinstance(question, Matching):
        yield from _unmatchable(question, pen)
    elif isinstance(question, Cloze):
        if len({blank.weight for blank in question.blanks.values()}) > 1:
            yield "all blanks have equal shares in Canvas, and these have not", ("blanks",)
        for name, blank in question.blanks.items():
            yield from _unfillable(blank, ("blanks", name), pen)


def _untypable(answers: tuple[Answer, ...], at: Path, pen: Pen, *, case: bool) -> Iterator[tuple[str, Path]]:
    kept = [answer for answer in answers if answer.credit == _FULL and not has_wildcard(answer.text)]
    if not kept:
        yield "Canvas has no wildcards, and no other answer earns full points", at
    if case and not pen.profile.case and any(answer.text.lower() != answer.text.upper() for answer in kept):
        yield "Canvas classic quizzes do not mind upper and lower case, and would accept more", at


def _unmatchable(question: Matching, pen: Pen) -> Iterator[tuple[str, Path]]:
    texts = []
    for right in question.rights:
        if shows_image(right, pen):
            yield "Canvas shows no image on a right side", ("pairs",)
        texts.append(flattened(right))
    if not all(texts):
        yield "nothing is left of a right side as plain text", ("pairs",)
    if twins([text.casefold() for text in texts]):
        yield "two right sides are the same as plain text", ("pairs",)


def _unfillable(blank: Blank, at: Path, pen: Pen) -> Iterator[tuple[str, Path]]:
    if blank.kind == "text":
        yield from _untypable(blank.answers, (*at, "answers"), pen, case=blank.case_sensitive)
    texts = [flattened(choice.text) for choice in blank.choices]
    if any(shows_image(choice.text, pen) for choice in blank.choices):
        yield "Canvas shows no image in the options of a blank", (*at, "choices")
    if not all(texts):
        yield "nothing is left of an option of a blank as plain text", (*at, "choices")
    if twins([text.casefold() for text in texts]):
        yield "two options of a blank are the same as plain text", (*at, "choices")
