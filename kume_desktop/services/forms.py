"""Instruments as files: read them, check them, run their tests."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kume_desktop import paths
from kume_desktop.problems import Problem, Refused, Where, problem, warning
from kume_desktop.services.form_words import sentence

if TYPE_CHECKING:
    from kume_desktop.interview.coverage import Coverage
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
    coverage: Coverage

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
    """The lists (file name -> bytes) that a workbook refers to; those of the program stand in for missing ones.

    Other files in its folder are none of its business; a workbook that cannot be converted is given all CSV files.
    """
    folders = (paths.forms(), file.resolve().parent)
    wanted = _referred(file)
    if wanted is None:
        found = {source.name: source for folder in folders for source in sorted(folder.glob("*.csv"))}
    else:
        found = {name: folder / name for folder in folders for name in sorted(wanted) if (folder / name).is_file()}
    return {name: read_file(source) for name, source in found.items()}


def _referred(file: Path) -> frozenset[str] | None:
    """The files that a workbook refers to; None where it cannot be converted."""
    from kume_desktop.instruments.compile import convert_cached
    from kume_desktop.instruments.load import load

    try:
        instrument = load(convert_cached(file.name, read_file(file)))
    except Refused:
        return None
    return frozenset({f"{name}.csv" for name in instrument.files} | set(instrument.external.values()))


def tables_of(files: Mapping[str, bytes]) -> Tables:
    """The rows of attached lists, by file name without ending."""
    return {name.rpartition(".")[0]: read_table(name, content) for name, content in files.items()}


def tables_beside(file: Path, files: Mapping[str, bytes], lists: Collection[str] = ()) -> Tables:
    """The rows of attached lists, and a table without rows for each questionnaire whose interviews a form may read.

    Those are the questionnaires of the program and the workbooks in the same folder, by their names without ending;
    `lists` are those that other forms of a study fill.
    """
    beside = {other.stem for other in file.resolve().parent.glob("*.xlsx")} | set(BUNDLED) | set(lists)
    return {**dict.fromkeys(sorted(beside - {file.stem}), ()), **tables_of(files)}


def read_table(name: str, content: bytes) -> tuple[Mapping[str, str], ...]:
    """The rows of a list that lies beside a workbook (CSV, XML, GeoJSON); Refused where it is none."""
    from kume_desktop.instruments import tables

    return tables.read_table(name, content)


def check(file: Path, lists: Collection[str] = ()) -> tuple[Problem, ...]:
    """Every problem of a workbook, errors first."""
    from kume_desktop.instruments.check import check as check_workbook

    try:
        files = attached(file)
        found = check_workbook(file.name, read_file(file), tables_beside(file, files, lists), files)
        found = (*found, *_media_missing(file, files))
    except Refused as refusal:
        found = refusal.problems
    return tuple(sorted(found, key=lambda one: not one.is_error))


def _media_missing(file: Path, files: Mapping[str, bytes]) -> Iterator[Problem]:
    """A warning for each file that a label shows and that is not there; none where the workbook cannot be converted."""
    from kume_desktop.instruments.compile import convert_cached
    from kume_desktop.instruments.load import load
    from kume_desktop.services import form_media

    try:
        instrument = load(convert_cached(file.name, read_file(file), files))
    except Refused:
        return
    there = form_media.beside(file, instrument).keys()
    named = {each: node.place for node in instrument.nodes() for each in form_media.files_of(node.media)}
    for missing in (name for name in form_media.names(instrument) if name not in there):
        place = named.get(missing)
        where = Where(file.name, place.sheet, place.row or None) if place else Where(file.name, "choices")
        yield warning("form.media-missing", where, file=missing)


def cells(file: Path, found: Sequence[Problem]) -> list[str]:
    """The cell (`F48`) of each problem; '' where it has none, or where the workbook cannot be read."""
    from kume_desktop.instruments.convert import cell_name, read_book

    if not found:
        return []
    try:
        book = read_book(file.name, read_file(file))
    except Refused:
        return [""] * len(found)
    return [cell_name(book, one.where) for one in found]


def test(file: Path) -> TestOutcome:
    """Run the sheet `tests` of a workbook; Refused where the workbook itself has errors."""
    from kume_desktop.instruments.compile import convert
    from kume_desktop.instruments.load import load
    from kume_desktop.interview.testing import run_tests

    files = attached(file)
    report = run_tests(load(convert(file.name, read_file(file), files)), tables_of(files))
    cases = tuple(CaseOutcome(case.case, case.passed, case.problems) for case in report.cases)
    return TestOutcome(cases, report.coverage)


def mark(file: Path, copy: Path, found: Sequence[Problem]) -> None:
    """Write a copy of a workbook with every problem as a comment on its cell; Refused where that cannot be done."""
    from kume_desktop.instruments.marking import mark as mark_workbook

    if copy.resolve() == file.resolve():
        raise Refused(problem("form.mark-itself", Where(file=file.name)))
    marked = mark_workbook(file.name, read_file(file), [(one, sentence(one)) for one in found])
    try:
        copy.write_bytes(marked)
    except OSError as error:
        raise Refused(problem("form.cannot-write", Where(file=copy.name))) from error
