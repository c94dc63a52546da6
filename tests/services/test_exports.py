"""CSV files of a real study."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kume_desktop.services import exports, results
from kume_desktop.services.studies import Study

pytestmark = pytest.mark.change


def test_that_a_study_is_exported_into_a_new_folder(demonstration: Study, tmp_path: Path) -> None:
    written = exports.export_csv(demonstration, tmp_path / "yeni" / "csv", "tr", excel=True, reason="deneme")
    assert {file.parent for file in written} == {tmp_path / "yeni" / "csv"}
    assert all(file.is_file() for file in written)
    index = next(file for file in written if file.stem == "index")
    rows = list(csv.DictReader(index.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    scores = {area.code: area.score for area in results.current(demonstration).areas}
    told = {row["area"]: row["score"].replace(",", ".") for row in rows}
    assert {area: float(score) if score else None for area, score in told.items()} == scores
    assert any("," in row["score"] for row in rows)


def test_that_no_field_about_a_person_is_exported(demonstration: Study, tmp_path: Path) -> None:
    written = exports.export_csv(demonstration, tmp_path, "tr", reason="deneme")
    personal = {
        node.path
        for record in demonstration.instruments()
        for node in demonstration.instrument(record.version_id).nodes()
        if str(node.personal) in {"K1", "K2", "K3"}
    }
    assert personal
    for file in written:
        head = next(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))
        assert not personal & {name.partition(":")[2] for name in head}, file.name


def test_that_some_areas_can_be_asked_for(scorecard: Study, tmp_path: Path) -> None:
    area = scorecard.areas()[0].code
    written = exports.export_csv(scorecard, tmp_path, "en", areas=[area], reason="deneme")
    index = next(file for file in written if file.stem == "index")
    rows = list(csv.DictReader(index.read_text(encoding="utf-8-sig").splitlines()))
    assert [row["area"] for row in rows] == [area]
