"""From a quiz file to forms: what is picked, how alike the forms are, and what cannot be done."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from quizforge.api import assemble, export, load_quiz
from quizforge.assembly.assemble import Assembly
from quizforge.assembly.records import record_files
from quizforge.model.shelf import key_of
from tests.tools.exams import assert_keys_balanced, assert_sound, ids, load, made, question, source

_ROOT = Path(__file__).parents[3]
_EXAM = _ROOT / "banks" / "llm-alignment" / "quizzes" / "exam.yaml"
_LEVELS = ("remember", "understand", "apply")
_LABELS = ("easy", "medium", "hard")


def _pool(count: int) -> list[str]:
    """Questions of three levels and three difficulties in turn."""
    return [question(f"q{n:03}", bloom=_LEVELS[n % 3], difficulty=_LABELS[n // 3 % 3]) for n in range(count)]


@pytest.fixture(scope="module")
def exam() -> Assembly:
    """The exam that the first bank brings along."""
    found = assemble(load_quiz(_EXAM))
    assert found.ok, found.problems
    return found


def test_shipped_exam_has_three_disjoint_forms_that_meet_the_blueprint(exam: Assembly) -> None:
    """Three forms of 40 without a common question; every cell holds what it asks for, in every form."""
    forms = [{key_of(item) for item in form.items} for form in exam.forms]
    assert [len(form) for form in forms] == [40, 40, 40]
    assert len(set.union(*forms)) == 120
    assert exam.report is not None
    for row in exam.report.rows:
        low, _, high = row.wanted.partition("..")
        assert all(int(low) <= held <= int(high or low) for held in row.held), row
    assert sum(row.held[0] for row in exam.report.rows) == 40


def test_shipped_exam_has_forms_that_are_alike(exam: Assembly) -> None:
    """Mean expected facilities lie within 0.02, spreads within 0.03; points and minutes are the same."""
    report = exam.report
    assert report is not None
    assert report.mean_range <= 0.02
    assert report.spread_range <= 0.03
    assert len({form.points for form in report.forms}) == 1
    assert max(form.minutes for form in report.forms) - min(form.minutes for form in report.forms) <= 1


def test_shipped_exam_is_sound_and_its_keys_are_balanced(exam: Assembly) -> None:
    """Enemies and families never meet; no place of the key tells anything. Nothing is left to remark."""
    assert_sound(exam)
    for form in exam.forms:
        assert_keys_balanced(form)
    assert [problem.code.code for problem in exam.problems if problem.code.severity != "info"] == []


def test_the_shipped_quiz_is_short() -> None:
    """Twenty lines are enough."""
    assert len(_EXAM.read_text(encoding="utf-8").splitlines()) <= 22


def test_second_run_gives_the_same_bytes(exam: Assembly) -> None:
    """In another process, with another hash seed and time zone, every file is the same."""
    code = (
        "import hashlib\n"
        "from quizforge.api import assemble, export, load_quiz\n"
        "from quizforge.assembly.records import record_files\n"
        f"made = assemble(load_quiz({str(_EXAM)!r}))\n"
        "data = [file.data for form in made.forms for file in export(form, 'html').files]\n"
        "data += [record.data for record in record_files(made)]\n"
        "print(hashlib.sha256(b''.join(data)).hexdigest())"
    )
    from hashlib import sha256

    data = [file.data for form in exam.forms for file in export(form, "html").files]
    data += [record.data for record in record_files(exam)]
    surroundings = {"PYTHONHASHSEED": "77", "TZ": "Asia/Kathmandu", "PATH": "/usr/bin:/bin", "LC_ALL": "C"}
    done = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, encoding="utf-8", env=surroundings, cwd=_ROOT
    )

    assert done.stdout.strip() == sha256(b"".join(data)).hexdigest()


def test_another_seed_gives_other_forms(exam: Assembly) -> None:
    """The seed chooses among what is equally good."""
    other = assemble(load_quiz(_EXAM), seed=1)

    assert [ids(form) for form in other.forms] != [ids(form) for form in exam.forms]


def test_cells_that_compete_are_reckoned_together(tmp_path: Path) -> None:
    """A question that fits two cells serves one of them; what is missing is said for both, with a place."""
    loaded = load(
        tmp_path,
        [question("a", bloom="remember"), question("b", bloom="apply"), question("c", bloom="remember")],
        """\
        sections:
          - cells:
              - {title: One, bloom: remember, count: 2}
              - {title: Two, bloom: [remember, apply], count: 2}
        """,
    )
    quiz = loaded.quizzes[0]
    found = [quiz.locate(problem) for problem in assemble(quiz).problems]

    assert [(one.code.code, one.place.line, one.message) for one in found] == [
        ("QF610", 7, "cells 'One' and 'Two' are short together: 1 form needs 4 questions, and there are 3")
    ]


def test_overlapping_cells_are_filled_where_they_can_be(tmp_path: Path) -> None:
    """The greedy choice would leave the second cell empty; the flow does not."""
    found = made(
        tmp_path,
        [question("a", bloom="remember"), question("b", bloom="apply")],
        """\
        sections:
          - cells:
              - {title: Any, count: 1}
              - {title: Facts, bloom: remember, count: 1}
        """,
    )

    assert sorted(ids(found.forms[0])) == ["a", "b"]


def test_a_family_serves_each_form_once(tmp_path: Path) -> None:
    """Three variants are enough for three forms of one question, and not for one form of two."""
    family = [question(f"v{n}", family="one") for n in range(3)]
    fine = made(tmp_path / "fine", family, "forms: 3\nsections:\n  - count: 1\n")
    short = assemble(source(tmp_path / "short", family, "sections:\n  - count: 2\n"))

    assert_sound(fine)
    assert [problem.message for problem in short.problems] == [
        "cell 'any question' is short: 1 form needs 2 questions, and there is 1"
    ]


def test_enemies_are_kept_apart(tmp_path: Path) -> None:
    """Twelve questions with six pairs of enemies make two forms of six in one way only: one of each pair each."""
    pool = [question(f"q{n:02}", enemies=f"[q{n + 1:02}]" if n % 2 == 0 else "[]") for n in range(12)]
    found = made(tmp_path, pool, "forms: 2\nsections:\n  - count: 6\n")

    assert_sound(found)
    assert sorted(ids(found.forms[0]) + ids(found.forms[1])) == [f"q{n:02}" for n in range(12)]


def test_enemies_of_a_named_question_are_not_picked(tmp_path: Path) -> None:
    """What stands in every form keeps its enemies and its family out of all of them."""
    pool = [question("a", enemies="[b]", family="f"), question("b"), question("c", family="f"), question("d")]
    found = made(tmp_path, pool, "sections:\n  - questions: [a]\n    count: 1\n")

    assert sorted(ids(found.forms[0])) == ["a", "d"]


def test_what_cannot_be_is_said(tmp_path: Path) -> None:
    """Enemies that leave no way give an error that names them, and no forms."""
    found = assemble(source(tmp_path, [question("a", enemies="[b]"), question("b")], "sections:\n  - count: 2\n"))

    assert not found.ok
    assert [problem.message for problem in found.problems] == [
        "form A would hold pool/a and pool/b, which exclude each other"
    ]


def test_ranges_give_every_form_the_same_counts(tmp_path: Path) -> None:
    """Cells that may vary are brought to the section's count, alike in all forms and within their limits."""
    found = made(
        tmp_path,
        _pool(60),
        """\
        forms: 3
        sections:
          - count: 15
            cells:
              - {bloom: remember, count: 2..6}
              - {bloom: understand, count: 4..9}
              - {bloom: apply, count: 0..3}
        """,
    )

    assert found.report is not None
    rows = [row.held for row in found.report.rows]
    assert all(len(set(held)) == 1 for held in rows)
    assert sum(held[0] for held in rows) == 15
    assert all(low <= held[0] <= high for held, (low, high) in zip(rows, ((2, 6), (4, 9), (0, 3)), strict=True))


