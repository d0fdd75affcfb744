"""A way to pick options by their form alone that finds more keys than chance.

What:
    A test-wise strategy (the longest option, a position or a value in the middle, the option that shares most words
    with the others or with the stem, one without absolute terms, the most qualified one) finds more keys than random
    picking, over all choices with one key on which it decides, from `strategy_items` on. It speaks where so many are
    found by chance in less than one of a hundred banks, all strategies together (Bonferroni), and warns where the
    strategy gains at least a tenth of the keys over chance. A position counts only where options are not shuffled.
Why:
    Each single question may look sound: the pattern shows in all of them together. Students who know such tricks earn
    points that others do not, without knowing more of the subject.
Flagged:
    lint: {limits: {strategy_items: 6}}
    questions:
      - {id: a, type: single_choice, stem: Why does ice float?, choices: [It is cold, {text: It is less dense than water, correct: true}, It is hard]}
      - {id: b, type: single_choice, stem: Why is the sky blue?, choices: [It is cold, {text: Air scatters blue light most, correct: true}, It is far]}
      - {id: c, type: single_choice, stem: Why do leaves look green?, choices: [They are wet, {text: They absorb red and blue light, correct: true}, They are thin]}
      - {id: d, type: single_choice, stem: Why does iron rust?, choices: [It is old, {text: It reacts with oxygen and water, correct: true}, It is soft]}
      - {id: e, type: single_choice, stem: Why do we see lightning first?, choices: [It is hot, {text: Light is faster than sound, correct: true}, It is near]}
      - {id: f, type: single_choice, stem: Why does bread rise?, choices: [It is warm, {text: Yeast makes carbon dioxide, correct: true}, It is dry]}
Instead:
    lint: {limits: {strategy_items: 6}}
    questions:
      - {id: a, type: single_choice, stem: Why does ice float?, choices: [It holds small bubbles of air, {text: It is less dense, correct: true}, It is hard]}
      - {id: b, type: single_choice, stem: Why is the sky blue?, choices: [Oceans throw back blue light, {text: Air scatters it, correct: true}, Space is blue]}
      - {id: c, type: single_choice, stem: Why do leaves look green?, choices: [They are wet, {text: They absorb red and blue light, correct: true}, They are thin]}
      - {id: d, type: single_choice, stem: Why does iron rust?, choices: [It is old, {text: It reacts with oxygen and water, correct: true}, It is soft]}
      - {id: e, type: single_choice, stem: Why do we see lightning first?, choices: [Clouds hold back the sound for a while, {text: Light is faster, correct: true}, It is near]}
      - {id: f, type: single_choice, stem: Why does bread rise?, choices: [It is warm, {text: Yeast makes carbon dioxide, correct: true}, It is dry]}
Source:
    Millman, Bishop & Ebel (1965), An analysis of test-wiseness, Educational and Psychological Measurement 25(3),
    707-726; Haladyna, Downing & Rodriguez (2002), guidelines 24 and 28.
"""  # noqa: E501  # one question a line is easiest to compare

from __future__ import annotations

from collections.abc import Iterator

from quizforge.lint.rule import BankRule, Collection, Limits, limits
from quizforge.lint.strategies import STRATEGIES, outcomes
from quizforge.model.diagnostic import Code, Problem

CODE = Code(
    "QF404",
    "test-wise-strategy",
    "warning",
    "A way to pick options by their form alone that finds more keys than chance.",
)
_CHANCE = 0.01 / len(STRATEGIES)
_MUCH = 0.1


def _check(collection: Collection, given: Limits) -> Iterator[Problem]:
    for outcome in outcomes(collection.items):
        if outcome.decided < given["strategy_items"] or outcome.chance >= _CHANCE:
            continue
        told = f"{outcome.share:.0%} of {outcome.decided} keys, chance {outcome.chance_share:.0%}"
        much = outcome.share - outcome.chance_share >= _MUCH
        yield collection.problem(
            CODE,
            f"who picks {outcome.strategy.name} finds {told} (p {_small(outcome.chance)})",
            hint=outcome.strategy.hint,
            severity=None if much else "info",
        )


def _small(chance: float) -> str:
    return f"= {chance:.4f}" if chance >= 0.0001 else "< 0.0001"


RULE = BankRule(CODE, _check, __doc__, basis="statistical", limits=limits(strategy_items=20))
