"""The options of the printable exam."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, get_args

from quizforge.errors import UsageError
from quizforge.exporters.base import Options
from quizforge.model.candidate import Candidate

Paper = Literal["a4", "letter"]
Template = Literal["exam.html.jinja", "key.html.jinja", "guide.html.jinja", "style.css.jinja"]
TEMPLATES: tuple[str, ...] = get_args(Template)
"""Page shells that a user may replace."""


@dataclass(frozen=True, slots=True)
class HtmlOptions(Options):
    """How the pages look.

    Attributes:
        paper: ``a4`` or ``letter``.
        columns: 1 or 2 columns of questions in print.
        large_print: 18 points and more, without serifs, in one column.
        answer_sheet: Whether answers go on a bubble sheet, which the instructions then say.
        guide: Whether to write the marker's guide too.
        candidate: Whose exam to write, alone, with name and id filled in.
        templates: Sources of templates, by name, that replace the built-in ones.

    Raises:
        UsageError: A value is not one of these, or two of them exclude each other.
    """

    paper: Paper = "a4"
    columns: Literal[1, 2] = 1
    large_print: bool = False
    answer_sheet: bool = False
    guide: bool = False
    candidate: Candidate | None = None
    templates: Mapping[str, str] | None = None

    def __post_init__(self) -> None:
        if self.paper not in get_args(Paper):
            raise UsageError(f"there is no paper '{self.paper}'", hint=f"there are: {', '.join(get_args(Paper))}")
        if self.columns not in {1, 2}:
            raise UsageError(f"{self.columns} columns cannot be set", hint="choose 1 or 2")
        if self.large_print and self.columns != 1:
            raise UsageError("large print has one column", hint="leave out one of the two options")
        if not isinstance(self.candidate, Candidate | None):
            raise UsageError("a candidate cannot be named here", hint="they come from a class list")
        for name in self.templates or ():
            if name not in TEMPLATES:
                near = get_close_matches(name, TEMPLATES, n=1)
                hint = f"did you mean '{near[0]}'?" if near else f"there are: {', '.join(TEMPLATES)}"
                raise UsageError(f"there is no template '{name}'", hint=hint)
