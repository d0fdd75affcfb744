"""The value of an expression for given names."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import TypeAlias

from quizforge.generation.expression import (
    Call,
    Choice,
    Comparison,
    Constant,
    Junction,
    Name,
    Negation,
    Node,
    Operation,
)
from quizforge.generation.numbers import FUNCTIONS, OPERATORS
from quizforge.generation.values import Names, Row, describe, plain
from quizforge.generation.work import ValueFault, Work

Result: TypeAlias = "Fraction | bool | str"

_ORDERS: Mapping[str, Callable[[Fraction, Fraction], bool]] = MappingProxyType(
    {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
)


def evaluate(node: Node, names: Names, work: Work) -> Result:  # noqa: C901, PLR0911  # one case for each kind of node
    """Work an expression out.

    Args:
        node: The expression.
        names: What its names stand for; all of them must be there.
        work: What the steps are paid from.

    Returns:
        A number, a truth value, or the text that a name stands for.

    Raises:
        ValueFault: A step has no result: division by zero, a text where a number is needed, too many digits.
        OutOfWorkError: No steps are left.
    """
    work.take()
    match node:
        case Constant(value=value):
            return value
        case Name():
            return _named(node, names)
        case Negation(operator="-", operand=operand):
            return work.pay(-_number(operand, names, work))
        case Negation(operand=operand):
            return not truth(operand, names, work)
        case Operation(operator=sign, left=left, right=right):
            return _worked(node, lambda: OPERATORS[sign](work, _number(left, names, work), _number(right, names, work)))
        case Call(function=function, arguments=arguments):
            return _worked(
                node, lambda: FUNCTIONS[function][0](work, *(_number(one, names, work) for one in arguments))
            )
        case Comparison():
            return _compare(node, names, work)
        case Junction(operator="and", operands=operands):
            return all(truth(operand, names, work) for operand in operands)
        case Junction(operands=operands):
            return any(truth(operand, names, work) for operand in operands)
        case Choice(condition=condition, then=then, other=other):
            return evaluate(then if truth(condition, names, work) else other, names, work)


def _worked(node: Node, compute: Callable[[], Fraction]) -> Fraction:
    """A result, or a fault that stands at the operation where it has no place of its own."""
    try:
        return compute()
    except ValueFault as fault:
        if fault.span is None:
            fault.span = node.span
        raise


def _named(node: Name, names: Names) -> Result:
    value = names[node.name]
    if isinstance(value, Row):
        if node.column is None:
            hint = f"write {node.name}.{next(iter(value.cells), 'column')}"
            raise ValueFault(f"'{node.name}' is a row of a table, not a single value", node.span, hint=hint)
        return plain(value.cells[node.column])
    return plain(value)


def _number(node: Node, names: Names, work: Work) -> Fraction:
    value = evaluate(node, names, work)
    if isinstance(value, Fraction):
        return value
    raise ValueFault(f"a number is needed here, not {describe(value)}", node.span)


def truth(node: Node, names: Names, work: Work) -> bool:
    """The value of a condition.

    Raises:
        ValueFault: It has none, or is no condition.
        OutOfWorkError: No steps are left.
    """
    value = evaluate(node, names, work)
    if isinstance(value, bool):
        return value
    hint = "compare it, for example with > 0"
    raise ValueFault(f"a condition is needed here, not {describe(value)}", node.span, hint=hint)


def _compare(node: Comparison, names: Names, work: Work) -> bool:
    left = evaluate(node.operands[0], names, work)
    for sign, operand in zip(node.operators, node.operands[1:], strict=True):
        right = evaluate(operand, names, work)
        if type(left) is not type(right):
            raise ValueFault(f"{describe(left)} cannot be compared with {describe(right)}", node.span)
        if not _holds(sign, left, right, node):
            return False
        left = right
    return True


def _holds(sign: str, left: Result, right: Result, node: Comparison) -> bool:
    if sign in {"==", "!="}:
        return (left == right) is (sign == "==")
    if isinstance(left, Fraction) and isinstance(right, Fraction):
        return _ORDERS[sign](left, right)
    raise ValueFault(f"{describe(left)} is neither above nor below another", node.span, hint="compare it with == or !=")
