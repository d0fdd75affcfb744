"""Exporters by name: built-ins from a table, third parties by entry point.

Nothing is imported until it is asked for; entry points are read only where the table has no answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from types import MappingProxyType
from typing import Any

from quizforge.errors import UsageError
from quizforge.exporters.base import Exporter

GROUP = "quizforge.exporters"

BUILT_IN: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "moodle-xml": ("quizforge.exporters.moodle_xml", "MoodleXml"),
        "anki": ("quizforge.exporters.anki", "Anki"),
        "html": ("quizforge.exporters.html", "PrintableHtml"),
        "bubble-sheet": ("quizforge.exporters.bubble_sheet", "BubbleSheet"),
        "gift": ("quizforge.exporters.gift", "Gift"),
        "brightspace-csv": ("quizforge.exporters.brightspace_csv", "BrightspaceCsv"),
        "aiken": ("quizforge.exporters.aiken", "Aiken"),
        "blackboard-txt": ("quizforge.exporters.blackboard_txt", "BlackboardTxt"),
        "anki-tsv": ("quizforge.exporters.anki", "AnkiText"),
        "qti21": ("quizforge.exporters.qti", "Qti21"),
        "qti30": ("quizforge.exporters.qti", "Qti30"),
        "word": ("quizforge.exporters.documents", "Word"),
        "latex": ("quizforge.exporters.documents", "Latex"),
        "olx": ("quizforge.exporters.olx", "Olx"),
        "canvas": ("quizforge.exporters.canvas", "Canvas"),
        "canvas-newquizzes": ("quizforge.exporters.canvas", "CanvasNewQuizzes"),
    }
)
"""Module and class of each built-in exporter by its name."""

DEFAULT_FORMATS = ("moodle-xml", "anki", "html")


def names() -> tuple[str, ...]:
    """All exporters that can be had: built-ins in table order, then third parties by name."""
    return (*BUILT_IN, *sorted(set(_plugins()) - BUILT_IN.keys()))


def get(name: str) -> Exporter[Any]:
    """The exporter of that name.

    Raises:
        UsageError: There is none, or a third party's cannot be loaded.
    """
    if name in BUILT_IN:
        module, attribute = BUILT_IN[name]
        found: type[Exporter[Any]] = getattr(import_module(module), attribute)
        return found()
    plugin = _plugins().get(name)
    if plugin is None:
        near = get_close_matches(name, names(), n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"there are: {', '.join(names())}"
        message = f"there is no format '{name}'"
        raise UsageError(message, hint=hint)
    return _load(plugin)


def _plugins() -> Mapping[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=GROUP)}


def _load(plugin: EntryPoint) -> Exporter[Any]:
    try:
        loaded = plugin.load()
    except (ImportError, AttributeError) as error:
        message = f"the exporter '{plugin.name}' cannot be loaded: {error}"
        raise UsageError(message, hint=f"it is named by the entry point {plugin.value}") from error
    if not (isinstance(loaded, type) and issubclass(loaded, Exporter)):
        message = f"the entry point '{plugin.name}' names no exporter"
        raise UsageError(message, hint="it must be a subclass of quizforge.exporters.base.Exporter")
    return loaded()
