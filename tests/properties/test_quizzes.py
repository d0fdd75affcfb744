"""Quiz files from anywhere: whatever they hold, there are diagnostics or forms, never an exception."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from quizforge.api import assemble, check_quizzes
from quizforge.loading.quizzes import load_quizzes
from tests.tools.exams import assert_sound, bank, question

_CONCEPTS = "concepts:\n  - {id: base, title: Base}\n  - {id: top, title: Top, before: [base]}\n"
_HEAD = f"{_CONCEPTS}scenarios:\n  - {{id: s, text: Case}}\n"
_LEVELS = ("apply", "create")
_POOL = [
    question(
        f"q{n}",
        bloom=_LEVELS[n % 2],
        difficulty=("easy", "hard")[n % 3 == 0],
        family="both" if n in {3, 6} else f"own{n}",
        enemies=f"[q{n - 1}]" if n % 5 == 4 else "[]",
        concepts=("[base]", "[top]")[n % 2],
        points=n % 3 + 1,
    )
    for n in range(14)
] + [question(f"s{n}", scenario="s", bloom="apply") for n in range(3)]

_VALUES = st.sampled_from(
    [
        "1",
        "2",
        "0",
        "1..3",
        "x",
        "[]",
        "{}",
        "[q1, q4]",
        "q2",
        "base",
        "[top]",
        "apply",
        "create",
        "easy",
        "true",
        "-1",
    ]
)
_FILTER_KEYS = st.sampled_from(
    ["concept", "prerequisites", "tag", "type", "bloom", "difficulty", "facility", "pool", "status", "scenario", "bank"]
)
_CELLS = st.dictionaries(_FILTER_KEYS, _VALUES, max_size=2).flatmap(
    lambda keys: st.sampled_from(["1", "2", "1..3", "x"]).map(lambda count: {**keys, "count": count})
)
_SECTIONS = st.fixed_dictionaries(
    {},
    optional={
        "questions": st.sampled_from(["[q0]", "[q1, q5]", "[s0]", "[nobody]", "q3"]),
        "count": st.sampled_from(["1", "3", "2..4", "40"]),
        "cells": st.lists(_CELLS, max_size=3),
        "points": _VALUES,
        "shuffle": _VALUES,
    },
)
_QUIZZES = st.fixed_dictionaries(
    {"sections": st.lists(_SECTIONS, max_size=3)},
    optional={
        "forms": st.sampled_from(["1", "2", "3", "[A, B]", "[A, a]", "0"]),
        "overlap": st.sampled_from(["{forms: 1}", "{forms: 2, earlier: 1}", "{earlier: 0}", "x"]),
        "include": _VALUES,
        "exclude": _VALUES,
        "minutes": _VALUES,
        "iterations": st.sampled_from(["50", "0", "200"]),
        "nothing": _VALUES,
    },
)


def _written(tree: object) -> str:
    """A tree in YAML's flow style, whose scalars are given as they stand in the file."""
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{key}: {_written(value)}" for key, value in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(map(_written, tree)) + "]"
    return str(tree)


def _try(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "bank.yaml").write_text(bank(_POOL, head=_HEAD), encoding="utf-8")
        path = Path(folder) / "quizzes" / "exam.yaml"
        path.parent.mkdir()
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        loaded = load_quizzes([path])
        check_quizzes(loaded)
        if loaded.ok and loaded.quizzes:
            found = assemble(loaded.quizzes[0])
            assert found.ok or any((one.severity or one.code.severity) == "error" for one in found.problems)
            assert_sound(found)


@settings(max_examples=120)
@given(_QUIZZES)
def test_any_quiz_gives_sound_forms_or_errors(tree: dict[str, object]) -> None:
    """Right and wrong values in any mixture: errors that say why there are no forms, or forms without a fault."""
    _try("quiz: 1\nid: exam\ntitle: Exam\n" + "".join(f"{key}: {_written(value)}\n" for key, value in tree.items()))


@settings(max_examples=120)
@given(st.text(max_size=200))
def test_any_text_gives_diagnostics(text: str) -> None:
    """Whatever stands behind the first line, nothing is raised."""
    _try("quiz: 1\n" + text)
