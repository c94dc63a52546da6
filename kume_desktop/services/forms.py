"""Instruments as files: read them, check them, run their tests."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kume_desktop import paths
from kume_desktop.problems import Problem, Refused, Where, problem

if TYPE_CHECKING:
    from kume_desktop.interview.state import Tables

BUNDLED = ("is_ihtiyac", "kumelenme_duzeyi")


@dataclass(frozen=True, slots=True)
class CaseOutcome:
    """One case of the sheet `tests`."""

    name: str
    passed: bool
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class TestOutcome:
    """All cases of one workbook."""

    __test__ = False

    cases: tuple[CaseOutcome, ...]

    @property
    def passed(self) -> int:
        """Cases that held."""
        return sum(case.passed for case in self.cases)

    @property
    def failed(self) -> int:
        """Cases that did not hold."""
        return len(self.cases) - self.passed


def bundled(instrument_id: str) -> Path:
    """The workbook of an instrument that comes with the program."""
    return paths.forms() / f"{instrument_id}.xlsx"


def read_file(file: Path) -> bytes:
    """The bytes of a workbook; Refused where it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise Refused(problem("form.unreadable", Where(file=file.name))) from error


def attached(file: Path) -> Mapping[str, bytes]:
    """The CSV files (name -> bytes) that a workbook refers to; those of the program stand in for missing ones.

    Other files in its folder are none of its business; a workbook that cannot be converted is given all of them.
    """
    folders = (paths.forms(), file.resolve().parent)
    found = {source.stem: source for folder in folders for source in sorted(folder.glob("*.csv"))}
    wanted = _referred(file)
    return {source.name: read_file(source) for name, source in found.items() if wanted is None or name in wanted}


def _referred(file: Path) -> frozenset[str] | None:
    """The names of the lists that a workbook refers to; None where it cannot be converted."""
    from kume_desktop.instruments.compile import convert_cached
    from kume_desktop.instruments.load import load

    try:
        return load(convert_cached(file.name, read_file(file))).files
    except Refused:
        return None


def tables_of(files: Mapping[str, bytes]) -> Tables:
    """The rows of attached CSV files, by name without ending."""
    return {name.removesuffix(".csv"): read_table(name, content) for name, content in files.items()}


def read_table(name: str, content: bytes) -> tuple[Mapping[str, str], ...]:
    """The rows of a CSV file (UTF-8, with or without BOM; comma or semicolon); Refused where it is none."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(problem("form.table-unreadable", Where(file=name))) from error
    head = text.partition("\n")[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    try:
        rows = list(csv.DictReader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as error:
        raise Refused(problem("form.table-unreadable", Where(file=name))) from error
    return tuple({key: value or "" for key, value in row.items() if key} for row in rows)


def check(file: Path) -> tuple[Problem, ...]:
    """Every problem of a workbook, errors first."""
    from kume_desktop.instruments.check import check as check_workbook

    try:
        files = attached(file)
        found = check_workbook(file.name, read_file(file), tables_of(files), files)
    except Refused as refusal:
        found = refusal.problems
    return tuple(sorted(found, key=lambda one: not one.is_error))


def test(file: Path) -> TestOutcome:
    """Run the sheet `tests` of a workbook; Refused where the workbook itself has errors."""
    from kume_desktop.instruments.compile import convert
    from kume_desktop.instruments.load import load
    from kume_desktop.interview.testing import run_tests

    files = attached(file)
    report = run_tests(load(convert(file.name, read_file(file), files)), tables_of(files))
    return TestOutcome(tuple(CaseOutcome(case.case, case.passed, tuple(case.problems)) for case in report.cases))
