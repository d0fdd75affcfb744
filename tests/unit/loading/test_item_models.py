"""Item models in a bank: their faults with places, their variants, and the files that hold these."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent, indent

import pytest

from quizforge.loading.bank import Loaded, load_banks
from tests.tools.inline_bank import HEADER, found

SQUARE = """\
- id: square
  type: numerical
  vars: {n: [3, 4, 5]}
  compute: {squared: n ** 2}
  note: << n >>
  stem: What is << n >> squared?
  answer: << squared >>
"""


def load(folder: Path, models: str, **files: str) -> Loaded:
    """Load a bank with some item models and tables; its models begin in line 5."""
    (folder / "data").mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / "data" / name.replace("_", ".")).write_text(text, encoding="utf-8")
    (folder / "bank.yaml").write_text(f"{HEADER}item_models:\n{indent(dedent(models), '  ')}", encoding="utf-8")
    return load_banks([folder])


def written(loaded: Loaded) -> dict[str, str]:
    """The text that each file of variants should hold, by its name."""
    return {path.name: text for one in loaded.generated for path, text in one.texts.items()}


def ids(loaded: Loaded) -> list[str]:
    """The ids of all variants, in order."""
    lines = "".join(written(loaded).values()).splitlines()
    return [line.split()[-1] for line in lines if line.startswith("  - id: ")]


def model(**parts: str) -> str:
    """A model of which some lines are others."""
    lines = {
        "vars": "vars: {n: [3, 4]}",
        "where": "",
        "compute": "compute: {k: n * 2}",
        "note": "note: << n >>",
        "stem": "stem: Double of << n >>?",
        "answer": "answer: << k >>",
    }
    body = "\n".join(f"  {line}" for line in (lines | parts).values() if line)
    return f"- id: m\n  type: numerical\n{body}\n"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (model(vars="vars: {n: 3}"), ("QF640", 7, 15)),
        (model(vars="vars: {n: []}"), ("QF640", 7, 15)),
        (model(vars="vars: {n: [3, 3]}"), ("QF640", 7, 19)),
        (model(vars="vars: {n: {range: [3, x]}}"), ("QF640", 7, 27)),
        (model(vars="vars: {n: {range: [3, 4], step: 0}}"), ("QF640", 7, 37)),
        (model(vars="vars: {n: {range: [1, 1000000]}}"), ("QF640", 7, 23)),
        (model(vars="vars: {n: {rang: [1, 2]}}"), ("QF640", 7, 16)),
        (model(vars="vars: {n: [3, 4], log: [1]}"), ("QF640", 7, 23)),
        (model(vars="vars: {n: [3, 4], k: [1]}", stem="stem: Double of << n >> and << k >>?"), ("QF640", 8, 15)),
        (model(vars="vars: {n: {table: ../x.csv}}", compute="", answer="answer: 1"), ("QF641", 7, 23)),
        (model(vars="vars: {n: {table: x.csv}}", compute="", answer="answer: 1"), ("QF641", 7, 23)),
        (model(compute="compute: {k: n **}"), ("QF643", 8, 22)),
        (model(stem="stem: Double of << n | >>?"), ("QF644", 10, 21)),
        (model(stem="stem: Double of << m >> and << self.x >>?"), ("QF645", 10, 24)),
        (model(answer="answer: << k.__class__ >>"), ("QF645", 11, 16)),
        (model(compute="compute: {k: n / (n - 3)}"), ("QF646", 8, 18)),
        (model(compute="compute: {k: n / 7}"), ("QF646", 11, 13)),
        (model(where="where: [n > 5]"), ("QF648", 8, 5)),
        (model(where="where: [n]"), ("QF646", 8, 13)),
        (model(note="note: same"), ("QF649", 9, 11)),
        (model(note='note: "<< n >>\\n"', answer="count: 5"), ("QF648", 11, 12)),
        (model(answer="answer: << k >>\n  unknown: 1"), ("QF101", 12, 5)),
        (model(answer="answer: << k >>x"), ("QF106", 11, 13)),
        (model(answer="answer: << k >>\n  concepts: [nothing]"), ("QF110", 12, 16)),
        (model(stem="stem: $<< n >>}$"), ("QF301", 10, 19)),
        (model(answer="answer: << k >>\n  points: many"), ("QF106", 12, 13)),
    ],
)  # fmt: skip
def test_faults_have_places(lines: str, expected: tuple[str, int, int], tmp_path: Path) -> None:
    """Each fault is told where it lies in the model: in a variable, an expression, a text, a filled-in value."""
    assert expected in found(load(tmp_path, lines))


def test_misspelt_key_of_a_model_is_known(tmp_path: Path) -> None:
    """A key that the question does not know is compared with those of the model too, with or without variants."""
    for fault in ("", "  points: many\n"):
        loaded = load(tmp_path, model(answer=f"answer: << k >>\n{fault}  wher: [n > 1]"))
        hints = [each.hint for each in loaded.diagnostics if each.code.code == "QF101"]
        assert hints == ["did you mean 'where'?"]


def test_a_fault_of_some_variants_is_told_once_with_its_values(tmp_path: Path) -> None:
    """The first values are named, and how many others there are."""
    loaded = load(tmp_path, model(vars="vars: {n: [0, 1, 2]}", compute="compute: {k: 12 / (n - 1) + 1 / (n - 1)}"))

    assert [found.message for found in loaded.diagnostics if found.code.code == "QF646"] == [
        "division by zero (for n = 1)"
    ]
    loaded = load(tmp_path, model(compute="compute: {k: n / 0}"))
    assert [found.message for found in loaded.diagnostics] == ["division by zero (for n = 3 and 1 more)"]


def test_all_faults_in_one_run(tmp_path: Path) -> None:
    """A fault in one part hides none in another, nor in another model."""
    first = model(vars="vars: {n: [3, 3]}", compute="compute: {k: n +}", stem="stem: << a >> << b | x >>?")
    codes = [code for code, _, _ in found(load(tmp_path, first + SQUARE.replace("n ** 2", "n ^ 2")))]

    assert codes == ["QF640", "QF643", "QF645", "QF644", "QF643"]


def test_a_comment_that_cuts_a_text_is_told(tmp_path: Path) -> None:
    """A ' #' that ends a text is a warning as in any question; behind a number it is a comment."""
    loaded = load(tmp_path, model(stem="stem: Double of << n >> # times two", answer="answer: << k >> # a number"))

    assert [place for place in found(loaded) if place[0] == "QF019"] == [("QF019", 10, 29)]


def test_names_in_what_cannot_be_read_count_as_used(tmp_path: Path) -> None:
    """A fault in the only text that shows a value does not make the value unused."""
    codes = [code for code, _, _ in found(load(tmp_path, model(answer="answer: << k | two >>")))]

    assert codes == ["QF644"]


def test_row_of_the_table_is_named(tmp_path: Path) -> None:
    """A fault that a row brings about names the file and the line."""
    lines = model(
        vars="vars: {n: {table: t.csv}}",
        compute="compute: {k: n.x * 2}",
        note="note: << n.x >>",
        stem="stem: Twice << n.x >>?",
    )
    loaded = load(tmp_path, lines, t_csv="x\n3\nfour\n")

    assert [found.message for found in loaded.diagnostics] == [
        "a number is needed here, not the text 'four' (for n = four (data/t.csv:3))"
    ]


def test_options_must_lie_apart(tmp_path: Path) -> None:
    """Numbers that nearly agree are a fault, by the distance that the model sets."""
    lines = """\
    - id: m
      type: single_choice
      vars: {n: [100]}
      compute: {near: n + 2}
      note: << n >>
      stem: Which one?
      choices:
        - {text: << n >> m, correct: true}
        - {text: << near >> m, feedback: Off by two.}
    """
    assert "QF650" not in [code for code, _, _ in found(load(tmp_path, lines))]
    assert ("QF650", 13, 16) in found(load(tmp_path, lines + "  apart: 3%\n"))
    assert ("QF650", 13, 16) in found(load(tmp_path, lines + "  apart: 2\n"))


def test_distractors_need_a_reason(tmp_path: Path) -> None:
    """A wrong answer without misconception and feedback is a warning."""
    lines = model(answer="answers: [{value: << k >>}, {value: << n >>, credit: 0}]")

    assert ("QF651", 11, 33) in found(load(tmp_path, lines))


def test_unused_names_are_told(tmp_path: Path) -> None:
    """A variable that nothing uses multiplies variants."""
    lines = model(vars="vars: {n: [3, 4], m: [1, 2]}", compute="compute: {k: n * 2, l: k + 1}")
    codes = [(code, line) for code, line, _ in found(load(tmp_path, lines))]

    assert ("QF652", 7) in codes
    assert ("QF652", 8) in codes


def test_variants_are_like_their_model(tmp_path: Path) -> None:
    """Each variant has a stable id, its family, and the filled-in texts; defaults of the bank stay out of it."""
    loaded = load(tmp_path, SQUARE)

    (text,) = written(loaded).values()
    assert ids(loaded) == ["square.v-397b6e68", "square.v-e0dd43bb", "square.v-cbf68cbb"]
    assert text.count("family: square\n") == 3
    assert "    stem: What is 4 squared?\n    answer: 16\n" in text


def test_ids_do_not_depend_on_rows_around_them(tmp_path: Path) -> None:
    """Rows that are added, moved or corrected change neither ids nor the texts of the other variants."""
    lines = """\
    - id: m
      type: numerical
      vars: {row: {table: t.csv}}
      note: << row.name >>
      stem: How many people live in << row.name >>?
      answer: << row.people >>
    """
    before = ids(load(tmp_path, lines, t_csv="name,people\nBern,134000\nGraz,292000\n"))
    after = ids(load(tmp_path, lines, t_csv="name,people\nGraz,292630\nRiga,605000\nBern,134000\n"))

    assert len(before) == 2
    assert after == [before[1], after[1], before[0]]


@pytest.mark.parametrize("variables", ["{range: [1, 100]}", "{range: [1, 9000]}"])
def test_a_draw_lasts(variables: str, tmp_path: Path) -> None:
    """Of many combinations as many as asked for are drawn, and most stay when values are added."""
    lines = f"""\
    - id: m
      type: numerical
      vars: {{a: {variables}, b: {variables}}}
      where: [a != b]
      compute: {{total: a + b}}
      count: 20
      note: << a >>+<< b >>
      stem: What is << a >> plus << b >>?
      answer: << total >>
    """
    first = ids(load(tmp_path, lines))
    more = ids(load(tmp_path, lines.replace("00]", "01]")))

    assert len(first) == len(set(first)) == 20
    assert len(set(first) & set(more)) >= 17
    assert first == ids(load(tmp_path, lines))


def test_rejected_variants_stay_away(tmp_path: Path) -> None:
    """A rejected variant is not written again; a draw takes another instead; a mistaken id is told."""
    everything = ids(load(tmp_path, SQUARE))
    without = ids(load(tmp_path, f"{SQUARE}  reject: [{everything[1][-8:]}]\n"))
    drawn = load(tmp_path, f"{SQUARE}  count: 2\n  reject: [{everything[1][-8:]}]\n")

    assert without == [everything[0], everything[2]]
    assert ids(drawn) == without
    assert ("QF656", 12, 14) in found(load(tmp_path, f"{SQUARE}  reject: [00000000]\n"))


def test_allowed_findings_are_allowed_in_the_variants(tmp_path: Path) -> None:
    """What the model allows stands as a comment above each variant, with its reason."""
    (text,) = written(load(tmp_path, f"{SQUARE}  allow: {{QF651: squares are known}}\n")).values()

    assert text.count("  # quizforge: allow[QF651] squares are known\n  - id: square.v-") == 3
    assert ("QF104", 12, 20) in found(load(tmp_path, f"{SQUARE}  allow: {{QF101: no}}\n"))


def test_renamed_model_keeps_the_histories_of_its_variants(tmp_path: Path) -> None:
    """Former ids of the model become former ids of each variant."""
    old = ids(load(tmp_path, SQUARE))
    (text,) = written(load(tmp_path, SQUARE.replace("id: square", "id: power") + "  formerly: [square]\n")).values()

    assert [f"formerly: [{key}]" in text for key in old] == [True, True, True]


def test_images_are_found_from_the_folder_of_the_variants(tmp_path: Path) -> None:
    """An image is named relative to the file of the model; the variant names the same file."""
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    lines = SQUARE.replace("squared?", "squared? ![A square](media/a.svg)")
    loaded = load(tmp_path, lines)
    (text,) = written(loaded).values()

    assert "![A square](../media/a.svg)" in text
    (tmp_path / "variants").mkdir()
    (tmp_path / "variants" / "square.yaml").write_text(text)
    assert load(tmp_path, lines).diagnostics == ()


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("../bank.yaml", lambda _: None),
        ("/etc/passwd.csv", lambda _: None),
        ("link.csv", lambda folder: (folder / "link.csv").symlink_to("/etc/passwd")),
        ("up.csv", lambda folder: (folder / "up.csv").symlink_to("../bank.yaml")),
        ("pipe.csv", lambda folder: os.mkfifo(folder / "pipe.csv")),
        ("folder.csv", lambda folder: (folder / "folder.csv").mkdir()),
        ("zero.csv", lambda folder: (folder / "zero.csv").symlink_to("/dev/zero")),
        ("loop.csv", lambda folder: (folder / "loop.csv").symlink_to("loop.csv")),
        ("none.csv", lambda _: None),
        ("no.txt", lambda folder: (folder / "no.txt").write_text("a\n1\n")),
    ],
)
def test_tables_lie_in_the_folder_of_the_bank(name: str, make: object, tmp_path: Path) -> None:
    """Whatever leads elsewhere, or is no file, is refused, and nothing is waited for."""
    (tmp_path / "data").mkdir()
    assert callable(make)
    make(tmp_path / "data")
    lines = model(vars=f"vars: {{n: {{table: {name}}}}}", compute="", note="note: << n.x >>", answer="answer: 1")
    loaded = load(tmp_path, lines)

    assert ("QF641", 7, 23) in found(loaded)
    assert "root" not in "".join(loaded.data.values())


PAIRS = "vars: {a: {range: [1, 140]}, b: {range: [1, 140]}, c: [1]}"
TRIPLES = "vars: {a: {range: [1, 9999]}, b: {range: [1, 9999]}, c: {range: [1, 9999]}}"
ATTACKS = {
    "product": f"{TRIPLES}\n  where: [a + b + c < 0]\n  count: 1000",
    "never": f"{PAIRS}\n  where: [a + b + c < 0]",
    "steps": f"{PAIRS}\n  where: [{' + '.join(['exp(a / b + c)'] * 20)} > 0]",
    "digits": f"{PAIRS}\n  where: [{' + '.join(['(9 ** 999 + a) / (7 ** 999 + b + c)'] * 12)} > 0]",
    "repeat": f"vars: {{a: [1], b: [1], c: [1]}}\n  compute: {{k: a{' * 9 ** 999' * 40}}}",
    "text": f"vars: {{a: {{range: [1, 999]}}, b: [{'x' * 9000}], c: [1]}}\n  hints: ['{'<< b >>' * 5}']",
    "wide": f"vars: {{a: {{range: [1, 999]}}, b: [1], c: [1]}}\n  choices: [{'{}, ' * 60_000}]",
    "markup": f"vars: {{a: {{range: [1, 900]}}, b: ['{'*[_`$' * 400}'], c: [1]}}\n  choices: [<< b >>, << a >>]",
    "digit runs": f"vars: {{a: [1, 2], b: [{'1' * 9000}x], c: [1]}}\n  choices: [<< b >><< b >>1, << c >>]",
}
"""Models that ask for far too much: long products, conditions that reject everything, large numbers and texts."""


def test_attacks_are_bounded_in_time_and_memory(tmp_path: Path) -> None:
    """Models that ask for far too much end in faults, in a process that may use little time and memory."""
    names = "note: << a >>\n  stem: << a >> << b >> << c >>"
    lines = "".join(
        f"- id: {key.replace(' ', '-')}\n  type: numerical\n  {text}\n  {names}\n" for key, text in ATTACKS.items()
    )
    (tmp_path / "bank.yaml").write_text(f"{HEADER}item_models:\n{lines}")
    (tmp_path / "data").mkdir()
    program = (
        "import resource, sys\n"
        "resource.setrlimit(resource.RLIMIT_AS, (1_000_000_000,) * 2)\n"
        "resource.setrlimit(resource.RLIMIT_CPU, (60, 60))\n"
        "from quizforge.loading.bank import load_banks\n"
        "found = load_banks([sys.argv[1]]).diagnostics\n"
        "print(*sorted({(each.code.code, each.place.line) for each in found}))\n"
    )
    done = subprocess.run([sys.executable, "-c", program, tmp_path], capture_output=True, encoding="utf-8", check=False)

    assert done.returncode == 0, done.stderr[-2000:]
    for key in ATTACKS:
        line = lines[: lines.index(f"- id: {key.replace(' ', '-')}\n")].count("\n") + 5
        later = [int(word) for word in done.stdout.replace(")", "").split() if word.isdigit()]
        assert any(line <= found_line < line + 9 for found_line in later), key


def test_same_bytes_everywhere(tmp_path: Path) -> None:
    """Neither hash seed, locale, time zone nor working directory changes a byte."""
    drawn = model(
        vars="vars: {n: {range: [1, 300]}, m: {range: [1, 300]}}",
        compute="compute: {k: log(n) + sqrt(m)}",
        note="note: << n >>/<< m >>",
        stem="stem: << n >>, << m >>",
        answer="answer: << k | fixed(9) >>\n  count: 9",
    )
    load(tmp_path, SQUARE + drawn)
    program = (
        "import sys; from quizforge.loading.bank import load_banks\n"
        "print(*(text for one in load_banks([sys.argv[1]]).generated for text in one.texts.values()))"
    )
    outputs = set()
    for seed, zone, locale in (("0", "UTC", "C.UTF-8"), ("99", "Asia/Tokyo", "C")):
        given = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "PYTHONIOENCODING": "utf-8"}
        env = os.environ | given | {"PYTHONPATH": str(Path.cwd())}
        command = [sys.executable, "-c", program, str(tmp_path)]
        outputs.add(subprocess.run(command, capture_output=True, env=env, cwd="/", check=True).stdout)

    assert len(outputs) == 1
    assert outputs.pop().count(b"- id: m.v-") == 9
