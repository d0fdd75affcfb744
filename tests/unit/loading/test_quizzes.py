"""Quiz files: every fault with its place, all in one run, and none hides another."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizforge.api import check_quizzes, load_quiz
from quizforge.errors import UsageError
from quizforge.loading.quizzes import LoadedQuizzes, find_quizzes, load_quizzes
from tests.tools.exams import bank, load, question, write

_TWO = [question("mars"), question("venus")]


def _found(loaded: LoadedQuizzes) -> list[tuple[str, int, int]]:
    return [(one.code.code, one.place.line, one.place.column) for one in check_quizzes(loaded)]


def _said(loaded: LoadedQuizzes) -> list[tuple[str, str]]:
    return [(one.message, one.hint) for one in check_quizzes(loaded)]


def test_every_fault_in_one_run(tmp_path: Path) -> None:
    """Unknown keys, bad values, unknown ids and counts that exclude each other stand in one list, by place."""
    loaded = load(
        tmp_path,
        _TWO,
        """\
        minuts: 30
        forms: 27
        seed: -1
        include: [marz]
        sections:
          - {id: a, count: 9, cells: [{count: 2..1}, {blom: apply, count: 1}]}
          - {id: a}
          - questions: [other/mars, "Bad id"]
            cells:
              - {bloom: aply, type: essey, concept: nothing, count: x}
        """,
    )

    assert _found(loaded) == [
        ("QF101", 4, 1),
        ("QF107", 5, 8),
        ("QF107", 6, 7),
        ("QF110", 7, 11),
        ("QF107", 9, 39),
        ("QF101", 9, 47),
        ("QF604", 10, 5),
        ("QF608", 10, 10),
        ("QF110", 11, 17),
        ("QF108", 11, 29),
        ("QF104", 13, 17),
        ("QF104", 13, 29),
        ("QF110", 13, 45),
        ("QF106", 13, 61),
    ]


def test_hints_name_what_is_near(tmp_path: Path) -> None:
    """A misspelt key, question, bank or type is answered by the nearest one that there is."""
    loaded = load(
        tmp_path,
        _TWO,
        """\
        sectons: []
        exclude: [vebus, pol/mars]
        sections:
          - {count: 1, filter: {type: single_choise, bank: pol}}
        """,
    )

    assert [hint for _, hint in _said(loaded)] == [
        "did you mean 'sections'?",
        "did you mean 'venus'?",
        "did you mean 'pool'?",
        "did you mean 'single_choice'?",
        "did you mean 'pool'?",
    ]


def test_faults_of_the_bank_are_told_with_the_quiz(tmp_path: Path) -> None:
    """A quiz of a broken bank is not assembled, and says what is wrong with the bank."""
    loaded = load(tmp_path, [question("mars", points="x")], "sections:\n  - count: 1\n")

    assert not loaded.ok
    assert [(one.code.code, Path(one.place.path).name) for one in loaded.diagnostics] == [("QF106", "bank.yaml")]


def test_several_banks(tmp_path: Path) -> None:
    """A private bank beside a public one: an id that both have needs its bank's name, one that one has does not."""
    public, private = bank([*_TWO], name="public"), bank([question("mars"), question("secret")], name="private")
    write(
        tmp_path,
        {
            "public/bank.yaml": public,
            "private/bank.yaml": private,
            "public/quizzes/exam.yaml": (
                "banks: [.., ../../private]\nsections:\n  - questions: [private/mars, secret, mars]\n"
            ),
        },
    )
    loaded = load_quizzes([tmp_path / "public" / "quizzes" / "exam.yaml"])

    assert _said(loaded) == [("several banks have a question 'mars'", "write public/mars or private/mars")]


@pytest.mark.parametrize(
    "path",
    ["/etc", "../../..", "../../../pool", "~/pool", "C:/pool", "..\\pool", "", "nowhere", "../quizzes/exam.yaml/x"],
)
def test_paths_that_a_quiz_may_not_read(path: str, tmp_path: Path) -> None:
    """A bank lies near its quiz: no absolute path, no home folder, no drive, not far up, and it exists."""
    loaded = load(tmp_path / "shelf" / "pool", _TWO, f"banks: ['{path}']\nsections:\n  - count: 1\n")
    (found,) = loaded.diagnostics

    assert (found.code.code, found.place.line) in {("QF600", 4), ("QF007", 4)}


