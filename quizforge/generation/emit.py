"""Variants as the YAML file that a reviewer reads in a diff: the same variants, the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Any

from quizforge.generation.expand import Expansion

FOLDER = "variants"
"""Folder of the files of variants inside a bank."""

_WIDTH = 100
_MARK = "# Written by quizforge expand; do not edit."
_DIGEST = re.compile(r"^# (?:Item model: (?P<model>\S+)|Digest: (?P<digest>[0-9a-f]{16}))$", re.MULTILINE)
_PLAIN = re.compile(r"(?:-(?=[0-9]))?[A-Za-z0-9(/+.][^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]*")
_PRINTED = re.compile(r"[^\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff\t]*")
_AMBIGUOUS = re.compile(r"(?:null|yes|no|on|off|y|n)|[+.]?\d{1,4}-\d.*|[0-9]+:.*", re.IGNORECASE)


def file_name(model: str) -> str:
    """The file of a model's variants, counted from the bank's folder."""
    return f"{FOLDER}/{model}.yaml"


def write(expansion: Expansion) -> str:
    """The file of a model's variants."""
    body = "".join(_body(expansion))
    head = (
        _MARK,
        f"# Item model: {expansion.model.id}",
        f"# Digest: {_digest(body)}",
        "# To change these questions, change the model and run 'quizforge expand'.",
        "# To leave one out, list the last eight signs of its id under 'reject' of the model.",
    )
    return "".join(f"{line}\n" for line in head) + body


def model_of(text: str) -> str | None:
    """The model whose variants a file says that it holds; None for a file that was not written here."""
    return _header(text).get("model") if text.startswith(_MARK) else None


def is_edited(text: str) -> bool:
    """Whether a file that was written here has been changed since."""
    body = text[text.find("questions:\n") :] if "questions:\n" in text else ""
    return _header(text).get("digest") != _digest(body)


def _header(text: str) -> dict[str, str]:
    return {key: value for found in _DIGEST.finditer(text, 0, 500) for key, value in found.groupdict().items() if value}


def _digest(body: str) -> str:
    return blake2b(body.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _body(expansion: Expansion) -> Iterator[str]:
    yield "questions:\n"
    for variant in expansion.variants:
        yield f"  # {variant.note}\n"
        for code, reason in expansion.model.allow.items():
            yield f"  # quizforge: allow[{code}] {reason}\n"
        yield "".join(_entry(variant.tree, 4)).replace("    ", "  - ", 1)
        yield "\n" if variant is not expansion.variants[-1] else ""


def _entry(tree: Any, indent: int) -> Iterator[str]:  # noqa: ANN401  # a plain tree
    """The lines of a mapping or list, each with its indentation."""
    margin = " " * indent
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield f"{margin}{_key(key)}:{_value(value, indent)}"
        return
    for value in tree:
        if isinstance(value, str) or not value or _is_short(value):
            yield f"{margin}-{_value(value, indent)}"
        else:
            yield "".join(_entry(value, indent + 2)).replace(f"{margin}  ", f"{margin}- ", 1)


def _value(value: Any, indent: int) -> str:  # noqa: ANN401  # a plain tree
    """What follows a key or a dash, with its line break."""
    if isinstance(value, str):
        return f" {_text(value, indent + 2)}\n"
    if not value:
        return " []\n" if isinstance(value, list) else " {}\n"
    if _is_short(value):
        return f" [{', '.join(map(_inline, value))}]\n"
    return "\n" + "".join(_entry(value, indent + 2))


def _is_short(value: Any) -> bool:  # noqa: ANN401  # a plain tree
    """Whether a list stands in one line: ids, tags, references."""
    short = isinstance(value, list) and all(
        isinstance(item, str) and re.fullmatch(r"[\w.#-]{1,60}", item) for item in value
    )
    return short and sum(map(len, value)) < 80


def _inline(text: str) -> str:
    return text if _is_plain(text) and not re.search(r"[\[\]{},#]", text) else _quoted(text)


def _key(text: str) -> str:
    return text if re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", text) and not _AMBIGUOUS.fullmatch(text) else _quoted(text)


def _text(text: str, indent: int) -> str:
    """A text in the style in which it is easiest to read."""
    if "\n" in text and _fits_block(text):
        return _literal(text, indent)
    if len(text) > _WIDTH - indent and _folds(text):
        return _folded(text, indent)
    return text if _is_plain(text) else _quoted(text)


def _is_plain(text: str) -> bool:
    if not _PLAIN.fullmatch(text) or text != text.strip() or _AMBIGUOUS.fullmatch(text):
        return False
    return ": " not in text and " #" not in text and not text.endswith(":") and text[:3] != "..."


def _quoted(text: str) -> str:
    if "\n" not in text and _PRINTED.fullmatch(text):
        return "'" + text.replace("'", "''") + "'"
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(character: str) -> str:
    code = ord(character)
    if character in '"\\':
        return f"\\{character}"
    if _PRINTED.fullmatch(character) and character != "\n":
        return character
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _fits_block(text: str) -> bool:
    lines = text.split("\n")
    return all(_PRINTED.fullmatch(line) for line in lines) and lines[0] != "" and not lines[0].startswith(" ")


def _literal(text: str, indent: int) -> str:
    stripped = text.rstrip("\n")
    ends = len(text) - len(stripped)
    style = {0: "|-", 1: "|"}.get(ends, "|+")
    lines = stripped.split("\n") + [""] * (ends - 1)
    margin = " " * indent
    return style + "".join(f"\n{margin}{line}" if line else "\n" for line in lines)


def _folds(text: str) -> bool:
    """Whether single blanks are all that a fold could change."""
    return "\n" not in text and bool(_PRINTED.fullmatch(text)) and text == text.strip() and "  " not in text


def _folded(text: str, indent: int) -> str:
    margin = " " * indent
    return ">-" + "".join(f"\n{margin}{line}" for line in _lines(text.split(" "), _WIDTH - indent))


def _lines(words: Iterable[str], width: int) -> Iterator[str]:
    line = ""
    for word in words:
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line
