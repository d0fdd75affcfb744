"""Names, categories and tags: the plain texts by which Moodle files a question."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Final

from quizforge.exporters.moodle.plain import bare
from quizforge.exporters.names import shortened
from quizforge.exporters.remarks import Remarks
from quizforge.exporters.words import Words
from quizforge.model.bank import Bank
from quizforge.model.question import Question
from quizforge.model.questions.cloze import Cloze
from quizforge.model.quiz import Quiz, Section

NAME_LIMIT: Final = 255
TAG_LIMIT: Final = 255
STEM_NAME_LIMIT: Final = 80
"""A name that is made from the stem only has to tell questions apart in a list."""

_ENOUGH: Final = 4 * STEM_NAME_LIMIT
"""Characters of a stem from which a name is made, runs of blanks included."""

_TAGGED = frozenset({"tags", "concepts", "objectives", "difficulty", "bloom", "family", "status"})
_LEFT_ANGLE = "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}"
_RIGHT_ANGLE = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
_SLASH = "\N{DIVISION SLASH}"
_ANGLES = str.maketrans("<>", _LEFT_ANGLE + _RIGHT_ANGLE)
_TAG_CHARACTERS = str.maketrans("<>`", _LEFT_ANGLE + _RIGHT_ANGLE + "'")


def safe(text: str) -> str:
    """A plain text that Moodle keeps: it strips whatever looks like a tag from names (``PARAM_TEXT``)."""
    squeezed = " ".join(text.split())
    return squeezed.translate(_ANGLES) if "<" in squeezed else squeezed


def name_of(question: Question, remarks: Remarks, plain_texts: Container[str]) -> str:
    """A question's title, else the beginning of its stem, as plain text that Moodle keeps.

    Args:
        question: The question.
        remarks: Of its bank.
        plain_texts: Texts that are known to have no markup.
    """
    if question.title is not None:
        return safe(question.title)
    stem = question.stem
    if stem in plain_texts and "  " not in stem:
        return stem if len(stem) <= STEM_NAME_LIMIT else shortened(stem, STEM_NAME_LIMIT)
    text = bare(remarks.dialect.cloze(stem, lambda _: "____") if isinstance(question, Cloze) else remarks.block(stem))
    return shortened(safe(text[:_ENOUGH]), STEM_NAME_LIMIT) or question.id


def category_of(question: Question, bank: Bank, words: Words) -> tuple[str, ...]:
    """The names of the categories that a question lies in, outermost first: bank, pool, primary concept."""
    path = [bank.header.title, words[f"key.pool.{question.pool}"]]
    if question.concepts:
        path.append(bank.concept_by_id[question.concepts[0]].title)
    return tuple(map(category_name, path))


def section_category(quiz: Quiz, section: Section, number: int, words: Words, *, bank: Bank) -> tuple[str, ...]:
    """The names of the categories of a section of an assembled quiz: quiz, form, section, and the bank of several.

    Args:
        quiz: The quiz.
        section: One of its sections.
        number: Of the section, from 1, for one without a title.
        words: For what the quiz does not say itself.
        bank: Of the question. An id names one question in a bank, and in Moodle one in a category.
    """
    path = [quiz.title]
    if quiz.form is not None:
        path.append(words.say("common.form", form=quiz.form))
    path.append(section.title or f"{words['exam.questions']} {number}")
    if len(quiz.banks) > 1:
        path.append(bank.header.title)
    return tuple(map(category_name, path))


def category_name(name: str) -> str:
    """A name that stays one category.

    A slash at an end would be read as part of the doubled slash that stands for one inside a name,
    and a category called ``top`` is skipped (``question/format.php``, 4.5: ``create_category_path``).
    """
    kept = shortened(safe(name), NAME_LIMIT)
    inner = kept.strip("/")
    if inner != kept:
        start = len(kept) - len(kept.lstrip("/"))
        kept = _SLASH * start + inner + _SLASH * (len(kept) - start - len(inner))
    return "Top" if kept == "top" else kept


def category_path(names: tuple[str, ...]) -> str:
    """The path as Moodle writes it, below the course's top category."""
    return "/".join(("$course$/top", *(name.replace("/", "//") for name in names)))


def tags_of(question: Question) -> list[str]:
    """The author's tags, then those for staff to filter by; Moodle tells no case apart.

    ``concept:``, ``objective:`` and ``family:`` with ids, ``difficulty:``, ``bloom:``, and
    ``status:`` where it is not ready.
    """
    if question.model_fields_set.isdisjoint(_TAGGED):
        return []
    found: dict[str, str] = {}
    for tag in _all_tags(question):
        label = " ".join(tag.split()).translate(_TAG_CHARACTERS)
        found.setdefault(label.lower(), label)
    return list(found.values())


def _all_tags(question: Question) -> Iterator[str]:
    yield from question.tags
    for concept in question.concepts:
        yield f"concept:{concept}"
    for objective in question.objectives:
        yield f"objective:{objective}"
    if question.difficulty is not None:
        yield f"difficulty:{question.difficulty}"
    if question.bloom is not None:
        yield f"bloom:{question.bloom}"
    if question.family is not None:
        yield f"family:{question.family}"
    if question.status != "ready":
        yield f"status:{question.status}"
