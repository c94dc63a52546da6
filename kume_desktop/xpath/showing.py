"""Expressions as text again."""

from __future__ import annotations

from decimal import Decimal

from kume_desktop.xpath.expression import LEVELS, Call, Chain, Expression, Filter, Negate, Number, Path, Start, Text


def show(expression: Expression) -> str:
    """A text that parses to an equal expression."""
    return _show(expression, 0)


def _show(node: Expression, floor: int) -> str:
    match node:
        case Number():
            return format(Decimal(repr(node.value)), "f").removesuffix(".0")
        case Text():
            return f'"{node.value}"' if "'" in node.value else f"'{node.value}'"
        case Negate():
            return _in_parentheses(f"- {_show(node.operand, 7)}", floor > 7)
        case Chain():
            level = LEVELS[node.rest[0][0]]
            pieces = [_show(node.first, level), *(f"{op} {_show(part, level)}" for op, part in node.rest)]
            return _in_parentheses(" ".join(pieces), level <= floor)
        case Call():
            return f"{node.name}({', '.join(_show(argument, 0) for argument in node.arguments)})"
        case Filter():
            return _show_head(node.primary) + _show_predicates(node.predicates)
        case Path():
            return _show_path(node)


def _in_parentheses(text: str, wanted: bool) -> str:
    return f"({text})" if wanted else text


def _show_head(node: Expression) -> str:
    bare = isinstance(node, Call | Filter)
    return _in_parentheses(_show(node, 0), not bare)


def _show_predicates(predicates: tuple[Expression, ...]) -> str:
    return "".join(f"[{_show(predicate, 0)}]" for predicate in predicates)


def _show_path(node: Path) -> str:
    steps = "/".join(f"{step.axis}::{step.test}{_show_predicates(step.predicates)}" for step in node.steps)
    if node.start is Start.ROOT:
        return f"/{steps}" if steps else "(/)"
    return steps if node.start is Start.HERE else f"{_show_head(node.start)}/{steps}"
