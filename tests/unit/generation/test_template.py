"""Texts of item models: what they show, and everything of Jinja2 that they may not do."""

from __future__ import annotations

from fractions import Fraction

import pytest

from quizforge.generation.rendering import render
from quizforge.generation.tags import BadTemplateError
from quizforge.generation.template import parse
from quizforge.generation.values import Given, Row, Value
from quizforge.generation.work import OutOfWorkError, ValueFault, Work

NAMES: dict[str, Value] = {
    "n": Given("3", Fraction(3)),
    "third": Fraction(1, 3),
    "gain": Fraction(5, 4),
    "yes": True,
    "task": Row({"prompt": Given("say *hi*"), "share": Given("0.50", Fraction(1, 2))}),
}


def shown(text: str) -> str:
    """A text with the names above filled in."""
    return render(parse(text), NAMES, Work()).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no tag, 5 < 6 and a >> b", "no tag, 5 < 6 and a >> b"),
        ("<< n >> steps", "3 steps"),
        ("<<n>>", "3"),
        ("<< task.share >>", "0.50"),
        ("<< gain >>", "1.25"),
        ("<< third | fixed(3) >>", "0.333"),
        ("<< gain | signed(1) >> and << n | signed(0) >>", "+1.3 and +3"),
        ("<< task.prompt | upper >>", "SAY *HI*"),
        ("<< yes >>", "true"),
        ("<< '<<' >> n >>", "<< n >>"),
        ("a<% if n == 1 %>one<% elif task.share < 1 %>less<% else %>more<% endif %>b", "alessb"),
        ("<% if not yes or n >= 4 %>x<% endif %>.", "."),
        ("<% if yes %><% if n > -1 %>both<% endif %><% endif %>", "both"),
        ("line\n  << n >>\n\nend\n", "line\n  3\n\nend\n"),
        (r"\(\frac{<< n >>}{4}\)", r"\(\frac{3}{4}\)"),
    ],
)
def test_shown(text: str, expected: str) -> None:
    """Values, filters and choices; everything else is left as it is, blanks and line ends too."""
    assert shown(text) == expected


ATTACKS = [
    "<< 'x' * 1000000000 >>",
    "<< 'x' | center(1000000000) >>",
    "<< '%0999999999d' % 1 >>",
    "<< '%0999999999d' | format(1) >>",
    "<< '{:>999999999}'.format(1) >>",
    "<% for i in range(1000000000) %>x<% endfor %>",
    "<< range(1000000000) | list >>",
    "<< lipsum(n=1000000) >>",
    "<< cycler('a') >>",
    "<< ''.__class__.__mro__ >>",
    "<< task.__class__.__init__.__globals__ >>",
    "<< task['prompt'] >>",
    "<< task | attr('__class__') >>",
    "<< [1] * 1000000000 >>",
    "<< (1, 2) >>",
    "<< {'a': 1} >>",
    "<< n ** n ** n ** 9 >>",
    "<< 2 << 99999 >>",
    "<< n ~ n >>",
    "<< n if yes else n >>",
    "<< n is even >>",
    "<< task.prompt | replace('s', 'ssssssss') >>",
    "<% set x = n %>",
    "<% set x %>y<% endset %>",
    "<% include '/etc/passwd' %>",
    "<% import 'x' as y %>",
    "<% from 'x' import y %>",
    "<% extends 'x' %>",
    "<% block a %><% endblock %>",
    "<% macro f() %><% endmacro %>",
    "<% call f() %><% endcall %>",
    "<% filter upper %>x<% endfilter %>",
    "<% with x = 1 %><% endwith %>",
    "<% autoescape false %><% endautoescape %>",
    "<% if range(9) %>x<% endif %>",
    "<% if 'a' == 'a' %>x<% endif %>",
    "<% if n in task %>x<% endif %>",
    "<% if n + 1 > 2 %>x<% endif %>",
    "<< n | fixed(999999999) >>",
    "<< n | fixed(n) >>",
    "<< n | fixed >>",
    "<< n | upper(1) >>",
    "<< n | signed(places=1) >>",
    "<<- n >>",
    "<< n -",
    "<< n",
    "<% if yes %>",
    "<% endif %>",
    "<< >>",
    "<< 1 >>",
    "<< n n >>",
    "<< " + "(" * 5000 + "n" + ")" * 5000 + " >>",
    "<< " + "-" * 5000 + "n >>",
    "<< n >>" * 201,
    "<% if yes %>" * 9 + "<% endif %>" * 9,
    "<< n >>" + "x" * 20_001,
    "<< '\\ud800" + "\\" * 50 + "' >>",
]


@pytest.mark.parametrize("text", ATTACKS, ids=range(len(ATTACKS)))
def test_refused(text: str) -> None:
    """Whatever is more than showing and choosing is refused where it stands, before anything is made."""
    with pytest.raises(BadTemplateError) as caught:
        parse(text)

    start, end = caught.value.span
    assert 0 <= start < end <= len(text)
    assert caught.value.message


@pytest.mark.parametrize(
    ("text", "span", "hint"),
    [
        ("a << n | round >> b", (9, 14), "write fixed(2)"),
        ("a << n | uper >> b", (9, 13), "did you mean 'upper'?"),
        ("a << n * 2 >> b", (2, 13), "compute it under 'compute:' and show its name"),
        ("<% for x in y %><% endfor %>", (0, 16), "texts have << name >> and <% if %> only"),
    ],
)
def test_place_and_hint(text: str, span: tuple[int, int], hint: str) -> None:
    """The fault is told inside the text, with what to write instead."""
    with pytest.raises(BadTemplateError) as caught:
        parse(text)

    assert (caught.value.span, caught.value.hint) == (span, hint)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<< third >>", "the number 0.333333 is not a short decimal"),
        ("<< task >>", "'task' is a row of a table, not a single value"),
        ("<< task.prompt | fixed(1) >>", "the filter 'fixed' takes a number, not the text 'say *hi*'"),
        ("<< third | upper >>", "the filter 'upper' takes a text, not the number 0.333333"),
        ("<% if n %>x<% endif %>", "a condition is needed here, not the number 3"),
    ],
)
def test_without_a_form(text: str, message: str) -> None:
    """A value that cannot be shown as asked for is a fault."""
    with pytest.raises(ValueFault) as caught:
        shown(text)

    assert caught.value.message == message


def test_output_is_bounded() -> None:
    """A text ends at 50,000 characters, and costs steps before it is put together."""
    names: dict[str, Value] = {"cell": Given("x" * 10_000)}
    with pytest.raises(ValueFault, match="longer than 50,000"):
        render(parse("<< cell >>" * 6), names, Work())
    with pytest.raises(OutOfWorkError):
        render(parse("<< cell >>"), names, Work(100))


def test_places_in_the_result_lead_back_to_the_text() -> None:
    """An offset in literal text is counted, one in a value means its tag."""
    rendered = render(parse("ab << n >> cd << task.prompt >>!"), NAMES, Work())

    assert rendered.text == "ab 3 cd say *hi*!"
    assert rendered.source((5, 7)) == (11, 13)
    assert rendered.source((3, 4)) == (3, 10)
    assert rendered.source((12, 16)) == (14, 31)
    assert rendered.source((16, 17)) == (31, 32)
