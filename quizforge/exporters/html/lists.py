"""Matching and ordering: entries that get a letter or a number."""

from __future__ import annotations

from quizforge.exporters.arrange import item_order, left_order, right_order
from quizforge.exporters.html.desk import LETTERS, Answered, Desk
from quizforge.exporters.html.tables import table
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.ordering import Ordering

_BOX = '<span class="box"></span>'


def matching(desk: Desk, question: Matching) -> Answered:
    """Entries with a box for a letter, beside the lettered right sides."""
    pairs = [question.pairs[index] for index in left_order(question, desk.bank.id)]
    letters = dict(zip(right_order(question, desk.bank.id), LETTERS, strict=False))
    rights = {text: desk.inline(text) for text in letters}
    lefts = [desk.inline(pair.left) for pair in pairs]
    answer = [letters[pair.right] for pair in pairs]
    fill = "".join([f"<li>{_BOX}{left}</li>\n" for left in lefts])
    offer = "".join([f"<li><b>{mark}</b>{rights[text]}</li>\n" for text, mark in letters.items()])
    exam = f'<div class="match">\n<ul class="fill">\n{fill}</ul>\n<ul class="opts plain">\n{offer}</ul>\n</div>\n'
    body = "".join(
        [
            f'<tr><th scope="row">{left}</th><td><b class="sign">{letters[pair.right]}</b> {rights[pair.right]}'
            f"{desk.comment(pair.feedback, pair.misconception)}</td></tr>\n"
            for left, pair in zip(lefts, pairs, strict=True)
        ]
    )
    key = table(desk.voice, "key.solution", ["key.entry", "key.matches"], body)
    return Answered(exam, key + _unused(desk, question, letters), ", ".join(answer))


def _unused(desk: Desk, question: Matching, letters: dict[str, str]) -> str:
    distractors = {entry.text: entry for entry in question.distractors}
    rows = "".join(
        [
            f"<li><b>{mark}</b>{desk.inline(text)}{desk.voice.aside('key.distractor')}"
            f"{desk.comment(distractors[text].feedback, distractors[text].misconception)}</li>\n"
            for text, mark in letters.items()
            if text in distractors
        ]
    )
    return f'<ul class="opts plain">\n{rows}</ul>\n' if rows else ""


def ordering(desk: Desk, question: Ordering) -> Answered:
    """Items with a box for a number."""
    exam = key = ""
    order = item_order(question, desk.bank.id)
    for index in order:
        item = question.items[index]
        text = desk.inline(item.text)
        exam += f"<li>{_BOX}{text}</li>\n"
        comment = desk.comment(item.feedback, item.misconception)
        key += f'<li><span class="box">{index + 1}</span>{text}{comment}</li>\n'
    answer = ", ".join([str(index + 1) for index in order])
    return Answered(f'<ul class="fill">\n{exam}</ul>\n', f'<ul class="fill">\n{key}</ul>\n', answer)