@pytest.mark.parametrize(
    ("quiz", "found"),
    [
        ("forms: []\nsections: [{count: 1}]\n", ("QF107", 4, 8)),
        ("forms: {a: b}\nsections: [{count: 1}]\n", ("QF103", 4, 8)),
        ("sections: []\n", ("QF604", 4, 1)),
        ("sections: [{count: 0}]\n", ("QF604", 4, 12)),
        ("sections: [{cells: [{count: 0}, {count: 0}]}]\n", ("QF604", 4, 12)),
    ],
)
def test_an_exam_holds_something(quiz: str, found: tuple[str, int, int], tmp_path: Path) -> None:
    """No forms, no sections or no questions are mistakes, each said once."""
    assert _found(load(tmp_path, _TWO, quiz)) == [found]


def test_more_than_anybody_needs_is_refused(tmp_path: Path) -> None:
    """Cells, sections and names are limited, since each is held against every question."""
    cells = ", ".join(["{count: 0}"] * 501)
    names = ", ".join(["mars"] * 1001)
    loaded = load(tmp_path, _TWO, f"iterations: 1000001\nexclude: [{names}]\nsections:\n  - cells: [{cells}]\n")

    assert [(one.code.code, one.place.line, one.message) for one in loaded.diagnostics] == [
        ("QF107", 4, "'1000001' is out of range; at most 1000000 is allowed"),
        ("QF107", 5, "1001 entries; at most 1000 are allowed"),
        ("QF107", 7, "501 entries; at most 500 are allowed"),
    ]


def test_a_link_does_not_lead_out(tmp_path: Path) -> None:
    """A folder that is a link to elsewhere is no bank that a quiz may read."""
    write(tmp_path, {"elsewhere/far/bank.yaml": bank(_TWO)})
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "near").symlink_to(tmp_path / "elsewhere" / "far")
    write(tmp_path, {"a/b/quizzes/exam.yaml": "banks: [../near]\nsections:\n  - count: 1\n"})
    loaded = load_quizzes([tmp_path / "a" / "b" / "quizzes" / "exam.yaml"])

    assert [one.message for one in loaded.diagnostics] == ["'../near' leads out of the folders that a quiz may name"]


def test_contradictory_filters(tmp_path: Path) -> None:
    """What one filter asks for and another around it excludes is said at the inner one."""
    loaded = load(
        tmp_path,
        _TWO,
        """\
        filter: {pool: exam}
        sections:
          - filter: {bloom: [apply, create]}
            cells:
              - {pool: practice, bloom: remember, count: 1}
              - {status: retired, count: 1}
              - {prerequisites: true, count: 1}
        """,
    )

    assert [(one.code.code, one.place.line, one.message) for one in loaded.diagnostics] == [
        ("QF607", 8, "no question has pool practice where a filter around it asks for exam"),
        ("QF607", 8, "no question has bloom remember where a filter around it asks for apply or create"),
        ("QF607", 9, "retired questions are never picked"),
        ("QF607", 10, "'prerequisites' without 'concept' asks for nothing"),
    ]


def test_a_quiz_is_known_by_its_key_or_its_folder(tmp_path: Path) -> None:
    """Files in quizzes/ are quizzes even without the key, which is then missed; others need the key."""
    write(tmp_path, {"pool/bank.yaml": bank(_TWO)})
    (tmp_path / "pool" / "quizzes").mkdir()
    (tmp_path / "pool" / "quizzes" / "a.yaml").write_text("id: a\ntitle: A\nsections: [{count: 1}]\n", encoding="utf-8")
    (tmp_path / "exams").mkdir()
    (tmp_path / "exams" / "b.yaml").write_text(
        "# a comment\nquiz: 1\nid: b\ntitle: B\nbanks: ../pool\nsections: [{count: 1}]\n", encoding="utf-8"
    )
    (tmp_path / "exams" / "notes.yaml").write_text("hello: world\n", encoding="utf-8")

    assert [path.name for path in find_quizzes(tmp_path)] == ["b.yaml", "a.yaml"]
    assert [(one.code.code, Path(one.place.path).name) for one in load_quizzes([tmp_path]).diagnostics] == [
        ("QF111", "a.yaml")
    ]


def test_a_quiz_beside_its_bank_is_told_where_it_belongs(tmp_path: Path) -> None:
    """A quiz file among the parts of a bank is no part, and the first finding says where to move it."""
    write(tmp_path, {"bank.yaml": bank(_TWO), "midterm.yaml": "quiz: 1\nid: midterm\nsections: [{count: 1}]\n"})
    first = load_quizzes([tmp_path]).diagnostics[0]
    assert (first.code.code, first.hint) == ("QF101", "a quiz file lies in the folder quizzes/ of its bank")


