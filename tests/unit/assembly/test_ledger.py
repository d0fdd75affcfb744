"""What exams used: kept out of later ones, and a quiz that would come out otherwise now is held back."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizforge.api import assemble, load_quiz
from quizforge.assembly.ledger import Ledger, parse_ledger
from quizforge.errors import UsageError
from tests.tools.exams import ids, question, source

_POOL = [question(f"q{n}") for n in range(8)]
_QUIZ = "sections:\n  - count: 4\n"


def _recorded(folder: Path, *, date: str = "2026-01-10") -> tuple[Ledger, list[str]]:
    """A ledger with one exam of four questions under another name, and their ids."""
    quiz = source(folder, _POOL, _QUIZ)
    made = assemble(quiz)
    return Ledger().recorded(made.forms, quiz="first", date=date), ids(made.forms[0])


def test_a_ledger_survives_its_file(tmp_path: Path) -> None:
    """What is read is what was written; a line for each form, so that a diff says what changed."""
    ledger, used = _recorded(tmp_path)
    data = ledger.dump()

    assert parse_ledger(data, source="ledger.json") == ledger
    assert parse_ledger(Ledger().dump(), source="ledger.json") == Ledger()
    assert next(line for line in data.decode().splitlines() if '"A"' in line).count('"pool"') == len(used)


def test_questions_of_earlier_exams_are_kept_out(tmp_path: Path) -> None:
    """With ``earlier: 0`` none comes again, with 2 at most two do, and without it they count for nothing."""
    ledger, used = _recorded(tmp_path / "first")
    none = source(tmp_path / "none", _POOL, f"overlap: {{earlier: 0}}\n{_QUIZ}")
    some = source(tmp_path / "some", _POOL, "overlap: {earlier: 2}\nsections:\n  - count: 6\n")

    assert not set(ids(assemble(none, ledger=ledger).forms[0])) & set(used)
    assert len(set(ids(assemble(some, ledger=ledger).forms[0])) & set(used)) == 2


def test_old_exams_are_forgotten(tmp_path: Path) -> None:
    """``since`` lets questions of exams before a day count as new; an exam without a day counts always."""
    ledger, _ = _recorded(tmp_path / "first", date="2025-01-10")
    undated, _ = _recorded(tmp_path / "again", date="")
    quiz = source(tmp_path / "new", _POOL, "overlap: {earlier: 0, since: 2025-06-01}\nsections:\n  - count: 8\n")

    assert assemble(quiz, ledger=ledger).ok
    assert not assemble(quiz, ledger=undated).ok


def test_shortage_after_earlier_exams_is_said(tmp_path: Path) -> None:
    """What earlier exams have used up is missing, and the message says how many are left."""
    ledger, _ = _recorded(tmp_path / "first")
    quiz = source(tmp_path / "new", _POOL, "overlap: {earlier: 0}\nsections:\n  - count: 5\n")

    assert [problem.message for problem in assemble(quiz, ledger=ledger).problems] == [
        "cell 'any question' is short: 1 form needs 5 questions, and there are 4"
    ]


def test_a_quiz_comes_out_as_it_was_recorded(tmp_path: Path) -> None:
    """The same quiz and banks pass, and the ledger stays as it is, with its day."""
    quiz = source(tmp_path, _POOL, _QUIZ)
    ledger = Ledger().recorded(assemble(quiz).forms, quiz="exam", date="2026-01-10")
    again = assemble(quiz, ledger=ledger)

    assert again.ok
    assert ledger.recorded(again.forms, quiz="exam", date="2027-07-07") is ledger


def test_a_bank_that_changed_under_a_quiz_is_noticed(tmp_path: Path) -> None:
    """Questions that have changed, are gone or retired since are named; --renew records the new forms."""
    quiz = source(tmp_path, _POOL, _QUIZ)
    first = assemble(quiz)
    ledger = Ledger().recorded(first.forms, quiz="exam", date="2026-01-10")
    one, two, three, _ = ids(first.forms[0])
    path = tmp_path / "bank.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace(f"stem: About {one},", f"stem: All about {one},")
    text = text.replace(f"- {{id: {two},", f"- {{status: retired, id: {two},")
    text = "".join(line for line in text.splitlines(keepends=True) if f"id: {three}," not in line)
    path.write_text(text, encoding="utf-8")
    changed = load_quiz(tmp_path / "quizzes" / "exam.yaml")
    held = assemble(changed, ledger=ledger)
    renewed = assemble(changed, ledger=ledger, renew=True)

    assert not held.ok
    assert [problem.code.code for problem in held.problems] == ["QF620"]
    gone = ", ".join(f"pool/{name}" for name in ids(first.forms[0]) if name in {two, three})
    assert held.problems[0].message.endswith(f"2026-01-10; changed: pool/{one}; gone or retired: {gone}")
    assert renewed.ok
    assert ledger.recorded(renewed.forms, quiz="exam", date="2026-02-02").exams[0].date == "2026-02-02"


def test_another_seed_is_another_exam(tmp_path: Path) -> None:
    """Without any change in the banks the message says that the forms are others."""
    quiz = source(tmp_path, _POOL, _QUIZ)
    ledger = Ledger().recorded(assemble(quiz).forms, quiz="exam", date="")
    problems = assemble(quiz, ledger=ledger, seed=9).problems

    assert [problem.message for problem in problems] == [
        "this quiz was assembled with other questions or in another order"
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is no ledger: it is not JSON"),
        (b"{}", "is no ledger"),
        (b'{"ledger": 2}', "is a ledger of version 2; this program reads version 1"),
        (b'{"ledger": 1}', "is a damaged ledger"),
        (b'{"ledger": 1, "exams": [{"quiz": "x", "date": 3, "forms": {}}]}', "is a damaged ledger"),
        (b'{"ledger": 1, "exams": [{"quiz": "x", "date": "", "forms": {"A": [["b", "q"]]}}]}', "is a damaged ledger"),
        (b'{"ledger": 1, "exams": [{"quiz": "x", "date": "", "forms": []}]}', "is a damaged ledger"),
        (b"[" * 100_000, "is no ledger: it is not JSON"),
    ],
)
def test_files_that_are_no_ledger(data: bytes, message: str) -> None:
    """Anything else is refused in a sentence, and never overwritten."""
    with pytest.raises(UsageError, match=message):
        parse_ledger(data, source="ledger.json")
