"""A student with a pen: marks bubbles of a printed sheet by what is printed, and never looks at the map.

The words and their places come from the PDF, the rings from the picture of the page: the label of a question is
found first, then the letter to its right, then the ring around that letter, which is painted.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import numpy as np

from tests.tools.scan import Blob, Image, blobs, read_pgm

_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')
_SIZE = re.compile(r'<page width="([\d.]+)"')


@dataclass(frozen=True, slots=True)
class Word:
    """A printed word: the middle of it, in pixels."""

    text: str
    x: float
    y: float


class Paper:
    """One page of a PDF as paper.

    Args:
        pdf: The file.
        page: From 1.
        dpi: Resolution of the picture.
        rtl: Whether the options stand to the left of their label.
    """

    def __init__(self, pdf: Path, page: int, *, dpi: int = 150, rtl: bool = False) -> None:
        self.dpi = dpi
        self.rtl = rtl
        stem = pdf.with_name(f"{pdf.stem}-{page}-{dpi}")
        span = ["-f", str(page), "-l", str(page)]
        subprocess.run(["pdftoppm", *span, "-gray", "-singlefile", "-r", str(dpi), pdf, stem], check=True, timeout=60)
        self.image: Image = read_pgm(stem.with_suffix(".pgm"))
        shown = subprocess.run(["pdftotext", *span, "-bbox", pdf, "-"], check=True, capture_output=True, timeout=60)
        self._words = _words(shown.stdout.decode(), self.image.shape[1])
        self._blobs = blobs(self.image)

    def has(self, label: str) -> bool:
        """Whether a line of that label is on the page."""
        return any(word.text == label and self._names_line(word) for word in self._words)

    def mark(self, label: str, text: str) -> None:
        """Paint the bubble with that text in the line of that label.

        Raises:
            ValueError: There is no such label, text or ring.
        """
        start = self._line(label)
        ahead = [
            word for word in self._words if word.text == text and self._rings(word) and self._is_ahead(word, start)
        ]
        # A long row goes on in the line below.
        self._paint(min(ahead, key=lambda word: (round((word.y - start.y) / self._mm(4)), abs(word.x - start.x))))

    def _is_ahead(self, word: Word, start: Word) -> bool:
        right_side = word.x < start.x if self.rtl else word.x > start.x
        return right_side and -self._mm(2.2) < word.y - start.y < self._mm(13)

    def write(self, label: str, number: str) -> None:
        """Paint a number into the grid below the boxes in the line of that label, from the left."""
        start = self._line(label)
        below = [w for w in self._words if len(w.text) == 1 and 0 < w.y - start.y < self._mm(130)]
        zeros = sorted((w for w in below if w.text == "0"), key=lambda w: (round(w.y / self._mm(1)), w.x))
        columns = self._columns(zeros, start)
        for character, column in zip(number, columns, strict=False):
            near = [w for w in below if w.text == character and abs(w.x - column.x) < self._mm(1.5)]
            self._paint(min(near, key=lambda w: abs(w.y - column.y)))

    def student(self, number: str) -> None:
        """Paint the student number: the columns of digits that begin highest on the page."""
        zeros = [word for word in self._words if word.text == "0"]
        top = min(word.y for word in zeros)
        columns = sorted((word for word in zeros if abs(word.y - top) < self._mm(1)), key=lambda word: word.x)
        for digit, column in zip(number, columns, strict=False):
            below = [
                w for w in self._words if w.text == digit and abs(w.x - column.x) < self._mm(1.5) and w.y >= top - 1
            ]
            self._paint(min(below, key=lambda word: word.y))

    def _columns(self, zeros: Sequence[Word], label: Word) -> list[Word]:
        """Six zeros in a line, the nearest below the label, on the side where its bubbles are."""
        side = [w for w in zeros if (w.x < label.x if self.rtl else w.x > label.x)]
        first = min(side, key=lambda w: (w.y - label.y) + abs(w.x - label.x))
        line = [w for w in side if abs(w.y - first.y) < self._mm(1)]
        near = sorted(line, key=lambda w: abs(w.x - label.x))[:6]
        return sorted(near, key=lambda w: w.x)

    def _paint(self, word: Word) -> None:
        (ring,) = self._rings(word)
        rows, columns = np.ogrid[: self.image.shape[0], : self.image.shape[1]]
        x, y = ring.centre
        # By hand: neither quite in the middle nor quite full.
        inside = ((columns - x - 0.6) / (0.46 * ring.width)) ** 2 + ((rows - y + 0.4) / (0.44 * ring.height)) ** 2 <= 1
        shade = 45 + 25 * np.sin(columns * 1.7 + rows * 0.9)
        self.image[inside] = np.broadcast_to(shade, self.image.shape)[inside].astype(np.uint8)

    def _line(self, label: str) -> Word:
        (found,) = [word for word in self._words if word.text == label and self._names_line(word)]
        return found

    def _names_line(self, word: Word) -> bool:
        """Neither in a bubble nor in the page's foot."""
        return not self._rings(word) and word.y < self.image.shape[0] - self._mm(17)

    def _rings(self, word: Word) -> list[Blob]:
        return [
            blob
            for blob in self._blobs
            if blob.left < word.x < blob.right
            and blob.top < word.y < blob.bottom
            and self._mm(3.5) < blob.width < self._mm(10)
            and abs(blob.width - blob.height) < self._mm(0.5)
        ]

    def _mm(self, length: float) -> float:
        return length * self.dpi / 25.4


def _words(listing: str, width: int) -> list[Word]:
    size = _SIZE.search(listing)
    assert size is not None
    scale = width / float(size[1])
    return [
        Word(unescape(text), (float(a) + float(c)) / 2 * scale, (float(b) + float(d)) / 2 * scale)
        for a, b, c, d, text in _WORD.findall(listing)
    ]


def turned(
    image: Image, *, degrees: float = 0, scale: float = 1, shift: tuple[float, float] = (0, 0), noise: float = 0
) -> Image:
    """The page as a careless hand lays it on the glass.

    Args:
        image: The page.
        degrees: By which it is turned about its middle.
        scale: By which it is enlarged.
        shift: In pixels.
        noise: Of a grey copy with less contrast, as a deviation of grey values.
    """
    height, width = image.shape
    y, x = np.mgrid[:height, :width].astype(np.float64)
    x -= width / 2 + shift[0]
    y -= height / 2 + shift[1]
    angle = np.deg2rad(degrees)
    u = (x * np.cos(angle) + y * np.sin(angle)) / scale + width / 2
    v = (y * np.cos(angle) - x * np.sin(angle)) / scale + height / 2
    left, top = np.clip(np.floor(u), 0, width - 2).astype(int), np.clip(np.floor(v), 0, height - 2).astype(int)
    a, b = np.clip(u - left, 0, 1), np.clip(v - top, 0, 1)
    upper = image[top, left] * (1 - a) + image[top, left + 1] * a
    lower = image[top + 1, left] * (1 - a) + image[top + 1, left + 1] * a
    mixed = upper * (1 - b) + lower * b
    mixed[(u < 0) | (v < 0) | (u > width - 1) | (v > height - 1)] = 255
    if noise:
        mixed = 35 + 0.78 * mixed + np.random.default_rng(7).normal(0, noise, mixed.shape)
    found: Image = np.clip(mixed, 0, 255).astype(np.uint8)
    return found
