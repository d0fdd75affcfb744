"""Page shells: Jinja2 templates around the questions, which a user may replace.

Replaced templates are run in Jinja's immutable sandbox with autoescaping on: they can read the values
that are given to them and nothing else. The text of an exam is never compiled as a template.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Any

from quizforge.errors import UsageError
from quizforge.exporters.html.options import TEMPLATES

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

_MARK = re.compile("\x02([0-9]+)\x03")
_FAULTS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


class Slot:
    """A long stretch of HTML. Templates print a mark for it, and the pieces are put in its place at the end.

    So no template copies, escapes or searches what may be as long as a book.
    """

    def __init__(self, pieces: Sequence[str]) -> None:
        self.pieces = pieces
        self.mark = ""

    def __html__(self) -> str:
        return self.mark

    def __bool__(self) -> bool:
        return any(self.pieces)


class Shells:
    """The templates of one export.

    Args:
        replaced: Sources by name, in place of the built-in ones; those stay within reach as
            ``default/<name>``, for ``{% extends %}``.
    """

    def __init__(self, replaced: Mapping[str, str] | None) -> None:
        self._replaced = dict(replaced or {})
        self._environment = _environment(self._replaced) if self._replaced else _built_in()

    def page(self, name: str, values: Mapping[str, object], slots: Sequence[Slot]) -> bytes:
        """A whole page.

        Args:
            name: Of the template.
            values: What it is filled with; the slots stand among them.
            slots: The same once more.

        Raises:
            UsageError: As :meth:`render`.
        """
        for number, slot in enumerate(slots):
            slot.mark = f"\x02{number}\x03"  # no text of a bank can hold these characters
        # Pieces are encoded one by one: neither is a book held as one text beside its bytes, nor does one foreign
        # letter in it widen all its letters.
        page = BytesIO()
        for number, piece in enumerate(_MARK.split(self.render(name, values))):
            for part in slots[int(piece)].pieces if number % 2 else (piece,):
                page.write(part.encode())
        return page.getvalue()

    def render(self, name: str, values: Mapping[str, object]) -> str:
        """A template filled in.

        Raises:
            UsageError: A template of the user's is at fault: its syntax, an unknown name, an error
                while it runs, or something that the sandbox forbids.
        """
        from jinja2 import TemplateError, TemplateSyntaxError

        try:
            return self._environment.get_template(name).render(values)
        except TemplateSyntaxError as error:
            raise UsageError(f"template '{error.name or name}', line {error.lineno}: {error.message}") from error
        except (TemplateError, *_FAULTS) as error:
            if not self._replaced:
                raise
            message = f"template '{name}' cannot be filled in: {error}"
            raise UsageError(message, hint="the built-in templates show which names there are") from error


def safe(html: str) -> str:
    """HTML that templates must not escape again."""
    from markupsafe import Markup

    return Markup(html)  # noqa: S704  # made by the writers, which escape all texts themselves


def css_string(text: str) -> str:
    r"""A CSS string that cannot end its own quotes, its rule or the ``style`` element (CSS Syntax 3, 4.3.7)."""
    return '"' + "".join(c if c.isalnum() or c in " .,:-()" else f"\\{ord(c):x} " for c in text) + '"'


@cache
def _built_in() -> ImmutableSandboxedEnvironment:
    return _environment({})


def _environment(replaced: Mapping[str, str]) -> ImmutableSandboxedEnvironment:
    from jinja2 import DictLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    default = {name: _source(name) for name in TEMPLATES}
    named: dict[str, Any] = {f"default/{name}": source for name, source in default.items()}
    loader = DictLoader({**named, **default, **replaced})
    return ImmutableSandboxedEnvironment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def _source(name: str) -> str:
    return files("quizforge.exporters.html").joinpath("templates").joinpath(name).read_text("utf-8")
