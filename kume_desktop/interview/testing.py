"""Run the sheet `tests` of an instrument: scripted answers and what must then hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from itertools import groupby
from types import MappingProxyType

from kume_desktop.instruments.model import Instrument, Place, Step
from kume_desktop.interview.engine import answer, begin, compile_form, override
from kume_desktop.interview.form import Form
from kume_desktop.interview.page import open_problems, row
from kume_desktop.interview.record import Record
from kume_desktop.interview.state import Interview, Outcome, Setting, Tables
from kume_desktop.interview.suggestion import suggest
from kume_desktop.interview.tree import Spot
from kume_desktop.problems import Param, Problem, Refused, Where, problem

FIRM = "T1"
_START = datetime(2026, 11, 22, 10, 0, tzinfo=timezone(timedelta(hours=3)))
_INDEX = re.compile(r"(.+)\[(\d+)\]\Z")
VERBS = (
    "set", "begin", "answer", "clear", "reload", "expect_value", "expect_relevant", "expect_not_relevant",
    "expect_refused", "expect_warning", "expect_no_warning", "override", "expect_label", "expect_open",
    "expect_complete", "expect_not_complete", "expect_suggestion",
)  # fmt: skip
TARGETLESS = frozenset({"begin", "reload", "expect_complete", "expect_not_complete"})


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One case: passed, or what did not hold (each with its row of the sheet)."""

    case: str
    passed: bool
    steps: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class TestReport:
    """All cases in the order of the sheet."""

    __test__ = False

    cases: tuple[CaseResult, ...]

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
    cases = groupby(instrument.tests, key=lambda step: step.case)
    return TestReport(tuple(_run(form, tables, name, list(steps)) for name, steps in cases))


def _run(form: Form, tables: Tables, name: str, steps: Sequence[Step]) -> CaseResult:
    case = _Case(form, tables)
    problems: list[Problem] = []
    for step in steps:
        try:
            case.take(step)
        except _Failed as failed:
            problems.append(failed.problem)
        except Refused as refused:
            problems.extend(refused.problems)
    return CaseResult(name, not problems, len(steps), tuple(problems))


class _Failed(Exception):  # noqa: N818 - an answer, not an accident
    """A step did not hold."""

    def __init__(self, found: Problem) -> None:
        super().__init__(found.code)
        self.problem = found


def _where(place: Place) -> Where:
    return Where(sheet=place.sheet, row=place.row)


def _fail(step: Step, code: str, **params: Param) -> _Failed:
    return _Failed(problem(code, _where(step.place), verb=step.verb, target=step.target, value=step.value, **params))


