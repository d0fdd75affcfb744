"""The pages of the diagnostic codes say what is true: their examples are loaded, and found faulty where they say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

from quizforge.api import assemble, export
from quizforge.assembly.ledger import parse_ledger
from quizforge.exporters import registry
from quizforge.exporters.anki import AnkiOptions
from quizforge.exporters.base import Options
from quizforge.lint.engine import review
from quizforge.lint.project import project_settings
from quizforge.lint.registry import built_in
from quizforge.lint.settings import Choice
from quizforge.loading.bank import Loaded, load_banks
from quizforge.loading.quizzes import load_quizzes
from quizforge.model.codes import all_codes, assembly, fidelity, generation, lint, paper, source, structure, text
from quizforge.model.diagnostic import Code, Diagnostic
from quizforge.pages import page
from tests.docs.blocks import Block, blocks

_PACKAGE = Path(__file__).parents[2] / "quizforge"
_PAGES = _PACKAGE / "pages"
_HEADINGS = ["What it means", "Why it matters", "Example", "Instead"]
_FILE = "bank.yaml"
_EXPORTS = ("QF5", "QF670")
"""What an export finds and loading does not."""
_OF_ONE_FORMAT = "QF530"
"""From here on a code belongs to one format. The pages of the codes below speak of Moodle, Anki and paper, and a
format for plain text alone loses something of nearly every bank."""
_MARKER = re.compile(r" *# (error|warning|info): \[(QF\d{3}(?:, QF\d{3})*)\]$")
_BELOW = re.compile(r"<!-- at: (?:(?P<file>\S+?),? )?(?:line (?P<line>\d+), )?(?P<code>QF\d{3}) -->")

Found = tuple[str, int, str]
"""File, line (0 for a file as a whole) and code of one finding."""

Findings = dict[Found, str]
"""Findings with their severities; empty where a page does not say which."""


def _plain_bank(*, questions: str = "") -> bytes:
    return f"schema: 1\nid: planets\ntitle: Planets\n{questions}".encode()


def _write_huge(folder: Path) -> None:
    """256 MB and one byte, of which the disk holds nothing."""
    with (folder / _FILE).open("wb") as stream:
        stream.write(_plain_bank())
        stream.truncate(256_000_001)


def _write_large_image(folder: Path) -> None:
    (folder / _FILE).write_bytes(
        _plain_bank(questions="questions:\n- {id: q, type: information, stem: '![A map](map.png)'}\n")
    )
    with (folder / "map.png").open("wb") as stream:
        stream.write(b"\x89PNG\r\n\x1a\n")
        stream.truncate(20_000_001)


def _write_other_file(folder: Path) -> None:
    (folder / "notes.txt").write_text("no bank")


def _write_dangling_link(folder: Path) -> None:
    (folder / _FILE).write_bytes(_plain_bank())
    (folder / "more.yaml").symlink_to(folder / "gone.yaml")


def _write(data: bytes) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        (folder / _FILE).write_bytes(data)

    return write


def _write_stem(stem: str) -> Callable[[Path], None]:
    return _write(_plain_bank(questions=f"questions:\n- {{id: q, type: information, stem: '{stem}'}}\n"))


_UNWRITABLE: Mapping[str, tuple[Callable[[Path], None], Found]] = {
    "QF001": (_write("schema: 1\nid: caf\ntitle: Café\n".encode("latin-1")), (_FILE, 3, "QF001")),
    "QF003": (_write(b""), (_FILE, 1, "QF003")),
    "QF012": (_write_huge, (_FILE, 0, "QF012")),
    "QF013": (_write(b"schema: 1\nid: long\ntitle: " + b"x" * 1_000_001 + b"\n"), (_FILE, 3, "QF013")),
    "QF016": (_write("schema: 1\nid: lines\ntitle: One\u2028Two\n".encode()), (_FILE, 3, "QF016")),
    "QF021": (_write_dangling_link, ("more.yaml", 0, "QF021")),
    "QF024": (_write_other_file, ("", 0, "QF024")),
    "QF304": (_write_stem("$" + "{" * 101 + "x" + "}" * 101 + "$"), (_FILE, 5, "QF304")),
    "QF310": (_write_stem("*x* " * 50_001), (_FILE, 5, "QF310")),
    "QF311": (_write_stem("[" * 201), (_FILE, 5, "QF311")),
    "QF382": (_write_large_image, (_FILE, 5, "QF382")),
}
"""Codes that no YAML on a page can show, what shows them, and what is then found."""


_WITHOUT_CURE = frozenset({"QF520", "QF620"})
"""Codes whose cure is a command and not another bank."""

_CLASS_LISTS = frozenset(code for code in all_codes() if "QF671" <= code <= "QF699")
"""Their examples are tables: tests/unit/loading/test_class_list.py reads them."""
_QUIZZES = ("QF60", "QF61", "QF62", "QF63")
"""Codes of quiz files and their assembly."""

_OPTIONS: Mapping[str, Mapping[str, Options]] = {"QF520": {"anki": AnkiOptions(locked=True)}}
"""Options of an exporter without which a code is not given."""


def _paths() -> list[Path]:
    return sorted(_PAGES.glob("*.md"))


def _bank_paths() -> list[Path]:
    return [path for path in _paths() if path.stem not in _CLASS_LISTS]


def _parts(path: Path, heading: str) -> tuple[Block, ...]:
    found = [block for block in blocks(path.read_text(encoding="utf-8")) if block.heading == heading]
    return tuple(block for block in found if block.language == "yaml" or block.title)


def _set_up(folder: Path, parts: tuple[Block, ...]) -> Findings:
    """Write the files of some blocks, without the remarks on what is to be found; those are given back."""
    expected: Findings = {}
    for part in parts:
        name = part.title or _FILE
        lines = part.text.splitlines()
        for number, line in enumerate(lines):
            marker = _MARKER.search(line)
            if marker:
                expected |= {(name, number + 1, code): marker[1] for code in marker[2].split(", ")}
                lines[number] = line[: marker.start()]
        below = _BELOW.fullmatch(part.below)
        if below:
            expected[below["file"] or name, int(below["line"] or 0), below["code"]] = ""
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return expected


def _found(folder: Path, diagnostics: Iterable[Diagnostic]) -> Findings:
    return {
        (_relative(folder, each.place.path), each.place.line, each.code.code): each.severity for each in diagnostics
    }


def _diagnostics(path: Path, loaded: Loaded) -> tuple[Diagnostic, ...]:
    """What validation finds; for a fault in lint settings what the reviewer finds, with no rule running."""
    if not path.stem.startswith("QF4"):
        return loaded.diagnostics
    projects = project_settings(loaded, built_in())
    return review(loaded, built_in(), projects=projects, command=Choice(ignore=("QF",))).diagnostics


def _relative(folder: Path, path: str) -> str:
    return "" if Path(path) == folder else Path(path).relative_to(folder).as_posix()


def _exported(folder: Path, loaded: Loaded, code: str) -> Findings:
    """What formats say under one code: all together for a code of one format, else those that are written unasked."""
    names = registry.DEFAULT_FORMATS if code < _OF_ONE_FORMAT else tuple(registry.BUILT_IN)
    every = (
        loaded.maps[bank.id].locate_all(export(bank, name, options=_OPTIONS.get(code, {}).get(name)).problems)
        for bank in loaded.banks
        for name in names
    )
    return _found(folder, (each for found in every for each in found if each.code.code == code))


def _assembled(folder: Path) -> Findings:
    """What loading and assembling the quizzes of a folder says."""
    loaded = load_quizzes([folder])
    found = [*loaded.diagnostics]
    for quiz in loaded.quizzes if loaded.ok else ():
        name = quiz.file.ledger
        path = None if name is None else quiz.path.parent / name
        kept = parse_ledger(path.read_bytes(), source=str(path)) if path is not None and path.is_file() else None
        found += map(quiz.locate, assemble(quiz, ledger=kept).problems)
    return _found(folder, found)


def test_every_code_has_its_page_and_no_page_is_orphaned() -> None:
    """The pages are those of the codes, neither more nor fewer."""
    assert {path.stem for path in _paths()} == set(all_codes())


@pytest.mark.parametrize("path", _paths(), ids=lambda path: path.stem)
def test_page_has_the_four_parts(path: Path) -> None:
    """Each page has its four headings in order, each with text below it, and no heading of its own above."""
    text = path.read_text(encoding="utf-8")
    outside = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)

    assert re.findall(r"^#+ (.*)$", outside, re.MULTILINE) == _HEADINGS
    assert text.startswith("## What it means\n")
    assert all(part.strip() for part in re.split(r"^## .*$", text, flags=re.MULTILINE)[1:])


@pytest.mark.parametrize("path", _paths(), ids=lambda path: path.stem)
def test_explained_page_names_code_name_and_severity(path: Path) -> None:
    """What ``quizforge explain`` prints begins with the code as the table has it."""
    code = all_codes()[path.stem]

    assert page(code).startswith(f"# {code.code} {code.name} ({code.severity})\n\n{code.summary}\n\n## What it means\n")


@pytest.mark.parametrize("path", _bank_paths(), ids=lambda path: path.stem)
def test_example_is_found_faulty_where_the_page_says(path: Path, tmp_path: Path) -> None:
    """Each example gives exactly the findings that are written beside its lines, the page's own code among them."""
    parts = _parts(path, "Example")
    if not parts:
        assert path.stem in _UNWRITABLE, "an example needs a yaml block, or a row in _UNWRITABLE"
        return
    expected = _set_up(tmp_path, parts)
    loaded = load_banks([tmp_path])
    found = _found(tmp_path, _diagnostics(path, loaded))
    if path.stem.startswith(_EXPORTS):
        assert found == {}
        found = _exported(tmp_path, loaded, path.stem)
    if path.stem.startswith(_QUIZZES):
        found = _assembled(tmp_path)

    assert path.stem in {code for _, _, code in expected}
    assert found.keys() == expected.keys()
    assert {where: severity for where, severity in expected.items() if severity not in ("", found[where])} == {}


