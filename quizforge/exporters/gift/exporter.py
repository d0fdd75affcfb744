"""The GIFT exporter: one file for Moodle's question bank."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import ClassVar, Final

from quizforge.exporters.base import (
    ANY_TYPE,
    Env,
    Export,
    Exporter,
    ExportFile,
    ModeOptions,
    Options,
    settings_to_choose,
)
from quizforge.exporters.gift.answers import braces
from quizforge.exporters.gift.pen import GiftPen
from quizforge.exporters.itemwise import COMBINED_FEEDBACK, Written, draw_notes, write_each
from quizforge.exporters.moodle.case import scenario_html
from quizforge.exporters.moodle.fractions import listed, ticking_shares
from quizforge.exporters.moodle.labels import NAME_LIMIT, category_of, category_path, name_of, section_category, tags_of
from quizforge.exporters.names import shortened
from quizforge.exporters.words import Words, words
from quizforge.formats import gift
from quizforge.model.codes.fidelity import FIELD_DROPPED
from quizforge.model.question import QUESTION_TYPES, Question
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.questions.numerical import Numerical
from quizforge.model.questions.ordering import Ordering
from quizforge.model.quiz import Item, Quiz

_NATIVE: Final = frozenset(QUESTION_TYPES) - {"ordering", "cloze"}
_NOT_ADDED_UP: Final = _NATIVE - {"matching", "multiple_answer"}
"""Moodle adds up what pairs and ticks earn, so these two cannot be all or nothing there."""


class Gift(Exporter[ModeOptions]):
    """GIFT text as the question bank of Moodle 4.5 and later imports it."""

    name: ClassVar[str] = "gift"
    title: ClassVar[str] = "GIFT text"
    suffix: ClassVar[str] = ".gift.txt"
    media_type: ClassVar[str] = "text/plain"
    native: ClassVar[frozenset[str]] = _NATIVE
    drops: ClassVar[Mapping[str, frozenset[str]]] = MappingProxyType(
        {
            ANY_TYPE: COMBINED_FEEDBACK
            | {"ai", "authors", "based_on", "enemies", "formerly", "hints", "license", "minutes", "notes", "penalty"}
            | {"points", "shuffle", "source"},
            "single_choice": frozenset({"choices.pin"}),
            "multiple_answer": frozenset({"choices.pin"}),
            "essay": frozenset(
                {"lines", "max_words", "min_words", "model_answer", "response_template", "rubric", "sample_answers"}
            ),
            "information": frozenset({"feedback", "references"}),
        }
    )
    options: ClassVar[type[Options]] = ModeOptions

    def render(self, quiz: Quiz, options: ModeOptions, env: Env) -> Export:
        """Write a quiz, each question in its category."""
        made = write_each(quiz, env, GiftPen, native=_native, write=_block, drops=self.drops)
        if not made.written:
            return Export((), made.problems, left_out=made.left_out)
        data = _document(quiz, made.written).encode()
        file = ExportFile(f"{quiz.id}{self.suffix}", data, "staff", self.title, questions=len(made.written))
        return Export((file,), made.problems, (*_notes(made.written, options), *draw_notes(quiz)), made.left_out)


def _native(question: Question) -> frozenset[str]:
    """The types that Moodle has for a question, with its way of scoring."""
    if isinstance(question, (Matching, Ordering)) and question.scoring == "all_or_nothing":
        return _NOT_ADDED_UP
    if isinstance(question, MultipleAnswer) and not _adds_up(question):
        return _NOT_ADDED_UP
    return _NATIVE


def _adds_up(question: MultipleAnswer) -> bool:
    """Whether ticks with fractions of Moodle's list earn what the question gives."""
    if question.scoring == "all_or_nothing":
        return len(question.keys) == 1
    positive = [share for share in ticking_shares(question) if share > 0]
    return sum(positive, Fraction(0)) == 1 and all(listed(share) is not None for share in positive)


def _block(item: Item, question: Question, pen: GiftPen) -> tuple[str, str, str]:
    """Comment, name and the rest of a question."""
    remarks = pen.remarks
    html, sources = remarks.block(question.stem), [question.stem]
    if not html:
        pen.refuse("nothing is shown of its stem", ("stem",))
    if item.scenario is not None:
        html = f"{scenario_html(item.scenario, remarks)}\n{html}"
        sources.append(item.scenario.text)
    if isinstance(question, Numerical) and question.unit is not None:
        html += f"\n<p>{remarks.dialect.escape(pen.unit_line(question).strip(' ()'))}</p>"
    text = pen.html(html, sources, ("stem",)) + braces(question, pen)
    name = name_of(question, remarks, pen.markup.plain_texts)
    return gift.comment(question.id, _tags(question, pen)), name, text


def _tags(question: Question, pen: GiftPen) -> Iterator[str]:
    for tag in tags_of(question):
        if gift.UNSAFE_TAG.search(tag):
            pen.report(FIELD_DROPPED, "a tag with a backslash is left out", ("tags",))
        else:
            yield tag


def _document(quiz: Quiz, written: Sequence[Written[tuple[str, str, str]]]) -> str:
    """The file: a category before the questions that lie in it."""
    own = words(quiz.language)
    width = max(4, len(str(len(written))))
    sections = _sections(quiz, own)
    groups: dict[tuple[str, ...], list[str]] = {}
    for number, one in enumerate(written, 1):
        comment, name, text = one.form
        numbered = shortened(f"{str(number).zfill(width)} {name}", NAME_LIMIT)
        safe = gift.escape(_without_placeholders(numbered))
        block = f"{comment}\n::{safe}::{text}\n"
        names = sections.get(id(one.item)) or category_of(one.item.question, one.item.bank, own)
        groups.setdefault(names, []).append(block)
    parts = []
    for names, blocks in groups.items():
        parts += [f"{gift.category(_without_placeholders(category_path(names)))}\n", *blocks]
    return "\n".join(parts)


def _sections(quiz: Quiz, own: Words) -> dict[int, tuple[str, ...]]:
    """The category of each item of an assembled quiz, in which sections matter more than concepts."""
    if not quiz.assembled:
        return {}
    return {
        id(item): section_category(quiz, section, at, own, bank=item.bank)
        for at, section in enumerate(quiz.sections, 1)
        for item in section.items
    }


def _without_placeholders(label: str) -> str:
    """A label, which only files a question, with a blank in what Moodle would take for one of its marks."""
    return gift.PLACEHOLDER.sub(lambda match: f"& {match[0][1:]}", label)


def _notes(written: Sequence[Written[tuple[str, str, str]]], options: ModeOptions) -> Iterator[str]:
    yield (
        "Moodle: Question bank > Import > GIFT format, with 'Get category from file' and 'Stop on error' on; "
        f"afterwards compare the number of questions ({len(written)})"
    )
    yield "every question has 1 point and the site's usual shuffling; moodle-xml keeps points, hints, order and images"
    yield settings_to_choose(options.mode)
