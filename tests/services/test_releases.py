"""Files that leave the study: firms under codes, a serial number in every file, and the purpose in the access log."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from kume_desktop.reports import content as made
from kume_desktop.scoring.method import Words
from kume_desktop.services import access_log, exports, figures, gathering, pseudonyms, reporting, submissions
from kume_desktop.services.studies import Study
from kume_desktop.store import reading
from tests.services.field_studies import acting, refused

pytest_plugins = ["tests.services.rating_studies"]
SERIAL = re.compile(r"\d{6}-[2-9A-Z]{6}")


def bytes_of(folder: Path) -> str:
    return "\n".join(file.read_text("utf-8-sig") for file in sorted(folder.iterdir()))


def newest(study: Study) -> access_log.Access:
    return access_log.entries(study)[0]


def test_that_csv_files_name_no_firm_and_carry_a_serial_number(rated: Study, tmp_path: Path) -> None:
    out = tmp_path / "csv"
    files = exports.export_csv(rated, out, "tr", reason="Üniversite araştırması")
    whole, codes = bytes_of(out), {unit.code: unit for unit in reading.units(rated.database)}
    assert [one for one in ("Gördüm", *codes, *(unit.name for unit in codes.values())) if one in whole] == []
    rows = list(csv.DictReader((out / "ratings.csv").read_text("utf-8-sig").splitlines()))
    own = {pseudonyms.code_of(rated, unit.unit_id) for unit in codes.values()}
    assert rows
    assert {row["firm"].rstrip("*") for row in rows} <= own
    (told,) = csv.DictReader(files[-1].read_text("utf-8-sig").splitlines())
    entry = newest(rated)
    assert (entry.deed, entry.what, entry.reason) == (
        access_log.Deed.EXPORTED, f"CSV files {told['serial']}", "Üniversite araştırması",
    )  # fmt: skip
    assert SERIAL.fullmatch(told["serial"])
    assert (told["purpose"], told["written_by"]) == (entry.reason, rated.person)


def test_that_csv_files_without_a_purpose_are_not_written(rated: Study, tmp_path: Path) -> None:
    assert refused(exports.export_csv, rated, tmp_path / "csv", "tr", reason=" ") == ["export.no-purpose"]
    assert not (tmp_path / "csv").exists()


def test_that_names_leave_only_with_a_right_and_a_reason(rated: Study, tmp_path: Path) -> None:
    file = tmp_path / "r.xlsx"
    for role in ("interviewer", "scorer"):
        with acting(rated, "Can", role):
            for write in (
                lambda: exports.export_csv(rated, tmp_path / "csv", "tr", reason="x", personal=True),
                lambda: reporting.write_report(rated, file, "tr", reason="x", personal=True),
                lambda: submissions.export(rated, tmp_path / "xml", reason="x", personal=True),
            ):
                assert refused(write) == ["role.may-not"]
    assert refused(reporting.write_report, rated, file, "tr", personal=True) == ["export.no-reason"]
    assert not any((tmp_path / one).exists() for one in ("r.xlsx", "csv", "xml"))
    with acting(rated, "Dilek", "data_officer"):
        exports.export_csv(rated, tmp_path / "csv", "tr", reason="KVKK m.11", personal=True)
    assert any(unit.name in bytes_of(tmp_path / "csv") for unit in reading.units(rated.database))
    assert (newest(rated).person, newest(rated).reason) == ("Dilek", "KVKK m.11")


@pytest.mark.parametrize("edition", ["audit", "publication"])
def test_that_a_workbook_names_no_firm_and_carries_its_serial_number(
    rated: Study, tmp_path: Path, edition: str
) -> None:
    sheets = ("cover", "index", "ratings", "cells")
    target = tmp_path / "r.xlsx"
    written = reporting.write_report(rated, target, "tr", edition=edition, reason="Denetim", sheets=sheets)
    book = openpyxl.load_workbook(written.path, read_only=True)
    said = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    book.close()
    firms = [text for unit in reading.units(rated.database) for text in (unit.name, unit.code)]
    assert [one for one in said if any(name in one for name in firms)] == []
    serials = [one for one in said if SERIAL.fullmatch(one)]
    assert len(serials) == 1
    assert newest(rated).what.endswith(serials[0])
    assert reporting.check_report(written.path) == ()


def test_that_pictures_and_submissions_carry_theirs(rated: Study, tmp_path: Path) -> None:
    (picture, *_more) = figures.export(rated, tmp_path / "svg", "tr", figures.SVG)
    entry = newest(rated)
    assert entry.what.startswith("figures ")
    assert entry.what.split()[1] in picture.read_text("utf-8")
    (png,) = [figures.export_one(rated, tmp_path / "a.png", *named(rated))]
    assert newest(rated).what.split()[-1].encode() in png.read_bytes()
    submissions.export(rated, tmp_path / "xml", reason="yedek")
    entry = newest(rated)
    assert (entry.what.split()[0], entry.reason) == ("submissions", "yedek")


def named(study: Study) -> tuple[str, str, str]:
    first = figures.catalogue(study, "tr")[0]
    return first.name, first.area, "tr"


def test_that_codes_hold_in_one_study_and_mean_nothing_in_another(rated: Study, demonstration: Study) -> None:
    (first, *_more) = reading.units(rated.database)
    code = pseudonyms.code_of(rated, first.unit_id)
    assert code == pseudonyms.code_of(rated, first.unit_id)
    assert re.fullmatch("P[A-Z2-7]{8}", code)
    assert code != pseudonyms.code_of(demonstration, first.unit_id)
    assert len({pseudonyms.code_of(rated, unit.unit_id) for unit in reading.units(demonstration.database)}) > 100


def test_that_free_text_and_what_follows_from_it_stay_at_the_agency(rated: Study) -> None:
    text = made.Column("/data/urun", "urun", Words("Ürün", "Product"), "text")
    built = made.Column("/data/soz", "soz", Words("Söz", "Word"), "calculate")
    count = made.Column("/data/n", "n", Words("Sayı", "Count"), "integer", "int")
    content = gathering.gather(rated)
    firm = content.firms[0]
    values = {"/data/urun": ("Kırmızı boya",), "/data/soz": ("Kırmızı boya üretimi",), "/data/n": ("7",)}
    row = made.AnswerRow(firm.code, "i", "completed", counts=True, values=values)
    table = made.AnswerTable("", Words("F", "F"), (text, built, count), (row,))
    form = made.InstrumentFacts("f", "1", Words("F", "F"), "", (table,), 1)
    given = replace(content, instruments=(form,))
    told = pseudonyms.without_names(rated, given)
    (shown,) = told.instruments[0].tables
    assert [column.name for column in shown.columns] == ["soz", "n"]
    assert dict(shown.rows[0].values) == {"/data/n": ("7",)}
    assert told.firms[0].name == ""


def test_that_firms_in_small_cells_are_marked(demonstration: Study) -> None:
    content = gathering.gather(demonstration)
    told = pseudonyms.without_names(demonstration, content)
    cells = [(firm.area, firm.size_class, firm.district) for firm in content.firms]
    marked = [cells.count(cell) < pseudonyms.SMALL for cell in cells]
    assert [firm.code.endswith(pseudonyms.MARK) for firm in told.firms] == marked
    assert any(marked)
