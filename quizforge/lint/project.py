"""What a project's file says to the reviewer: its table ``lint``, checked key by key."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from quizforge.lint.rule import Rule
from quizforge.lint.settings import Choice, unknown
from quizforge.loading.bank import Loaded
from quizforge.loading.project import Project, Projects
from quizforge.loading.translate import did_you_mean
from quizforge.model.codes.lint import BAD_SETTING
from quizforge.model.diagnostic import SEVERITY_ORDER, Diagnostic, Path, Severity

_TABLES = ("lint",)
_KEYS = ("select", "ignore", "limits", "severity")


@dataclass(frozen=True)
class ProjectSettings:
    """What the projects of some banks say.

    Attributes:
        choices: By the id of the bank.
        diagnostics: Files that cannot be read, and settings that cannot be followed.
        sources: The text of each file by its path as printed.
    """

    choices: Mapping[str, Choice] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)


def project_settings(loaded: Loaded, rules: Sequence[Rule]) -> ProjectSettings:
    """Find and read the project's file of every bank.

    Args:
        loaded: The banks.
        rules: All that there are, to know their names and limits.
    """
    projects = Projects()
    choices: dict[str, Choice] = {}
    found: dict[str, Project] = {}
    for bank in loaded.banks:
        project = projects.of(loaded.homes[bank.id])
        if project is not None:
            found[project.toml.path] = project
            choices[bank.id] = _Reader(project).choice
    problems = [Diagnostic.of(BAD_SETTING, fault.place, fault.message) for fault in projects.faults]
    for project in found.values():
        reader = _Reader(project)
        problems += [*reader.diagnostics, *reader.unknown(rules)]
    problems.sort(key=lambda found: found.sort_key)
    return ProjectSettings(choices, tuple(problems), {path: project.toml.source for path, project in found.items()})


class _Reader:
    """Reads one table; what cannot be followed is reported and left out."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self.diagnostics: list[Diagnostic] = []
        self.choice = self._read()

    def unknown(self, rules: Sequence[Rule]) -> Iterator[Diagnostic]:
        """What names a rule or a limit that does not exist."""
        for problem in unknown(self.choice, rules):
            place = self._project.toml.place(self._path(problem.at), on_key=problem.on_key)
            yield Diagnostic.of(problem.code, place, problem.message, hint=problem.hint)

    def _read(self) -> Choice:
        for key in self._project.keys:
            if key not in _TABLES:
                hint = did_you_mean(key, _TABLES) or f"known keys: {', '.join(_TABLES)}"
                self._report_at((*self._project.table, key), f"unknown key '{key}'", hint, on_key=True)
        table = self._project.section("lint")
        if table is None:
            return Choice()
        if not isinstance(table, dict):
            self._report((), f"'lint' must be a table, not {_shown(table)}", "write [lint] above the settings")
            return Choice()
        for key in table:
            if key not in _KEYS:
                hint = did_you_mean(key, _KEYS) or f"known keys: {', '.join(_KEYS)}"
                self._report((key,), f"unknown key '{key}' in 'lint'", hint, on_key=True)
        return Choice(
            select=self._names(table, "select"),
            ignore=self._names(table, "ignore"),
            limits=self._limits(table),
            severity=self._severities(table),
        )

    def _names(self, table: dict[str, object], key: str) -> tuple[str, ...]:
        listed = table.get(key, [])
        if not isinstance(listed, list):
            self._report((key,), f"'{key}' must be a list of rules, not {_shown(listed)}", f'write {key} = ["QF203"]')
            return ()
        for index, name in enumerate(listed):
            if not isinstance(name, str):
                self._report(
                    (key, index), f"a rule is named by a text, not {_shown(name)}", 'write "QF203" or its name'
                )
        return tuple(name if isinstance(name, str) else "" for name in listed)

    def _limits(self, table: dict[str, object]) -> Mapping[str, Decimal]:
        found = {}
        for name, value in self._table(table, "limits", "stem_words = 60"):
            number = Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None
            if number is None or not number.is_finite() or number < 0:
                message = f"the limit '{name}' must be a number from 0 upwards, not {_shown(value)}"
                self._report(("limits", name), message, f"write {name} = 60")
            else:
                found[name] = number
        return found

    def _severities(self, table: dict[str, object]) -> Mapping[str, Severity]:
        found: dict[str, Severity] = {}
        for name, value in self._table(table, "severity", 'QF203 = "info"'):
            severity = next((known for known in SEVERITY_ORDER if known == value), None)
            if severity is not None:
                found[name] = severity
            else:
                hint = "write error, warning or info; a rule is left out under 'ignore'"
                self._report(("severity", name), f"{_shown(value)} is no severity", hint)
        return found

    def _table(self, table: dict[str, object], key: str, example: str) -> Iterator[tuple[str, object]]:
        inner = table.get(key, {})
        if isinstance(inner, dict):
            yield from inner.items()
        else:
            self._report((key,), f"'{key}' must be a table, not {_shown(inner)}", f"write {key} = {{{example}}}")

    def _report(self, at: Path, message: str, hint: str, *, on_key: bool = False) -> None:
        self._report_at(self._path(at), message, hint, on_key=on_key)

    def _report_at(self, path: Path, message: str, hint: str, *, on_key: bool = False) -> None:
        place = self._project.toml.place(path, on_key=on_key)
        self.diagnostics.append(Diagnostic.of(BAD_SETTING, place, message, hint=hint))

    def _path(self, at: Path) -> Path:
        return (*self._project.table, "lint", *at)


def _shown(value: object) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    line = " ".join(text.split())
    return f"'{line}'" if len(line) <= 40 else f"'{line[:39]}…'"
