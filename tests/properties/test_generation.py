"""Item models: any text of a stranger gives a value or a fault, in bounded time, and never an exception."""

from __future__ import annotations

import tempfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import jinja2
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from quizforge.generation import emit, expression, template
from quizforge.generation.evaluation import evaluate
from quizforge.generation.expand import Expansion, Variant
from quizforge.generation.rendering import render
from quizforge.generation.tokens import BadExpressionError
from quizforge.generation.values import Given, Row, Value
from quizforge.generation.work import OutOfWorkError, ValueFault, Work
from quizforge.loading.bank import load_banks
from quizforge.loading.yaml.nodes import parse
from quizforge.model.item_model import ItemModel

NAMES: dict[str, Value] = {
    "n": Given("3", Fraction(3)),
    "p": Fraction(1, 3),
    "yes": True,
    "word": Given("SFT data"),
    "row": Row({"x": Given("0.50", Fraction(1, 2)), "name": Given("Bern")}),
}
WORDS = [
    *"+-*/%().,<>=! ", "**", "//", "<=", "==", "!=", "and", "or", "not", "if", "else", "true", "n", "p", "yes",
    "word", "row.x", "row.name", "row", "log(", "exp(", "sqrt(", "round(", "min(", "floor(", "0", "1", "2",
    "0.5", "1000", "1e300", "999999999999", "'", "lambda", "__", "\u00d7",
]  # fmt: skip
TAGS = [
    "<<", ">>", "<%", "%>", " if ", " elif ", " else ", " endif ", " for x in ", "n", "p", "yes", "word",
    "row.x", "row", " | ", "fixed(2)", "upper", "signed(1)", "'", "==", " not ", " and ", "3", " text\n", "-",
    "(", ")", "{{", "{#", "raw", "endraw", " set ", "__class__", ".", "\\", "\u00e9",
]  # fmt: skip


def texts(words: list[str]) -> st.SearchStrategy[str]:
    """Texts out of the words of a language, and out of anything."""
    return st.one_of(st.lists(st.sampled_from(words), max_size=30).map("".join), st.text(max_size=60))


def _read(text: str) -> expression.Node | None:
    """The expression; None where a fault says where it lies."""
    found: BadExpressionError
    try:
        return expression.parse(text)
    except BadExpressionError as fault:
        found = fault
    assert 0 <= found.span[0] <= found.span[1] <= len(text)
    return None


def _worked_out(node: expression.Node, text: str) -> Fraction | bool | str | None:
    """The value; None where a fault says where it lies, or the steps are used up."""
    found: ValueFault
    try:
        return evaluate(node, NAMES, Work(20_000))
    except OutOfWorkError:
        return None
    except ValueFault as fault:
        found = fault
    assert found.span is not None
    assert 0 <= found.span[0] < found.span[1] <= len(text)
    return None


@given(texts(WORDS))
def test_any_expression_gives_a_value_or_a_fault(text: str) -> None:
    """Reading and working out end with a bounded number, a text of a name, or one of the three faults."""
    node = _read(text)
    if node is None:
        return
    if any(name.name not in NAMES or name.column not in {None, "x", "name"} for name in expression.names(node)):
        return
    if any(name.column and not isinstance(NAMES[name.name], Row) for name in expression.names(node)):
        return
    value = _worked_out(node, text)

    assert not isinstance(value, Fraction) or value.numerator.bit_length() <= 4096


NUMBERS = st.integers(0, 40).map(str)