class _Case:
    """One case while it runs."""

    def __init__(self, form: Form, tables: Tables) -> None:
        self.form = form
        self.tables: dict[str, list[Mapping[str, str]]] = {name: [] for name in form.instrument.files}
        self.tables.update({name: list(rows) for name, rows in tables.items()})
        self.firm = {"name": FIRM, "label": FIRM}
        self.record = Record()
        self.moment = _START
        self._interview: Interview | None = None

    def take(self, step: Step) -> None:
        """Do one step; raise when it does not hold."""
        self.moment += timedelta(minutes=1)
        if step.verb not in VERBS:
            raise _fail(step, "form.test-unknown-verb")
        if self._interview is None and step.verb not in {"set", "begin"}:
            self._begin()
        _STEPS[step.verb](self, step)

    @property
    def interview(self) -> Interview:
        """The interview of the case."""
        assert self._interview is not None  # noqa: S101 - `take` begins it
        return self._interview

    def setting(self) -> Setting:
        """The world of the case."""
        tables: dict[str, Sequence[Mapping[str, str]]] = dict(self.tables)
        if "firmalar" in tables:
            tables["firmalar"] = [self.firm, *tables["firmalar"]]
        return Setting(tables, "test", "test", "tr", lambda: self.moment, "test")

    def set(self, step: Step) -> None:
        """Give a value from outside."""
        table, _, column = step.target.partition(".")
        if not column or self._interview is not None:
            raise _fail(step, "form.test-set")
        if table == "firma":
            self.firm[column] = step.value
        elif table == "calisma":
            others = [row for row in self.tables.get(table, []) if row.get("ad") != column]
            self.tables[table] = [*others, {"ad": column, "deger": step.value}]
        else:
            rows = self.tables.setdefault(table, [])
            if not rows or column in rows[-1]:
                rows.append({})
            rows[-1] = {**rows[-1], column: step.value}

    def _begin(self) -> None:
        known = "firmalar" in self.tables and "firma_kodu" in self.form.by_name
        firm = {"firma_kodu": self.firm["name"]} if known else {}
        self._interview = self.record.keep(begin(self.form, self.setting(), firm))

    def begin(self, _step: Step) -> None:
        """Open the interview."""
        self._begin()

    def reload(self, _step: Step) -> None:
        """Leave and come back: what was stored must give the same interview."""
        self._interview = self.record.restored(self.form, self.interview.setting)

    def spot(self, step: Step) -> Spot:
        """The node a step is about."""
        found = _INDEX.match(step.target)
        name, place = (found.group(1), int(found.group(2))) if found else (step.target, 1)
        item = self.form.by_name.get(name)
        if item is None:
            raise _fail(step, "form.test-unknown-target")
        spots = self.interview.tree.all(item)
        if not 0 < place <= len(spots):
            raise _fail(step, "form.test-no-row", rows=len(spots))
        return spots[place - 1]

    def answer(self, step: Step) -> None:
        """Give an answer that the form must take."""
        outcome = answer(self.interview, self.spot(step).path, step.value)
        self._keep(step, outcome)

    def clear(self, step: Step) -> None:
        """Take an answer away."""
        self._keep(step, answer(self.interview, self.spot(step).path, ""))

    def override(self, step: Step) -> None:
        """Give the reason for a warning."""
        self._keep(step, override(self.interview, self.spot(step).path, step.value))

    def _keep(self, step: Step, outcome: Outcome) -> None:
        if not outcome.accepted:
            first = outcome.problems[0]
            reason = first.params.get("message") or first.code
            raise _fail(step, "form.test-refused", reason=reason)
        self._interview = self.record.keep(outcome)

    def expect_refused(self, step: Step) -> None:
        """The form must not take this answer."""
        outcome = answer(self.interview, self.spot(step).path, step.value)
        _hold(step, not outcome.accepted, "kabul")

    def expect_value(self, step: Step) -> None:
        """The value as the form sees it."""
        found = self.interview.value(self.spot(step).path)
        _hold(step, found == step.value, found)

    def expect_relevant(self, step: Step) -> None:
        """The question must be asked."""
        _hold(step, self.interview.is_relevant(self.spot(step).path), "-")

    def expect_not_relevant(self, step: Step) -> None:
        """The question must not be asked (a repeat row that is not there is not asked either)."""
        try:
            spot = self.spot(step)
        except _Failed as failed:
            if failed.problem.code == "form.test-no-row":
                return
            raise
        _hold(step, not self.interview.is_relevant(spot.path), "+")

    def expect_warning(self, step: Step) -> None:
        """An open soft warning must stand."""
        _hold(step, self.interview.warnings.get(self.spot(step).path) == "", "-")

    def expect_no_warning(self, step: Step) -> None:
        """No soft warning, or one with a reason."""
        _hold(step, self.interview.warnings.get(self.spot(step).path) != "", "+")

    def expect_label(self, step: Step) -> None:
        """The question's text holds the words."""
        title = row(self.interview, self.spot(step).path).title
        _hold(step, step.value in title, title)

    def expect_open(self, step: Step) -> None:
        """The question must be among the open problems."""
        path = self.spot(step).path
        _hold(step, any(each.path == path for each in open_problems(self.interview)), "-")

    def expect_complete(self, step: Step) -> None:
        """Nothing may be open."""
        found = [each.path.rpartition("/")[2] for each in open_problems(self.interview)]
        _hold(step, not found, ", ".join(found))

    def expect_not_complete(self, step: Step) -> None:
        """Something must be open."""
        _hold(step, bool(open_problems(self.interview)), "-")

    def expect_suggestion(self, step: Step) -> None:
        """The level suggested for an indicator; blank means none."""
        levels = suggest(self.interview)
        if step.target not in levels:
            raise _fail(step, "form.test-unknown-target")
        level = levels[step.target]
        found = "" if level is None else str(level)
        _hold(step, found == step.value, found)


def _hold(step: Step, holds: bool, found: str) -> None:
    if not holds:
        raise _fail(step, "form.test-not-so", found=found)


_STEPS: Mapping[str, Callable[[_Case, Step], None]] = MappingProxyType({verb: getattr(_Case, verb) for verb in VERBS})
