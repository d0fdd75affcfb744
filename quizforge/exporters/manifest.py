"""The manifest of a Moodle export: what each question was called, and how its options read in responses.

A response file of Moodle names no question ids; it is joined to the bank by means of this. It also
tells a later export which questions are new or changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from quizforge.errors import UsageError

VERSION = 1
_quoted = json.encoder.encode_basestring

T = TypeVar("T")


class Texts(NamedTuple):
    """The texts of some options; a tuple, since one is made for every question.

    Attributes:
        written: As in the bank.
        shown: As response files show them, in the same order; None where all are shown as written.
    """

    written: Sequence[str]
    shown: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a question.

    Attributes:
        written: As in the bank.
        plain: As a response file shows it; compare with case folded and blanks squeezed.
    """

    written: str
    plain: str


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """One question.

    Attributes:
        id: In the bank; the idnumber in Moodle.
        bank: Id of the bank.
        revision: Hash of all that affects meaning or score.
        content: Hash of everything that is written for it but its name and category.
        name: In Moodle's question bank.
        category: Names of the categories it lies in, outermost first, below the course's top category.
        type: Moodle's question type.
        text: The question text as a response file shows it, without its options.
        options: By the field that holds them (``choices``, ``items``, ``left``, ``right``,
            ``blanks.<name>``), in the order of the bank; in a form's file, in that of the form.
    """

    id: str
    bank: str
    revision: str
    content: str
    name: str
    category: tuple[str, ...]
    type: str
    text: str
    options: Mapping[str, tuple[Option, ...]]

    @property
    def key(self) -> tuple[str, str]:
        """Bank and id."""
        return (self.bank, self.id)


@dataclass(frozen=True, slots=True)
class Manifest:
    """All questions of a quiz, whether they were written or not.

    Attributes:
        quiz: Id of the quiz.
        entries: In order.
    """

    quiz: str
    entries: tuple[ManifestEntry, ...]

    def by_key(self) -> dict[tuple[str, str], ManifestEntry]:
        """Entries by bank and id."""
        return {entry.key: entry for entry in self.entries}


def manifest_line(  # noqa: PLR0913  # one for each key
    *,
    id: str,  # noqa: A002  # as the key is called
    bank: str,
    revision: str,
    content: str,
    name: str,
    category: str,
    type: str,  # noqa: A002
    text: str,
    options: Mapping[str, Texts],
) -> str:
    """One question as JSON.

    Args:
        id: In the bank.
        bank: Id of the bank.
        revision: Hash of what affects meaning or score.
        content: Hash of everything that is written.
        name: In Moodle.
        category: Its names as JSON, from :func:`quoted_list`: many questions share them.
        type: Moodle's type.
        text: The question text as Moodle reports it.
        options: By field. An option is written as ``["written", "plain"]``, or ``["written"]`` where
            both are the same.
    """
    groups = ", ".join([f'"{field}": [{_options(texts)}]' for field, texts in options.items()])
    return (
        f'{{"id": "{id}", "bank": "{bank}", "revision": "{revision}", "content": "{content}", '
        f'"name": {_quoted(name)}, "category": {category}, "type": "{type}", '
        f'"text": {_quoted(text)}, "options": {{{groups}}}}}'
    )


def quoted_list(texts: Iterable[str]) -> str:
    """A JSON list of strings."""
    return f"[{', '.join(map(_quoted, texts))}]"


def _options(texts: Texts) -> str:
    if texts.shown is None:
        return f"[{'], ['.join(map(_quoted, texts.written))}]"
    pairs = zip(texts.written, texts.shown, strict=True)
    return ", ".join(
        [
            f"[{_quoted(written)}]" if written == shown else f"[{_quoted(written)}, {_quoted(shown)}]"
            for written, shown in pairs
        ]
    )


def write_manifest(quiz: str, lines: Sequence[str]) -> bytes:
    """A manifest as JSON, one line for each question.

    Args:
        quiz: Id of the quiz.
        lines: From :func:`manifest_line`, in order.
    """
    head = f'{{\n"manifest": {VERSION},\n"format": "moodle-xml",\n"quiz": {_quoted(quiz)},\n"questions": ['
    return f"{head}{chr(10) if lines else ''}{f',{chr(10)}'.join(lines)}\n]\n}}\n".encode()


def read_manifest(data: bytes, *, source: str) -> Manifest:
    """A manifest from the bytes of its file.

    Args:
        data: As written by :func:`write_manifest`.
        source: What the user calls the file; named in messages.

    Raises:
        UsageError: It is no manifest, or one of a later version.
    """
    try:
        tree = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise UsageError(f"'{source}' is no manifest: it is not JSON ({error})", hint=_HINT) from error
    if not isinstance(tree, dict) or "manifest" not in tree:
        raise UsageError(f"'{source}' is no manifest of a Moodle export", hint=_HINT)
    if tree["manifest"] != VERSION:
        raise UsageError(
            f"'{source}' is a manifest of version {tree['manifest']!r}; this program reads version {VERSION}",
            hint="use the program that wrote it, or a later one",
        )
    try:
        entries = tuple(_entry(item) for item in _as(tree["questions"], list))
        return Manifest(_as(tree["quiz"], str), entries)
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(f"'{source}' is a damaged manifest: {error}", hint=_HINT) from error


_HINT = "name the file *.manifest.json that an earlier 'quizforge export' wrote"


def _entry(item: object) -> ManifestEntry:
    tree: dict[str, Any] = _as(item, dict)
    groups = _as(tree["options"], dict)
    return ManifestEntry(
        id=_as(tree["id"], str),
        bank=_as(tree["bank"], str),
        revision=_as(tree["revision"], str),
        content=_as(tree["content"], str),
        name=_as(tree["name"], str),
        category=tuple(_as(name, str) for name in _as(tree["category"], list)),
        type=_as(tree["type"], str),
        text=_as(tree["text"], str),
        options=MappingProxyType({name: tuple(map(_option, _as(group, list))) for name, group in groups.items()}),
    )


def _option(item: object) -> Option:
    texts = [_as(text, str) for text in _as(item, list)]
    if len(texts) not in {1, 2}:
        raise ValueError(f"an option has {len(texts)} texts")
    return Option(texts[0], texts[-1])


def _as(value: object, kind: type[T]) -> T:
    if not isinstance(value, kind):
        raise TypeError(f"{json.dumps(value)[:60]} where a {kind.__name__} is expected")
    return value