def test_two_quizzes_of_one_folder_have_ids_of_their_own(tmp_path: Path) -> None:
    """Else the exam of one would be written over that of the other; in folders apart an id may come again."""
    quiz = "sections: [{count: 1}]\n"
    files = {f"{folder}/quizzes/{name}.yaml": quiz for folder, name in (("a", "one"), ("a", "two"), ("b", "one"))}
    write(tmp_path, {"a/bank.yaml": bank(_TWO, name="a"), "b/bank.yaml": bank(_TWO, name="b"), **files})
    found = load_quizzes([tmp_path]).diagnostics

    assert [(each.code.code, each.place.path[-18:]) for each in found] == [("QF109", "a/quizzes/two.yaml")]
    assert [place.path[-18:] for place in found[0].related] == ["a/quizzes/one.yaml"]


def test_a_folder_of_quizzes_needs_no_bank(tmp_path: Path) -> None:
    """A folder that holds quizzes only is no mistake."""
    write(tmp_path, {"pool/bank.yaml": bank(_TWO)})
    (tmp_path / "exams").mkdir()
    (tmp_path / "exams" / "b.yaml").write_text(
        "quiz: 1\nid: b\ntitle: B\nbanks: ../pool\nsections: [{count: 1}]\n", encoding="utf-8"
    )

    assert load_quizzes([tmp_path / "exams"]).diagnostics == ()


def test_warnings_of_an_assembly_can_be_allowed(tmp_path: Path) -> None:
    """A comment with a reason takes out a warning that only assembling finds, and no error."""
    head = "scenarios:\n  - {id: trip, text: A case.}\n"
    pool = [question("a", scenario="trip", bloom="remember"), question("b", scenario="trip"), question("c")]
    quiz = """\
        sections:
          - count: 1  # quizforge: allow[QF613, QF610] the case comes next year
            cells: [{bloom: apply, count: COUNT}]
        """
    fine = load(tmp_path / "fine", pool, quiz.replace("COUNT", "1"), head=head)
    short = load(tmp_path / "short", pool, quiz.replace("count: 1 ", "count: 9 ").replace("COUNT", "9"), head=head)

    assert _found(fine) == []
    assert [code for code, _, _ in _found(short)] == ["QF610"]


def test_statistics_are_read_with_places(tmp_path: Path) -> None:
    """A value that is no share, a key that does not exist and a revision that is none stand in the list."""
    stats = "stats: 1\nitems:\n  - {id: mars, p: 1.2}\n  - {id: venus, q: 1, revision: abc}\n"
    loaded = load(tmp_path, _TWO, "sections:\n  - count: 1\n", **{"stats.yaml": stats})

    assert _found(loaded) == [("QF107", 3, 19), ("QF101", 4, 17), ("QF104", 4, 33)]


def test_statistics_follow_a_rename_and_not_a_change(tmp_path: Path) -> None:
    """Values of a former id count for the question; those of another revision do not."""
    stats = "stats: 1\nitems:\n  - {id: old, p: 0.3}\n  - {id: venus, p: 0.9, revision: 0123456789abcdef}\n"
    pool = [question("mars", formerly="[old]"), question("venus")]
    loaded = load(tmp_path, pool, "sections:\n  - count: 1\n", **{"stats.yaml": stats})

    assert _found(loaded) == [("QF621", 4, 35)]
    assert {key: float(value.p or 0) for key, value in loaded.quizzes[0].stats["pool"].items()} == {"mars": 0.3}


def test_one_quiz_that_must_be_sound(tmp_path: Path) -> None:
    """``load_quiz`` gives the quiz, or raises with what is wrong."""
    load(tmp_path, _TWO, "sections:\n  - count: 1\n")
    path = tmp_path / "quizzes" / "exam.yaml"

    assert load_quiz(path).file.id == "exam"
    path.write_text("quiz: 1\n", encoding="utf-8")
    with pytest.raises(Exception, match="the quiz has 3 errors"):
        load_quiz(path)
    with pytest.raises(UsageError):
        load_quiz(tmp_path / "quizzes" / "gone.yaml")


def test_file_with_the_wrong_suffix_is_named(tmp_path: Path) -> None:
    """A quiz in a .yml file is not passed over in silence."""
    load(tmp_path, _TWO, "sections:\n  - count: 1\n")
    (tmp_path / "quizzes" / "exam.yaml").rename(tmp_path / "quizzes" / "exam.yml")
    loaded = load_quizzes([tmp_path])

    assert [(one.code.code, Path(one.place.path).name) for one in loaded.diagnostics] == [("QF020", "exam.yml")]
