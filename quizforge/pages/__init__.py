"""The pages of the diagnostic codes: one Markdown file each, ``QF006.md``."""

from __future__ import annotations

from importlib.resources import files

from quizforge.model.diagnostic import Code


def page(code: Code) -> str:
    """The page of a code, with its heading made from the table of codes."""
    body = files(__package__).joinpath(f"{code.code}.md").read_text(encoding="utf-8")
    return f"# {code.code} {code.name} ({code.severity})\n\n{code.summary}\n\n{body}"