def test_overlap_lets_forms_share_no_more_than_allowed(tmp_path: Path) -> None:
    """Three forms of six from twelve questions share two at most with each other."""
    found = made(tmp_path, _pool(12), "forms: 3\noverlap: {forms: 2}\nsections:\n  - count: 6\n")
    forms = [set(ids(form)) for form in found.forms]

    assert_sound(found)
    assert all(len(one & other) <= 2 for one in forms for other in forms if one is not other)


def test_include_and_exclude(tmp_path: Path) -> None:
    """An included question stands in some form, an excluded one in none."""
    quiz = "forms: 2\ninclude: [q007, q031]\nexclude: [q003]\nsections:\n  - count: 4\n"
    found = made(tmp_path, _pool(40), quiz)
    held = {name for form in found.forms for name in ids(form)}

    assert {"q007", "q031"} <= held
    assert "q003" not in held


def test_filters(tmp_path: Path) -> None:
    """Each key of a filter narrows; prerequisites widen a concept; drafts must be asked for, retired never come."""
    head = "concepts:\n  - {id: base, title: Base}\n  - {id: top, title: Top, before: [base]}\n"
    pool = [
        question("top1", concepts="[top]", tags="[x]"),
        question("base1", concepts="[base]", pool="exam"),
        question("draft1", concepts="[top]", status="draft"),
        question("old1", concepts="[top]", status="retired"),
        question("other", tags="[y]", difficulty="hard"),
    ]
    wanted = {
        "concept: top": ["top1"],
        "concept: pool/top, prerequisites: true": ["base1", "top1"],
        "concept: top, status: [ready, draft]": ["draft1", "top1"],
        "pool: exam": ["base1"],
        "tag: [x, y]": ["other", "top1"],
        "difficulty: hard, tag: y": ["other"],
        "facility: 0..0.5": ["other"],
    }
    for number, (asked, expected) in enumerate(wanted.items()):
        quiz = f"sections:\n  - filter: {{{asked}}}\n    count: {len(expected)}\n"
        found = made(tmp_path / str(number), pool, quiz, head=head)
        assert sorted(ids(found.forms[0])) == expected, asked


