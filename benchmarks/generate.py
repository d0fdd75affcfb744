"""Generated banks to measure with: about 850 bytes a question, nearly every snippet distinct."""

from __future__ import annotations

import random

_WORDS = [
    "model",
    "policy",
    "reward",
    "token",
    "prompt",
    "answer",
    "sample",
    "corpus",
    "layer",
    "gradient",
    "preference",
    "label",
    "annotator",
    "instruction",
    "base",
    "tuned",
    "aligned",
    "output",
    "context",
    "window",
    "request",
    "refusal",
    "summary",
    "translation",
    "ranking",
    "pair",
    "score",
    "proxy",
    "margin",
    "epoch",
    "batch",
    "mask",
    "loss",
    "entropy",
    "reference",
    "penalty",
    "value",
    "objective",
    "signal",
    "dataset",
    "domain",
    "task",
    "format",
    "style",
    "length",
    "bias",
    "error",
    "drift",
    "noise",
    "schedule",
    "budget",
    "checkpoint",
]
_MARKUP = (
    "with **{0}** and *{1}*",
    "where `{0}.{1}(x)` is called",
    r"so that \(p_{{{2}}} = {2}^{{-1}}\) holds",
    "as [the {0} page](https://example.org/{0}/{2}) says",
    "\n\n- {0} first\n- {1} second\n- {2} times",
    "\n\n```python\n{0} = {1}[{2}]\n```",
)


def bank(count: int, *, markup: float, seed: int = 1) -> bytes:
    """One bank as a single YAML file.

    Args:
        count: Questions, each with four options and feedback on every one: ten snippets.
        markup: Share of the snippets that carry bold, code, maths, a link, a list or a fence.
        seed: The same seed gives the same bytes.
    """
    source = random.Random(seed)  # no secrets here
    lines = ["schema: 1", f"id: bench-{count}", "title: Generated bank", "questions:"]
    for number in range(count):
        lines += _question(source, number, markup)
    return ("\n".join(lines) + "\n").encode()


def _question(source: random.Random, number: int, markup: float) -> list[str]:
    key = source.randrange(4)
    stem = _snippet(source, 14, markup, number)
    lines = [f"  - id: q-{number:06d}", "    type: single_choice", *_text("    stem: ", stem, 6), "    choices:"]
    for index in range(4):
        choice = _inline(source, 6, markup, number * 10 + index)
        lines += _text("      - text: ", choice, 10)
        if index == key:
            lines.append("        correct: true")
        lines += _text("        feedback: ", _snippet(source, 7, markup, number * 10 + index), 10)
    lines += _text("    feedback: ", _snippet(source, 9, markup, number), 6)
    return lines


def _sentence(source: random.Random, words: int) -> str:
    return " ".join(source.choices(_WORDS, k=words)).capitalize()


def _snippet(source: random.Random, words: int, markup: float, number: int) -> str:
    text = f"{_sentence(source, words)} {number}"
    if source.random() < markup:
        pattern = source.choice(_MARKUP)
        return f"{text} {pattern.format(source.choice(_WORDS), source.choice(_WORDS), number)}"
    return text + "."


def _inline(source: random.Random, words: int, markup: float, number: int) -> str:
    text = f"{_sentence(source, words)} {number}"
    if source.random() < markup:
        pattern = source.choice(_MARKUP[:4])
        return f"{text} {pattern.format(source.choice(_WORDS), source.choice(_WORDS), number)}"
    return text


def _text(key: str, text: str, indent: int) -> list[str]:
    if "\n" not in text:
        quoted = text.replace("'", "''")
        return [f"{key}'{quoted}'" if any(mark in text for mark in "`*[#:\\") else f"{key}{text}"]
    return [f"{key}|", *(f"{' ' * indent}{line}" if line else "" for line in text.split("\n"))]
