"""Notes of questions, one builder for each type."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from typing_extensions import assert_never

from quizforge.exporters.anki import arranged, choice, gaps, longer, typed
from quizforge.exporters.anki.note import DeckName, Fields, Note, NoteKind
from quizforge.exporters.anki.tags import question_tags
from quizforge.exporters.anki.texts import Texts
from quizforge.model.cloze_card import card_numbers
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

CardStyle = Literal["choice", "recall", "both"]


class Body(NamedTuple):
    """What a type adds to the fields that all questions have."""

    kind: NoteKind
    options: str = ""
    answer: str = ""
    misconceptions: str = ""
    extra: str = ""
    question: str | None = None
    ordinals: tuple[int, ...] = (0,)
    deck: DeckName = "questions"


def question_notes(item: Item, texts: Texts, *, style: CardStyle, retired: bool = False) -> Iterator[Note]:
    """The notes of a question: one, or two for ``both``; none for a text that asks nothing.

    Args:
        item: The question with its bank.
        texts: Of that bank.
        style: How questions with options are asked.
        retired: Whether the question is no longer asked.
    """
    question = item.question
    bodies = _bodies(question, texts, style)
    if not bodies:
        return
    revision = item.revision
    tags = question_tags(question, question.type, retired=retired)
    siblings = _siblings(question, texts, bodies)
    rank = texts.rank(() if retired else question.concepts)
    scenario, hints = texts.scenario(question.scenario), texts.hints(question)
    explanation, source = texts.explanation(question), texts.source(question)
    report = texts.report_url(question.id, revision)
    for body in bodies:
        stem = texts.whole(texts.block(question.stem)) if body.question is None else body.question
        fields = Fields(
            question.id,
            revision,
            scenario,
            stem,
            body.options,
            body.answer,
            explanation,
            body.misconceptions,
            hints,
            source,
            report,
            body.extra,
        )
        yield Note(
            body.kind,
            "questions",
            texts.bank.id,
            question.id,
            fields.joined(),
            question.formerly,
            tags,
            "retired" if retired else body.deck,
            body.ordinals,
            rank,
            siblings,
        )


def _siblings(question: Question, texts: Texts, bodies: tuple[Body, ...]) -> tuple[str, ...]:
    """What the notes of a question share with others: its case, its family, or the question itself."""
    if question.scenario is None and question.family is None and len(bodies) == 1:
        return ()
    bank = texts.bank.id
    shared = [f"{bank} scenario {question.scenario}"] if question.scenario is not None else []
    if question.family is not None:
        shared.append(f"{bank} family {question.family}")
    if len(bodies) > 1:
        shared.append(f"{bank} question {question.id}")
    return tuple(shared)


def _bodies(question: Question, texts: Texts, style: CardStyle) -> tuple[Body, ...]:
    match question:
        case SingleChoice() | MultipleAnswer():
            return _choice_bodies(question, texts, style)
        case Information():
            return ()
        case TrueFalse():
            body = _true_false(question, texts)
        case ShortAnswer():
            body = _short_answer(question, texts)
        case Numerical():
            body = _numerical(question, texts)
        case Matching():
            body = _matching(question, texts)
        case Ordering():
            body = _ordering(question, texts)
        case Cloze():
            body = _cloze(question, texts)
        case Essay():
            body = _essay(question, texts)
        case _:
            assert_never(question)
    return (body,)


def _choice_bodies(question: choice.ChoiceQuestion, texts: Texts, style: CardStyle) -> tuple[Body, ...]:
    options, key = choice.option_list(question, texts), choice.key_text(question, texts)
    behind = choice.behind_options(question, texts)
    as_choice = Body("choice", options, key, behind)
    if style == "choice" or not choice.stands_alone(question, texts.bank.header.language):
        return (as_choice,)
    shown = texts.titled(texts.words["anki.options"], options)
    as_recall = Body("recall", "", key, behind, extra=shown)
    return (as_recall,) if style == "recall" else (as_choice, as_recall)


def _true_false(question: TrueFalse, texts: Texts) -> Body:
    verdict = texts.words["common.true" if question.answer else "common.false"]
    options = choice.verdict_list(question, texts)
    return Body("choice", options, texts.whole(verdict), choice.behind_verdict(question, texts))


def _matching(question: Matching, texts: Texts) -> Body:
    solution = arranged.matched(question, texts)
    return Body("question", arranged.sides(question, texts), solution, arranged.behind_sides(question, texts))


def _ordering(question: Ordering, texts: Texts) -> Body:
    solution = arranged.in_order(question, texts)
    return Body("question", arranged.scrambled(question, texts), solution, arranged.behind_items(question, texts))


def _essay(question: Essay, texts: Texts) -> Body:
    answer, extra = longer.model_answer(question, texts), longer.marking(question, texts)
    return Body("question", longer.task(question, texts), answer, extra=extra, deck="long_answers")


def _short_answer(question: ShortAnswer, texts: Texts) -> Body:
    return Body(
        "type-in",
        typed.prompt(question, texts),
        typed.text_to_type(question.answers),
        texts.misconceptions(typed.behind_answers(question.answers, texts)),
        texts.titled(texts.words["key.accepted"], typed.answers_to_text(question.answers, texts)),
    )


def _numerical(question: Numerical, texts: Texts) -> Body:
    answers = question.accepted
    return Body(
        "type-in",
        typed.prompt(question, texts),
        typed.number_to_type(answers, texts),
        texts.misconceptions(typed.behind_answers(answers, texts)),
        texts.titled(texts.words["key.accepted"], typed.answers_to_number(answers, question.unit, texts)),
    )


def _cloze(question: Cloze, texts: Texts) -> Body:
    text = gaps.text_with_deletions(question, texts)
    return Body(
        "cloze",
        answer=gaps.about_blanks(question, texts),
        misconceptions=gaps.behind_blanks(question, texts),
        question=text,
        ordinals=tuple(number - 1 for number in card_numbers(text)),
    )
