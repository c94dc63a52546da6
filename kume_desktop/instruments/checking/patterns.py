"""Patterns that some texts keep busy for ever, found by trying texts of the usual harmful kinds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kume_desktop.instruments.checking.cells import Cell
from kume_desktop.instruments.checking.portability import advice
from kume_desktop.problems import Problem
from kume_desktop.xpath.expression import Call, Text, walk
from kume_desktop.xpath.functions_text import compiled_pattern

_SECONDS = 0.05
_LENGTHS = (24, 60)
_MOST_SIGNS = 4


def pattern_problems(cell: Cell) -> Iterator[Problem]:
    """The patterns of a cell that take too long for a text of two lines."""
    if cell.compiled is None or any(finding.code == "bad-pattern" for finding in cell.compiled.findings()):
        return
    for node in walk(cell.compiled.tree):
        if isinstance(node, Call) and node.name == "regex" and len(node.arguments) == 2:
            pattern = node.arguments[1]
            if isinstance(pattern, Text) and _is_slow(pattern.value):
                yield advice("form.pattern-slow", cell, pattern.at, pattern=pattern.value[:60])


@lru_cache(maxsize=512)
def _is_slow(pattern: str) -> bool:
    try:
        for text in _texts(pattern):
            compiled_pattern(pattern).fullmatch(text, timeout=_SECONDS)
    except TimeoutError:
        return True
    return False


def _texts(pattern: str) -> Iterator[str]:
    """Long runs of one sign that the pattern speaks of, spoilt at the end."""
    if not re.search(r"[+*}]", pattern):
        return
    signs = [*dict.fromkeys(re.findall(r"(?<!\\)[A-Za-z0-9]", pattern)), "a", "1", " "]
    for sign in list(dict.fromkeys(signs))[:_MOST_SIGNS]:
        for length in _LENGTHS:
            yield sign * length + "\n!"
