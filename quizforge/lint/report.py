"""A review as one page for a department: figures, findings, how sure each rule is; self-contained, without scripts."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product
from typing import TYPE_CHECKING

from quizforge.lint.figures import LEVELS, figures
from quizforge.lint.pages import measurements
from quizforge.lint.rule import Collection, Rule
from quizforge.lint.settings import Plan
from quizforge.loading.bank import Loaded
from quizforge.model.diagnostic import SEVERITY_ORDER, Code, Diagnostic, Place

if TYPE_CHECKING:
    from jinja2 import Template

MOST_LISTED = 2_000
"""Findings that are listed; the counts hold all. A page of more is not read, and browsers choke on it."""
_SECTIONS = ("questions", "flashcards", "concepts", "misconceptions", "scenarios", "objectives", "references")


_Entries = tuple[list[tuple[int, int]], list[tuple[tuple[int, int], str]]]
"""Of one file: where its entries begin, ascending, and where each ends, with its id."""


@dataclass(frozen=True, slots=True)
class Found:
    """One finding as it is listed.

    Attributes:
        entry: Id of the question or other entry; empty for what belongs to none.
        diagnostic: The finding.
    """

    entry: str
    diagnostic: Diagnostic


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one rule.

    Attributes:
        code: Of the rule.
        sure: How sure it is, in a few words.
        counts: Number of errors, warnings and hints.
        listed: The findings that are listed, the gravest first, in the order of the files.
    """

    code: Code
    sure: str
    counts: tuple[int, int, int]
    listed: tuple[Found, ...]

    @property
    def hint(self) -> str:
        """How to mend it, where all listed findings say the same; else empty."""
        hints = {found.diagnostic.hint for found in self.listed}
        return next(iter(hints)) if len(hints) == 1 else ""


def render_report(  # the parts of a page
    parts: Sequence[tuple[str, Collection]],
    places: Sequence[Loaded],
    *,
    diagnostics: Sequence[Diagnostic],
    plans: Iterable[Plan],
    rules: Sequence[Rule],
    title: str,
    note: str,
) -> bytes:
    """The page, as UTF-8.

    Args:
        parts: The banks and forms of exams that were reviewed, each with its title.
        places: The banks in which findings stand.
        diagnostics: What was found.
        plans: The rules that ran.
        rules: All rules that there are.
        title: Of the page.
        note: Stands below the title: the day, and what was chosen.
    """
    groups = _groups(diagnostics, {rule.code.code: rule for rule in rules}, _entries(places))
    ran = {rule.code.code: rule for plan in plans for rule, _ in plan.rules}
    silent = sorted(ran.keys() - {group.code.code for group in groups})
    page = _template().render(
        title=title,
        note=note,
        figures=[figures(name, part) for name, part in parts],
        groups=groups,
        silent=[ran[code].code for code in silent],
        totals=Counter(found.severity for found in diagnostics),
        folder=_common_folder(found.place.path for found in diagnostics),
        unlisted=max(0, len(diagnostics) - MOST_LISTED),
        levels=LEVELS,
    )
    return page.encode()


def _groups(
    diagnostics: Iterable[Diagnostic], rules: Mapping[str, Rule], entries: Mapping[str, _Entries]
) -> tuple[Group, ...]:
    by_code: dict[str, list[Diagnostic]] = {}
    for each in sorted(diagnostics, key=lambda each: (SEVERITY_ORDER[each.severity], each.sort_key)):
        by_code.setdefault(each.code.code, []).append(each)
    room = MOST_LISTED
    groups = []
    for code, found in by_code.items():  # the gravest first
        listed = tuple(Found(_entry_at(each.place, entries), each) for each in found[:room])
        room -= len(listed)
        counts = Counter(each.severity for each in found)
        graded = (counts["error"], counts["warning"], counts["info"])
        groups.append(Group(found[0].code, _sure(rules.get(code)), graded, listed))
    return tuple(groups)


def _common_folder(paths: Iterable[str]) -> str:
    """The folder in which all files lie, with a slash at its end; empty for none."""
    folders = [path.split("/")[:-1] for path in dict.fromkeys(paths)]
    if not folders:
        return ""
    first, last = min(folders), max(folders)
    shared = next((index for index, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), None)
    parts = first[: min(len(first), len(last)) if shared is None else shared]
    return "".join(f"{part}/" for part in parts)


def _sure(rule: Rule | None) -> str:
    if rule is None:
        return "check of the file"
    if rule.basis == "exact":
        return "exact"
    if rule.basis == "statistical":
        return "statistical: by chance in less than 1 of 100 banks"
    measured = measurements().get(rule.code.code)
    if measured is None:
        return "heuristic, not measured"
    if measured.precision is None:
        return f"heuristic; no hit on {measured.items} labelled items"
    hits = f"of {measured.hits} hits on {measured.items} labelled items {measured.precision:.0%} were flaws"
    return f"heuristic; {hits}"


def _entries(places: Iterable[Loaded]) -> Mapping[str, _Entries]:
    """Where the entries of all banks stand, by file."""
    found: dict[str, list[tuple[Place, str]]] = {}
    for loaded in places:
        for bank, section in product(loaded.banks, _SECTIONS):
            for entry in getattr(bank, section):
                place = loaded.maps[bank.id].place(section, entry.id)
                found.setdefault(place.path, []).append((place, entry.id))
    by_file = {}
    for path, entries in found.items():
        entries.sort(key=lambda each: (each[0], each[1]))
        starts = [(place.line, place.column) for place, _ in entries]
        by_file[path] = (starts, [((place.end_line, place.end_column), entry) for place, entry in entries])
    return by_file


def _entry_at(place: Place, entries: Mapping[str, _Entries]) -> str:
    """The id of the entry in which something stands; empty for none."""
    starts, ends = entries.get(place.path, ([], []))
    at = (place.line, place.column)
    index = bisect_right(starts, at) - 1
    if index < 0:
        return ""
    end, entry = ends[index]
    return entry if at <= end else ""


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    source = files(__package__).joinpath("templates/report.html.jinja").read_text(encoding="utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(source)
