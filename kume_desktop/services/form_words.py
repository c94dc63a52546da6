"""What `form check` and `form test` found, as lines for people and as records for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from kume_desktop import texts
from kume_desktop.problems import Problem, Where
from kume_desktop.texts import N_, tr

if TYPE_CHECKING:
    from kume_desktop.interview.coverage import Coverage
    from kume_desktop.services.forms import TestOutcome

_SHEETS = ("survey", "choices", "settings", "entities", "indicators", "indices", "tests")


def check_lines(file: Path, problems: Sequence[Problem]) -> Iterator[str]:
    """The problems of a workbook by sheet and row, and a summary."""
    for sheet, found in groupby(sorted(problems, key=place_of), key=lambda one: one.where.sheet or ""):
        yield tr(N_("sheet {sheet}"), sheet=sheet) if sheet else file.name
        for one in found:
            yield f"  {_head(one)}: {sentence(one)}"
    errors = sum(one.is_error for one in problems)
    count = len(problems) - errors
    yield tr(N_("{file}: {errors} errors, {warnings} warnings"), file=file.name, errors=errors, warnings=count)


def place_of(one: Problem) -> tuple[int, str, int, bool]:
    """Where a problem stands among the others: file, sheets in their order, rows, errors first."""
    sheet = one.where.sheet or ""
    known = _SHEETS.index(sheet) if sheet in _SHEETS else len(_SHEETS) if sheet else -1
    return known, sheet, one.where.row or 0, not one.is_error


def _head(one: Problem) -> str:
    where = one.where
    row = tr(N_("row {row}"), row=where.row) if where.row else ""
    place = ", ".join(word for word in (row, where.column or "", where.question or "") if word)
    weight = tr(N_("error") if one.is_error else N_("warning"))
    return f"{weight}, {place}" if place else weight


def sentence(one: Problem) -> str:
    """The sentence of a problem without its place."""
    return texts.say(replace(one, where=Where()))


def problem_record(file: Path, one: Problem) -> dict[str, object]:
    """A problem as JSON has it."""
    place = {key: value for key, value in asdict(one.where).items() if key != "file"}
    return {
        "file": str(file),
        **place,
        "code": one.code,
        "severity": one.severity.value,
        "params": dict(one.params),
        "message": texts.say(one),
    }


def test_lines(file: Path, outcome: TestOutcome, details: bool) -> Iterator[str]:
    """The cases of a workbook, a summary, and what they have covered (with `details` also what they have not)."""
    for case in outcome.cases:
        yield f"{tr(N_('passed') if case.passed else N_('FAILED'))}: {case.name}"
        for one in case.problems:
            yield f"    {texts.say(one)}"
    summary = N_("{file}: {passed} passed, {failed} failed")
    yield tr(summary, file=file.name, passed=outcome.passed, failed=outcome.failed)
    if outcome.cases:
        yield _covered(outcome.coverage)
    if details:
        yield from _gaps(outcome.coverage)


def _covered(coverage: Coverage) -> str:
    parts = {
        name: f"{part.covered}/{part.total}"
        for name, part in (
            ("reached", coverage.reached),
            ("answered", coverage.answered),
            ("checks", coverage.checks),
            ("choices", coverage.choices),
        )
    }
    sentence = N_(
        "covered: {percent} % (questions reached {reached}, answered {answered}, checks {checks}, choices {choices})"
    )
    return tr(sentence, percent=f"{coverage.percent:.0f}", **parts)


def _gaps(coverage: Coverage) -> Iterator[str]:
    """The names behind the shares."""
    ways = {
        "fired": [f"{each.name} ({each.check})" for each in coverage.never_tried if each.way == "fired"],
        "held": [f"{each.name} ({each.check})" for each in coverage.never_tried if each.way == "held"],
    }
    gaps = (
        (N_("never reached: {names}"), coverage.never_reached),
        (N_("never answered: {names}"), coverage.never_answered),
        (N_("never fired: {names}"), ways["fired"]),
        (N_("never held: {names}"), ways["held"]),
        (N_("never chosen: {names}"), [f"{each.name}: {' '.join(each.choices)}" for each in coverage.never_chosen]),
    )
    for text, names in gaps:
        if names:
            yield f"  {tr(text, names=', '.join(names))}"


def test_record(file: Path, outcome: TestOutcome) -> dict[str, object]:
    """The cases and their coverage as JSON has them."""
    coverage = outcome.coverage
    return {
        "file": str(file),
        "passed": outcome.passed,
        "failed": outcome.failed,
        "cases": [
            {"case": case.name, "passed": case.passed, "problems": [texts.say(one) for one in case.problems]}
            for case in outcome.cases
        ],
        "coverage": {"percent": round(coverage.percent, 1), **asdict(coverage)},
    }
