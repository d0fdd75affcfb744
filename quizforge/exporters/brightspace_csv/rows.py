"""What each question becomes in Brightspace's CSV: a block of rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from typing_extensions import assert_never

from quizforge.exporters.arrange import answer_order, choice_order, left_order, right_order
from quizforge.exporters.brightspace_csv.pen import BrightspacePen
from quizforge.exporters.itemwise import refuse_twins
from quizforge.exporters.names import name_of
from quizforge.exporters.numbers import plain_number
from quizforge.formats import brightspace_csv as d2l
from quizforge.model.codes.fidelity import FIELD_DROPPED, SCORE_LOWERED
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
from quizforge.model.quiz import Item

Rows = Iterable[d2l.Row]

_WILDCARD: Final = re.compile(r"\\\*|\*")
_BOX: Final = ("InputBox", "1", "40")


def rows_of(item: Item, question: Question, pen: BrightspacePen) -> tuple[d2l.Row, ...]:
    """The rows of a question that Brightspace can hold; what it cannot is refused or reported."""
    kind, body = _body(item, question, pen)
    head: list[d2l.Row] = [
        (d2l.NEW, kind),
        ("ID", f"{pen.bank.id}-{question.id}"),
        ("Title", pen.plain(name_of(question), ("title",))),
        ("QuestionText", *pen.question_text(item, question.stem)),
        ("Points", plain_number(question.max_points)),
    ]
    if question.difficulty is not None:
        head.append(("Difficulty", d2l.DIFFICULTY[question.difficulty]))
    return (*head, *body, *_hint(question, pen), *_feedback(question, pen), ())


def _body(item: Item, question: Question, pen: BrightspacePen) -> tuple[d2l.Kind, Rows]:  # noqa: PLR0911  # one for each type
    match question:
        case SingleChoice():
            return "MC", tuple(_choices(question, _percents(question, pen), pen))
        case MultipleAnswer():
            marks = ["1" if choice.correct else "0" for choice in question.choices]
            scoring = ("Scoring", d2l.ALL_OR_NOTHING)
            _report_partial(question, pen)
            return "MS", (scoring, *_choices(question, marks, pen))
        case TrueFalse():
            return "TF", tuple(_verdicts(question, pen))
        case ShortAnswer():
            return "SA", (_BOX, *_typed(question, pen, lowered=item.question is not question))
        case Matching():
            return "M", (("Scoring", _word(question.scoring)), *_pairs(question, pen))
        case Ordering():
            return "O", (("Scoring", _word(question.scoring)), *_items(question, pen))
        case Essay():
            return "WR", tuple(_grading(question, pen))
        case Numerical() | Cloze() | Information():
            raise TypeError(question.type)
        case _:
            assert_never(question)


def _word(scoring: str) -> str:
    return d2l.ALL_OR_NOTHING if scoring == "all_or_nothing" else d2l.EQUALLY_WEIGHTED


def _report_partial(question: MultipleAnswer, pen: BrightspacePen) -> None:
    """Of Brightspace's ways to score ticks only one never pays for a wrong response."""
    exact = question.scoring == "all_or_nothing" or (question.scoring == "plus_minus" and len(question.keys) == 1)
    if not exact:
        pen.report(SCORE_LOWERED, "only the fully right answer earns points", ("scoring",))


def _percents(question: SingleChoice, pen: BrightspacePen) -> list[str]:
    return [
        "100" if choice.correct else "0" if choice.credit is None else pen.percent(choice.credit, ("choices", index))
        for index, choice in enumerate(question.choices)
    ]


def _choices(question: SingleChoice | MultipleAnswer, marks: Sequence[str], pen: BrightspacePen) -> Iterator[d2l.Row]:
    for index in choice_order(question.choices, (pen.bank.id, question.id), shuffle=question.shuffle):
        choice, at = question.choices[index], ("choices", index)
        reply = pen.reply(choice.feedback, choice.misconception, (*at, "feedback"))
        yield "Option", marks[index], *pen.inline(choice.text, (*at, "text")), reply


def _verdicts(question: TrueFalse, pen: BrightspacePen) -> Iterator[d2l.Row]:
    for verdict, feedback, field in ((True, question.feedback_true, "true"), (False, question.feedback_false, "false")):
        right = verdict == question.answer
        reply = pen.reply(feedback, None if right else question.misconception, (f"feedback_{field}",))
        yield field.upper(), "100" if right else "0", reply


