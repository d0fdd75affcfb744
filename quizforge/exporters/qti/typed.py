"""Questions whose answer is typed: short_answer and numerical, and the blanks of a cloze that are like them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from html import escape

from quizforge.exporters.arrange import answer_order
from quizforge.exporters.numbers import as_decimal, plain_number, significant_digits
from quizforge.exporters.qti.item import Body, Entry, Feedback, declare
from quizforge.exporters.qti.marks import number
from quizforge.exporters.qti.patterns import BLANK, accepts_nothing, fits, pattern
from quizforge.exporters.qti.pen import Pen
from quizforge.exporters.qti.tags import Branch
from quizforge.formats.qti import FEEDBACK, RESPONSE, SCORE
from quizforge.model.codes.fidelity import NUMBER_ROUNDED
from quizforge.model.diagnostic import Path
from quizforge.model.questions.base import clip
from quizforge.model.questions.numerical import Numerical, NumericalAnswer
from quizforge.model.questions.short_answer import Answer, ShortAnswer, has_wildcard, literal, matches

Earn = Callable[[Fraction], str]
"""The rule that gives a share of what a question or a blank is worth."""

_FLOAT_DIGITS = 15
"""Decimals with so many digits are told apart as double-precision floats (IEEE 754)."""

_WIDTH = 40
"""Characters that a box has room for; the same for all, since its width must not tell the answer's length."""


def entry(identifier: str, pen: Pen) -> str:
    """A box to type into."""
    return pen.tags("textEntryInteraction", responseIdentifier=identifier, expectedLength=str(_WIDTH))


def short_answer(question: ShortAnswer, stem: str, pen: Pen) -> Body:
    """A text; the best answer that fits counts."""
    tags, points = pen.tags, Fraction(question.max_points)
    at: Path = ()
    declaration = text_declaration(RESPONSE, question.answers, points, at, pen, case_sensitive=question.case_sensitive)

    def earn(share: Fraction) -> str:
        return tags.set(SCORE, tags.base("float", number(share * points)))

    branches, replies = text_branches(
        RESPONSE, FEEDBACK, question.answers, earn, pen, case_sensitive=question.case_sensitive
    )
    return _typed(stem, "", declaration, branches, replies, pen)


def numerical(question: Numerical, stem: str, pen: Pen) -> Body:
    """A number; the unit stands behind the box."""
    tags, points = pen.tags, Fraction(question.max_points)
    accepted = question.accepted

    def earn(share: Fraction) -> str:
        return tags.set(SCORE, tags.base("float", number(share * points)))

    paths: list[Path] = [("answers", index) if question.answers else () for index in range(len(accepted))]
    branches, replies = number_branches(RESPONSE, FEEDBACK, accepted, earn, paths, pen)
    unit = unit_of(question.unit, pen)
    return _typed(stem, unit, number_declaration(RESPONSE, accepted, pen), branches, replies, pen)


def unit_of(unit: str | None, pen: Pen) -> str:
    """The unit, to stand behind a box."""
    return "" if unit is None else f"\N{NO-BREAK SPACE}{escape(pen.writable(unit.strip(), ('unit',)), quote=False)}"


def _typed(  # the parts of one item
    stem: str, unit: str, declaration: str, branches: Sequence[Branch], replies: Sequence[Feedback], pen: Pen
) -> Body:
    tags = pen.tags
    html = f"{stem}\n<p>{entry(RESPONSE, pen)}{unit}</p>"
    none = tags.set(SCORE, tags.base("float", "0"))
    rules = tags.condition([(tags.is_null(RESPONSE), none), *branches], none)
    return Body(html, declaration, rules, feedback=tuple(replies))


