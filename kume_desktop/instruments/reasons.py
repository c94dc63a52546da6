"""Numbers with a reason beside them: `X` and `X_neden`, a number or why there is none.

A number has no reserve answers. So a question `X` (whole number, decimal or range) stays optional, and a select_one
`X_neden` right after it, whose list holds reserve answers only (`dk`, `nr`, `na`), is required where `X` is blank. The
pair is one question: answered by either, never by both, and a blank number with a reason is missing for that reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kume_desktop.instruments.model import Instrument, Kind, Node
from kume_desktop.problems import Problem, Where, warning

SUFFIX = "_neden"
NUMBERS = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.RANGE})
_TRUE = "true()"


def reason_pairs(instrument: Instrument) -> Mapping[str, str]:
    """Generic path of each number that has a reason -> the path of its reason."""
    nodes = list(instrument.nodes())
    named = [node for node in nodes if node.name.endswith(SUFFIX)]
    if not named:
        return {}
    numbers = {node.path for node in nodes if node.kind in NUMBERS}
    return {
        path: node.path
        for node in named
        if (path := node.path.removesuffix(SUFFIX)) in numbers and is_reason(node, instrument)
    }


def is_reason(node: Node, instrument: Instrument) -> bool:
    """Whether a question is a select_one of reserve answers only, called `…_neden`."""
    listed = instrument.lists.get(node.choices, ())
    named = node.name.endswith(SUFFIX) and node.kind is Kind.SELECT_ONE
    return named and bool(listed) and all(choice.missing for choice in listed)


def reason_problems(instrument: Instrument, file: str) -> Iterator[Problem]:
    """What is missing of a pair: the number, the rule that ties both together, or the reason where others have one."""
    by_path = {node.path: node for node in instrument.nodes()}
    pairs = reason_pairs(instrument)
    for node in by_path.values():
        place = Where(file=file, sheet=node.place.sheet, row=node.place.row or None)
        number = node.name.removesuffix(SUFFIX)
        if is_reason(node, instrument) and node.path.removesuffix(SUFFIX) not in pairs:
            yield warning("form.reason-without-number", place, reason=node.name, name=number)
    for path, reason in pairs.items():
        yield from _of_pair(by_path[path], by_path[reason], file)
    for path, node in by_path.items():
        is_free = node.kind in NUMBERS and path not in pairs and not node.calculation and not node.read_only
        if pairs and is_free:
            place = Where(file=file, sheet=node.place.sheet, row=node.place.row or None)
            yield warning("form.number-without-reason", place, name=node.name)


def _of_pair(number: Node, reason: Node, file: str) -> Iterator[Problem]:
    def at(node: Node, column: str) -> Where:
        return Where(file=file, sheet=node.place.sheet, row=node.place.row or None, column=column)

    if number.required and number.required != "false()":
        yield warning("form.reason-number-required", at(number, "required"), name=number.name, reason=reason.name)
    if reason.required != _TRUE:
        yield warning("form.reason-not-required", at(reason, "required"), name=number.name, reason=reason.name)
    if not _says_blank(reason.relevant, number.path):
        yield warning("form.reason-not-tied", at(reason, "relevant"), name=number.name, reason=reason.name)


def _says_blank(relevant: str, path: str) -> bool:
    """Whether a rule holds only where the number is blank: it compares it with nothing."""
    name = re.escape(path.rpartition("/")[2])
    return re.search(rf"(?<![\w./-])(?:[\w./-]*/)?{name}\s*=\s*(?:''|\"\")", relevant) is not None
