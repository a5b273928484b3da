"""Formulas, rules and checks of the definition files: + - * /, comparisons joined by `and`, ids, numbers. Nothing else.

A formula is read once by Python's own parser, every node is held against an allow-list, and the tree is folded into
closures. Nothing is ever evaluated as code.
"""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

MAX_LENGTH = 400


class Lack(StrEnum):
    """Why there is no number. Stronger lacks win when several meet in one formula (the order below)."""

    TWO_SOURCES = "two_sources"  # an agency's answer and the sum of the units differ, and nobody has chosen
    BLANK = "blank"  # not yet typed
    NOT_COLLECTED = "not_collected"
    NOT_APPLICABLE = "not_applicable"
    NOT_ARISEN = "none"  # nothing happened, or division by zero


Quantity = Decimal | Lack
Lookup = Callable[[str], Quantity]
_STRENGTH = (Lack.TWO_SOURCES, Lack.BLANK, Lack.NOT_COLLECTED, Lack.NOT_APPLICABLE, Lack.NOT_ARISEN)

_ARITHMETIC: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_COMPARE: dict[type[ast.cmpop], Callable[[Decimal, Decimal], bool]] = {
    ast.LtE: operator.le,
    ast.Lt: operator.lt,
    ast.GtE: operator.ge,
    ast.Gt: operator.gt,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
_NODES = (ast.BinOp, ast.Compare, ast.BoolOp, ast.And, ast.Name, ast.Attribute, ast.Constant, ast.Load)
_ALLOWED = (*_NODES, *_ARITHMETIC, *_COMPARE)


class ExpressionError(ValueError):
    """The text is not an expression of ours."""


@dataclass(frozen=True)
class Formula:
    """Gives a number from counts. `names` are the counts and parts it reads, in order of appearance."""

    text: str
    names: tuple[str, ...]
    _run: Step = field(repr=False, compare=False)
    _ratio: tuple[Step, Step, Decimal] | None = field(repr=False, compare=False, default=None)

    @classmethod
    def parse(cls, text: str) -> Formula:
        tree = _parse(text)
        if isinstance(tree, ast.Compare | ast.BoolOp):
            raise ExpressionError(f"a formula gives a number: {text!r}")
        return cls(text, _names(tree), _number(tree), _as_ratio(tree))

    def evaluate(self, lookup: Lookup) -> Quantity:
        return self._run(lookup)

    def ratio(self, lookup: Lookup) -> tuple[Decimal, Decimal, Decimal] | None:
        """(numerator, denominator, factor) when the formula reads `factor * n / d` and both are known."""
        if self._ratio is None:
            return None
        n, d = self._ratio[0](lookup), self._ratio[1](lookup)
        if isinstance(n, Lack) or isinstance(d, Lack):
            return None
        return n, d, self._ratio[2]


@dataclass(frozen=True)
class Rule:
    """Something that holds, does not hold, or cannot be told yet (None: a side is not known)."""

    text: str
    names: tuple[str, ...]
    _run: Truth = field(repr=False, compare=False)
    _proof: Truth = field(repr=False, compare=False)

    @classmethod
    def parse(cls, text: str) -> Rule:
        tree = _parse(text)
        return cls(text, _names(tree), _truth(tree, text, _comparison), _truth(tree, text, _proven))

    def holds(self, lookup: Lookup) -> bool | None:
        return self._run(lookup)

    def is_shown(self, lookup: Lookup) -> bool | None:
        """The same for who has to show that it holds: a quotient by nought, which a rule takes as nought, shows nothing."""
        return self._proof(lookup)


Step = Callable[[Lookup], Quantity]
Truth = Callable[[Lookup], bool | None]


def weakest(lacks: list[Lack]) -> Lack:
    """Of several lacks the one to show: what still can be typed comes first."""
    return min(lacks, key=_STRENGTH.index)


def _parse(text: str) -> ast.expr:
    if len(text) > MAX_LENGTH:
        raise ExpressionError(f"longer than {MAX_LENGTH} characters")
    try:
        tree = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError) as error:
        raise ExpressionError(f"cannot read {text!r}") from error
    for node in ast.walk(tree):
        if not isinstance(node, _ALLOWED):
            raise ExpressionError(f"{type(node).__name__} is not allowed in {text!r}")
        if isinstance(node, ast.Constant) and not _is_number(node.value):
            raise ExpressionError(f"{node.value!r} is not a number in {text!r}")
    return tree


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _names(tree: ast.expr) -> tuple[str, ...]:
    inside = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Attribute)}
    found = [n for n in ast.walk(tree) if isinstance(n, ast.Name | ast.Attribute) and id(n) not in inside]
    found.sort(key=lambda n: n.col_offset)
    return tuple(dict.fromkeys(ast.unparse(n) for n in found))


