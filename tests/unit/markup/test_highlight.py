"""Coloured code can be read, and is never changed by being coloured."""

from __future__ import annotations

import re
import sys

import pytest

from quizforge.markup import Markup, highlight_css
from quizforge.markup.highlight import DARK, LIGHT, MAX_CODE, Palette, _lexer, runs


def _luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_every_colour_has_the_contrast_of_wcag_aa(palette: Palette) -> None:
    """4.5:1 on the background of the code block."""
    colours = {"": palette.text, **palette.classes}

    assert {name: colour for name, colour in colours.items() if _contrast(colour, palette.background) < 4.5} == {}


def test_css_styles_every_class_in_both_modes() -> None:
    """Light and dark differ in nothing but the colours."""
    light, dark = highlight_css(dark=False), highlight_css(dark=True, scope=".nightMode")

    assert re.findall(r"\.code( \.\w)? \{", light) == re.findall(r"\.code( \.\w)? \{", dark)
    assert light.count("\n") == len(LIGHT.classes) + 1
    assert all(line.startswith(".nightMode pre.code") for line in dark.splitlines())


def test_classes_for_pages_of_ours_and_styles_for_moodle() -> None:
    """Moodle has no style sheet of ours."""
    markup = Markup({})
    text = "```python\ndef f(): return 'x'  # why\n```"
    html, moodle = markup.dialect("html").block(text), markup.dialect("moodle").block(text)

    assert '<span class="k">def </span><span class="n">f</span>' in html
    assert f'<span style="color:{LIGHT.classes["k"]}">def </span>' in moodle
    assert f"background:{LIGHT.background}" in moodle
    assert "class" not in moodle


@pytest.mark.parametrize("language", ["python", "bash", "json", "html", "sql", "nosuch", "", "c++", "console"])
def test_colouring_changes_no_character(language: str) -> None:
    """Also where the code is not that language."""
    code = "def f(x):\n\treturn {'a': [1, 2]} # <b>\n\n\n$ ls -l | grep \"x\"\n  \\(y\\)"

    assert "".join(text for _, text in runs(code, language)) == code


def test_unknown_languages_and_long_code_stay_uncoloured() -> None:
    """One stretch, without a class."""
    assert runs("x = 1", "nosuch") == (("", "x = 1"),)
    assert runs("x = 1\n" * MAX_CODE, "python")[0][0] == ""


def test_without_pygments_code_is_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra ``code`` is optional."""
    monkeypatch.setitem(sys.modules, "pygments.lexers", None)
    _lexer.cache_clear()
    try:
        html = Markup({}).dialect("html").block("```python\nx < 1\n```")
    finally:
        _lexer.cache_clear()

    assert html == '<pre class="code"><code>x &lt; 1</code></pre>'
