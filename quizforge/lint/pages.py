"""The page of a rule: its docstring as Markdown, and what was measured of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from quizforge.lint.rule import Rule, sections

_HEADINGS = {"What": "What it means", "Why": "Why it matters", "Flagged": "Flagged", "Instead": "Instead"}


@dataclass(frozen=True, slots=True)
class Measured:
    """How a rule did on items that people had labelled.

    Attributes:
        criterion: The criterion of the labels.
        items: How many items were labelled for it.
        flawed: How many of them people called flawed.
        hits: How many the rule spoke of.
        precision: Share of its hits that people called flawed; None without a hit.
        recall: Share of the flawed items that it spoke of; None without a flawed item.
        kappa: Cohen's kappa between the rule and the labels (Educ. Psychol. Meas. 20(1), 1960).
        date: Day of the measurement, ISO 8601.
    """

    criterion: str
    items: int
    flawed: int
    hits: int
    precision: float | None
    recall: float | None
    kappa: float
    date: str


@cache
def measurements() -> Mapping[str, Measured]:
    """What was measured, by the code of the rule; ``python -m benchmarks.lint_labels --write`` writes it anew."""
    text = files(__package__).joinpath("measured.json").read_text(encoding="utf-8")
    return {code: Measured(**values) for code, values in json.loads(text).items()}


def page(rule: Rule) -> str:
    """The page of a rule, as ``quizforge explain`` prints it."""
    code, parts = rule.code, sections(rule)
    lines = [f"# {code.code} {code.name} ({code.severity})", code.summary]
    for name, heading in _HEADINGS.items():
        text = f"```yaml\n{parts[name]}\n```" if name in ("Flagged", "Instead") else _flowing(parts[name])
        lines += [f"## {heading}", text]
    lines += ["## How sure it is", _certainty(rule)]
    if rule.limits:
        lines += ["## Limits", _limits(rule)]
    lines += ["## Source", _flowing(parts["Source"])]
    return "\n\n".join(lines) + "\n"


def _flowing(text: str) -> str:
    """Paragraphs on one line each; lists stay."""
    paragraphs = text.split("\n\n")
    return "\n\n".join(part if part.startswith(("- ", "* ", "|")) else " ".join(part.split()) for part in paragraphs)


def _certainty(rule: Rule) -> str:
    found = measurements().get(rule.code.code)
    if rule.basis == "exact":
        exact = "Exact: it counts or computes, and is right whenever it speaks."
        return exact if found is None else f"{exact} Whether people mind is another matter. {_measured(found)}"
    if rule.basis == "statistical":
        return "Statistical: by chance alone it speaks of less than one in a hundred banks that lack the fault."
    if found is None:
        return "Heuristic: a guess that a person has to judge. There are no labelled items to measure it on."
    return f"Heuristic: a guess that a person has to judge. {_measured(found)}"


def _measured(found: Measured) -> str:
    precision = "no hit" if found.precision is None else f"precision {found.precision:.2f}"
    recall = "none flawed" if found.recall is None else f"recall {found.recall:.2f}"
    return (
        f"Measured on {found.items} public items that people had labelled for `{found.criterion}` ({found.flawed} "
        f"flawed, {found.hits} found): {precision}, {recall}, kappa {found.kappa:.2f} ({found.date}). "
        "The items were chosen, so a bank of yours will differ."
    )


def _limits(rule: Rule) -> str:
    rows = "\n".join(f"- `{name}`: {value}" for name, value in rule.limits.items())
    example = ", ".join(f"{name}: {value}" for name, value in list(rule.limits.items())[:1])
    return f"{rows}\n\nSet in the bank, `lint: {{limits: {{{example}}}}}`, or for a whole project."
