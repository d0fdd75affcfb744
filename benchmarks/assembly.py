"""Parallel forms from a large pool: how long it takes, and how alike they are."""

from __future__ import annotations

import random
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from quizforge.assembly.assemble import Assembly, assemble
from quizforge.loading.quizzes import load_quizzes
from quizforge.model.shelf import key_of

POOL, FORMS, LENGTH, ENEMIES = 1_000, 8, 40, 200
BARS = {"seconds": 10.0, "range of means": 0.004}
"""Eight forms of 40 questions from 1,000 with 200 pairs of enemies."""

_TOPICS = 10
_LEVELS = ("remember", "understand", "apply", "analyze")


def measure() -> None:
    """Assemble the forms and print what they are like."""
    with TemporaryDirectory() as folder:
        write_pool(Path(folder))
        loaded = load_quizzes([Path(folder) / "quizzes" / "exam.yaml"])
        if not loaded.ok:
            message = "the generated pool is not valid"
            raise SystemExit(message)
        began = time.perf_counter()
        made = assemble(loaded.quizzes[0])
        seconds = time.perf_counter() - began
    if made.report is None:
        raise SystemExit("\n".join(problem.message for problem in made.problems))
    print(f"\n{FORMS} forms of {LENGTH} from {POOL:,} questions with {ENEMIES} pairs of enemies")
    print(f"  assembly       {seconds:9.3f} s   bar {BARS['seconds']:g}")
    print(f"  range of means {made.report.mean_range:9.4f}     bar {BARS['range of means']:g}")
    print(f"  range of SDs   {made.report.spread_range:9.4f}")
    print(f"  enemies met    {enemies_met(made):9}     bar 0")


def write_pool(folder: Path, *, seed: int = 1) -> None:
    """A bank with measured facilities, and a quiz with a cell for each topic and level.

    Args:
        folder: Where they are written.
        seed: The same seed gives the same files.
    """
    source = random.Random(seed)
    enemies: dict[int, list[str]] = {}
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < ENEMIES:
        one, other = source.sample(range(POOL), 2)
        if (one, other) not in pairs and (other, one) not in pairs:
            pairs.add((one, other))
            enemies.setdefault(one, []).append(f"q-{other:04}")
    lines = ["schema: 1", "id: pool", "title: Pool", "concepts:"]
    lines += [f"  - {{id: t{topic}, title: Topic {topic}}}" for topic in range(_TOPICS)]
    lines += ["questions:"]
    stats = ["stats: 1", "items:"]
    for number in range(POOL):
        topic, level = number % _TOPICS, _LEVELS[number // _TOPICS % len(_LEVELS)]
        lines.append(
            f"  - {{id: q-{number:04}, type: single_choice, stem: Question {number}, concepts: [t{topic}],"
            f" bloom: {level}, minutes: {source.choice([1, 1.5, 2])}, enemies: [{', '.join(enemies.get(number, []))}],"
            f" choices: [{{text: yes {number}, correct: true}}, no {number}, perhaps {number}, never {number}]}}"
        )
        stats.append(f"  - {{id: q-{number:04}, n: 200, p: {source.betavariate(4, 2):.3f}}}")
    quiz = ["quiz: 1", "id: exam", "title: Exam", f"forms: {FORMS}", "sections:", "  - cells:"]
    quiz += [
        f"      - {{concept: t{topic}, bloom: {level}, count: 1}}" for topic in range(_TOPICS) for level in _LEVELS
    ]
    (folder / "bank.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "stats.yaml").write_text("\n".join(stats) + "\n", encoding="utf-8")
    (folder / "quizzes").mkdir()
    (folder / "quizzes" / "exam.yaml").write_text("\n".join(quiz) + "\n", encoding="utf-8")


def enemies_met(made: Assembly) -> int:
    """How many pairs of enemies stand in one form."""
    found = 0
    for form in made.forms:
        held = {key_of(item) for item in form.items}
        found += sum((item.bank.id, enemy) in held for item in form.items for enemy in item.source.enemies)
    return found


if __name__ == "__main__":
    measure()
