"""Questions that speak of their options by place: "the second option", "answer B"."""

from __future__ import annotations

import re

from quizforge.lint.item import Item
from quizforge.markup.positions import LABEL, OPTION, ORDINAL

_NAMED = re.compile(rf"\b(?:{ORDINAL}(?: (?:two|three|four))? {OPTION}|{OPTION} {LABEL}(?![\w'\u2019-]))")
_LETTER_NAMED = re.compile(
    r"(?:\b(?:[Bb]oth|[Ee]ither|[Nn]either|[Aa]nswer|[Oo]ption|[Cc]hoice) |\()[B-H]\b|\b[A-H] (?:and|or) [A-H]\b"
)


def speaks_of_positions(item: Item) -> bool:
    """Whether any text of a question, as written, may name an option by its place."""
    question = item.question
    texts = [question.stem, question.feedback, question.feedback_correct, question.feedback_partial]
    texts += [question.feedback_incorrect, question.notes, *question.hints]
    for options in item.option_sets:
        for option in options.options:
            texts += [option.source.text, option.source.feedback]
    return any(text and (_NAMED.search(text.lower()) or _LETTER_NAMED.search(text)) for text in texts)
