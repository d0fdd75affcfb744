"""Every rule has a specification, and does what it says."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest

from quizforge.lint.pages import page
from quizforge.lint.registry import built_in
from quizforge.lint.rule import Rule, sections
from quizforge.model.codes import all_codes
from tests.docs.blocks import blocks_of
from tests.tools.rule_spec import expected, found, reviewed, whole_bank

_HERE = Path(__file__).parent
_SPECS = sorted(_HERE.glob("*.md"))
_RULES = {rule.code.name: rule for rule in built_in()}
_CHECKS = {code.name: code for code in all_codes().values() if "QF320" <= code.code < "QF350"}
"""The checks of texts, which ``validate`` makes; they are specified as rules are."""


def _blocks(names: Collection[str]) -> list[Any]:
    return [
        pytest.param(path, block.text, id=f"{path.stem}:{block.line}")
        for path in _SPECS
        if path.stem in names
        for block in blocks_of(path, "yaml")
    ]


def test_each_rule_has_its_specification() -> None:
    """A rule without a specification is not done, nor is a check of texts."""
    assert {path.stem for path in _SPECS} == {*_RULES, *_CHECKS}


@pytest.mark.parametrize(("path", "text"), _blocks(_RULES))
def test_rule_finds_what_its_specification_says(path: Path, text: str, tmp_path: Path) -> None:
    """On each line of a block exactly what its comment says is found, by the rule of that name."""
    assert found(text, tmp_path, _RULES[path.stem]) == expected(text)


@pytest.mark.parametrize(("path", "text"), _blocks(_CHECKS))
def test_check_finds_what_its_specification_says(path: Path, text: str, tmp_path: Path) -> None:
    """On each line of a block exactly what its comment says is found, by the check of that name."""
    code = _CHECKS[path.stem].code
    seen = {(line, severity, each) for line, severity, each in found(text, tmp_path) if each == code}

    assert seen == expected(text)


@pytest.mark.parametrize(("path", "text"), _blocks(_CHECKS))
def test_check_can_be_allowed_in_place(path: Path, text: str, tmp_path: Path) -> None:
    """A comment above each question takes the finding away, and is called unused where there is none."""
    code = _CHECKS[path.stem].code
    questions = re.split(r"^(?= *- \{?id:)", whole_bank(text)[0], flags=re.MULTILINE)
    allowed = f"  # quizforge: allow[{code}] looked at\n".join(questions)
    diagnostics = reviewed(allowed, tmp_path).diagnostics

    assert [each for each in diagnostics if each.code.code == code] == []
    unused = sum(not expected(question) for question in questions[1:])
    assert sum(each.code.code == "QF022" for each in diagnostics) == unused


@pytest.mark.parametrize("rule", _RULES.values(), ids=lambda rule: rule.code.name)
def test_rule_can_be_allowed_in_place(rule: Rule, tmp_path: Path) -> None:
    """Comments at the title and above each entry take away what is found in the flawed example of a rule's page."""
    comment = f"# quizforge: allow[{rule.code.code}] looked at"
    flagged = whole_bank(sections(rule)["Flagged"])[0]
    allowed = re.sub(r"^(title: .*)$", rf"\1  {comment}", flagged, flags=re.MULTILINE)
    allowed = re.sub(r"^( *)(- \{?id:)", rf"\1{comment}\n\1\2", allowed, flags=re.MULTILINE)

    codes = {each.code.code for each in reviewed(allowed, tmp_path, rule).diagnostics}
    assert codes <= {"QF022"}


@pytest.mark.parametrize("path", _SPECS, ids=lambda path: path.stem)
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
