"""The report as files: Markdown for people, JSON for programs. For staff."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from quizforge.assembly.report import FormReport, Report

VERSION = 1
_ORIGINS = {"measured": "measured", "label": "author's label", "none": "no label, taken as medium"}
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def report_json(report: Report) -> bytes:
    """Everything in the report, with a version."""
    tree: dict[str, Any] = {"report": VERSION, **asdict(report)}
    tree["mean_range"], tree["spread_range"] = round(report.mean_range, 6), round(report.spread_range, 6)
    return (json.dumps(tree, indent=2, ensure_ascii=False, default=str) + "\n").encode()


def report_markdown(report: Report) -> bytes:
    """The report to read."""
    return ("\n\n".join(part for part in _parts(report) if part) + "\n").encode()


def _parts(report: Report) -> Iterator[str]:
    forms = report.forms
    names = [f"Form {form.form}" for form in forms]
    yield f"# {_cell(report.title)}: how the forms were assembled"
    yield (
        f"Quiz `{report.quiz}`, seed {report.seed}, {len(forms)} form{'s' * (len(forms) > 1)},"
        f" picked from {report.picked_from} questions by {report.solver}. For staff only."
    )
    yield "## The forms"
    yield _table(["", *names], _summary(forms))
    if len(forms) > 1:
        spreads = f"standard deviations by {report.spread_range:.4f}"
        yield f"Mean facilities differ by at most {report.mean_range:.4f}, {spreads}."
    yield "## Table of specifications"
    rows = [[row.section, row.cell, row.wanted, *map(str, row.held)] for row in report.rows]
    yield _table(["Section", "Cell", "Wanted", *names], rows)
    yield _table(["Level", *names], ([level, *map(str, held)] for level, held in report.levels.items()))
    yield "## Difficulty curve"
    yield "Mean expected facility of each fifth of a form, from its first questions to its last."
    width = max((len(form.curve) for form in forms), default=0)
    curve = [[f"Form {form.form}", *(f"{value:.2f}" for value in form.curve)] for form in forms]
    yield _table(["", *(f"{part + 1}" for part in range(width))], curve)
    yield "## Key balance"
    yield "How often the right option of a single choice question stands at each place."
    yield _table(["", "Options", "Places", "Longest run"], _keys(forms))
    yield "## Overlap"
    yield "Picked questions that two forms share; on the diagonal, how many were picked."
    yield _table(["", *names], ([names[at], *map(str, row)] for at, row in enumerate(report.shared)))
    if any(report.earlier):
        yield f"Questions that earlier exams used: {', '.join(map(str, report.earlier))}."
    yield "## What the facilities rest on"
    yield _sources(report)


def _summary(forms: Sequence[FormReport]) -> Iterator[list[str]]:
    yield ["Questions", *(str(form.questions) for form in forms)]
    yield ["Points", *(f"{form.points:f}" for form in forms)]
    yield ["Minutes", *(f"{form.minutes:f}{_untimed(form)}" for form in forms)]
    yield ["Mean expected facility", *(f"{form.mean:.4f}" for form in forms)]
    yield ["Standard deviation", *(f"{form.spread:.4f}" for form in forms)]
    yield ["Expected points", *(f"{form.expected:.1f}" for form in forms)]
    yield ["Points by guessing", *(f"{form.guessing:.1f} ({_share(form)})" for form in forms)]
    yield ["True/false: true", *(f"{form.true[0]} of {form.true[1]}" for form in forms)]


def _untimed(form: FormReport) -> str:
    return f" ({form.untimed} without)" if form.untimed else ""


def _share(form: FormReport) -> str:
    return f"{100 * form.guessing / float(form.points):.0f} %" if form.points else "0 %"


def _keys(forms: Sequence[FormReport]) -> Iterator[list[str]]:
    for form in forms:
        for options, held in form.keys.items():
            places = ", ".join(f"{letter} {count}" for letter, count in zip(_LETTERS, held, strict=False))
            yield [f"Form {form.form}", str(options), places, str(form.run)]


def _sources(report: Report) -> str:
    counts: dict[str, int] = {}
    for form in report.forms:
        for origin, count in form.origins.items():
            counts[origin] = counts.get(origin, 0) + count
    lines = [f"- {_ORIGINS[origin]}: {count}" for origin, count in counts.items()]
    if report.labelled and len(counts) > 1:  # where nothing was measured, the count has said it
        lines.append(f"- only labels: {', '.join(f'`{name}`' for name in report.labelled)}")
    if report.unrated:
        lines.append(f"- neither: {', '.join(f'`{name}`' for name in report.unrated)}")
    return "\n".join(lines)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(map(_cell, row))} |" for row in rows]
    return "\n".join([f"| {' | '.join(map(_cell, head))} |", f"|{' --- |' * len(head)}", *lines]) if lines else ""


def _cell(text: str) -> str:
    """A plain text that stays one cell."""
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
