"""Banks as a whole: what is found, where, and that nothing hides anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizforge.errors import UsageError
from quizforge.loading.bank import load_banks
from tests.tools.inline_bank import HEADER, codes, found, load

CHOICES = "choices: [{text: a, correct: true}, b]"


def test_all_problems_of_all_files_in_one_run(tmp_path: Path) -> None:
    """Faults in several files and several entries are all reported, sorted by place."""
    loaded = load(
        tmp_path,
        {
            "bank.yaml": HEADER + "questions:\n  - {id: A, type: true_false, stem: s, answer: yes}\n",
            "more.yaml": "questions:\n  - {id: b, type: true_false, stem: s, answr: true, points: x}\n",
        },
    )

    assert found(loaded) == [("QF108", 5, 10), ("QF105", 5, 48), ("QF102", 2, 5), ("QF101", 2, 40), ("QF106", 2, 61)]


def test_broken_field_does_not_hide_others(tmp_path: Path) -> None:
    """An invariant runs although another field of the entry could not be read."""
    loaded = load(
        tmp_path,
        f"""\
        questions:
          - {{id: a, type: single_choice, stem: s, points: x, {CHOICES.replace("b]", "a]")}}}
        """,
    )

    assert codes(loaded) == ["QF106", "QF122"]


def test_no_follow_up_errors(tmp_path: Path) -> None:
    """An invariant that reads a broken field is not run, so that one mistake is one error."""
    loaded = load(
        tmp_path,
        """\
        questions:
          - {id: a, type: single_choice, stem: s, choices: [{text: a, correct: yes}, b]}
          - {id: b, type: cloze, stem: "x [[y]]", blanks: {y: {answers: []}, z: 3}}
          - {id: c, type: matching, stem: s, pairs: [{left: a}, {left: b, right: c}]}
        """,
    )

    assert codes(loaded) == ["QF105", "QF103", "QF102"]


def test_empty_values_are_reported_once(tmp_path: Path) -> None:
    """A key without a value is missing, and nothing else is said about it."""
    loaded = load(tmp_path, "questions:\n  - id: a\n    type: true_false\n    stem:\n    answer: true\n    notes:\n")

    assert found(loaded) == [("QF007", 7, 5), ("QF007", 9, 5)]


def test_references_are_checked_in_entries_with_errors(tmp_path: Path) -> None:
    """An unknown id is found beside a bad value."""
    loaded = load(tmp_path, "questions:\n  - {id: a, type: true_false, stem: s, answer: yes, concepts: [no]}\n")

    assert codes(loaded) == ["QF105", "QF110"]


def test_reference_to_a_faulty_entry_is_known(tmp_path: Path) -> None:
    """An entry with an error still exists: references to it are no second error."""
    loaded = load(
        tmp_path,
        """\
        concepts: [{id: c}]
        questions: [{id: a, type: true_false, stem: s, answer: true, concepts: [c]}]
        """,
    )

    assert codes(loaded) == ["QF102"]


def test_ids_are_distinct_across_files_and_sections(tmp_path: Path) -> None:
    """Questions, flashcards and concepts share one id space; both places are named."""
    loaded = load(
        tmp_path,
        {
            "bank.yaml": HEADER + "concepts: [{id: same, title: t}]\n",
            "z.yaml": "flashcards: [{id: same, front: f, back: b}]\nreferences: [{id: same, text: t}]\n",
        },
    )
    duplicate = loaded.diagnostics[0]

    assert found(loaded) == [("QF109", 1, 19)]
    assert [place.line for place in duplicate.related] == [4]


def test_defaults_apply_and_are_reported_once(tmp_path: Path) -> None:
    """Faults in defaults stand there once, however many questions inherit them."""
    question = "{{id: {}, type: true_false, stem: s, answer: true}}"
    rows = "\n".join(f"  - {question.format(name)}" for name in "abc")
    loaded = load(tmp_path, f"defaults: {{points: 3, penalty: 7, concepts: [no]}}\nquestions:\n{rows}\n")

    assert found(loaded) == [("QF107", 4, 32), ("QF110", 4, 46)]
    assert [question.max_points for question in loaded.banks[0].questions] == [3, 3, 3]


def test_text_faults_in_defaults_are_reported_once(tmp_path: Path) -> None:
    """A bad formula in a default text is not repeated for each question."""
    rows = "".join(f"  - {{id: {name}, type: true_false, stem: s, answer: true}}\n" for name in "ab")
    loaded = load(tmp_path, "defaults: {feedback: 'bad \\(\\frac{a\\)'}\nquestions:\n" + rows)

    assert [item.place.line for item in loaded.diagnostics] == [4]


def test_header_keys_belong_into_the_first_file(tmp_path: Path) -> None:
    """A further file that sets the title is told so."""
    loaded = load(tmp_path, {"bank.yaml": HEADER, "b.yaml": "title: Other\nquestion: []\n"})

    assert found(loaded) == [("QF115", 1, 1), ("QF101", 2, 1)]
    assert loaded.diagnostics[1].hint == "did you mean 'questions'?"


def test_files_merge_in_the_order_of_their_paths(tmp_path: Path) -> None:
    """bank.yaml first, then by path; data, media, quizzes and hidden folders are left out."""
    question = "questions: [{{id: {}, type: true_false, stem: s, answer: true}}]\n"
    names = {"b/x.yaml": "bx", "a/z.yaml": "az", "a/b/c.yaml": "abc", "data/d.yaml": "d", ".x/e.yaml": "e"}
    files = {path: question.format(name) for path, name in names.items()}
    loaded = load(tmp_path, {**files, "bank.yaml": HEADER + question.format("first")})

    assert [question.id for question in loaded.banks[0].questions] == ["first", "abc", "az", "bx"]


def test_part_file_loads_its_whole_bank(tmp_path: Path) -> None:
    """Naming a file inside a bank checks the bank, as a commit hook does."""
    load(tmp_path, {"bank.yaml": HEADER + "concepts: [{id: c, title: t}]\n", "q/a.yaml": "objectives: []\n"})

    assert [bank.id for bank in load_banks([tmp_path / "q" / "a.yaml"]).banks] == ["test"]


def test_folder_is_searched_for_banks(tmp_path: Path) -> None:
    """Folders and single files are found; YAML that is no bank is not complained about."""
    other = HEADER.replace("test", "other")
    loaded = load(tmp_path, {"one/bank.yaml": HEADER, "two.yaml": other, "mkdocs.yaml": "site_name: x\n"})

    assert [bank.id for bank in loaded.banks] == ["test", "other"]
    assert codes(loaded) == []


def test_two_banks_with_one_id(tmp_path: Path) -> None:
    """The id names decks and files, so that two banks cannot share it."""
    loaded = load(tmp_path, {"one/bank.yaml": HEADER, "two.yaml": HEADER})

    assert codes(loaded) == ["QF109"]


def test_yml_is_reported_and_not_read(tmp_path: Path) -> None:
    """A .yml file beside a bank is a warning, never a silent loss."""
    loaded = load(tmp_path, {"bank.yaml": HEADER, "more.yml": "questions: nonsense\n"})

    assert codes(loaded) == ["QF020"]


def test_folder_without_bank(tmp_path: Path) -> None:
    """An empty folder is an error with a hint."""
    assert codes(load_banks([tmp_path])) == ["QF024"]


def test_missing_path_is_wrong_usage(tmp_path: Path) -> None:
    """A path that does not exist is a mistake of the call."""
    with pytest.raises(UsageError, match="there is no file or folder"):
        load_banks([tmp_path / "nowhere"])


def test_link_out_of_the_bank_is_not_followed(tmp_path: Path) -> None:
    """A symbolic link cannot bring in a file from outside."""
    outside = tmp_path / "secret.yaml"
    outside.write_text("questions: []\n", encoding="utf-8")
    home = tmp_path / "bank"
    home.mkdir()
    (home / "bank.yaml").write_text(HEADER, encoding="utf-8")
    (home / "link.yaml").symlink_to(outside)

    assert codes(load_banks([home])) == ["QF025"]


@pytest.mark.parametrize(
    ("before", "cycle"),
    [
        ({"a": "b", "b": "a"}, ["a → b → a"]),
        ({"a": "b", "b": "c", "c": "b"}, ["b → c → b"]),
        ({"a": "b", "b": "a", "c": "d", "d": "c"}, ["a → b → a", "c → d → c"]),
    ],
)
def test_prerequisite_cycles(tmp_path: Path, before: dict[str, str], cycle: list[str]) -> None:
    """Each circle of prerequisites is reported once, with the way round."""
    rows = "".join(f"  - {{id: {key}, title: t, before: [{other}]}}\n" for key, other in before.items())
    loaded = load(tmp_path, f"concepts:\n{rows}")

    assert cycle == [item.message.partition(": ")[2] for item in loaded.diagnostics]


def test_concept_order_puts_prerequisites_first(tmp_path: Path) -> None:
    """Concepts are taught after what they need, else as written."""
    loaded = load(
        tmp_path, "concepts:\n  - {id: c, title: t, before: [a]}\n  - {id: b, title: t}\n  - {id: a, title: t}\n"
    )

    assert list(loaded.banks[0].concept_order) == ["b", "a", "c"]


def test_family_lies_in_one_pool(tmp_path: Path) -> None:
    """A variant in the practice pool would give away the exam's."""
    row = "  - {{id: {}, type: true_false, stem: s, answer: true, family: f, pool: {}}}\n"
    loaded = load(tmp_path, "questions:\n" + row.format("a", "exam") + row.format("b", "practice"))

    assert found(loaded) == [("QF116", 6, 71)]