def text_declaration(  # what the declaration is made of
    identifier: str, answers: Sequence[Answer], worth: Fraction, at: Path, pen: Pen, *, case_sensitive: bool
) -> str:
    """The response variable of a text, with a mapping for those readers that take no patterns."""
    entries = [
        Entry(pen.writable(literal(answer.text), (*at, "answers", index, "text")), share * worth, case_sensitive)
        for index, answer in enumerate(answers)
        if (share := Fraction(answer.credit) / 100) > 0 and not has_wildcard(answer.text)
    ]
    example = _example(answers, case_sensitive=case_sensitive)
    for index, answer in enumerate(answers):
        pen.writable(answer.text, (*at, "answers", index, "text"))
    return declare(pen.tags, identifier, kind="string", correct=[example] if example else [], entries=entries)


def _example(answers: Sequence[Answer], *, case_sensitive: bool) -> str:
    """A right answer to show: one without a wildcard if there is any, else one with the wildcards left out."""
    right = sorted((answer for answer in answers if answer.credit == 100), key=lambda each: has_wildcard(each.text))
    text = literal(right[0].text)
    if has_wildcard(right[0].text):
        short = right[0].text.replace("\\*", "\0").replace("*", "").replace("\0", "*").strip()
        return short if matches(right[0].text, short, case_sensitive=case_sensitive) else text
    return text


def text_branches(  # what the branches are made of
    identifier: str, outcome: str, answers: Sequence[Answer], earn: Earn, pen: Pen, *, case_sensitive: bool
) -> tuple[list[Branch], list[Feedback]]:
    """What each answer earns and is told, the best first; of equal ones those without wildcards."""
    tags = pen.tags
    branches: list[Branch] = []
    replies: list[Feedback] = []
    if any(accepts_nothing(answer, case_sensitive=case_sensitive) for answer in answers):
        branches.append((fits(tags, identifier, BLANK), earn(Fraction(0))))
    for index in answer_order(answers):
        answer = answers[index]
        found = pen.reply(outcome, f"answer_{index + 1}", answer.feedback, answer.misconception)
        share = clip(Fraction(answer.credit) / 100)
        if share or found:
            test = fits(tags, identifier, pattern(answer, case_sensitive=case_sensitive))
            branches.append((test, earn(share) + _telling(found, pen)))
            replies += found
    return branches, replies


def number_declaration(identifier: str, answers: Sequence[NumericalAnswer], pen: Pen) -> str:
    """The response variable of a number."""
    right = next(answer.value for answer in answers if answer.credit == 100)
    return declare(pen.tags, identifier, kind="float", correct=[plain_number(right)])


def number_branches(  # what the branches are made of
    identifier: str,
    outcome: str,
    answers: Sequence[NumericalAnswer],
    earn: Earn,
    paths: Sequence[Path],
    pen: Pen,
) -> tuple[list[Branch], list[Feedback]]:
    """What each number earns and is told, the best first."""
    tags, response = pen.tags, pen.tags.variable(identifier)
    branches: list[Branch] = []
    replies: list[Feedback] = []
    for index in sorted(range(len(answers)), key=lambda index: -answers[index].credit):
        answer = answers[index]
        found = pen.reply(outcome, f"answer_{index + 1}", answer.feedback, answer.misconception)
        share = clip(Fraction(answer.credit) / 100)
        if share or found:
            low, high = (tags.base("float", plain_number(end)) for end in _ends(answer, paths[index], pen))
            test = tags("and", tags("gte", response + low) + tags("lte", response + high))
            branches.append((test, earn(share) + _telling(found, pen)))
            replies += found
    return branches, replies


def _ends(answer: NumericalAnswer, at: Path, pen: Pen) -> tuple[Decimal, Decimal]:
    """The lowest and the highest number that an answer accepts."""
    value, distance = Fraction(answer.value), answer.tolerance.around(answer.value)
    low, high = as_decimal(value - distance), as_decimal(value + distance)
    if any(significant_digits(end) > _FLOAT_DIGITS for end in (low, high)):
        message = f"players keep {_FLOAT_DIGITS} significant digits of the numbers around {answer.value}"
        pen.report(NUMBER_ROUNDED, message, at)
    return low, high


def _telling(found: Sequence[Feedback], pen: Pen) -> str:
    return "".join(pen.tags.set(each.outcome, pen.tags.base("identifier", each.identifier)) for each in found)
