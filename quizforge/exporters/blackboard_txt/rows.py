"""What each question becomes in Blackboard's text file: the fields of one row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from typing_extensions import assert_never

from quizforge.exporters.arrange import choice_order, left_order
from quizforge.exporters.itemwise import Pen, only_the_key, refuse_twins
from quizforge.exporters.numbers import as_decimal, plain_number
from quizforge.formats import blackboard_txt as bb
from quizforge.markup import blank_names
from quizforge.model.codes.fidelity import FIELD_DROPPED, SCORE_LOWERED
from quizforge.model.diagnostic import Path
from quizforge.model.question import Question
from quizforge.model.questions.cloze import Blank, Cloze
from quizforge.model.questions.essay import Essay
from quizforge.model.questions.information import Information
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.questions.numerical import Numerical
from quizforge.model.questions.ordering import Ordering
from quizforge.model.questions.short_answer import ShortAnswer, has_wildcard
from quizforge.model.questions.single_choice import SingleChoice
from quizforge.model.questions.true_false import TrueFalse
from quizforge.model.quiz import Item

Fields = tuple[str, ...]

_BRACKETS: Final = re.compile(r"\[[^\[\]]*\]")
_FULL_ONLY: Final = "only the fully right answer earns points, unless partial credit is turned on in Blackboard"


def row_of(item: Item, question: Question, pen: Pen) -> Fields:
    """The row of a question that Blackboard can hold; what it cannot is refused or reported."""
    fields = _fields(item, question, pen)
    if any(bb.READ_AS_HTML.search(field) for field in fields):
        pen.refuse(
            "a text holds what Blackboard may take for HTML",
            hint="write '<' with a blank behind it, or choose a QTI package",
        )
    if len(fields) > 2 + 2 * bb.MAX_ANSWERS:
        pen.refuse(f"Blackboard takes {bb.MAX_ANSWERS} answers")
    return fields


def _fields(item: Item, question: Question, pen: Pen) -> Fields:  # noqa: C901, PLR0911  # one case for each type
    match question:
        case SingleChoice():
            return ("MC", pen.stem_line(item, question), *_choices(question, pen))
        case MultipleAnswer():
            return ("MA", pen.stem_line(item, question), *_choices(question, pen))
        case TrueFalse():
            return ("TF", pen.stem_line(item, question), bb.TRUE if question.answer else bb.FALSE)
        case ShortAnswer():
            return ("FIB", pen.stem_line(item, question), *_typed(question, ("answers",), pen))
        case Numerical():
            return ("NUM", f"{pen.stem_line(item, question)}{pen.unit_line(question)}", *_number(question, pen))
        case Matching():
            return ("MAT", pen.stem_line(item, question), *_pairs(question, pen))
        case Ordering():
            return ("ORD", pen.stem_line(item, question), *_items(question, pen))
        case Cloze():
            return ("FIB_PLUS", _stem_with_blanks(item, question, pen), *_blanks(question, pen))
        case Essay():
            return ("ESS", pen.stem_line(item, question), *_example(question, pen))
        case Information():
            raise TypeError(question.type)
        case _:
            assert_never(question)


def _choices(question: SingleChoice | MultipleAnswer, pen: Pen) -> Iterator[str]:
    if isinstance(question, SingleChoice):
        only_the_key(question, pen)
    else:
        _report_partial(question.scoring, pen)
    texts = [pen.line(choice.text, ("choices", index, "text")) for index, choice in enumerate(question.choices)]
    refuse_twins(texts, pen, ("choices",))
    for index in choice_order(question.choices, (pen.bank.id, question.id), shuffle=question.shuffle):
        yield texts[index]
        yield bb.CORRECT if question.choices[index].correct else bb.INCORRECT


def _report_partial(scoring: str, pen: Pen) -> None:
    if scoring != "all_or_nothing":
        pen.report(SCORE_LOWERED, _FULL_ONLY, ("scoring",))


def _typed(entry: ShortAnswer | Blank, at: Path, pen: Pen) -> list[str]:
    """The texts that earn everything; patterns and answers that earn less have no place."""
    if entry.case_sensitive:
        pen.refuse("upper and lower case would not matter", at[:-1])
    texts = []
    for index, answer in enumerate(entry.answers):
        if answer.credit == 100 and not has_wildcard(answer.text):
            texts.append(" ".join(answer.text.replace("\\*", "*").split()))
        elif answer.credit > 0:
            message = "only an answer without '*' that earns everything is kept; this one earns nothing"
            pen.report(SCORE_LOWERED, message, (*at, index))
        else:
            pen.report(FIELD_DROPPED, "an answer that earns nothing is left out", (*at, index))
    if not texts:
        pen.refuse("no answer without '*' earns everything", at)
    return texts


def _number(question: Numerical, pen: Pen) -> Iterator[str]:
    at = next(index for index, answer in enumerate(question.accepted) if answer.credit == 100)
    if any(answer.credit > 0 for index, answer in enumerate(question.accepted) if index != at):
        pen.report(SCORE_LOWERED, "Blackboard takes one number; the others earn nothing", ("answers",))
    best = question.accepted[at]
    value, tolerance = plain_number(best.value), plain_number(as_decimal(best.tolerance.around(best.value)))
    if "e" in value or "e" in tolerance:
        pen.refuse("a number that is written with an exponent")
    yield value
    if tolerance != "0":
        yield tolerance


def _items(question: Ordering, pen: Pen) -> list[str]:
    """In the right order; Blackboard shuffles them."""
    _report_partial(question.scoring, pen)
    texts = [pen.line(entry.text, ("items", index, "text")) for index, entry in enumerate(question.items)]
    refuse_twins(texts, pen, ("items",))
    return texts


def _pairs(question: Matching, pen: Pen) -> Iterator[str]:
    """Blackboard shuffles both sides; each right side must belong to one left side."""
    _report_partial(question.scoring, pen)
    rights = [pen.line(pair.right, ("pairs", index, "right")) for index, pair in enumerate(question.pairs)]
    if len({right.casefold() for right in rights}) < len(rights):
        pen.refuse("two left sides have the same right side", ("pairs",))
    lefts = [pen.line(pair.left, ("pairs", index, "left")) for index, pair in enumerate(question.pairs)]
    refuse_twins(lefts, pen, ("pairs",))
    for index in left_order(question, pen.bank.id):
        yield lefts[index]
        yield rights[index]


def _blanks(question: Cloze, pen: Pen) -> list[str]:
    """Blanks to type in, each with its accepted texts, parted by an empty field."""
    blanks = question.blanks
    if len(blanks) > bb.MAX_VARIABLES:
        pen.refuse(f"Blackboard takes {bb.MAX_VARIABLES} blanks", ("blanks",))
    if any(blank.kind != "text" for blank in blanks.values()):
        pen.refuse("a blank that is no text to type", ("blanks",))
    if len({blank.weight for blank in blanks.values()}) > 1:
        pen.refuse("its blanks would weigh the same", ("blanks",))
    pen.report(SCORE_LOWERED, _FULL_ONLY, ("blanks",))
    fields: list[str] = []
    for name, blank in blanks.items():
        fields += (*([""] if fields else []), name, *_typed(blank, ("blanks", name, "answers"), pen))
    return fields


def _stem_with_blanks(item: Item, question: Cloze, pen: Pen) -> str:
    """The stem with ``[name]`` for each blank; other brackets would be taken for blanks."""
    line = pen.stem_line(item, question)
    for name, _, _ in blank_names(question.stem):
        line = line.replace(f"[[{name}]]", bb.variable(name), 1)
    if sorted(_BRACKETS.findall(line)) != sorted(map(bb.variable, question.blanks)):
        pen.refuse("brackets in its text would be taken for blanks", ("stem",))
    return line


def _example(question: Essay, pen: Pen) -> Iterator[str]:
    if question.model_answer is not None:
        yield pen.line(question.model_answer, ("model_answer",), block=True)
