"""matching: each left side has its right side."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator

from quizforge.model.codes.structure import DISTRACTOR_IS_RIGHT, TOO_FEW
from quizforge.model.diagnostic import Problem
from quizforge.model.fields import BlockPractice, Entry, InlineExam, MisconceptionId, wrap_text
from quizforge.model.questions.base import BaseQuestion, Invariant, Sample
from quizforge.model.questions.option import duplicates, fold


class Pair(Entry):
    """A left side and the right side that belongs to it."""

    left: InlineExam
    right: InlineExam
    feedback: BlockPractice | None = None
    misconception: MisconceptionId | None = None


class Distractor(Entry):
    """A right side that belongs to no left side. A plain string in YAML is its text."""

    text: InlineExam
    feedback: BlockPractice | None = None
    misconception: MisconceptionId | None = None


DistractorField = Annotated[Distractor, BeforeValidator(wrap_text, json_schema_input_type=Distractor | InlineExam)]


def _enough_pairs(question: Matching) -> Iterator[Problem]:
    if len(question.pairs) < 2:
        yield Problem(TOO_FEW, f"{len(question.pairs)} pair; at least two are needed", ("pairs",), on_key=True)


def _distinct_lefts(question: Matching) -> Iterator[Problem]:
    lefts = [pair.left for pair in question.pairs]
    return duplicates(lefts, lambda index: ("pairs", index, "left"), what="left side")


def _distractors_wrong(question: Matching) -> Iterator[Problem]:
    rights = {fold(pair.right): pair.right for pair in question.pairs}
    for index, distractor in enumerate(question.distractors):
        right = rights.get(fold(distractor.text))
        if right is not None:
            yield Problem(
                DISTRACTOR_IS_RIGHT,
                f"the distractor '{distractor.text}' equals the right side '{right}'",
                ("distractors", index),
                hint="remove it: a right side is offered already",
            )


def _distinct_distractors(question: Matching) -> Iterator[Problem]:
    texts = [distractor.text for distractor in question.distractors]
    return duplicates(texts, lambda index: ("distractors", index), what="distractor")


class Matching(BaseQuestion):
    """Several lefts may share a right. A response is the right side chosen for each left, or None."""

    type: Literal["matching"]
    pairs: tuple[Pair, ...]
    distractors: tuple[DistractorField, ...] = ()
    scoring: Literal["per_pair", "all_or_nothing"] = "per_pair"

    invariants: ClassVar[tuple[Invariant, ...]] = (
        Invariant(("pairs",), _enough_pairs),
        Invariant(("pairs.left",), _distinct_lefts),
        Invariant(("pairs.right", "distractors.text"), _distractors_wrong),
        Invariant(("distractors.text",), _distinct_distractors),
    )

    @property
    def rights(self) -> tuple[str, ...]:
        """The right sides on offer: those of the pairs without repetition, then the distractors."""
        texts = (*(pair.right for pair in self.pairs), *(distractor.text for distractor in self.distractors))
        return tuple(dict.fromkeys(texts))

    def score(self, response: tuple[str | None, ...] | None) -> Fraction:
        """per_pair: share of lefts with their right; all_or_nothing: 1 when all have it."""
        if response is None:
            return Fraction(0)
        right = sum(chosen == pair.right for chosen, pair in zip(response, self.pairs, strict=True))
        if self.scoring == "all_or_nothing":
            return Fraction(int(right == len(self.pairs)))
        return Fraction(right, len(self.pairs))

    def expected_guess(self) -> Fraction:
        """Each left is right with a chance of one in the number of rights on offer."""
        if not self.pairs:
            return Fraction(0)
        chance = Fraction(1, len(self.rights))
        return chance ** len(self.pairs) if self.scoring == "all_or_nothing" else chance

    def samples(self) -> tuple[Sample[tuple[str | None, ...] | None], ...]:
        """All pairs right, each one wrong in turn, every right side shifted by one, and none."""
        key: tuple[str | None, ...] = tuple(pair.right for pair in self.pairs)
        rights = self.rights
        shifted = tuple(rights[(rights.index(pair.right) + 1) % len(rights)] for pair in self.pairs)
        answers: list[tuple[str, tuple[str | None, ...] | None]] = [("right", key)]
        for index in range(len(key)):
            answers.append((f"pair {index + 1} wrong", (*key[:index], shifted[index], *key[index + 1 :])))
            answers.append((f"pair {index + 1} blank", (*key[:index], None, *key[index + 1 :])))
        answers += [("shifted", shifted), ("blank", None)]
        return tuple(Sample(label, response, self.score(response)) for label, response in answers)

    def meaning(self) -> tuple[object, ...]:
        """Pairs, distractors and scoring."""
        pairs = [(pair.left, pair.right) for pair in self.pairs]
        return ("matching", self.scoring, pairs, [distractor.text for distractor in self.distractors])
