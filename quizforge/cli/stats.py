"""``quizforge stats``: what banks hold, and what they lack."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import click

from quizforge.cli.common import load, paths_argument, plural, selection, selection_options, stop_on_errors

_BLOOM = ("remember", "understand", "apply", "analyze", "evaluate", "create")
_DIFFICULTY = ("easy", "medium", "hard")


@click.command()
@paths_argument
@selection_options
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How it is written.")
def command(paths: tuple[str, ...], form: str, **chosen: tuple[str, ...]) -> None:
    """Count questions by type, concept, level, difficulty, pool and status, and sum points and minutes.

    Concepts without questions or with questions of one level only, objectives and misconceptions
    that no question uses are listed as uncovered.

    \b
    Examples:
        quizforge stats
        quizforge stats banks/llm-alignment --pool exam
        quizforge stats --format json
    """  # noqa: D301  # \b keeps click from reflowing
    loaded = load(paths)
    stop_on_errors(loaded, undone="counted")
    reports = [_report(bank, selection(chosen, default_statuses=("draft", "ready"))) for bank in loaded.banks]
    if form == "json":
        click.echo(json.dumps({"version": 1, "banks": reports}, indent=2, ensure_ascii=False))
        return
    for report in reports:
        _print_report(report)


def _report(bank: Any, wanted: Any) -> dict[str, Any]:  # noqa: ANN401  # a bank and a selection
    from quizforge.model.question import QUESTION_TYPES
    from quizforge.model.questions.base import EXPECTED_FACILITY

    questions = [question for question in bank.questions if wanted.takes(question)]
    graded = [question for question in questions if question.graded]
    rated = [EXPECTED_FACILITY[question.difficulty] for question in graded if question.difficulty]
    timed = [question.minutes for question in graded if question.minutes is not None]
    return {
        "bank": bank.id,
        "title": bank.header.title,
        "questions": len(questions),
        "flashcards": sum(wanted.takes_flashcard(card) for card in bank.flashcards),
        "concepts": len(bank.concepts),
        "points": str(sum((question.max_points for question in graded), Decimal(0))),
        "minutes": str(sum(timed, Decimal(0))),
        "untimed": len(graded) - len(timed),
        "expected_facility": round(float(sum(rated) / len(rated)), 3) if rated else None,
        "type": _count((question.type for question in questions), QUESTION_TYPES),
        "bloom": _count((question.bloom for question in graded), _BLOOM),
        "difficulty": _count((question.difficulty for question in graded), _DIFFICULTY),
        "pool": _count((question.pool for question in questions), ("practice", "exam")),
        "status": _count((question.status for question in questions), ("draft", "ready", "retired")),
        "concept": _count(
            (question.concepts[0] if question.concepts else None for question in graded), bank.concept_by_id
        ),
        "uncovered": _uncovered(bank, graded),
    }


def _count(values: Iterable[str | None], order: Iterable[str]) -> dict[str, int]:
    found = Counter(value or "none" for value in values)
    return {key: found[key] for key in (*order, "none") if found[key]}


def _uncovered(bank: Any, graded: list[Any]) -> dict[str, list[str]]:  # noqa: ANN401  # a bank
    from quizforge.model.fields import Ref, marked

    used: dict[str, set[str]] = {}
    levels: dict[str, set[str]] = {}
    for question in graded:
        for _, value, ref in marked(question, Ref):
            used.setdefault(ref.section, set()).add(value)
        for concept in question.concepts:
            levels.setdefault(concept, set()).add(question.bloom or "none")
    return {
        "concepts without questions": [c.id for c in bank.concepts if c.id not in used.get("concepts", ())],
        "concepts with one level only": [c.id for c in bank.concepts if len(levels.get(c.id, ())) == 1],
        "objectives": [o.id for o in bank.objectives if o.id not in used.get("objectives", ())],
        "misconceptions": [m.id for m in bank.misconceptions if m.id not in used.get("misconceptions", ())],
    }


def _print_report(report: Mapping[str, Any]) -> None:
    click.echo(f"{report['title']} ({report['bank']})")
    held = (plural(report["questions"], "question"), plural(report["flashcards"], "flashcard"))
    click.echo(f"  {', '.join(held)}, {plural(report['concepts'], 'concept')}")
    untimed = f" ({plural(report['untimed'], 'question')} without minutes)" if report["untimed"] else ""
    click.echo(f"  {report['points']} points, {report['minutes']} minutes{untimed}")
    if report["expected_facility"] is not None:
        click.echo(f"  expected facility {report['expected_facility']:.2f} (author labels)")
    for heading in ("type", "bloom", "difficulty", "pool", "status", "concept"):
        click.echo(f"  by {heading}")
        for name, count in report[heading].items():
            share = 100 * count / sum(report[heading].values())
            click.echo(f"    {name:<46} {count:>5} {share:>4.0f} %")
    for what, missing in report["uncovered"].items():
        if missing:
            click.echo(f"  uncovered {what} ({len(missing)}): {', '.join(missing)}")
