"""Names of images in exports."""

from __future__ import annotations

import re

import pytest

from quizforge.model.media import Media


@pytest.mark.parametrize(
    ("path", "start", "suffix"),
    [
        ("img/Loss Curve (2).PNG", "loss-curve-2-", ".png"),
        ("Übung.svg", "ubung-", ".svg"),
        ("日本.jpeg", "file-", ".jpeg"),
        ("../x/..hidden.gif", "hidden-", ".gif"),
        ("a" * 200 + ".webp", "a" * 48 + "-", ".webp"),
        ("no_suffix", "no-suffix-", ""),
    ],
)
def test_name_is_safe_everywhere(path: str, start: str, suffix: str) -> None:
    """Lower-case ASCII, no folder, the suffix kept."""
    name = Media(path, b"data", "image/png", None, None).name

    assert re.fullmatch(re.escape(start) + r"[0-9a-f]{12}" + re.escape(suffix), name)


def test_name_follows_the_content() -> None:
    """Other bytes, another name; the folder does not matter."""
    one = Media("a/x.png", b"one", "image/png", 1, 1)

    assert one.name == Media("b/x.png", b"one", "image/png", 1, 1).name
    assert one.name != Media("a/x.png", b"two", "image/png", 1, 1).name
