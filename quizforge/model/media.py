"""An image of a bank: its bytes, and the name under which exporters write it."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True)
class Media:
    """One image.

    Attributes:
        path: From the bank's folder, with ``/``.
        data: The bytes of the file.
        media_type: ``image/png`` ...
        width: In pixels, where known.
        height: In pixels, where known.
    """

    path: str
    data: bytes
    media_type: str
    width: int | None = None
    height: int | None = None

    @property
    def name(self) -> str:
        """A file name that is safe everywhere and differs whenever the bytes differ.

        Slug of the stem, 12 digits of the SHA-256 of the bytes, suffix.
        """
        stem, suffix = posixpath.splitext(posixpath.basename(self.path))
        plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
        slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40]
        return f"{slug or 'image'}-{sha256(self.data).hexdigest()[:12]}{suffix.lower()}"
