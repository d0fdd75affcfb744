"""Whole commands as a user runs them: start-up, memory, and the same questions through text2qti."""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks.generate import bank
from quizforge.exporters import registry

ONE_QUESTION = """\
schema: 1
id: one
title: One question
questions:
  - {id: q, type: single_choice, stem: Which one?, choices: [{text: This, correct: true}, That]}
"""
QUIZFORGE = (sys.executable, "-m", "quizforge")
RACED = ("moodle-xml", "canvas", "canvas-newquizzes")
"""Targets that are raced: files for a learning platform, as text2qti writes one."""
_SLOW = 10
"""Seconds from which a command is run once only."""
_CHILD = "import resource,subprocess,sys;subprocess.run(sys.argv[1:],check=True,stdout=subprocess.DEVNULL);"


def measure(folder: Path, *, runs: int) -> None:
    """Print start-up, memory and the race against text2qti."""
    one = folder / "one.yaml"
    one.write_text(ONE_QUESTION, encoding="utf-8")
    _start_up(one, runs)
    _memory(folder)
    _exporters(folder, runs)
    _race(folder, runs)


def _start_up(one: Path, runs: int) -> None:
    print("\nstart-up, wall time over that of python -c pass")
    base = (sys.executable, "-c", "pass")
    for words, bar in ((("--version",), None), (("--help",), 6), (("validate", str(one)), 25)):
        ours, theirs = _alternating((*QUIZFORGE, *words), base, max(runs, 5) * 2)
        limit = f"   bar {bar}" if bar else ""
        print(f"  quizforge {words[0]:<11} {ours * 1000:6.0f} ms  {ours / theirs:6.2f} x{limit}")


def _memory(folder: Path) -> None:
    size = 10_000
    source = folder / "memory.yaml"
    source.write_bytes(bank(size, markup=0.1))
    least = _peak_mb((*QUIZFORGE, "--version"))
    for words in (("validate", str(source)), ("export", str(source), "-o", str(folder / "out"))):
        peak = _peak_mb((*QUIZFORGE, *words))
        share = (peak - least) / (size / 1000)
        print(f"\npeak memory of {words[0]}, 10,000 questions: {peak:.0f} MB, {share:.1f} MB per 1,000 (bar 20)")


def _exporters(folder: Path, runs: int) -> None:
    """Every built-in format on 1,000 choice questions, start-up, checks and Markdown included."""
    source = folder / "formats.yaml"
    source.write_bytes(bank(1_000, markup=0.1))
    print("\n1,000 choice questions, start-up included: wall time, processor time (bar 1,000 a second)")
    for name in registry.BUILT_IN:
        words = (*QUIZFORGE, "export", str(source), "-f", name, "-o", str(folder / name))
        took = [_took(words)]
        if took[0] is None:
            print(f"  {name:<18} not written: {_refusal(words)}")
            continue
        if took[0][0] < _SLOW:
            took += [_took(words) for _ in range(min(runs, 3) - 1)]
        wall, processor = (median(times) for times in zip(*filter(None, took), strict=True))
        print(f"  {name:<18} {wall:6.2f} s {processor:6.2f} s  {1_000 / processor:6.0f} a second of processor time")


def _took(words: Sequence[str]) -> tuple[float, float] | None:
    """Wall and processor time of a command, in seconds; None where it fails."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(words, check=False, capture_output=True)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return None if done.returncode else (wall, processor)


def _refusal(words: Sequence[str]) -> str:
    return subprocess.run(words, check=False, capture_output=True, text=True).stderr.strip().split("\n")[-1]


def _race(folder: Path, runs: int) -> None:
    tool = shutil.which("text2qti") or shutil.which("text2qti", path=str(Path(sys.executable).parent))
    if tool is None:
        print("\ntext2qti is not installed: no race (pip install text2qti)")
        return
    source, theirs = folder / "race.yaml", folder / "race.txt"
    source.write_bytes(bank(1_000, markup=0.0))
    theirs.write_text(_as_text2qti(source.read_text(encoding="utf-8")), encoding="utf-8")
    print("\n1,000 choice questions, start-up included, against text2qti")
    for name in RACED:
        ours = (*QUIZFORGE, "export", str(source), "-f", name, "-o", str(folder / "race"))
        own, other = _alternating(ours, (tool, str(theirs)), runs)
        rate = f"{1_000 / own:,.0f} questions/s (bar 1,000)"
        print(f"  {name:<18} {own:5.2f} s, {other:.2f} s: {own / other:.2f} of its time (bar 0.5), {rate}")


def _alternating(first: Sequence[str], second: Sequence[str], runs: int) -> tuple[float, float]:
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(runs + 1):
        for words, kept in zip((first, second), times, strict=True):
            began = time.perf_counter()
            subprocess.run(words, check=True, capture_output=True)
            if number:
                kept.append(time.perf_counter() - began)
    return median(times[0]), median(times[1])


def _peak_mb(words: Sequence[str]) -> float:
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    code = f"{_CHILD}print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    done = subprocess.run(
        (sys.executable, "-c", code, *words), check=True, capture_output=True, text=True, env=os.environ.copy()
    )
    return int(done.stdout.split()[-1]) / unit


def _as_text2qti(source: str) -> str:
    """The generated bank in text2qti's own format (its README, "Quiz format")."""
    lines = ["Quiz title: Race", ""]
    for question in source.split("  - id: ")[1:]:
        stem = re.search(r"^    stem: (.*)$", question, re.MULTILINE)
        general = re.search(r"^    feedback: (.*)$", question, re.MULTILINE)
        choices = re.findall(r"      - text: (.*)\n(        correct: true\n)?        feedback: (.*)\n", question)
        lines.append(f"1. {stem[1] if stem else ''}")
        lines.append(f"... {general[1] if general else ''}")
        for letter, (text, correct, feedback) in zip("abcd", choices, strict=True):
            lines += [f"{'*' if correct else ''}{letter}) {text}", f"... {feedback}"]
        lines.append("")
    return "\n".join(lines)
