"""Texts with ``<< name >>`` and ``<% if %>``: Jinja2 reads them, and never runs them.

A text is parsed by Jinja2, and its tree is walked here into a few parts of our own: text, a value
with filters, a choice. Everything else of the language is refused where it stands: loops, calls,
arithmetic, assignments, imports, attributes of anything but a row. Nothing is compiled, so no
template can reach an object of Python's, and what is written is bounded before it is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from quizforge.generation import expression
from quizforge.generation.tags import BadTemplateError, Tag, tags_of, tree_of
from quizforge.generation.tokens import Span
from quizforge.model.near import did_you_mean

if TYPE_CHECKING:
    from jinja2 import nodes

MAX_TEXT = 20_000
MAX_CHOICES = 8
"""Choices inside each other."""

TEXT_FILTERS = ("upper", "lower", "capitalize")
NUMBER_FILTERS = ("fixed", "signed", "grouped")
FILTERS = (*NUMBER_FILTERS, *TEXT_FILTERS)
_INSTEAD = {"round": "fixed(2)", "format": "fixed(2)", "float": "fixed(2)", "int": "fixed(0)", "title": "capitalize"}
_COMPARISONS = {"eq": "==", "ne": "!=", "lt": "<", "lteq": "<=", "gt": ">", "gteq": ">="}
_COMPUTE = "compute it under 'compute:' and show its name"


@dataclass(frozen=True, slots=True)
class Literal:
    """Text that stands for itself."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter with its number in brackets, where it takes one."""

    name: str
    places: int | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A value, and how it is written."""

    value: expression.Name
    filters: tuple[Filter, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Alternative:
    """Parts that are written where a condition holds; without one they always are."""

    condition: expression.Node | None
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Selected:
    """The first alternative whose condition holds."""

    alternatives: tuple[Alternative, ...]
    span: Span


Part: TypeAlias = "Literal | Shown | Selected"


@dataclass(frozen=True, slots=True)
class Template:
    """A text that was read.

    Attributes:
        parts: In order.
    """

    parts: tuple[Part, ...]


def is_template(text: str) -> bool:
    """Whether a text holds anything that is not itself."""
    return "<<" in text or "<%" in text


def parse(text: str) -> Template:
    """Read a text.

    Raises:
        BadTemplateError: It holds something that is not allowed, or too much; the first fault of several.
    """
    found, faults = read(text)
    if faults:
        raise faults[0]
    return found


def read(text: str) -> tuple[Template, list[BadTemplateError]]:
    """Read a text, and what is wrong with it: the template then lacks the faulty parts."""
    if not is_template(text):
        return Template((Literal(text, (0, len(text))),) if text else ()), []
    if len(text) > MAX_TEXT:
        message = f"a text of {len(text):,} characters with << >> or <% %>; at most {MAX_TEXT:,} are read"
        return Template(()), [BadTemplateError(message, (MAX_TEXT, len(text)))]
    try:
        tags = tags_of(text)
        reader = _Reader(text, tags)
        return Template(tuple(reader.parts(tree_of(text, tags).body))), reader.faults
    except BadTemplateError as fault:
        return Template(()), [fault]


def names(template: Template) -> Iterator[expression.Name]:
    """All names in a text, in order."""
    yield from _names(template.parts)


def _names(parts: tuple[Part, ...]) -> Iterator[expression.Name]:
    for part in parts:
        if isinstance(part, Shown):
            yield part.value
        elif isinstance(part, Selected):
            for alternative in part.alternatives:
                if alternative.condition is not None:
                    yield from expression.names(alternative.condition)
                yield from _names(alternative.parts)


class _Reader:
    """Jinja2's tree into parts, with the place of each tag."""

    def __init__(self, text: str, tags: list[Tag]) -> None:
        self._variables = iter([tag for tag in tags if tag.kind == "variable"])
        opening = ("if", "elif")
        self._blocks = iter(
            [tag for tag in tags if tag.kind == "block" and tag.words[:1] and tag.words[0][0] in opening]
        )
        self._others = [tag for tag in tags if tag.kind == "block"]
        self._text = text
        self._offset = 0
        self._depth = 0
        self.faults: list[BadTemplateError] = []

    def parts(self, body: list[nodes.Node]) -> Iterator[Part]:
        from jinja2 import nodes

        for node in body:
            if isinstance(node, nodes.Output):
                yield from self._outputs(node)
            elif isinstance(node, nodes.If):
                yield self._selected(node)
            else:
                raise self._forbidden(node)

    def _outputs(self, node: nodes.Output) -> Iterator[Part]:
        from jinja2 import nodes

        for one in node.nodes:
            if isinstance(one, nodes.TemplateData):
                yield self._literal(one.data)
                continue
            tag = next(self._variables)
            self._offset = tag.span[1]
            try:
                yield self._output(one, tag)
            except BadTemplateError as fault:
                self.faults.append(fault)

    def _literal(self, data: str) -> Literal:
        start = self._text.find(data, self._offset)
        self._offset = start + len(data)
        return Literal(data, (start, self._offset))

    def _forbidden(self, node: nodes.Node) -> BadTemplateError:
        word = type(node).__name__.lower()
        tag = next((tag for tag in self._others if tag.words and tag.words[0][0] in _WORDS_OF.get(word, (word,))), None)
        span = tag.span if tag else (0, len(self._text))
        what = tag.words[0][0] if tag else word
        return BadTemplateError(f"'<% {what} %>' is not allowed", span, hint="texts have << name >> and <% if %> only")

    def _output(self, node: nodes.Expr, tag: Tag) -> Part:
        from jinja2 import nodes

        if isinstance(node, nodes.Const) and isinstance(node.value, str) and not node.value.strip("<>% "):
            return Literal(node.value, tag.span)
        filters: list[Filter] = []
        while isinstance(node, nodes.Filter) and node.node is not None:
            filters.insert(0, _filter(node, tag))
            node = node.node
        return Shown(_name(node, tag), tuple(filters), tag.span)

    def _condition(self, test: nodes.Node, tag: Tag) -> expression.Node | None:
        try:
            return _condition(test, tag)
        except BadTemplateError as fault:
            self.faults.append(fault)
            return None

    def _selected(self, node: nodes.If) -> Selected:
        self._depth += 1
        if self._depth > MAX_CHOICES:
            tag = next(self._blocks)
            raise BadTemplateError(f"choices are nested more than {MAX_CHOICES} deep", tag.span)
        alternatives = []
        first: Tag | None = None
        for branch in (node, *node.elif_):
            tag = next(self._blocks)
            first = first or tag
            self._offset = tag.span[1]
            condition = self._condition(branch.test, tag)
            alternatives.append(Alternative(condition, tuple(self.parts(branch.body))))
        if node.else_:
            alternatives.append(Alternative(None, tuple(self.parts(node.else_))))
        self._depth -= 1
        assert first is not None  # noqa: S101  # the loop runs at least once
        return Selected(tuple(alternatives), first.span)


