"""Measure every step against libyaml's raw parse of the same bytes: ``python -m benchmarks.run``.

A ratio compares medians of runs that alternate in one process, so that it holds on a busy machine.
CPU time is taken for steps inside the process, wall time for whole commands.
"""

from __future__ import annotations

import argparse
import gc
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import yaml

from benchmarks import assembly, commands, long_texts
from benchmarks.generate import bank
from quizforge.api import Env, export
from quizforge.lint.engine import problems
from quizforge.lint.registry import built_in
from quizforge.lint.rule import BankRule, ItemRule
from quizforge.lint.settings import plan
from quizforge.loading.bank import build, read_entries
from quizforge.loading.collector import paused_collector
from quizforge.loading.yaml.nodes import Document, parse
from quizforge.markup import Markup
from quizforge.model.bank import Bank
from quizforge.model.fields import Text, marked

FORMATS = ("moodle-xml", "html", "anki")
BARS = {
    "load": 8.0,
    "validate": 3.0,
    "markdown": 14.0,
    "item rules": 80.0,
    "bank rules": 40.0,
    "moodle-xml": 1.5,
    "html": 1.0,
    "anki": 7.0,
    "three targets": 30.0,
}
"""Ratios to reach at 10,000 questions with 10 % markup."""
GROWTH_BARS = {"bank rules": 1.5, "three targets": 1.15}
"""How far the ratio of a step may grow from 10,000 to 100,000 questions."""


@dataclass(frozen=True, slots=True)
class Step:
    """One measured step.

    Attributes:
        name: As printed.
        seconds: Median.
        ratio: Against the raw parse in the same run.
    """

    name: str
    seconds: float
    ratio: float


def main(arguments: Sequence[str] | None = None) -> None:
    """Print all measurements, or those for one size."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 10_000, 100_000], help="questions a bank")
    parser.add_argument("--markup", type=float, nargs="*", default=[0.1, 0.3], help="share of snippets with markup")
    parser.add_argument("--runs", type=int, default=5, help="runs of each step (100,000 questions take one)")
    parser.add_argument("--no-commands", action="store_true", help="leave out whole commands, memory and text2qti")
    chosen = parser.parse_args(arguments)
    totals: dict[tuple[str, int, float], float] = {}
    for markup in chosen.markup:
        for size in chosen.sizes:
            steps = measure(size, markup=markup, runs=chosen.runs if size < 50_000 else 1)
            totals.update({(step.name, size, markup): step.ratio for step in steps if step.name in GROWTH_BARS})
            _print_steps(size, markup, steps)
    _print_growth(totals)
    long_texts.measure()
    assembly.measure()
    if not chosen.no_commands:
        with tempfile.TemporaryDirectory() as folder:
            commands.measure(Path(folder), runs=chosen.runs)


def measure(size: int, *, markup: float, runs: int) -> list[Step]:
    """Every step on one generated bank."""
    data = bank(size, markup=markup)
    loaded = _load(data)
    steps = [
        _step("load", lambda: parse(data, path="bench.yaml"), data, runs),
        _step("validate", _validate, data, runs, given=lambda: _parsed(data)),
        _step("markdown", lambda: _render_all(loaded), data, runs),
        _step("item rules", lambda: _review(loaded, ItemRule), data, runs),
        _step("bank rules", lambda: _review(loaded, BankRule), data, runs),
    ]
    env = Env(now=1_700_000_000)
    _render_all(loaded, env.markup(loaded))
    steps += [_step(name, partial(export, loaded, name, env=env), data, runs) for name in FORMATS]
    steps.append(_step("three targets", lambda: _everything(data), data, runs))
    return steps


def _step(
    name: str, work: Callable[..., Any], data: bytes, runs: int, *, given: Callable[[], Any] | None = None
) -> Step:
    own: list[float] = []
    raw: list[float] = []
    for _ in range(runs):
        raw.append(_timed(lambda: yaml.CSafeLoader(data).raw_parse()))
        arguments = () if given is None else (given(),)
        own.append(_timed(partial(work, *arguments)))
    return Step(name, median(own), median(own) / median(raw))


def _timed(work: Callable[[], Any]) -> float:
    gc.collect()
    began = time.process_time()
    result = work()
    took = time.process_time() - began
    del result
    return took


def _parsed(data: bytes) -> Document:
    return parse(data, path="bench.yaml")


def _validate(document: Document) -> None:
    with paused_collector():
        read_entries([document])


def _load(data: bytes) -> Bank:
    with paused_collector():
        document = _parsed(data)
        found, problems = build(read_entries([document]), Path(), [document])
    if found is None or any(problem.severity == "error" for problem in problems):
        message = "the generated bank is not valid"
        raise SystemExit(message)
    return found


def _render_all(source: Bank, markup: Markup | None = None) -> None:
    renderer = markup or Markup({})
    dialects = [renderer.dialect(name) for name in ("moodle", "anki", "html")]
    with paused_collector():
        for question in source.questions:
            for _, text, mark in marked(question, Text):
                for dialect in dialects:
                    dialect.inline(text) if mark.kind == "inline" else dialect.block(text)


def _review(source: Bank, kind: type[ItemRule | BankRule]) -> None:
    """All rules about single questions, or about the bank as a whole, from its texts on."""
    rules = tuple(rule for rule in built_in() if isinstance(rule, kind))
    with paused_collector():
        for _ in problems(source, plan(rules, ())):
            pass


def _everything(data: bytes) -> None:
    with paused_collector():  # as the command line does
        source = _load(data)
        env = Env(now=1_700_000_000)
        for name in FORMATS:
            export(source, name, env=env)


def _print_steps(size: int, markup: float, steps: Sequence[Step]) -> None:
    print(f"\n{size:,} questions, {markup:.0%} of the snippets with markup")
    for step in steps:
        bar = f"   bar {BARS[step.name]:g}" if (size, markup) == (10_000, 0.1) else ""
        print(f"  {step.name:<14} {step.seconds:9.3f} s  {step.ratio:6.2f} x raw{bar}")
    sys.stdout.flush()


def _print_growth(totals: dict[tuple[str, int, float], float]) -> None:
    for (name, size, markup), ratio in totals.items():
        smaller = totals.get((name, size // 10, markup))
        if smaller and size >= 100_000:
            bar = GROWTH_BARS[name]
            print(f"\n{name}, {size:,} over {size // 10:,} at {markup:.0%}: {ratio / smaller:.2f} (bar {bar:g})")


if __name__ == "__main__":
    main()
