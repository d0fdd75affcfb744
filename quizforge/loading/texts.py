"""The texts of a bank: what is checked in each, and the images that they show."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from quizforge import markup
from quizforge.loading.pictures import Pictures
from quizforge.loading.translate import did_you_mean
from quizforge.model.codes.structure import BLANK_UNDEFINED, BLANK_UNUSED
from quizforge.model.diagnostic import Path, Problem
from quizforge.model.fields import Entry, Text, marked
from quizforge.model.questions.cloze import Cloze

E = TypeVar("E", bound=Entry)


def text_problems(entry: Entry, language: str) -> Iterator[Problem]:
    """What is wrong in the Markdown texts of one entry of a bank in some language."""
    for path, text, mark in marked(entry, Text):
        if mark.kind == "plain":
            continue
        for found in markup.check(text, mark.kind, blanks=mark.blanks, language=language):
            yield Problem(found.code, found.message, path, hint=found.hint, span=(found.start, found.end))


def blank_problems(question: Cloze) -> Iterator[Problem]:
    """Each ``[[blank]]`` is defined, and each defined blank stands in the stem once."""
    seen: dict[str, int] = {}
    for name, start, end in markup.blank_names(question.stem):
        seen[name] = seen.get(name, 0) + 1
        if name not in question.blanks:
            hint = did_you_mean(name, question.blanks) or rf"define it under 'blanks:', or write \[[{name}]]"
            yield Problem(BLANK_UNDEFINED, f"blank '{name}' is not defined", ("stem",), hint=hint, span=(start, end))
        elif seen[name] == 2:
            message = f"blank '{name}' stands in the stem twice"
            yield Problem(BLANK_UNUSED, message, ("stem",), hint="define a second blank", span=(start, end))
    for name in question.blanks:
        if name not in seen:
            message = f"blank '{name}' is defined and does not stand in the stem"
            yield Problem(BLANK_UNUSED, message, ("blanks", name), hint=f"write [[{name}]]", on_key=True)


def image_problems(entry: Entry, pictures: Pictures, base: str) -> tuple[tuple[str, ...], list[Problem]]:
    """The images that an entry shows, each read once.

    Args:
        entry: Any entry.
        pictures: The images of the bank.
        base: Folder of the entry's file inside the bank.

    Returns:
        Paths from the bank's folder in order of use, and what is wrong with them.
    """
    used: list[str] = []
    problems: list[Problem] = []
    for path, text, mark in marked(entry, Text):
        if mark.kind == "plain" or "![" not in text:
            continue
        for image in markup.images(text, mark.kind):
            if is_remote(image.href):
                continue
            found, fault = pictures.take(image.href, base)
            if fault is None:
                used.append(found)
            else:
                code, message, hint = fault
                problems.append(Problem(code, message, path, hint=hint, span=(image.start, image.end)))
    return tuple(dict.fromkeys(used)), problems


def is_remote(href: str) -> bool:
    """Whether an image has a scheme or a host, which the text checks refuse."""
    return ":" in href.split("/", maxsplit=1)[0] or href.startswith("//")


def rebased(entry: E, folder: str) -> E:
    """An entry whose image paths are counted from the bank's folder instead of from its file's."""
    for path, text, mark in marked(entry, Text):
        if mark.kind != "plain" and "![" in text:
            entry = _replaced(entry, path, markup.rebase_images(text, folder))
    return entry


def _replaced(node: E, path: Path, text: str) -> E:
    return _replace(node, path, text)  # type: ignore[return-value]  # a node keeps its own type


def _replace(node: object, path: Path, text: str) -> object:
    if not path:
        return text
    step, rest = path[0], path[1:]
    if isinstance(node, tuple):
        return tuple(_replace(item, rest, text) if index == step else item for index, item in enumerate(node))
    if isinstance(node, dict):
        return {key: _replace(item, rest, text) if key == step else item for key, item in node.items()}
    if isinstance(node, Entry):
        return node.model_copy(update={str(step): _replace(getattr(node, str(step)), rest, text)})
    return node
