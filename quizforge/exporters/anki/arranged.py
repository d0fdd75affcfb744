"""Cards to arrange in one's mind: matching and ordering."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from quizforge.exporters.anki.texts import Texts
from quizforge.exporters.arrange import item_order, left_order, right_order
from quizforge.model.questions.matching import Matching
from quizforge.model.questions.ordering import Ordering


def sides(question: Matching, texts: Texts) -> str:
    """Left sides with numbers and right sides with letters, neither in the author's order."""
    bank = texts.bank.id
    lefts = _items(texts.inline(question.pairs[index].left) for index in left_order(question, bank))
    rights = _items(texts.inline(right) for right in right_order(question, bank))
    return f'<div class="qf-m"{texts.attributes}><ol>{lefts}</ol><ol type="A">{rights}</ol></div>'


def matched(question: Matching, texts: Texts) -> str:
    """Each left side with its right side and what is said about it; then what belongs to none."""
    rows = []
    for index in left_order(question, texts.bank.id):
        pair = question.pairs[index]
        remark = texts.remark(pair.feedback)
        rows.append(
            f'<tr><th scope="row">{texts.inline(pair.left)}</th><td>{texts.inline(pair.right)}{remark}</td></tr>'
        )
    spare = (
        f"<li>{texts.inline(distractor.text)} <em>({escape(texts.words['key.distractor'], quote=False)})</em>"
        f"{texts.remark(distractor.feedback)}</li>"
        for distractor in question.distractors
    )
    unused = f"<ul>{''.join(spare)}</ul>" if question.distractors else ""
    return texts.whole(f'<table class="qf-t">{"".join(rows)}</table>{unused}')


def scrambled(question: Ordering, texts: Texts) -> str:
    """The items, never in the right order."""
    items = _items(texts.inline(question.items[index].text) for index in item_order(question, texts.bank.id))
    return f'<div class="qf-m"{texts.attributes}><ul>{items}</ul></div>'


def in_order(question: Ordering, texts: Texts) -> str:
    """The items in the right order, each with what is said about its place."""
    items = _items(texts.inline(item.text) + texts.remark(item.feedback) for item in question.items)
    return texts.whole(f'<ol class="qf-steps">{items}</ol>')


def behind_sides(question: Matching, texts: Texts) -> str:
    """The misconceptions behind pairs and distractors, each once."""
    keys = [pair.misconception for pair in question.pairs]
    keys += [distractor.misconception for distractor in question.distractors]
    return texts.misconceptions(texts.misconception(key) for key in dict.fromkeys(keys))


def behind_items(question: Ordering, texts: Texts) -> str:
    """The misconceptions behind items, each once."""
    return texts.misconceptions(
        texts.misconception(key) for key in dict.fromkeys(item.misconception for item in question.items)
    )


def _items(texts: Iterable[str]) -> str:
    return "".join(f"<li>{text}</li>" for text in texts)