def _joined(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    operators = st.sampled_from(["+", "-", "*", "//", "%", "<", "<=", "==", "!=", "and", "or"])
    return st.one_of(
        st.tuples(parts, operators, parts).map(" ".join),
        parts.map(lambda part: f"({part})"),
        parts.map(lambda part: f"-{part}"),
        parts.map(lambda part: f"not {part}"),
        st.tuples(parts, st.integers(0, 3)).map(lambda pair: f"{pair[0]} ** {pair[1]}"),
        st.tuples(parts, parts, parts).map(lambda three: f"{three[0]} if {three[1]} else {three[2]}"),
    )


@given(st.recursive(NUMBERS, _joined, max_leaves=12))
def test_precedences_are_those_of_python(text: str) -> None:
    """Where an expression has a value, Python gives the same for the same text."""
    try:
        value = evaluate(expression.parse(text), {}, Work())
    except (ValueFault, BadExpressionError):
        return

    expected: Any = eval(text, {"__builtins__": {}}, {})  # noqa: S307  # whole numbers and operators, drawn above

    assert value == expected
    assert isinstance(value, bool) == isinstance(expected, bool)


@given(texts(TAGS))
def test_any_template_is_read_or_refused(text: str) -> None:
    """Reading and filling in end with a text or a fault that has its place."""
    found, faults = template.read(text)
    for fault in faults:
        assert 0 <= fault.span[0] <= fault.span[1] <= len(text)
    known = {name.name for name in template.names(found)} <= NAMES.keys()
    columns = all(
        name.column is None or (isinstance(NAMES.get(name.name), Row) and name.column in {"x", "name"})
        for name in template.names(found)
    )
    if faults or not known or not columns:
        return
    try:
        rendered = render(found, NAMES, Work(20_000))
    except (ValueFault, OutOfWorkError):
        return
    assert len(rendered.text) <= 50_000
    for start in range(0, len(rendered.text), 3):
        first, last = rendered.source((start, start + 1))
        assert 0 <= first <= last <= len(text)


_JINJA = jinja2.Environment(
    block_start_string="<%", block_end_string="%>", variable_start_string="<<", variable_end_string=">>",
    comment_start_string="\0#", comment_end_string="#\0", keep_trailing_newline=True, undefined=jinja2.StrictUndefined,
    autoescape=False,  # noqa: S701  # compares text with text
)  # fmt: skip


@given(
    st.lists(
        st.sampled_from(
            [
                "a ", "\n", "  ", "<< word >>", "<< row.name | upper >>", "<<word|lower>>", "<< '<<' >>",
                "<% if n > 2 %>x<% endif %>", "<% if yes and n == 4 %>y<% else %>z\n<% endif %>",
                "<% if not yes %>p<% elif n != 3 or yes %>q<% endif %>", "<% raw %><< n >><% endraw %>",
            ]
        )
    ).map("".join)
)  # fmt: skip
def test_texts_are_filled_in_as_jinja_does(text: str) -> None:
    """For what is allowed, the result is that of Jinja2 itself."""
    expected = _JINJA.from_string(text).render(n=3, yes=True, word="SFT data", row={"name": "Bern"})

    assert render(template.parse(text), NAMES, Work()).text == expected


_KEYS = st.from_regex(r"[a-z_]{1,8}", fullmatch=True)
_SIGNS = [" ", "\n", "word", "- x", "# no", ": ", "'", '"', "|", ">", "\\", "{", "&a", "*b", "!t"]
_ODD = "null yes No ~ 0x1 1e3 -3 2024-01-01 12:30 = << --- ... %a @ `".split()
_SCALARS = st.one_of(
    st.text(max_size=30),
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=150),
    st.lists(st.sampled_from(_SIGNS), max_size=12).map("".join),
    st.sampled_from(_ODD),
)


def _trees(below: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(
        st.lists(below, min_size=1, max_size=4),
        st.dictionaries(_KEYS, below, min_size=1, max_size=4),
    )


@given(st.dictionaries(_KEYS, st.recursive(_SCALARS, _trees, max_leaves=12), min_size=1, max_size=5))
def test_what_is_written_is_read_back(tree: dict[str, Any]) -> None:
    """Whatever a variant holds, its file gives the same tree: to our reader, and to PyYAML as texts."""
    whole = {"id": "m.v-00000000", **tree}
    model = ItemModel.model_construct(id="m")
    text = emit.write(Expansion(model, (Variant("m.v-00000000", "a note", "", (), whole, {}),), ()))

    assert yaml.load(text, Loader=yaml.BaseLoader) == {"questions": [whole]}  # noqa: S506  # texts only
    assert not emit.is_edited(text)
    assert emit.model_of(text) == "m"
    document = parse(text.encode(), path="x.yaml")
    assert document.diagnostics or document.root == {"questions": [whole]}


_MODEL_LINES = [
    "item_models:", "  - id: m", "    type: numerical", "    type: single_choice", "    vars:",
    "      n: {range: [1, 3]}", "      n: [1, 2]", "      t: {table: a.csv}", "    where: [n > 1]", "    where:",
    "    compute: {k: n * 2}", "    note: << n >>", "    note: x", "    stem: Is << k >>?",
    "    answer: << n >>", "    count: 2", "    reject: [00000000]", "    choices:",
    "      - {text: << n >>, correct: true}", "      - << k | fixed(1) >>", "  - id: m", "    apart: 5%",
    "questions:",
]  # fmt: skip


@settings(max_examples=60)
@given(
    st.one_of(st.lists(st.sampled_from(_MODEL_LINES), max_size=18).map("\n".join), st.text(max_size=80)),
    st.one_of(st.binary(max_size=60), st.text(max_size=60).map(str.encode)),
)
def test_any_model_and_any_table_give_diagnostics(body: str, table: bytes) -> None:
    """Whatever stands under item_models and in data/, loading ends with diagnostics."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "data").mkdir()
        (folder / "data" / "a.csv").write_bytes(table)
        (folder / "bank.yaml").write_bytes(f"schema: 1\nid: x\ntitle: X\n{body}\n".encode("utf-8", "replace"))
        loaded = load_banks([folder])

    assert all(found.place.path for found in loaded.diagnostics)