def test_former_ids_are_free(tmp_path: Path) -> None:
    """A former id may be neither in use nor claimed twice."""
    row = "  - {{id: {}, type: true_false, stem: s, answer: true, formerly: [{}]}}\n"
    loaded = load(tmp_path, "questions:\n" + row.format("a", "b, old") + row.format("b", "old"))

    assert codes(loaded) == ["QF137", "QF137"]


def test_comment_that_cuts_a_text_is_a_warning_and_after_a_number_is_not(tmp_path: Path) -> None:
    """' #' in a text is suspicious; after numbers, ids and switches comments are welcome."""
    loaded = load(
        tmp_path,
        """\
        questions:
          - id: a # an id
            type: numerical # a type
            stem: C # is a language
            answer: 3 # a number
            points: 2 # points
            tags: [x]
        """,
    )

    assert [(item.code.code, item.place.line) for item in loaded.diagnostics] == [("QF019", 7)]


def test_place_inside_a_text(tmp_path: Path) -> None:
    """A fault in a formula is shown at the formula, also in a literal block."""
    loaded = load(
        tmp_path,
        r"""
        questions:
          - id: a
            type: true_false
            stem: |
              First line.

              Then \(\frac{a\) here.
            answer: true
        """,
    )

    assert [(item.code.code, item.place.line) for item in loaded.diagnostics] == [("QF301", 11)]
    assert loaded.diagnostics[0].place.column > 15