def _typed(question: ShortAnswer, pen: BrightspacePen, *, lowered: bool) -> Iterator[d2l.Row]:
    """The answers that earn something.

    Args:
        question: Asked as a short answer.
        pen: Of its bank.
        lowered: Whether it is another type in the bank, whose answers are not those that would be named.
    """
    if lowered and any(answer.credit <= 0 for answer in question.answers):
        pen.report(FIELD_DROPPED, "answers that earn nothing are left out", ("answers",))
    for index in answer_order(question.answers):
        answer, at = question.answers[index], ("answers", index)
        if answer.credit <= 0:
            if not lowered:
                pen.report(FIELD_DROPPED, "an answer that earns nothing is left out", at)
            continue
        text = " ".join(answer.text.split())
        plain = not question.case_sensitive and "*" not in text and not text.startswith(d2l.FORMULA)
        cell = text if plain else pattern(text, case_sensitive=question.case_sensitive)
        yield "Answer", pen.percent(answer.credit, at), cell, "" if plain else d2l.REGEXP


def pattern(text: str, *, case_sensitive: bool) -> str:
    r"""A regular expression for an answer with wildcards, as every flavour of them reads it.

    It has to hold for the whole response, since Brightspace seeks it anywhere in it, and spells both cases of a
    letter out, since it regards case.

    Args:
        text: ``*`` stands for any text, ``\*`` for a star.
        case_sensitive: Whether one case is enough.
    """
    parts, position = [], 0
    for found in _WILDCARD.finditer(text):
        parts.append(_literal(text[position : found.start()], case_sensitive=case_sensitive))
        parts.append(r"\*" if found[0] == r"\*" else ".*")
        position = found.end()
    parts.append(_literal(text[position:], case_sensitive=case_sensitive))
    return f"^ *{''.join(parts)} *$"


def _literal(text: str, *, case_sensitive: bool) -> str:
    if case_sensitive:
        return re.escape(text).replace(r"\ ", " ")
    return "".join(_either(character) for character in text)


def _either(character: str) -> str:
    lower, upper = character.lower(), character.upper()
    if lower != upper and len(lower) == len(upper) == 1:
        return f"[{upper}{lower}]"
    return re.escape(character).replace(r"\ ", " ")


def _pairs(question: Matching, pen: BrightspacePen) -> Iterator[d2l.Row]:
    """The right sides as choices, the left sides as what is matched with one of them."""
    rights = [pair.right for pair in question.pairs]
    if len(set(rights)) < len(rights):
        pen.refuse("two left sides have the same right side", ("pairs",))
    offered = [right for right in right_order(question, pen.bank.id) if right in rights]
    number = {right: str(place) for place, right in enumerate(offered, 1)}
    refuse_twins([pen.inline(right, ("pairs",))[0] for right in offered], pen, ("pairs",))
    for right in offered:
        yield "Choice", number[right], *pen.inline(right, ("pairs",))
    for index in left_order(question, pen.bank.id):
        pair = question.pairs[index]
        yield "Match", number[pair.right], *pen.inline(pair.left, ("pairs", index, "left"))


def _items(question: Ordering, pen: BrightspacePen) -> Iterator[d2l.Row]:
    """In the right order; Brightspace shuffles them."""
    for index, entry in enumerate(question.items):
        text, sign = pen.inline(entry.text, ("items", index, "text"))
        reply = pen.reply(entry.feedback, entry.misconception, ("items", index, "feedback"))
        yield "Item", text, sign or d2l.NOT_HTML, reply


def _grading(question: Essay, pen: BrightspacePen) -> Iterator[d2l.Row]:
    template = question.response_template
    if template is not None:
        yield "InitialText", *pen.html(pen.remarks.block(template), (template,), ("response_template",))
    html, sources = pen.remarks.marking_html(question)
    if html:
        yield "AnswerKey", *pen.html(html, sources, ("model_answer",))


def _hint(question: Question, pen: BrightspacePen) -> Iterator[d2l.Row]:
    """All hints in the one place for them."""
    hints = question.hints
    if hints:
        htmls = [pen.remarks.block(hint) for hint in hints]
        html = htmls[0] if len(htmls) == 1 else f"<ol>{''.join(f'<li>{html}</li>' for html in htmls)}</ol>"
        yield "Hint", *pen.html(html, hints, ("hints",))


def _feedback(question: Question, pen: BrightspacePen) -> Iterator[d2l.Row]:
    """General feedback, with that on pairs, which have no place of their own; distractors are not written."""
    if isinstance(question, Matching):
        question = question.model_copy(update={"distractors": ()})
    if isinstance(question, Ordering):
        question = question.model_copy(update={"items": ()})
    html, sources = pen.remarks.general_html(question)
    if html:
        yield "Feedback", *pen.html(html, sources, ("feedback",))
