"""A stem that neither asks nor tells what to do.

What:
    The stem has no question mark and does not end in an instruction such as "find" or "choose": it is a heading, a
    statement, or a sentence that the options complete. Completion is a legitimate form; the message says which it is.
Why:
    The reader has to guess the task from the options. A sentence to complete is read once for each option; a question
    is read once.
Flagged:
    - id: mitochondria
      type: single_choice
      stem: Mitochondria.
      choices:
        - {text: They supply the cell with energy., correct: true}
        - They store the genome.
        - They digest waste.
Instead:
    - id: mitochondria
      type: single_choice
      stem: What do mitochondria do for the cell?
      choices:
        - {text: They supply it with energy., correct: true}
        - They store its genome.
        - They digest its waste.
Source:
    Haladyna, Downing & Rodriguez (2002), Applied Measurement in Education 15(3), 309-334, guidelines 9, 14 and 15;
    Statman (1988), Ask a clear question and get a clear answer, System 16(3), 367-376.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizforge.lint.item import Item
from quizforge.lint.rule import ENGLISH, ItemRule, Limits
from quizforge.model.diagnostic import Code, Problem

CODE = Code("QF214", "no-question", "info", "A stem that neither asks nor tells what to do.")
_VERBS = (
    "add analyse analyze answer apply argue arrange assign assume calculate categorise categorize change check choose "
    "cite classify click combine comment compare complete compute consider construct contrast convert correct count "
    "create criticise criticize decide deduce define derive describe design determine develop differentiate discuss "
    "distinguish divide draw enter enumerate estimate evaluate examine expand explain express factor fill find form "
    "formulate give group guess identify illustrate imagine indicate infer insert integrate interpret judge justify "
    "label link list locate make mark match measure mention minimise minimize multiply name note number order outline "
    "pair pick place plan plot predict prepare propose prove provide put rank read rearrange recall recommend record "
    "reduce reflect relate report rewrite round say select separate show simplify sketch solve sort specify state "
    "subtract suggest sum summarise summarize suppose tell think tick trace translate type underline use verify weigh "
    "work write"
)
_INSTRUCTS = re.compile(rf"(?:^|[:;,]\s*|\b(?:then|please|and) )(?:{'|'.join(_VERBS.split())})\b")
_ASKS = re.compile(r"[?\uff1f\u061f\u037e]")
_NAMES_THE_OPTIONS = re.compile(r"\b(?:which|what) of the(?:se)? |\bof the following|\bexcept\b")
_TYPES = frozenset({"single_choice", "multiple_answer", "short_answer", "numerical", "matching", "ordering", "essay"})
_SENTENCE = re.compile(r"[.!]['\")\u201d]*$")


def _check(item: Item, _limits: Limits) -> Iterator[Problem]:
    if item.question.type not in _TYPES or not item.stem_words or _ASKS.search(item.stem):
        return
    end = item.sentences[-1].lower()
    if _INSTRUCTS.search(end) or _NAMES_THE_OPTIONS.search(end):
        return
    if item.options is not None and not _SENTENCE.search(end):
        message, hint = (
            "the stem is a sentence to complete, not a question",
            "a question is read once and says the task",
        )
    else:
        message = "the stem neither asks nor tells what to do"
        hint = "ask a question, or say what to find, choose or complete"
    yield item.problem(CODE, message, hint=hint)


RULE = ItemRule(CODE, _check, __doc__, languages=ENGLISH, criterion="focused_stem")
