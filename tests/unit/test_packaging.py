"""What is promised around the code: versions, lazy imports, licenses, locked dependencies."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
import yaml

import quizforge

_ROOT = Path(__file__).parents[2]
_PACKAGE = _ROOT / "quizforge"
_HEAVY = frozenset({"genanki", "jinja2", "markdown", "math_core", "nh3", "pydantic", "pygments", "yaml"})


def _run(*arguments: str) -> tuple[str, frozenset[str]]:
    """Run ``python -m quizforge``; returns what it printed and the top-level modules that it imported."""
    command = [sys.executable, "-X", "importtime", "-m", "quizforge", *arguments]
    run = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=True)
    return run.stdout, frozenset(re.findall(r"\|\s+(\w+)$", run.stderr, re.MULTILINE))


def _imports(path: Path) -> set[str]:
    """Top-level names of all modules that a file imports, anywhere in it."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    plain = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    parts = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level}
    return {name.split(".")[0] for name in plain | parts}


def _names(requirements: list[str]) -> set[str]:
    """Distribution names, without extras of our own."""
    found = {re.split(r"[^\w.-]", line, maxsplit=1)[0].lower() for line in requirements}
    return found - {"quizforge"}


def _optional() -> set[str]:
    """Distribution names of the extras that users install."""
    extras = metadata.requires("quizforge") or []
    return _names([line for line in extras if re.search(r"extra == ['\"](?:code|pdf|solver|word)['\"]", line)])


def test_version_is_answered_without_click() -> None:
    """``--version`` names the installed version and imports neither click nor anything heavy."""
    printed, imported = _run("--version")

    assert metadata.version("quizforge") in printed
    assert imported & (_HEAVY | {"click"}) == set()


def test_help_imports_nothing_heavy() -> None:
    """``--help`` starts at once: of the dependencies it imports click alone."""
    printed, imported = _run("--help")

    assert "export" in printed
    assert imported & _HEAVY == set()


@pytest.mark.parametrize("path", sorted(_PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(_PACKAGE)))
def test_only_declared_dependencies_are_imported(path: Path) -> None:
    """The package imports the standard library, itself and what pyproject.toml declares: never the AGPL backend."""
    # pydantic_core is pydantic's own other half, and markupsafe Jinja2's; tomli is for Python 3.10.
    declared = {"click", "markupsafe", "pydantic_core", "quizforge", "tomli", "typing_extensions"}
    extras = {"highspy", "numpy", "pypdf"}  # highspy brings numpy

    assert _imports(path) - set(sys.stdlib_module_names) - declared - extras - _HEAVY == set()


def test_every_dependency_is_locked() -> None:
    """constraints.txt pins each declared dependency, and names no registry."""
    text = (_ROOT / "constraints.txt").read_text(encoding="utf-8")
    locked = {line.split("==")[0] for line in text.splitlines() if "==" in line}
    declared = _names(metadata.requires("quizforge") or [])

    assert declared - locked == set()
    assert "://" not in text
    assert "--" not in re.sub(r"#.*", "", text)


def test_every_dependency_has_a_reason() -> None:
    """Each library that a user installs stands in the decision record."""
    record = (_ROOT / "docs/decisions/0001-dependencies.md").read_text(encoding="utf-8").lower()
    every = metadata.requires("quizforge") or []
    core = _names([line for line in every if "extra ==" not in line or re.search(r"extra == .code.", line)])

    assert {name for name in core if f"| {name}" not in record} == set()


def test_ci_runs_every_declared_python() -> None:
    """The Python versions in the classifiers are those of the workflow."""
    classified = re.findall(r"Python :: (3\.\d+)", (_ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    workflow = (_ROOT / ".github/workflows/ci.yml").read_text(encoding="utf-8")
    matrix = re.search(r"python: \[(.*)\]", workflow)

    assert matrix
    assert re.findall(r"3\.\d+", matrix[1]) == classified


def test_types_are_published() -> None:
    """The package carries the marker that lets type checkers read it."""
    assert (_PACKAGE / "py.typed").is_file()


def test_one_version_everywhere() -> None:
    """The package, its metadata and the changelog name the same release."""
    changelog = (_ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    release = re.escape(quizforge.__version__)

    assert metadata.version("quizforge") == quizforge.__version__
    assert re.search(rf"^## \[{release}\]|release, {release}\.$", changelog, re.MULTILINE)


def test_hooks_of_pre_commit_can_be_run() -> None:
    """Each hook that is offered names a command with options that it has; the first bank's file uses no other."""
    hooks = yaml.safe_load((_ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    for hook in hooks:
        program, *arguments = hook["entry"].split()
        assert program == "quizforge"
        assert "Usage: " in _run(*arguments, "--help")[0]
    template = (_PACKAGE / "cli" / "init.py").read_text(encoding="utf-8")
    used = set(re.findall(r"- id: (quizforge-[a-z]+)", template))

    assert used == {hook["id"] for hook in hooks}
