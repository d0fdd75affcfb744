"""Findings that an author allows in place, from the comment to the report."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizforge.lint.run import lint
from quizforge.loading.bank import load_banks
from quizforge.model.quiz import Selection

_HEAD = "schema: 1\nid: b\ntitle: B\nquestions:\n"


def _found(folder: Path, questions: str, **settings: object) -> list[str]:
    """Line and code of each finding; numbers of lines count from the first question."""
    (folder / "bank.yaml").write_text(_HEAD + questions, encoding="utf-8")
    review = lint(load_banks([folder]), **{"ignore": ["QF222", "QF4"], **settings})  # type: ignore[arg-type]  # settings of the function
    return [f"{each.place.line - 4} {each.code.code}" for each in review.diagnostics]


_NEGATIVE = (
    "  - id: q\n    type: single_choice\n    stem: Which is not red?{}\n"
    "    choices: [a, {{text: b, correct: true}}, c]\n"
)
_PLAIN = "  - {id: r, type: true_false, stem: It is red., answer: true}\n"


@pytest.mark.parametrize(
    ("questions", "found"),
    [
        (_NEGATIVE.format(""), ["3 QF203"]),
        (_NEGATIVE.format("  # quizforge: allow[QF203] on purpose"), []),
        ("  # quizforge: allow[QF203] the whole question\n" + _NEGATIVE.format(""), []),
        ("    # quizforge: allow[QF203, QF202] one is needless\n" + _NEGATIVE.format(""), ["1 QF022"]),
        (_NEGATIVE.format("  # quizforge: allow[QF203]"), ["3 QF023"]),
        (_NEGATIVE.format("  # quizforge: allow[QF202] not this one"), ["3 QF203", "3 QF022"]),
        (_NEGATIVE.format("  # quizforge: allow[QF299] mistyped"), ["3 QF203", "3 QF022"]),
        (_NEGATIVE.format("") + "    # quizforge: allow[QF203] too late\n" + _PLAIN, ["3 QF203", "5 QF022"]),
    ],
)  # fmt: skip
def test_comment_covers_what_begins_there(tmp_path: Path, questions: str, found: list[str]) -> None:
    """At the end of a line, or alone above a text or a whole question; what allows nothing is reported."""
    assert _found(tmp_path, questions) == found


def test_allowance_of_the_whole_bank(tmp_path: Path) -> None:
    """A comment above the list of questions covers all of them."""
    bank = _HEAD.replace("questions:", "# quizforge: allow[QF203] an old exam\nquestions:") + _NEGATIVE.format("")
    (tmp_path / "bank.yaml").write_text(bank, encoding="utf-8")
    assert lint(load_banks([tmp_path]), only=["QF203"]).diagnostics == ()


@pytest.mark.parametrize(
    "settings",
    [{"ignore": ["QF203", "QF222", "QF4"]}, {"only": ["QF201"]}, {"selection": Selection(ids=frozenset({"other"}))}],
    ids=["ignored", "only another", "another question"],
)
def test_unused_allowance_of_a_rule_that_did_not_run_is_none(tmp_path: Path, settings: dict[str, object]) -> None:
    """Nobody can say that a comment is needless while the rule behind it is silent."""
    comment = "  # quizforge: allow[QF203] needless"
    assert _found(tmp_path, _NEGATIVE.format(comment).replace("not red", "red")) == ["3 QF022"]
    assert _found(tmp_path, _NEGATIVE.format(comment).replace("not red", "red"), **settings) == []


def test_rule_that_is_off_by_default(tmp_path: Path) -> None:
    """Its allowances are judged when it is selected."""
    comment = _NEGATIVE.format("  # quizforge: allow[QF212] needless").replace("not red", "red")
    assert _found(tmp_path, comment) == []
    assert _found(tmp_path, comment, select=["QF212"]) == ["3 QF022"]


def test_rule_that_runs_on_one_of_two_banks(tmp_path: Path) -> None:
    """Each bank's own settings say whether a comment in its files is needless."""
    question = _NEGATIVE.format("  # quizforge: allow[QF203] needless").replace("not red", "red")
    for name, settings in (("a", ""), ("b", "lint: {ignore: [QF203]}\n")):
        (tmp_path / name).mkdir()
        head = _HEAD.replace("id: b", f"id: {name}").replace("questions:", f"{settings}questions:")
        (tmp_path / name / "bank.yaml").write_text(head + question, encoding="utf-8")
    found = lint(load_banks([tmp_path]), ignore=["QF222", "QF4"]).diagnostics

    assert [(Path(each.place.path).parent.name, each.code.code) for each in found] == [("a", "QF022")]


def test_finding_made_an_error_can_be_allowed(tmp_path: Path) -> None:
    """A department's severity does not take the author's reason away."""
    (tmp_path / "quizforge.toml").write_text('[lint.severity]\nQF203 = "error"\n', encoding="utf-8")
    assert _found(tmp_path, _NEGATIVE.format("  # quizforge: allow[QF203] on purpose")) == []
