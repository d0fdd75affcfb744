"""A practice question that tells nothing after a wrong answer.

What:
    A question of the practice pool has neither feedback of its own nor feedback, or a misconception, for each wrong
    option. Questions of the exam pool, essays and plain texts are left alone.
Why:
    Practice teaches by what is said after the answer: that it was wrong, why, and what holds instead.
Flagged:
    - id: tides
      type: single_choice
      stem: What causes the tides?
      choices: [Wind, {text: The Moon and the Sun, correct: true}, Rivers]
Instead:
    - id: tides
      type: single_choice
      stem: What causes the tides?
      feedback: The pull of the Moon and of the Sun differs across the Earth.
      choices: [Wind, {text: The Moon and the Sun, correct: true}, Rivers]
Source:
    Shute (2008), Focus on formative feedback, Review of Educational Research 78(1), 153-189; Butler & Roediger (2008),
    Feedback enhances the positive effects and reduces the negative effects of multiple-choice testing, Memory &
    Cognition 36(3), 604-616.
"""

from __future__ import annotations

from collections.abc import Iterator

from quizforge.lint.item import Item, OptionSet
from quizforge.lint.rule import ItemRule, Limits
from quizforge.model.diagnostic import Code, Path, Problem
from quizforge.model.question import Question
from quizforge.model.questions.cloze import Blank, Cloze
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.numerical import Numerical
from quizforge.model.questions.ordering import Ordering
from quizforge.model.questions.short_answer import ShortAnswer
from quizforge.model.questions.true_false import TrueFalse

CODE = Code("QF222", "missing-feedback", "info", "A practice question that tells nothing after a wrong answer.")


def _check(item: Item, _limits: Limits) -> Iterator[Problem]:
    question = item.question
    if question.pool != "practice" or question.type in {"essay", "information"}:
        return
    if question.feedback or question.feedback_incorrect:
        return
    hint = "say why the option is wrong, or give the question one 'feedback'"
    if item.options is None:
        if not _answers_speak(question):
            yield item.problem(CODE, "no feedback follows a wrong answer", hint=hint)
        return
    silent = _silent_options(item.options)
    if silent:
        count = "1 wrong option has" if len(silent) == 1 else f"{len(silent)} wrong options have"
        yield item.problem(CODE, f"{count} no feedback", at=silent[0], hint=hint)


def _silent_options(options: OptionSet) -> tuple[Path, ...]:
    wrong = options.distractors
    return tuple(option.at for option in wrong if not (option.source.feedback or option.source.misconception))


def _answers_speak(question: Question) -> bool:
    """Whether some wrong answer to a question without choices is answered by feedback."""
    if isinstance(question, TrueFalse):
        wrong = question.feedback_false if question.answer else question.feedback_true
        return bool(wrong or question.misconception)
    if isinstance(question, ShortAnswer | Numerical):
        return any(answer.feedback or answer.misconception for answer in getattr(question, "answers", ()))
    if isinstance(question, Matching):
        return any(pair.feedback or pair.misconception for pair in question.pairs)
    if isinstance(question, Ordering):
        return any(entry.feedback or entry.misconception for entry in question.items)
    if isinstance(question, Cloze):
        return all(_blank_speaks(blank) for blank in question.blanks.values())
    return True


def _blank_speaks(blank: Blank) -> bool:
    if (
        blank.feedback
        or blank.misconception
        or any(choice.feedback or choice.misconception for choice in blank.choices)
    ):
        return True
    return any(answer.feedback or answer.misconception for answer in blank.answers)


RULE = ItemRule(CODE, _check, __doc__, basis="exact")
