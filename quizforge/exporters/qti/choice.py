"""Questions with options to choose: single_choice, multiple_answer and true_false."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from quizforge.exporters.arrange import choice_order
from quizforge.exporters.idents import DigitIdents
from quizforge.exporters.numbers import plain_number
from quizforge.exporters.qti.item import Body, Entry, Feedback, choose_by_response, declare, final_score
from quizforge.exporters.qti.marks import marks
from quizforge.exporters.qti.pen import Pen
from quizforge.formats.qti import FEEDBACK, RESPONSE, SCORE
from quizforge.model.arrangement import in_numeric_order
from quizforge.model.questions.base import BaseQuestion
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.questions.option import Choice
from quizforge.model.questions.single_choice import SingleChoice
from quizforge.model.questions.true_false import TrueFalse

_NONE = Decimal(0)


def identifiers(choices: Sequence[Choice], *scope: str) -> list[str]:
    """Identifiers of options, which stay the same when others are added, and tell nothing."""
    idents = DigitIdents()
    return ["c" + idents.new(*scope, choice.id or choice.text) for choice in choices]


def shuffles(choices: Sequence[Choice], *, shuffle: bool) -> bool:
    """Whether a player may shuffle options; numbers that rise or fall stay in their order."""
    return shuffle and not in_numeric_order([choice.text for choice in choices if choice.pin is None])


def single_choice(question: SingleChoice, stem: str, pen: Pen) -> Body:
    """One option of several; what it earns stands in the mapping."""
    names = identifiers(question.choices)
    points = Fraction(question.max_points)
    earned = (
        (name, Fraction(1) if choice.correct else Fraction(choice.credit or 0) / 100)
        for name, choice in zip(names, question.choices, strict=True)
    )
    entries = [Entry(name, share * points) for name, share in earned if share > 0]
    declaration = declare(pen.tags, RESPONSE, kind="identifier", correct=[names[question.key]], entries=entries)
    html = stem + _options(question, names, pen, most=1)
    return _chosen(html, declaration, _replies(question.choices, names, pen), pen)


def true_false(question: TrueFalse, stem: str, pen: Pen) -> Body:
    """Two options in fixed order."""
    right = "true" if question.answer else "false"
    entries = [Entry(right, Fraction(question.max_points))]
    declaration = declare(pen.tags, RESPONSE, kind="identifier", correct=[right], entries=entries)
    verdicts = ((True, "true", question.feedback_true), (False, "false", question.feedback_false))
    options, replies = "", []
    for verdict, name, feedback in verdicts:
        options += pen.tags("simpleChoice", pen.dialect.escape(pen.words[f"common.{name}"]), identifier=name) + "\n"
        misconception = None if verdict == question.answer else question.misconception
        replies += pen.reply(FEEDBACK, name, feedback, misconception)
    html = stem + _interaction(options, pen, shuffle=False, most=1)
    return _chosen(html, declaration, replies, pen)


def multiple_answer(question: MultipleAnswer, stem: str, pen: Pen) -> Body:
    """Any options; what single ticks earn adds up, or only all keys and nothing else earn."""
    tags, names = pen.tags, identifiers(question.choices)
    keys = sorted(question.keys)
    html = stem + _options(question, names, pen, most=0)
    replies = _replies(question.choices, names, pen)
    correct = [names[index] for index in keys]
    several = frozenset({FEEDBACK})
    if question.scoring == "all_or_nothing":
        declaration = declare(tags, RESPONSE, kind="identifier", cardinality="multiple", correct=correct)
        return matched(html, declaration, replies, question, pen, several=several)
    shares = _shares(question)
    found = marks(shares, keys, question.max_points)
    entries = [Entry(name, mark) for name, mark in zip(names, found.each, strict=True) if mark]
    declaration = declare(
        tags,
        RESPONSE,
        kind="identifier",
        cardinality="multiple",
        correct=correct,
        entries=entries or [Entry(correct[0], Fraction(0))],
        lowest=Fraction(0),
        highest=found.top,
    )
    score = final_score(tags, found, question.max_points, tags("mapResponse", identifier=RESPONSE))
    rules = choose_by_response(tags, score, feedback=bool(replies))
    template = "map_response" if found.divisor is None else None
    return Body(html, declaration, rules, template, tuple(replies), several)


def _shares(question: MultipleAnswer) -> list[Fraction]:
    """What ticking each option adds, as a share of the points; the sum is clipped by the mapping's bounds."""
    indices = range(len(question.choices))
    if question.scoring == "per_option":
        return [question.credit_of(index) for index in indices]
    keys = question.keys
    others = len(keys) if question.scoring == "plus_minus" else len(question.choices) - len(keys)
    return [Fraction(1, len(keys)) if index in keys else -Fraction(1, others) for index in indices]


def matched(  # the parts of one item
    html: str,
    declaration: str,
    replies: Sequence[Feedback],
    question: BaseQuestion,
    pen: Pen,
    *,
    several: frozenset[str] = frozenset(),
) -> Body:
    """An item that earns all points for exactly the right response, and nothing for any other."""
    tags = pen.tags
    test = tags("match", tags.variable(RESPONSE) + tags("correct", identifier=RESPONSE))
    all_of_it, none = (tags.set(SCORE, tags.base("float", plain_number(mark))) for mark in (question.max_points, _NONE))
    rules = choose_by_response(tags, tags.condition([(test, all_of_it)], none), feedback=bool(replies))
    return Body(
        html, declaration, rules, "match_correct" if question.max_points == 1 else None, tuple(replies), several
    )


def _chosen(html: str, declaration: str, replies: Sequence[Feedback], pen: Pen) -> Body:
    score = pen.tags.set(SCORE, pen.tags("mapResponse", identifier=RESPONSE))
    rules = choose_by_response(pen.tags, score, feedback=bool(replies))
    return Body(html, declaration, rules, "map_response", tuple(replies))


def _replies(choices: Sequence[Choice], names: Sequence[str], pen: Pen) -> list[Feedback]:
    return [
        found
        for name, choice in zip(names, choices, strict=True)
        for found in pen.reply(FEEDBACK, name, choice.feedback, choice.misconception)
    ]


def _options(question: SingleChoice | MultipleAnswer, names: Sequence[str], pen: Pen, *, most: int) -> str:
    choices = question.choices
    shuffle = shuffles(choices, shuffle=question.shuffle)
    order = choice_order(choices, (pen.bank.id, question.id), shuffle=question.shuffle)
    written = "".join(
        pen.tags(
            "simpleChoice",
            pen.shown_inline(choices[index].text),
            identifier=names[index],
            fixed="true" if shuffle and choices[index].pin else None,
        )
        + "\n"
        for index in order
    )
    return _interaction(written, pen, shuffle=shuffle, most=most)


def _interaction(options: str, pen: Pen, *, shuffle: bool, most: int) -> str:
    return "\n" + pen.tags(
        "choiceInteraction",
        f"\n{options}",
        responseIdentifier=RESPONSE,
        shuffle=str(shuffle).lower(),
        maxChoices=str(most),
    )
