"""Forms as tables and interviews as verbs: answer, expect, next, reload."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from functools import cache
from typing import Any, Self

from openpyxl import Workbook

from kume_desktop.instruments.compile import convert
from kume_desktop.instruments.load import load
from kume_desktop.interview import engine, page
from kume_desktop.interview.record import Record
from kume_desktop.interview.state import Interview, Outcome, Setting
from kume_desktop.interview.tree import Spot

IZMIR = timezone(timedelta(hours=3))
MORNING = datetime(2026, 11, 24, 10, 0, tzinfo=IZMIR)
LABELS = {"tr": "label::Türkçe (tr)", "en": "label::English (en)"}


def cells(table: str) -> list[list[str]]:
    """The cells of a table drawn with bars; the first line is the header."""
    lines = [line.strip() for line in table.strip().splitlines() if line.strip()]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def workbook(**sheets: str | Sequence[Sequence[object]] | None) -> bytes:
    """A workbook whose sheets are tables; `settings` is added where it is not given."""
    book = Workbook()
    book.remove(book.active)
    given: dict[str, Any] = {"settings": "| form_title | form_id | version | name |\n| Deneme | deneme | 1 | data |"}
    for name, table in {**given, **sheets}.items():
        if table is None:
            continue
        sheet = book.create_sheet(name)
        for row in cells(table) if isinstance(table, str) else table:
            sheet.append([cell if cell != "" else None for cell in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@cache
def compiled(**sheets: str) -> engine.Form:
    """The compiled form of these tables."""
    return engine.compile_form(load(convert("deneme.xlsx", workbook(**sheets))))


def snapshot(interview: Interview) -> Mapping[str, object]:
    """Everything that can be seen of an interview."""
    return {
        "values": {path: value for path, value in interview.values.items() if value},
        "spots": set(interview.tree.spots),
        "rows": {key: rows for key in interview.tree.rows if (rows := interview.rows(key))},
        "hidden": set(interview.hidden),
        "required": set(interview.required_now),
        "locked": set(interview.locked),
        "failing": set(interview.failing),
        "unlisted": set(interview.unlisted),
        "warnings": dict(interview.warnings),
        "asleep": dict(interview.asleep),
        "open": [(each.path, each.kind) for each in page.open_problems(interview)],
    }


def differing(one: Interview, other: Interview) -> list[str]:
    """What differs between two states, in short: pytest takes minutes to compare two whole ones line by line."""
    here, there = snapshot(one), snapshot(other)
    return [f"{part}: {here[part]!r:.600} and {there[part]!r:.600}" for part in here if here[part] != there[part]]


@dataclass
class Scenario:
    """An interview that is told in verbs; after every act it must equal what its store would restore."""

    form: engine.Form
    setting: Setting
    record: Record
    interview: Interview
    place: str = ""
    moment: list[datetime] = field(default_factory=list)

    @classmethod
    def of(cls, survey: str, choices: str = "", tables: Mapping[str, Any] | None = None, **given: str) -> Self:
        """Begin an interview on a form; `given` are prefilled names."""
        sheets = {"survey": survey, **({"choices": choices} if choices else {})}
        return cls.begin(compiled(**sheets), tables, **given)

    @classmethod
    def begin(cls, form: engine.Form, tables: Mapping[str, Any] | None = None, **given: str) -> Self:
        """Begin an interview on a compiled form."""
        moment, rows = [MORNING], iter(range(1, 1000))
        setting = Setting(
            tables or {}, "g01", "laptop-7", "tr", lambda: moment[0], "seed-1", lambda: f"added-{next(rows)}"
        )
        record = Record()
        outcome = engine.begin(form, setting, given)
        scenario = cls(form, setting, record, record.keep(outcome), moment=moment)
        scenario.started = outcome
        return scenario._same()

    started: Outcome | None = None

    def _same(self) -> Self:
        restored = self.record.restored(self.form, self.setting)
        assert differing(engine.set_language(restored, self.interview.language), self.interview) == []
        return self

    def spot(self, target: str) -> Spot:
        """A node by name, with `[n]` in the n-th row."""
        name, _, place = target.rstrip("]").partition("[")
        return self.interview.tree.all(self.form.by_name[name])[int(place or 1) - 1]

    def keep(self, outcome: Outcome) -> Self:
        """Take an outcome that must be accepted."""
        assert outcome.accepted, outcome.problems
        self.interview = self.record.keep(outcome)
        return self._same()

    def later(self, **span: float) -> Self:
        """Let time pass."""
        self.moment[0] += timedelta(**span)
        return self

    def answer(self, target: str, raw: str) -> Self:
        """Give an answer that must be accepted."""
        self.place = self.spot(target).path
        return self.keep(engine.answer(self.interview, self.place, raw))

    def refuse(self, target: str, raw: str, code: str) -> Self:
        """Give an answer that must be refused with this code, leaving everything as it was."""
        before = self.interview
        outcome = engine.answer(before, self.spot(target).path, raw)
        assert [problem.code for problem in outcome.problems] == [code]
        assert outcome.interview is before
        assert not outcome.changes
        return self

    def override(self, target: str, reason: str) -> Self:
        """Give the reason for a warning."""
        return self.keep(engine.override(self.interview, self.spot(target).path, reason))

    def add_row(self, repeat: str) -> Self:
        """Add a row to a repeat by its concrete path."""
        return self.keep(engine.add_row(self.interview, repeat))

    def remove_row(self, target: str) -> Self:
        """Remove a row by name and place."""
        return self.keep(engine.remove_row(self.interview, self.spot(target).path))

    def speak(self, language: str) -> Self:
        """Go on in another language."""
        self.interview = engine.set_language(self.interview, language)
        return self

    def reload(self) -> Self:
        """Leave and come back."""
        self.interview = self.record.restored(self.form, self.setting)
        return self

    def next(self) -> str:
        """The name of the next question on the pages."""
        order = [row for screen in page.screens(self.interview) for row in screen.rows if not row.read_only]
        paths = [row.path for row in order]
        following = paths[paths.index(self.place) + 1] if self.place in paths else paths[0]
        self.place = following
        return self.interview.tree.spots[following].item.name

    def value(self, target: str) -> str:
        """What the form sees."""
        return self.interview.value(self.spot(target).path)

    def expect(self, **values: str) -> Self:
        """These names have these values."""
        assert {name: self.value(name) for name in values} == values
        return self

    def asks(self, target: str) -> bool:
        """Whether it is relevant."""
        return self.interview.is_relevant(self.spot(target).path)

    def row(self, target: str) -> page.Row:
        """How the page shows it."""
        return page.row(self.interview, self.spot(target).path)

    def open(self) -> list[tuple[str, str]]:
        """What is open: name and kind."""
        found = page.open_problems(self.interview)
        return [(self.interview.tree.spots[each.path].item.name, each.kind.value) for each in found]
