"""The checks of one variant of an item model: those of any question, and a few of its own.

A variant is a plain question, so that it goes through what every question goes through. What is
found is told where it lies in the model, with the values that bring it about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

from quizforge.generation.expand import Expansion, Variant
from quizforge.loading.decode import decode, failed_invariants
from quizforge.loading.pictures import Pictures
from quizforge.loading.references import unknown_references
from quizforge.loading.texts import blank_problems, image_problems, text_problems
from quizforge.loading.translate import did_you_mean
from quizforge.model.codes.generation import OPTIONS_TOO_CLOSE, UNEXPLAINED_DISTRACTOR
from quizforge.model.codes.structure import UNKNOWN_KEY
from quizforge.model.diagnostic import Code, Path, Problem
from quizforge.model.fields import Tolerance
from quizforge.model.item_model import ItemModel
from quizforge.model.question import QUESTION_TYPES, Question
from quizforge.model.questions.base import BaseQuestion
from quizforge.model.questions.cloze import Cloze
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.questions.numerical import Numerical, NumericalAnswer
from quizforge.model.questions.option import Choice
from quizforge.model.questions.short_answer import ShortAnswer
from quizforge.model.questions.single_choice import SingleChoice

_NUMBER = re.compile(r"(?<![\w.])[-+\N{MINUS SIGN}]?\d+(?:\.\d+)?(?![\w.]*\d)", re.ASCII)
_MOST_DIGITS = 40
_LONGEST_NUMBER_OPTION = 200  # longer ones are sentences, and the pattern takes quadratic time


@dataclass(frozen=True)
class Surroundings:
    """What a question of a bank is read with.

    Attributes:
        defaults: Fields that the bank sets, as they stand in the file.
        known: The ids of each section.
        pictures: The images of the bank.
        base: Folder of the model's file inside the bank.
        language: Of the bank, BCP 47.
    """

    defaults: Mapping[str, Any]
    known: Mapping[str, frozenset[str]]
    pictures: Pictures
    base: str
    language: str


def variant_problems(expansion: Expansion, surroundings: Surroundings) -> list[Problem]:
    """What is wrong with the variants of a model.

    Returns:
        Problems counted from the model's entry; one for each place and code, whatever the number of
        variants that have it.
    """
    first: dict[tuple[Path, Code], tuple[Problem, Variant]] = {}
    counts: dict[tuple[Path, Code], set[str]] = {}
    for variant in expansion.variants:
        for problem in _problems(variant, expansion.model.apart, surroundings):
            key = (problem.at, problem.code)
            first.setdefault(key, (problem, variant))
            counts.setdefault(key, set()).add(variant.id)
    return [_told(problem, variant, len(counts[key])) for key, (problem, variant) in first.items()]


def example(expansion: Expansion, defaults: Mapping[str, Any]) -> Question | None:
    """The first variant as a question; None where there is none. Its fields are those of the model."""
    for variant in expansion.variants[:1]:
        return decode(QUESTION_TYPES[variant.tree["type"]], {**defaults, **variant.tree}).entry
    return None


def structure_problems(expansion: Expansion) -> list[Problem]:
    """What is wrong with the keys of a model that has no variants to look at."""
    model = expansion.model
    tree = {"id": model.id, **model.question}
    decoded = decode(QUESTION_TYPES[model.question["type"]], tree)
    return [_with_hint(problem) for problem in decoded.problems if not _is_template(_at(tree, problem.at))]


def _problems(variant: Variant, apart: Tolerance, surroundings: Surroundings) -> Iterator[Problem]:
    cls: type[BaseQuestion] = QUESTION_TYPES[variant.tree["type"]]
    decoded = decode(cls, {**surroundings.defaults, **variant.tree})
    yield from map(_with_hint, decoded.problems)
    question: Any = decoded.entry
    if question is None:
        return
    yield from failed_invariants(question, cls.invariants, broken=decoded.broken)
    if decoded.broken:
        return
    yield from unknown_references("questions", question, surroundings.known)
    yield from text_problems(question, surroundings.language)
    yield from image_problems(question, surroundings.pictures, surroundings.base)[1]
    if isinstance(question, Cloze):
        yield from blank_problems(question)
    yield from _too_close(question, apart)
    yield from _unexplained(question)


def _with_hint(problem: Problem) -> Problem:
    """A key that is unknown to the question may be a misspelt one of the model."""
    if problem.code is not UNKNOWN_KEY or len(problem.at) != 1:
        return problem
    near = did_you_mean(str(problem.at[0]), tuple(ItemModel.model_fields))
    return replace(problem, hint=near) if near else problem


def _told(problem: Problem, variant: Variant, count: int) -> Problem:
    """A problem of a variant as one of the model, with the values that bring it about."""
    others = f" and {count - 1:,} more" if count > 1 else ""
    rendered = variant.texts.get(problem.at) or variant.texts.get(problem.at[:-1])
    span = rendered.source(problem.span) if rendered and problem.span else None
    return Problem(
        problem.code,
        f"{problem.message} (in the variant {variant.values}{others})",
        problem.at,
        hint=problem.hint,
        span=span,
        severity=problem.severity,
        on_key=problem.on_key,
    )


def _is_template(value: object) -> bool:
    return isinstance(value, str) and ("<<" in value or "<%" in value)


def _at(tree: Any, path: Path) -> object:  # noqa: ANN401  # a plain tree
    for step in path:
        if isinstance(tree, dict):
            tree = tree.get(step)
        elif isinstance(tree, list) and isinstance(step, int) and step < len(tree):
            tree = tree[step]
        else:
            return None
    return tree


# Options that nearly agree ------------------------------------------------------------------------------------


def _too_close(question: Question, apart: Tolerance) -> Iterator[Problem]:
    if isinstance(question, (SingleChoice, MultipleAnswer)):
        yield from _close_choices(question.choices, ("choices",), apart)
    elif isinstance(question, Numerical):
        yield from _close_answers(question.answers, ("answers",))
    elif isinstance(question, Cloze):
        for name, blank in question.blanks.items():
            yield from _close_choices(blank.choices, ("blanks", name, "choices"), apart)


def _close_choices(choices: Sequence[Choice], at: Path, apart: Tolerance) -> Iterator[Problem]:
    """Choices whose only number is nearly the same, with the same words around it."""
    groups: dict[str, list[tuple[Fraction, int]]] = {}
    for index, choice in enumerate(choices):
        found = _only_number(choice.text)
        if found is not None:
            groups.setdefault(found[0], []).append((found[1], index))
    for numbers in groups.values():
        numbers.sort()
        for (low, before), (high, behind) in pairwise(numbers):
            largest = max(abs(low), abs(high))
            least = largest * Fraction(apart.amount) / 100 if apart.percent else Fraction(apart.amount)
            if low < high and high - low <= least:
                first, second = sorted((before, behind))
                twins = f"'{choices[second].text}', nearly equals choice {first + 1}, '{choices[first].text}'"
                message = f"choice {second + 1}, {twins}"
                hint = f"leave the case out with a condition; numbers are to be {apart} apart (key 'apart')"
                yield Problem(OPTIONS_TOO_CLOSE, message, (*at, second, "text"), hint=hint)


def _only_number(text: str) -> tuple[str, Fraction] | None:
    if len(text) > _LONGEST_NUMBER_OPTION:
        return None
    found = _NUMBER.findall(text)
    if len(found) != 1 or len(found[0]) > _MOST_DIGITS:
        return None
    return _NUMBER.sub("#", text), Fraction(found[0].replace("\N{MINUS SIGN}", "-"))


def _close_answers(answers: Sequence[NumericalAnswer], at: Path) -> Iterator[Problem]:
    """Answers of different credit that one response can meet both."""
    order = sorted(range(len(answers)), key=lambda index: answers[index].value)
    for before, behind in pairwise(order):
        low, high = answers[before], answers[behind]
        reach = low.tolerance.around(low.value) + high.tolerance.around(high.value)
        if low.credit != high.credit and Fraction(high.value) - Fraction(low.value) <= reach:
            first, second = sorted((before, behind))
            twins = f"{answers[second].value}, cannot be told from answer {first + 1}, {answers[first].value}"
            message = f"answer {second + 1}, {twins}"
            hint = "leave the case out with a condition, or narrow the tolerances"
            yield Problem(OPTIONS_TOO_CLOSE, message, (*at, second, "value"), hint=hint)


# Distractors without a reason ---------------------------------------------------------------------------------


def _unexplained(question: Question) -> Iterator[Problem]:
    for at, wrong in _wrong(question):
        if wrong.misconception is None and wrong.feedback is None:
            message = "a wrong answer rests on no misconception and has no feedback"
            hint = "name the 'misconception', or say in 'feedback' which error leads to it"
            yield Problem(UNEXPLAINED_DISTRACTOR, message, at, hint=hint)


def _wrong(question: Question) -> Iterator[tuple[Path, Any]]:
    if isinstance(question, (SingleChoice, MultipleAnswer)):
        yield from _wrong_choices(question.choices, ("choices",))
    elif isinstance(question, (ShortAnswer, Numerical)):
        yield from _wrong_answers(question.answers)
    elif isinstance(question, Cloze):
        for name, blank in question.blanks.items():
            yield from _wrong_choices(blank.choices, ("blanks", name, "choices"))


def _wrong_choices(choices: Iterable[Choice], at: Path) -> Iterator[tuple[Path, Choice]]:
    yield from (((*at, index), choice) for index, choice in enumerate(choices) if not choice.correct)


def _wrong_answers(answers: Iterable[Any]) -> Iterator[tuple[Path, Any]]:
    yield from ((("answers", index), answer) for index, answer in enumerate(answers) if answer.credit <= 0)
