"""What a student is told to do, and how the answer earns points."""

from __future__ import annotations

from collections.abc import Iterable

from typing_extensions import assert_never

from quizforge.exporters.words import Words
from quizforge.model.question import Question
from quizforge.model.questions.cloze import Blank, Cloze
from quizforge.model.questions.essay import Essay
from quizforge.model.questions.information import Information
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.questions.numerical import Numerical, NumericalAnswer
from quizforge.model.questions.option import Choice
from quizforge.model.questions.ordering import Ordering
from quizforge.model.questions.short_answer import Answer, ShortAnswer
from quizforge.model.questions.single_choice import SingleChoice
from quizforge.model.questions.true_false import TrueFalse


def task(  # noqa: C901, PLR0911  # one case for each type
    question: Question, words: Words, *, blanks: tuple[str, ...] = ()
) -> str:
    """The instruction of a question and, where it is not all or nothing, its scoring rule.

    Nothing in it depends on which answer is right. A penalty per further try has no place here: on
    paper there is one try.

    Args:
        question: Any question.
        words: For the language.
        blanks: Names of a cloze text's blanks in the order of the text.

    Returns:
        Plain text; empty where there is nothing to say.
    """
    match question:
        case SingleChoice():
            return _join(words["exam.task.single_choice"], _partial(question.choices, words))
        case MultipleAnswer():
            return _join(words["exam.task.multiple_answer"], words[_ticking_rule(question)])
        case TrueFalse():
            return words["exam.task.true_false"]
        case ShortAnswer():
            case_matters = words["exam.task.case_sensitive"] if question.case_sensitive else ""
            return _join(words["exam.task.short_answer"], case_matters, _partial(question.answers, words))
        case Numerical():
            return _join(words["exam.task.numerical"], _partial(question.answers, words))
        case Matching():
            return _join(words["exam.task.matching"], words[f"exam.rule.{question.scoring}"])
        case Ordering():
            place = words.say("exam.task.ordering", n=len(question.items))
            return _join(place, words[f"exam.rule.{question.scoring}"])
        case Cloze():
            return _cloze(question, words, blanks)
        case Essay():
            return _word_limits(question, words)
        case Information():
            return ""
        case _:
            assert_never(question)


def _join(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


def partial(answers: Iterable[Choice | Answer | NumericalAnswer]) -> bool:
    """Whether some answer earns a part of the points."""
    for answer in answers:
        credit = answer.credit
        if credit is not None and 0 < credit < 100:
            return True
    return False


def _partial(answers: Iterable[Choice | Answer | NumericalAnswer], words: Words) -> str:
    return words["exam.rule.partial"] if partial(answers) else ""


def _ticking_rule(question: MultipleAnswer) -> str:
    if question.scoring == "per_option" and any((choice.credit or 0) < 0 for choice in question.choices):
        return "exam.rule.per_option_minus"
    return f"exam.rule.{question.scoring}"


def _cloze(question: Cloze, words: Words, names: tuple[str, ...]) -> str:
    blanks = [question.blanks[name] for name in names]
    chosen = any(blank.kind == "choice" for blank in blanks)
    case_matters = any(blank.case_sensitive and blank.kind == "text" for blank in blanks)
    weights = [str(blank.weight) for blank in blanks]
    rule = ""
    if len(set(weights)) > 1:
        rule = words.say("exam.rule.weights", weights="\N{THIN SPACE}:\N{THIN SPACE}".join(weights))
    elif len(blanks) > 1:
        rule = words["exam.rule.blanks"]
    return _join(
        words["exam.task.cloze_choice" if chosen else "exam.task.cloze"],
        words["exam.task.case_sensitive"] if case_matters else "",
        rule,
        _partial((answer for blank in blanks for answer in _options(blank)), words),
    )


def _options(blank: Blank) -> tuple[Choice | Answer, ...]:
    return (*blank.choices, *blank.answers)


def _word_limits(question: Essay, words: Words) -> str:
    low, high = question.min_words, question.max_words
    if low is not None and high is not None:
        return words.say("exam.words.between", low=low, high=high)
    if low is not None:
        return words.say("exam.words.least", low=low)
    return "" if high is None else words.say("exam.words.most", high=high)
