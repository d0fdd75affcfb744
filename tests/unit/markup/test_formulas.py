"""Formulas: what MathJax and math-core do not both show is found, at its place, and nothing kills the process."""

from __future__ import annotations

import subprocess
import sys
import time
import xml.etree.ElementTree as ET

import pytest

from quizforge.markup import Markup, check
from quizforge.markup.maths import to_mathml, too_deep


def _found(tex: str) -> list[tuple[str, str]]:
    text = rf"so \[{tex}\]"
    return [(problem.code.code, text[problem.start : problem.end]) for problem in check(text, "inline")]


@pytest.mark.parametrize(
    ("tex", "code", "place"),
    [
        (r"\frac{a}", "QF301", "}"),
        ("}", "QF301", "}"),
        (r"\left(", "QF301", "("),
        ("x_{", "QF301", "{"),
        ("a^b^c", "QF301", "^"),
        (r"\nosuch x", "QF301", r"\nosuch"),
        ("日本 \\nosuch", "QF301", r"\nosuch"),
        (r"a & b", "QF301", "&"),
        (r"\begin{split}a&=b\end{split}", "QF302", r"\begin{split}"),
        (r"\begin{smallmatrix}a\end{smallmatrix}", "QF302", r"\begin{smallmatrix}"),
        (r"\begin{eqnarray}a&=&b\end{eqnarray}", "QF302", r"\begin{eqnarray}"),
        (r"\sum_{\substack{a\\b}} x", "QF302", r"\substack"),
        (r"\smash{x}", "QF302", r"\smash"),
        (r"\widetilde{x}", "QF302", r"\widetilde"),
        (r"\mbox{a & b}", "QF302", r"\mbox"),
        (r"a \dotsb b", "QF302", r"\dotsb"),
        (r"x \tag{1}", "QF302", r"\tag"),
        (r"\DeclareMathOperator{\foo}{foo} \foo x", "QF302", r"\DeclareMathOperator"),
        (r"\text{if $x$}", "QF302", "$x$"),
        (r"\argmax_x", "QF303", r"\argmax"),
        (r"\bm{x}", "QF303", r"\bm"),
        (r"\R", "QF303", r"\R"),
        (r"\llbracket x \rrbracket", "QF303", r"\llbracket"),
        (r"\emph{x}", "QF303", r"\emph"),
        (r"90\degree", "QF303", r"\degree"),
        (r"\pounds", "QF303", r"\pounds"),
        (r"\def\x{1}", "QF303", r"\def"),
        (r"\newcommand{\x}{1}", "QF303", r"\newcommand"),
        (r"\require{physics}", "QF303", r"\require"),
        (r"\href{http://x}{y}", "QF303", r"\href"),
        (r"\class{a}{b}", "QF303", r"\class"),
        (r"\label{a} x", "QF303", r"\label"),
        ("{" * 101 + "x" + "}" * 101, "QF304", "{"),
        (r"\left(" * 101, "QF304", r"\ "[:1]),
        (r"\sqrt" * 120 + "x", "QF304", "t"),
        ("(" * 40, "QF304", "("),
        ("x" * 5001, "QF304", "x"),
        ("", "QF305", r"\[\]"),
        ("x % y", "QF306", "%"),
        (r"a \coloneqq b", "QF308", r"\coloneqq"),
        (r"\begin{dcases}a\end{dcases}", "QF308", r"\begin{dcases}"),
    ],
)
def test_fault_of_a_formula_is_found_at_its_place(tex: str, code: str, place: str) -> None:
    """The offset is that of the fault, counted in characters."""
    assert (code, place) in _found(tex)


@pytest.mark.parametrize(
    "tex",
    [
        r"\begin{split}a^b^c\end{split}",
        r"\mbox{a} \nosuch",
        r"\DeclareMathOperator{\foo}{foo} \foo a^b^c",
        r"\widetilde{x} }",
    ],
)
def test_what_only_mathjax_knows_does_not_hide_a_fault_behind_it(tex: str) -> None:
    """A warning that may stay for ever must not cover an error."""
    assert [code for code, _ in _found(tex)] == ["QF302", "QF301"]