_WORDS_OF: Mapping[str, tuple[str, ...]] = {
    "assign": ("set",),
    "assignblock": ("set",),
    "fromimport": ("from",),
    "callblock": ("call",),
    "filterblock": ("filter",),
    "scope": ("with",),
    "scopedevalcontextmodifier": ("autoescape",),
    "exprstmt": ("do",),
}


def _name(node: nodes.Node, tag: Tag) -> expression.Name:
    """A name, or a column of a row."""
    from jinja2 import nodes

    if isinstance(node, nodes.Name):
        return expression.Name(node.name, None, tag.where(node.name))
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        start = tag.where(node.node.name)[0]
        end = next((span[1] for word, span in tag.words if word == node.attr and span[0] > start), tag.span[1])
        return expression.Name(node.node.name, node.attr, (start, end))
    raise BadTemplateError(f"{_what(node)} cannot stand here", tag.span, hint=_hint(node))


_WHAT: Mapping[str, tuple[str, str]] = {
    "Call": ("a call", _COMPUTE),
    "Getitem": ("an index", "write row.column"),
    "Getattr": ("a part of a column", "write row.column"),
    "Const": ("a fixed value", "write it as text, outside the signs"),
    "CondExpr": ("a choice between values", "write <% if … %>…<% else %>…<% endif %>"),
    "List": ("a list", "make it a variable"),
    "Dict": ("a mapping", "make it a table"),
    "Tuple": ("several values", "show them one by one"),
    "Concat": ("joined texts", "write them side by side: << a >><< b >>"),
    "Test": ("a test with 'is'", "compare with =="),
    "Filter": ("a filter", _COMPUTE),
    "Compare": ("a comparison", "compare in <% if … %>"),
}