def test_scenarios_are_picked_whole_and_in_order(tmp_path: Path) -> None:
    """The questions of a case come together, in the order of the bank; other counts are made up of single ones."""
    head = "scenarios:\n  - {id: one, text: A case.}\n  - {id: two, text: Another case.}\n"
    pool = [question(f"one{n}", scenario="one") for n in range(3)]
    pool += [question(f"two{n}", scenario="two") for n in range(3)]
    pool += [question(f"s{n}") for n in range(6)]
    found = made(tmp_path, pool, "forms: 2\nsections:\n  - count: 5\n", head=head)

    for form in found.forms:
        held = ids(form)
        cases = [name for name in held if name[0] in "ot"]
        assert cases in (["one0", "one1", "one2"], ["two0", "two1", "two2"])
        at = held.index(cases[0])
        assert held[at : at + 3] == cases
    assert_sound(found)


def test_a_set_holds_no_question_that_answers_another(tmp_path: Path) -> None:
    """An enemy inside a scenario, and a stem that holds a key of the set, stay out, with the reason."""
    head = "scenarios:\n  - {id: one, text: A case.}\n"
    pool = [
        question("a", scenario="one"),
        question("b", scenario="one", enemies="[a]"),
        "  - {id: c, type: short_answer, scenario: one, stem: Its name, answers: [supervised fine tuning]}\n",
        "  - {id: d, type: true_false, scenario: one, stem: Supervised fine tuning is cheap, answer: true}\n",
    ]
    found = made(tmp_path, pool, "sections:\n  - count: 2\n", head=head)

    assert ids(found.forms[0]) == ["a", "c"]
    assert [problem.message for problem in found.problems if problem.code.code == "QF614"] == [
        "'b' is not asked with the others of its scenario: it and 'a' are enemies or of one family",
        "'d' is not asked with the others of its scenario: its stem holds the answer to 'c'",
    ]


def test_measured_values_win(tmp_path: Path) -> None:
    """What was measured counts, and the report says which questions have labels only, and which nothing."""
    pool = [question("a", difficulty="easy"), question("b", difficulty="hard")]
    pool += ["  - {id: c, type: true_false, stem: Is it, answer: true}\n"]
    stats = "stats: 1\nitems:\n  - {id: a, n: 90, p: 0.31, minutes: 2}\n"
    found = made(tmp_path, pool, "sections:\n  - count: 3\n", **{"stats.yaml": stats})

    assert found.report is not None
    (form,) = found.report.forms
    assert form.mean == pytest.approx((0.31 + 0.4 + 0.6) / 3)
    assert form.origins == {"measured": 1, "label": 1, "none": 1}
    assert (found.report.labelled, found.report.unrated) == (("pool/b",), ("pool/c",))
    assert form.minutes == 2


def test_points_of_the_quiz_replace_those_of_the_bank(tmp_path: Path) -> None:
    """A cell's points win over the section's; the revision stays that of the bank."""
    quiz = """\
        sections:
          - points: 2
            questions: [q000]
            cells:
              - {bloom: remember, count: 1, points: 5}
              - {bloom: apply, count: 1}
        """
    found = made(tmp_path, _pool(12), quiz)
    items = list(found.forms[0].items)

    assert sorted(int(item.question.max_points) for item in items) == [2, 2, 5]
    bank = items[0].bank
    assert all(item.revision == item.bank.revisions[item.question.id][1] for item in items)
    assert {item.source.points for item in items} == {None}
    assert bank.id == "pool"


def test_map_leads_back_to_the_bank(tmp_path: Path) -> None:
    """From form, number and letter, the map gives the question and the option of the bank; the key is right."""
    found = made(tmp_path, _pool(12), "forms: 2\nsections:\n  - count: 5\n")
    (tree,) = [json.loads(record.data) for record in record_files(found) if record.name.endswith("-map.json")]

    for form, quiz in zip(tree["forms"], found.forms, strict=True):
        assert [entry["number"] for entry in form["questions"]] == [1, 2, 3, 4, 5]
        for entry, item in zip(form["questions"], quiz.items, strict=True):
            original = item.bank.question_by_id[entry["id"]]
            assert entry["revision"] == item.revision
            shown = [original.choices[at].text for at in entry["orders"]["choices"]]  # type: ignore[union-attr]
            assert shown == [choice.text for choice in item.question.choices]  # type: ignore[union-attr]
            key = original.choices[entry["orders"]["choices"]["ABCD".index(entry["key"])]]  # type: ignore[union-attr]
            assert key.correct
