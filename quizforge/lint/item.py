"""A question as the rules see it: plain texts, words, keys; each worked out once, when a rule first asks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from quizforge.lint.meta import says_all, says_none
from quizforge.lint.quantity import Quantity, quantity
from quizforge.lint.text import base, content, sentences, words
from quizforge.markup import plain
from quizforge.model.diagnostic import Code, Path, Problem, Severity
from quizforge.model.question import Question
from quizforge.model.questions.cloze import Cloze
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.questions.option import Choice
from quizforge.model.questions.single_choice import SingleChoice

_CODE = re.compile(r"(`+)[^`]+\1")
"""A text that is one span of code."""


class Option:
    """One choice.

    Attributes:
        source: The choice as it stands in the bank.
        index: Its position among the choices, from 0.
        at: Path of its text from the question down.
        is_key: Whether it is right.
        english: Whether its words are English; code is no English, so that a `None` or `all` of Python means itself.
    """

    def __init__(self, source: Choice, index: int, at: Path, *, english: bool = True) -> None:
        self.source = source
        self.index = index
        self.at = at
        self.is_key = source.correct
        self.english = english and _CODE.fullmatch(source.text.strip()) is None

    @cached_property
    def text(self) -> str:
        """Its text without markup, on one line."""
        return plain(self.source.text, "inline")

    @cached_property
    def lower(self) -> str:
        """The text, folded."""
        return self.text.casefold()

    @cached_property
    def is_all(self) -> bool:
        """Whether it says that all the others are right."""
        return self.english and says_all(self.lower)

    @cached_property
    def is_none(self) -> bool:
        """Whether it says that none of the others is right."""
        return self.english and says_none(self.lower)

    @property
    def is_meta(self) -> bool:
        """Whether it speaks of the other options and not of the subject."""
        return self.is_all or self.is_none

    @cached_property
    def quantity(self) -> Quantity | None:
        """The number or range that it says."""
        return quantity(self.text, english=self.english)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Its words, folded; empty for a number, a formula or code signs alone."""
        return words(self.text)

    @cached_property
    def content(self) -> frozenset[str]:
        """The words that tell what it is about."""
        return content(self.words)

    @cached_property
    def bases(self) -> frozenset[str]:
        """Its content words without their endings."""
        return frozenset(map(base, self.content))


@dataclass(frozen=True)
class OptionSet:
    """Choices among which a student decides: those of a question, or of one blank.

    Attributes:
        options: In the order of the bank.
        at: Path of the list of choices.
        single: Whether exactly one is right.
        shuffled: Whether the choices are shown in another order than written.
    """

    options: tuple[Option, ...]
    at: Path
    single: bool
    shuffled: bool

    @cached_property
    def keys(self) -> tuple[Option, ...]:
        """The right ones."""
        return tuple(option for option in self.options if option.is_key)

    @cached_property
    def distractors(self) -> tuple[Option, ...]:
        """The wrong ones."""
        return tuple(option for option in self.options if not option.is_key)

    @cached_property
    def plain(self) -> tuple[Option, ...]:
        """The options that speak of the subject, in order; without "all of the above" and its like."""
        return tuple(option for option in self.options if not option.is_meta)

    @property
    def key(self) -> Option | None:
        """The key where there is exactly one, else None."""
        return self.keys[0] if len(self.keys) == 1 else None


class Item:
    """A question as the rules see it.

    Attributes:
        question: As it stands in the bank.
        language: BCP 47, of the bank.
        english: Whether that is English.
    """

    def __init__(self, question: Question, *, language: str = "en") -> None:
        self.question = question
        self.language = language
        self.english = language[:2].lower() == "en" and language[2:3] in ("", "-")

    @cached_property
    def stem(self) -> str:
        """The stem without markup; a line for each paragraph and list item, blanks as ``[[name]]``."""
        return plain(self.question.stem, "block")

    @cached_property
    def stem_lower(self) -> str:
        """The stem, folded."""
        return self.stem.casefold()

    @cached_property
    def stem_words(self) -> tuple[str, ...]:
        """The words of the stem, folded."""
        return words(self.stem)

    @cached_property
    def stem_content(self) -> frozenset[str]:
        """The words that tell what the stem is about."""
        return content(self.stem_words)

    @cached_property
    def stem_bases(self) -> frozenset[str]:
        """The content words of the stem without their endings."""
        return frozenset(map(base, self.stem_content))

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The sentences of the stem."""
        return sentences(self.stem)

    @cached_property
    def lead(self) -> str:
        """The lead-in: the last sentence of the stem that asks, else its last one; empty for an empty stem."""
        asking = [sentence for sentence in self.sentences if sentence.endswith("?")]
        return (asking or self.sentences or ("",))[-1]

    @cached_property
    def option_sets(self) -> tuple[OptionSet, ...]:
        """The choices of the question, or of each of its blanks that has some."""
        question = self.question
        if isinstance(question, SingleChoice | MultipleAnswer):
            single = isinstance(question, SingleChoice)
            return (
                _option_set(
                    question.choices, ("choices",), single=single, shuffled=question.shuffle, english=self.english
                ),
            )
        if isinstance(question, Cloze):
            return tuple(
                _option_set(
                    blank.choices,
                    ("blanks", name, "choices"),
                    single=True,
                    shuffled=question.shuffle,
                    english=self.english,
                )
                for name, blank in question.blanks.items()
                if blank.choices
            )
        return ()

    @cached_property
    def rights(self) -> tuple[tuple[str, Path], ...]:
        """What a matching question offers to be matched, without markup and folded, each with its path."""
        question = self.question
        if not isinstance(question, Matching):
            return ()
        sides = [(pair.right, ("pairs", index, "right")) for index, pair in enumerate(question.pairs)]
        more = [(other.text, ("distractors", index, "text")) for index, other in enumerate(question.distractors)]
        return tuple((plain(text, "inline").casefold(), at) for text, at in (*sides, *more))

    @cached_property
    def options(self) -> OptionSet | None:
        """The choices of a choice question; None for any other."""
        return self.option_sets[0] if isinstance(self.question, SingleChoice | MultipleAnswer) else None

    def problem(  # the parts of a finding
        self,
        code: Code,
        message: str,
        *,
        at: Path = ("stem",),
        phrase: str = "",
        hint: str = "",
        severity: Severity | None = None,
    ) -> Problem:
        """A finding about this question.

        Args:
            code: Of the rule.
            message: What is wrong with this question, with the evidence.
            at: Path of the text.
            phrase: What the finding points at in the text, in any case; the whole text where it is not found there.
            hint: How to mend it.
            severity: Where it differs from the rule's.
        """
        subject = ("questions", self.question.id)
        span = self._span(at, phrase) if phrase else None
        return Problem(code, message, at, hint=hint, subject=subject, span=span, severity=severity)

    def _span(self, at: Path, phrase: str) -> tuple[int, int] | None:
        """Where a phrase stands in a text as the author wrote it; case folding must not move it."""
        value: object = self.question
        for step in at:
            value = value[step] if isinstance(value, dict | tuple) else getattr(value, str(step))  # type: ignore[index]  # a path of this question
        if not isinstance(value, str):
            return None
        start = value.lower().find(phrase.lower())
        return (start, start + len(phrase)) if start >= 0 and len(value.lower()) == len(value) else None


def _option_set(choices: tuple[Choice, ...], at: Path, *, single: bool, shuffled: bool, english: bool) -> OptionSet:
    options = tuple(
        Option(choice, index, (*at, index, "text"), english=english) for index, choice in enumerate(choices)
    )
    return OptionSet(options, at, single=single, shuffled=shuffled)
