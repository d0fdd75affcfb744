"""Formulas in full MathML say what MathML Core said."""

from __future__ import annotations

import pytest
from lxml import etree

from quizforge.markup.mathml import full_mathml
from quizforge.markup.maths import to_mathml


def _full(tex: str) -> str:
    core = to_mathml(tex, display=False)
    assert isinstance(core, str)
    return full_mathml(core)


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        (r"\dfrac{a}{b}", '<mstyle displaystyle="true"><mfrac><mi>a</mi><mi>b</mi></mfrac></mstyle>'),
        (r"\scriptstyle x", '<mstyle displaystyle="false" scriptlevel="1"><mrow><mi>x</mi></mrow></mstyle>'),
        (r"\textbf{ab}", '<mtext mathvariant="bold">ab</mtext>'),
        (r"\texttt{x}", '<mtext mathvariant="monospace">x</mtext>'),
        (r"\textsf{x}", '<mtext mathvariant="sans-serif">x</mtext>'),
    ],
)
def test_styles_have_an_element_of_their_own(tex: str, expected: str) -> None:
    """Display style, script level and letters stand where MathML 2 and 3 have them."""
    assert expected in _full(tex)


@pytest.mark.parametrize(
    "tex", [r"\dfrac{\dfrac{a}{b}}{\displaystyle\sum_i x}", r"\begin{aligned}a&=\dfrac{1}{2}\\c&<d\end{aligned}", "x"]
)
def test_nothing_else_changes(tex: str) -> None:
    """Nested styles stay nested, the text is the same, and the result is well-formed."""
    core = to_mathml(tex, display=False)
    assert isinstance(core, str)
    full = etree.fromstring(_full(tex))

    assert "".join(full.itertext()) == "".join(etree.fromstring(core).itertext())
    assert full.get("alttext") == tex
    assert [e.tag for e in full.iter() if e.tag != "mstyle"] == [e.tag for e in etree.fromstring(core).iter()]
    for element in full.iter():
        assert "scriptlevel" not in element.attrib or element.tag == "mstyle"
