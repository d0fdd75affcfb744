"""Essay cards: the task on the front; model answer, rubric and marked samples on the back."""

from __future__ import annotations

from html import escape

from quizforge.exporters.anki.texts import Texts
from quizforge.model.questions.essay import Criterion, Essay, SampleAnswer


def task(question: Essay, texts: Texts) -> str:
    """How long the answer should be, and its outline."""
    words = texts.words
    limits = {"low": question.min_words, "high": question.max_words}
    parts = []
    if question.min_words is not None and question.max_words is not None:
        parts.append(f"<p>{words.say('exam.words.between', **limits)}</p>")
    elif question.min_words is not None:
        parts.append(f"<p>{words.say('exam.words.least', **limits)}</p>")
    elif question.max_words is not None:
        parts.append(f"<p>{words.say('exam.words.most', **limits)}</p>")
    if question.response_template is not None:
        parts.append(f"<h2>{words['exam.outline']}</h2>{texts.block(question.response_template)}")
    return texts.whole("".join(parts))


def model_answer(question: Essay, texts: Texts) -> str:
    """The model answer."""
    return "" if question.model_answer is None else texts.titled(
        texts.words["common.model_answer"], texts.block(question.model_answer)
    )  # fmt: skip


def marking(question: Essay, texts: Texts) -> str:
    """The rubric, best level first, and the marked samples behind a tap."""
    parts = []
    if question.rubric:
        parts.append(f"<h2>{texts.words['common.rubric']}</h2>")
        parts += (_criterion(row, texts) for row in question.rubric)
    parts += (_sample(number, sample, texts) for number, sample in enumerate(question.sample_answers, 1))
    return texts.whole("".join(parts))


def _criterion(row: Criterion, texts: Texts) -> str:
    levels = (
        f"<li><b>{texts.words.count('common.points', level.points)}</b><div>{texts.block(level.text)}</div></li>"
        for level in reversed(row.levels)
    )
    return f'<h3>{escape(row.criterion, quote=False)}</h3><ul class="qf-levels">{"".join(levels)}</ul>'


def _sample(number: int, sample: SampleAnswer, texts: Texts) -> str:
    points = texts.words.count("common.points", sample.points)
    heading = texts.words.say("key.sample", n=number, points=points)
    reason = "" if sample.reason is None else f"<h2>{texts.words['key.reason']}</h2>{texts.block(sample.reason)}"
    return (
        f'<details class="qf-hint"><summary class="tappable">{heading}</summary>'
        f"{texts.block(sample.text)}{reason}</details>"
    )
