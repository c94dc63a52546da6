"""Run the sheet `tests` of an instrument: scripted answers, what must then hold, and what no case has tried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from kume_desktop.instruments.model import Instrument, Step
from kume_desktop.interview.coverage import Coverage, Watch
from kume_desktop.interview.engine import compile_form
from kume_desktop.interview.expectations import EXPECTATIONS
from kume_desktop.interview.script import ACTS, Case, Failed, failed
from kume_desktop.interview.state import Tables
from kume_desktop.problems import Problem, Refused

_STEPS = {**ACTS, **EXPECTATIONS}
VERBS = tuple(_STEPS)
"""Every verb of the sheet."""
TARGETLESS = frozenset(
    {"begin", "reload", "undo", "language", "next", "back", "expect_complete", "expect_not_complete"}
)
"""The verbs that are about the whole interview."""


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case: passed, or what did not hold (each with its row of the sheet)."""

    case: str
    passed: bool
    steps: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class TestReport:
    """All cases in the order of the sheet, and what they have covered together."""

    __test__ = False

    cases: tuple[CaseResult, ...]
    coverage: Coverage

    @property
    def passed(self) -> bool:
        """Whether there is a case and every case holds."""
        return bool(self.cases) and all(case.passed for case in self.cases)


def run_tests(instrument: Instrument, tables: Tables) -> TestReport:
    """Run every case in an interview of its own; `tables` are added to what the `set` steps of a case give.

    `set` before `begin`: `calisma.NAME` gives a row of `calisma` (columns `ad`, `deger`), `firma.COLUMN` a field of the
    opened firm's row in `firmalar`, `FILE.COLUMN` a field of the last row of that file (a new row when the field is
    there already). Raise Refused when the form does not compile.
    """
    form = compile_form(instrument)
    watch = Watch(form)
    cases = groupby(instrument.tests, key=lambda step: step.case)
    results = tuple(_run(Case(form, tables, watch), name, list(steps)) for name, steps in cases)
    return TestReport(results, watch.coverage())


def _run(case: Case, name: str, steps: Sequence[Step]) -> CaseResult:
    problems: list[Problem] = []
    for step in steps:
        try:
            _take(case, step)
        except Failed as without:
            problems.append(without.problem)
        except Refused as refused:
            problems.extend(refused.problems)
    return CaseResult(name, not problems, len(steps), tuple(problems))


def _take(case: Case, step: Step) -> None:
    """Do one step; raise when it does not hold. A minute passes with each."""
    case.moment += timedelta(minutes=1)
    act = _STEPS.get(step.verb)
    if act is None:
        raise failed(step, "form.test-unknown-verb")
    act(case, step)
