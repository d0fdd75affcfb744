"""Aiken: single choice questions as plain text, which Moodle and many small tools read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar, Final

from quizforge.exporters.arrange import choice_order
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
from quizforge.exporters.itemwise import (
    COMBINED_FEEDBACK,
    FILING,
    Pen,
    Written,
    draw_notes,
    only_the_key,
    refuse_twins,
    write_each,
)
from quizforge.formats import aiken
from quizforge.model.question import Question
from quizforge.model.questions.single_choice import SingleChoice
from quizforge.model.quiz import Item, Quiz

_NATIVE: Final = frozenset({"single_choice"})
_CHOICE: Final = frozenset({"choices.feedback", "choices.id", "choices.misconception", "choices.pin"})


class Aiken(Exporter[ModeOptions]):
    """Aiken text: a stem on one line, lettered choices, and the letter of the key."""

    name: ClassVar[str] = "aiken"
    title: ClassVar[str] = "Aiken text"
    suffix: ClassVar[str] = ".aiken.txt"
    media_type: ClassVar[str] = "text/plain"
    native: ClassVar[frozenset[str]] = _NATIVE
    drops: ClassVar[Mapping[str, frozenset[str]]] = MappingProxyType(
        {
            ANY_TYPE: FILING
            | COMBINED_FEEDBACK
            | {"feedback", "hints", "penalty", "points", "references", "shuffle", "title"},
            "single_choice": _CHOICE,
            "true_false": frozenset({"feedback_false", "feedback_true", "misconception"}),
            "cloze": frozenset({f"blanks.{name}" for name in (*_CHOICE, "feedback", "misconception", "weight")}),
        }
    )
    options: ClassVar[type[Options]] = ModeOptions

    def render(self, quiz: Quiz, options: ModeOptions, env: Env) -> Export:
        """Write the single choice questions of a quiz, and what can become one; there is no file without any."""
        made = write_each(quiz, env, Pen, native=lambda _: _NATIVE, write=_lines, drops=self.drops)
        if not made.written:
            return Export((), made.problems, left_out=made.left_out)
        data = "\n".join(one.form for one in made.written).encode()
        file = ExportFile(f"{quiz.id}{self.suffix}", data, "staff", self.title, questions=len(made.written))
        return Export((file,), made.problems, (*_notes(made.written, options), *draw_notes(quiz)), made.left_out)


def _lines(item: Item, question: Question, pen: Pen) -> str:
    if not isinstance(question, SingleChoice):
        raise TypeError(question.type)
    stem = pen.stem_line(item, question)
    if not aiken.is_question_line(stem):
        pen.refuse("its stem begins like a choice or an answer of Aiken", ("stem",), hint="let it begin otherwise")
    count = len(question.choices)
    if count > aiken.MAX_CHOICES:
        pen.refuse(f"Aiken has letters for {aiken.MAX_CHOICES} choices", ("choices",))
        return ""
    order = choice_order(question.choices, (pen.bank.id, question.id), shuffle=question.shuffle)
    texts = [pen.line(question.choices[index].text, ("choices", index, "text")) for index in order]
    refuse_twins(texts, pen, ("choices",))
    only_the_key(question, pen)
    lines = [stem, *(aiken.choice_line(place, text) for place, text in enumerate(texts))]
    return "\n".join((*lines, aiken.answer_line(order.index(question.key)), ""))


def _notes(written: Sequence[Written[str]], options: ModeOptions) -> Iterator[str]:
    yield (
        "Moodle: Question bank > Import > Aiken format, with 'Stop on error' on; "
        f"afterwards compare the number of questions ({len(written)})"
    )
    yield settings_to_choose(options.mode)