@pytest.mark.parametrize("path", _bank_paths(), ids=lambda path: path.stem)
def test_cure_is_clean(path: Path, tmp_path: Path) -> None:
    """What the page advises to write instead has no finding at all."""
    parts = _parts(path, "Instead")
    if not parts:
        assert path.stem in _UNWRITABLE.keys() | _WITHOUT_CURE, "a cure needs a yaml block"
        return
    assert _set_up(tmp_path, parts) == {}
    loaded = load_banks([tmp_path])

    if path.stem.startswith(_QUIZZES):
        assert _assembled(tmp_path) == {}
        return
    assert _found(tmp_path, _diagnostics(path, loaded)) == {}
    assert len(loaded.banks) == 1
    if path.stem.startswith(_EXPORTS):
        assert _exported(tmp_path, loaded, path.stem) == {}


@pytest.mark.parametrize("code", _UNWRITABLE)
def test_what_no_page_can_show_is_found(code: str, tmp_path: Path) -> None:
    """A code whose example is prose is given for the real thing, at its place."""
    make, expected = _UNWRITABLE[code]
    make(tmp_path)

    assert _found(tmp_path, load_banks([tmp_path]).diagnostics).keys() == {expected}


def test_every_code_is_given_by_some_check() -> None:
    """No code of the table is dead."""
    tables = (assembly, fidelity, generation, lint, paper, source, structure, text)
    named = {name: value.code for table in tables for name, value in vars(table).items() if isinstance(value, Code)}
    sources = [path.read_text(encoding="utf-8") for path in _PACKAGE.rglob("*.py") if path.parent.name != "codes"]
    given = {word for found in sources for word in re.findall(r"\w+", found)}

    assert [name for name, code in named.items() if not {name, code} & given] == []
