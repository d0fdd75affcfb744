"""README and docs say what is true: their examples run, their links lead somewhere, their tables are fresh."""

from __future__ import annotations

import doctest
import os
import re
from pathlib import Path

import pytest
import yaml

from quizforge.loading.bank import load_banks
from quizforge.pages import field_help
from tests.cli.session import play, rewrite, write_file
from tests.docs import reference
from tests.docs.blocks import Block, blocks_of

_ROOT = Path(__file__).parents[2]
_DOCUMENTS = tuple(sorted([_ROOT / "README.md", _ROOT / "CONTRIBUTING.md", *(_ROOT / "docs").rglob("*.md")]))
_RUN = ("console", "python", "yaml")
_HEADER = "schema: 1\nid: example\ntitle: Example\n"
_LINK = re.compile(r"(?<![!\\])\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"^ *```.*?^ *```$|`[^`\n]+`", re.MULTILINE | re.DOTALL)


def _name(path: Path) -> str:
    return path.relative_to(_ROOT).as_posix()


def _banks() -> list[tuple[str, Block]]:
    """Banks and parts of banks that stand in the documents without a file name of their own."""
    every = ((_name(path), block) for path in _DOCUMENTS for block in blocks_of(path, "yaml"))
    return [(name, block) for name, block in every if not (block.title or "skip" in block.options)]


def _sessions() -> list[Path]:
    return [path for path in _DOCUMENTS if blocks_of(path, "console", "python")]


def _place(value: object) -> str:
    return f"line {value.line}" if isinstance(value, Block) else str(value)


@pytest.mark.parametrize(("name", "block"), _banks(), ids=_place)
def test_bank_in_a_document_is_clean(name: str, block: Block, tmp_path: Path) -> None:
    """Every bank that a document shows is accepted without a finding; a part of one within a smallest bank."""
    whole = block.text if re.search(r"^schema:", block.text, re.MULTILINE) else _HEADER + block.text
    (tmp_path / "bank.yaml").write_text(whole, encoding="utf-8")

    assert [str(found) for found in load_banks([tmp_path]).diagnostics] == [], f"{name}, line {block.line}"


@pytest.mark.parametrize("path", _sessions(), ids=_name)
def test_examples_of_a_document_run(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, update_goldens: bool
) -> None:
    """A document is one session: its files are written, its commands and its Python give what it shows."""
    folder = tmp_path / "session"
    folder.mkdir()
    monkeypatch.chdir(folder)
    names: dict[str, object] = {}
    changed: list[tuple[Block, str]] = []
    for block in blocks_of(path):
        if "skip" in block.options:
            assert block.options["skip"], f"{_name(path)}, line {block.line}: skipped without a reason"
        elif block.title:
            write_file(block, folder)
        elif block.language == "python":
            _run_python(block, f"{_name(path)}, line {block.line}", names)
        elif block.language == "console":
            for _, expected, happened in play([block], folder):
                if not all(one.fits(other) for one, other in zip(expected, happened, strict=True)):
                    changed.append((block, "".join(map(str, happened))))
    if update_goldens:
        rewrite(path, changed)
        return
    for block, text in changed:
        assert text == block.text, f"{_name(path)}, line {block.line}"


def _run_python(block: Block, name: str, names: dict[str, object]) -> None:
    if ">>>" not in block.text:
        exec(compile(block.text, name, "exec"), names)  # noqa: S102  # the documents are our own
        return
    test = doctest.DocTestParser().get_doctest(block.text, {}, name, name, 0)
    test.globs = names
    report: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
    runner.run(test, out=report.append, clear_globs=False)
    assert not report, "".join(report)


@pytest.mark.parametrize("path", _DOCUMENTS, ids=_name)
def test_files_shown_are_well_formed(path: Path) -> None:
    """What a document shows as a YAML file is YAML that other programs read too."""
    for block in blocks_of(path, "yaml"):
        if block.title:
            assert yaml.safe_load(block.text) is not None, f"line {block.line}"


@pytest.mark.parametrize("path", _DOCUMENTS, ids=_name)
def test_links_lead_somewhere(path: Path) -> None:
    """Each relative link of a document has its file, and its heading where it names one."""
    text = _CODE.sub("", path.read_text(encoding="utf-8"))
    broken = [link for pair in _LINK.findall(text) if (link := pair[0] or pair[1]) and not _leads(path, link)]

    assert broken == []


def _leads(path: Path, link: str) -> bool:
    if re.match(r"[a-z]+:", link):
        return link.startswith(("https://", "mailto:"))
    file, _, heading = link.partition("#")
    target = (path.parent / file).resolve() if file else path
    if not target.exists() or not target.is_relative_to(_ROOT):
        return False
    return not heading or heading in _anchors(target)


def _anchors(path: Path) -> set[str]:
    """The names that code hosts give to headings: lower case, blanks to hyphens, other signs gone."""
    text = re.sub(r"^ *```.*?^ *```$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ +(.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", [path for path in _DOCUMENTS if "[[[cog" in path.read_text("utf-8")], ids=_name)
def test_generated_parts_are_fresh(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The generated parts of a document are what the code gives today; ``make docs`` writes them."""
    cogapp = pytest.importorskip("cogapp", reason="cog is one of the tools of `make check`")
    monkeypatch.chdir(_ROOT)

    assert cogapp.Cog().main(["cog", "--check", os.fspath(path)]) == 0


def test_every_field_has_a_meaning_and_no_meaning_is_orphaned() -> None:
    """The texts on fields and the model have the same classes and the same keys."""
    described = {name: set(texts) for name, texts in field_help().items()}

    assert described == {
        name: {key for key, _ in reference.own_fields(cls)} for name, cls in reference.models().items()
    }


def test_every_document_can_be_reached() -> None:
    """Each page in docs is linked from docs/index.md or from a page that is."""
    start = _ROOT / "docs" / "index.md"
    reached, waiting = {start}, [start]
    while waiting:
        page = waiting.pop()
        for pair in _LINK.findall(_CODE.sub("", page.read_text(encoding="utf-8"))):
            target = (page.parent / (pair[0] or pair[1]).partition("#")[0]).resolve()
            if target.suffix == ".md" and target.is_file() and target not in reached:
                reached.add(target)
                waiting.append(target)

    assert [_name(path) for path in _DOCUMENTS if path.is_relative_to(_ROOT / "docs") and path not in reached] == []


@pytest.mark.parametrize("path", _DOCUMENTS, ids=_name)
def test_every_block_is_of_a_known_kind(path: Path) -> None:
    """No block escapes the tests because of a misspelt language, and each skipped one says why."""
    kinds = {*_RUN, "text", "xml", "html", "mermaid", "json", "toml", "csv", "sh", "markdown", "jinja"}
    odd = [block.line for block in blocks_of(path) if block.language not in kinds]

    assert odd == []
    assert [block.line for block in blocks_of(path) if block.options.get("skip") == ""] == []
