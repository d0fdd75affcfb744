"""Score the lint rules on items that people have labelled: ``python -m benchmarks.lint_labels items.jsonl``.

The file holds one item a line: ``{"id", "question", "choices": […], "answer": "B", "labels": {criterion: 0 or 1}}``;
1 means that people called the item flawed, and a criterion that is absent was not judged. No such data is part of the
project: name your own. ``--write`` keeps the figures for the rules' pages, with the day.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from quizforge.lint.item import Item
from quizforge.lint.pages import Measured
from quizforge.lint.registry import built_in
from quizforge.lint.rule import ItemRule
from quizforge.model.questions.option import Choice
from quizforge.model.questions.single_choice import SingleChoice

MEASURED = Path(__file__).parents[1] / "quizforge" / "lint" / "measured.json"


@dataclass(frozen=True)
class Labelled:
    """An item and what people said of it."""

    name: str
    item: Item
    labels: dict[str, int]
    text: str


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a line for each rule that has a criterion, and one for rules that share one."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lint_labels", description=__doc__)
    parser.add_argument("items", type=Path, help="labelled items, one JSON object a line")
    parser.add_argument("--write", action="store_true", help=f"keep the figures in {MEASURED.name}")
    parser.add_argument("--misses", metavar="CODE", help="print where a rule and the labels differ")
    chosen = parser.parse_args(arguments)
    items = tuple(read(chosen.items))
    rules = [rule for rule in built_in() if isinstance(rule, ItemRule)]
    print(f"{len(items)} items; all rules take {_seconds_an_item(items, rules) * 1000:.2f} ms an item")
    print(f"{'':<30} {'criterion':<26} {'n':>4} {'flaws':>5} {'hits':>4} {'P':>5} {'R':>5} {'kappa':>6}")
    figures: dict[str, Measured] = {}
    by_criterion: dict[str, list[ItemRule]] = {}
    for rule in rules:
        if rule.criterion:
            by_criterion.setdefault(rule.criterion, []).append(rule)
            figures[rule.code.code] = _print_score(f"{rule.code.code} {rule.code.name}", (rule,), items)
            if chosen.misses in (rule.code.code, rule.code.name):
                _print_misses(rule, items)
    for together in by_criterion.values():
        if len(together) > 1:
            _print_score(" or ".join(rule.code.code for rule in together), together, items)
    if chosen.write:
        found = {code: asdict(measured) for code, measured in figures.items()}
        MEASURED.write_text(f"{json.dumps(found, indent=1)}\n", encoding="utf-8")


def read(path: Path) -> Iterable[Labelled]:
    """The items of a file; texts are taken as Markdown, as an author would paste them."""
    for line in path.read_text(encoding="utf-8").splitlines():
        raw: dict[str, Any] = json.loads(line)
        key = ord(raw["answer"]) - ord("A")
        question = SingleChoice(
            type="single_choice",
            id=raw["id"],
            stem=raw["question"],
            choices=tuple(Choice(text=text, correct=index == key) for index, text in enumerate(raw["choices"])),
            shuffle=False,
        )
        text = f"{raw['question'][-300:]} || {' ## '.join(raw['choices'])[:400]}".replace("\n", " ")
        yield Labelled(raw["id"], Item(question), raw["labels"], text)


def score(rules: Sequence[ItemRule], items: Iterable[Labelled], *, date: str = "") -> Measured:
    """How far some rules, taken as one, agree with the labels of their criterion."""
    criterion = rules[0].criterion
    judged = [each for each in items if criterion in each.labels]
    pairs = [(any(finds(rule, each) for rule in rules), each.labels[criterion] == 1) for each in judged]
    both = pairs.count((True, True))
    hits, flawed, number = sum(hit for hit, _ in pairs), sum(flaw for _, flaw in pairs), len(pairs)
    agreed = (both + pairs.count((False, False))) / number if number else 0.0
    chance = (hits * flawed + (number - hits) * (number - flawed)) / number**2 if number else 0.0
    kappa = (agreed - chance) / (1 - chance) if chance < 1 else 0.0  # nothing to agree on beyond chance
    return Measured(
        criterion=criterion,
        items=number,
        flawed=flawed,
        hits=hits,
        precision=round(both / hits, 2) if hits else None,
        recall=round(both / flawed, 2) if flawed else None,
        kappa=round(kappa, 2),
        date=date,
    )


def finds(rule: ItemRule, labelled: Labelled) -> bool:
    """Whether a rule with its default limits says anything about an item."""
    return any(True for _ in rule.check(labelled.item, rule.limits))


def _print_score(name: str, rules: Sequence[ItemRule], items: Sequence[Labelled]) -> Measured:
    found = score(rules, items, date=dt.datetime.now(tz=dt.timezone.utc).date().isoformat())
    shown = [" " * 5 if value is None else f"{value:5.2f}" for value in (found.precision, found.recall)]
    print(
        f"{name:<30} {found.criterion:<26} {found.items:4} {found.flawed:5} {found.hits:4} {shown[0]} {shown[1]} "
        f"{found.kappa:6.2f}"
    )
    return found


def _print_misses(rule: ItemRule, items: Iterable[Labelled]) -> None:
    for each in items:
        if rule.criterion in each.labels and finds(rule, each) != (each.labels[rule.criterion] == 1):
            print(f"  {'missed' if each.labels[rule.criterion] else 'false '} {each.name} {each.text}")


def _seconds_an_item(items: Sequence[Labelled], rules: Sequence[ItemRule]) -> float:
    """Time of all rules on fresh items, whose words are not yet counted."""
    fresh = [Item(each.item.question) for each in items]
    began = time.process_time()
    for item in fresh:
        for rule in rules:
            for _ in rule.check(item, rule.limits):
                pass
    return (time.process_time() - began) / max(len(items), 1)


if __name__ == "__main__":
    main()
