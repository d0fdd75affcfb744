"""Texts for people: the page of each diagnostic code, ``QF006.md``, and the meaning of each field, ``fields.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from quizforge.model.diagnostic import Code


def page(code: Code) -> str:
    """The page of a code, with its heading made from the table of codes."""
    body = files(__package__).joinpath(f"{code.code}.md").read_text(encoding="utf-8")
    return f"# {code.code} {code.name} ({code.severity})\n\n{code.summary}\n\n{body}"


@cache
def field_help() -> Mapping[str, Mapping[str, str]]:
    """What each field means, by class of the model and by key in YAML."""
    import yaml

    text = files(__package__).joinpath("fields.yaml").read_text(encoding="utf-8")
    found: Mapping[str, Mapping[str, str]] = yaml.safe_load(text)
    return found
