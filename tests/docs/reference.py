"""The generated parts of the documents: tables of fields, codes and formats, and the help of the commands.

``make docs`` writes them (cog), ``make check`` fails where they are not what these functions give.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from importlib import import_module
from typing import Any, Literal, get_args, get_origin, get_type_hints

import annotated_types
import click
from pydantic import BaseModel, BeforeValidator
from pydantic.fields import FieldInfo

from quizforge.cli.group import COMMANDS, cli
from quizforge.exporters import registry
from quizforge.exporters.base import ANY_TYPE
from quizforge.lint.pages import measurements
from quizforge.lint.pages import page as rule_page
from quizforge.lint.registry import built_in
from quizforge.lint.rule import ItemRule, Rule
from quizforge.model import bank
from quizforge.model.bank import SECTIONS, Defaults, Header
from quizforge.model.codes import all_codes
from quizforge.model.fields import Ref, Text, Tolerance, unwrap_hint, wrap_text
from quizforge.model.item_model import ItemModel
from quizforge.model.question import QUESTION_TYPES
from quizforge.model.questions.base import BaseQuestion, CommonFields
from quizforge.model.questions.multiple_answer import MultipleAnswer
from quizforge.model.quiz_file import DAY, Cell, Filter, Named, QuizFile, Span
from quizforge.model.stats import StatsFile
from quizforge.pages import field_help
from tests.docs import matrix

_KINDS = {"plain": "plain text", "inline": "inline Markdown", "block": "Markdown"}
_SEEN = {"student-exam": "exam", "student-practice": "practice", "staff": "no"}
_SINGULAR = {
    "concepts": "a concept",
    "misconceptions": "a misconception",
    "objectives": "an objective",
    "questions": "a question",
    "references": "a reference",
    "scenarios": "a scenario",
}
_SPECIAL = {
    Tolerance: "number from 0, or per cent: `2%`",
    Span: "number, or two: `2..4`",
    Named: "`id` or `bank/id`",
}
_WIDTH = 100


@cache
def models() -> dict[str, type[BaseModel]]:
    """Every class of entries by its name: sections, question types, and what stands inside them."""
    waiting: list[type[BaseModel]] = [Header, Defaults, CommonFields, BaseQuestion, *SECTIONS.values()]
    waiting += [*QUESTION_TYPES.values(), ItemModel, QuizFile, StatsFile]
    found: dict[str, type[BaseModel]] = {}
    while waiting:
        cls = waiting.pop(0)
        if cls.__name__ not in found:
            found[cls.__name__] = cls
            waiting += [below for _, hint in own_fields(cls) if (below := _entry_in(hint)) is not None]
    del found["Defaults"]  # has the common fields, and no other
    return found


def own_fields(cls: type[BaseModel]) -> list[tuple[str, Any]]:
    """Names in YAML and type hints of the fields that a class does not share with all questions."""
    if cls is CommonFields:
        shared: set[str] = set()
    elif cls is ItemModel:
        shared = {"question"}  # stands for the keys of a question, and is none itself
    elif cls is BaseQuestion:
        shared = set(CommonFields.model_fields)
    elif issubclass(cls, BaseQuestion):
        shared = {*BaseQuestion.model_fields, "type"}
        shared -= {name for name in shared if name in cls.__annotations__ and name != "type"}
    elif cls is Cell:
        shared = set(Filter.model_fields)
    else:
        shared = set(CommonFields.model_fields) if issubclass(cls, CommonFields) else set()
    hints = get_type_hints(cls, include_extras=True)
    found = [(field.alias or name, hints[name]) for name, field in cls.model_fields.items() if name not in shared]
    if cls is BaseQuestion:
        found.insert(1, ("type", Literal[tuple(QUESTION_TYPES)]))
    return found


def _entry_in(hint: Any) -> type[BaseModel] | None:
    inner, _ = unwrap_hint(hint)
    if get_origin(inner) in {tuple, dict}:
        return _entry_in(get_args(inner)[0 if get_origin(inner) is tuple else 1])
    return inner if isinstance(inner, type) and issubclass(inner, BaseModel) else None


def fields(name: str) -> str:
    """The table of the fields of a class.

    Raises:
        KeyError: A field of the model has no line in ``quizforge/pages/fields.yaml``.
    """
    cls, meanings = models()[name], field_help()[name]
    rows = [(f"`{key}`", _takes(hint), _default(cls, key), _seen(hint), meanings[key]) for key, hint in own_fields(cls)]
    return _table(("key", "takes", "default", "students see it", "meaning"), rows)


def _takes(hint: Any) -> str:
    inner, marks = unwrap_hint(hint)
    text = next((mark for mark in marks if isinstance(mark, Text)), None)
    ref = next((mark for mark in marks if isinstance(mark, Ref)), None)
    if text is not None:
        return _KINDS[text.kind] + (" with `[[blanks]]`" if text.blanks else "")
    if ref is not None:
        return f"id of {_SINGULAR[ref.section]}" + (", `#` and a place" if ref.locator else "")
    if get_origin(inner) in {tuple, dict}:
        is_list = get_origin(inner) is tuple
        below = _takes(get_args(inner)[0 if is_list else 1])
        return f"list: {below}" if is_list else f"mapping: name to {below}"
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        below = f"[{_noun(inner)}](#{_noun(inner).replace(' ', '-')})"
        return f"{below}, or its text" if _wraps(marks) else below
    return _scalar(inner, marks)


def _scalar(inner: Any, marks: list[Any]) -> str:
    if get_origin(inner) is Literal:
        return " or ".join(f"`{word}`" for word in get_args(inner))
    if inner is bool:
        return "`true` or `false`"
    if inner in _SPECIAL:
        return _SPECIAL[inner]
    if inner in {Decimal, int}:
        return ("number" if inner is Decimal else "whole number") + _range(marks)
    pattern = next((mark.pattern for mark in marks if getattr(mark, "pattern", None)), "")
    known = {_pattern(bank.Language): "language tag", _pattern(bank.Url): "web address", DAY: "day: `2026-12-01`"}
    return known.get(str(pattern), "id" if str(pattern).startswith("^[a-z0-9]") else "plain text")


def _pattern(hint: Any) -> str:
    return next(str(mark.pattern) for mark in unwrap_hint(hint)[1] if getattr(mark, "pattern", None))


def _range(marks: list[Any]) -> str:
    limits: dict[str, Any] = {}
    for mark in marks:
        for limit in mark.metadata if isinstance(mark, FieldInfo) else ():
            if isinstance(limit, annotated_types.Ge):
                limits["low"] = limit.ge
            if isinstance(limit, annotated_types.Le):
                limits["high"] = limit.le
    if "high" not in limits:
        return f" from {limits['low']}" if limits else ""
    return f" {limits['low']} to {limits['high']:,}"


def _wraps(marks: list[Any]) -> bool:
    return any(isinstance(mark, BeforeValidator) and mark.func is wrap_text for mark in marks)


def _default(cls: type[BaseModel], key: str) -> str:
    field = next((field for name, field in cls.model_fields.items() if key in (name, field.alias)), None)
    if field is None or field.is_required():
        return "required"
    if field.default_factory is not None:
        return ""
    if field.default is None or field.default == () or isinstance(field.default, (BaseModel, dict)):
        return ""
    return f"`{str(field.default).lower() if isinstance(field.default, bool) else field.default}`"


def _seen(hint: Any) -> str:
    inner, marks = unwrap_hint(hint)
    if get_origin(inner) is tuple:
        return _seen(get_args(inner)[0])
    return next((_SEEN[mark.audience] for mark in marks if isinstance(mark, Text)), "")


def _noun(cls: type[BaseModel]) -> str:
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in cls.__name__)
    own = {"quiz file": "quiz", "section file": "section", "grading file": "grading", "stats file": "statistics"}
    own["item stats"] = "statistics of a question"
    return {"lint settings": "lint", "based on": "based on", **own}.get(words.strip(), words.strip())


def code_table() -> str:
    """All diagnostic codes, with links to their pages."""
    rows = [
        (f"[{code.code}](../quizforge/pages/{code.code}.md)", code.severity, f"`{code.name}`", _literal(code.summary))
        for code in all_codes().values()
    ]
    return _table(("code", "severity", "name", "what it means"), rows)


def _literal(text: str) -> str:
    """A plain text in Markdown, in which none of its characters is markup."""
    return re.sub(r"([\\`*_\[\]<])", r"\\\1", text)


def command_help() -> str:
    """The help of the program and of every command, as it is printed."""
    return "\n".join(_help_parts())


def _help_parts() -> Iterator[str]:
    yield f"```text\n{_help(cli, 'quizforge')}\n```\n"
    for name, (module, _) in COMMANDS.items():
        command: click.Command = import_module(module).command
        yield f"## quizforge {name}\n\n```text\n{_help(command, f'quizforge {name}')}\n```\n"


def _help(command: click.Command, name: str) -> str:
    context = click.Context(command, info_name=name, terminal_width=_WIDTH, max_content_width=_WIDTH)
    context.help_option_names = ["-h", "--help"]
    return command.get_help(context)


def support_matrix() -> str:
    """What becomes of each question type in each built-in format, as exports of one question of every kind show it."""
    heads = ("format", *(f"`{kind}`" for kind in QUESTION_TYPES))
    rows = [(f"`{name}`", *map(_cell, matrix.outcomes(name).values())) for name in registry.BUILT_IN]
    return _table(heads, rows)


def _cell(outcomes: Iterable[matrix.Outcome]) -> str:
    signs = {matrix.ITSELF: "✓", matrix.LEFT_OUT: "\N{EN DASH}"}
    return ", ".join(signs.get(became, became.replace("_", " ")) + ("°" if lost else "") for became, lost in outcomes)


def drops(name: str) -> str:
    """The fields that a format leaves out."""
    rows = [
        ("every type" if kind == ANY_TYPE else f"`{kind}`", ", ".join(f"`{field}`" for field in sorted(lost)))
        for kind, lost in sorted(registry.get(name).drops.items())
        if lost
    ]
    return _table(("of", "is left out"), rows) if rows else "Nothing.\n"


def all_drops() -> str:
    """A section for each built-in format, with the fields that it leaves out."""
    return "\n".join(f"### {name}\n\n{drops(name)}" for name in registry.BUILT_IN)


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = tuple(heads)
    lines = [heads, ("---",) * len(heads), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def ticking_table() -> str:
    """What some responses to one question earn under each scoring rule."""
    choices = [
        {"text": text, "correct": text in {"Saturn", "Uranus"}} for text in ("Saturn", "Uranus", "Mars", "Venus")
    ]
    rules = get_args(MultipleAnswer.model_fields["scoring"].annotation)
    questions = [
        MultipleAnswer.model_validate(
            {"id": "q", "type": "multiple_answer", "stem": "?", "choices": choices, "scoring": rule}
        )
        for rule in rules
    ]
    rows = []
    for ticked in ((0, 1), (0,), (0, 2), (0, 1, 2), (0, 1, 2, 3), (2, 3), ()):
        names = ", ".join(str(choices[index]["text"]) for index in ticked) or "nothing"
        rows.append((names, *(str(question.score(frozenset(ticked))) for question in questions)))
    return _table(("ticked", *(f"`{rule}`" for rule in rules)), rows)


def rule_table() -> str:
    """Every rule of the reviewer: how serious, how sure, with what limits."""
    return _table(
        ("code", "rule", "severity", "sure", "P", "R", "kappa", "limits", "what it finds"),
        (_rule_row(rule) for rule in built_in()),
    )


def _rule_row(rule: Rule) -> tuple[str, ...]:
    code, found = rule.code, measurements().get(rule.code.code)
    figures = ("", "", "")
    if found is not None:
        figures = (_share(found.precision), _share(found.recall), f"{found.kappa:.2f}")
    fixed = "; `--fix`" if isinstance(rule, ItemRule) and rule.fix is not None else ""
    return (
        f"[{code.code}](rules.md#{code.code.lower()}-{code.name}-{code.severity})",
        f"`{code.name}`",
        f"{code.severity}{'' if rule.default else ', off'}",
        rule.basis,
        *figures,
        ", ".join(f"`{name}` {value}" for name, value in rule.limits.items()),
        f"{code.summary.removesuffix('.')}{fixed}",
    )


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def measured_on() -> str:
    """When and on how many items the rules were measured."""
    found = list(measurements().values())
    fewest, most = min(each.items for each in found), max(each.items for each in found)
    return f"Measured on {max(each.date for each in found)}, each rule on {fewest} to {most} labelled items.\n"


def rule_pages() -> str:
    """The page of every rule, as ``quizforge explain`` prints it, one level deeper."""
    pages = (rule_page(rule) for rule in built_in())
    return "\n".join(
        re.sub(r"^#", "##", page, flags=re.MULTILINE).replace("```yaml\n", '```yaml skip="a part of a bank"\n')
        for page in pages
    )
