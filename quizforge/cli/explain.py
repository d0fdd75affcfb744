"""``quizforge explain``: the page of a diagnostic code."""

from __future__ import annotations

import click


@click.command()
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """Explain a diagnostic: what it means, why it matters, an example, and what to write instead.

    CODE is a code or its name; without one, all codes are listed.

    \b
    Examples:
        quizforge explain QF105
        quizforge explain bad-boolean
    """  # noqa: D301  # \b keeps click from reflowing
    from quizforge.errors import UsageError
    from quizforge.lint import pages as rule_pages
    from quizforge.lint.registry import all_rules
    from quizforge.loading.translate import did_you_mean
    from quizforge.model.codes import all_codes
    from quizforge.pages import page

    rules = {rule.code.code: rule for rule in all_rules()}
    every = {**all_codes(), **{number: rule.code for number, rule in rules.items()}}
    codes = dict(sorted(every.items()))
    if code is None:
        for known in codes.values():
            click.echo(f"{known.code}  {known.severity:<8} {known.name:<26} {known.summary}")
        return
    by_name = {known.name: known for known in codes.values()}
    found = codes.get(code.upper()) or by_name.get(code.lower())
    if found is None:
        message = f"there is no diagnostic '{code}'"
        hint = did_you_mean(code, [*codes, *by_name]) or "'quizforge explain' lists all"
        raise UsageError(message, hint=hint)
    rule = rules.get(found.code)
    click.echo(page(found) if rule is None else rule_pages.page(rule), nl=False)
