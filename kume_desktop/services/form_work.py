"""Slow work on workbooks for the worker process: checking, testing and marking one, converting one to be installed.

The window asks with `check_request` or another `..._request`, hands the request to its worker, and reads the answer
with `checked`, `cells`, `prepared` or `tested`; converting never runs on the window's own thread.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kume_desktop import texts
from kume_desktop.exchange import limits
from kume_desktop.problems import Problem, Refused, Severity, Where, errors, problem
from kume_desktop.services import forms, installing
from kume_desktop.texts import N_

if TYPE_CHECKING:
    from kume_desktop.services.forms import TestOutcome

CHECK, PREPARE, TEST, MARK = "form-check", "form-prepare", "form-test", "form-mark"
CONVERTING = N_("Reading the form")
TESTING, MARKING = N_("Running the form's tests"), N_("Marking the workbook")

Asked = Mapping[str, Any]
Progress = Callable[[int, int, str], None]


def check_request(file: Path, *, prepare: bool = False, lists: Collection[str] = ()) -> dict[str, Any]:
    """Ask for every problem of a workbook; with `prepare` one without errors is also converted (`prepared`).

    `lists`: those that other forms of the study fill (`entities.lists`).
    """
    return {
        "verb": CHECK,
        "file": str(file),
        "prepare": prepare,
        "lists": sorted(lists),
        "language": texts.language(),
    }


def prepare_request(file: Path, lists: Collection[str] = ()) -> dict[str, Any]:
    """Ask for a workbook read and converted; one with errors is answered with its problems."""
    return {"verb": PREPARE, "file": str(file), "lists": sorted(lists), "language": texts.language()}


def test_request(file: Path) -> dict[str, Any]:
    """Ask for the outcome of the sheet `tests` of a workbook."""
    return {"verb": TEST, "file": str(file), "language": texts.language()}


def mark_request(file: Path, copy: Path, found: Sequence[Problem]) -> dict[str, Any]:
    """Ask for a copy of a workbook in which every problem is marked on its cell."""
    told = [problem_record(one) for one in found]
    return {"verb": MARK, "file": str(file), "copy": str(copy), "found": told, "language": texts.language()}


def tell_end(found: Problem) -> None:
    """Tell whoever asked this worker why its process ends itself."""
    sys.stdout.write(json.dumps({"problems": [problem_record(found)]}) + "\n")
    sys.stdout.flush()


@contextmanager
def within_limits(file: Path, tell: Callable[[Problem], None] = tell_end) -> Iterator[None]:
    """Read a workbook under limits of time and memory; only in a process that may end itself.

    Raises:
        Refused: `form.too-much-memory`.
    """
    slow = problem("form.too-slow", Where(file=file.name), seconds=int(limits.SECONDS))
    try:
        with limits.within(lambda: tell(slow)):
            yield
    except MemoryError as error:
        raise Refused(problem("form.too-much-memory", Where(file=file.name))) from error


def _check(asked: Asked, progress: Progress) -> dict[str, Any]:
    progress(0, 0, CONVERTING)
    file, lists = Path(asked["file"]), asked.get("lists", ())
    with within_limits(file):
        found = forms.check(file, lists)
        told = {"found": [problem_record(one) for one in found], "cells": forms.cells(file, found)}
        answer = {"file": asked["file"], **told}
        if asked.get("prepare") and not errors(found):
            answer["kept"] = installing.prepare(file, lists).kept
    return answer


def checked(answer: Asked) -> tuple[Problem, ...]:
    """Read the answer to `CHECK`, errors first."""
    return tuple(read_problem(one) for one in answer["found"])


def cells(answer: Asked) -> tuple[str, ...]:
    """The names of the cells (`F48`) of what was found by `CHECK`, in its order; '' where a problem has none."""
    return tuple(str(name) for name in answer["cells"])


def problem_record(found: Problem) -> dict[str, Any]:
    """A problem as JSON carries it."""
    place = asdict(found.where)
    return {"code": found.code, "params": dict(found.params), "where": place, "severity": found.severity.value}


def read_problem(record: Asked) -> Problem:
    """The problem of a record."""
    return Problem(record["code"], record["params"], Where(**record["where"]), Severity(record["severity"]))


def _prepare(asked: Asked, progress: Progress) -> dict[str, Any]:
    progress(0, 0, CONVERTING)
    with within_limits(Path(asked["file"])):
        made = installing.prepare(Path(asked["file"]), asked.get("lists", ()))
    return {"file": asked["file"], "kept": made.kept}


def prepared(answer: Asked) -> installing.Prepared:
    """Read the answer to `PREPARE` or to `CHECK` with `prepare`, to be handed to `versions.install`.

    Raises:
        Refused: `form.changed-meanwhile` where the workbook is not the one any more that the worker read.
    """
    return installing.from_kept(Path(answer["file"]), answer["kept"])


def _test(asked: Asked, progress: Progress) -> dict[str, Any]:
    progress(0, 0, TESTING)
    return outcome_record(forms.test(Path(asked["file"])))


def outcome_record(outcome: TestOutcome) -> dict[str, Any]:
    """The outcome of tests as JSON carries it."""
    cases = [
        {"name": case.name, "passed": case.passed, "problems": [problem_record(one) for one in case.problems]}
        for case in outcome.cases
    ]
    return {"cases": cases, "coverage": asdict(outcome.coverage)}


def tested(answer: Asked) -> TestOutcome:
    """Read the answer to `TEST`."""
    from kume_desktop.interview.coverage import Coverage, Part, Unchosen, Untried, Way

    told = answer["coverage"]
    whole = {name: Part(**told[name]) for name in ("reached", "answered", "checks", "choices")}
    untried = tuple(Untried(one["name"], one["check"], Way(one["way"])) for one in told["never_tried"])
    unchosen = tuple(Unchosen(one["name"], one["listed"], tuple(one["choices"])) for one in told["never_chosen"])
    reached, answered = tuple(told["never_reached"]), tuple(told["never_answered"])
    cases = tuple(
        forms.CaseOutcome(case["name"], case["passed"], tuple(read_problem(one) for one in case["problems"]))
        for case in answer["cases"]
    )
    coverage = Coverage(
        **whole, never_reached=reached, never_answered=answered, never_tried=untried, never_chosen=unchosen
    )
    return forms.TestOutcome(cases, coverage)


def _mark(asked: Asked, progress: Progress) -> dict[str, Any]:
    progress(0, 0, MARKING)
    forms.mark(Path(asked["file"]), Path(asked["copy"]), [read_problem(one) for one in asked["found"]])
    return {"path": asked["copy"]}


VERBS: Mapping[str, Callable[[Asked, Progress], dict[str, Any]]] = {
    CHECK: _check,
    PREPARE: _prepare,
    TEST: _test,
    MARK: _mark,
}