@pytest.mark.parametrize(
    "tex",
    [
        r"\mathbb{E}_{x\sim p}\left[\log p_\theta(x)\right]",
        r"\operatorname*{arg\,max}_{\boldsymbol{w}} \sum_{i=1}^{n} \frac{1}{2}\|x_i\|^2",
        r"\begin{cases}1 & \text{if } a \\[2pt] 0\end{cases}",
        r"\begin{aligned}a &= b\\ c &= d\end{aligned}",
        r"50\,\% \text{ of \$5}",
        r"[0, 1), (0, 1], [0, 1), (0, 1], [0, 1), (0, 1], [0, 1), (0, 1], [0, 1), (0, 1], [0, 1), (0, 1]",
        r"\begin{align}a &= b \tag{1}\end{align}",
        "{" * 100 + "x" + "}" * 100,
    ],
)
def test_good_formula_is_clean(tex: str) -> None:
    """What both can show gives no problem."""
    assert _found(tex) == []


@pytest.mark.parametrize(
    "tex",
    [
        "{" * 5000 + "}" * 5000,
        r"\left(" * 5000,
        r"\begin{matrix}" * 5000,
        r"\sqrt" * 20000,
        r"\not" * 20000,
        r"\color{red}x" * 400,
        r"\overset{a{b}}" * 350,
        r"\bigl(" * 30,
        r"\lVert(" * 30,
        r"\langle x|" * 30,
    ],
)
def test_hostile_formula_neither_kills_nor_stalls(tex: str) -> None:
    """The process lives, whatever is nested; a child process tells, since a crash would take the tests with it."""
    program = (
        "import sys; from quizforge.markup import Markup, check; text = '$$' + sys.stdin.read() + '$$';"
        "list(check(text, 'block')); Markup({}).dialect('html').block(text); print('alive')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], input=tex, capture_output=True, text=True, check=False, timeout=60
    )

    assert done.stdout == "alive\n", done.stderr


def test_depth_is_measured_before_math_core_sees_the_formula() -> None:
    """Ten open brackets pass in no time; forty are refused, where math-core would take years."""
    began = time.process_time()

    assert too_deep("(" * 10) is None
    assert isinstance(to_mathml("(" * 10, display=False), str)
    assert too_deep("(" * 40) == 39
    assert time.process_time() - began < 1


def test_mathml_is_xml_without_named_entities() -> None:
    """math-core writes ``&ApplyFunction;``, which no XML parser knows."""
    mathml = to_mathml(r"\log x < \max y", display=False)

    assert isinstance(mathml, str)
    root = ET.fromstring(mathml)  # noqa: S314  # made a line above
    assert root.get("alttext") == r"\log x < \max y"
    assert "\u2061" in "".join(root.itertext())


def test_display_and_inline_formulas_differ() -> None:
    """Only a formula on a line of its own has large operators with limits below."""
    html = Markup({}).dialect("html")

    assert 'display="block"' in html.block(r"$$\sum_i x$$")
    assert 'display="block"' in html.block(r"\[\sum_i x\]")
    assert 'display="block"' not in html.block(r"\(\sum_i x\) and $\sum_i x$")


def test_what_math_core_rejects_is_shown_as_tex() -> None:
    """A reader of HTML sees the source, escaped; Moodle and Anki see the formula."""
    markup = Markup({})
    text = r"$\smash{x<y}$"

    assert markup.dialect("html").inline(text) == r'<code class="tex">\smash{x&lt;y}</code>'
    assert markup.dialect("moodle").inline(text) == r"\(\smash{x&lt;y}\)"
    assert markup.dialect("anki").inline(text) == r"\(\smash{x&lt;y}\)"
