"""What a project's file sets, and where it is searched."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizforge.lint.project import project_settings
from quizforge.lint.registry import built_in
from quizforge.loading.bank import load_banks

_BANK = "schema: 1\nid: {id}\ntitle: B\n"


def _bank(folder: Path, name: str = "b") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bank.yaml").write_text(_BANK.format(id=name), encoding="utf-8")
    return folder


def _ignored(*folders: Path) -> dict[str, tuple[str, ...]]:
    found = project_settings(load_banks(folders), built_in())
    assert found.diagnostics == ()
    return {bank: choice.ignore for bank, choice in found.choices.items()}


def test_nearest_file_above_each_bank_counts(tmp_path: Path) -> None:
    """Banks of two projects in one run have their own settings; nearer files hide farther ones."""
    one, two = _bank(tmp_path / "one" / "banks" / "a", "a"), _bank(tmp_path / "two" / "b", "b")
    (tmp_path / "quizforge.toml").write_text('[lint]\nignore = ["QF201"]\n', encoding="utf-8")
    assert _ignored(one, two) == {"a": ("QF201",), "b": ("QF201",)}
    (tmp_path / "one" / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    assert _ignored(one, two) == {"a": ("QF201",), "b": ("QF201",)}
    (tmp_path / "one" / "pyproject.toml").write_text('[tool.quizforge.lint]\nignore = ["QF202"]\n', encoding="utf-8")
    assert _ignored(one, two) == {"a": ("QF202",), "b": ("QF201",)}
    (tmp_path / "one" / "quizforge.toml").write_text('lint = {ignore = ["QF203"]}\n', encoding="utf-8")
    assert _ignored(one, two) == {"a": ("QF203",), "b": ("QF201",)}


def test_search_ends_with_the_repository(tmp_path: Path) -> None:
    """What lies above a repository is another project's."""
    bank = _bank(tmp_path / "repository" / "banks")
    (tmp_path / "quizforge.toml").write_text('[lint]\nignore = ["QF201"]\n', encoding="utf-8")
    (tmp_path / "repository" / ".git").mkdir()

    assert _ignored(bank) == {}


def test_working_directory_makes_no_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bank is reviewed in the same way from wherever it is called."""
    bank = _bank(tmp_path / "project" / "banks")
    (tmp_path / "project" / "quizforge.toml").write_text('[lint]\nignore = ["QF201"]\n', encoding="utf-8")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "quizforge.toml").write_text('[lint]\nignore = ["QF202"]\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert _ignored(bank) == {"b": ("QF201",)}
    monkeypatch.chdir(bank)
    assert _ignored(Path()) == {"b": ("QF201",)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[lint]\nignore = [\n  'QF201', # one\n  'nope',\n]\n", ["4:3 QF490"]),
        ("lint.select = ['nope']\n", ["1:16 QF490"]),
        ("[lint]\nlimits.stem_words = true\n", ["2:21 QF492"]),
        ("[lint]\nlimits.stem_words = nan\n", ["2:21 QF492"]),
        ("[lint.limits]\n'stem_words' = 1_000\n\"gone\" = 1.5\n", ["3:1 QF491"]),
        ("[lint.severity]\nQF2 = 'info'\nQF20x = 'info'\n", ["3:1 QF490"]),
        ("x = '''\n[lint]\nselect = 1\n'''\n[lint]\nselect = 1 # two\r\n", ["1:1 QF492", "6:10 QF492"]),
        ("[lnt]\nselect = ['QF203']\n", ["1:2 QF492"]),
        ("[lint.limits]\nstem_words = -1\nterse_words = 1e999\n", ["2:14 QF492"]),
        ("[[lint]]\nselect = []\n", ["1:1 QF492"]),
        ("lint = 3\n", ["1:8 QF492"]),
        ("[lint]\nlimits = 3\nseverity = []\nonly = []\n", ["2:10 QF492", "3:12 QF492", "4:1 QF492"]),
        ("[lint\n", ["1:6 QF492"]),
        ("a = 1\na = 2\n", ["2:6 QF492"]),
        ('[lint]\nselect = ["é', ["2:13 QF492"]),
        ("", []),
    ],
)
def test_bad_settings_have_a_place(tmp_path: Path, text: str, found: list[str]) -> None:
    """Every fault of a file is reported where it stands, and none hides another."""
    bank = _bank(tmp_path / "banks")
    (tmp_path / "quizforge.toml").write_bytes(text.encode())
    diagnostics = project_settings(load_banks([bank]), built_in()).diagnostics

    assert [f"{each.place.line}:{each.place.column} {each.code.code}" for each in diagnostics] == found


@pytest.mark.parametrize("data", [b"\xff\xfe", b"x = " + b"[" * 100_000, b"#" * 1_000_001, b"lint = \x00"])
def test_hostile_file_is_reported(tmp_path: Path, data: bytes) -> None:
    """Bytes that are no text, nesting without end and a huge file end in one diagnostic."""
    bank = _bank(tmp_path / "banks")
    (tmp_path / "quizforge.toml").write_bytes(data)
    diagnostics = project_settings(load_banks([bank]), built_in()).diagnostics

    assert [each.code.code for each in diagnostics] == ["QF492"]