def _number(node: ast.expr) -> Step:
    match node:
        case ast.Constant(value=value):
            constant = Decimal(str(value))
            return lambda _lookup: constant
        case ast.Name() | ast.Attribute(value=ast.Name()):
            name = ast.unparse(node)
            return lambda lookup: lookup(name)
        case ast.BinOp(left=left, op=op, right=right):
            return _arithmetic(_ARITHMETIC[type(op)], _number(left), _number(right), isinstance(op, ast.Div))
    raise ExpressionError(f"{ast.unparse(node)!r} gives no number")


def _arithmetic(act: Callable[[Decimal, Decimal], Decimal], left: Step, right: Step, divides: bool) -> Step:
    def run(lookup: Lookup) -> Quantity:
        a, b = _counted(left(lookup)), _counted(right(lookup))
        lacks = [side for side in (a, b) if isinstance(side, Lack)]
        if lacks:
            return weakest(lacks)
        assert isinstance(a, Decimal)
        assert isinstance(b, Decimal)
        return Lack.NOT_ARISEN if divides and b == 0 else act(a, b)

    return run


def _counted(side: Quantity) -> Quantity:
    """In arithmetic "không phát sinh" is the number nought: nothing happened."""
    return Decimal(0) if side is Lack.NOT_ARISEN else side


def _truth(node: ast.expr, text: str, compared: Callable[[ast.cmpop, ast.expr, ast.expr], Truth]) -> Truth:
    match node:
        case ast.BoolOp(values=values):
            parts = [_truth(value, text, compared) for value in values]
            return lambda lookup: _all([part(lookup) for part in parts])
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return compared(op, left, right)
    raise ExpressionError(f"a rule compares two sides: {text!r}")


def _proven(op: ast.cmpop, left: ast.expr, right: ast.expr) -> Truth:
    """Only a typed count is nought when nothing arose: of a quotient that says that it was divided by nought."""
    quotients = [_number(side) for side in (left, right) if not isinstance(side, ast.Name | ast.Attribute)]
    compared = _comparison(op, left, right)
    return lambda lookup: None if any(one(lookup) is Lack.NOT_ARISEN for one in quotients) else compared(lookup)


def _comparison(op: ast.cmpop, left: ast.expr, right: ast.expr) -> Truth:
    act, first, second = _COMPARE[type(op)], _number(left), _number(right)

    def run(lookup: Lookup) -> bool | None:
        a, b = _counted(first(lookup)), _counted(second(lookup))
        if isinstance(a, Lack) or isinstance(b, Lack):
            return None
        return act(a, b)

    return run


def _all(truths: list[bool | None]) -> bool | None:
    if False in truths:
        return False
    return None if None in truths else True


def _as_ratio(tree: ast.expr) -> tuple[Step, Step, Decimal] | None:
    match tree:
        case ast.BinOp(
            left=ast.BinOp(left=ast.Constant(value=factor), op=ast.Mult(), right=top), op=ast.Div(), right=bottom
        ):
            return _number(top), _number(bottom), Decimal(str(factor))
        case ast.BinOp(left=top, op=ast.Div(), right=bottom):
            return _number(top), _number(bottom), Decimal(1)
    return None
