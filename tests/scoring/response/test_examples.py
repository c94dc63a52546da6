"""The examples in the docstrings of raters, reliability, response and weights."""

from __future__ import annotations

import doctest
import pkgutil
from importlib import import_module

import pytest

ROOMS = ("raters", "reliability", "response", "weights")
MODULES = [
    f"kume_desktop.scoring.{room}.{module.name}"
    for room in ROOMS
    for module in pkgutil.iter_modules(import_module(f"kume_desktop.scoring.{room}").__path__)
]


@pytest.mark.parametrize("name", MODULES)
def test_that_the_examples_in_the_docstrings_hold(name):
    assert doctest.testmod(import_module(name)).failed == 0


def test_that_there_are_examples_in_every_room():
    finder = doctest.DocTestFinder()
    for room in ROOMS:
        found = [name for name in MODULES if f".{room}." in name]
        examples = [len(test.examples) for name in found for test in finder.find(import_module(name))]
        assert sum(examples) >= 3
