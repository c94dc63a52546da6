"""The two workbooks as plain rows, read with openpyxl and with nothing of ours."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from openpyxl import load_workbook

from kume_desktop import paths

TR, EN = "Türkçe (tr)", "English (en)"
NEEDS, CLUSTERING = "is_ihtiyac", "kumelenme_duzeyi"
BOTH = (NEEDS, CLUSTERING)
UNASKED = {"calculate", "start", "end", "today", "deviceid", "username"}

Rows = tuple[dict[str, str], ...]


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets of one workbook; blank cells are left out of a row."""

    name: str
    survey: Rows
    choices: Rows
    settings: Rows
    indicators: Rows
    indices: Rows
    tests: Rows

    @property
    def named(self) -> dict[str, dict[str, str]]:
        """The survey rows by name, without the ends of blocks."""
        return {row["name"]: row for row in self.survey if "name" in row and not row["type"].startswith("end_")}

    @property
    def shown(self) -> Rows:
        """Everything a person sees a label of: questions, notes, groups, repeats."""
        return tuple(row for row in self.survey if row["type"] not in UNASKED and not row["type"].startswith("end_"))

    @property
    def questions(self) -> Rows:
        """What a person answers or reads."""
        return tuple(row for row in self.shown if not row["type"].startswith("begin_"))

    @property
    def sections(self) -> dict[str, list[str]]:
        """Top-level group -> the names below it, in order."""
        found: dict[str, list[str]] = {}
        open_blocks: list[str] = []
        for row in self.survey:
            if row["type"].startswith("end_"):
                open_blocks.pop()
                continue
            if open_blocks:
                found.setdefault(open_blocks[0], []).append(row["name"])
            if row["type"].startswith("begin_"):
                open_blocks.append(row["name"])
        return found

    def codes(self, listed: str) -> str:
        """The choice names of a list in order, joined by spaces."""
        return " ".join(row["name"] for row in self.choices if row["list_name"] == listed)

    def index_rows(self, kind: str) -> Rows:
        """The rows of the sheet `indices` of one kind."""
        return tuple(row for row in self.indices if row["kind"] == kind)


@cache
def workbook(name: str) -> Workbook:
    """Read `forms/NAME.xlsx`."""
    book = load_workbook(paths.forms() / f"{name}.xlsx", read_only=True, data_only=True)
    try:
        sheets = {sheet: _rows(book[sheet]) for sheet in book.sheetnames}
    finally:
        book.close()
    wanted = ("survey", "choices", "settings", "indicators", "indices", "tests")
    return Workbook(name, *(sheets.get(sheet, ()) for sheet in wanted))


def _rows(sheet) -> Rows:
    sheet.reset_dimensions()
    lines = sheet.iter_rows(values_only=True)
    head = next(lines)
    rows = (
        {key: str(value) for key, value in zip(head, line, strict=False) if key and value is not None} for line in lines
    )
    return tuple(row for row in rows if row)


def content(name: str) -> bytes:
    """The bytes of `forms/NAME.xlsx`."""
    return (paths.forms() / f"{name}.xlsx").read_bytes()


def table(name: str) -> list[dict[str, str]]:
    """A CSV of the folder `forms`."""
    with (paths.forms() / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def resource(name: str) -> list[dict[str, str]]:
    """A CSV of the folder `resources`."""
    with (paths.resources() / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
