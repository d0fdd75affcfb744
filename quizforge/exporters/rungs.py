"""The rungs of the ladder: one question type written as another.

A rung keeps the score of every response, or lowers it and says so. Everything that is common to all
types goes along; what a rung adds to a stem is Markdown, as if the author had written it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from string import ascii_uppercase
from typing import Any, TypeVar

from quizforge.exporters.arrange import choice_order, left_order, right_order
from quizforge.exporters.words import Words
from quizforge.markup import blank_names
from quizforge.model.arrangement import ArrangedMatching, ArrangedOrdering, arranged
from quizforge.model.codes.fidelity import FIELD_DROPPED, SCORE_LOWERED
from quizforge.model.diagnostic import Problem
from quizforge.model.question import Question, type_name
from quizforge.model.questions.base import BaseQuestion, CommonFields
from quizforge.model.questions.cloze import Cloze
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.questions.numerical import Numerical, NumericalAnswer, read_number
from quizforge.model.questions.option import Choice
from quizforge.model.questions.ordering import Ordering
from quizforge.model.questions.short_answer import ShortAnswer
from quizforge.model.questions.single_choice import SingleChoice
from quizforge.model.questions.true_false import TrueFalse

LETTERS = len(ascii_uppercase)
"""How many options can be named by one letter."""

_BLANK = "answer"
_GAP = r"\_\_\_\_"
_FULL = Decimal(100)

Q = TypeVar("Q", bound=BaseQuestion)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a rung is told about the question's surroundings.

    Attributes:
        bank: Id of the bank; seeds the order of lists.
        words: For texts that a rung adds.
    """

    bank: str
    words: Words


@dataclass(frozen=True, slots=True)
class Rung:
    """A question one rung lower.

    Attributes:
        question: Of another type.
        translate: From a response to the question above to the same one here; None stays None.
        problems: What is lost, without subjects.
    """

    question: Question
    translate: Callable[[Any], Any]
    problems: tuple[Problem, ...] = ()


def joined(upper: Rung, lower: Rung) -> Rung:
    """Two rungs as one."""
    return Rung(
        lower.question,
        lambda response: lower.translate(upper.translate(response)),
        (*upper.problems, *lower.problems),
    )


def true_false_to_single_choice(question: TrueFalse, setting: Setting) -> Rung:
    """Two options in fixed order, the words for true and false."""
    verdicts = (
        (True, setting.words["common.true"], question.feedback_true),
        (False, setting.words["common.false"], question.feedback_false),
    )
    choices = [
        Choice(
            text=text,
            correct=verdict == question.answer,
            feedback=feedback,
            misconception=None if verdict == question.answer else question.misconception,
        )
        for verdict, text, feedback in verdicts
    ]
    lowered = _remake(SingleChoice, question, choices=choices, shuffle=False)
    return Rung(lowered, lambda verdict: None if verdict is None else int(not verdict))


def single_choice_to_cloze(question: SingleChoice) -> Rung:
    """The stem, and one blank to choose for."""
    return Rung(
        _with_one_blank(question, {"choices": question.choices}),
        lambda index: None if index is None else {_BLANK: index},
    )


def short_answer_to_cloze(question: ShortAnswer) -> Rung:
    """The stem, and one blank to fill in."""
    blank = {"answers": question.answers, "case_sensitive": question.case_sensitive}
    return Rung(_with_one_blank(question, blank), lambda response: None if response is None else {_BLANK: response})


def numerical_to_cloze(question: Numerical) -> Rung:
    """The stem, and one blank for a number; a blank has one accepted number."""
    kept = next(answer for answer in question.accepted if answer.credit == _FULL)
    blank = {
        "answer": kept.value,
        "tolerance": kept.tolerance,
        "unit": question.unit,
        "feedback": kept.feedback,
        "misconception": kept.misconception,
    }
    return Rung(
        _with_one_blank(question, blank),
        lambda response: None if response is None else {_BLANK: response},
        _other_numbers_lost([answer for answer in question.accepted if answer is not kept]),
    )


