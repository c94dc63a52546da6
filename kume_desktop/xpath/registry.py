"""The one table of functions: names, arity, what the arguments are turned into, what a function depends on.

A signature is a row of letters, one an argument: `t` text, `n` number, `b` condition, `s` node set, `v` any value as it
is; `?` after a letter makes it optional, `*` lets it repeat.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from kume_desktop.xpath.code import Code, Kind, Run, folded, nodes_run, number_run, test_run, text_run
from kume_desktop.xpath.source import Value
from kume_desktop.xpath.values import Scope

Build = Callable[[tuple[Code, ...]], Code]


class Use(StrEnum):
    """What a function reads beside its arguments."""

    CLOCK = "clock"
    CHANCE = "chance"
    LANGUAGE = "language"
    NODE = "node"
    SCOPE = "scope"


@dataclass(frozen=True, slots=True)
class Arity:
    """How many arguments a function takes: from `least` to `most`, in steps."""

    least: int
    most: float
    step: int = 1

    def allows(self, count: int) -> bool:
        """Whether `count` arguments are right."""
        return self.least <= count <= self.most and (count - self.least) % self.step == 0

    def __str__(self) -> str:
        """As people say it: `2`, `1–2`, `2, 4, 6, …`."""
        if self.least == self.most:
            return str(self.least)
        if self.step > 1:
            shown = range(self.least, int(min(self.most, self.least + 2 * self.step)) + 1, self.step)
            return ", ".join(str(count) for count in shown) + (", …" if self.most > shown[-1] else "")
        return f"{self.least}+" if math.isinf(self.most) else f"{self.least}–{int(self.most)}"


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the language."""

    name: str
    wants: str
    arity: Arity
    build: Build
    uses: frozenset[Use] = frozenset()

    def want(self, index: int) -> str:
        """The letter of argument `index`, counted from 0."""
        return self.wants[min(index, len(self.wants) - 1)] if self.wants else ""


FUNCTIONS: dict[str, Function] = {}
_RUNS: dict[str, Callable[[Code], Run]] = {
    "t": text_run,
    "n": number_run,
    "b": test_run,
    "s": nodes_run,
    "v": lambda code: code.run,
}


def signature(text: str) -> tuple[str, Arity]:
    """The letters of a signature and the arity that it means.

    >>> letters, arity = signature("tn?")
    >>> letters, str(arity)
    ('tn', '1–2')
    """
    letters = [letter for letter in text if letter not in "?*"]
    least = len(letters) - text.count("?") - text.count("*")
    return "".join(letters), Arity(least, math.inf if "*" in text else len(letters))


def function(
    names: str, wants: str, gives: Kind, *uses: Use, arity: Arity | None = None
) -> Callable[[Callable[..., Value]], Callable[..., Value]]:
    """Register a plain function under its names; with any use it gets the scope as first argument."""
    letters, counted = signature(wants)

    def register(body: Callable[..., Value]) -> Callable[..., Value]:
        def build(codes: tuple[Code, ...]) -> Code:
            runs = tuple(_RUNS[letters[min(i, len(letters) - 1)]](code) for i, code in enumerate(codes))
            code = Code(gives, _joined_with_scope(body, runs) if uses else _joined(body, runs))
            return code if uses or "s" in letters or not runs else folded(code, *codes)

        add(names, wants, build, *uses, arity=arity or counted)
        return body

    return register


def special(names: str, wants: str, *uses: Use, arity: Arity | None = None) -> Callable[[Build], Build]:
    """Register a function that makes its own code, because it does not evaluate all arguments or needs their form."""

    def register(build: Build) -> Build:
        add(names, wants, build, *uses, arity=arity)
        return build

    return register


def add(names: str, wants: str, build: Build, *uses: Use, arity: Arity | None = None) -> None:
    """Put a function into the table under each of the names, which spaces separate."""
    letters, counted = signature(wants)
    for name in names.split():
        FUNCTIONS[name] = Function(name, letters, arity or counted, build, frozenset(uses))


def _joined(body: Callable[..., Value], runs: tuple[Run, ...]) -> Run:
    match runs:
        case ():
            return lambda _scope: body()
        case (one,):
            return lambda scope: body(one(scope))
        case (one, two):
            return lambda scope: body(one(scope), two(scope))
        case _:
            return lambda scope: body(*[run(scope) for run in runs])


def _joined_with_scope(body: Callable[..., Value], runs: tuple[Run, ...]) -> Run:
    match runs:
        case ():
            return body
        case (one,):
            return lambda scope: body(scope, one(scope))
        case _:
            return lambda scope: body(scope, *[run(scope) for run in runs])


def here(build: Build) -> Build:
    """Let a function of one argument take the context node where none is given."""
    own = Code(Kind.NODES, _context_node)
    return lambda codes: build(codes or (own,))


def _context_node(scope: Scope) -> Value:
    return (scope.node,)
