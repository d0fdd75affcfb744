"""Options that speak of the places or letters of other options, which stops being true when options are moved."""

from __future__ import annotations

from collections.abc import Iterator

from quizforge.markup import plain
from quizforge.markup.positions import above, place_in_option
from quizforge.model.arrangement import free_places
from quizforge.model.codes.assembly import POSITION_WORDS
from quizforge.model.diagnostic import Path, Problem
from quizforge.model.questions.cloze import Cloze
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.questions.option import Choice
from quizforge.model.questions.single_choice import SingleChoice
from quizforge.model.quiz import Item


def position_problems(item: Item) -> Iterator[Problem]:
    """Options of a question that its forms would make wrong."""
    question = item.question
    subject = ("questions", f"{item.bank.id}/{question.id}")
    lists: list[tuple[Path, tuple[Choice, ...]]] = []
    if isinstance(question, (SingleChoice, MultipleAnswer)):
        lists.append((("choices",), question.choices))
    elif isinstance(question, Cloze):
        lists += [(("blanks", name, "choices"), blank.choices) for name, blank in question.blanks.items()]
    for path, choices in lists:
        if not free_places(choices, shuffle=question.shuffle):
            continue
        for index, choice in enumerate(choices):
            text = " ".join(plain(choice.text, "inline").split())
            found = place_in_option(text, len(choices), question.stem)
            found = found or ("" if choice.pin == "last" else above(text))
            if found:
                message = f"'{found}' in an option is wrong once the options are moved"
                hint = "name what is meant instead, pin it where it is true of all others, or set 'shuffle: false'"
                yield Problem(POSITION_WORDS, message, (*path, index, "text"), hint=hint, subject=subject)
