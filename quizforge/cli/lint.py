"""``quizforge lint``: review questions and banks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from quizforge.cli.common import load, paths_argument, plural, selection, selection_options, use_color

if TYPE_CHECKING:
    from decimal import Decimal

    from quizforge.cli.lint_exams import Exams
    from quizforge.lint.engine import Review
    from quizforge.lint.fixing import Mended
    from quizforge.loading.bank import Loaded
    from quizforge.model.diagnostic import Diagnostic
    from quizforge.model.quiz import Selection

_FORMATS = ("text", "json", "sarif", "github")


@click.command()
@paths_argument
@selection_options
@click.option("--only", multiple=True, metavar="RULE", help="Run only these rules: code, name, or the start of a code.")
@click.option("--select", multiple=True, metavar="RULE", help="Run also this rule, which is off by default.")
@click.option("--ignore", multiple=True, metavar="RULE", help="Leave this rule out.")
@click.option("--limit", "limits", multiple=True, metavar="NAME=VALUE", help="Set a limit: stem_words=80.")
@click.option("--hints", is_flag=True, help="Print hints (info) too, not only their number.")
@click.option("--fix", is_flag=True, help="Mend what is safe to mend in the files, then report what is left.")
@click.option("--diff", is_flag=True, help="Print what --fix would change, and change nothing.")
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
    limits: tuple[str, ...],
    hints: bool,
    fix: bool,
    diff: bool,
    form: str,
    page: str | None,
    fail_on: str,
    quiet: bool,
    **chosen: tuple[str, ...],
) -> int:
    """Review questions as an experienced colleague would: item-writing flaws, and faults of the whole bank.

    A quiz file is assembled in memory, and each of its forms is reviewed as an exam.

    All that 'validate' checks is checked too. Most rules are heuristics: a warning asks a person to
    look, a hint (info) may be noise; 'quizforge explain CODE' says how sure a rule is. What you have
    looked at is allowed in place, with a reason:

    \b
        stem: Which is NOT a planet?     # quizforge: allow[QF203] exceptions are the point

    What holds for all banks of a project stands in its pyproject.toml under [tool.quizforge.lint],
    or in quizforge.toml under [lint].

    \b
    Examples:
        quizforge lint
        quizforge lint banks/llm-alignment --hints --pool exam
        quizforge lint --only QF401 --format sarif > findings.sarif
        quizforge lint --report review.html
        quizforge lint banks/llm-alignment/quizzes/exam.yaml
        quizforge lint --diff
        quizforge lint --fix
    """  # noqa: D301  # \b keeps click from reflowing
    from quizforge.cli.lint_exams import parted, review_exams, together
    from quizforge.errors import UsageError
    from quizforge.lint.fixing import mend
    from quizforge.lint.run import lint
    from quizforge.loading.bank import Loaded
    from quizforge.model.diagnostic import SEVERITY_ORDER

    if diff and page is not None:
        raise UsageError("--diff prints changes and writes no report", hint="leave out --diff or --report")
    looked_at = selection(chosen)
    settings: dict[str, Any] = {"select": select, "ignore": ignore, "only": only, "limits": _numbers(limits)}
    quizzes, others = parted(paths)
    if quizzes:
        _only_whole(looked_at, mending=fix or diff)
    loaded = load(others) if others or not quizzes else Loaded((), ())
    review = lint(loaded, selection=looked_at, **settings)
    if fix or diff:
        mended = mend(loaded, review, selection=looked_at, texts=not only)
        if diff:
            click.echo(_difference(loaded, mended), nl=False)
            return int(bool(mended.sources))
        _write(loaded, mended)
        if mended.sources:
            loaded = load(others)
            review = lint(loaded, selection=looked_at, **settings)
        if form == "text" and not quiet:
            _tell(mended)
    exams = review_exams(quizzes, settings)
    review = together(review, exams.review)
    _print(review, _holdings(loaded, exams, looked_at), form=form, hints=hints, quiet=quiet)
    if page is not None:
        _report(page, review, loaded, exams=exams, selection=looked_at)
    limit = SEVERITY_ORDER[fail_on]  # type: ignore[index]  # click has checked the word
    return int(any(SEVERITY_ORDER[diagnostic.severity] <= limit for diagnostic in review.diagnostics))


def _only_whole(looked_at: Selection, *, mending: bool) -> None:
    from quizforge.errors import UsageError
    from quizforge.model.quiz import EVERYTHING_READY

    if mending:
        raise UsageError("a quiz file has nothing to mend", hint="name its bank: quizforge lint --fix path/to/bank")
    if looked_at != EVERYTHING_READY:
        raise UsageError("a quiz file chooses its questions itself", hint="leave out --id, --pool and their like")


def _report(page: str, review: Review, loaded: Loaded, *, exams: Exams, selection: Selection) -> None:
    from quizforge.cli.lint_report import chosen_of, write_report
    from quizforge.lint.engine import collected

    banks = [(bank.header.title, collected(bank, selection)) for bank in loaded.banks]
    about = (*(title for title, _ in banks), *exams.titles)
    places = (loaded, exams.loaded)
    write_report(page, [*banks, *exams.parts], places, review=review, about=about, note=chosen_of(selection))


def _holdings(loaded: Loaded, exams: Exams, looked_at: Selection) -> str:
    """What was reviewed, for the closing line: a selection that fits nothing must not look like a clean bank."""
    from quizforge.model.quiz import EVERYTHING_READY

    questions = sum(len(bank.questions) for bank in loaded.banks)
    of = ""
    if looked_at != EVERYTHING_READY:
        of = f"{sum(looked_at.takes(question) for bank in loaded.banks for question in bank.questions)} of "
    held = [f"{plural(len(loaded.banks), 'bank')} with {of}{plural(questions, 'question')}"] if loaded.banks else []
    if exams.titles:
        asked = sum(len(part.items) for _, part in exams.parts)
        held.append(f"{plural(len(exams.parts), 'exam form')} with {plural(asked, 'question')}")
    return " and ".join(held) or "nothing"


def _numbers(limits: Sequence[str]) -> Mapping[str, Decimal]:
    from decimal import Decimal, InvalidOperation

    from quizforge.errors import UsageError

    found = {}
    for limit in limits:
        name, _, value = limit.partition("=")
        try:
            number = Decimal(value)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or number < 0:
            raise UsageError(f"'{value}' in --limit is no number from 0 upwards", hint="write --limit stem_words=80")
        found[name.strip()] = number
    return found


def _print(review: Review, holds: str, *, form: str, hints: bool, quiet: bool) -> None:
    from quizforge.loading import report

    found = review.diagnostics
    if form != "text":
        render = {"json": report.render_json, "sarif": report.render_sarif, "github": report.render_github}[form]
        click.echo(render(found), nl=False)
        return
    import sys

    shown = found if hints else tuple(each for each in found if each.severity != "info")
    click.echo(report.render_text(shown, review.sources, color=use_color(sys.stdout)), nl=False)
    if not quiet:
        summary = report.summary(shown) if shown else "no problems"
        click.echo(f"Reviewed {holds}: {summary}{_unshown(found, shown)}.")


def _unshown(found: tuple[Diagnostic, ...], shown: tuple[Diagnostic, ...]) -> str:
    hidden = len(found) - len(shown)
    return f"; {plural(hidden, 'hint')} more with --hints" if hidden else ""


def _difference(loaded: Loaded, mended: Mended) -> str:
    from difflib import unified_diff

    lines: list[str] = []
    for path, text in mended.sources.items():
        before, after = (source.splitlines(keepends=True) for source in (loaded.documents[path].source, text))
        found = unified_diff(before, after, f"a/{path}", f"b/{path}")
        lines += [line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in found]
    return "".join(lines)


def _write(loaded: Loaded, mended: Mended) -> None:
    """Write the mended files; none where one has changed since it was read.

    Raises:
        EnvironmentFault: A file has changed, or cannot be written.
    """
    from codecs import BOM_UTF8
    from pathlib import Path

    from quizforge.cli.files import write_all
    from quizforge.errors import EnvironmentFault

    files: dict[Path, bytes] = {}
    for path, text in mended.sources.items():
        file = Path(path).resolve()
        data = file.read_bytes()
        mark = BOM_UTF8 if data.startswith(BOM_UTF8) else b""
        if data != mark + loaded.documents[path].source.encode("utf-8"):
            raise EnvironmentFault(f"'{path}' has changed since it was read", hint="run the command again")
        files[file] = mark + text.encode("utf-8")
    modes = {file: file.stat().st_mode for file in files}
    write_all(files)
    for file, mode in modes.items():
        file.chmod(mode)


def _tell(mended: Mended) -> None:
    files = plural(len(mended.sources), "file")
    click.echo(f"Mended {plural(mended.fixed, 'finding')} in {files}." if mended.fixed else "Nothing to mend.")
    if mended.left:
        click.echo(
            f"{plural(mended.left, 'finding')} could not be mended: the layout, or a generated file, would be touched."
        )
