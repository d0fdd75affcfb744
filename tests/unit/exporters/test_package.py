"""Packages have the same bytes everywhere, and names that no reader misunderstands."""

from __future__ import annotations

import io
import zipfile

import pytest

from quizforge.exporters.package import is_safe, write_zip
from quizforge.model.media import Media

_MEMBERS = [("imsmanifest.xml", b"<manifest/>"), ("q/quiz.xml", b"x" * 5_000), ("a.txt", b"")]


def test_members_keep_their_order_and_bear_no_time() -> None:
    """Members stand in the order given, all of one date, system and mode, with every byte of their content."""
    data = write_zip(_MEMBERS)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()

        assert [(entry.filename, archive.read(entry)) for entry in entries] == _MEMBERS
        assert archive.testzip() is None
    assert {(entry.date_time, entry.create_system, entry.external_attr >> 16) for entry in entries} == {
        ((1980, 1, 1, 0, 0, 0), 3, 0o100644)
    }
    assert len(data) < 1_000
    assert len(write_zip(_MEMBERS, compression="stored")) > 5_000


@pytest.mark.parametrize(
    "name",
    ["", "/a", "a/", "a//b", "..", "../a", "a/../b", "a/..", ".", "./a", "a\\b", "a b", "a+b.png", "größe.png",
     "%41.png", "C:a", "a\n"],
)  # fmt: skip
def test_unsafe_name_is_refused(name: str) -> None:
    """A name that leads elsewhere, or that readers decode in their own ways, never gets into a package."""
    assert not is_safe(name)
    with pytest.raises(ValueError, match="no safe name"):
        write_zip([(name, b"")])


@pytest.mark.parametrize("name", ["a", "a/b.xml", ".hidden", "..a", "a..b/c", "_rels/x-1.png"])
def test_safe_name_is_taken(name: str) -> None:
    """Dots inside of names are names."""
    assert is_safe(name)
    assert zipfile.ZipFile(io.BytesIO(write_zip([(name, b"")]))).namelist() == [name]


def test_name_that_stands_twice_is_refused() -> None:
    """Which of two files of one name a reader takes is its own affair."""
    with pytest.raises(ValueError, match="stands twice"):
        write_zip([("a", b"1"), ("a", b"2")])


def test_an_image_is_named_by_its_content() -> None:
    """The name depends on content and type alone, so that it cannot give away what the author called the file."""
    key = Media("img/the right answer is B.PNG", b"\x89PNG picture", "image/png")
    same = Media("other/plot.png", key.data, "image/png")
    other = Media(key.path, key.data + b"!", "image/png")

    assert key.content_name == same.content_name != other.content_name
    assert key.content_name.endswith(".png")
    assert is_safe(key.content_name)
    assert len(key.content_name) == 20
