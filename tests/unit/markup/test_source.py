"""Images and blanks of a text, without rendering it."""

from __future__ import annotations

import pytest

from quizforge.markup import blank_names, images, rebase_images


def test_images_have_their_place_and_href() -> None:
    """In order; hrefs are free of escapes and entities, titles do not belong to them."""
    text = 'a ![one](x.png "T") b ![two *2*](<y z.png>) ![three](a\\_b&amp;c.png)'
    found = images(text, "block")

    assert [(image.href, image.alt) for image in found] == [
        ("x.png", "one"),
        ("y z.png", "two *2*"),
        ("a_b&c.png", "three"),
    ]
    assert text[found[0].start : found[0].end] == '![one](x.png "T")'


@pytest.mark.parametrize(
    "text", ["`![a](b.png)`", "```\n![a](b.png)\n```", "$![a](b.png)$", r"\![a](b.png)", "![a]", "[a](b.png)"]
)
def test_what_is_no_image_is_not_found(text: str) -> None:
    """Code, formulas, escapes and links."""
    assert images(text, "block") == ()


def test_images_by_definition_are_found() -> None:
    """Full, collapsed and short references; only in block Markdown, where definitions are known."""
    text = "![a][p] ![p][] ![P]\n\n[p]: img/p.png 'Title'"

    assert [image.href for image in images(text, "block")] == ["img/p.png"] * 3
    assert images(text, "plain") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("![a](x.png)", "![a](sub%20dir/x.png)"),
        ("![a](./x.png 'T')", "![a](sub%20dir/x.png 'T')"),
        ("![a](../x.png)", "![a](x.png)"),
        ("![a](../../x.png)", "![a](../x.png)"),
        ("![a](<x y.png>) ![b](z.png)", "![a](<sub%20dir/x y.png>) ![b](sub%20dir/z.png)"),
        ("![a][r]\n\n[r]: x.png", "![a][r]\n\n[r]: sub%20dir/x.png"),
        ("`![a](x.png)` ![b](http://x.y/z.png) ![c](/z.png)", "`![a](x.png)` ![b](http://x.y/z.png) ![c](/z.png)"),
        ("[a](x.png) text", "[a](x.png) text"),
    ],
)
def test_paths_are_counted_from_the_bank_after_rebasing(text: str, expected: str) -> None:
    """Only relative hrefs of images change; nothing else does."""
    assert rebase_images(text, "sub dir") == expected


def test_rebasing_from_the_banks_own_folder_changes_nothing() -> None:
    """There is nothing to add."""
    assert rebase_images("![a](./x.png)", "") == "![a](./x.png)"


def test_blanks_have_their_place() -> None:
    """In order; none in code, fences and formulas, none that is escaped or malformed."""
    text = "a [[one]] `[[no]]` $[[no]]$ \\[[no]] [[No]] [[two_2]]\n\n```\n[[no]]\n```\n\n- [[one]]"

    assert [(name, text[start:end]) for name, start, end in blank_names(text)] == [
        ("one", "[[one]]"),
        ("two_2", "[[two_2]]"),
        ("one", "[[one]]"),
    ]
