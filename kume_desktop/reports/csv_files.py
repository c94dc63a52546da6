"""Every table of the audit edition as a CSV file: one header line of names that are the same in every language.

UTF-8 with a byte order mark, so that Excel reads Turkish letters. No text begins with a sign that a spreadsheet takes
for a formula: such a text gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from kume_desktop.reports.anonymous import without_people
from kume_desktop.reports.content import ReportContent
from kume_desktop.reports.contents import SHEETS
from kume_desktop.reports.workbook import fill
from kume_desktop.reports.writing.book import Book
from kume_desktop.reports.writing.cells import number_xml
from kume_desktop.reports.writing.disk import aside, refusing, to_disk
from kume_desktop.reports.writing.job import Job
from kume_desktop.reports.writing.names import name_sheets
from kume_desktop.reports.writing.sheet import Fact
from kume_desktop.reports.writing.table import TableFacts

NOT_TABLES = ("cover", "executive", "areas", "pictures", "scorecard")
_DANGEROUS = re.compile("[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
_NOT_IN_FILES = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How numbers and lines are written: semicolons and a decimal comma for a Turkish Excel."""

    separator: str = ","
    decimal: str = "."


PLAIN, TURKISH_EXCEL = Dialect(), Dialect(";", ",")


def write_csv(content: ReportContent, folder: Path, lang: str, dialect: Dialect, *, personal: bool) -> tuple[Path, ...]:
    """Write one file for each table into `folder` and return them; raises Refused where the disk says no.

    Each is written under a temporary name, and they take their names together: where the disk is full, or somebody
    stops it, the folder holds what it held before.
    """
    shown = content if personal else without_people(content)
    job = _job(shown, lang)
    fill(job)
    with ExitStack() as undo:
        written = [_written(folder / f"{file_name(table.key)}.csv", table, dialect, undo) for table in job.tables]
        for temporary, target in written:
            with refusing(target):
                temporary.replace(target)
    return tuple(target for _temporary, target in written)


def _job(content: ReportContent, lang: str) -> Job:
    """A workbook that is filled and never written: its tables are what the files hold."""
    parts = tuple(kind.key for kind in SHEETS if kind.key not in NOT_TABLES)
    wanted = replace(content, parts=parts)
    return Job(wanted, lang, Book.unwritten(lang), name_sheets(wanted, lang))


def file_name(key: str) -> str:
    """The file of a table.

    >>> file_name("answers:is_ihtiyac:/data/iliskiler"), file_name("answers:is_ihtiyac:")
    ('answers_is_ihtiyac_iliskiler', 'answers_is_ihtiyac')
    """
    kind, _colon, rest = key.partition(":")
    form, _colon, repeat = rest.partition(":")
    return _NOT_IN_FILES.sub("_", "_".join(part for part in (kind, form, repeat.rpartition("/")[2]) if part))


def _rows(table: TableFacts, dialect: Dialect) -> Iterator[list[str]]:
    for row in range(table.first, table.last + 1):
        yield [_shown(value, dialect) for value in table.sheet.values(row, table.left, len(table.keys))]


def _shown(value: Fact, dialect: Dialect) -> str:
    """A text made safe, a day or moment as ISO writes it, or a number with all its digits."""
    match value:
        case str():
            return safe(value)
        case datetime():
            return value.isoformat(" ", "minutes")
        case date():
            return value.isoformat()
        case _:
            return number_xml(value).replace(".", dialect.decimal)


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula.

    >>> safe("=1+1"), safe("+90 232"), safe("Kimya"), safe("-5")
    ("'=1+1", "'+90 232", 'Kimya', "'-5")
    """
    return f"'{text}" if text and _DANGEROUS.match(text.lstrip(" ")) else text


def _written(target: Path, table: TableFacts, dialect: Dialect, undo: ExitStack) -> tuple[Path, Path]:
    """Write a table beside the place of its file, row after row; returns where it is and where it belongs."""
    temporary = undo.enter_context(aside(target))
    with refusing(target):
        with temporary.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, delimiter=dialect.separator, lineterminator="\r\n")
            writer.writerow(table.keys)
            writer.writerows(_rows(table, dialect))
        to_disk(temporary)
    return temporary, target