def _what(node: nodes.Node) -> str:
    return _WHAT.get(type(node).__name__, ("arithmetic", ""))[0]


def _hint(node: nodes.Node) -> str:
    return _WHAT.get(type(node).__name__, ("", _COMPUTE))[1]


def _filter(node: nodes.Filter, tag: Tag) -> Filter:
    from jinja2 import nodes

    name, span = node.name, tag.where(node.name)
    if name not in FILTERS:
        instead = f"write {_INSTEAD[name]}" if name in _INSTEAD else did_you_mean(name, FILTERS)
        hint = instead or f"there are: {', '.join(FILTERS)}"
        raise BadTemplateError(f"there is no filter '{name}'", span, hint=hint)
    if node.kwargs or node.dyn_args is not None or node.dyn_kwargs is not None:
        raise BadTemplateError(f"the filter '{name}' takes no named values", span)
    if name in TEXT_FILTERS:
        if node.args:
            raise BadTemplateError(f"the filter '{name}' takes no value in brackets", span)
        return Filter(name)
    places = node.args[0].value if len(node.args) == 1 and isinstance(node.args[0], nodes.Const) else None
    if not isinstance(places, int) or isinstance(places, bool) or not 0 <= places <= 20:
        hint = f"write {name}(2) for two decimal places"
        raise BadTemplateError(f"the filter '{name}' takes a number of decimal places from 0 to 20", span, hint=hint)
    return Filter(name, places)


def _condition(node: nodes.Node, tag: Tag) -> expression.Node:  # noqa: PLR0911  # one case for each kind of node
    """The condition of a choice, as an expression; what is no comparison is refused."""
    from jinja2 import nodes

    match node:
        case nodes.Name() | nodes.Getattr():
            return _name(node, tag)
        case nodes.Const():
            return _constant(node.value, tag)
        case nodes.Not(node=inner):
            return expression.Negation("not", _condition(inner, tag), tag.span)
        case nodes.And(left=left, right=right):
            return expression.Junction("and", (_condition(left, tag), _condition(right, tag)), tag.span)
        case nodes.Or(left=left, right=right):
            return expression.Junction("or", (_condition(left, tag), _condition(right, tag)), tag.span)
        case nodes.Neg(node=nodes.Const() as inner):
            return expression.Negation("-", _condition(inner, tag), tag.span)
        case nodes.Compare(expr=first, ops=ops) if all(one.op in _COMPARISONS for one in ops):
            operands = tuple(_condition(one, tag) for one in (first, *(one.expr for one in ops)))
            return expression.Comparison(tuple(_COMPARISONS[one.op] for one in ops), operands, tag.span)
    raise BadTemplateError(f"{_what(node)} cannot stand in a condition", tag.span, hint=_hint(node) or _COMPUTE)


def _constant(value: object, tag: Tag) -> expression.Constant:
    if isinstance(value, bool):
        return expression.Constant(value, tag.span)
    if isinstance(value, int) and value.bit_length() <= 1000:
        return expression.Constant(Fraction(value), tag.span)
    if isinstance(value, float) and value == value and abs(value) < 1e300:  # noqa: PLR0124  # not a number
        return expression.Constant(Fraction(Decimal(repr(value))), tag.span)
    hint = "compare a text with the column of a table, or compute the condition"
    raise BadTemplateError("a fixed text cannot stand in a condition", tag.span, hint=hint)
