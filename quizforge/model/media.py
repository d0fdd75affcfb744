"""Media: a file that a text shows, with its bytes, so that exporters need no disk."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from posixpath import basename, splitext
from types import MappingProxyType

_NOT_NAME = re.compile(r"[^a-z0-9]+")
_NOT_SUFFIX = re.compile(r"[^a-z0-9.]+")

_SUFFIXES = MappingProxyType(
    {
        "image/gif": ".gif",
        "image/jpeg": ".jpg",
        "image/png": ".png",
        "image/svg+xml": ".svg",
        "image/webp": ".webp",
    }
)


@dataclass(frozen=True)
class Media:
    """One image of a bank.

    Attributes:
        path: Relative to the bank's folder, with ``/`` between folders.
        data: The whole file.
        media_type: IANA media type, ``image/png``.
        width: In CSS pixels; None where the file does not say.
        height: In CSS pixels; None where the file does not say.
    """

    path: str
    data: bytes
    media_type: str
    width: int | None = None
    height: int | None = None

    @cached_property
    def name(self) -> str:
        """The name in every export: slug of the stem, ``-``, 12 hex digits of the SHA-256 of the data, suffix.

        Lower-case ASCII letters, digits, ``-`` and one ``.``, at most 72 characters: Moodle refuses a
        slash in a file name, Anki keeps one flat media folder for all decks, and a name made of the
        content never shows an old file that a cache kept.
        """
        stem, suffix = splitext(basename(self.path))
        ascii_stem = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
        slug = _NOT_NAME.sub("-", ascii_stem.lower()).strip("-")[:48].rstrip("-") or "file"
        return f"{slug}-{sha256(self.data).hexdigest()[:12]}{_NOT_SUFFIX.sub('', suffix.lower())[:10]}"

    @cached_property
    def content_name(self) -> str:
        """A name that tells nothing but the content: 16 hex digits of the SHA-256 of the data, suffix of the type.

        For packages whose file names students of a platform may see.
        """
        return sha256(self.data).hexdigest()[:16] + _SUFFIXES.get(self.media_type, ".bin")
