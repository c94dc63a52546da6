"""What Excel cannot hold and what the disk refuses: one clear problem, and the file that was there is unchanged."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from kume_desktop import texts
from kume_desktop.problems import Refused
from kume_desktop.reports.workbook import write_workbook
from kume_desktop.reports.writing import grid as helper
from kume_desktop.reports.writing.book import Book
from kume_desktop.reports.writing.cells import Jump, Live, most_arguments
from kume_desktop.reports.writing.disk import refusal
from tests.reports.making import RatingRow, a_study, computed

pytestmark = pytest.mark.cases("R15 wrong dimensions, long texts, characters")


@pytest.fixture
def blank_sheet(tmp_path):
    return Book(tmp_path / "x.xlsx", {}).sheet("Sayfa")


def refused(caught) -> tuple[str, str | None, int | None, str | None]:
    (found,) = caught.value.problems
    assert texts.say(found, "tr") != texts.say(found, "en")
    return found.code, found.where.sheet, found.where.row, found.where.column


def test_that_a_text_of_32767_characters_is_written_and_one_more_is_refused(blank_sheet):
    blank_sheet.text(2, 1, "x" * 32_767)
    with pytest.raises(Refused) as caught:
        blank_sheet.text(2, 1, "x" * 32_768)
    assert refused(caught) == ("report.text-too-long", "Sayfa", 3, "B")


def test_that_a_formula_of_more_than_8192_characters_is_refused(blank_sheet):
    blank_sheet.live(0, 0, Live("1+" * 4095 + "1", 4096))
    with pytest.raises(Refused) as caught:
        blank_sheet.live(1, 0, Live("1+" * 4096 + "1", 4097))
    assert refused(caught)[0] == "report.formula-too-long"


def test_that_a_call_with_more_than_255_arguments_is_refused(blank_sheet):
    blank_sheet.live(0, 0, Live(f"SUM({','.join(['1'] * 255)})", 255))
    with pytest.raises(Refused) as caught:
        blank_sheet.live(1, 0, Live(f"SUM({','.join(['1'] * 256)})", 256))
    assert refused(caught)[0] == "report.formula-too-wide"


@pytest.mark.parametrize(
    ("formula", "most"),
    [
        ("A1", 1),
        ("IF(A1,B1,C1)", 3),
        ('IF(A1,"a,b,c,d,e",C1)', 3),
        ("SUM('a,b,c,d'!A1,2,3,4)", 4),
        ("IF(SUM(1,2,3,4,5),MAX(1,2),3)", 5),
        ("SUM(1,2)+SUM(3,4,5,6)", 4),
    ],
)
def test_that_arguments_are_counted_call_by_call(formula, most):
    assert most_arguments(formula) == most


def test_that_the_link_after_the_last_is_refused(blank_sheet, monkeypatch):
    monkeypatch.setattr(helper, "MAX_LINKS", 3)
    for row in range(3):
        blank_sheet.jump(row, 0, Jump("'Sayfa'!$A$1", "F001"))
    with pytest.raises(Refused) as caught:
        blank_sheet.jump(3, 0, Jump("'Sayfa'!$A$1", "F001"))
    assert refused(caught)[:3] == ("report.too-many-links", "Sayfa", 4)


@pytest.mark.parametrize(("row", "col"), [(1_048_576, 0), (0, 16_384)])
def test_that_a_cell_outside_the_sheet_is_refused(row, col, blank_sheet):
    for write in (lambda: blank_sheet.text(row, col, "x"), lambda: blank_sheet.number(row, col, 1)):
        with pytest.raises(Refused) as caught:
            write()
        assert refused(caught)[0] == "report.too-many-cells"


def test_that_a_study_with_more_ratings_than_links_keeps_its_links_below_the_limit(small, tmp_path, monkeypatch):
    for room in ("levels", "ratings", "answers"):
        monkeypatch.setattr(f"kume_desktop.reports.sheets.{room}.MAX_LINKS", 20)
    monkeypatch.setattr(helper, "MAX_LINKS", 20)
    parts = ("levels", "ratings", "answers")
    report = write_workbook(replace(small, parts=parts), tmp_path / "rapor.xlsx", "tr")
    book = openpyxl.load_workbook(report.path)
    assert all(sum(cell.hyperlink is not None for row in sheet for cell in row) <= 20 for sheet in book)
    assert sum(cell.hyperlink is not None for row in book["Firma düzeyleri"] for cell in row) == 20


def test_that_results_older_than_the_ratings_are_refused(small, tmp_path):
    first = small.ratings[0]
    changed = replace(small, ratings=(replace(first, level=6 - (first.level or 1)), *small.ratings[1:]))
    if first.level == 3:
        changed = replace(small, ratings=(replace(first, level=5), *small.ratings[1:]))
    with pytest.raises(Refused) as caught:
        write_workbook(changed, tmp_path / "rapor.xlsx", "tr")
    assert refused(caught)[0] == "report.results-outdated"
    assert list(tmp_path.iterdir()) == []
    write_workbook(computed(changed), tmp_path / "rapor.xlsx", "tr")


def test_that_results_older_than_the_answers_are_refused(small, tmp_path):
    form = small.instruments[0]
    table = form.tables[0]
    first = replace(table.rows[0], values={**table.rows[0].values, "/data/g/uretim_insan": ()})
    tables = (replace(table, rows=(first, *table.rows[1:])), *form.tables[1:])
    changed = replace(small, instruments=(replace(form, tables=tables), small.instruments[1]))
    with pytest.raises(Refused) as caught:
        write_workbook(changed, tmp_path / "rapor.xlsx", "tr")
    assert refused(caught)[0] == "report.results-outdated"


def test_that_an_unused_rating_changes_no_result(small, tmp_path):
    spare = RatingRow("F001", "g1", 5, False, rater="r9")
    report = write_workbook(replace(small, ratings=(*small.ratings, spare)), tmp_path / "rapor.xlsx", "tr")
    assert report.path.exists()


def test_that_a_missing_folder_is_named(small, tmp_path):
    with pytest.raises(Refused) as caught:
        write_workbook(small, tmp_path / "yok" / "rapor.xlsx", "tr")
    assert refused(caught)[0] == "report.folder-missing"
    assert caught.value.problems[0].params["folder"] == str(tmp_path / "yok")


def test_that_a_folder_in_the_place_of_the_file_is_named(small, tmp_path):
    target = tmp_path / "rapor.xlsx"
    target.mkdir()
    with pytest.raises(Refused) as caught:
        write_workbook(small, target, "tr")
    assert refused(caught)[0] == "report.target-is-a-folder"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="limits on the size of files are a matter of POSIX")
def test_that_a_full_disk_leaves_the_old_report(small, tmp_path):
    """A limit on the size of files stands for the end of the disk: the write itself fails."""
    import resource

    target = tmp_path / "rapor.xlsx"
    target.write_bytes(b"old")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with pytest.raises(Refused) as caught:
            write_workbook(small, target, "tr")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert refused(caught)[0] == "report.disk-full"
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_that_a_file_open_elsewhere_is_said_and_left_alone(small, tmp_path, monkeypatch):
    """Windows denies the replacing of an open file; no other system does, so the denial is played here."""
    target = tmp_path / "rapor.xlsx"
    target.write_bytes(b"old")

    def denied(_self: Path, _target: Path) -> Path:
        raise PermissionError(errno.EACCES, "denied")

    monkeypatch.setattr(Path, "replace", denied)
    with pytest.raises(Refused) as caught:
        write_workbook(small, target, "tr")
    assert refused(caught)[0] == "report.file-open"
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "report.disk-full"),
        (errno.EROFS, "report.folder-read-only"),
        (errno.EACCES, "report.folder-read-only"),
        (errno.ENOENT, "report.folder-missing"),
        (errno.EBUSY, "report.file-open"),
        (errno.EIO, "report.not-written"),
    ],
)
def test_that_every_denial_of_the_disk_has_its_sentence(number, code, tmp_path):
    found = refusal(OSError(number, os.strerror(number)), tmp_path / "rapor.xlsx")
    assert found.code == code
    assert "rapor.xlsx" in texts.say(found, "tr") or str(tmp_path) in texts.say(found, "tr")


def test_that_writing_again_replaces_the_report(tmp_path):
    target = tmp_path / "rapor.xlsx"
    target.write_bytes(b"old")
    report = write_workbook(a_study(), target, "en")
    assert report.path == target
    assert target.read_bytes()[:2] == b"PK"
    assert list(tmp_path.iterdir()) == [target]
