"""Images of a bank: found from the texts that show them, read once, kept inside the bank's folder."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from pathlib import Path as FilePath
from types import MappingProxyType
from urllib.parse import unquote

from quizforge.model.codes.source import OUTSIDE_BANK
from quizforge.model.codes.text import MEDIA_TOO_LARGE, MEDIA_TYPE, MISSING_MEDIA
from quizforge.model.diagnostic import Code
from quizforge.model.media import Media

MAX_BYTES = 20_000_000
_SIGNATURES: Mapping[str, tuple[str, re.Pattern[bytes]]] = MappingProxyType(
    {
        ".png": ("image/png", re.compile(rb"\x89PNG\r\n\x1a\n")),
        ".jpg": ("image/jpeg", re.compile(rb"\xff\xd8\xff")),
        ".jpeg": ("image/jpeg", re.compile(rb"\xff\xd8\xff")),
        ".gif": ("image/gif", re.compile(rb"GIF8[79]a")),
        ".webp": ("image/webp", re.compile(rb"RIFF....WEBP", re.DOTALL)),
        ".svg": (
            "image/svg+xml",
            re.compile(rb"(?s)\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>)?\s*(?:<!--.*?-->\s*)*<svg[\s>]"),
        ),
    }
)
_ACTIVE_SVG = re.compile(
    rb"(?i)<script|<foreignobject|<!DOCTYPE|<!ENTITY|\son[a-z]+\s*=|javascript:|(?:href|src)\s*=\s*[\"'](?!#|data:image/)"
)


class Pictures:
    """The images of one bank, read at first use.

    Args:
        folder: The bank's folder.
    """

    def __init__(self, folder: FilePath) -> None:
        self._folder = folder
        self._root = folder.resolve()
        self._media: dict[str, Media] = {}
        self._faults: dict[str, tuple[Code, str, str]] = {}

    @property
    def media(self) -> Mapping[str, Media]:
        """All that were read, by path from the bank's folder, sorted."""
        return dict(sorted(self._media.items()))

    def take(self, href: str, base: str) -> tuple[str, tuple[Code, str, str] | None]:
        """Read an image.

        Args:
            href: As the text has it, relative to its file.
            base: Folder of that file inside the bank, ``""`` for the bank's own.

        Returns:
            Its path from the bank's folder, and code, message and hint of what is wrong with it.
        """
        path = posixpath.normpath(posixpath.join(base, unquote(href)))
        if path not in self._media and path not in self._faults:
            fault = self._read(path)
            if fault is not None:
                self._faults[path] = fault
        return path, self._faults.get(path)

    def _read(self, path: str) -> tuple[Code, str, str] | None:
        if path.startswith(("/", "..")) or "\\" in path or "\0" in path:
            return OUTSIDE_BANK, f"the image '{path}' lies outside the bank's folder", "copy it into the bank's folder"
        suffix = posixpath.splitext(path)[1].lower()
        if suffix not in _SIGNATURES:
            known = ", ".join(_SIGNATURES)
            return MEDIA_TYPE, f"images of type '{suffix}' are not supported", f"supported: {known}"
        file = self._folder / path
        try:
            real = file.resolve(strict=True)
            if not real.is_relative_to(self._root):
                return OUTSIDE_BANK, f"the image '{path}' leads outside the bank's folder", "copy it into the folder"
            if real.stat().st_size > MAX_BYTES:
                return MEDIA_TOO_LARGE, f"the image '{path}' is larger than {MAX_BYTES // 1_000_000} MB", "shrink it"
            data = real.read_bytes()
        except (OSError, RuntimeError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            return MISSING_MEDIA, f"the image '{path}' cannot be read: {reason}", "paths are relative to the YAML file"
        return self._keep(path, suffix, data)

    def _keep(self, path: str, suffix: str, data: bytes) -> tuple[Code, str, str] | None:
        media_type, signature = _SIGNATURES[suffix]
        if signature.match(data) is None:
            return MEDIA_TYPE, f"'{path}' is not a {media_type} file", "its content does not fit its suffix"
        if suffix == ".svg" and _ACTIVE_SVG.search(data):
            hint = "remove scripts, event handlers, document types and links to other files"
            return MEDIA_TYPE, f"'{path}' holds active or outside content", hint
        self._media[path] = Media(path, data, media_type, *_size(media_type, data))
        return None


def _size(media_type: str, data: bytes) -> tuple[int | None, int | None]:
    """Width and height in pixels, where the first bytes tell (PNG: W3C REC-PNG 11.2.2; GIF89a 18)."""
    if media_type == "image/png" and len(data) >= 24:
        return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    if media_type == "image/gif" and len(data) >= 10:
        return int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")
    return None, None
