"""pydantic's errors in our own words: a code, what is wrong, what was expected, a hint."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from quizforge.model.codes import all_codes, source, structure
from quizforge.model.diagnostic import Path, Problem
from quizforge.model.fields import unwrap_hint
from quizforge.model.near import did_you_mean
from quizforge.model.questions.base import BaseQuestion
from quizforge.model.quiz_file import DAY, FORM_CODE
from quizforge.model.stats import REVISION

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

__all__ = ["did_you_mean", "noun", "problem_of"]

_HINTS: Mapping[str, str] = {
    "QF105": "write true or false, without quotes",
    "QF106": "write digits with a decimal point: 0.73, -2, 1.5e-3",
    "QF134": "write an absolute number, or a per cent of the answer such as 2%",
}
_SHAPES: Mapping[str, str] = {
    "string_type": "a text is expected here",
    "tuple_type": "a list is expected here",
    "list_type": "a list is expected here",
    "dict_type": "a mapping of names to values is expected here",
    "mapping_type": "a mapping of names to values is expected here",
    "model_type": "a mapping of keys to values is expected here",
    "model_attributes_type": "a mapping of keys to values is expected here",
}
_NOUNS: Mapping[str, str] = {
    "Header": "bank",
    "Defaults": "defaults",
    "LintSettings": "lint",
    "QuizFile": "quiz",
    "SectionFile": "section",
    "GradingFile": "grading",
    "StatsFile": "statistics",
    "ItemStats": "statistics of a question",
}
_PATTERNS: Mapping[str, tuple[str, str]] = {
    DAY: ("a day", "write year, month and day: 2026-12-01"),
    FORM_CODE: ("the code of a form", "use 1 to 8 letters and digits, such as A or B2"),
    REVISION: ("a revision", "copy the 16 digits that 'quizforge list --format json' or a manifest shows"),
}
_OTHER_PATTERNS: Mapping[str, tuple[str, str]] = {
    "^QF": ("a finding that can be allowed", "write a code from QF200 on, such as QF207"),
    "^[0-9a-f]{8}": ("the end of a variant's id", "write the eight signs behind '.v-'"),
    r"^[^\r\n]*": ("a reason", "write one line that says why"),
}
_BOUNDS = {"greater_than_equal": ("ge", "at least"), "less_than_equal": ("le", "at most")}


def problem_of(error: ErrorDetails, cls: type[BaseModel]) -> Problem:
    """One pydantic error as a problem of ours.

    Args:
        error: As pydantic lists it; its ``loc`` starts at the entry.
        cls: The class of the entry.
    """
    kind, at = error["type"], tuple(error["loc"])
    if kind in all_codes():
        return Problem(all_codes()[kind], error["msg"], at, hint=_HINTS.get(kind, ""))
    if kind in _SHAPES:
        message = f"{_SHAPES[kind]}, not {_shape(error['input'])}"
        return Problem(structure.WRONG_SHAPE, message, at, hint=_shape_hint(kind))
    translate = _TRANSLATIONS.get(kind)
    if translate is not None:
        return translate(error, at, cls)
    return Problem(structure.BAD_VALUE, error["msg"], at)


def noun(cls: type[BaseModel]) -> str:
    """What an entry is called in messages: ``choice``, ``single_choice question``."""
    if cls.__name__ in _NOUNS:
        return _NOUNS[cls.__name__]
    words = re.sub(r"(?<!^)(?=[A-Z])", " ", cls.__name__).lower()
    return f"{words.replace(' ', '_')} question" if issubclass(cls, BaseQuestion) else words


def _missing(_error: ErrorDetails, at: Path, cls: type[BaseModel]) -> Problem:
    if at == ("schema",):
        message = "the bank does not say which format it is written in"
        return Problem(structure.UNKNOWN_SCHEMA, message, at, hint="add 'schema: 1' at the top", on_key=True)
    if at in {("quiz",), ("stats",)}:
        message = "the file does not say which format it is written in"
        return Problem(structure.UNKNOWN_SCHEMA, message, at, hint=f"add '{at[0]}: 1' at the top", on_key=True)
    owner = _class_at(cls, at[:-1]) or cls
    return Problem(
        structure.MISSING_KEY, f"{noun(owner)} has no '{at[-1]}'", at, hint=f"add '{at[-1]}: …'", on_key=True
    )


def _unknown_key(_error: ErrorDetails, at: Path, cls: type[BaseModel]) -> Problem:
    owner = _class_at(cls, at[:-1]) or cls
    known = [field.alias or name for name, field in owner.model_fields.items()]
    hint = did_you_mean(str(at[-1]), known) or f"known keys: {', '.join(known)}"
    return Problem(structure.UNKNOWN_KEY, f"unknown key '{at[-1]}' in {noun(owner)}", at, hint=hint, on_key=True)


def _not_listed(error: ErrorDetails, at: Path, _cls: type[BaseModel]) -> Problem:
    expected = str(error["ctx"]["expected"]).replace(" or ", ", ").replace("'", "")
    found = error["input"]
    if not isinstance(found, str):
        return Problem(structure.WRONG_SHAPE, f"one of {expected} is expected here, not {_shape(found)}", at)
    if at == ("schema",):
        message = f"bank format '{_brief(found)}' is unknown"
        return Problem(structure.UNKNOWN_SCHEMA, message, at, hint="this version reads 'schema: 1'")
    hint = did_you_mean(found, expected.split(", "))
    return Problem(structure.BAD_VALUE, f"'{_brief(found)}' is not one of: {expected}", at, hint=hint)


def _bad_pattern(error: ErrorDetails, at: Path, _cls: type[BaseModel]) -> Problem:
    pattern, found = error["ctx"]["pattern"], str(error["input"])
    if pattern == r"\S":
        return Problem(source.MISSING_VALUE, "the text is empty", at, hint="write a text, or remove the key")
    if pattern.startswith("^[a-z0-9]"):
        slug = re.sub(r"[^a-z0-9._-]+", "-", found.lower()).strip("-._")
        hint = f"use lower-case letters, digits, '.', '_' and '-'{f': {slug[:100]}' if slug else ''}"
        return Problem(structure.BAD_ID, f"'{_brief(found)}' is not an id", at, hint=hint)
    if pattern.startswith("^https"):
        hint = "write a whole address: https://example.org/page"
        return Problem(structure.BAD_VALUE, f"'{_brief(found)}' is not a web address", at, hint=hint)
    if pattern in _PATTERNS:
        what, hint = _PATTERNS[pattern]
        return Problem(structure.BAD_VALUE, f"'{_brief(found)}' is not {what}", at, hint=hint)
    for start, (what, hint) in _OTHER_PATTERNS.items():
        if pattern.startswith(start):
            return Problem(structure.BAD_VALUE, f"'{_brief(found)}' is not {what}", at, hint=hint)
    hint = "write a language tag such as en, de or pt-BR"
    return Problem(structure.BAD_VALUE, f"'{_brief(found)}' is not a language", at, hint=hint)


def _out_of_range(error: ErrorDetails, at: Path, _cls: type[BaseModel]) -> Problem:
    bound, words = _BOUNDS[error["type"]]
    limit = error["ctx"][bound]
    return Problem(structure.OUT_OF_RANGE, f"'{error['input']}' is out of range; {words} {limit} is allowed", at)


def _too_long(error: ErrorDetails, at: Path, _cls: type[BaseModel]) -> Problem:
    limit, length = error["ctx"]["max_length"], len(str(error["input"]))
    return Problem(structure.OUT_OF_RANGE, f"{length} characters; at most {limit} are allowed", at)


def _too_many(error: ErrorDetails, at: Path, _cls: type[BaseModel]) -> Problem:
    limit, count = error["ctx"]["max_length"], len(error["input"])
    return Problem(structure.OUT_OF_RANGE, f"{count} entries; at most {limit} are allowed", at, on_key=True)


_TRANSLATIONS: Mapping[str, Callable[[ErrorDetails, Path, type[BaseModel]], Problem]] = {
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "literal_error": _not_listed,
    "string_pattern_mismatch": _bad_pattern,
    "string_too_long": _too_long,
    "too_long": _too_many,
    "greater_than_equal": _out_of_range,
    "less_than_equal": _out_of_range,
}


def _shape(found: object) -> str:
    if isinstance(found, str):
        return f"the text '{_brief(found)}'"
    return "a list" if isinstance(found, list) else "a mapping"


def _shape_hint(kind: str) -> str:
    if kind in {"tuple_type", "list_type"}:
        return "write [a, b], or one entry a line, each after '- '"
    return "put the text in quotes" if kind == "string_type" else "write 'key: value' lines below it"


def _brief(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else line[:39] + "…"


def _class_at(cls: type[BaseModel], at: Path) -> type[BaseModel] | None:
    hint: Any = cls
    for step in at:
        if isinstance(hint, type) and issubclass(hint, BaseModel):
            hint = _field_hint(hint, str(step))
        elif get_origin(hint) in {tuple, dict}:
            hint = get_args(hint)[0 if get_origin(hint) is tuple else 1]
        hint, _ = unwrap_hint(hint)
    return hint if isinstance(hint, type) and issubclass(hint, BaseModel) else None


def _field_hint(cls: type[BaseModel], name: str) -> Any:  # noqa: ANN401  # a type hint is any object
    names = {field.alias or key: key for key, field in cls.model_fields.items()}
    return _hints(cls).get(names.get(name, ""), object)


@cache
def _hints(cls: type[BaseModel]) -> Mapping[str, Any]:
    """The type hints of a class, worked out once: a faulty list may have thousands of entries."""
    return get_type_hints(cls, include_extras=True)
