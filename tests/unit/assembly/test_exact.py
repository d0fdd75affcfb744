"""HiGHS: the same task, with a proof."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from quizforge.api import assemble
from quizforge.errors import EnvironmentFault
from tests.tools.exams import assert_keys_balanced, assert_sound, ids, question, source

_LABELS = ("easy", "medium", "hard")


def test_optimal_forms(tmp_path: Path) -> None:
    """Forms are as alike as any can be, keep all conditions, and come out again."""
    levels = ("apply", "create")
    pool = [
        question(f"q{n:02}", difficulty=_LABELS[n % 3], enemies=f"[q{(n + 7) % 30:02}]", bloom=levels[n % 2])
        for n in range(30)
    ]
    quiz = source(
        tmp_path,
        pool,
        """\
        forms: 2
        sections:
          - count: 8
            cells:
              - {bloom: apply, count: 3..5}
              - {bloom: create, count: 3..5}
        """,
    )
    found = assemble(quiz, solver="highs")

    assert found.ok, found.problems
    assert found.report is not None
    assert found.report.solver == "HiGHS, optimal"
    assert found.report.mean_range == pytest.approx(0)
    assert_sound(found)
    for form in found.forms:
        assert len(ids(form)) == 8
        assert_keys_balanced(form)
    assert [ids(form) for form in assemble(quiz, solver="highs").forms] == [ids(form) for form in found.forms]


def test_impossible_forms_are_proven_impossible(tmp_path: Path) -> None:
    """A triangle of enemies holds no pair for one form; the message says that this is proven."""
    pool = [question("a", enemies="[b, c]"), question("b", enemies="[c]"), question("c")]
    found = assemble(source(tmp_path, pool, "sections:\n  - count: 2\n"), solver="highs")

    assert not found.ok
    assert [problem.message for problem in found.problems] == [
        "it is proven that no forms meet all conditions together"
    ]


def test_overlap_and_include(tmp_path: Path) -> None:
    """Shared questions stay within the limit, and what must be used is."""
    pool = [question(f"q{n}", difficulty=_LABELS[n % 3]) for n in range(9)]
    quiz = "forms: 3\noverlap: {forms: 1}\ninclude: [q8]\nsections:\n  - count: 3\n"
    found = assemble(source(tmp_path, pool, quiz), solver="highs")
    forms = [set(ids(form)) for form in found.forms]

    assert all(len(one & other) <= 1 for one in forms for other in forms if one is not other)
    assert any("q8" in form for form in forms)


def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where HiGHS is not installed, a sentence says how to get it."""
    monkeypatch.setitem(sys.modules, "highspy", None)
    quiz = source(tmp_path, [question("a")], "sections:\n  - count: 1\n")

    with pytest.raises(EnvironmentFault, match="HiGHS is not installed"):
        assemble(quiz, solver="highs")
