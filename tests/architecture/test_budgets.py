"""How long things may be. Complexity is ruff's business (C901)."""

from __future__ import annotations

import ast
from statistics import median, quantiles

from tests.architecture.code import Module, length, modules

EVERYWHERE = ("kume_desktop", "benchmarks", "tests")
THE_SCHEMA = {"kume_desktop/store/tables.py"}  # one picture of all tables
LOGIC_FREE = ("kume_desktop/store/migrations/",)  # written once, never edited


def _lengths(found: tuple[Module, ...]) -> list[tuple[int, str]]:
    return [
        (length(function), f"{module.shown}:{function.lineno} {function.name}")
        for module in found
        if not module.shown.startswith(LOGIC_FREE)
        for function in module.functions()
    ]


def test_that_no_function_is_longer_than_60_lines():
    assert [f"{place}: {lines}" for lines, place in _lengths(modules(*EVERYWHERE)) if lines > 60] == []


def test_that_half_of_the_functions_have_at_most_8_lines():
    assert median(lines for lines, _place in _lengths(modules())) <= 8


def test_that_nine_of_ten_functions_have_at_most_25_lines():
    assert quantiles((lines for lines, _place in _lengths(modules())), n=10)[8] <= 25


def test_that_no_class_is_longer_than_350_lines_or_has_more_than_25_methods():
    large = []
    for module in modules(*EVERYWHERE):
        for found in module.classes():
            lines = (found.end_lineno or found.lineno) - found.lineno + 1
            methods = sum(isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) for node in found.body)
            if lines > 350 or methods > 25:
                large.append(f"{module.shown} {found.name}: {lines} lines, {methods} methods")
    assert large == []


def test_that_no_file_is_longer_than_500_lines():
    files = [(module.shown, module.text.count("\n")) for module in modules(*EVERYWHERE)]
    assert [f"{name}: {lines}" for name, lines in files if lines > 500 and name not in THE_SCHEMA] == []
