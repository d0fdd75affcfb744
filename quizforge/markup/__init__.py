"""Markdown texts: checks, and HTML, MathML or plain text for each target.

Heavy libraries are imported when the first text needs them: importing this package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizforge.markup.checking import check
    from quizforge.markup.dialect import Dialect, Markup
    from quizforge.markup.highlight import highlight_css
    from quizforge.markup.plaintext import plain
    from quizforge.markup.problem import TextProblem
    from quizforge.markup.source import ImageRef, blank_names, images, rebase_images
    from quizforge.markup.spans import Kind

__all__ = [
    "Dialect",
    "ImageRef",
    "Kind",
    "Markup",
    "TextProblem",
    "blank_names",
    "check",
    "highlight_css",
    "images",
    "plain",
    "rebase_images",
]

_MODULES = {
    "Dialect": "dialect",
    "ImageRef": "source",
    "Kind": "spans",
    "Markup": "dialect",
    "TextProblem": "problem",
    "blank_names": "source",
    "check": "checking",
    "highlight_css": "highlight",
    "images": "source",
    "plain": "plaintext",
    "rebase_images": "source",
}


def __getattr__(name: str) -> object:
    """Import what is asked for, and keep it."""
    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{module}"), name)
    globals()[name] = value
    return value
