"""Cards to choose from: single_choice, multiple_answer, true_false; and the same asked without options."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from quizforge.exporters.anki.texts import Texts
from quizforge.exporters.arrange import choice_order
from quizforge.model.arrangement import in_numeric_order
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.questions.option import Choice
from quizforge.model.questions.single_choice import SingleChoice
from quizforge.model.questions.true_false import TrueFalse

ChoiceQuestion = SingleChoice | MultipleAnswer

_NEEDS_OPTIONS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        language: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
        for language, words in {
            "en": r"following|these|below|options?|statements?|which (?:one )?of|best|most|least|except|not"
            r"|choose|select|tick|mark",
            "de": r"folgende\w*|diese\w*|unten|optionen|aussagen?|welche\w* der|beste\w*|ehesten|außer|nicht"
            r"|wählen?|kreuzen?|markieren?",
            "fr": r"suivant\w*|ces|ci-dessous|options?|lequel|laquelle|lesquel\w*|affirmations?|propositions?"
            r"|meilleure?s?|plus|moins|sauf|pas|choisi\w*|coche\w*",
            "es": r"siguientes?|est[ao]s|abajo|opci\w+|cu[aá]l(?:es)? de|afirmaci\w+|mejor\w*|m[aá]s|menos"
            r"|excepto|no|elija|seleccione|marque",
        }.items()
    }
)
"""Words by which a stem leans on its options. Where a language is missing, every stem is taken to do so."""


def option_list(question: ChoiceQuestion, texts: Texts) -> str:
    """The options with key, feedback and numbers, in an order that tells nothing.

    The list is readable as it is. The script shuffles it unless it has ``data-keep`` (what has
    ``data-fixed`` stays in its place), and makes it answerable; styles hide the feedback on the front.
    """
    choices = question.choices
    free = [choice.text for choice in choices if choice.pin is None]
    many = ' data-many="1"' if isinstance(question, MultipleAnswer) else ""
    keep = "" if question.shuffle and not in_numeric_order(free) else ' data-keep="1"'
    order = choice_order(choices, (texts.bank.id, question.id), shuffle=question.shuffle)
    inline, remark_on, right = texts.inline, texts.remark, texts.right
    items = []
    for number, index in enumerate(order, 1):
        choice = choices[index]
        key = right if choice.correct else ""
        pin = ' data-fixed="1"' if choice.pin else ""
        remark = remark_on(choice.feedback, credit=choice.credit)
        items.append(f'<li data-n="{number}"{key}{pin}>{inline(choice.text)}{remark}</li>')
    return _list(texts, many + keep, items)


def verdict_list(question: TrueFalse, texts: Texts) -> str:
    """True and false as options, in this order."""
    items = [
        f'<li data-n="{number}"{texts.right if verdict == question.answer else ""}>'
        f"{texts.words[word]}{texts.remark(feedback)}</li>"
        for number, verdict, word, feedback in (
            (1, True, "common.true", question.feedback_true),
            (2, False, "common.false", question.feedback_false),
        )
    ]
    return _list(texts, ' data-keep="1"', items)


def _list(texts: Texts, flags: str, items: list[str]) -> str:
    return f'<ol class="qf-o"{texts.attributes}{flags}{texts.yours}>{"".join(items)}</ol>'


def key_text(question: ChoiceQuestion, texts: Texts) -> str:
    """The key as the answer to the stem; several keys as a list."""
    keys = [texts.inline(choice.text) for choice in question.choices if choice.correct]
    if len(keys) == 1:
        return texts.whole(keys[0])
    return texts.whole(f"<ul>{''.join(f'<li>{key}</li>' for key in keys)}</ul>")


def behind_options(question: ChoiceQuestion, texts: Texts) -> str:
    """The misconceptions behind the options, each with the number of its option."""
    choices: tuple[Choice, ...] = question.choices
    if not any(choice.misconception for choice in choices):
        return ""
    order = choice_order(choices, (texts.bank.id, question.id), shuffle=question.shuffle)
    return texts.misconceptions(
        texts.misconception(choices[index].misconception, option=number) for number, index in enumerate(order, 1)
    )


def behind_verdict(question: TrueFalse, texts: Texts) -> str:
    """The misconception behind the wrong verdict."""
    if question.misconception is None:
        return ""
    return texts.misconceptions([texts.misconception(question.misconception, option=2 if question.answer else 1)])


def stands_alone(question: ChoiceQuestion, language: str) -> bool:
    """Whether a stem can be answered without its options: a question that does not speak of them."""
    needs = _NEEDS_OPTIONS.get(language.lower().partition("-")[0])
    if needs is None or any(choice.pin is not None for choice in question.choices):
        return False
    stem = question.stem.rstrip()
    return stem.endswith("?") and needs.search(stem) is None
