"""One case of the sheet `tests` while it runs: the world around the interview, and the verbs that act on it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta, timezone

from kume_desktop.instruments.model import Place, Step
from kume_desktop.interview import engine
from kume_desktop.interview.coverage import Watch
from kume_desktop.interview.form import Form, Item
from kume_desktop.interview.page import screen_of, screens
from kume_desktop.interview.record import Record
from kume_desktop.interview.state import Interview, Outcome, Setting, Tables
from kume_desktop.interview.tree import Spot
from kume_desktop.problems import Param, Problem, Where, problem

FIRM = "T1"
_START = datetime(2026, 11, 22, 10, 0, tzinfo=timezone(timedelta(hours=3)))
_INDEX = re.compile(r"(.+)\[(\d+)\]\Z")


class Failed(Exception):  # noqa: N818 - an answer, not an accident
    """A step did not hold."""

    def __init__(self, found: Problem) -> None:
        super().__init__(found.code)
        self.problem = found


def _where(place: Place) -> Where:
    return Where(sheet=place.sheet, row=place.row)


def failed(step: Step, code: str, **params: Param) -> Failed:
    """The failure of a step."""
    return Failed(problem(code, _where(step.place), verb=step.verb, target=step.target, value=step.value, **params))


class Case:
    """The interview of a case with its clock, its firm and its tables."""

    def __init__(self, form: Form, tables: Tables, watch: Watch) -> None:
        self.form = form
        self.watch = watch
        self.tables: dict[str, list[Mapping[str, str]]] = {name: [] for name in form.instrument.files}
        self.tables.update({name: list(rows) for name, rows in tables.items()})
        self.firm = {"name": FIRM, "label": FIRM}
        self.record = Record()
        self.moment = _START
        self.screen = ""
        self.before: list[Interview] = []
        self._interview: Interview | None = None

    @property
    def has_begun(self) -> bool:
        """Whether there is an interview."""
        return self._interview is not None

    @property
    def interview(self) -> Interview:
        """The interview of the case; it begins at the first look."""
        if self._interview is None:
            self.begin()
        assert self._interview is not None  # noqa: S101 - `begin` makes it
        return self._interview

    def _show(self, interview: Interview) -> None:
        self._interview = interview
        self.watch.see(interview)

    def setting(self) -> Setting:
        """The world of the case."""
        tables: dict[str, Sequence[Mapping[str, str]]] = dict(self.tables)
        if "firmalar" in tables:
            tables["firmalar"] = [self.firm, *tables["firmalar"]]
        return Setting(tables, "test", "test", "tr", lambda: self.moment, "test")

    def begin(self) -> None:
        """Open the interview on its first screen."""
        known = "firmalar" in self.tables and "firma_kodu" in self.form.by_name
        firm = {"firma_kodu": self.firm["name"]} if known else {}
        self._show(self.record.keep(engine.begin(self.form, self.setting(), firm)))
        self.screen = next((each.path for each in screens(self.interview)), "")

    def item(self, step: Step) -> tuple[Item, int]:
        """The node a step names, and which of its rows."""
        found = _INDEX.match(step.target)
        name, place = (found.group(1), int(found.group(2))) if found else (step.target, 1)
        item = self.form.by_name.get(name)
        if item is None:
            raise failed(step, "form.test-unknown-target")
        return item, place

    def spot(self, step: Step) -> Spot:
        """The node a step is about: `name`, or `name[2]` for the second row."""
        item, place = self.item(step)
        spots = self.interview.tree.all(item)
        if not 0 < place <= len(spots):
            raise failed(step, "form.test-no-row", rows=len(spots))
        return spots[place - 1]

    def repeat(self, step: Step) -> str:
        """The concrete path of a repeat; `name[2]` is the one in the second row of the repeat around it."""
        item, place = self.item(step)
        parents = self.interview.tree.all(item.parent) if item.parent is not None and item.is_repeat else ()
        if not 0 < place <= len(parents):
            raise failed(step, "form.test-no-row", rows=len(parents))
        return f"{parents[place - 1].path}/{item.name}"

    def keep(self, step: Step, outcome: Outcome) -> None:
        """Store what an act changed; fail where it was refused."""
        if not outcome.accepted:
            first = outcome.problems[0]
            raise failed(step, "form.test-refused", reason=first.params.get("message") or first.code)
        self.before.append(self.interview)
        self._show(self.record.keep(outcome))

    def turn(self, interview: Interview) -> None:
        """Go on with another view of the same interview."""
        self._show(interview)


# ------------------------------------------------------------------------------------------------ verbs


def _set(case: Case, step: Step) -> None:
    """Give a value from outside, before the interview begins."""
    table, _, column = step.target.partition(".")
    if not column or case.has_begun:
        raise failed(step, "form.test-set")
    if table == "firma":
        case.firm[column] = step.value
    elif table == "calisma":
        others = [row for row in case.tables.get(table, []) if row.get("ad") != column]
        case.tables[table] = [*others, {"ad": column, "deger": step.value}]
    else:
        rows = case.tables.setdefault(table, [])
        if not rows or column in rows[-1]:
            rows.append({})
        rows[-1] = {**rows[-1], column: step.value}


def _begin(case: Case, _step: Step) -> None:
    case.begin()


def _reload(case: Case, _step: Step) -> None:
    """Leave and come back: what was stored must give the same interview."""
    case.turn(case.record.restored(case.form, case.interview.setting))


def _answer(case: Case, step: Step) -> None:
    """Give an answer that the form must take."""
    spot = case.spot(step)
    outcome = engine.answer(case.interview, spot.path, step.value)
    case.watch.refused(spot, tuple(each.code for each in outcome.problems))
    case.keep(step, outcome)
    case.watch.took(spot, case.interview)


def _clear(case: Case, step: Step) -> None:
    """Take an answer away."""
    case.keep(step, engine.answer(case.interview, case.spot(step).path, ""))


def _override(case: Case, step: Step) -> None:
    """Give the reason for a warning."""
    case.keep(step, engine.override(case.interview, case.spot(step).path, step.value))


def _undo(case: Case, step: Step) -> None:
    """Take the last act back."""
    if not case.before:
        raise failed(step, "form.test-nothing-to-undo")
    earlier = case.before.pop()
    case.turn(case.record.keep(engine.undo(case.interview, earlier)))


def _add_row(case: Case, step: Step) -> None:
    """Add a row at the end of a repeat."""
    case.keep(step, engine.add_row(case.interview, case.repeat(step)))


def _remove_row(case: Case, step: Step) -> None:
    """Remove a row of a repeat: `name[2]` is its second row, `name` the first."""
    case.keep(step, engine.remove_row(case.interview, case.spot(step).path))


def _language(case: Case, step: Step) -> None:
    """Go on in another language of the form."""
    if step.value not in case.form.instrument.languages:
        known = ", ".join(case.form.instrument.languages)
        raise failed(step, "form.test-language", languages=known)
    case.turn(engine.set_language(case.interview, step.value))


def _show(case: Case, step: Step) -> None:
    """Go to the screen of a question."""
    found = screen_of(case.interview, case.spot(step).path)
    if found is None:
        raise failed(step, "form.test-no-screen")
    case.screen = found.path


def _next(case: Case, step: Step) -> None:
    _move(case, step, 1)


def _back(case: Case, step: Step) -> None:
    _move(case, step, -1)


def _move(case: Case, step: Step, by: int) -> None:
    """Go one screen on or back; the screens are those of the answers so far."""
    paths = [screen.path for screen in screens(case.interview)]
    place = paths.index(case.screen) + by if case.screen in paths else 0
    if not 0 <= place < len(paths):
        raise failed(step, "form.test-no-screen")
    case.screen = paths[place]


ACTS: Mapping[str, Callable[[Case, Step], None]] = {
    "set": _set,
    "begin": _begin,
    "answer": _answer,
    "clear": _clear,
    "override": _override,
    "undo": _undo,
    "reload": _reload,
    "add_row": _add_row,
    "remove_row": _remove_row,
    "language": _language,
    "show": _show,
    "next": _next,
    "back": _back,
}
"""The verbs that do something."""
