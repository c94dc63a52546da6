"""Compiled pieces: a closure together with what is known of its value before it runs."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from enum import StrEnum
from typing import NamedTuple

from kume_desktop.xpath import moments, values
from kume_desktop.xpath.source import Node, Value
from kume_desktop.xpath.values import NAN, Scope

TextRun = Callable[[Scope], str]
NumberRun = Callable[[Scope], float]
TestRun = Callable[[Scope], bool]
NodesRun = Callable[[Scope], Sequence[Node]]
Run = Callable[[Scope], Value]


class Kind(StrEnum):
    """What a piece gives; ANY is decided while it runs."""

    TEXT = "text"
    NUMBER = "number"
    TEST = "test"
    NODES = "nodes"
    ANY = "any"


class Code(NamedTuple):
    """A compiled piece: what it gives, how to get it, and more where more is known.

    `constant` is its value when that never changes; `names` are the names of a plain absolute path.
    """

    kind: Kind
    run: Run
    constant: Value | None = None
    names: tuple[str, ...] = ()


def constant(value: Value) -> Code:
    """The code of a value that never changes."""
    kind = Kind.TEXT if isinstance(value, str) else Kind.TEST if isinstance(value, bool) else Kind.NUMBER
    return Code(kind, lambda _scope: value, value)


def of_text(run: TextRun) -> Code:
    """Code that gives a text."""
    return Code(Kind.TEXT, run)


def of_number(run: NumberRun) -> Code:
    """Code that gives a number."""
    return Code(Kind.NUMBER, run)


def of_test(run: TestRun) -> Code:
    """Code that gives a boolean."""
    return Code(Kind.TEST, run)


def of_nodes(run: NodesRun, names: tuple[str, ...] = ()) -> Code:
    """Code that gives nodes."""
    return Code(Kind.NODES, run, None, names)


def nodes_of(value: Value) -> Sequence[Node]:
    """The nodes of a value; none if it holds no nodes."""
    return () if isinstance(value, str | float | bool) else value


def text_run(code: Code) -> TextRun:
    """A closure that gives the value as text."""
    run = code.run
    if code.constant is not None:
        fixed = values.as_text(code.constant, NOWHERE)
        return lambda _scope: fixed
    if code.kind is Kind.TEXT:
        return run  # type: ignore[return-value]  # the kind says so
    if code.kind is Kind.NODES:

        def text_of_first(scope: Scope) -> str:
            nodes: Sequence[Hashable] = run(scope)  # type: ignore[assignment]  # the kind says so
            return scope.source.text(nodes[0]) if nodes else ""

        return text_of_first
    return lambda scope: values.as_text(run(scope), scope)


def number_run(code: Code) -> NumberRun:
    """A closure that gives the value as a number."""
    run = code.run
    if code.constant is not None and not is_dated(code.constant):
        fixed = values.as_number(code.constant, NOWHERE)
        return lambda _scope: fixed
    if code.kind is Kind.NUMBER:
        return run  # type: ignore[return-value]  # the kind says so
    if code.kind is Kind.NODES:

        def number_of_first(scope: Scope) -> float:
            nodes: Sequence[Hashable] = run(scope)  # type: ignore[assignment]  # the kind says so
            return values.node_number(nodes[0], scope) if nodes else NAN

        return number_of_first
    return lambda scope: values.as_number(run(scope), scope)


def test_run(code: Code) -> TestRun:
    """A closure that gives the value as a condition."""
    run = code.run
    if code.constant is not None:
        fixed = values.as_test(code.constant, NOWHERE)
        return lambda _scope: fixed
    if code.kind is Kind.TEST:
        return run  # type: ignore[return-value]  # the kind says so
    if code.kind is Kind.TEXT:
        return lambda scope: run(scope) != ""
    return lambda scope: values.as_test(run(scope), scope)


def nodes_run(code: Code) -> NodesRun:
    """A closure that gives the nodes; none where the value is no node set."""
    run = code.run
    if code.kind is Kind.NODES:
        return run  # type: ignore[return-value]  # the kind says so
    return lambda scope: nodes_of(run(scope))


def is_dated(value: Value) -> bool:
    """Whether the value is a text that may be a date, so that its number depends on the time zone."""
    return isinstance(value, str) and moments.looks_dated(value)


class _Nowhere:
    """The scope of constants, which read nothing: whoever asks it for something has a bug."""


NOWHERE: Scope = _Nowhere()  # type: ignore[assignment]  # empty on purpose


def folded(code: Code, *inputs: Code) -> Code:
    """The code, computed now if its inputs never change and no clock is needed."""
    fixed = [part.constant for part in inputs]
    if any(value is None or is_dated(value) for value in fixed):
        return code
    return constant(code.run(NOWHERE))
