"""Every rule has a specification, and does what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizforge.lint.pages import page
from quizforge.lint.registry import built_in
from quizforge.lint.rule import Rule, sections
from tests.docs.blocks import blocks_of
from tests.tools.rule_spec import expected, found, reviewed

_HERE = Path(__file__).parent
_SPECS = sorted(_HERE.glob("*.md"))
_RULES = {rule.code.name: rule for rule in built_in()}
_BLOCKS = [
    pytest.param(path, block.text, id=f"{path.stem}:{block.line}")
    for path in _SPECS
    if path.stem in _RULES
    for block in blocks_of(path, "yaml")
]


def test_each_rule_has_its_specification() -> None:
    """A rule without a specification is not done."""
    assert set(_RULES) - {path.stem for path in _SPECS} == set()


@pytest.mark.parametrize(("path", "text"), _BLOCKS)
def test_rule_finds_what_its_specification_says(path: Path, text: str, tmp_path: Path) -> None:
    """On each line of a block exactly what its comment says is found, by the rule of that name."""
    assert found(text, tmp_path, _RULES[path.stem]) == expected(text)


@pytest.mark.parametrize("path", [path for path in _SPECS if path.stem in _RULES], ids=lambda path: path.stem)
def test_specification_shows_both_sides(path: Path) -> None:
    """A specification shows something that is found, and something alike that is not."""
    texts = [block.text for block in blocks_of(path, "yaml")]

    assert any(expected(text) for text in texts)
    assert "```yaml" in path.read_text(encoding="utf-8")
    assert any(_has_unmarked_question(text) for text in texts)


def _has_unmarked_question(text: str) -> bool:
    if not expected(text):
        return True
    questions = f"\n{text}".split("\n- id:")[1:] or f"\n{text}".split("\n  - id:")[1:]
    return any(not expected(question) for question in questions)


@pytest.mark.parametrize("rule", _RULES.values(), ids=lambda rule: rule.code.name)
def test_page_of_a_rule_says_what_is_true(rule: Rule, tmp_path: Path) -> None:
    """The flawed example of a rule's page is valid and found, the better one is valid and not."""
    parts = sections(rule)

    flagged = reviewed(parts["Flagged"], tmp_path, rule).diagnostics
    assert {each.code.code for each in flagged} == {rule.code.code}
    assert reviewed(parts["Instead"], tmp_path, rule).diagnostics == ()
    assert page(rule).startswith(f"# {rule.code.code} {rule.code.name} ({rule.code.severity})\n")


def test_rules_are_named_after_their_files() -> None:
    """A rule's file is named by what it finds, as its code is."""
    modules = {rule.check.__module__.rsplit(".", 1)[-1] for rule in built_in()}

    assert modules == {name.replace("-", "_") for name in _RULES}