def _other_numbers_lost(others: Sequence[NumericalAnswer]) -> tuple[Problem, ...]:
    if any(answer.credit > 0 for answer in others):
        return (Problem(SCORE_LOWERED, "a blank accepts one number; the others earn nothing", ("answers",)),)
    if others:
        return (Problem(FIELD_DROPPED, "left out: answers that earn nothing, with their feedback", ("answers",)),)
    return ()


def numerical_to_short_answer(question: Numerical) -> Rung:
    """The numbers as texts, in the ways in which they are usually written."""
    answers = [
        {"text": text, "credit": answer.credit, "feedback": answer.feedback, "misconception": answer.misconception}
        for answer in question.accepted
        for text in spellings(answer.value, question.unit)
    ]
    message = "a number is compared as a text: what lies within the tolerance, or is written otherwise, earns nothing"
    return Rung(_remake(ShortAnswer, question, answers=_distinct(answers)), _same, (Problem(SCORE_LOWERED, message),))


def spellings(value: Decimal, unit: str | None) -> list[str]:
    """A number in the ways in which it is usually written, with and without its unit, as patterns of a short answer."""
    digits = format(value, "f")
    short = digits.rstrip("0").rstrip(".") if "." in digits else digits
    numbers = [str(value), digits, short, digits.replace(".", ","), short.replace(".", ",")]
    texts = [number for number in dict.fromkeys(numbers) if number and read_number(number) == value]
    return texts if unit is None else [*texts, *(f"{text} {unit}".replace("*", r"\*") for text in texts)]


