"""Optical mark recognition for tests: finds the marks of a scanned bubble sheet with nothing but its map.

It reads the map's JSON as a stranger would, after ``docs/omr-map.md``, and shares no code with the package.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
"""Grey values, 0 for black, by row and column."""
Projection = NDArray[np.float64]
"""From millimetres to pixels, in homogeneous coordinates."""

DARK = 170
"""Below this a pixel is ink: a thin line that falls between two pixels leaves half its black to each."""


@dataclass(frozen=True, slots=True)
class Blob:
    """Connected dark pixels: the box around them and their number."""

    left: int
    top: int
    right: int
    bottom: int
    pixels: int

    @property
    def width(self) -> int:
        """Of the box."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Of the box."""
        return self.bottom - self.top

    @property
    def centre(self) -> tuple[float, float]:
        """Of the box: x and y."""
        return ((self.left + self.right) / 2, (self.top + self.bottom) / 2)


@dataclass(frozen=True, slots=True)
class Scanned:
    """A page as read.

    Attributes:
        page: Its number.
        marks: The marked bubbles, each with its row.
    """

    page: int
    marks: tuple[tuple[Mapping[str, Any], Mapping[str, Any]], ...]


def read_pgm(path: Path) -> Image:
    """A binary PGM file, as ``pdftoppm -gray`` writes."""
    magic, width, height, rest = path.read_bytes().split(maxsplit=3)
    assert magic == b"P5"
    pixels = rest.split(b"\n", 1)[1]
    found: Image = np.frombuffer(pixels, dtype=np.uint8).reshape(int(height), int(width)).copy()
    return found


def blobs(image: Image) -> list[Blob]:
    """All connected stretches of ink (eight neighbours)."""
    parents: list[int] = []
    boxes: list[list[int]] = []
    above: list[tuple[int, int, int]] = []

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    for y, line in enumerate(image < DARK):
        edges = np.flatnonzero(np.diff(np.concatenate(([0], line.astype(np.int8), [0]))))
        here = []
        start = 0
        for left, right in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            own = len(parents)
            parents.append(own)
            boxes.append([left, y, right, y + 1, right - left])
            while start < len(above) and above[start][1] < left:
                start += 1
            place = start
            while place < len(above) and above[place][0] <= right:
                a, b = root(above[place][2]), root(own)
                if a != b:
                    parents[b] = a
                    first, second = boxes[a], boxes[b]
                    boxes[a] = [
                        *map(min, first[:2], second[:2]),
                        *map(max, first[2:4], second[2:4]),
                        first[4] + second[4],
                    ]
                place += 1
            here.append((left, right, own))
        above = here
    return [Blob(*boxes[index]) for index, parent in enumerate(parents) if parent == index]


def read_sheet(image: Image, sheet: Mapping[str, Any]) -> Scanned:
    """Align a page, find out which it is, and read its marks.

    Args:
        image: A scan; it may be shifted, scaled, turned by a few degrees, or upside down.
        sheet: The map.

    Raises:
        ValueError: No page of this sheet can be found in it.
    """
    corners = _fiducials(blobs(image), image.shape)
    for turn in range(4):
        place = _projection(sheet["fiducials"], corners[turn:] + corners[:turn])
        code = "".join(["01"[_darkness(image, place, cell, cell["side"] / 3) > 0.5] for cell in sheet["cells"]])
        for page in sheet["pages"]:
            if page["code"] == code:
                return Scanned(page["page"], tuple(_marks(image, place, page["rows"])))
    raise ValueError("no page of this sheet")


def _marks(image: Image, place: Projection, rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[Any, Any]]:
    for row in rows:
        for bubble in row["bubbles"]:
            if _darkness(image, place, bubble, row["radius"] * 0.7) > 0.45:
                yield row, bubble


def _fiducials(found: Sequence[Blob], shape: tuple[int, ...]) -> list[tuple[float, float]]:
    """Centres of the four solid squares nearest to the corners, from the upper left one clockwise."""
    height, width = shape
    side = width * 6 / 210
    solid = [
        blob
        for blob in found
        if 0.7 * side < blob.width < 1.4 * side
        and 0.7 * side < blob.height < 1.4 * side
        and blob.pixels > 0.8 * blob.width * blob.height
    ]
    centres = [blob.centre for blob in solid]
    if len(centres) < 4:
        raise ValueError("fewer than four squares")
    ends = ((0, 0), (width, 0), (width, height), (0, height))
    return [min(centres, key=lambda c: (c[0] - x) ** 2 + (c[1] - y) ** 2) for x, y in ends]


def _projection(squares: Sequence[Mapping[str, float]], centres: Sequence[tuple[float, float]]) -> Projection:
    """The projective map from millimetres to pixels: four points fix its eight numbers."""
    lines, values = [], []
    for square, (u, v) in zip(squares, centres, strict=True):
        x, y = square["x"], square["y"]
        lines += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    found: Projection = np.append(np.linalg.solve(np.array(lines), np.array(values)), 1).reshape(3, 3)
    return found


def at(place: Projection, x: float, y: float) -> tuple[float, float]:
    """Where a point in millimetres is in the image."""
    u, v, w = place @ np.array([x, y, 1.0])
    return float(u / w), float(v / w)


def _darkness(image: Image, place: Projection, spot: Mapping[str, Any], radius: float) -> float:
    """Share of ink in a disc around a place of the map, 0 to 1."""
    u, v = at(place, spot["x"], spot["y"])
    right, low = at(place, spot["x"] + radius, spot["y"])
    size = max(1.5, float(np.hypot(right - u, low - v)))
    left, top = max(0, int(u - size) - 1), max(0, int(v - size) - 1)
    window = image[top : int(v + size) + 2, left : int(u + size) + 2]
    rows, columns = np.ogrid[top : top + window.shape[0], left : left + window.shape[1]]
    inside = (rows - v) ** 2 + (columns - u) ** 2 <= size**2
    return 1 - float(window[inside].mean()) / 255 if inside.any() else 0.0


def offsets(image: Image, sheet: Mapping[str, Any], page: int) -> list[float]:
    """For each bubble of the map, the distance in millimetres to the middle of the nearest printed ring or disc.

    Raises:
        ValueError: As many rings were not found on the page as the map has bubbles.
    """
    found = blobs(image)
    place = _projection(sheet["fiducials"], _fiducials(found, image.shape))
    scale = image.shape[1] / sheet["width"]
    rows = sheet["pages"][page - 1]["rows"]
    size = 2 * rows[0]["radius"] * scale
    rings = [blob.centre for blob in found if max(abs(blob.width - size), abs(blob.height - size)) < 0.2 * size]
    wanted = [at(place, bubble["x"], bubble["y"]) for row in rows for bubble in row["bubbles"]]
    if len(rings) != len(wanted):
        raise ValueError(f"{len(rings)} rings, {len(wanted)} bubbles")
    spots = np.array(rings)
    return [float(np.hypot(spots[:, 0] - u, spots[:, 1] - v).min()) / scale for u, v in wanted]


def load_map(path: Path) -> Mapping[str, Any]:
    """The map of a sheet."""
    found: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    assert found["omr_map"] == 1
    return found