def test_suppression_in_place(tmp_path: Path) -> None:
    """A warning is silenced by a comment with a reason; an unused one is reported."""
    loaded = load(
        tmp_path,
        """\
        questions:
          - id: a
            type: true_false
            stem: No formula.   # quizforge: allow[QF302] nothing here
            answer: true
        """,
    )

    assert codes(loaded) == ["QF022"]


def test_yaml_fault_in_an_entry_does_not_make_its_keys_missing(tmp_path: Path) -> None:
    """A key that the YAML reader had to leave out is not reported a second time as missing."""
    loaded = load(tmp_path, "questions:\n  - id: a\n    type: true_false\n    stem: @who says so\n    answer: true\n")

    assert codes(loaded) == ["QF002"]


def test_a_run_of_digits_as_an_option_takes_no_time(tmp_path: Path) -> None:
    """Options are compared as numbers only where they are short enough to be some."""
    digits = "1" * 50_000
    loaded = load(tmp_path, f"questions: [{{id: q, type: single_choice, stem: s, choices: [{digits}x, {digits}y]}}]")

    assert codes(loaded) == ["QF120"]


def test_twin_of_an_id_is_looked_at_too(tmp_path: Path) -> None:
    """That an id stands twice hides nothing in the texts of the second entry."""
    loaded = load(
        tmp_path,
        """\
        questions:
          - {id: a, type: true_false, stem: So?, answer: true}
          - id: a
            type: cloze
            stem: "[[x]] and [[y]] and <b>bold</b> and ![it](gone.png)"
            blanks: {x: {answer: 2}}
        """,
    )

    assert sorted(codes(loaded)) == ["QF109", "QF131", "QF331", "QF380"]
