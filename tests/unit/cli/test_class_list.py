"""``--class-list``: papers with names go to a private folder, and nothing of the list stands anywhere else."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
from html import unescape
from pathlib import Path

import pytest

from quizforge.cli import private
from quizforge.cli.main import run

_CHOICES = "choices: [{text: Saturn, correct: true}, Mercury, Mars]"
_BANK = f"""\
schema: 1
id: planets
title: Planets
defaults: {{minutes: 1}}
questions:
  - {{id: rings, type: single_choice, stem: Which has rings?, {_CHOICES}}}
  - {{id: moons, type: single_choice, stem: Which has most moons?, {_CHOICES}}}
  - {{id: moons-of-mars, type: numerical, stem: How many moons has Mars?, answer: 2}}
  - {{id: moons-of-earth, type: numerical, stem: How many moons has the Earth?, answer: 1}}
"""
_QUIZ = """\
quiz: 1
id: midterm
title: Midterm
minutes: 90
forms: 2
ledger: ledger.json
sections:
  - cells: [{type: single_choice, count: 1}, {type: numerical, count: 1}]
"""
_LIST = """\
name,id,form,layout,extra time
Quetzalcoatl Zyx,s0907,B,,
Wolfeschlegel <i>Ünal,8123,,large-print,25%
李雷 Xuzhou,8124,,,
"""
_PERSONAL = ("Quetzalcoatl", "Zyx", "Wolfeschlegel", "Ünal", "李雷", "Xuzhou", "s0907", "0907", "8123", "8124")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a bank, a quiz and a class list, as the working folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    (tmp_path / "planets/quizzes").mkdir(parents=True)
    (tmp_path / "planets/bank.yaml").write_text(_BANK, encoding="utf-8")
    (tmp_path / "planets/quizzes/midterm.yaml").write_text(_QUIZ, encoding="utf-8")
    (tmp_path / ".gitignore").write_text("private/\n", encoding="utf-8")
    (tmp_path / "private").mkdir()
    (tmp_path / "private/class.csv").write_text(_LIST, encoding="utf-8")
    git(tmp_path, "init", "-q")
    return tmp_path


def git(folder: Path, *words: str) -> str:
    """What git says."""
    names = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org"]
    done = subprocess.run(["git", *names, *words], cwd=folder, check=True, capture_output=True)
    return done.stdout.decode()


def assemble(*words: str, roll: str = "private/class.csv") -> object:
    """The exit code of an assembly with a class list."""
    with pytest.raises(SystemExit) as stop:
        run(["assemble", "planets/quizzes/midterm.yaml", "-f", "html", "--class-list", roll, *words])
    return stop.value.code


def files(folder: Path) -> dict[str, bytes]:
    """All files but git's own."""
    paths = (path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_each_candidate_gets_exam_and_sheet(home: Path) -> None:
    """Name, id, form, layout and time are on the papers, in the order of the list; the roster says what was dealt."""
    assert assemble() == 0
    made = {name: (home / "private/midterm" / name).read_text("utf-8") for name in files(home / "private/midterm")}
    roster = list(csv.DictReader(io.StringIO(made["roster.csv"].removeprefix("\ufeff"))))

    assert sorted(made) == [
        *(f"{place}-{kind}.html" for place in (1, 2, 3) for kind in ("exam", "sheet")),
        "midterm-a-sheet-large-print.map.json",
        "midterm-b-sheet.map.json",
        "roster.csv",
    ]
    assert [(row["name"], row["form"], row["number"]) for row in roster] == [
        ("Quetzalcoatl Zyx", "B", "0907"),
        ("Wolfeschlegel <i>Ünal", "A", "8123"),
        ("李雷 Xuzhou", "B", "8124"),
    ]
    for place, row in enumerate(roster, 1):
        exam, sheet = unescape(made[f"{place}-exam.html"]), unescape(made[f"{place}-sheet.html"])
        assert row["name"] in exam
        assert row["name"] in sheet
        assert f'<p class="score form">Form {row["form"]}</p>' in exam
        assert re.findall(r'class="light"[^>]*>(.)<', sheet) == [row["form"], *row["number"]]
        assert ("font-size: 18pt" in exam) == (row["layout"] == "large-print")
    assert "Extra time: 23 min, 113 min in all" in made["2-exam.html"].replace("\xa0", " ")
    assert "Extra time" not in made["1-exam.html"]
    assert [name for name, text in made.items() if name.endswith(".html") and "<i>Ünal" in text] == []


def test_nothing_personal_anywhere_else(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No name, id or digit of an id stands in what is printed, or in a file or file name outside of the folder."""
    assert assemble("--verbose", "-f", "bubble-sheet", "-f", "moodle-xml") == 0
    captured = capsys.readouterr()
    shown = captured.out + captured.err
    outside = {name: data for name, data in files(home).items() if not name.startswith("private/")}

    assert "3 candidates, 1 with form A, 2 with form B, 1 in large print" in shown
    assert "planets/quizzes/ledger.json" in outside
    for word in _PERSONAL:
        assert word not in shown
        assert [name for name, data in outside.items() if word.encode() in data or word in name] == []
        assert [name for name in files(home / "private/midterm") if word in name] == []
    assert git(home, "status", "--porcelain", "--untracked-files=all", "private") == ""


def test_papers_of_one_s_own_only(home: Path) -> None:
    """Only the owner may read the papers."""
    assert assemble() == 0
    assert {path.stat().st_mode & 0o077 for path in (home / "private/midterm").iterdir()} == {0}


def test_same_list_same_papers(home: Path) -> None:
    """A second run changes no byte."""
    assert assemble() == 0
    before = files(home)

    assert assemble() == 0
    assert files(home) == before


def test_maps_lead_to_the_bank(home: Path) -> None:
    """Every question of a sheet is found by its map, with as many columns for the number as the list needs."""
    (home / "private/class.csv").write_text("name,id\nAda,1234567890\n", encoding="utf-8")
    assert assemble() == 0
    chart = json.loads((home / "private/midterm/midterm-a-sheet.map.json").read_text("utf-8"))

    assert sum(row["field"] == "number" for row in chart["pages"][0]["rows"]) == 10
    assert {row["question"] for row in chart["pages"][0]["rows"] if row["field"] == "answer"} <= {
        "rings", "moons", "moons-of-mars", "moons-of-earth"
    }  # fmt: skip


def test_refused_where_git_would_take_it_up(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that is not ignored is refused before anything is written."""
    before = files(home)

    assert assemble("--private", "papers") == 2
    assert "'papers/midterm' is not ignored by git" in (said := capsys.readouterr().err)
    assert "private/" in said
    assert files(home) == before


@pytest.mark.parametrize("rules", ["*.html\n", "papers/midterm/*.html\n", "*.html\n*.csv\n*.json\n", "/midterm/\n"])
def test_refused_where_git_ignores_a_part(home: Path, rules: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Ignoring some kinds of files does not make a folder private."""
    (home / ".gitignore").write_text(rules, encoding="utf-8")

    assert assemble("--private", "papers") == 2
    assert "'papers/midterm' is not ignored by git" in capsys.readouterr().err
    assert not (home / "papers").exists()


@pytest.mark.parametrize("rules", ["papers/\n", "papers\n", "/papers/*\n", "papers/**\n", "midterm/\n", "*\n"])
def test_taken_where_git_ignores_all(home: Path, rules: str) -> None:
    """However the rule is written, a folder of which git takes up nothing will do."""
    (home / ".gitignore").write_text(rules, encoding="utf-8")

    assert assemble("--private", "papers") == 0
    assert git(home, "status", "--porcelain", "--untracked-files=all", "papers") == ""


def test_faults_of_quiz_and_list_are_said_together(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A quiz that cannot be assembled does not hide the faults of the list."""
    quiz = _QUIZ.replace("{type: numerical, count: 1}", "{type: numerical, count: 5}")
    (home / "planets/quizzes/midterm.yaml").write_text(quiz, encoding="utf-8")
    (home / "private/class.csv").write_text("name,id\n,1\n", encoding="utf-8")

    assert assemble() == 1
    said = capsys.readouterr().err
    assert "private/class.csv:2:1: error[QF675]" in said
    assert "planets/quizzes/midterm.yaml:" in said


def test_refused_where_git_tracks_it(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An ignored folder in which something is tracked all the same is refused."""
    (home / "private/midterm").mkdir()
    (home / "private/midterm/old.html").write_text("old", encoding="utf-8")
    git(home, "add", "-f", "private/midterm/old.html")

    assert assemble() == 2
    assert "git tracks files in 'private/midterm'" in capsys.readouterr().err
    assert list(files(home / "private/midterm")) == ["old.html"]


def test_refused_behind_a_link(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A link from an ignored place to one that is not ignored does not help."""
    (home / "open").mkdir()
    (home / "private/midterm").symlink_to(home / "open")

    assert assemble() == 2
    assert "is not ignored by git" in capsys.readouterr().err
    assert files(home / "open") == {}


def test_environment_does_not_fool_git(
    home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Another repository named in the environment, which ignores everything, is not asked."""
    other = tmp_path_factory.mktemp("other")
    git(other, "init", "-q")
    (other / ".gitignore").write_text("*\n", encoding="utf-8")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))

    assert assemble("--private", "papers") == 2
    assert not (home / "papers").exists()


def test_without_git(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """In a repository, and without git to ask, the machine refuses."""
    monkeypatch.setenv("PATH", "")

    assert assemble() == 3
    assert "without git it cannot be told whether it is ignored" in capsys.readouterr().err
    assert not (home / "private/midterm").exists()


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("echo 'fatal: detected dubious ownership' >&2; exit 128", "is ignored: fatal: detected dubious ownership"),
        ("exit 128", "is ignored: it does not say why"),
        ("exec sleep 60", "it does not start, or does not end"),
    ],
)
def test_git_without_an_answer(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], script: str, message: str
) -> None:
    """Where git cannot tell, the machine refuses."""
    (home / "bin").mkdir()
    (home / "bin/git").write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    (home / "bin/git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{home / 'bin'}:/usr/bin:/bin")
    monkeypatch.setattr(private, "TIMEOUT", 0.5)

    assert assemble() == 3
    assert message in capsys.readouterr().err
    assert not (home / "private/midterm").exists()


def test_links_in_a_circle(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that leads nowhere is refused without a traceback."""
    (home / "private/midterm").symlink_to(home / "private/midterm")

    assert assemble() in {2, 3}
    assert "midterm" in capsys.readouterr().err


@pytest.mark.usefixtures("home")
def test_outside_of_a_repository(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Where there is no repository, nothing has to be ignored."""
    folder = tmp_path_factory.mktemp("stick")

    assert assemble("--private", str(folder)) == 0
    assert (folder / "midterm/1-exam.html").is_file()


def test_init_makes_a_private_folder(home: Path) -> None:
    """What ``quizforge init`` makes is ignored by git, so that it may hold papers."""
    with pytest.raises(SystemExit):
        run(["init", "course"])

    assert assemble("--private", "course/private") == 0
    assert git(home, "status", "--porcelain", "--untracked-files=all", "course/private") == ""


def test_list_in_the_open_is_warned_of(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A class list that git would take up is used, and said to lie in a bad place."""
    (home / "class.csv").write_text(_LIST, encoding="utf-8")

    assert assemble(roll="class.csv") == 0
    assert "warning: 'class.csv' is not ignored by git" in capsys.readouterr().err


def test_faults_are_all_said_and_nothing_is_written(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each faulty row is named by its place, without a word of it; neither papers nor forms are written."""
    rows = "Quetzalcoatl,8123,C,,\nWolfeschlegel,8123,,,\nXuzhou,8124,,tiny,\n=Zyx,8125,,,soon\n"
    (home / "private/class.csv").write_text(_LIST.splitlines()[0] + "\n" + rows, encoding="utf-8")
    before = files(home)

    assert assemble() == 1
    said = capsys.readouterr()
    found = re.findall(r"^private/class\.csv:(\d+:\d+): error\[(QF\d+)\]", said.err, re.MULTILINE)
    assert found == [("2:19", "QF678"), ("3:15", "QF676"), ("4:14", "QF679"), ("5:1", "QF680"), ("5:13", "QF681")]
    assert "Nothing was written." in said.err
    assert [word for word in _PERSONAL if word in said.err + said.out] == []
    assert files(home) == before


def test_papers_of_a_longer_list_are_in_the_way(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Papers that would be left over from another list stop the work: somebody would print them too."""
    assert assemble() == 0
    (home / "private/class.csv").write_text("name,id\nAda,1\n", encoding="utf-8")
    before = files(home)

    assert assemble() == 2
    assert "holds papers of another list: 4 files, such as '2-exam.html'" in capsys.readouterr().err
    assert files(home) == before


@pytest.mark.parametrize(
    ("words", "message"),
    [(("--pools",), "pools have no papers for a class"), (("--class-list", "gone.csv"), "there is no file 'gone.csv'")],
)
def test_wrong_use(home: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], message: str) -> None:
    """What makes no sense is said, and nothing is written."""
    before = files(home)

    assert assemble(*words) == 2
    assert message in capsys.readouterr().err
    assert files(home) == before
