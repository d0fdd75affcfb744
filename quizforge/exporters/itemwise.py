"""Formats that are one question after another: what becomes of each, and what is said about it.

Such a format writes each question alone: as it is, lowered, or not at all. Nothing that one question holds
keeps the others from being written.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Generic, TypeVar

from quizforge.exporters.base import Env, dropped_fields
from quizforge.exporters.lower import Refused, lower
from quizforge.exporters.reporting import Reporter
from quizforge.exporters.words import Words, words
from quizforge.markup import Markup, plain
from quizforge.markup.spans import Fence
from quizforge.model.bank import Bank
from quizforge.model.codes.fidelity import FORMATTING_LOST, QUESTION_REFUSED, SCORE_LOWERED
from quizforge.model.diagnostic import Path, Problem
from quizforge.model.question import Question
from quizforge.model.questions.numerical import Numerical
from quizforge.model.questions.single_choice import SingleChoice
from quizforge.model.quiz import Item, Quiz

T = TypeVar("T")
P = TypeVar("P", bound="Pen")

COMBINED_FEEDBACK: Final = frozenset({"feedback_correct", "feedback_partial", "feedback_incorrect"})

FILING: Final = frozenset(
    {"ai", "authors", "based_on", "bloom", "concepts", "difficulty", "enemies", "family", "formerly", "license"}
    | {"minutes", "notes", "objectives", "pool", "source", "status", "tags"}
)
"""Fields that file and describe a question, for ``drops`` of formats that hold nothing but the question itself."""


class Pen(Reporter):
    """What writes the texts of one bank, and gathers what is to be said about the question in hand.

    Attributes:
        bank: Whose texts they are.
        markup: Its renderer.
        words: The exporter's own, in the language of the quiz.
        refusal: Why the question in hand cannot be written; None while it can.
    """

    __slots__ = ("_flattened", "bank", "markup", "refusal", "words")

    def __init__(self, bank: Bank, markup: Markup, own: Words) -> None:
        super().__init__()
        self.bank = bank
        self.markup = markup
        self.words = own
        self.refusal: Problem | None = None
        self._flattened = False

    def refuse(self, reason: str, at: Path = (), *, hint: str = "") -> None:
        """Leave the question in hand out; the first reason counts.

        Args:
            reason: In words that hold for all questions alike, since they are counted by it.
            at: Path of the field.
            hint: What to do instead.
        """
        if self.refusal is None:
            self.refusal = Problem(QUESTION_REFUSED, f"left out: {reason}", at, hint=hint)

    def clear(self) -> None:
        """Begin the next question."""
        self.problems.clear()
        self.refusal = None
        self._flattened = False

    def refuse_images(self, source: str, at: Path) -> None:
        """Leave the question out if a text shows an image."""
        if "![" in source and self.markup.dialect("html").media_of(source):
            self.refuse("the format carries no images", at, hint="describe the image in words")

    def line(self, source: str, at: Path, *, block: bool = False) -> str:
        r"""Markdown as one line of plain text: formulas as ``\(…\)``, line breaks as blanks.

        An image, and code of several lines, which would mean nothing on one, keep the question from being written.

        Args:
            source: As the author wrote it.
            at: Its path.
            block: Whether it is block Markdown.
        """
        text = plain(source, "block" if block else "inline")
        if text == source:
            return text
        self.refuse_images(source, at)
        if block and "\n" in text and self._has_long_code(source):
            self.refuse("code of several lines cannot stand on one line", at)
        line = " ".join(text.split())
        if not line:
            self.refuse("nothing is left of a text as plain text", at)
        if not self._flattened and line != " ".join(source.split()):
            self._flattened = True
            self.report(FORMATTING_LOST, "markup is lost, and formulas are written as TeX", at)
        return line

    def _has_long_code(self, source: str) -> bool:
        pieces = self.markup.fragment("block", source)
        return any(isinstance(piece, Fence) and "\n" in piece.text.rstrip("\n") for piece in pieces)

    def stem_line(self, item: Item, question: Question) -> str:
        """The stem on one line, behind the case that it belongs to."""
        stem = self.line(question.stem, ("stem",), block=True)
        scenario = item.scenario
        if scenario is None:
            return stem
        case = self.line(scenario.text, ("scenario",), block=True)
        title = "" if scenario.title is None else f"{' '.join(scenario.title.split())}: "
        return f"{title}{case} {stem}"

    def unit_line(self, question: Numerical) -> str:
        """The unit of a number, to stand behind the stem of a target that takes the number alone."""
        if question.unit is None:
            return ""
        self.report(SCORE_LOWERED, "a number that is typed with its unit earns nothing", ("unit",))
        return f" ({self.words.say('anki.unit', unit=' '.join(question.unit.split()))})"


@dataclass(frozen=True, slots=True)
class Written(Generic[T]):
    """A question in its target's form.

    Attributes:
        item: As it stands in the quiz.
        question: As it was written: the item's own, or what it was lowered to.
        form: What the writer made of it.
    """

    item: Item
    question: Question
    form: T


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """All questions of a quiz.

    Attributes:
        written: In order.
        problems: Losses and refusals, each with its subject.
        left_out: Id and reason of each question that is not written.
    """

    written: tuple[Written[T], ...]
    problems: tuple[Problem, ...]
    left_out: tuple[tuple[str, str], ...]


def write_each(
    quiz: Quiz,
    env: Env,
    make_pen: Callable[[Bank, Markup, Words], P],
    *,
    native: Callable[[Question], Collection[str]],
    write: Callable[[Item, Question, P], T],
    drops: Mapping[str, frozenset[str]],
) -> Outcome[T]:
    """Write every question of a quiz, lowered where the target lacks its type.

    Args:
        quiz: In its order.
        env: The renderers.
        make_pen: The format's kind of pen.
        native: The types that the target has for this question; a type is left out where the target has it,
            but not the question's way of scoring it.
        write: Writes a question of a native type, and reports to the pen; what it gives back is dropped where
            the pen refuses.
        drops: The exporter's, for the problem that each dropped field gets.
    """
    own = words(quiz.language)
    pens: dict[int, P] = {}
    written: list[Written[T]] = []
    problems: list[Problem] = []
    left_out: list[tuple[str, str]] = []
    for item in quiz.items:
        pen = pens.get(id(item.bank))
        if pen is None:
            pen = pens[id(item.bank)] = make_pen(item.bank, env.markup(item.bank), own)
        given = item.question
        found = _write(item, native(given), write, pen)
        if isinstance(found, Problem):
            problems.append(replace(found, subject=("questions", given.id)))
            left_out.append((given.id, found.message.removeprefix("left out: ")))
        else:
            written.append(found)
            problems += with_subject(pen.problems, given.id)
        pen.clear()
    problems += dropped_fields((one.item for one in written), drops)
    return Outcome(tuple(written), tuple(problems), tuple(left_out))


def _write(
    item: Item, native: Collection[str], write: Callable[[Item, Question, P], T], pen: P
) -> Written[T] | Problem:
    """One question, or why it is left out."""
    lowered = lower(item.question, native, bank=item.bank.id, words=pen.words)
    if isinstance(lowered, Refused):
        return lowered.problem
    form = write(item, lowered.question, pen)
    if pen.refusal is not None:
        return pen.refusal
    pen.problems[:0] = lowered.problems
    return Written(item, lowered.question, form)


def with_subject(problems: Iterable[Problem], question: str) -> list[Problem]:
    """Problems of a question of that id."""
    return [replace(problem, subject=("questions", question)) for problem in problems]


def draw_notes(quiz: Quiz) -> Iterator[str]:
    """How many questions are to be drawn from each section that is a pool, which such a format does not hold."""
    wanted = [f"{section.draw} from '{section.title}'" for section in quiz.sections if section.draw is not None]
    if wanted:
        yield f"the file draws nothing: let the platform draw {', '.join(wanted)}"


def only_the_key(question: SingleChoice, pen: Pen) -> None:
    """Say which choices lose their credit where the target gives points for the key alone."""
    for index, choice in enumerate(question.choices):
        if choice.credit is not None and choice.credit > 0:
            pen.report(SCORE_LOWERED, "only the key earns points, this choice nothing", ("choices", index, "credit"))


def refuse_twins(texts: Sequence[str], pen: Pen, at: Path) -> None:
    """Leave the question out if two of its options are the same once they are plain text."""
    if len({text.casefold() for text in texts}) < len(texts):
        pen.refuse("two options are the same as plain text", at, hint="let them differ in more than markup")
