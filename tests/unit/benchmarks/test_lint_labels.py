"""The measuring of rules on labelled items."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import lint_labels
from quizforge.lint.pages import measurements
from quizforge.lint.registry import built_in
from quizforge.lint.rule import ItemRule

_RULE = next(rule for rule in built_in() if isinstance(rule, ItemRule) and rule.code.code == "QF201")


def _file(folder: Path, judged: list[tuple[str, int | None]]) -> Path:
    """Items with a last option each, and what people said of it; None where nobody judged."""
    lines = []
    for number, (last, label) in enumerate(judged):
        labels = {} if label is None else {"no_all_of_the_above": label}
        choices = ["Iron", "Tin", last]
        item = {"id": f"i{number}", "question": "Which?", "choices": choices, "answer": "B", "labels": labels}
        lines.append(json.dumps(item))
    path = folder / "items.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_agreement_is_counted(tmp_path: Path) -> None:
    """Two hits agree, one flaw is missed, one hit is false, and what was not judged does not count."""
    judged = [("All of these", 1), ("all of the above", 1), ("Every metal", 1), ("Both of them", 0), ("Lead", 0)]
    items = tuple(lint_labels.read(_file(tmp_path, [*judged, ("Zinc", 0), ("All of these", None)])))
    found = lint_labels.score((_RULE,), items, date="2026-01-01")

    assert (found.items, found.flawed, found.hits) == (6, 3, 3)
    assert (found.precision, found.recall) == (0.67, 0.67)
    assert found.kappa == 0.33  # (4/6 - 1/2) / (1 - 1/2)


@pytest.mark.parametrize("judged", [[], [("Lead", 0)], [("All of these", 1)]])
def test_nothing_to_agree_on(tmp_path: Path, judged: list[tuple[str, int | None]]) -> None:
    """Without items, flaws or hits there is no division by zero."""
    found = lint_labels.score((_RULE,), tuple(lint_labels.read(_file(tmp_path, judged))))

    assert found.kappa == 0.0


def test_table_is_printed_and_nothing_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each rule with a criterion has its line, misses are shown on request, and only --write keeps figures."""
    before = lint_labels.MEASURED.read_bytes()
    lint_labels.main([str(_file(tmp_path, [("Every metal", 1), ("All of these", 0)])), "--misses", "QF201"])
    printed = capsys.readouterr().out

    assert "QF201 all-of-the-above         no_all_of_the_above           2     1    1  0.00  0.00  -1.00" in printed
    assert "missed i0" in printed
    assert "false  i1" in printed
    assert "QF207 or QF208" in printed
    assert lint_labels.MEASURED.read_bytes() == before


def test_every_rule_with_a_criterion_is_measured() -> None:
    """A rule's page names its figures, and no figure is of a rule that is gone."""
    named = {rule.code.code for rule in built_in() if isinstance(rule, ItemRule) and rule.criterion}

    assert set(measurements()) == named
