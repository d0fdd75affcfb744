"""Rules of other packages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

_RULE = '''
"""A stem that shouts.

What:
    The stem is in capitals.
Why:
    Capitals are hard to read.
Flagged:
    - {id: a, type: true_false, stem: THIS IS LOUD, answer: true}
Instead:
    - {id: a, type: true_false, stem: This is calm, answer: true}
Source:
    Tinker (1955), Journal of Applied Psychology 39(6), 444-446.
"""

from quizforge.lint.rule import ItemRule, limits
from quizforge.model.diagnostic import Code

CODE = Code("SHOUT1", "shouting-stem", "warning", "A stem that shouts.")


def _check(item, given):
    if item.stem.isupper() and len(item.stem) > given["shout_letters"]:
        yield item.problem(CODE, "the stem shouts", hint="write it in small letters")


RULE = ItemRule(CODE, _check, __doc__, limits=limits(shout_letters=3))
'''
_BANK = """
schema: 1
id: b
title: B
questions:
  - {id: a, type: true_false, stem: THIS IS LOUD, answer: true}
  - id: b
    type: true_false
    stem: SO IS THIS  # quizforge: allow[SHOUT1] it is a sign on a door
    answer: true
  - id: c
    type: true_false
    stem: This is not  # quizforge: allow[SHOUT1] needless
    answer: true
"""


def _install(site: Path, rule: str, *, entry: str = "quiet_please:RULE") -> None:
    """A distribution as an installer leaves it: a module, and its metadata with the entry point."""
    (site / "quiet_please.py").write_text(rule, encoding="utf-8")
    metadata = site / "quiet_please-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: quiet-please\nVersion: 1.0\n", encoding="utf-8")
    (metadata / "entry_points.txt").write_text(f"[quizforge.lint_rules]\nquiet = {entry}\n", encoding="utf-8")


def _run(site: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    (site / "bank.yaml").write_text(dedent(_BANK).lstrip(), encoding="utf-8")
    start = "import sys; sys.path.insert(0, '.'); from quizforge.cli.main import run; sys.exit(run(sys.argv[1:]))"
    command = [sys.executable, "-c", start, *arguments]
    return subprocess.run(command, cwd=site, capture_output=True, text=True, encoding="utf-8", check=False)


def test_rule_of_another_package_runs_like_any_other(tmp_path: Path) -> None:
    """It is found by its entry point, has a page, a limit and a severity that settings may change."""
    _install(tmp_path, _RULE)
    found = _run(tmp_path, "lint", "bank.yaml", "-q")
    assert "bank.yaml:5:37: warning[SHOUT1] the stem shouts" in found.stdout
    assert found.stdout.count("warning[SHOUT1]") == 1
    assert "warning[QF022] nothing is found here that SHOUT1 would allow" in found.stdout
    assert found.returncode == 0
    assert "the stem shouts" not in _run(tmp_path, "lint", "bank.yaml", "--limit", "shout_letters=20").stdout
    assert "the stem shouts" not in _run(tmp_path, "lint", "bank.yaml", "--ignore", "shouting-stem").stdout
    assert "# SHOUT1 shouting-stem (warning)" in _run(tmp_path, "explain", "SHOUT1").stdout
    (tmp_path / "quizforge.toml").write_text('[lint.severity]\nshouting-stem = "error"\n', encoding="utf-8")
    assert "error[SHOUT1]" in _run(tmp_path, "lint", "bank.yaml").stdout


@pytest.mark.parametrize(
    ("rule", "entry", "message"),
    [
        ("x = 1 / 0\n", "quiet_please:RULE", "the lint rule 'quiet' cannot be loaded: ZeroDivisionError"),
        ("RULE = 1\n", "quiet_please:RULE", "the entry point 'quiet' (quiet_please:RULE) names no rule"),
        (_RULE, "quiet_please:GONE", "the lint rule 'quiet' cannot be loaded: AttributeError"),
        (_RULE.replace("SHOUT1", "QF203"), "quiet_please:RULE", "has the code QF203, which QuizForge has"),
        (_RULE.replace("Why:", "Because:"), "quiet_please:RULE", "lacks: Why"),
    ],
)
def test_broken_rule_of_another_package_is_named(tmp_path: Path, rule: str, entry: str, message: str) -> None:
    """It stops the review with one sentence that says which it is, and no traceback."""
    _install(tmp_path, rule, entry=entry)
    found = _run(tmp_path, "lint", "bank.yaml")

    assert found.returncode == 3
    assert found.stderr.startswith("error: ")
    assert message in found.stderr
    assert "Traceback" not in found.stderr
