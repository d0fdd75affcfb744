"""Images of a bank."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest

from quizforge.loading.bank import Loaded, load_banks
from tests.tools.inline_bank import HEADER, codes


def png(shade: int = 0) -> bytes:
    """A PNG of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes([0, shade])))
        + chunk(b"IEND", b"")
    )


def _load(folder: Path, href: str, *, part: str = "bank.yaml") -> Loaded:
    question = f"questions:\n  - id: a\n    type: true_false\n    stem: 'See ![a plot]({href}).'\n    answer: true\n"
    (folder / part).parent.mkdir(parents=True, exist_ok=True)
    (folder / "bank.yaml").write_text(HEADER, encoding="utf-8")
    with (folder / part).open("a", encoding="utf-8") as stream:
        stream.write(question)
    return load_banks([folder])


def test_image_is_read_once_and_named_by_its_content(tmp_path: Path) -> None:
    """The bank holds the bytes under the path from its folder; equal names with other bytes differ."""
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "My Plot.png").write_bytes(png())
    loaded = _load(tmp_path, "media/My%20Plot.png")
    media = loaded.banks[0].media["media/My Plot.png"]

    assert codes(loaded) == []
    assert (png(), "image/png", 1, 1) == (media.data, media.media_type, media.width, media.height)
    assert media.name.startswith("my-plot-")
    assert media.name.endswith(".png")


def test_path_is_relative_to_the_file(tmp_path: Path) -> None:
    """An image beside a part file is found there, and later known from the bank's folder."""
    (tmp_path / "unit").mkdir()
    (tmp_path / "unit" / "plot.png").write_bytes(png())
    loaded = _load(tmp_path, "plot.png", part="unit/q.yaml")

    assert list(loaded.banks[0].media) == ["unit/plot.png"]
    assert "(unit/plot.png)" in loaded.banks[0].questions[0].stem


def test_image_content_changes_the_revision(tmp_path: Path) -> None:
    """Another picture is another question."""
    from quizforge.model.quiz import Item

    revisions = []
    for shade in (0, 1):
        folder = tmp_path / str(shade)
        folder.mkdir()
        (folder / "plot.png").write_bytes(png(shade))
        bank = _load(folder, "plot.png").banks[0]
        revisions.append(Item(bank.questions[0], bank).revision)

    assert revisions[0] != revisions[1]


@pytest.mark.parametrize(
    ("href", "code"),
    [
        ("gone.png", "QF380"),
        ("../outside.png", "QF025"),
        ("/etc/passwd.png", "QF025"),
        ("link.png", "QF025"),
        ("text.png", "QF381"),
        ("page.html", "QF381"),
        ("script.svg", "QF381"),
    ],
)
def test_bad_image(tmp_path: Path, href: str, code: str) -> None:
    """Missing, escaping, wrong and active images are errors at the image."""
    home = tmp_path / "bank"
    home.mkdir()
    (tmp_path / "outside.png").write_bytes(png())
    (home / "link.png").symlink_to(tmp_path / "outside.png")
    (home / "text.png").write_text("not an image", encoding="utf-8")
    (home / "page.html").write_text("<p>", encoding="utf-8")
    (home / "script.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>', encoding="utf-8")
    loaded = _load(home, href)

    assert [(code, 7, 16)] == [(item.code.code, item.place.line, item.place.column) for item in loaded.diagnostics]


def test_plain_svg_is_accepted(tmp_path: Path) -> None:
    """A drawing without active content is an image."""
    (tmp_path / "ok.svg").write_text('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")

    assert codes(_load(tmp_path, "ok.svg")) == []
