"""Lowering: how a question becomes one of a type that the target has.

Each rung (:mod:`quizforge.exporters.rungs`) turns a question into one of another type; :func:`lower`
climbs down until it stands on a native type. Rungs never raise the score of a response: the lowered
question scores what the original scores, or less where a warning says so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

from typing_extensions import assert_never

from quizforge.exporters import rungs
from quizforge.exporters.rungs import Rung
from quizforge.exporters.words import Words
from quizforge.model.codes.fidelity import QUESTION_REFUSED, SCORE_LOWERED, TYPE_LOWERED
from quizforge.model.diagnostic import Problem
from quizforge.model.question import Question
from quizforge.model.questions.cloze import Cloze
from quizforge.model.questions.essay import Essay
from quizforge.model.questions.information import Information
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.questions.numerical import Numerical
from quizforge.model.questions.ordering import Ordering
from quizforge.model.questions.short_answer import ShortAnswer
from quizforge.model.questions.single_choice import SingleChoice
from quizforge.model.questions.true_false import TrueFalse


@dataclass(frozen=True, slots=True)
class Lowered:
    """A question of a native type.

    Attributes:
        question: To be written in place of the original; its id, concepts, feedback and hints are
            the original's.
        problems: What the descent cost, each with its subject: the type (info), fields that are lost
            (info), points that a response can no longer earn (warning). Empty for a native question.
        translate: From a response to the original question to the same response to this one; None
            stays None.
    """

    question: Question
    problems: tuple[Problem, ...]
    translate: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Refused:
    """A question that no rung brings down to a native type.

    Attributes:
        question: The question.
        problem: Why, as a warning with its subject.
    """

    question: Question
    problem: Problem


def lower(question: Question, native: Collection[str], *, bank: str, words: Words) -> Lowered | Refused:
    """Bring a question down to a type that the target has.

    Args:
        question: Valid.
        native: Names of the types that the target has. For a target that has a type, but not the
            question's way of scoring it, leave that type out.
        bank: Id of its bank, which seeds the order of lists that become part of a stem.
        words: For texts that a rung has to add.

    Returns:
        The question itself where its type is native, else the end of the first descent that reaches a
        native type: one rung where one is enough, and rungs that keep the score before others.
    """
    if question.type in native:
        return Lowered(question, (), _same)
    found = _descend(question, frozenset(native), frozenset({question.type}), rungs.Setting(bank, words))
    subject = ("questions", question.id)
    if found is None:
        message = f"left out: {question.type} cannot be written here, and no other type holds it"
        return Refused(question, Problem(QUESTION_REFUSED, message, subject=subject))
    name = found.question.type
    problems = [Problem(TYPE_LOWERED, f"{question.type} is written as {name}", subject=subject)]
    problems += [replace(problem, subject=subject) for problem in found.problems]
    return Lowered(found.question, tuple(problems), found.translate)


def lowers_score(lowered: Lowered) -> bool:
    """Whether some response earns less than it does for the original question."""
    return any(problem.code is SCORE_LOWERED for problem in lowered.problems)


def _descend(question: Question, native: frozenset[str], seen: frozenset[str], setting: rungs.Setting) -> Rung | None:
    steps = tuple(_rungs(question, setting))
    for rung in steps:
        if rung.question.type in native:
            return rung
    for rung in steps:
        if rung.question.type not in seen:
            below = _descend(rung.question, native, seen | {rung.question.type}, setting)
            if below is not None:
                return rungs.joined(rung, below)
    return None


def _rungs(question: Question, setting: rungs.Setting) -> Iterator[Rung]:  # noqa: C901  # one case for each type
    match question:
        case TrueFalse():
            yield rungs.true_false_to_single_choice(question, setting)
        case SingleChoice():
            yield rungs.single_choice_to_cloze(question)
        case MultipleAnswer():
            yield rungs.multiple_answer_to_matching(question, setting)
            if len(question.choices) <= rungs.LETTERS:
                yield rungs.multiple_answer_to_short_answer(question, setting)
        case ShortAnswer():
            yield rungs.short_answer_to_cloze(question)
        case Numerical():
            yield rungs.numerical_to_cloze(question)
            yield rungs.numerical_to_short_answer(question)
        case Matching():
            yield from _matching_rungs(question, setting)
        case Ordering():
            yield rungs.ordering_to_matching(question)
        case Cloze():
            if len(question.blanks) == 1:
                yield rungs.cloze_to_its_blank(question)
        case Essay() | Information():
            return
        case _:
            assert_never(question)


def _matching_rungs(question: Matching, setting: rungs.Setting) -> Iterator[Rung]:
    if question.scoring == "per_pair":
        if len(question.rights) > 1:
            yield rungs.matching_to_cloze(question, setting)
        return
    rights = {pair.right for pair in question.pairs}
    if len(rights) == len(question.pairs) and not question.distractors:
        yield rungs.matching_to_ordering(question, setting)
    if len(question.rights) <= rungs.LETTERS:
        yield rungs.matching_to_short_answer(question, setting)


def _same(response: Any) -> Any:  # noqa: ANN401  # responses differ by question type
    return response
