"""``quizforge lint``: review questions and banks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from quizforge.cli.common import load, paths_argument, plural, selection, selection_options, show

if TYPE_CHECKING:
    from quizforge.model.diagnostic import Diagnostic

_FORMATS = ("text", "json", "sarif", "github")


@click.command()
@paths_argument
@selection_options
@click.option("--only", multiple=True, metavar="RULE", help="Run only these rules: code, name, or the start of a code.")
@click.option("--select", multiple=True, metavar="RULE", help="Run also this rule, which is off by default.")
@click.option("--ignore", multiple=True, metavar="RULE", help="Leave this rule out.")
@click.option("--hints", is_flag=True, help="Print hints (info) too, not only their number.")
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", help="How findings are written.")
@click.option(
    "--report", "page", metavar="FILE", type=click.Path(dir_okay=False), help="Write a page about the review (HTML)."
)
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info"]),
    default="error",
    show_default=True,
    help="Exit with 1 when a finding is at least this severe.",
)
@click.option("-q", "--quiet", is_flag=True, help="Print findings only, no closing line.")
def command(  # noqa: PLR0913  # one argument for each option
    paths: tuple[str, ...],
    *,
    only: tuple[str, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    hints: bool,
    form: str,
    page: str | None,
    fail_on: str,
    quiet: bool,
    **chosen: tuple[str, ...],
) -> int:
    """Review questions as an experienced colleague would: item-writing flaws, and faults of the whole bank.

    All that 'validate' checks is checked too. Most rules are heuristics: a warning asks a person to
    look, a hint (info) may be noise; 'quizforge explain CODE' says how sure a rule is. What you have
    looked at is allowed in place, with a reason:

    \b
        stem: Which is NOT a planet?     # quizforge: allow[QF203] exceptions are the point

    \b
    Examples:
        quizforge lint
        quizforge lint banks/llm-alignment --hints --pool exam
        quizforge lint --only QF401 --format sarif > findings.sarif
        quizforge lint --report review.html
    """  # noqa: D301  # \b keeps click from reflowing
    from quizforge.lint.engine import review
    from quizforge.lint.registry import all_rules
    from quizforge.lint.settings import Choice, unknown
    from quizforge.loading import report
    from quizforge.model.diagnostic import SEVERITY_ORDER

    rules = all_rules()
    wanted = Choice(select=select, ignore=ignore, only=only)
    for problem in unknown(wanted, rules):
        raise click.UsageError(f"{problem.message}; {problem.hint}")
    loaded = load(paths)
    taken = selection(chosen)
    reviewed = review(loaded, rules, command=wanted, selection=taken)
    found = reviewed.diagnostics
    if form == "text":
        shown = found if hints else tuple(each for each in found if each.severity != "info")
        show(shown, loaded)
        if not quiet:
            questions = sum(len(bank.questions) for bank in loaded.banks)
            holds = f"{plural(len(loaded.banks), 'bank')} with {plural(questions, 'question')}"
            summary = report.summary(shown) if shown else "no problems"
            click.echo(f"Reviewed {holds}: {summary}{_unshown(found, shown)}.")
    else:
        render = {"json": report.render_json, "sarif": report.render_sarif, "github": report.render_github}[form]
        click.echo(render(found), nl=False)
    if page is not None:
        from quizforge.cli.lint_report import write_report

        write_report(page, loaded, reviewed, rules, selection=taken)
    limit = SEVERITY_ORDER[fail_on]  # type: ignore[index]  # click has checked the word
    return int(any(SEVERITY_ORDER[diagnostic.severity] <= limit for diagnostic in found))


def _unshown(found: tuple[Diagnostic, ...], shown: tuple[Diagnostic, ...]) -> str:
    hidden = len(found) - len(shown)
    return f"; {plural(hidden, 'hint')} more with --hints" if hidden else ""