def _distinct(answers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    first: dict[str, dict[str, Any]] = {}
    for answer in sorted(answers, key=lambda answer: -answer["credit"]):
        first.setdefault(answer["text"].casefold(), answer)
    return list(first.values())


def multiple_answer_to_matching(question: MultipleAnswer, setting: Setting) -> Rung:
    """Yes or no for each option, all or nothing."""
    yes, no = setting.words["lower.yes"], setting.words["lower.no"]
    pairs = [
        {
            "left": choice.text,
            "right": yes if choice.correct else no,
            "feedback": choice.feedback,
            "misconception": choice.misconception,
        }
        for choice in question.choices
    ]
    distractors = [] if len(question.keys) < len(question.choices) else [no]
    lowered = _remake(Matching, question, pairs=pairs, distractors=distractors, scoring="all_or_nothing")
    return Rung(
        lowered,
        lambda ticked: None if ticked is None else tuple(yes if index in ticked else no for index in range(len(pairs))),
        _partial_credit_lost(question),
    )


def multiple_answer_to_short_answer(question: MultipleAnswer, setting: Setting) -> Rung:
    """Lettered options in the stem; the letters of the keys are typed."""
    order = choice_order(question.choices, (setting.bank, question.id), shuffle=question.shuffle)
    letter = {index: ascii_uppercase[place] for place, index in enumerate(order)}
    listed = [f"({letter[index]}) {question.choices[index].text}" for index in order]
    key = sorted(letter[index] for index in question.keys)
    problems = _partial_credit_lost(question)
    if any(choice.feedback or choice.misconception for choice in question.choices):
        problems += (Problem(FIELD_DROPPED, "left out: choices.feedback, choices.misconception"),)
    lowered = _remake(
        ShortAnswer,
        question,
        stem=_listed(question.stem, listed, setting.words["lower.type_letters"]),
        answers=[joint.join(key) for joint in (("", " ", ",", ", ") if len(key) > 1 else ("",))],
    )
    return Rung(
        lowered,
        lambda ticked: None if ticked is None else "".join(sorted(letter[index] for index in ticked)),
        problems,
    )


def _partial_credit_lost(question: MultipleAnswer) -> tuple[Problem, ...]:
    if question.scoring == "all_or_nothing" or len(question.keys) == len(question.choices) == 1:
        return ()
    return (Problem(SCORE_LOWERED, "only the fully right answer earns points; part of it earns nothing", ("scoring",)),)


def matching_to_cloze(question: Matching, setting: Setting) -> Rung:
    """The left sides as a list, each with a blank to choose for; only for ``per_pair``."""
    order = left_order(question, setting.bank)
    rights = right_order(question, setting.bank)
    names = [f"pair_{index + 1}" for index in range(len(question.pairs))]
    comments = {distractor.text: distractor for distractor in question.distractors}
    blanks = {
        names[index]: {
            "choices": [
                {
                    "text": right,
                    "correct": right == question.pairs[index].right,
                    "feedback": comments[right].feedback if right in comments else None,
                    "misconception": comments[right].misconception if right in comments else None,
                }
                for right in rights
            ],
            "feedback": question.pairs[index].feedback,
            "misconception": question.pairs[index].misconception,
        }
        for index in order
    }
    lines = [
        f"({place + 1}) {_literal(question.pairs[index].left)}: [[{names[index]}]]" for place, index in enumerate(order)
    ]
    lowered = _remake(Cloze, question, stem=_listed(_literal(question.stem), lines), blanks=blanks, shuffle=False)

    def translate(response: tuple[str | None, ...] | None) -> dict[str, int] | None:
        if response is None:
            return None
        chosen = zip(names, response, strict=True)
        return {name: rights.index(right) for name, right in chosen if right is not None}

    return Rung(lowered, translate)


def matching_to_ordering(question: Matching, setting: Setting) -> Rung:
    """The left sides as a numbered list, the right sides to be brought into its order.

    Only for ``all_or_nothing`` without distractors and with distinct right sides: what is no
    rearrangement of them could not have earned anything.
    """
    order = left_order(question, setting.bank)
    pairs = [question.pairs[index] for index in order]
    listed = [f"({place + 1}) {pair.left}" for place, pair in enumerate(pairs)]
    items = [{"text": pair.right, "feedback": pair.feedback, "misconception": pair.misconception} for pair in pairs]
    lowered = _remake(
        Ordering,
        question,
        stem=_listed(question.stem, listed, setting.words["lower.bring_into_order"]),
        items=items,
        scoring="all_or_nothing",
        shuffle=True,
    )
    place = {pair.right: index for index, pair in enumerate(pairs)}
    shown: Question = lowered
    if isinstance(question, ArrangedMatching):
        shown = arranged(lowered, {"items": tuple(place[right] for right in question.shown)})

    def translate(response: tuple[str | None, ...] | None) -> tuple[int, ...] | None:
        if response is None:
            return None
        chosen = [response[index] for index in order]
        items_chosen = tuple(place[right] for right in chosen if right is not None)
        return items_chosen if len(set(items_chosen)) == len(pairs) else None

    return Rung(shown, translate)


def matching_to_short_answer(question: Matching, setting: Setting) -> Rung:
    """Numbered left sides and lettered right sides in the stem; the letters are typed in the order of the numbers.

    Only for ``all_or_nothing``.
    """
    order = left_order(question, setting.bank)
    letter = dict(zip(right_order(question, setting.bank), ascii_uppercase, strict=False))
    lefts = [f"({place + 1}) {question.pairs[index].left}" for place, index in enumerate(order)]
    rights = [f"({name}) {right}" for right, name in letter.items()]
    key = [letter[question.pairs[index].right] for index in order]
    lost = any(pair.feedback or pair.misconception for pair in question.pairs) or any(
        other.feedback or other.misconception for other in question.distractors
    )
    lowered = _remake(
        ShortAnswer,
        question,
        stem=_listed(question.stem, [*lefts, *rights], setting.words["lower.type_matches"]),
        answers=[joint.join(key) for joint in ("", " ", ",", ", ")],
    )

    def translate(response: tuple[str | None, ...] | None) -> str | None:
        if response is None:
            return None
        return "".join("-" if response[index] is None else letter[str(response[index])] for index in order)

    message = "left out: feedback and misconceptions of pairs and distractors"
    return Rung(lowered, translate, (Problem(FIELD_DROPPED, message),) if lost else ())


def ordering_to_matching(question: Ordering) -> Rung:
    """Each item is matched with the number of its place."""
    pairs = [
        {"left": item.text, "right": str(index + 1), "feedback": item.feedback, "misconception": item.misconception}
        for index, item in enumerate(question.items)
    ]
    scoring = "per_pair" if question.scoring == "position" else "all_or_nothing"
    lowered: Question = _remake(Matching, question, pairs=pairs, scoring=scoring, shuffle=True)
    order = tuple(range(len(pairs)))
    if isinstance(question, ArrangedOrdering):
        order = question.shown
        lowered = arranged(lowered, {"left": order})

    def translate(response: tuple[int, ...] | None) -> tuple[str | None, ...] | None:
        if response is None:
            return None
        place = {item: str(index + 1) for index, item in enumerate(response)}
        return tuple(place.get(index) for index in order)

    return Rung(lowered, translate)


def cloze_to_its_blank(question: Cloze) -> Rung:
    """A cloze with one blank as a question of the blank's kind; a line stands for the blank in the stem."""
    (name, blank), *_ = question.blanks.items()
    stem = _replaced(question.stem, lambda _: _GAP)
    lowered: Question
    if blank.kind == "choice":
        lowered = _remake(SingleChoice, question, stem=stem, choices=blank.choices, **_general(question))
    elif blank.kind == "text":
        lowered = _remake(
            ShortAnswer,
            question,
            stem=stem,
            answers=blank.answers,
            case_sensitive=blank.case_sensitive,
            **_general(question),
        )
    else:
        number = {"feedback": blank.feedback, "misconception": blank.misconception}
        answer = {"value": blank.number.value, "tolerance": blank.number.tolerance, **number}
        lowered = _remake(Numerical, question, stem=stem, answers=[answer], unit=blank.unit)
    problems: tuple[Problem, ...] = ()
    if blank.kind != "number" and blank.misconception is not None:
        problems = (Problem(FIELD_DROPPED, "left out: blanks.misconception", ("blanks", name)),)
    return Rung(lowered, lambda response: None if response is None else response.get(name), problems)


def _general(question: Cloze) -> dict[str, Any]:
    """The feedback of the only blank becomes part of the general feedback."""
    (blank,) = question.blanks.values()
    texts = [text for text in (question.feedback, blank.feedback) if text is not None]
    return {"feedback": "\n\n".join(texts)} if texts else {}


def _with_one_blank(question: SingleChoice | ShortAnswer | Numerical, blank: dict[str, Any]) -> Cloze:
    return _remake(Cloze, question, stem=f"{_literal(question.stem)}\n\n[[{_BLANK}]]", blanks={_BLANK: blank})


def _remake(target: type[Q], question: BaseQuestion, **fields: Any) -> Q:  # noqa: ANN401  # fields of any type
    """A question of another type with the common fields of this one.

    Validated like one from a file, so that a rung cannot make what no author could write.
    """
    common = question.model_fields_set & {*CommonFields.model_fields, "id", "title", "stem"}
    values = {name: getattr(question, name) for name in common}
    return target.model_validate({**values, **fields, "type": type_name(target)})


def _listed(stem: str, lines: Sequence[str], closing: str | None = None) -> str:
    """A stem followed by one paragraph for each line; a number or letter in front keeps Markdown from reading it."""
    lines = [line.replace("\n", " ") for line in lines]
    return "\n\n".join((stem, *lines) if closing is None else (stem, *lines, closing))


def _literal(text: str) -> str:
    r"""A text for a stem with blanks, in which its own ``[[name]]`` stay as they are."""
    return _replaced(text, lambda found: "\\" + found)


def _replaced(text: str, write: Callable[[str], str]) -> str:
    """A text in which each ``[[name]]`` outside code and maths is written anew."""
    for _, start, end in reversed(tuple(blank_names(text))):
        text = text[:start] + write(text[start:end]) + text[end:]
    return text


def _same(response: Any) -> Any:  # noqa: ANN401  # responses differ by question type
    return response
